/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "write/CASE" begins a thread, "write/CASE/THREAD" answers one, "write/CASE/DRAFT" goes on. What is typed is a
 * draft of the case within a second, and stays one until the message is in the outbox. */
#include "ehcp-write-view.h"

#include <glib/gi18n.h>

#include "ehcp-attachment-list.h"
#include "ehcp-audience-box.h"
#include "ehcp-message-acts.h"
#include "ehcp-message-fields.h"
#include "ehcp-message-threads.h"
#include "ehcp-send-key.h"
#include "ehcp-text.h"

#define SAVE_AFTER_MS 1000
#define HOLD_MS 10500 /* a little longer than "Undo" can be seen */

struct _EhcpWriteView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  EhcpMessageFields *fields;
  EhcpAudienceBox *audience;
  EhcpAttachmentList *attachments;
  char *case_id;
  char *thread_id; /* NULL: a new thread */
  char *draft_id;
  guint save_source;
  gboolean is_over;
};

G_DEFINE_FINAL_TYPE (EhcpWriteView, ehcp_write_view, EHCP_TYPE_VIEW)

/* Drafts */

static EhcpRecord *
make_draft (EhcpWriteView *self)
{
  EhcpRecord *draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self)));
  g_auto (GStrv) paths = ehcp_attachment_list_get_paths (self->attachments);
  g_autofree char *now = ehcp_clock_now_text (clock);
  g_autofree char *text = ehcp_message_fields_get_text (self->fields);

  ehcp_record_set_text (draft, "id", self->draft_id);
  ehcp_record_set_text (draft, "case", self->case_id);
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "audience", "private");
  ehcp_record_set_text (draft, "saved_at", now);
  ehcp_record_set_text (draft, "subject", ehcp_message_fields_get_subject (self->fields));
  ehcp_record_set_text (draft, "text", text);
  ehcp_record_set_text (draft, "message_type", ehcp_message_fields_get_type_name (self->fields));
  ehcp_record_set_text (draft, "thread", self->thread_id);
  if (paths[0] != NULL)
    ehcp_record_set_list (draft, "attachments", (const char *const *) paths);
  return draft;
}

static void
save_now (EhcpWriteView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));

  if (self->save_source == 0)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->is_over)
    return;
  if (ehcp_message_fields_is_empty (self->fields) &&
      ehcp_attachment_list_get_n_files (self->attachments) == 0)
    ehcp_link_delete_draft (link, self->draft_id);
  else
    {
      g_autoptr (EhcpRecord) draft = make_draft (self);

      ehcp_link_save_draft (link, draft);
    }
}

static gboolean
save_cb (gpointer data)
{
  save_now (data);
  return G_SOURCE_REMOVE;
}

static void
changed (EhcpView *view)
{
  EhcpWriteView *self = EHCP_WRITE_VIEW (view);

  if (!self->is_over && self->draft_id != NULL && self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
changed_cb (EhcpWriteView *self)
{
  changed (EHCP_VIEW (self));
  ehcp_error_summary_unsay (self->page.summary);
}

/* Filling in */

static EhcpRecord *
find_draft (EhcpWriteView *self, const char *draft_or_thread)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  GListModel *drafts = ehcp_book_get_list (book, EHCP_KIND_DRAFT, self->case_id);
  EhcpRecord *draft = ehcp_book_find (book, EHCP_KIND_DRAFT, draft_or_thread);

  for (guint i = 0; draft == NULL && i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) other = g_list_model_get_item (drafts, i);

      if (g_strcmp0 (ehcp_record_get_text (other, "thread"), draft_or_thread) == 0)
        draft = other; /* the book holds it */
    }
  return draft;
}

static void
fill_draft (EhcpWriteView *self, EhcpRecord *draft)
{
  const char *const *paths = ehcp_record_get_list (draft, "attachments");

  ehcp_message_fields_fill (self->fields, ehcp_record_get_text (draft, "message_type"),
                            ehcp_record_get_text (draft, "subject"), ehcp_record_get_text (draft, "text"));
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      ehcp_attachment_list_add (self->attachments, file);
    }
}

static void
fix_reply (EhcpWriteView *self)
{
  g_autoptr (GPtrArray) messages = ehcp_threads_get_messages (
      ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_MESSAGE, self->case_id),
      self->thread_id);
  EhcpRecord *first = messages->len > 0 ? messages->pdata[0] : NULL;

  if (first != NULL)
    ehcp_message_fields_fix (self->fields, ehcp_record_get_text (first, "message_type"),
                             ehcp_record_get_text (first, "subject"));
}

static void
fill (EhcpWriteView *self, const char *draft_or_thread)
{
  EhcpRecord *draft = draft_or_thread != NULL ? find_draft (self, draft_or_thread) : NULL;

  if (draft != NULL)
    self->thread_id = g_strdup (ehcp_record_get_text (draft, "thread"));
  else if (draft_or_thread != NULL)
    self->thread_id = g_strdup (draft_or_thread);
  if (draft != NULL)
    fill_draft (self, draft);
  if (self->thread_id != NULL)
    fix_reply (self);
  self->draft_id = draft != NULL ? g_strdup (ehcp_record_get_id (draft)) : ehcp_text_new_id ();
}

/* Sending */

static gboolean
check (EhcpWriteView *self)
{
  g_autofree char *audience = ehcp_audience_box_get_problem (self->audience);
  g_autofree char *file = ehcp_attachment_list_get_problem (self->attachments);
  const char *alone = audience != NULL ? audience : file;

  ehcp_message_fields_check (self->fields, self->case_id);
  if (!ehcp_desk_page_check (&self->page))
    return FALSE;
  if (alone == NULL && ehcp_attachment_list_is_reading (self->attachments))
    alone = _("A file is still being read. Send the message in a moment.");
  if (alone != NULL)
    ehcp_error_summary_say (self->page.summary, alone);
  return alone == NULL;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (EhcpWriteView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) draft = NULL;
  g_autofree char *id = ehcp_link_send_finish (link, result, &error);

  self->page.is_busy = FALSE;
  if (self->fields == NULL)
    return;
  if (id == NULL)
    {
      ehcp_error_summary_show_error (self->page.summary, self->page.box, error);
      return;
    }
  draft = make_draft (self);
  self->is_over = TRUE;
  ehcp_link_delete_draft (link, self->draft_id);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  ehcp_message_offer_undo (GTK_WIDGET (self), link, id, draft);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
send_cb (EhcpWriteView *self)
{
  g_autoptr (EhcpRecord) command = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) named = NULL;

  if (self->page.is_busy || !check (self))
    return;
  save_now (self);
  command = ehcp_message_fields_make_command (self->fields, self->case_id, &missing);
  named = ehcp_audience_box_get_named (self->audience);
  ehcp_record_set_text (command, "audience", ehcp_audience_box_get_audience (self->audience));
  if (named != NULL)
    ehcp_record_set_list (command, "named", (const char *const *) named);
  if (self->thread_id != NULL)
    ehcp_record_set_text (command, "thread", self->thread_id);
  files = ehcp_attachment_list_make_files (self->attachments);
  self->page.is_busy = TRUE;
  ehcp_link_send_async (ehcp_view_get_link (EHCP_VIEW (self)), command, files, HOLD_MS, NULL, sent_cb,
                        g_object_ref (self));
}

static void
send_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  send_cb (EHCP_WRITE_VIEW (widget));
}

/* As a screen */

static void
ehcp_write_view_leave (EhcpView *view)
{
  save_now (EHCP_WRITE_VIEW (view));
}

static void
ehcp_write_view_constructed (GObject *object)
{
  EhcpWriteView *self = EHCP_WRITE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (view));
  const char *argument = ehcp_view_get_argument (view);
  g_auto (GStrv) parts = g_strsplit (argument != NULL ? argument : "", "/", 2);

  G_OBJECT_CLASS (ehcp_write_view_parent_class)->constructed (object);
  self->case_id = g_strdup (parts[0] != NULL ? parts[0] : "");
  ehcp_desk_page_init (&self->page, view, 720);
  self->audience = EHCP_AUDIENCE_BOX (ehcp_audience_box_new (ehcp_view_get_book (view), self->case_id, FALSE));
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->audience));
  self->fields = ehcp_message_fields_new (&self->page, changed);
  ehcp_message_fields_set_case (self->fields, self->case_id);
  self->attachments = g_object_new (EHCP_TYPE_ATTACHMENT_LIST, NULL);
  ehcp_attachment_list_set_max_bytes (self->attachments,
                                      service != NULL ? ehcp_service_get_max_file_bytes (service) : 0);
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->attachments));
  fill (self, parts[0] != NULL ? parts[1] : NULL);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  ehcp_desk_page_add_button (&self->page, _("Send"), TRUE, G_CALLBACK (send_cb));
  ehcp_desk_page_show_head (&self->page, self->thread_id != NULL ? _("Reply") : _("New Message"),
                            self->case_id);
}

static void
ehcp_write_view_dispose (GObject *object)
{
  EhcpWriteView *self = EHCP_WRITE_VIEW (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_pointer (&self->fields, ehcp_message_fields_free);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->thread_id, g_free);
  g_clear_pointer (&self->draft_id, g_free);
  G_OBJECT_CLASS (ehcp_write_view_parent_class)->dispose (object);
}

static void
ehcp_write_view_class_init (EhcpWriteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_write_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_write_view_dispose;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_write_view_leave;
  gtk_widget_class_install_action (widget_class, "write.send", NULL, send_action_cb);
}

static void
ehcp_write_view_init (EhcpWriteView *self)
{
  ehcp_send_key_add (GTK_WIDGET (self), "write.send");
}
