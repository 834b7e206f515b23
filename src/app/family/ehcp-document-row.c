/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of documents: what, of which kind, when, how large, new, kept on this computer. */
#include "ehcp-document-row.h"

#include <glib/gi18n.h>

#include "ehcp-document-words.h"
#include "ehcp-search-words.h"

struct _EhcpDocumentRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkWidget *state;
  GtkLabel *line;
  GtkWidget *kept;

  EhcpRecord *document;
  char *folded;
};

G_DEFINE_FINAL_TYPE (EhcpDocumentRow, ehcp_document_row, GTK_TYPE_LIST_BOX_ROW)

static void
activate_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
ehcp_document_row_dispose (GObject *object)
{
  EhcpDocumentRow *row = EHCP_DOCUMENT_ROW (object);

  g_clear_object (&row->document);
  g_clear_pointer (&row->folded, g_free);
  G_OBJECT_CLASS (ehcp_document_row_parent_class)->dispose (object);
}

static void
ehcp_document_row_class_init (EhcpDocumentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_document_row_dispose;
  gtk_widget_class_install_action (widget_class, "row.activate", NULL, activate_action_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-document-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, title);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, state);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, line);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, kept);
}

static void
ehcp_document_row_init (EhcpDocumentRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}

EhcpDocumentRow *
ehcp_document_row_new (EhcpRecord *document)
{
  EhcpDocumentRow *row = g_object_new (EHCP_TYPE_DOCUMENT_ROW, NULL);

  row->document = g_object_ref (document);
  return row;
}

EhcpRecord *
ehcp_document_row_get_document (EhcpDocumentRow *row)
{
  return row->document;
}

/* "Letter: your draft plan, New, Letter, Mon 14 Dec 2026, 96 KB, Offline" */
static void
set_spoken (EhcpDocumentRow *row, gboolean is_new)
{
  g_autofree char *spoken =
      g_strjoin (", ", gtk_label_get_label (row->title), is_new ? _("New") : _("Read"),
                 gtk_label_get_label (row->line),
                 ehcp_record_is_kept (row->document) ? _("Offline") : NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* After the record, or who has read it, has changed. */
void
ehcp_document_row_refresh (EhcpDocumentRow *row, gboolean is_new)
{
  g_autofree char *line = ehcp_document_line (row->document);
  const char *title = ehcp_record_get_text (row->document, "title");
  const char *file_name = ehcp_record_get_text (row->document, "file_name");
  g_autofree char *all = g_strjoin (" ", title != NULL ? title : "", line,
                                    file_name != NULL ? file_name : "", NULL);

  g_free (row->folded);
  row->folded = ehcp_search_fold (all);
  gtk_label_set_label (row->title, title != NULL ? title : "");
  gtk_label_set_label (row->line, line);
  gtk_widget_set_visible (row->state, is_new);
  gtk_widget_set_visible (row->kept, ehcp_record_is_kept (row->document));
  if (is_new)
    gtk_widget_add_css_class (GTK_WIDGET (row->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row->title), "heading");
  set_spoken (row, is_new);
}

gboolean
ehcp_document_row_matches (EhcpDocumentRow *row, const char *folded_words)
{
  return row->folded == NULL || ehcp_search_matches (row->folded, folded_words);
}
