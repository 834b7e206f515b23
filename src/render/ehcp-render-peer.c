/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts ehcp-render, asks it, and ends it when it takes too long. What it answers is held against the
 * kind that was asked; a process that answers anything else is ended too. */
#include "ehcp-render-peer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_ANSWER_S 20 /* the slowest honest page that was met takes 4 seconds */
#define EXPORT_TIMES 6   /* all pages of a document at once */

static gint patience_s = MAX_ANSWER_S; /* atomic */

struct _EhcpRenderPeer
{
  GPid pid; /* 0: it has ended */
  int socket;
};

/* Beside this program when installed; in a build folder next to its folder. */
static char *
find_program (void)
{
  static const char *const places[] = { "ehcp-render", "../render/ehcp-render", "../src/render/ehcp-render",
                                        "../../src/render/ehcp-render", "../../render/ehcp-render" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *installed = g_build_filename (EHCP_LIBEXEC_DIR, "ehcp-render", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_steal_pointer (&installed);
}

/* Only what fontconfig needs to find its fonts and their cache. */
static char **
make_environment (void)
{
  static const char *const names[] = { "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                       "FONTCONFIG_FILE", "FONTCONFIG_PATH", "ASAN_OPTIONS" };
  char **environment = g_environ_setenv (NULL, "LC_ALL", "C.UTF-8", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) != NULL)
      environment = g_environ_setenv (environment, names[i], g_getenv (names[i]), TRUE);
  return environment;
}

static gboolean
spawn (EhcpRenderPeer *peer, int theirs, GError **error)
{
  g_autofree char *program = find_program ();
  g_auto (GStrv) environment = make_environment ();
  const char *arguments[] = { program, NULL };
  int target = EHCP_RENDER_FD;

  return g_spawn_async_with_pipes_and_fds (
      "/", arguments, (const char *const *) environment,
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, -1,
      -1, -1, &theirs, &target, 1, &peer->pid, NULL, NULL, NULL, error);
}

/**
 * ehcp_render_peer_start:
 * @error: return location
 *
 * Starts a process for one document. It locks itself in before it reads the first question.
 *
 * Returns: (transfer full) (nullable): it; or %NULL with %EHCP_RENDER_ERROR_FAILED
 */
EhcpRenderPeer *
ehcp_render_peer_start (GError **error)
{
  g_autoptr (GError) failure = NULL;
  EhcpRenderPeer *peer;
  int pair[2];
  gboolean is_running;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "a socket pair: %s",
                   g_strerror (errno));
      return NULL;
    }
  peer = g_new0 (EhcpRenderPeer, 1);
  peer->socket = pair[0];
  is_running = spawn (peer, pair[1], &failure);
  close (pair[1]);
  if (is_running)
    return peer;
  g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "starting ehcp-render: %s",
               failure->message);
  ehcp_render_peer_stop (peer);
  return NULL;
}

/* SIGKILL: what sits in a loop does not hear anything else. */
static void
end (EhcpRenderPeer *peer)
{
  int status;

  if (peer->pid == 0)
    return;
  kill (peer->pid, SIGKILL);
  while (waitpid (peer->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (peer->pid);
  peer->pid = 0;
}

/** ehcp_render_peer_stop: Ends the process and frees @peer. */
void
ehcp_render_peer_stop (EhcpRenderPeer *peer)
{
  end (peer);
  close (peer->socket);
  g_free (peer);
}

/** ehcp_render_peer_is_over: Whether the process ended, by itself or because it was ended. */
gboolean
ehcp_render_peer_is_over (EhcpRenderPeer *peer)
{
  return peer->pid == 0;
}

/** ehcp_render_peer_set_patience: See the header. Any thread. */
void
ehcp_render_peer_set_patience (guint seconds)
{
  g_atomic_int_set (&patience_s, seconds == 0 ? MAX_ANSWER_S : (gint) seconds);
}

static GVariant *
fail_stopped (EhcpRenderPeer *peer, gint64 deadline, GError **error)
{
  if (g_get_monotonic_time () >= deadline)
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED, "no answer in time");
  else
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED, "the process that draws it ended");
  end (peer);
  return NULL;
}

static GVariant *
fail_as_told (GVariant *failure, GError **error)
{
  guint32 code;
  const char *words;

  g_variant_get (failure, "(u&s)", &code, &words);
  g_set_error (error, EHCP_RENDER_ERROR, MIN ((int) code, EHCP_RENDER_ERROR_FAILED), "%s", words);
  return NULL;
}

/**
 * ehcp_render_peer_ask:
 * @peer: a process
 * @kind: what is asked
 * @question: (transfer floating): of the kind's type
 * @fd: a file that goes along, or -1
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer, of the kind's type; or %NULL with what the process
 *   said, or %EHCP_RENDER_ERROR_STOPPED when it ended, took too long or answered nonsense
 */
GVariant *
ehcp_render_peer_ask (EhcpRenderPeer *peer, EhcpWireKind kind, GVariant *question, int fd, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + g_atomic_int_get (&patience_s) * G_USEC_PER_SEC *
                                                   (kind == EHCP_WIRE_EXPORT ? EXPORT_TIMES : 1);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GVariant) answer = NULL;
  EhcpWireKind came;

  if (peer->pid == 0 || !ehcp_wire_send (peer->socket, kind, question, fd) ||
      !ehcp_wire_receive (peer->socket, deadline, &came, &body, NULL) ||
      (came != kind && came != EHCP_WIRE_FAILED) ||
      (answer = ehcp_wire_take (ehcp_wire_answer_type (came), body)) == NULL)
    return fail_stopped (peer, deadline, error);
  return came == kind ? g_steal_pointer (&answer) : fail_as_told (answer, error);
}

/**
 * ehcp_render_memory_new:
 * @name: for those who look at a process's files
 * @size: in bytes
 *
 * Returns: a file in memory, or -1 with errno
 */
int
ehcp_render_memory_new (const char *name, gsize size)
{
  int fd = memfd_create (name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && (ftruncate (fd, (off_t) size) != 0 ||
                  fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/**
 * ehcp_render_memory_new_from_bytes:
 * @name: as above
 * @bytes: its content, which cannot be changed afterwards
 *
 * Returns: a file in memory, or -1 with errno
 */
int
ehcp_render_memory_new_from_bytes (const char *name, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  int fd = memfd_create (name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

  while (fd >= 0 && length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          close (fd);
          return -1;
        }
      data += n;
      length -= (gsize) n;
    }
  if (fd >= 0)
    fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  return fd;
}

typedef struct
{
  gpointer address;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->address, mapping->size);
  g_free (mapping);
}

/**
 * ehcp_render_memory_map:
 * @fd: a file in memory; stays the caller's
 * @size: in bytes, above 0
 *
 * Reads a file in memory where it is: no byte is copied.
 *
 * Returns: (transfer full) (nullable): its content, or %NULL with errno
 */
GBytes *
ehcp_render_memory_map (int fd, gsize size)
{
  gpointer address = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  Mapping *mapping;

  if (address == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ address, size };
  return g_bytes_new_with_free_func (address, size, unmap, mapping);
}
