/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers to invitations: one command for each invitation, the next when the council has the last. */
#include "ehcp-invitation-reply.h"

static void
reply_free (gpointer data)
{
  EhcpInvitationReply *reply = data;

  g_ptr_array_unref (reply->children);
  g_free (reply->invitation);
  g_free (reply);
}

static EhcpInvitationReply *
find_or_add (GPtrArray *replies, const char *invitation)
{
  EhcpInvitationReply *reply;

  for (guint i = 0; i < replies->len; i++)
    {
      reply = g_ptr_array_index (replies, i);
      if (g_strcmp0 (reply->invitation, invitation) == 0)
        return reply;
    }
  reply = g_new0 (EhcpInvitationReply, 1);
  reply->invitation = g_strdup (invitation);
  reply->children = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (replies, reply);
  return reply;
}

GPtrArray *
ehcp_invitation_replies_new (GPtrArray *children, const gboolean *accepted)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func (reply_free);

  for (guint i = 0; i < children->len; i++)
    {
      EhcpRecord *child = g_ptr_array_index (children, i);
      EhcpInvitationReply *reply = find_or_add (replies, ehcp_record_get_text (child, "invitation"));

      if (accepted[i])
        g_ptr_array_add (reply->children, g_strdup (ehcp_record_get_id (child)));
    }
  return replies;
}

static EhcpRecord *
make_command (const EhcpInvitationReply *reply)
{
  EhcpRecord *command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_INVITATION_ANSWER));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  ehcp_record_set_text (command, "kind", "invitation.answer");
  ehcp_record_set_text (command, "invitation", reply->invitation);
  ehcp_record_set_bool (command, "accept", reply->children->len > 0);
  if (reply->children->len > 0)
    {
      g_ptr_array_extend (ids, reply->children, NULL, NULL);
      g_ptr_array_add (ids, NULL);
      ehcp_record_set_list (command, "children", (const char *const *) ids->pdata);
    }
  return command;
}

static void send_next (GTask *task);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_remove_index (g_task_get_task_data (task), 0);
  send_next (g_steal_pointer (&task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (id == NULL)
    g_task_return_error (task, error);
  else
    ehcp_link_await_async (EHCP_LINK (source), id, cancellable, answered_cb, g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
send_next (GTask *task)
{
  GPtrArray *replies = g_task_get_task_data (task);
  g_autoptr (EhcpRecord) command = NULL;

  if (replies->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  command = make_command (g_ptr_array_index (replies, 0));
  ehcp_link_send_async (g_task_get_source_object (task), command, NULL, 0, g_task_get_cancellable (task),
                        sent_cb, task);
}

void
ehcp_invitation_replies_send_async (GPtrArray *replies, EhcpLink *link, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (link, cancellable, callback, data);

  g_task_set_task_data (task, g_ptr_array_ref (replies), (GDestroyNotify) g_ptr_array_unref);
  send_next (task);
}

gboolean
ehcp_invitation_replies_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
