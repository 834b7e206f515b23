/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side of the tests against a real council. */
#include "link-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define WAIT_S 30

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* Runs the tests with sessions in a file of libsecret's own, which it opens once for the process. */
int
link_fixture_run (void)
{
  g_autofree char *dir = g_dir_make_tmp ("ehcp-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "test.keyring", NULL);
  int result;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of this test alone", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  result = g_test_run ();
  remove_tree (dir);
  return result;
}

static gboolean
timed_out_cb (gpointer data)
{
  g_error ("waited %d s for %s", WAIT_S, (const char *) data);
  return G_SOURCE_REMOVE;
}

void
link_wait (LinkFixture *f, LinkCondition condition, gconstpointer data, const char *what)
{
  guint source = g_timeout_add_seconds (WAIT_S, timed_out_cb, (gpointer) what);

  while (!condition (f, data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

void
link_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_result (LinkFixture *f, gconstpointer data)
{
  return *(GAsyncResult *const *) data != NULL;
}

GAsyncResult *
link_result (GAsyncResult **result)
{
  link_wait (NULL, has_result, result, "a result");
  return *result;
}

typedef struct
{
  EhcpKind kind;
  const char *id;
  int delivery;
} Wanted;

static gboolean
is_there (LinkFixture *f, gconstpointer data)
{
  const Wanted *wanted = data;
  EhcpRecord *record = ehcp_book_find (f->book, wanted->kind, wanted->id);

  return record != NULL &&
         (wanted->delivery < 0 || (int) ehcp_record_get_delivery (record) == wanted->delivery);
}

void
link_wait_record (LinkFixture *f, EhcpKind kind, const char *id)
{
  link_wait (f, is_there, &(Wanted){ kind, id, -1 }, "a record");
}

void
link_wait_delivery (LinkFixture *f, EhcpKind kind, const char *id, EhcpDelivery delivery)
{
  link_wait (f, is_there, &(Wanted){ kind, id, delivery }, "a delivery");
}

static gboolean
has_status (LinkFixture *f, gconstpointer data)
{
  return (int) ehcp_link_get_status (f->link) == GPOINTER_TO_INT (data);
}

void
link_wait_status (LinkFixture *f, EhcpLinkStatus status)
{
  link_wait (f, has_status, GINT_TO_POINTER (status), "a status");
}

static gboolean
is_online (LinkFixture *f, gconstpointer data)
{
  return ehcp_link_is_online (f->link) == GPOINTER_TO_INT (data);
}

void
link_wait_online (LinkFixture *f, gboolean wanted)
{
  link_wait (f, is_online, GINT_TO_POINTER (wanted), "online or offline");
}

static gboolean
is_all_sent (LinkFixture *f, gconstpointer data)
{
  return ehcp_link_get_n_waiting (f->link) == 0;
}

void
link_wait_sent (LinkFixture *f)
{
  link_wait (f, is_all_sent, NULL, "everything to be sent");
}

/* Nothing of the old link may be left running, or its callbacks would outlive the fixture. */
void
link_close (LinkFixture *f)
{
  GWeakRef weak;
  gpointer left;

  g_weak_ref_init (&weak, f->link);
  ehcp_link_close (f->link);
  g_clear_object (&f->link);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  left = g_weak_ref_get (&weak);
  g_assert_null (left);
  g_weak_ref_clear (&weak);
}

void
link_open (LinkFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->link = ehcp_link_new (f->url, f->cache_dir, f->clock);
  f->book = ehcp_link_get_book (f->link);
  ehcp_link_start_async (f->link, NULL, link_ready_cb, &result);
  g_assert_true (ehcp_link_start_finish (f->link, link_result (&result), &error));
  g_assert_no_error (error);
}

static void
register_helen (LinkFixture *f)
{
  g_autoptr (EhcpRecord) body = ehcp_record_new (ehcp_body_get_shape (EHCP_BODY_REGISTRATION));
  static const char *const fields[] = {
    "forename", "Helen", "surname", "Marlow", "telephone", "01632 960 123", "address", "18 Orchard Row",
    "postcode", "WY4 2QR", "relationship", "Mother", "email", HELEN, "password", HELEN_PASSWORD,
  };
  g_autoptr (GAsyncResult) registered = NULL;
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i += 2)
    ehcp_record_set_text (body, fields[i], fields[i + 1]);
  ehcp_record_set_date (body, "date_of_birth", 725000);
  ehcp_link_register_async (f->link, body, NULL, link_ready_cb, &registered);
  sent = ehcp_link_register_finish (f->link, link_result (&registered), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sent->sent_to, ==, "h•••@family.example");
  g_assert_cmpint (sent->expires_in_s, >, 500);
  g_assert_cmpint (sent->expires_in_s, <=, 600);
  digits = link_council_digits (f->council, HELEN);
  typed = g_strdup_printf ("Your code is %s", digits);
  ehcp_link_verify_async (f->link, sent->id, typed, NULL, link_ready_cb, &verified);
  g_assert_true (ehcp_link_verify_finish (f->link, link_result (&verified), &error));
  g_assert_no_error (error);
}

void
link_sign_in (LinkFixture *f)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;
  g_autofree char *digits = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_sign_in_async (f->link, HELEN, HELEN_PASSWORD, NULL, link_ready_cb, &started);
  sent = ehcp_link_sign_in_finish (f->link, link_result (&started), &error);
  g_assert_no_error (error);
  digits = link_council_digits (f->council, HELEN);
  ehcp_link_finish_sign_in_async (f->link, sent->id, digits, NULL, link_ready_cb, &finished);
  g_assert_true (ehcp_link_finish_sign_in_finish (f->link, link_result (&finished), &error));
  g_assert_no_error (error);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
}

static gboolean
has_invitation (LinkFixture *f, gconstpointer data)
{
  return ehcp_book_find_where (f->book, EHCP_KIND_INVITATION_CHILD, "state", "open") != NULL;
}

/* Her invitation is there without a code, because it went to her address. */
static void
accept_invitation (LinkFixture *f)
{
  g_autoptr (EhcpRecord) command =
      ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_INVITATION_ANSWER));
  g_autofree char *id = NULL;
  g_autofree char *result = NULL;
  g_autofree char *activated = NULL;
  g_autoptr (GError) error = NULL;
  EhcpRecord *child;

  link_wait (f, has_invitation, NULL, "the invitation");
  child = ehcp_book_find_where (f->book, EHCP_KIND_INVITATION_CHILD, "state", "open");
  ehcp_record_set_text (command, "invitation", ehcp_record_get_text (child, "invitation"));
  ehcp_record_set_bool (command, "accept", TRUE);
  ehcp_record_set_list (command, "children", (const char *const[]){ ehcp_record_get_id (child), NULL });
  id = link_send (f, command, NULL, 0);
  g_assert_cmpstr (ehcp_record_get_text (child, "state"), ==, "accepted");
  result = link_await (f, id, &error);
  g_assert_no_error (error);
  activated = link_council_send (f->council, "{'kind':'access.activate','case':'%s','person':'%s'}",
                                 f->case_id, f->person);
  link_wait_record (f, EHCP_KIND_CASE, f->case_id);
  link_wait_record (f, EHCP_KIND_PERSON, f->person);
}

void
link_fixture_set_up (LinkFixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("ehcp-program-XXXXXX", NULL);
  f->cache_dir = g_build_filename (f->dir, "cache", NULL);
  f->clock = ehcp_clock_new ();
  f->council = link_council_new ();
  if (data == LINK_OVER_BAD_LINE)
    f->line = bad_line_new (link_council_get_port (f->council));
  f->url = f->line != NULL ? bad_line_get_url (f->line) : link_council_get_url (f->council);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
  register_helen (f);
  link_council_invite (f->council, HELEN, &f->case_id, &f->person);
  link_sign_in (f);
  accept_invitation (f);
}

void
link_fixture_tear_down (LinkFixture *f, gconstpointer data)
{
  link_close (f);
  g_clear_pointer (&f->line, bad_line_free);
  link_council_free (f->council);
  g_clear_object (&f->clock);
  remove_tree (f->dir);
  g_clear_pointer (&f->dir, g_free);
  g_clear_pointer (&f->cache_dir, g_free);
  g_clear_pointer (&f->case_id, g_free);
  g_clear_pointer (&f->person, g_free);
}

char *
link_send (LinkFixture *f, EhcpRecord *command, GPtrArray *files, guint hold_ms)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id;

  ehcp_link_send_async (f->link, command, files, hold_ms, NULL, link_ready_cb, &result);
  id = ehcp_link_send_finish (f->link, link_result (&result), &error);
  g_assert_no_error (error);
  return id;
}

char *
link_await (LinkFixture *f, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ehcp_link_await_async (f->link, id, NULL, link_ready_cb, &result);
  return ehcp_link_await_finish (f->link, link_result (&result), error);
}

char *
link_say (LinkFixture *f, const char *subject, GPtrArray *files, guint hold_ms)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_SEND));

  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "message_type", LINK_MESSAGE_TYPE);
  ehcp_record_set_text (command, "subject", subject);
  ehcp_record_set_text (command, "text", "Dear Priya, with best wishes.");
  return link_send (f, command, files, hold_ms);
}

char *
link_ask_form (LinkFixture *f)
{
  char *form = link_council_send (f->council,
                                  "{'kind':'form.ask','case':'%s','definition':'" LINK_FORM "','person':'%s'}",
                                  f->case_id, f->person);

  link_wait_record (f, EHCP_KIND_FORM, form);
  return form;
}

char *
link_answer_form (LinkFixture *f, const char *form, const char *value)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_FORM_SAVE));

  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "form", form);
  ehcp_record_set_text (command, "question", "wish");
  ehcp_record_set_text (command, "value", value);
  return link_send (f, command, NULL, 0);
}

char *
link_submit_form (LinkFixture *f, const char *form)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_FORM_SUBMIT));

  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "form", form);
  return link_send (f, command, NULL, 0);
}

GBytes *
link_load (LinkFixture *f, EhcpRecord *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ehcp_link_load_document_async (f->link, document, NULL, link_ready_cb, &result);
  return ehcp_link_load_document_finish (f->link, link_result (&result), error);
}

gboolean
link_is_on_disk (const char *dir, const char *needle)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? link_is_on_disk (path, needle)
                                                 : g_file_get_contents (path, &data, &length, NULL) &&
                                                       memmem (data, length, needle, strlen (needle)))
        return TRUE;
    }
  return FALSE;
}

guint
link_count_files (const char *dir, const char *suffix)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? link_count_files (path, suffix)
                                                  : (guint) g_str_has_suffix (name, suffix);
    }
  return n;
}
