/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "There is a problem". The same words stand beside each field, in its EhcpErrorRow. */
#include "ehcp-error-summary.h"

#include <glib/gi18n.h>

#include "ehcp-error-row.h"
#include "ehcp-error-words.h"

struct _EhcpErrorSummary
{
  AdwBin parent;
  GtkBox *box;
  GtkBox *lines; /* new each time, for the same reason; NULL at first */
  gboolean is_said; /* what it shows stands alone */
};

G_DEFINE_FINAL_TYPE (EhcpErrorSummary, ehcp_error_summary, ADW_TYPE_BIN)

typedef void (*RowFunc) (EhcpErrorRow *row, gpointer data);

static void
for_each_row (GtkWidget *widget, RowFunc func, gpointer data)
{
  if (EHCP_IS_ERROR_ROW (widget))
    {
      func (EHCP_ERROR_ROW (widget), data);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each_row (child, func, data);
}

static gboolean
ehcp_error_summary_grab_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL)
    return FALSE;
  gtk_root_set_focus (root, widget);
  return TRUE;
}

static void
ehcp_error_summary_class_init (EhcpErrorSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = ehcp_error_summary_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
ehcp_error_summary_init (EhcpErrorSummary *summary)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "ehcp-problem-symbolic", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *heading = gtk_label_new (_("There is a problem"));

  gtk_widget_add_css_class (icon, "late");
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (top), icon);
  gtk_box_append (GTK_BOX (top), heading);
  /* GTK 4.8 remembers for ever that a widget's height does not follow its width, also when lines that wrap
   * come into it later: so there is a line that wraps from the beginning. */
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_box_append (GTK_BOX (box), top);
  summary->box = GTK_BOX (box);
  adw_bin_set_child (ADW_BIN (summary), box);
  gtk_widget_add_css_class (GTK_WIDGET (summary), "error-summary");
  gtk_widget_set_focusable (GTK_WIDGET (summary), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (summary), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (summary), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("There is a problem"), -1);
}

static void
remove_lines (EhcpErrorSummary *summary)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (summary->lines != NULL)
    gtk_box_remove (summary->box, GTK_WIDGET (summary->lines));
  summary->is_said = FALSE;
  summary->lines = GTK_BOX (lines);
  gtk_widget_set_margin_start (lines, 25);
  gtk_box_append (summary->box, lines);
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

void
ehcp_error_summary_begin (EhcpErrorSummary *summary)
{
  remove_lines (summary);
}

void
ehcp_error_summary_add (EhcpErrorSummary *summary, const char *message, GCallback focus, gpointer field)
{
  GtkWidget *link = g_object_new (GTK_TYPE_BUTTON, "child", make_text (message), "halign", GTK_ALIGN_START,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_LINK, NULL);
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_add_css_class (link, "summary-link");
  gtk_accessible_update_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
  g_signal_connect_object (link, "clicked", focus, field, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (link), "field", field);
  gtk_box_append (summary->lines, link);
}

static void
add_link (EhcpErrorRow *row, gpointer summary)
{
  const char *message = ehcp_error_row_get_message (row);

  if (message != NULL)
    ehcp_error_summary_add (summary, message, G_CALLBACK (ehcp_error_row_focus_field), row);
}

gboolean
ehcp_error_summary_gather (EhcpErrorSummary *summary, GtkWidget *page)
{
  ehcp_error_summary_begin (summary);
  for_each_row (page, add_link, summary);
  return ehcp_error_summary_end (summary);
}

gboolean
ehcp_error_summary_end (EhcpErrorSummary *summary)
{
  gboolean has_any = gtk_widget_get_first_child (GTK_WIDGET (summary->lines)) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (summary), has_any);
  if (has_any)
    gtk_widget_grab_focus (GTK_WIDGET (summary));
  return has_any;
}

void
ehcp_error_summary_drop (EhcpErrorSummary *summary, gpointer field)
{
  GtkWidget *line = summary->lines != NULL ? gtk_widget_get_first_child (GTK_WIDGET (summary->lines)) : NULL;

  while (line != NULL && g_object_get_data (G_OBJECT (line), "field") != field)
    line = gtk_widget_get_next_sibling (line);
  if (line == NULL)
    return;
  gtk_box_remove (summary->lines, line);
  gtk_widget_set_visible (GTK_WIDGET (summary), gtk_widget_get_first_child (GTK_WIDGET (summary->lines)) != NULL);
}

void
ehcp_error_summary_say (EhcpErrorSummary *summary, const char *text)
{
  remove_lines (summary);
  gtk_box_append (summary->lines, make_text (text));
  summary->is_said = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (summary), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (summary));
}

void
ehcp_error_summary_unsay (EhcpErrorSummary *summary)
{
  if (!summary->is_said)
    return;
  remove_lines (summary);
  gtk_widget_set_visible (GTK_WIDGET (summary), FALSE);
}

typedef struct
{
  const char *member;
  EhcpErrorRow *found;
} Search;

static void
find_member (EhcpErrorRow *row, gpointer data)
{
  Search *search = data;

  if (search->found == NULL && g_strcmp0 (ehcp_error_row_get_member (row), search->member) == 0)
    search->found = row;
}

void
ehcp_error_summary_show_error (EhcpErrorSummary *summary, GtkWidget *page, const GError *error)
{
  g_autofree char *words = ehcp_error_words (error);
  Search search = { ehcp_error_words_get_field (error), NULL };

  if (search.member != NULL)
    for_each_row (page, find_member, &search);
  if (search.found != NULL)
    {
      ehcp_error_row_set_message (search.found, words);
      ehcp_error_summary_gather (summary, page);
    }
  else
    ehcp_error_summary_say (summary, words);
}

static void
clear_message (EhcpErrorRow *row, gpointer data)
{
  ehcp_error_row_set_message (row, NULL);
}

void
ehcp_error_summary_clear (EhcpErrorSummary *summary, GtkWidget *page)
{
  for_each_row (page, clear_message, NULL);
  ehcp_error_summary_gather (summary, page);
}
