/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a message. What is typed is a draft of this child and thread within two seconds, and stays one
 * until the message is safe in the outbox. */
#include "ehcp-compose-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-attachment-list.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-family-header.h"
#include "ehcp-message-acts.h"
#include "ehcp-message-threads.h"
#include "ehcp-send-key.h"
#include "ehcp-text.h"
#include "ehcp-time-words.h"

#define SAVE_AFTER_MS 1000 /* of the first change: typing on does not put it off */
#define HOLD_MS 10500      /* a little longer than "Undo" can be seen */
#define MAX_SUBJECT 200
#define MAX_TEXT 20000

struct _EhcpComposeView
{
  EhcpView parent_instance;

  GtkWidget *page;
  EhcpErrorSummary *summary;
  AdwAvatar *avatar;
  GtkLabel *child_name;
  GtkLabel *who;
  AdwComboRow *type;
  GtkStringList *types;
  GtkEditable *subject;
  EhcpErrorRow *subject_error;
  GtkTextView *text;
  EhcpErrorRow *text_error;
  EhcpAttachmentList *attachments;
  GtkWidget *saved_box;
  GtkLabel *saved;
  GtkWidget *delete;
  GtkWidget *waiting;

  char *case_id;
  char *thread_id;     /* NULL: a new thread */
  char *draft_id;      /* made when the screen is opened */
  guint save_source;
  gboolean is_filling; /* the program writes, not the person */
  gboolean is_over;    /* sent or deleted: there is no draft any more */
  gboolean will_send;  /* as soon as all files are read */
};

G_DEFINE_FINAL_TYPE (EhcpComposeView, ehcp_compose_view, EHCP_TYPE_VIEW)

static EhcpBook *
get_book (EhcpComposeView *self)
{
  return ehcp_view_get_book (EHCP_VIEW (self));
}

static char *
get_text (EhcpComposeView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
get_type_name (EhcpComposeView *self)
{
  guint selected = adw_combo_row_get_selected (self->type);

  return selected != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->types, selected) : NULL;
}

/* Drafts */

/* A thread's subject is not typed: a reply with nothing else in it is empty. */
static gboolean
is_empty (EhcpComposeView *self)
{
  g_autofree char *text = get_text (self);
  const char *subject = gtk_editable_get_text (self->subject);

  return *g_strstrip (text) == '\0' && (self->thread_id != NULL || *subject == '\0') &&
         ehcp_attachment_list_get_n_files (self->attachments) == 0;
}

static EhcpRecord *
make_draft (EhcpComposeView *self)
{
  EhcpRecord *draft = g_object_new (ehcp_draft_get_type (), NULL);
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self)));
  g_auto (GStrv) paths = ehcp_attachment_list_get_paths (self->attachments);
  g_autofree char *now = ehcp_clock_now_text (clock);
  g_autofree char *text = get_text (self);

  ehcp_record_set_text (draft, "id", self->draft_id);
  ehcp_record_set_text (draft, "case", self->case_id);
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "audience", "private");
  ehcp_record_set_text (draft, "saved_at", now);
  ehcp_record_set_text (draft, "subject", gtk_editable_get_text (self->subject));
  ehcp_record_set_text (draft, "text", text);
  if (get_type_name (self) != NULL)
    ehcp_record_set_text (draft, "message_type", get_type_name (self));
  if (self->thread_id != NULL)
    ehcp_record_set_text (draft, "thread", self->thread_id);
  if (paths[0] != NULL)
    ehcp_record_set_list (draft, "attachments", (const char *const *) paths);
  return draft;
}

static void
show_saved (EhcpComposeView *self)
{
  EhcpRecord *draft = ehcp_book_find (get_book (self), EHCP_KIND_DRAFT, self->draft_id);
  gint64 saved_at = draft != NULL ? ehcp_time_parse (ehcp_record_get_text (draft, "saved_at")) : -1;
  g_autofree char *clock = saved_at >= 0 ? ehcp_time_words_clock (saved_at) : NULL;
  g_autofree char *words = clock != NULL ? g_strdup_printf (_("Draft saved %s"), clock) : NULL;

  gtk_label_set_label (self->saved, words != NULL ? words : "");
  gtk_widget_set_visible (self->saved_box, words != NULL);
  gtk_widget_set_visible (self->delete, words != NULL);
}

static void
save_now (EhcpComposeView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));

  if (self->save_source == 0)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->is_over)
    return;
  if (is_empty (self))
    ehcp_link_delete_draft (link, self->draft_id);
  else
    {
      g_autoptr (EhcpRecord) draft = make_draft (self);

      ehcp_link_save_draft (link, draft);
    }
  show_saved (self);
}

static gboolean
save_cb (gpointer data)
{
  save_now (data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EhcpComposeView *self)
{
  if (self->is_filling || self->is_over || self->draft_id == NULL)
    return;
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

/* Filling in */

static void
show_types (EhcpComposeView *self, const char *chosen)
{
  GListModel *all = ehcp_book_get_list (get_book (self), EHCP_KIND_MESSAGE_TYPE, NULL);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->types));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  guint selected = 0;
  gboolean is_known = chosen == NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EhcpRecord) type = g_list_model_get_item (all, i);
      const char *name = ehcp_record_get_text (type, "name");

      g_strv_builder_add (names, name);
      if (g_strcmp0 (name, chosen) == 0)
        {
          selected = i;
          is_known = TRUE;
        }
    }
  /* One that the council does not offer any more stays what it was. */
  if (!is_known)
    {
      g_strv_builder_add (names, chosen);
      selected = g_list_model_get_n_items (all);
    }
  list = g_strv_builder_end (names);
  gtk_string_list_splice (self->types, 0, n_before, (const char *const *) list);
  adw_combo_row_set_selected (self->type, selected);
}

static void
fill_draft (EhcpComposeView *self, EhcpRecord *draft)
{
  const char *const *paths = ehcp_record_get_list (draft, "attachments");
  const char *subject = ehcp_record_get_text (draft, "subject");
  const char *text = ehcp_record_get_text (draft, "text");

  show_types (self, ehcp_record_get_text (draft, "message_type"));
  gtk_editable_set_text (self->subject, subject != NULL ? subject : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text != NULL ? text : "", -1);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      ehcp_attachment_list_add (self->attachments, file);
    }
}

/* What was begun in answer to the same thread goes on. */
static EhcpRecord *
find_draft_of_thread (EhcpComposeView *self)
{
  GListModel *drafts = ehcp_book_get_list (get_book (self), EHCP_KIND_DRAFT, self->case_id);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i);

      if (g_strcmp0 (ehcp_record_get_text (draft, "thread"), self->thread_id) == 0)
        return draft; /* the book holds it */
    }
  return NULL;
}

/* Type and subject are the thread's. */
static void
fill_reply (EhcpComposeView *self)
{
  g_autoptr (GPtrArray) messages = ehcp_threads_get_messages (
      ehcp_book_get_list (get_book (self), EHCP_KIND_MESSAGE, self->case_id), self->thread_id);
  EhcpRecord *first = messages->len > 0 ? g_ptr_array_index (messages, 0) : NULL;

  if (first != NULL)
    {
      show_types (self, ehcp_record_get_text (first, "message_type"));
      gtk_editable_set_text (self->subject, ehcp_record_get_text (first, "subject"));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->type), FALSE);
  gtk_editable_set_editable (self->subject, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->subject), "fixed");
}

static void
fill (EhcpComposeView *self, const char *draft_or_thread)
{
  EhcpRecord *draft = ehcp_book_find (get_book (self), EHCP_KIND_DRAFT, draft_or_thread);

  self->is_filling = TRUE;
  show_types (self, NULL);
  if (draft != NULL)
    self->thread_id = g_strdup (ehcp_record_get_text (draft, "thread"));
  else if (draft_or_thread != NULL)
    {
      self->thread_id = g_strdup (draft_or_thread);
      draft = find_draft_of_thread (self);
    }
  if (draft != NULL)
    fill_draft (self, draft);
  if (self->thread_id != NULL)
    fill_reply (self);
  self->draft_id = draft != NULL ? g_strdup (ehcp_record_get_id (draft)) : ehcp_text_new_id ();
  self->is_filling = FALSE;
  show_saved (self);
}

/* Sending */

static void
check_subject (EhcpComposeView *self)
{
  const char *subject = gtk_editable_get_text (self->subject);
  g_autofree char *stripped = g_strstrip (g_strdup (subject));

  ehcp_error_row_set_message (self->subject_error,
                              *stripped == '\0' ? _("Enter a subject.")
                              : g_utf8_strlen (stripped, -1) > MAX_SUBJECT
                                  ? _("The subject is too long. Shorten it.") : NULL);
}

static void
check_text (EhcpComposeView *self)
{
  g_autofree char *text = g_strstrip (get_text (self));

  ehcp_error_row_set_message (self->text_error,
                              *text == '\0' ? _("Write your message.")
                              : g_utf8_strlen (text, -1) > MAX_TEXT
                                  ? _("The text is too long. Shorten it, or send it in two parts.") : NULL);
}

static gboolean
check (EhcpComposeView *self)
{
  g_autofree char *file_problem = ehcp_attachment_list_get_problem (self->attachments);

  check_subject (self);
  check_text (self);
  if (ehcp_error_summary_gather (self->summary, self->page))
    return FALSE;
  if (file_problem != NULL)
    ehcp_error_summary_say (self->summary, file_problem);
  return file_problem == NULL;
}

static EhcpRecord *
make_command (EhcpComposeView *self)
{
  EhcpRecord *command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_SEND));
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self)));
  g_autofree char *now = ehcp_clock_now_text (clock);
  g_autofree char *text = g_strstrip (get_text (self));
  g_autofree char *subject = g_strstrip (g_strdup (gtk_editable_get_text (self->subject)));

  ehcp_record_set_text (command, "kind", "message.send");
  ehcp_record_set_text (command, "case", self->case_id);
  if (self->thread_id != NULL)
    ehcp_record_set_text (command, "thread", self->thread_id);
  ehcp_record_set_text (command, "message_type", get_type_name (self));
  ehcp_record_set_text (command, "subject", subject);
  ehcp_record_set_text (command, "text", text);
  ehcp_record_set_text (command, "composed_at", now);
  return command;
}

static void
set_busy (EhcpComposeView *self, gboolean is_busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compose.send", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compose.delete", !is_busy);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (EhcpComposeView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) draft = NULL;
  g_autofree char *id = ehcp_link_send_finish (link, result, &error);

  if (self->page == NULL)
    return;
  set_busy (self, FALSE);
  if (id == NULL)
    {
      ehcp_error_summary_show_error (self->summary, self->page, error);
      return;
    }
  draft = make_draft (self);
  self->is_over = TRUE;
  ehcp_link_delete_draft (link, self->draft_id);
  /* Somebody who has gone elsewhere meanwhile stays there. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  ehcp_message_offer_undo (GTK_WIDGET (self), link, id, draft);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
send_message (EhcpComposeView *self)
{
  g_autoptr (EhcpRecord) command = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (!check (self))
    return;
  self->will_send = ehcp_attachment_list_is_reading (self->attachments);
  gtk_widget_set_visible (self->waiting, self->will_send);
  if (self->will_send)
    return;
  save_now (self);
  command = make_command (self);
  files = ehcp_attachment_list_make_files (self->attachments);
  set_busy (self, TRUE);
  ehcp_link_send_async (ehcp_view_get_link (EHCP_VIEW (self)), command, files, HOLD_MS, NULL, sent_cb,
                        g_object_ref (self));
}

static void
attachments_changed_cb (EhcpComposeView *self)
{
  changed_cb (self);
  ehcp_error_summary_unsay (self->summary);
  if (self->will_send && !ehcp_attachment_list_is_reading (self->attachments))
    send_message (self);
}

static void
send_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  send_message (EHCP_COMPOSE_VIEW (widget));
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpComposeView *self = EHCP_COMPOSE_VIEW (widget);
  g_autoptr (EhcpRecord) draft = make_draft (self);

  self->is_over = TRUE;
  ehcp_draft_delete (widget, ehcp_view_get_link (EHCP_VIEW (self)), draft);
  gtk_widget_activate_action (widget, "win.back", NULL);
}

/* As a screen */

static void
show_head (EhcpComposeView *self)
{
  EhcpView *view = EHCP_VIEW (self);
  EhcpRecord *child = ehcp_family_header_get_case (view, self->case_id);
  const char *caseworker = child != NULL ? ehcp_record_get_text (child, "caseworker_name") : NULL;
  g_autofree char *name = ehcp_family_header_child (view, self->case_id);
  g_autofree char *about = NULL;
  g_autofree char *who = NULL;

  ehcp_family_header_show (view, self->case_id, self->thread_id != NULL ? _("Reply") : _("New Message"));
  if (name != NULL && caseworker != NULL)
    {
      /* Translators: the child and the caseworker */
      about = g_strdup_printf (_("About %s, to %s"), name, caseworker);
      ehcp_view_set_subtitle (view, about);
    }
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->child_name, name != NULL ? name : "");
  who = caseworker != NULL
            ? g_strdup_printf (_("Only you, %s and the SEND team can read this."), caseworker)
            : g_strdup (_("Only you and the SEND team can read this."));
  gtk_label_set_label (self->who, who);
}

static void
show_limits (EhcpComposeView *self)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (EHCP_VIEW (self)));

  ehcp_attachment_list_set_max_bytes (self->attachments,
                                      service != NULL ? ehcp_service_get_max_file_bytes (service) : 0);
}

static void
ehcp_compose_view_shown (EhcpView *view)
{
  EhcpComposeView *self = EHCP_COMPOSE_VIEW (view);

  ehcp_family_header_show_back (view);
  show_head (self);
  gtk_widget_grab_focus (*gtk_editable_get_text (self->subject) != '\0' ? GTK_WIDGET (self->text)
                                                                        : GTK_WIDGET (self->subject));
}

static void
ehcp_compose_view_leave (EhcpView *view)
{
  save_now (EHCP_COMPOSE_VIEW (view));
}

static void
ehcp_compose_view_constructed (GObject *object)
{
  EhcpComposeView *self = EHCP_COMPOSE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  const char *argument = ehcp_view_get_argument (view);
  g_auto (GStrv) parts = g_strsplit (argument != NULL ? argument : "", "/", 2);

  G_OBJECT_CLASS (ehcp_compose_view_parent_class)->constructed (object);
  self->case_id = g_strdup (parts[0] != NULL ? parts[0] : "");
  ehcp_view_set_back_label (view, _("Messages"));
  show_limits (self);
  fill (self, parts[0] != NULL ? parts[1] : NULL);
  show_head (self);
  g_signal_connect_object (ehcp_view_get_link (view), "notify::service", G_CALLBACK (show_limits), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (show_head), self,
                           G_CONNECT_SWAPPED);
}

static void
ehcp_compose_view_dispose (GObject *object)
{
  EhcpComposeView *self = EHCP_COMPOSE_VIEW (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->thread_id, g_free);
  g_clear_pointer (&self->draft_id, g_free);
  G_OBJECT_CLASS (ehcp_compose_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, page);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, child_name);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, who);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, type);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, types);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, subject);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, subject_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, text);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, text_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, attachments);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, saved_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, saved);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, delete);
  gtk_widget_class_bind_template_child (widget_class, EhcpComposeView, waiting);
}

static void
ehcp_compose_view_class_init (EhcpComposeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EhcpViewClass *view_class = EHCP_VIEW_CLASS (klass);

  object_class->constructed = ehcp_compose_view_constructed;
  object_class->dispose = ehcp_compose_view_dispose;
  view_class->shown = ehcp_compose_view_shown;
  view_class->leave = ehcp_compose_view_leave;

  g_type_ensure (EHCP_TYPE_ATTACHMENT_LIST);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-compose-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, attachments_changed_cb);
  gtk_widget_class_install_action (widget_class, "compose.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "compose.delete", NULL, delete_cb);
}

static void
ehcp_compose_view_init (EhcpComposeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_send_key_add (GTK_WIDGET (self), "compose.send");
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}
