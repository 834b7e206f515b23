/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several files at once, to a real council over a line that breaks: each is seen on its way and can be taken back by
 * itself, and the others go on. */
#include "link-fixture.h"

#include <string.h>

#define N 3
#define SECOND_PIECE "Upload-Offset: 1048576"

static GBytes *
make_pdf (gsize length, char fill)
{
  char *data = g_malloc (length);

  memset (data, fill, length);
  memcpy (data, "%PDF-1.7\n", 9);
  memcpy (data + length - 6, "%%EOF\n", 6);
  return g_bytes_new_take (data, length);
}

static void
add_file (GPtrArray *files, guint n)
{
  g_autoptr (GBytes) pdf = make_pdf (2500001 + n, (char) ('a' + n));
  g_autofree char *name = g_strdup_printf ("report-%u.pdf", n);

  g_ptr_array_add (files, ehcp_file_new (name, "application/pdf", pdf));
}

static char *
add_document (LinkFixture *f, guint n)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_DOCUMENT_ADD));
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autofree char *title = g_strdup_printf ("Report %u", n);

  ehcp_record_set_text (command, "kind", "document.add");
  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "title", title);
  ehcp_record_set_text (command, "document_kind", "report");
  add_file (files, n);
  return link_send (f, command, files, 0);
}

static gboolean
are_held (LinkFixture *f, gconstpointer n)
{
  return bad_line_get_n_held (f->line) == GPOINTER_TO_UINT (n);
}

static EhcpRecord *
find (LinkFixture *f, const char *id)
{
  return ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id);
}

static gboolean
is_under_way (LinkFixture *f, gconstpointer id)
{
  EhcpRecord *document = find (f, id);

  return document != NULL && ehcp_record_get_delivery (document) == EHCP_DELIVERY_SENDING &&
         ehcp_record_get_progress (document) > 0;
}

/* Three are in their middle at once, which one after the other could never be; each says how far it is. */
static void
start_three (LinkFixture *f, char **ids)
{
  bad_line_hold (f->line, SECOND_PIECE);
  for (guint i = 0; i < N; i++)
    ids[i] = add_document (f, i);
  link_wait (f, are_held, GUINT_TO_POINTER (N), "three files on the line");
  for (guint i = 0; i < N; i++)
    {
      link_wait (f, is_under_way, ids[i], "progress");
      g_assert_cmpint (ehcp_record_get_progress (find (f, ids[i])), ==, 41);
    }
}

static void
free_all (char **ids)
{
  for (guint i = 0; i < N; i++)
    g_free (ids[i]);
}

static void
assert_arrived (LinkFixture *f, const char *id, guint n)
{
  g_autoptr (GBytes) sent = make_pdf (2500001 + n, (char) ('a' + n));
  g_autofree char *title = g_strdup_printf ("Report %u", n);
  g_autoptr (GBytes) arrived = NULL;
  g_autoptr (GError) error = NULL;

  link_wait_delivery (f, EHCP_KIND_DOCUMENT, id, EHCP_DELIVERY_DONE);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_DOCUMENT, "title", title), ==, 1);
  arrived = link_load (f, find (f, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (arrived, sent));
}

/* The line breaks ten times meanwhile: nothing twice, nothing lost, and no file from its beginning again. */
static void
test_side_by_side (LinkFixture *f, gconstpointer data)
{
  char *ids[N];

  bad_line_watch (f->line, "POST /v1/uploads");
  start_three (f, ids);
  bad_line_cut (f->line, "/v1/uploads/", 0, 10);
  bad_line_hold (f->line, NULL);
  for (guint i = 0; i < N; i++)
    assert_arrived (f, ids[i], i);
  link_wait_sent (f);
  g_assert_cmpuint (bad_line_get_n_left (f->line), ==, 0);
  g_assert_cmpuint (bad_line_get_n_seen (f->line), ==, N);
  free_all (ids);
}

static gboolean
are_no_files_here (LinkFixture *f, gconstpointer data)
{
  return link_count_files (f->cache_dir, ".sealed") == 0;
}

static void
test_cancel_one (LinkFixture *f, gconstpointer n)
{
  guint taken_back = GPOINTER_TO_UINT (n);
  g_autofree char *title = g_strdup_printf ("Report %u", taken_back);
  char *ids[N];

  start_three (f, ids);
  ehcp_link_discard (f->link, ids[taken_back]);
  g_assert_null (find (f, ids[taken_back]));
  bad_line_hold (f->line, NULL);
  for (guint i = 0; i < N; i++)
    if (i != taken_back)
      assert_arrived (f, ids[i], i);
  link_wait_sent (f);
  g_assert_null (find (f, ids[taken_back]));
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_DOCUMENT, "title", title), ==, 0);
  g_assert_false (link_council_has (f->council, EHCP_KIND_DOCUMENT, ids[taken_back]));
  free_all (ids);
}

/* The one whose turn it is, and one that went ahead of its turn. */
static void
test_cancel_first (LinkFixture *f, gconstpointer data)
{
  test_cancel_one (f, GUINT_TO_POINTER (0));
}

static void
test_cancel_middle (LinkFixture *f, gconstpointer data)
{
  test_cancel_one (f, GUINT_TO_POINTER (1));
}

/* A message with four files: three at once and then the fourth; taken back as a whole, nothing of it stays here. */
static void
test_message (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autofree char *kept = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < 4; i++)
    add_file (files, i);
  bad_line_hold (f->line, SECOND_PIECE);
  message = link_say (f, "Taken back", files, 0);
  link_wait (f, are_held, GUINT_TO_POINTER (3), "three files on the line");
  g_assert_true (ehcp_link_undo (f->link, message));
  bad_line_hold (f->line, NULL);
  kept = link_say (f, "Four files", files, 0);
  link_wait_sent (f);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_DOCUMENT, "message", kept), ==, 4);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Taken back"), ==, 0);
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, message));
}

/* The program ends in the middle of three: each goes on where it was. */
static void
test_resumed (LinkFixture *f, gconstpointer data)
{
  char *ids[N];

  start_three (f, ids);
  link_close (f);
  bad_line_hold (f->line, NULL);
  bad_line_watch (f->line, "POST /v1/uploads");
  link_open (f);
  for (guint i = 0; i < N; i++)
    assert_arrived (f, ids[i], i);
  link_wait_sent (f);
  g_assert_cmpuint (bad_line_get_n_seen (f->line), ==, 0);
  free_all (ids);
}

/* Everything is taken back while it is on its way: nothing stays on this computer, and other work goes on. */
static void
test_cancel_all (LinkFixture *f, gconstpointer data)
{
  g_autofree char *message = NULL;
  char *ids[N];

  start_three (f, ids);
  for (guint i = 0; i < N; i++)
    ehcp_link_discard (f->link, ids[i]);
  link_wait (f, are_no_files_here, NULL, "the files to go");
  message = link_say (f, "Afterwards", NULL, 0);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
  bad_line_hold (f->line, NULL);
  free_all (ids);
}

#define ADD(path, func) \
  g_test_add (path, LinkFixture, LINK_OVER_BAD_LINE, link_fixture_set_up, func, link_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/uploads/side-by-side", test_side_by_side);
  ADD ("/uploads/cancel-first", test_cancel_first);
  ADD ("/uploads/cancel-middle", test_cancel_middle);
  ADD ("/uploads/message", test_message);
  ADD ("/uploads/resumed", test_resumed);
  ADD ("/uploads/cancel-all", test_cancel_all);
  return link_fixture_run ();
}
