/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages between families and the council, and who has read them. */
#include "ehcp-command-private.h"

#include "ehcp-uploads.h"

#include <string.h>

/* A thread is known to those who see one message of it: the first one may have been for somebody else. */
static gboolean
check_thread (EhcpTask *task, const char *thread, GError **error)
{
  g_autoptr (GPtrArray) messages = ehcp_store_list_where (task->db, EHCP_KIND_MESSAGE, "thread", thread,
                                                          error);

  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (EhcpRecord) seen = NULL;

      seen = ehcp_task_find_id (task, EHCP_KIND_MESSAGE, ehcp_record_get_id (messages->pdata[i]), NULL,
                                &failure);
      if (seen != NULL)
        return TRUE;
      if (!g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, "/thread");
}

/* A new thread has one of the council's types; a reply keeps that of its thread, even when the council
 * changed the list meanwhile. */
static gboolean
check_about (EhcpTask *task, GError **error)
{
  const char *thread = ehcp_record_get_text (task->command, "thread");
  EhcpConfig *config = ehcp_council_get_config (task->council);

  if (thread != NULL)
    return check_thread (task, thread, error);
  return g_strv_contains ((const char *const *) config->message_types,
                          ehcp_record_get_text (task->command, "message_type")) ||
         ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/message_type");
}

/* A message of the family goes to the SEND team; only staff choose who else reads one. */
static gboolean
check_audience (EhcpTask *task, GError **error)
{
  const char *audience = ehcp_record_get_text (task->command, "audience");

  if (!ehcp_task_is_staff (task))
    {
      if (audience != NULL)
        return ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, "/audience");
      return ehcp_record_get_list (task->command, "named") == NULL ||
             ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, "/named");
    }
  if (audience == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/audience");
  return ehcp_task_check_named (task, error);
}

/* A computer's clock may be wrong by years, and its owner is not to blame: what was written tomorrow, which
 * would stand on top for ever, was written when it came. */
static const char *
get_composed (EhcpTask *task)
{
  const char *composed = ehcp_record_get_text (task->command, "composed_at");

  return strcmp (composed, task->now) > 0 ? task->now : composed;
}

static EhcpRecord *
make_message (EhcpTask *task)
{
  gboolean is_staff = ehcp_task_is_staff (task);
  const char *thread = ehcp_record_get_text (task->command, "thread");
  g_autofree char *name = ehcp_task_sender_name (task);
  EhcpRecord *message = NULL;

  if (is_staff)
    {
      message = ehcp_task_make (task, EHCP_KIND_MESSAGE, task->id,
                                ehcp_record_get_text (task->command, "audience"), NULL);
      ehcp_record_set_list (message, "named", ehcp_record_get_list (task->command, "named"));
    }
  else
    message = ehcp_task_make (task, EHCP_KIND_MESSAGE, task->id, "named", task->access.person);
  ehcp_record_set_text (message, "thread", thread != NULL ? thread : task->id);
  ehcp_record_set_text (message, "message_type", ehcp_record_get_text (task->command, "message_type"));
  ehcp_record_set_text (message, "subject", ehcp_record_get_text (task->command, "subject"));
  ehcp_record_set_text (message, "text", ehcp_record_get_text (task->command, "text"));
  ehcp_record_set_text (message, "sender", is_staff ? task->actor->account : task->access.person);
  ehcp_record_set_text (message, "sender_name", name);
  ehcp_record_set_bool (message, "from_council", is_staff);
  ehcp_record_set_text (message, "composed_at", get_composed (task));
  ehcp_record_set_text (message, "received_at", task->now);
  return message;
}

/* Under the upload's id, which the sender's own computer knows: so it need not fetch what it sent. */
static gboolean
attach_upload (EhcpTask *task, EhcpRecord *message, const char *id, GError **error)
{
  g_autoptr (EhcpRecord) document = ehcp_task_make (task, EHCP_KIND_DOCUMENT, id,
                                                    ehcp_record_get_text (message, "audience"), NULL);
  g_autoptr (EhcpUpload) upload = NULL;

  upload = ehcp_upload_take (task->council, task->db, task->actor->account, id,
                             ehcp_record_get_id (task->case_record), error);
  if (upload == NULL)
    return FALSE;
  ehcp_record_set_list (document, "named", ehcp_record_get_list (message, "named"));
  ehcp_record_set_text (document, "title", upload->file_name);
  ehcp_record_set_text (document, "kind", "attachment");
  ehcp_record_set_date (document, "issued", task->today);
  ehcp_task_fill_document (task, document, upload);
  ehcp_record_set_text (document, "message", task->id);
  return ehcp_task_add (task, document, error);
}

static gboolean
attach_uploads (EhcpTask *task, EhcpRecord *message, GError **error)
{
  const char *const *uploads = ehcp_record_get_list (task->command, "uploads");

  for (guint i = 0; uploads != NULL && uploads[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/uploads/%u", i);
      g_autoptr (GError) failure = NULL;

      if (!ehcp_text_is_id (uploads[i]))
        return ehcp_task_refuse (error, EHCP_ERROR_MALFORMED, pointer);
      if (attach_upload (task, message, uploads[i], &failure))
        continue;
      return ehcp_task_refuse_at (error, failure, pointer);
    }
  return TRUE;
}

static gboolean
mail_readers (EhcpTask *task, EhcpRecord *message, GError **error)
{
  g_autoptr (GPtrArray) readers = ehcp_task_list_readers (task, message, error);
  g_autofree char *link = ehcp_task_make_link (task);

  if (readers == NULL)
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *email = ehcp_task_find_email (task, readers->pdata[i], error);
      g_autofree char *name = ehcp_person_format_address (readers->pdata[i]);

      if (email == NULL || !ehcp_mail_queue (task->council, task->db, EHCP_MAIL_MESSAGE, email, error,
                                             "name", name, "link", link, NULL))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_command_message_send: The message under the command's id, its attachments, the mails. */
gboolean
ehcp_command_message_send (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) message = NULL;

  if (!check_audience (task, error) || !check_about (task, error))
    return FALSE;
  message = make_message (task);
  ehcp_task_audit (task, task->id, "message");
  return ehcp_task_add (task, message, error) && attach_uploads (task, message, error) &&
         ehcp_task_tell (task, "message-sent", message, ehcp_record_get_text (message, "subject"),
                         error) &&
         (!ehcp_task_is_staff (task) || mail_readers (task, message, error));
}

/** ehcp_command_message_read: A reading; the first from the other side is what the sender sees as "Read". */
gboolean
ehcp_command_message_read (EhcpTask *task, GError **error)
{
  EhcpRecord *message = task->subject;
  gboolean is_other_side = ehcp_record_get_bool (message, "from_council") != ehcp_task_is_staff (task);

  if (!ehcp_task_add_reading (task, message, error))
    return FALSE;
  if (!is_other_side || ehcp_record_has (message, "read_at"))
    return TRUE;
  ehcp_record_set_text (message, "read_at", task->now);
  return ehcp_task_put (task, message, error);
}
