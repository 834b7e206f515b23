/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program against a real council over a line that breaks: nothing twice, nothing lost, nothing from the
 * beginning again. */
#include "bad-line.h"
#include "link-fixture.h"

#include <string.h>

static GBytes *
make_pdf (gsize length)
{
  char *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (char) (i * 7 + i / 1000);
  memcpy (data, "%PDF-1.7\n", 9);
  memcpy (data + length - 6, "%%EOF\n", 6);
  return g_bytes_new_take (data, length);
}

/* The council has the message, the program does not know: three times. */
static void
test_lost_answers (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  bad_line_cut (f->line, "PUT /v1/commands", 0, 3);
  id = link_say (f, "Said once", NULL, 0);
  link_wait_sent (f);
  g_assert_cmpuint (bad_line_get_n_left (f->line), ==, 0);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Said once"), ==, 1);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, id));
  g_assert_cmpint (ehcp_record_get_delivery (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, id)), ==,
                   EHCP_DELIVERY_DONE);
}

static gboolean
has_arrived (LinkFixture *f, gconstpointer id)
{
  return link_council_has (f->council, EHCP_KIND_MESSAGE, id);
}

/* The council has it and the program does not know, not even after it was ended: it cannot be taken back any more. */
static void
test_too_late_to_undo (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  bad_line_cut (f->line, "PUT /v1/commands", 0, 1000);
  id = link_say (f, "Said already", NULL, 0);
  link_wait (f, has_arrived, id, "the message to arrive");
  g_assert_false (ehcp_link_undo (f->link, id));
  link_close (f);
  link_council_stop (f->council);
  link_open (f);
  g_assert_false (ehcp_link_undo (f->link, id));
  link_council_start (f->council);
  bad_line_cut (f->line, "PUT /v1/commands", 0, 0);
  link_wait_sent (f);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Said already"), ==, 1);
}

/* An answer of the feed breaks off in its middle: none of it is taken, all of it comes. */
static void
test_half_feed (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  bad_line_cut (f->line, "GET /v1/changes", 300, 2);
  ehcp_link_wake (f->link);
  id = link_council_send (
      f->council,
      "{'kind':'message.send','case':'%s','message_type':'" LINK_MESSAGE_TYPE "','subject':'Advice',"
      "'text':'Four have replied.','composed_at':'2026-11-20T10:00:00Z','audience':'adults'}",
      f->case_id);
  link_wait_record (f, EHCP_KIND_MESSAGE, id);
  g_assert_cmpuint (bad_line_get_n_left (f->line), ==, 0);
}

static void
test_half_document (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (1500001);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GError) error = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  bad_line_watch (f->line, "Range: bytes=");
  bad_line_cut (f->line, "GET /v1/documents", 500000, 2);
  loaded = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, pdf));
  g_assert_cmpuint (bad_line_get_n_seen (f->line), ==, 2);
}

/* A piece of a file arrived and its answer did not: it is not sent twice, and the file is whole. */
static void
test_half_upload (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (2500001);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autofree char *message = NULL;

  g_ptr_array_add (files, ehcp_file_new ("diary.pdf", "application/pdf", pdf));
  bad_line_watch (f->line, "POST /v1/uploads");
  bad_line_cut (f->line, "PATCH /v1/uploads", 0, 2);
  message = link_say (f, "With a file", files, 0);
  link_wait_sent (f);
  g_assert_cmpuint (bad_line_get_n_left (f->line), ==, 0);
  g_assert_cmpuint (bad_line_get_n_seen (f->line), ==, 1);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_DOCUMENT, "message", message), ==, 1);
}

static gboolean
has_time_passed (LinkFixture *f, gconstpointer data)
{
  return *(const gboolean *) data;
}

static gboolean
pass_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* One message costs a few requests, and then there is quiet: one that waits. */
static void
test_quiet (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  gboolean has_passed = FALSE;
  guint n_requests;

  bad_line_watch (f->line, "GET /v1/changes");
  id = link_say (f, "One", NULL, 0);
  link_wait_sent (f);
  g_timeout_add (1000, pass_cb, &has_passed);
  link_wait (f, has_time_passed, &has_passed, "a second");
  n_requests = bad_line_get_n_seen (f->line);
  g_assert_cmpuint (n_requests, >=, 1);
  g_assert_cmpuint (n_requests, <=, 8);
}

#define ADD(path, func) \
  g_test_add (path, LinkFixture, LINK_OVER_BAD_LINE, link_fixture_set_up, func, link_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/line/lost-answers", test_lost_answers);
  ADD ("/line/too-late-to-undo", test_too_late_to_undo);
  ADD ("/line/half-feed", test_half_feed);
  ADD ("/line/half-document", test_half_document);
  ADD ("/line/half-upload", test_half_upload);
  ADD ("/line/quiet", test_quiet);
  return link_fixture_run ();
}
