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
  GtkLabel *note;
  GtkProgressBar *bar;
  GtkWidget *acts;
  GtkButton *cancel;
  GtkWidget *retry;

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
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, note);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, bar);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, acts);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentRow, retry);
}

static void
ehcp_document_row_init (EhcpDocumentRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}

/* A bar that moves is not spoken; that it was sent, or was not, is. */
static void
show_progress (EhcpDocumentRow *row)
{
  gtk_progress_bar_set_fraction (row->bar, ehcp_record_get_progress (row->document) / 100.0);
}

static void
set_act (GtkWidget *button, const char *act, EhcpRecord *document)
{
  const char *title = ehcp_record_get_text (document, "title");
  /* Translators: what a button does, and the name of a document */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), act, title != NULL ? title : "");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", ehcp_record_get_id (document));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

EhcpDocumentRow *
ehcp_document_row_new (EhcpRecord *document)
{
  EhcpDocumentRow *row = g_object_new (EHCP_TYPE_DOCUMENT_ROW, NULL);

  row->document = g_object_ref (document);
  set_act (row->retry, _("Try again"), document);
  g_signal_connect_object (document, "notify::progress", G_CALLBACK (show_progress), row, G_CONNECT_SWAPPED);
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
  const char *note = gtk_label_get_label (row->note);
  g_autofree char *spoken =
      g_strjoin (", ", gtk_label_get_label (row->title), is_new ? _("New") : _("Read"),
                 gtk_label_get_label (row->line),
                 *note != '\0' ? note : ehcp_record_is_kept (row->document) ? _("Offline") : NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* On its way, refused, or looked through: what is out of the ordinary. */
static void
show_state (EhcpDocumentRow *row)
{
  EhcpDelivery delivery = ehcp_record_get_delivery (row->document);
  gboolean is_moving = delivery == EHCP_DELIVERY_WAITING || delivery == EHCP_DELIVERY_SENDING;
  gboolean is_refused = delivery == EHCP_DELIVERY_REFUSED;
  g_autofree char *words = ehcp_document_state_words (row->document);

  gtk_label_set_label (row->note, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (row->note), words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (row->bar), is_moving);
  gtk_widget_set_visible (row->acts, is_moving || is_refused);
  /* What goes with a form or a message is sent again with it. */
  gtk_widget_set_visible (row->retry, is_refused && !ehcp_record_has (row->document, "form") &&
                                          !ehcp_record_has (row->document, "message"));
  gtk_button_set_label (row->cancel, is_refused ? _("Remove") : _("Cancel"));
  set_act (GTK_WIDGET (row->cancel), is_refused ? _("Remove") : _("Cancel"), row->document);
  if (is_refused)
    gtk_widget_add_css_class (GTK_WIDGET (row->note), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row->note), "late");
  show_progress (row);
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
  show_state (row);
  set_spoken (row, is_new);
}

gboolean
ehcp_document_row_matches (EhcpDocumentRow *row, const char *folded_words)
{
  return row->folded == NULL || ehcp_search_matches (row->folded, folded_words);
}
