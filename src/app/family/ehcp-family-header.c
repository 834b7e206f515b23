/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a screen about one child: inside a case the child is always named. */
#include "ehcp-family-header.h"

#include <glib/gi18n.h>

EhcpRecord *
ehcp_family_header_get_case (EhcpView *view, const char *case_id)
{
  return ehcp_book_find (ehcp_view_get_book (view), EHCP_KIND_CASE, case_id);
}

char *
ehcp_family_header_child (EhcpView *view, const char *case_id)
{
  EhcpRecord *child = ehcp_family_header_get_case (view, case_id);

  if (child == NULL)
    return NULL;
  return g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                          ehcp_record_get_text (child, "child_surname"));
}

void
ehcp_family_header_show (EhcpView *view, const char *case_id, const char *title)
{
  g_autofree char *child = ehcp_family_header_child (view, case_id);
  g_autofree char *about = child != NULL ? g_strdup_printf (_("About %s"), child) : NULL;

  ehcp_view_set_title (view, title);
  ehcp_view_set_subtitle (view, about);
}

/* Back is named after where it leads: the screen before this one in the window's stack. */
void
ehcp_family_header_show_back (EhcpView *view)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (view));
  const char *type = before != NULL ? G_OBJECT_TYPE_NAME (before) : "";

  if (g_str_equal (type, "EhcpMessagesView"))
    ehcp_view_set_back_label (view, _("Messages"));
  else if (g_str_equal (type, "EhcpDocumentsView"))
    ehcp_view_set_back_label (view, _("Documents to View"));
  else
    ehcp_view_set_back_label (view, _("Return to Dashboard"));
}
