/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a boxed list whose words come from people. */
#include "ehcp-text-row.h"

GtkWidget *
ehcp_text_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  /* Not as properties of g_object_new(): libadwaita 1.2 reads the title as markup before it knows better. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  /* The subtitle is markup whatever the row says. */
  if (subtitle != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
    }
  return row;
}
