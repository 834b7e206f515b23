/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to a message. Nothing that was typed is lost: what is deleted or taken back can be had
 * as a draft again. */
#include "ehcp-message-acts.h"

#include <glib/gi18n.h>

#include "ehcp-text.h"
#include "ehcp-undo-toast.h"

#define UNDO_SECONDS 10

/* What an "Undo" needs. */
typedef struct
{
  EhcpLink *link;
  EhcpRecord *draft;
  char *command_id; /* NULL: there is nothing to take back but the draft's end */
} Taken;

static Taken *
taken_new (EhcpLink *link, EhcpRecord *draft, const char *command_id)
{
  Taken *taken = g_new0 (Taken, 1);

  taken->link = g_object_ref (link);
  taken->draft = g_object_ref (draft);
  taken->command_id = g_strdup (command_id);
  return taken;
}

static void
taken_free (gpointer data)
{
  Taken *taken = data;

  g_object_unref (taken->link);
  g_object_unref (taken->draft);
  g_free (taken->command_id);
  g_free (taken);
}

gboolean
ehcp_message_is_for_staff (EhcpBook *book)
{
  EhcpRecord *account = ehcp_book_get_account (book);

  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "family") != 0;
}

static void
go_to_draft (GtkWidget *from, EhcpLink *link, EhcpRecord *draft)
{
  g_autofree char *place = g_strdup_printf (
      "%s/%s/%s", ehcp_message_is_for_staff (ehcp_link_get_book (link)) ? "write" : "compose",
      ehcp_record_get_case (draft), ehcp_record_get_id (draft));

  gtk_widget_activate_action (from, "win.go", "s", place);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  /* It stays new and is reported when it is opened again; nobody has to be told. */
  if (id == NULL)
    g_debug ("marking a message read: %s", error->message);
}

/* Tells the council that this person has opened it; once is enough. */
void
ehcp_message_mark_read (EhcpLink *link, EhcpRecord *message)
{
  g_autoptr (EhcpRecord) command = NULL;

  if (ehcp_record_get_bool (message, "from_council") ==
          ehcp_message_is_for_staff (ehcp_link_get_book (link)) ||
      ehcp_book_is_read (ehcp_link_get_book (link), message))
    return;
  command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_READ));
  ehcp_record_set_text (command, "kind", "message.read");
  ehcp_record_set_text (command, "case", ehcp_record_get_case (message));
  ehcp_record_set_text (command, "message", ehcp_record_get_id (message));
  ehcp_link_send_async (link, command, NULL, 0, NULL, sent_cb, NULL);
}

/* (transfer full): what was typed into @message as a draft, not stored yet. */
EhcpRecord *
ehcp_message_make_draft (EhcpLink *link, EhcpRecord *message)
{
  static const char *const fields[] = { "message_type", "subject", "text" };
  EhcpRecord *draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  const char *thread = ehcp_record_get_text (message, "thread");
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *now = ehcp_clock_now_text (ehcp_link_get_clock (link));

  ehcp_record_set_text (draft, "id", id);
  ehcp_record_set_text (draft, "case", ehcp_record_get_case (message));
  ehcp_record_set_text (draft, "audience", "private");
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "saved_at", now);
  /* The first message of a thread has its own id for it. */
  if (thread != NULL && g_strcmp0 (thread, ehcp_record_get_id (message)) != 0)
    ehcp_record_set_text (draft, "thread", thread);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (ehcp_record_has (message, fields[i]))
      ehcp_record_set_text (draft, fields[i], ehcp_record_get_text (message, fields[i]));
  return draft;
}

/* The draft is there before the refused message goes. */
void
ehcp_message_edit (GtkWidget *from, EhcpLink *link, EhcpRecord *message)
{
  g_autoptr (EhcpRecord) draft = ehcp_message_make_draft (link, message);

  ehcp_link_save_draft (link, draft);
  go_to_draft (from, link, draft);
  ehcp_link_discard (link, ehcp_record_get_id (message));
}

/* One whose files are on their way comes back as a draft, without them: they are chosen anew. */
void
ehcp_message_cancel (GtkWidget *from, EhcpLink *link, EhcpRecord *message)
{
  g_autoptr (EhcpRecord) draft = ehcp_message_make_draft (link, message);

  if (!ehcp_link_undo (link, ehcp_record_get_id (message)))
    {
      gtk_widget_activate_action (from, "win.toast", "s", _("It was on its way already. You find it under Sent Items."));
      return;
    }
  ehcp_link_save_draft (link, draft);
  go_to_draft (from, link, draft);
}

static void
undo_delete_cb (GtkWidget *overlay, gpointer data)
{
  Taken *taken = data;

  ehcp_link_save_draft (taken->link, taken->draft);
  gtk_widget_activate_action (overlay, "win.toast", "s", _("It is in your drafts again"));
}

void
ehcp_message_delete (GtkWidget *from, EhcpLink *link, EhcpRecord *message)
{
  g_autoptr (EhcpRecord) draft = ehcp_message_make_draft (link, message);

  ehcp_undo_toast_show (from, _("The message is deleted"), UNDO_SECONDS, undo_delete_cb,
                        taken_new (link, draft, NULL), taken_free);
  ehcp_link_discard (link, ehcp_record_get_id (message));
}

void
ehcp_draft_delete (GtkWidget *from, EhcpLink *link, EhcpRecord *draft)
{
  g_autoptr (EhcpRecord) kept = ehcp_record_copy (draft);

  ehcp_undo_toast_show (from, _("The draft is deleted"), UNDO_SECONDS, undo_delete_cb,
                        taken_new (link, kept, NULL), taken_free);
  ehcp_link_delete_draft (link, ehcp_record_get_id (kept));
}

static void
undo_send_cb (GtkWidget *overlay, gpointer data)
{
  Taken *taken = data;

  if (!ehcp_link_undo (taken->link, taken->command_id))
    {
      gtk_widget_activate_action (overlay, "win.toast", "s",
                                  _("It was on its way already. You find it under Sent Items."));
      return;
    }
  ehcp_link_save_draft (taken->link, taken->draft);
  go_to_draft (overlay, taken->link, taken->draft);
}

/* After a message was put into the outbox, where it is held for as long as the toast shows.
 * @draft: what it was made of, which comes back. */
void
ehcp_message_offer_undo (GtkWidget *from, EhcpLink *link, const char *command_id, EhcpRecord *draft)
{
  ehcp_undo_toast_show (from,
                        ehcp_link_is_online (link) ? _("Your message is being sent")
                                                   : _("Your message goes out when you are online"),
                        UNDO_SECONDS, undo_send_cb, taken_new (link, draft, command_id), taken_free);
}

/* Why the council did not take it, and what to do (transfer full). */
char *
ehcp_message_refusal_words (EhcpRecord *message)
{
  int code = ehcp_error_code_from_string (ehcp_record_get_refusal (message));

  switch (code)
    {
    case EHCP_ERROR_TOO_LARGE:
      return g_strdup (_("A file is too large for the council. Choose Edit, take a smaller one, then send it "
                         "again. Nothing that you wrote is lost."));
    case EHCP_ERROR_UNSUPPORTED_TYPE:
      return g_strdup (_("The council does not take this kind of file. Choose Edit, take a PDF, Word, JPEG or "
                         "PNG file, then send it again. Nothing that you wrote is lost."));
    case EHCP_ERROR_MISSING:
    case EHCP_ERROR_RANGE:
      return g_strdup (_("Something is missing, or too long. Choose Edit to see what. Nothing that you wrote "
                         "is lost."));
    case EHCP_ERROR_NOT_FOUND:
    case EHCP_ERROR_NOT_ALLOWED:
      return g_strdup (_("Your account may not write about this child any more. Ask the SEND team. Nothing "
                         "that you wrote is lost."));
    default:
      return g_strdup (_("The council could not take this message. Try again, or call the SEND team if it "
                         "happens again. Nothing that you wrote is lost."));
    }
}
