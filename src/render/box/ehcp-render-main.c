/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ehcp-render: reads and draws one untrusted document for the program that started it, locked in. With
 * --self-test it tries what it must not be able to do, and says what came of it. */
#include "ehcp-render-box.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The document, to the end of the process. */
static EhcpBoxDocument *document;

static gboolean
fail (EhcpRenderError code, const char *words)
{
  return ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_FAILED, g_variant_new ("(us)", (guint32) code, words), -1);
}

static gboolean
fail_with (const GError *error)
{
  g_autofree char *words = g_utf8_make_valid (error->message, -1);

  return fail ((EhcpRenderError) error->code, words);
}

/* Opening */

static GBytes *
map_file (int fd)
{
  struct stat status;
  gpointer address;

  if (fstat (fd, &status) != 0 || status.st_size <= 0)
    return g_bytes_new_static ("", 0);
  address = mmap (NULL, (gsize) status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  return address == MAP_FAILED ? g_bytes_new_static ("", 0)
                               : g_bytes_new_static (address, (gsize) status.st_size);
}

static gboolean
measure (GVariantBuilder *sizes, GError **error)
{
  if (document->n_pages < 1)
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "a document without pages");
  else if (document->n_pages > EHCP_RENDER_MAX_PAGES)
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE, "%u pages", document->n_pages);
  for (guint i = 0; *error == NULL && i < document->n_pages; i++)
    {
      double width, height;

      document->get_size (document, i, &width, &height);
      if (!(width >= 1 && height >= 1))
        g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "page %u has no size", i + 1);
      else if (width > EHCP_RENDER_MAX_POINTS || height > EHCP_RENDER_MAX_POINTS)
        g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE,
                     "page %u measures %.0f by %.0f points", i + 1, width, height);
      else
        g_variant_builder_add (sizes, "(dd)", width, height);
    }
  return *error == NULL;
}

static gboolean
is_picture (GBytes *content)
{
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);

  return length > 4 && (memcmp (bytes, "\xff\xd8\xff", 3) == 0 || memcmp (bytes, "\x89PNG", 4) == 0);
}

static gboolean
answer_open (int fd)
{
  g_autoptr (GBytes) content = map_file (fd);
  g_autoptr (GError) error = NULL;
  g_auto (GVariantBuilder) sizes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(dd)"));

  document = is_picture (content) ? ehcp_box_picture_open (content, &error)
                                  : ehcp_box_pdf_open (content, &error);
  if (document == NULL || !measure (&sizes, &error))
    {
      document = NULL;
      return fail_with (error);
    }
  return ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_OPEN, g_variant_builder_end (&sizes), -1);
}

/* Pages */

static gboolean
draw_page (guint page, double scale, guint8 *pixels, int width, int height, int stride)
{
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_ARGB32, width, height, stride);
  cairo_t *cr = cairo_create (surface);
  gboolean is_drawn;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  is_drawn = document->draw (document, page, cr, FALSE) && cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return is_drawn;
}

static gboolean
answer_render (GVariant *question, int fd)
{
  guint32 page, width, height, stride;
  double scale;
  gsize length;
  guint8 *pixels;
  gboolean is_drawn;

  g_variant_get (question, "(uduuu)", &page, &scale, &width, &height, &stride);
  length = (gsize) stride * height;
  pixels = mmap (NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (pixels == MAP_FAILED)
    return fail (EHCP_RENDER_ERROR_FAILED, "no memory for a page");
  is_drawn = page < document->n_pages &&
             draw_page (page, scale, pixels, (int) width, (int) height, (int) stride);
  munmap (pixels, length);
  return is_drawn ? ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_RENDER, g_variant_new ("()"), -1)
                  : fail (EHCP_RENDER_ERROR_FAILED, "the page is damaged");
}

/* Text and boxes that do not fit each other are no places to point at. */
static gboolean
answer_read (GVariant *question)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (EhcpRenderBox));
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  guint32 page;

  g_variant_get (question, "(u)", &page);
  text = page < document->n_pages ? document->read (document, page, boxes) : NULL;
  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  return ehcp_wire_send (
      EHCP_RENDER_FD, EHCP_WIRE_READ,
      g_variant_new ("(s@ay)", valid,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, boxes->data,
                                                boxes->len * sizeof (EhcpRenderBox), 1)), -1);
}

static gboolean
answer_find (GVariant *question)
{
  g_auto (GVariantBuilder) hits = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(dddd)"));
  const char *text;
  guint32 page;

  g_variant_get (question, "(u&s)", &page, &text);
  if (page < document->n_pages)
    document->find (document, page, text, &hits);
  return ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_FIND, g_variant_builder_end (&hits), -1);
}

static gboolean
answer_outline (void)
{
  g_auto (GVariantBuilder) chapters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(usu)"));

  document->read_outline (document, &chapters);
  return ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_OUTLINE, g_variant_builder_end (&chapters), -1);
}

static gboolean
answer_export (GVariant *question, int fd)
{
  const char *foot;
  guint32 first;

  g_variant_get (question, "(u&s)", &first, &foot);
  return ehcp_box_export (document, first, foot, fd)
             ? ehcp_wire_send (EHCP_RENDER_FD, EHCP_WIRE_EXPORT, g_variant_new ("()"), -1)
             : fail (EHCP_RENDER_ERROR_FAILED, "the pages could not be written");
}

static gboolean
answer (EhcpWireKind kind, GBytes *body, int fd)
{
  const char *type = ehcp_wire_question_type (kind);
  g_autoptr (GVariant) question = type != NULL ? ehcp_wire_take (type, body) : NULL;

  if (question == NULL || (kind == EHCP_WIRE_OPEN) != (document == NULL))
    return FALSE;
  switch (kind)
    {
    case EHCP_WIRE_OPEN:
      return answer_open (fd);
    case EHCP_WIRE_RENDER:
      return answer_render (question, fd);
    case EHCP_WIRE_READ:
      return answer_read (question);
    case EHCP_WIRE_FIND:
      return answer_find (question);
    case EHCP_WIRE_OUTLINE:
      return answer_outline ();
    case EHCP_WIRE_EXPORT:
      return answer_export (question, fd);
    case EHCP_WIRE_FAILED:
    case EHCP_N_WIRE_KINDS:
    default:
      return FALSE;
    }
}

static void
serve (void)
{
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      g_autoptr (GBytes) body = NULL;
      EhcpWireKind kind;
      int fd = -1;

      goes_on = ehcp_wire_receive (EHCP_RENDER_FD, -1, &kind, &body, &fd) && answer (kind, body, fd);
      if (fd >= 0)
        close (fd);
    }
}

/* What it must not be able to do */

static void
say (const char *what, gboolean is_refused)
{
  printf ("%s %s\n", is_refused ? "refused" : "DONE", what);
  fflush (stdout);
}

/* By the kernel, past everything that this program puts in between. */
static int
self_test (void)
{
  say ("open a file", syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) < 0);
  say ("make a file", syscall (SYS_openat, AT_FDCWD, "/tmp/ehcp-render-self-test", O_CREAT | O_RDWR, 0600) < 0);
  say ("make a folder", mkdir ("/tmp/ehcp-render-self-test", 0700) != 0);
  say ("start a thread or process", syscall (SYS_clone, 0, 0, 0, 0, 0) < 0);
  say ("run memory", mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
  say ("take more memory than there may be",
       mmap (NULL, (gsize) 4 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
  say ("lift a limit", syscall (SYS_prlimit64, 0, 0, NULL, NULL) < 0);
  /* This one is not answered: the process ends. */
  say ("reach the network", socket (AF_INET, SOCK_STREAM, 0) < 0);
  return EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  ehcp_box_limit ();
  ehcp_box_open_fonts ();
  if (!ehcp_box_lock ())
    return EXIT_FAILURE;
  if (argc == 2 && strcmp (argv[1], "--self-test") == 0)
    return self_test ();
  serve ();
  return EXIT_SUCCESS;
}
