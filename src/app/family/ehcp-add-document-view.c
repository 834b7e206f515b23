/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each file becomes a document of its own, sent by a command of its own: one that is refused or taken back
 * leaves the others alone. How far they are is seen in the list of documents. */
#include "ehcp-add-document-view.h"

#include <glib/gi18n.h>

#include "ehcp-attachment-list.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-family-header.h"

#define MAX_TITLE 200

struct _EhcpAddDocumentView
{
  EhcpView parent_instance;

  GtkWidget *page;
  EhcpErrorSummary *summary;
  GtkLabel *who;
  EhcpAttachmentList *files;
  GtkEditable *title;
  EhcpErrorRow *title_error;
  AdwComboRow *kind;
  GtkWidget *waiting;

  char *case_id;
  gboolean will_send; /* once the files are read */
  guint n_sending;
};

G_DEFINE_FINAL_TYPE (EhcpAddDocumentView, ehcp_add_document_view, EHCP_TYPE_VIEW)

static const char *const kinds[] = { "report", "letter", "other" };

/* A title for several files would be the same for all. */
static gboolean
has_one_file (EhcpAddDocumentView *self)
{
  return ehcp_attachment_list_get_n_files (self->files) <= 1;
}

static void
show_title (EhcpAddDocumentView *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->title), has_one_file (self));
  ehcp_error_row_set_message (self->title_error, NULL);
}

static gboolean
check (EhcpAddDocumentView *self)
{
  g_autofree char *problem = ehcp_attachment_list_get_problem (self->files);
  gboolean is_long = g_utf8_strlen (gtk_editable_get_text (self->title), -1) > MAX_TITLE;

  ehcp_error_row_set_message (self->title_error, is_long ? _("The name is too long. Shorten it.") : NULL);
  if (ehcp_error_summary_gather (self->summary, self->page))
    return FALSE;
  if (problem == NULL && ehcp_attachment_list_get_n_files (self->files) == 0)
    problem = g_strdup (_("Choose the file that you want to add."));
  if (problem != NULL)
    ehcp_error_summary_say (self->summary, problem);
  return problem == NULL;
}

/* What was typed, or the file's name without its ending. */
static char *
make_title (EhcpAddDocumentView *self, const char *file_name)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->title)));
  const char *dot = strrchr (file_name, '.');

  if (has_one_file (self) && *typed != '\0')
    return g_steal_pointer (&typed);
  return dot != NULL && dot > file_name ? g_strndup (file_name, (gsize) (dot - file_name))
                                        : g_strdup (file_name);
}

static void
finish (EhcpAddDocumentView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAddDocumentView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  if (self->page == NULL)
    return;
  self->n_sending--;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-document.add", self->n_sending == 0);
  if (id == NULL)
    ehcp_error_summary_show_error (self->summary, self->page, error);
  else if (self->n_sending == 0)
    finish (self);
}

static void
send_file (EhcpAddDocumentView *self, EhcpFile *file)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_DOCUMENT_ADD));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *title = make_title (self, file->name);

  ehcp_record_set_text (command, "kind", "document.add");
  ehcp_record_set_text (command, "case", self->case_id);
  ehcp_record_set_text (command, "title", title);
  ehcp_record_set_text (command, "document_kind", kinds[MIN (adw_combo_row_get_selected (self->kind), 2)]);
  g_ptr_array_add (files, file);
  self->n_sending++;
  ehcp_link_send_async (ehcp_view_get_link (EHCP_VIEW (self)), command, files, 0, NULL, sent_cb,
                        g_object_ref (self));
}

static void
send_all (EhcpAddDocumentView *self)
{
  g_autoptr (GPtrArray) files = NULL;

  if (!check (self))
    return;
  self->will_send = ehcp_attachment_list_is_reading (self->files);
  gtk_widget_set_visible (self->waiting, self->will_send);
  if (self->will_send)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-document.add", FALSE);
  files = ehcp_attachment_list_make_files (self->files);
  for (guint i = 0; i < files->len; i++)
    send_file (self, g_ptr_array_index (files, i));
}

static void
files_changed_cb (EhcpAddDocumentView *self)
{
  show_title (self);
  ehcp_error_summary_unsay (self->summary);
  if (self->will_send && !ehcp_attachment_list_is_reading (self->files))
    send_all (self);
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  send_all (EHCP_ADD_DOCUMENT_VIEW (widget));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.back", NULL);
}

static void
ehcp_add_document_view_shown (EhcpView *view)
{
  EhcpAddDocumentView *self = EHCP_ADD_DOCUMENT_VIEW (view);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (view));
  EhcpRecord *record = ehcp_family_header_get_case (view, self->case_id);
  const char *caseworker = record != NULL ? ehcp_record_get_text (record, "caseworker_name") : NULL;
  g_autofree char *who = caseworker != NULL
                             ? g_strdup_printf (_("You, %s and the SEND team can read what you add here."),
                                                caseworker)
                             : g_strdup (_("You and the SEND team can read what you add here."));

  ehcp_family_header_show (view, self->case_id, _("Add a document"));
  ehcp_family_header_show_back (view);
  gtk_label_set_label (self->who, who);
  ehcp_attachment_list_set_max_bytes (self->files,
                                      service != NULL ? ehcp_service_get_max_file_bytes (service) : 0);
}

static void
ehcp_add_document_view_constructed (GObject *object)
{
  EhcpAddDocumentView *self = EHCP_ADD_DOCUMENT_VIEW (object);
  const char *argument = ehcp_view_get_argument (EHCP_VIEW (object));

  G_OBJECT_CLASS (ehcp_add_document_view_parent_class)->constructed (object);
  self->case_id = g_strdup (argument != NULL ? argument : "");
  ehcp_view_set_back_label (EHCP_VIEW (object), _("Documents to View"));
  ehcp_family_header_show (EHCP_VIEW (object), self->case_id, _("Add a document"));
  show_title (self);
}

static void
ehcp_add_document_view_dispose (GObject *object)
{
  g_clear_pointer (&EHCP_ADD_DOCUMENT_VIEW (object)->case_id, g_free);
  EHCP_ADD_DOCUMENT_VIEW (object)->page = NULL;
  G_OBJECT_CLASS (ehcp_add_document_view_parent_class)->dispose (object);
}

static void
ehcp_add_document_view_class_init (EhcpAddDocumentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_add_document_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_add_document_view_dispose;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_add_document_view_shown;
  g_type_ensure (EHCP_TYPE_ATTACHMENT_LIST);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  gtk_widget_class_install_action (widget_class, "add-document.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "add-document.cancel", NULL, cancel_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-add-document-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, page);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, who);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, files);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, title);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, title_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, kind);
  gtk_widget_class_bind_template_child (widget_class, EhcpAddDocumentView, waiting);
  gtk_widget_class_bind_template_callback (widget_class, files_changed_cb);
}

static void
ehcp_add_document_view_init (EhcpAddDocumentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
