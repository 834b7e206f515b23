/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that pages wait for. An answer is given out after the next pull, when the book has what the
 * command made. */
#include "ehcp-link-private.h"

typedef struct
{
  char *result;       /* JSON, or NULL */
  GError *error;      /* the refusal, or NULL */
  gboolean is_there;
  gboolean is_settled;
  GPtrArray *waiting; /* of Waiter */
} Answer;

typedef struct
{
  GTask *task;
  GSource *cancelled; /* or NULL */
} Waiter;

static void
free_waiter (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->cancelled != NULL)
    {
      g_source_destroy (waiter->cancelled);
      g_source_unref (waiter->cancelled);
    }
  g_clear_object (&waiter->task);
  g_free (waiter);
}

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->result, g_free);
  g_clear_error (&answer->error);
  g_clear_pointer (&answer->waiting, g_ptr_array_unref);
  g_free (answer);
}

GHashTable *
ehcp_link_new_answers (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_answer);
}

static Answer *
need_answer (EhcpLink *link, const char *command_id)
{
  Answer *answer = g_hash_table_lookup (link->answers, command_id);

  if (answer != NULL)
    return answer;
  answer = g_new0 (Answer, 1);
  answer->waiting = g_ptr_array_new_with_free_func (free_waiter);
  g_hash_table_insert (link->answers, g_strdup (command_id), answer);
  return answer;
}

static void
return_answer (GTask *task, const Answer *answer)
{
  if (answer->error != NULL)
    g_task_return_error (task, g_error_copy (answer->error));
  else
    g_task_return_pointer (task, g_strdup (answer->result), g_free);
}

static void
settle_one (Answer *answer)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&answer->waiting);

  answer->waiting = g_ptr_array_new_with_free_func (free_waiter);
  answer->is_settled = TRUE;
  for (guint i = 0; i < waiting->len; i++)
    return_answer (((Waiter *) g_ptr_array_index (waiting, i))->task, answer);
}

/* The council answered; a refusal is given out at once, it changes nothing. */
void
ehcp_link_answer (EhcpLink *link, const char *command_id, const char *result, const GError *error)
{
  Answer *answer = need_answer (link, command_id);

  if (answer->is_there)
    return;
  answer->is_there = TRUE;
  answer->result = g_strdup (result);
  answer->error = error != NULL ? g_error_copy (error) : NULL;
  if (error != NULL)
    settle_one (answer);
}

/* What was answered is in the book now. */
void
ehcp_link_settle (EhcpLink *link)
{
  g_autoptr (GList) answers = g_hash_table_get_values (link->answers);

  for (GList *l = answers; l != NULL; l = l->next)
    {
      Answer *answer = l->data;

      if (answer->is_there && !answer->is_settled)
        settle_one (answer);
    }
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Answer *answer = g_hash_table_lookup (link->answers, g_task_get_task_data (task));

  for (guint i = 0; answer != NULL && i < answer->waiting->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (answer->waiting, i);

      if (waiter->task != task)
        continue;
      g_task_return_error_if_cancelled (task);
      g_ptr_array_remove_index (answer->waiting, i);
      break;
    }
  return G_SOURCE_REMOVE;
}

/**
 * ehcp_link_await_async:
 * @link: the link
 * @command_id: a command that was sent in this session of the program
 * @cancellable: (nullable): ends the wait
 * @callback: called when the council has answered, and the book has what the command made
 * @data: for @callback
 *
 * Waits for as long as it takes; offline that may be days, so that pages should also offer to go on.
 */
void
ehcp_link_await_async (EhcpLink *link, const char *command_id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task =
      ehcp_link_new_task (link, ehcp_link_await_async, cancellable, callback, data);
  Answer *answer = need_answer (link, command_id);
  Waiter *waiter;

  g_task_set_task_data (task, g_strdup (command_id), g_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (answer->is_settled)
    {
      return_answer (task, answer);
      return;
    }
  waiter = g_new0 (Waiter, 1);
  waiter->task = g_object_ref (task);
  waiter->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task),
                         g_object_unref);
  g_source_attach (waiter->cancelled, NULL);
  g_ptr_array_add (answer->waiting, waiter);
}

/** ehcp_link_await_finish: Returns: (transfer full): the member "result" of the answer, as JSON; or %NULL
 * with the refusal, or %G_IO_ERROR_CANCELLED, also for a command that was undone or discarded. */
char *
ehcp_link_await_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
