/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the three boxes. A message that was sent by this person is in Sent Items, one from the
 * council in the Inbox; a thread can be in both. */
#include "ehcp-message-threads.h"

#include "ehcp-search-words.h"

void
ehcp_thread_free (EhcpThread *thread)
{
  if (thread == NULL)
    return;
  g_free (thread->id);
  g_clear_object (&thread->message);
  g_free (thread->folded);
  g_free (thread);
}

static EhcpThread *
thread_new (const char *id)
{
  EhcpThread *thread = g_new0 (EhcpThread, 1);

  thread->id = g_strdup (id);
  thread->folded = g_strdup ("");
  return thread;
}

static void
add_to_search (EhcpThread *thread, EhcpRecord *message, const char *sender)
{
  g_autofree char *text = g_strjoin (" ", ehcp_record_get_text (message, "subject") ?: "",
                                     ehcp_record_get_text (message, "text") ?: "", sender ?: "",
                                     ehcp_record_get_text (message, "message_type") ?: "", NULL);
  g_autofree char *folded = ehcp_search_fold (text);
  g_autofree char *before = g_steal_pointer (&thread->folded);

  thread->folded = g_strconcat (before, " ", folded, NULL);
}

/* Whether a row should be about @message rather than about what it is about now. */
static gboolean
goes_before (EhcpRecord *message, EhcpMessageState state, const EhcpThread *thread)
{
  int rank = ehcp_message_state_rank (state);
  int other = ehcp_message_state_rank (thread->state);

  if (rank != other)
    return rank < other;
  return ehcp_message_compare_times (message, thread->message) > 0;
}

static void
add (EhcpThread *thread, EhcpRecord *message, EhcpMessageState state)
{
  gboolean has_new = thread->message != NULL && thread->state == EHCP_MESSAGE_NEW;

  if (thread->message == NULL || goes_before (message, state, thread))
    {
      g_set_object (&thread->message, message);
      thread->state = state;
    }
  if (has_new || state == EHCP_MESSAGE_NEW)
    thread->state = EHCP_MESSAGE_NEW;
  thread->n_messages++;
}

static int
compare_threads (gconstpointer a, gconstpointer b)
{
  const EhcpThread *one = *(EhcpThread *const *) a;
  const EhcpThread *two = *(EhcpThread *const *) b;
  int ranks = ehcp_message_state_rank (one->state) - ehcp_message_state_rank (two->state);

  return ranks != 0 ? ranks : ehcp_message_compare_times (two->message, one->message);
}

static void
list_drafts (GPtrArray *threads, GListModel *drafts)
{
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i);
      EhcpThread *thread;

      /* What was typed into a form is the form's. */
      if (ehcp_record_has (draft, "form"))
        continue;
      thread = thread_new (ehcp_record_get_id (draft));
      add (thread, draft, EHCP_MESSAGE_DRAFT);
      add_to_search (thread, draft, NULL);
      g_ptr_array_add (threads, thread);
    }
}

static void
list_messages (GPtrArray *threads, EhcpBox box, GListModel *messages, EhcpIsReadFunc is_read,
               gpointer data)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (messages, i);
      const char *id = ehcp_record_get_text (message, "thread") ?: ehcp_record_get_id (message);
      gboolean from_council = ehcp_record_get_bool (message, "from_council");
      EhcpThread *thread = g_hash_table_lookup (found, id);

      if (from_council != (box == EHCP_BOX_INBOX))
        continue;
      if (thread == NULL)
        {
          thread = thread_new (id);
          g_hash_table_insert (found, thread->id, thread);
          g_ptr_array_add (threads, thread);
        }
      add (thread, message, ehcp_message_state (message, from_council && is_read (message, data)));
      add_to_search (thread, message, ehcp_record_get_text (message, "sender_name"));
    }
}

/* (transfer full) (element-type EhcpThread): not sent first, then what waits, then newest first.
 * @is_read: whether this person has opened a message of the council. */
GPtrArray *
ehcp_threads_list (EhcpBox box, GListModel *messages, GListModel *drafts, EhcpIsReadFunc is_read,
                   gpointer data)
{
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_thread_free);

  if (box == EHCP_BOX_DRAFTS)
    list_drafts (threads, drafts);
  else
    list_messages (threads, box, messages, is_read, data);
  g_ptr_array_sort (threads, compare_threads);
  return threads;
}

guint
ehcp_threads_count_new (GPtrArray *threads)
{
  guint n = 0;

  for (guint i = 0; i < threads->len; i++)
    n += ((EhcpThread *) g_ptr_array_index (threads, i))->state == EHCP_MESSAGE_NEW;
  return n;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  return ehcp_message_compare_times (*(EhcpRecord *const *) a, *(EhcpRecord *const *) b);
}

/* (transfer full) (element-type EhcpRecord): of one thread, earliest first. */
GPtrArray *
ehcp_threads_get_messages (GListModel *messages, const char *thread_id)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (messages, i);
      const char *id = ehcp_record_get_text (message, "thread") ?: ehcp_record_get_id (message);

      if (g_strcmp0 (id, thread_id) == 0)
        g_ptr_array_add (found, g_steal_pointer (&message));
    }
  g_ptr_array_sort (found, compare_messages);
  return found;
}
