/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames: a head of two numbers, then a GVariant. The other end may have been taken over by a document, so
 * that nothing is believed before it was measured. */
#include "ehcp-render-wire.h"

#include "ehcp-render-document.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both halves tell with it what went wrong. */
G_DEFINE_QUARK (ehcp-render-error-quark, ehcp_render_error)

typedef struct
{
  guint32 kind;
  guint32 length;
} Head;

static const struct
{
  const char *question;
  const char *answer;
} types[EHCP_N_WIRE_KINDS] = {
  [EHCP_WIRE_FAILED] = { NULL, "(us)" },      [EHCP_WIRE_OPEN] = { "()", "a(dd)" },
  [EHCP_WIRE_RENDER] = { "(uduuu)", "()" },   [EHCP_WIRE_READ] = { "(u)", "(say)" },
  [EHCP_WIRE_FIND] = { "(us)", "a(dddd)" },   [EHCP_WIRE_OUTLINE] = { "()", "a(usu)" },
  [EHCP_WIRE_EXPORT] = { "(us)", "()" },
};

/**
 * ehcp_wire_question_type:
 * @kind: a kind
 *
 * Returns: (nullable): the GVariant type of what is asked; %NULL of an answer's own kind
 */
const char *
ehcp_wire_question_type (EhcpWireKind kind)
{
  return kind < EHCP_N_WIRE_KINDS ? types[kind].question : NULL;
}

/**
 * ehcp_wire_answer_type:
 * @kind: a kind
 *
 * Returns: (nullable): the GVariant type of the answer
 */
const char *
ehcp_wire_answer_type (EhcpWireKind kind)
{
  return kind < EHCP_N_WIRE_KINDS ? types[kind].answer : NULL;
}

static gboolean
write_all (int socket, const char *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t n = send (socket, bytes, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* The file goes with the first byte. */
static gboolean
send_head (int socket, const Head *head, int fd)
{
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec part = { (void *) head, sizeof *head };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  ssize_t n;

  if (fd >= 0)
    {
      struct cmsghdr *cmsg;

      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      cmsg = CMSG_FIRSTHDR (&message);
      cmsg->cmsg_level = SOL_SOCKET;
      cmsg->cmsg_type = SCM_RIGHTS;
      cmsg->cmsg_len = CMSG_LEN (sizeof (int));
      memcpy (CMSG_DATA (cmsg), &fd, sizeof fd);
    }
  do
    n = sendmsg (socket, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n > 0 && write_all (socket, (const char *) head + n, sizeof *head - (gsize) n);
}

/**
 * ehcp_wire_send:
 * @socket: one end of the pair
 * @kind: what it is
 * @body: (transfer floating): its content
 * @fd: see the header
 *
 * Returns: whether all of it left. Waits while the other end does not read.
 */
gboolean
ehcp_wire_send (int socket, EhcpWireKind kind, GVariant *body, int fd)
{
  g_autoptr (GVariant) content = g_variant_ref_sink (body);
  Head head = { kind, (guint32) g_variant_get_size (content) };

  if (g_variant_get_size (content) > EHCP_RENDER_MAX_FRAME || !send_head (socket, &head, fd))
    return FALSE;
  return head.length == 0 || write_all (socket, g_variant_get_data (content), head.length);
}

static gboolean
wait_for_bytes (int socket, gint64 deadline)
{
  struct pollfd what = { socket, POLLIN, 0 };

  for (;;)
    {
      gint64 left = deadline < 0 ? -1 : (deadline - g_get_monotonic_time ()) / 1000;
      int n;

      if (deadline >= 0 && left <= 0)
        return FALSE;
      n = poll (&what, 1, (int) MIN (left, G_MAXINT));
      if (n > 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return FALSE;
    }
}

static void
take_fd (struct msghdr *message, int *fd)
{
  for (struct cmsghdr *cmsg = CMSG_FIRSTHDR (message); cmsg != NULL; cmsg = CMSG_NXTHDR (message, cmsg))
    if (cmsg->cmsg_level == SOL_SOCKET && cmsg->cmsg_type == SCM_RIGHTS &&
        cmsg->cmsg_len >= CMSG_LEN (sizeof (int)))
      {
        if (*fd >= 0)
          close (*fd);
        memcpy (fd, CMSG_DATA (cmsg), sizeof (int));
      }
}

static gboolean
read_all (int socket, gint64 deadline, char *bytes, gsize length, int *fd)
{
  while (length > 0)
    {
      union
      {
        struct cmsghdr header;
        char bytes[CMSG_SPACE (sizeof (int))];
      } control;
      struct iovec part = { bytes, length };
      struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
      ssize_t n;

      if (fd != NULL)
        {
          message.msg_control = control.bytes;
          message.msg_controllen = sizeof control.bytes;
        }
      if (!wait_for_bytes (socket, deadline))
        return FALSE;
      n = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n <= 0)
        return FALSE;
      if (fd != NULL)
        take_fd (&message, fd);
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/**
 * ehcp_wire_receive:
 * @socket: one end of the pair
 * @deadline: see the header
 * @kind: (out): what it is
 * @body: (out) (transfer full): its bytes
 * @fd: (out) (optional): the file that came along; without it, files are refused by the kernel
 *
 * Returns: %FALSE at the end, after the deadline, and when it is no frame
 */
gboolean
ehcp_wire_receive (int socket, gint64 deadline, EhcpWireKind *kind, GBytes **body, int *fd)
{
  Head head;
  g_autofree char *bytes = NULL;
  int came = -1;

  if (!read_all (socket, deadline, (char *) &head, sizeof head, fd != NULL ? &came : NULL) ||
      head.kind >= EHCP_N_WIRE_KINDS || head.length > EHCP_RENDER_MAX_FRAME ||
      (bytes = g_try_malloc (MAX (head.length, 1))) == NULL ||
      !read_all (socket, deadline, bytes, head.length, NULL))
    {
      if (came >= 0)
        close (came);
      return FALSE;
    }
  *kind = (EhcpWireKind) head.kind;
  *body = g_bytes_new_take (g_steal_pointer (&bytes), head.length);
  if (fd != NULL)
    *fd = came;
  return TRUE;
}

/**
 * ehcp_wire_take:
 * @type: what it should be
 * @body: (transfer none): bytes from the other end
 *
 * Returns: (transfer full) (nullable): the value
 */
GVariant *
ehcp_wire_take (const char *type, GBytes *body)
{
  GVariant *value =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), body, FALSE));

  if (g_variant_is_normal_form (value))
    return value;
  g_variant_unref (value);
  return NULL;
}
