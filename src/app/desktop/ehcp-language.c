/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A translation says in its header whether a native speaker has read it: legal words are at stake, so
 * people are told when nobody has. */
#include "ehcp-language.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIELD "X-Checked-By-Native-Speaker:"

/* @header: of a translation; "" for English, which needs no check. */
gboolean
ehcp_language_is_checked (const char *header)
{
  const char *field = strstr (header, FIELD);
  g_autofree char *value = NULL;

  if (header[0] == '\0')
    return TRUE;
  if (field == NULL)
    return FALSE;
  field += strlen (FIELD);
  value = g_strstrip (g_strndup (field, strcspn (field, "\n")));
  return strcmp (value, "yes") == 0;
}

/* NULL when there is nothing to say. */
const char *
ehcp_language_note (void)
{
  static const char header[] = "";

  /* The empty text's translation is the header. */
  if (ehcp_language_is_checked (dgettext (GETTEXT_PACKAGE, header)))
    return NULL;
  return _("This translation has not been checked by a native speaker yet. Where it and the English words "
           "differ, the English words count.");
}

/* A telephone number among words that run from right to left: without marks its groups would change places.
 * (transfer full); NULL for NULL. */
char *
ehcp_left_to_right (const char *text)
{
  return text != NULL && text[0] != '\0' ? g_strdup_printf ("\xe2\x81\xa6%s\xe2\x81\xa9", text) : g_strdup (text);
}

/* The same for a field in which a telephone number is typed. It begins where the others do. */
void
ehcp_editable_left_to_right (GtkEditable *field)
{
  GtkEditable *inner = gtk_editable_get_delegate (field);

  if (gtk_widget_get_direction (GTK_WIDGET (field)) != GTK_TEXT_DIR_RTL)
    return;
  gtk_widget_set_direction (GTK_WIDGET (inner), GTK_TEXT_DIR_LTR);
  gtk_editable_set_alignment (inner, 1);
}
