/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two threads for each connection: requests one way, answers the other. */
#include "bad-line.h"

#include <string.h>

struct _BadLine
{
  GSocketService *service;
  char *url;
  guint port;
  GMutex lock; /* guards everything below */
  GCond idle;
  GPtrArray *open; /* of GSocket, not owned: of connections that are under way */
  guint n_handlers;
  char *words;
  gsize n_bytes;
  guint n_left;
  char *watched;
  guint n_seen;
  char *held_words;
  guint n_held;
  GCond released;
};

typedef struct
{
  BadLine *line;
  GSocketConnection *program;
  GSocketConnection *council;
  gssize left; /* bytes of the answer until the cut, -1: no cut; under the lock */
} Connection;

static void
hang_up (Connection *connection)
{
  g_socket_shutdown (g_socket_connection_get_socket (connection->program), TRUE, TRUE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (connection->council), TRUE, TRUE, NULL);
}

static gboolean
holds (const char *words, const char *data, gsize length)
{
  return words != NULL && memmem (data, length, words, strlen (words)) != NULL;
}

static void
look_at_request (Connection *connection, const char *data, gsize length)
{
  BadLine *line = connection->line;

  g_mutex_lock (&line->lock);
  if (holds (line->watched, data, length))
    line->n_seen++;
  if (line->n_left > 0 && holds (line->words, data, length))
    {
      line->n_left--;
      connection->left = line->n_bytes;
    }
  if (holds (line->held_words, data, length))
    {
      line->n_held++;
      g_main_context_wakeup (NULL);
      while (line->held_words != NULL)
        g_cond_wait (&line->released, &line->lock);
    }
  g_mutex_unlock (&line->lock);
}

/* How many of @length bytes may pass; *is_cut: the line breaks after them. */
static gsize
let_pass (Connection *connection, gsize length, gboolean *is_cut)
{
  gsize n = length;

  g_mutex_lock (&connection->line->lock);
  *is_cut = connection->left >= 0 && (gsize) connection->left <= length;
  if (*is_cut)
    n = connection->left;
  else if (connection->left >= 0)
    connection->left -= length;
  g_mutex_unlock (&connection->line->lock);
  return n;
}

static gpointer
pass_requests (gpointer data)
{
  Connection *connection = data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection->program));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection->council));
  char bytes[16384];
  gssize n;

  while ((n = g_input_stream_read (in, bytes, sizeof bytes, NULL, NULL)) > 0)
    {
      look_at_request (connection, bytes, n);
      if (!g_output_stream_write_all (out, bytes, n, NULL, NULL, NULL))
        break;
    }
  hang_up (connection);
  return NULL;
}

static void
pass_answers (Connection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection->council));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection->program));
  gboolean is_cut = FALSE;
  char bytes[16384];
  gssize n;

  while (!is_cut && (n = g_input_stream_read (in, bytes, sizeof bytes, NULL, NULL)) > 0)
    if (!g_output_stream_write_all (out, bytes, let_pass (connection, n, &is_cut), NULL, NULL, NULL))
      break;
  hang_up (connection);
}

static void
note_open (Connection *connection, gboolean is_open)
{
  BadLine *line = connection->line;
  GSocket *sockets[] = { g_socket_connection_get_socket (connection->program),
                         g_socket_connection_get_socket (connection->council) };

  g_mutex_lock (&line->lock);
  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    if (is_open)
      g_ptr_array_add (line->open, sockets[i]);
    else
      g_ptr_array_remove_fast (line->open, sockets[i]);
  line->n_handlers += is_open ? 1 : -1;
  g_cond_broadcast (&line->idle);
  g_mutex_unlock (&line->lock);
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *program, GObject *source, gpointer data)
{
  BadLine *line = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) council =
      g_socket_client_connect_to_host (client, "127.0.0.1", line->port, NULL, NULL);
  Connection connection = { line, program, council, -1 };
  GThread *requests;

  if (council == NULL)
    return TRUE;
  note_open (&connection, TRUE);
  requests = g_thread_new ("requests", pass_requests, &connection);
  pass_answers (&connection);
  g_thread_join (requests);
  note_open (&connection, FALSE);
  return TRUE;
}

BadLine *
bad_line_new (guint port)
{
  BadLine *line = g_new0 (BadLine, 1);
  guint own;

  g_mutex_init (&line->lock);
  g_cond_init (&line->idle);
  g_cond_init (&line->released);
  line->port = port;
  line->open = g_ptr_array_new ();
  line->service = g_threaded_socket_service_new (32);
  g_signal_connect (line->service, "run", G_CALLBACK (run_cb), line);
  own = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (line->service), NULL, NULL);
  g_assert_cmpuint (own, !=, 0);
  line->url = g_strdup_printf ("http://127.0.0.1:%u", own);
  return line;
}

static void
service_gone_cb (gpointer data, GObject *service)
{
  g_atomic_int_set ((int *) data, TRUE);
  g_main_context_wakeup (NULL);
}

/* A connection that was just taken holds the service before its handler is counted. */
static void
end_service (BadLine *line)
{
  int is_gone = FALSE;

  g_object_weak_ref (G_OBJECT (line->service), service_gone_cb, &is_gone);
  g_clear_object (&line->service);
  while (!g_atomic_int_get (&is_gone))
    g_main_context_iteration (NULL, TRUE);
}

void
bad_line_free (BadLine *line)
{
  bad_line_hold (line, NULL);
  g_socket_service_stop (line->service);
  g_socket_listener_close (G_SOCKET_LISTENER (line->service));
  g_mutex_lock (&line->lock);
  for (guint i = 0; i < line->open->len; i++)
    g_socket_shutdown (g_ptr_array_index (line->open, i), TRUE, TRUE, NULL);
  while (line->n_handlers > 0)
    g_cond_wait (&line->idle, &line->lock);
  g_mutex_unlock (&line->lock);
  end_service (line);
  g_ptr_array_unref (line->open);
  g_mutex_clear (&line->lock);
  g_cond_clear (&line->idle);
  g_cond_clear (&line->released);
  g_free (line->url);
  g_free (line->words);
  g_free (line->watched);
  g_free (line);
}

const char *
bad_line_get_url (BadLine *line)
{
  return line->url;
}

void
bad_line_cut (BadLine *line, const char *words, gsize n_bytes, guint n_times)
{
  g_mutex_lock (&line->lock);
  g_free (line->words);
  line->words = g_strdup (words);
  line->n_bytes = n_bytes;
  line->n_left = n_times;
  g_mutex_unlock (&line->lock);
}

void
bad_line_watch (BadLine *line, const char *words)
{
  g_mutex_lock (&line->lock);
  g_free (line->watched);
  line->watched = g_strdup (words);
  line->n_seen = 0;
  g_mutex_unlock (&line->lock);
}

guint
bad_line_get_n_seen (BadLine *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&line->lock);

  return line->n_seen;
}

guint
bad_line_get_n_left (BadLine *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&line->lock);

  return line->n_left;
}

void
bad_line_hold (BadLine *line, const char *words)
{
  g_mutex_lock (&line->lock);
  g_free (line->held_words);
  line->held_words = g_strdup (words);
  line->n_held = 0;
  g_cond_broadcast (&line->released);
  g_mutex_unlock (&line->lock);
}

guint
bad_line_get_n_held (BadLine *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&line->lock);

  return line->n_held;
}
