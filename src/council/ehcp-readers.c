/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading connections, one for each thread that asked. A connection goes with its thread, so that pools whose
 * threads come and go do not pile them up, or when the set is closed, whichever is first. */
#include "ehcp-readers.h"

struct _EhcpReaders
{
  gatomicrefcount refs; /* one of the owner, one of each thread that has a connection */
  char *path;
  GMutex lock;
  GHashTable *connections; /* set of EhcpDb; NULL once closed */
  gint is_closed;          /* atomic */
};

typedef struct
{
  EhcpReaders *readers;
  EhcpDb *db; /* alive unless its set is closed */
} Own;

static void free_list (gpointer list);

static GPrivate own_list = G_PRIVATE_INIT (free_list); /* GArray of Own */

static void
unref_readers (EhcpReaders *readers)
{
  if (!g_atomic_ref_count_dec (&readers->refs))
    return;
  g_mutex_clear (&readers->lock);
  g_clear_pointer (&readers->path, g_free);
  g_free (readers);
}

static void
clear_own (gpointer data)
{
  Own *own = data;

  g_mutex_lock (&own->readers->lock);
  if (own->readers->connections != NULL)
    g_hash_table_remove (own->readers->connections, own->db);
  g_mutex_unlock (&own->readers->lock);
  unref_readers (own->readers);
}

static void
free_list (gpointer list)
{
  g_array_unref (list);
}

/** ehcp_readers_new: Returns: (transfer full): a set without connections to the database at @path. */
EhcpReaders *
ehcp_readers_new (const char *path)
{
  EhcpReaders *readers = g_new0 (EhcpReaders, 1);

  g_atomic_ref_count_init (&readers->refs);
  g_mutex_init (&readers->lock);
  readers->path = g_strdup (path);
  readers->connections = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) ehcp_db_close, NULL);
  return readers;
}

/** ehcp_readers_close: Closes all connections. No thread may be reading, or ask for one later. */
void
ehcp_readers_close (EhcpReaders *readers)
{
  g_mutex_lock (&readers->lock);
  g_atomic_int_set (&readers->is_closed, TRUE);
  g_clear_pointer (&readers->connections, g_hash_table_unref);
  g_mutex_unlock (&readers->lock);
  unref_readers (readers);
}

/* A thread that outlives several councils, as in tests. */
static void
drop_closed (GArray *list)
{
  for (guint i = list->len; i > 0; i--)
    if (g_atomic_int_get (&g_array_index (list, Own, i - 1).readers->is_closed))
      g_array_remove_index_fast (list, i - 1);
}

static EhcpDb *
open_own (EhcpReaders *readers, GArray *list, GError **error)
{
  EhcpDb *db = ehcp_db_open (readers->path, TRUE, error);
  Own own = { readers, db };

  if (db == NULL)
    return NULL;
  drop_closed (list);
  g_atomic_ref_count_inc (&readers->refs);
  g_mutex_lock (&readers->lock);
  g_hash_table_add (readers->connections, db);
  g_mutex_unlock (&readers->lock);
  g_array_append_val (list, own);
  return db;
}

/** ehcp_readers_get: Returns: (transfer none): the calling thread's connection, opened on its first call; or
 * %NULL as ehcp_db_open(). */
EhcpDb *
ehcp_readers_get (EhcpReaders *readers, GError **error)
{
  GArray *list = g_private_get (&own_list);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_array_index (list, Own, i).readers == readers)
      return g_array_index (list, Own, i).db;
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (Own));
      g_array_set_clear_func (list, clear_own);
      g_private_set (&own_list, list);
    }
  return open_own (readers, list, error);
}
