/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the messages. Whose turn it is follows from who wrote last. */
#include "ehcp-inbox.h"

#include "ehcp-message-words.h"
#include "ehcp-search-words.h"

void
ehcp_inbox_thread_free (EhcpInboxThread *thread)
{
  g_free (thread->id);
  g_clear_object (&thread->child);
  g_clear_object (&thread->last);
  g_free (thread->folded);
  g_free (thread);
}

gboolean
ehcp_inbox_is_own (EhcpBook *book, EhcpRecord *child)
{
  EhcpRecord *account = ehcp_book_get_account (book);
  const char *own = account != NULL ? ehcp_record_get_id (account) : NULL;
  const char *caseworker = ehcp_record_get_text (child, "caseworker");
  GListModel *covers = ehcp_book_get_list (book, EHCP_KIND_COVER, NULL);

  if (own == NULL || caseworker == NULL)
    return FALSE;
  if (g_str_equal (own, caseworker))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (covers); i++)
    {
      g_autoptr (EhcpRecord) cover = g_list_model_get_item (covers, i);

      if (g_strcmp0 (ehcp_record_get_text (cover, "state"), "active") == 0 &&
          g_strcmp0 (ehcp_record_get_text (cover, "covering"), own) == 0 &&
          g_strcmp0 (ehcp_record_get_text (cover, "covered"), caseworker) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_to_search (GString *text, EhcpRecord *message)
{
  g_string_append_printf (text, " %s %s %s", ehcp_record_get_text (message, "subject") ?: "",
                          ehcp_record_get_text (message, "text") ?: "",
                          ehcp_record_get_text (message, "sender_name") ?: "");
}

static void
add (EhcpInboxThread *thread, EhcpBook *book, EhcpRecord *message, GString *text)
{
  gboolean is_family = !ehcp_record_get_bool (message, "from_council");

  thread->n_messages++;
  thread->is_unread |= is_family && !ehcp_book_is_read (book, message);
  thread->is_refused |= ehcp_record_get_delivery (message) == EHCP_DELIVERY_REFUSED;
  if (thread->last == NULL || ehcp_message_compare_times (message, thread->last) > 0)
    {
      g_set_object (&thread->last, message);
      thread->is_our_turn = is_family;
    }
  add_to_search (text, message);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const EhcpInboxThread *one = *(EhcpInboxThread *const *) a;
  const EhcpInboxThread *two = *(EhcpInboxThread *const *) b;

  if (one->is_refused != two->is_refused)
    return one->is_refused ? -1 : 1;
  if (one->is_unread != two->is_unread)
    return one->is_unread ? -1 : 1;
  return ehcp_message_compare_times (two->last, one->last);
}

static EhcpInboxThread *
make_thread (EhcpRecord *child, const char *id)
{
  EhcpInboxThread *thread = g_new0 (EhcpInboxThread, 1);

  thread->id = g_strdup (id);
  thread->child = g_object_ref (child);
  return thread;
}

static void
fold (EhcpInboxThread *thread, GString *text)
{
  g_string_append_printf (text, " %s %s %s", ehcp_record_get_text (thread->child, "child_forename"),
                          ehcp_record_get_text (thread->child, "child_surname"),
                          ehcp_record_get_text (thread->child, "reference"));
  thread->folded = ehcp_search_fold (text->str);
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

GPtrArray *
ehcp_inbox_list (EhcpBook *book, const char *case_id, gboolean only_own)
{
  GListModel *messages = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, case_id);
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_inbox_thread_free);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (NULL, NULL, NULL, free_text);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (messages, i);
      const char *id = ehcp_record_get_text (message, "thread") ?: ehcp_record_get_id (message);
      EhcpInboxThread *thread = g_hash_table_lookup (found, id);

      if (thread == NULL)
        {
          EhcpRecord *child = ehcp_book_find (book, EHCP_KIND_CASE, ehcp_record_get_case (message));

          if (child == NULL || (only_own && !ehcp_inbox_is_own (book, child)))
            continue;
          thread = make_thread (child, id);
          g_hash_table_insert (found, thread->id, thread);
          g_hash_table_insert (texts, thread, g_string_new (NULL));
          g_ptr_array_add (threads, thread);
        }
      add (thread, book, message, g_hash_table_lookup (texts, thread));
    }
  for (guint i = 0; i < threads->len; i++)
    fold (threads->pdata[i], g_hash_table_lookup (texts, threads->pdata[i]));
  g_ptr_array_sort (threads, compare);
  return threads;
}
