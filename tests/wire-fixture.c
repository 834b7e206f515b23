/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client over libcurl: each call a connection of its own, so that none hides what another left
 * behind. */
#include "wire-fixture.h"

#include "ehcp-error.h"
#include "ehcp-policy.h"
#include "ehcp-sessions.h"
#include "ehcp-uploads.h"

#include <curl/curl.h>
#include <string.h>

static void
serve (WireFixture *f)
{
  EhcpConfig *config = f->council.config;
  g_autoptr (GError) error = NULL;

  config->address = g_strdup ("127.0.0.1");
  config->n_threads = 2;
  config->n_connections = 200;
  config->password_memory = 8192;
  config->password_passes = 1;
  config->session_idle_s = 14 * 86400;
  config->session_max_s = 30 * 86400;
  config->sign_in_resend_s = 30;
  g_assert_true (ehcp_upload_make_folders (config, NULL));
  f->server = ehcp_server_start (f->council.council, &error);
  g_assert_no_error (error);
  f->port = ehcp_server_get_port (f->server);
}

void
wire_fixture_set_up (WireFixture *f, gconstpointer data)
{
  council_fixture_set_up (&f->council, NULL);
  serve (f);
}

void
wire_fixture_stop (WireFixture *f)
{
  g_clear_pointer (&f->server, ehcp_server_stop);
  council_fixture_stop (&f->council);
}

void
wire_fixture_start (WireFixture *f)
{
  council_fixture_start (&f->council);
  serve (f);
}

void
wire_fixture_tear_down (WireFixture *f, gconstpointer data)
{
  g_clear_pointer (&f->server, ehcp_server_stop);
  council_fixture_tear_down (&f->council, NULL);
}

typedef struct
{
  const EhcpActorId *actor;
  gboolean is_staff;
  char *token;
} Session;

static gboolean
write_session (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  static const char *const roles[] = { "", "family", "caseworker", "manager", "administrator" };
  Session *session = data;
  const char *account = session->actor->account;
  gint64 expires_at;

  if (!ehcp_db_run (db, error,
                    "INSERT INTO credential (account, email, role, made_at, changed_at) VALUES (?, "
                    "?, ?, 0, 0) "
                    "ON CONFLICT DO NOTHING",
                    "sss", account, account, roles[session->actor->role]))
    return FALSE;
  session->token = ehcp_session_begin (council, db, account, "Test", session->is_staff, &expires_at, error);
  return session->token != NULL;
}

char *
wire_make_session (WireFixture *f, const EhcpActorId *actor)
{
  Session session = { .actor = actor, .is_staff = ehcp_policy_is_staff (actor->role) };
  g_autoptr (GError) error = NULL;

  ehcp_council_write_sync (f->council.council, write_session, &session, &error);
  g_assert_no_error (error);
  return session.token;
}

static size_t
take_header (char *data, size_t size, size_t n, void *user)
{
  WireAnswer *answer = user;
  g_autofree char *line = g_strndup (data, size * n);
  char *colon = strchr (line, ':');

  if (colon != NULL)
    {
      *colon = '\0';
      g_hash_table_insert (answer->headers, g_ascii_strdown (line, -1),
                           g_strdup (g_strstrip (colon + 1)));
    }
  return size * n;
}

static size_t
take_body (char *data, size_t size, size_t n, void *user)
{
  WireAnswer *answer = user;

  g_byte_array_append (answer->body, (const guint8 *) data, size * n);
  return size * n;
}

static struct curl_slist *
list_headers (const char *token, va_list more)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Expect:");
  const char *line;

  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Authorization: Bearer ", token, NULL);

      headers = curl_slist_append (headers, bearer);
    }
  while ((line = va_arg (more, const char *)) != NULL)
    headers = curl_slist_append (headers, line);
  return headers;
}

static WireAnswer *
perform (WireFixture *f, const char *method, const char *path, struct curl_slist *headers,
         const void *body, gsize length)
{
  WireAnswer *answer = g_new0 (WireAnswer, 1);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", f->port, path);
  CURL *curl = curl_easy_init ();

  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answer->body = g_byte_array_new ();
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt (curl, CURLOPT_NOBODY, strcmp (method, "HEAD") == 0 ? 1L : 0L);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, answer);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, answer);
  if (body != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) length);
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
    }
  if (curl_easy_perform (curl) == CURLE_OK)
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &answer->status);
  curl_easy_cleanup (curl);
  curl_slist_free_all (headers);
  /* Of each answer of ours; libmicrohttpd's own have no such line. */
  if (wire_header (answer, "cache-control") != NULL)
    {
      g_assert_cmpstr (wire_header (answer, "x-content-type-options"), ==, "nosniff");
      g_assert_true (answer->body->len == 0 || wire_header (answer, "content-security-policy") != NULL);
    }
  if (answer->body->len > 0)
    answer->json = ehcp_json_parse_object ((const char *) answer->body->data, answer->body->len,
                                           G_MAXSSIZE, NULL);
  return answer;
}

WireAnswer *
wire_call (WireFixture *f, const char *method, const char *path, const char *token,
           const char *body, ...)
{
  g_autofree char *json = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;
  struct curl_slist *headers;
  va_list more;

  va_start (more, body);
  headers = list_headers (token, more);
  va_end (more);
  return perform (f, method, path, headers, json, json != NULL ? strlen (json) : 0);
}

WireAnswer *
wire_send (WireFixture *f, const char *method, const char *path, const char *token,
           const void *body, gsize length, ...)
{
  struct curl_slist *headers;
  va_list more;

  va_start (more, length);
  headers = list_headers (token, more);
  va_end (more);
  return perform (f, method, path, headers, body, length);
}

void
wire_answer_free (WireAnswer *answer)
{
  g_clear_pointer (&answer->headers, g_hash_table_unref);
  g_clear_pointer (&answer->body, g_byte_array_unref);
  g_clear_pointer (&answer->json, json_object_unref);
  g_free (answer);
}

const char *
wire_header (WireAnswer *answer, const char *name)
{
  return g_hash_table_lookup (answer->headers, name);
}

const char *
wire_text (WireAnswer *answer, const char *member)
{
  g_assert_nonnull (answer->json);
  return ehcp_json_get_text (answer->json, member);
}

void
wire_refused (WireAnswer *answer, EhcpError code, const char *field)
{
  g_assert_cmpint (answer->status, ==, ehcp_error_code_get_status (code));
  g_assert_cmpstr (wire_header (answer, "content-type"), ==, "application/problem+json");
  g_assert_cmpstr (wire_text (answer, "type"), ==, "about:blank");
  g_assert_cmpstr (wire_text (answer, "code"), ==, ehcp_error_code_to_string (code));
  g_assert_cmpint (ehcp_json_get_int (answer->json, "status"), ==, answer->status);
  g_assert_nonnull (wire_text (answer, "title"));
  g_assert_nonnull (wire_text (answer, "detail"));
  g_assert_cmpstr (wire_text (answer, "field"), ==, field);
  if (code == EHCP_ERROR_TOO_MANY || code == EHCP_ERROR_BUSY)
    g_assert_cmpint (atoi (wire_header (answer, "retry-after")), >, 0);
}

struct _WireHeld
{
  WireFixture *fixture;
  char *path;
  char *token;
  GThread *thread;
};

static gpointer
run_held (gpointer data)
{
  WireHeld *held = data;

  return wire_call (held->fixture, "GET", held->path, held->token, NULL, NULL);
}

WireHeld *
wire_hold (WireFixture *f, const char *path, const char *token)
{
  WireHeld *held = g_new0 (WireHeld, 1);

  held->fixture = f;
  held->path = g_strdup (path);
  held->token = g_strdup (token);
  held->thread = g_thread_new ("held", run_held, held);
  return held;
}

WireAnswer *
wire_held_finish (WireHeld *held)
{
  WireAnswer *answer = g_thread_join (held->thread);

  g_free (held->path);
  g_free (held->token);
  g_free (held);
  return answer;
}

/* (transfer full): the id of a complete upload. */
char *
wire_upload (WireFixture *f, const char *token, const char *file_name, const char *content,
             gsize length)
{
  g_autofree char *name = g_base64_encode ((const guchar *) file_name, strlen (file_name));
  g_autofree char *sum =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  g_autofree char *sum64 = g_base64_encode ((const guchar *) sum, strlen (sum));
  g_autofree char *size = g_strdup_printf ("Upload-Length: %zu", length);
  g_autofree char *meta = g_strdup_printf ("Upload-Metadata: filename %s,sha256 %s", name, sum64);
  g_autoptr (WireAnswer) made =
      wire_call (f, "POST", "/v1/uploads", token, "", "Tus-Resumable: 1.0.0", size, meta, NULL);
  g_autoptr (WireAnswer) filled = NULL;

  g_assert_cmpint (made->status, ==, 201);
  filled = wire_send (f, "PATCH", wire_header (made, "location"), token, content, length,
                      "Tus-Resumable: 1.0.0", "Upload-Offset: 0",
                      "Content-Type: application/offset+octet-stream", NULL);
  g_assert_cmpint (filled->status, ==, 204);
  return g_strdup (strrchr (wire_header (made, "location"), '/') + 1);
}
