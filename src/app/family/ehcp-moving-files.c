/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row with a bar for each file, and one `Cancel` for all: a form or a message without one of its files would be
 * another one. Other work goes on meanwhile. */
#include "ehcp-moving-files.h"

#include <glib/gi18n.h>

#include "ehcp-document-words.h"
#include "ehcp-size-words.h"

struct _EhcpMovingFiles
{
  AdwBin parent_instance;

  GtkWidget *list;
  GtkWidget *cancel;
  GPtrArray *documents;   /* of EhcpRecord, as they are shown */
};

static guint cancel_signal;

G_DEFINE_FINAL_TYPE (EhcpMovingFiles, ehcp_moving_files, ADW_TYPE_BIN)

static void
cancel_clicked_cb (EhcpMovingFiles *self)
{
  g_signal_emit (self, cancel_signal, 0);
}

/* "Sending, 12 of 25 MB": how far it is, also for those who do not see the bar. */
static void
show_progress (EhcpRecord *document, GParamSpec *pspec, GtkWidget *row)
{
  GtkLabel *words = g_object_get_data (G_OBJECT (row), "words");
  GtkProgressBar *bar = g_object_get_data (G_OBJECT (row), "bar");
  int percent = ehcp_record_get_progress (document);
  gint64 size = ehcp_record_get_int (document, "size");
  g_autofree char *state = ehcp_document_state_words (document);
  g_autofree char *all = ehcp_size_words (size);
  g_autofree char *sent = ehcp_size_words (size * percent / 100);
  g_autofree char *line = ehcp_record_get_delivery (document) == EHCP_DELIVERY_SENDING
                              /* Translators: "Sending, 12 MB of 25 MB" */
                              ? g_strdup_printf (_("%s, %s of %s"), state != NULL ? state : "", sent, all)
                              : g_strdup (state != NULL ? state : "");

  gtk_label_set_label (words, line);
  gtk_progress_bar_set_fraction (bar, percent / 100.0);
}

static GtkWidget *
make_row (EhcpRecord *document)
{
  const char *title = ehcp_record_get_text (document, "title");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_MIDDLE,
                                  NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "css-classes",
                                   (const char *[]){ "caption", "dim", "numeric", NULL }, NULL);
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sent so far"), -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_add_css_class (box, "attachment-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "words", words);
  g_object_set_data (G_OBJECT (row), "bar", bar);
  g_signal_connect_object (document, "notify::progress", G_CALLBACK (show_progress), row, 0);
  g_signal_connect_object (document, "notify::delivery", G_CALLBACK (show_progress), row, 0);
  show_progress (document, NULL, row);
  return row;
}

static gboolean
is_same (EhcpMovingFiles *self, GPtrArray *documents)
{
  if (self->documents == NULL || self->documents->len != documents->len)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    if (self->documents->pdata[i] != documents->pdata[i])
      return FALSE;
  return TRUE;
}

static void
ehcp_moving_files_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_MOVING_FILES (object)->documents, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_moving_files_parent_class)->finalize (object);
}

static void
ehcp_moving_files_class_init (EhcpMovingFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_moving_files_finalize;
  cancel_signal = g_signal_new ("cancel", EHCP_TYPE_MOVING_FILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
ehcp_moving_files_init (EhcpMovingFiles *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->cancel = gtk_button_new_with_label (_("Cancel"));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files on their way"), -1);
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_widget_set_margin_top (box, 12);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
ehcp_moving_files_describe_cancel (EhcpMovingFiles *self, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
ehcp_moving_files_show (EhcpMovingFiles *self, GPtrArray *documents)
{
  GtkWidget *row;

  if (is_same (self, documents))
    return;
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  self->documents = g_ptr_array_ref (documents);
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < documents->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (documents->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), documents->len > 0);
}
