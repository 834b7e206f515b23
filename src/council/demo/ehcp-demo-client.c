/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A blocking client over libcurl. It reads codes where a person would: in the mailbox, which for the demo
 * is a folder of mails. One thread. */
#include "ehcp-demo-client.h"

#include "ehcp-error.h"
#include "ehcp-gmime.h"
#include "ehcp-mail-mime.h"
#include "ehcp-text.h"
#include "ehcp-totp.h"

#include <curl/curl.h>
#include <gio/gio.h>
#include <string.h>

#define MAX_ANSWER (16 * 1024 * 1024)
#define MAIL_WAIT_MS 20000
#define MAIL_STEP_MS 5

struct _EhcpDemoClient
{
  CURL *curl;
  char *url;
  char *mail_folder;
  char *token;
  char *account;
  char *location;
  GHashTable *used_mails; /* names of code mails that were looked at */
  char *secret;           /* of the authenticator app that it stands for; staff only */
  gint64 last_step;
};

/** ehcp_demo_client_new: Returns: (transfer full): a client that is not signed in. */
EhcpDemoClient *
ehcp_demo_client_new (const char *url, const char *mail_folder)
{
  EhcpDemoClient *client = g_new0 (EhcpDemoClient, 1);

  ehcp_mail_mime_init ();
  client->curl = curl_easy_init ();
  client->url = g_strdup (url);
  client->last_step = EHCP_TOTP_NONE;
  client->mail_folder = g_strdup (mail_folder);
  client->used_mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return client;
}

/** ehcp_demo_client_free: Gives everything back; the session stays on the server. */
void
ehcp_demo_client_free (EhcpDemoClient *client)
{
  curl_easy_cleanup (client->curl);
  g_clear_pointer (&client->url, g_free);
  g_clear_pointer (&client->mail_folder, g_free);
  g_clear_pointer (&client->token, g_free);
  g_clear_pointer (&client->account, g_free);
  g_clear_pointer (&client->location, g_free);
  g_clear_pointer (&client->used_mails, g_hash_table_unref);
  g_clear_pointer (&client->secret, g_free);
  g_free (client);
}

/** ehcp_demo_client_get_account: Returns: (nullable) (transfer none): the account's id, once signed in. */
const char *
ehcp_demo_client_get_account (EhcpDemoClient *client)
{
  return client->account;
}

static size_t
append_cb (char *data, size_t size, size_t n, void *user)
{
  GByteArray *out = user;

  if (out->len + size * n > MAX_ANSWER)
    return 0;
  g_byte_array_append (out, (const guint8 *) data, size * n);
  return size * n;
}

static size_t
header_cb (char *data, size_t size, size_t n, void *user)
{
  EhcpDemoClient *client = user;
  g_autofree char *line = g_strndup (data, size * n);

  if (g_ascii_strncasecmp (line, "location:", 9) == 0)
    {
      g_clear_pointer (&client->location, g_free);
      client->location = g_strdup (g_strstrip (line + 9));
    }
  return size * n;
}

static struct curl_slist *
make_headers (EhcpDemoClient *client, const char *const *more)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Expect:");

  if (client->token != NULL)
    {
      g_autofree char *bearer = g_strdup_printf ("Authorization: Bearer %s", client->token);

      headers = curl_slist_append (headers, bearer);
    }
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    headers = curl_slist_append (headers, more[i]);
  return headers;
}

static gboolean
set_problem (GByteArray *answer, long status, GError **error)
{
  g_autoptr (JsonObject) problem =
      ehcp_json_parse_object ((const char *) answer->data, answer->len, MAX_ANSWER, NULL);
  const char *code = problem != NULL ? ehcp_json_get_text (problem, "code") : NULL;
  const char *detail = problem != NULL ? ehcp_json_get_text (problem, "detail") : NULL;

  const char *field = problem != NULL ? ehcp_json_get_text (problem, "field") : NULL;

  ehcp_set_error (error, ehcp_error_code_from_string (code), field, "status %ld: %s %s %s", status,
                  code != NULL ? code : "", field != NULL ? field : "", detail != NULL ? detail : "");
  return FALSE;
}

static gboolean
request (EhcpDemoClient *client, const char *method, const char *path, const char *const *more,
         const void *body, gsize length, GByteArray *answer, GError **error)
{
  g_autofree char *url = g_strconcat (client->url, path, NULL);
  struct curl_slist *headers = make_headers (client, more);
  CURLcode code;
  long status = 0;

  curl_easy_reset (client->curl);
  curl_easy_setopt (client->curl, CURLOPT_URL, url);
  curl_easy_setopt (client->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (client->curl, CURLOPT_TIMEOUT, 90L);
  curl_easy_setopt (client->curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt (client->curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (client->curl, CURLOPT_WRITEFUNCTION, append_cb);
  curl_easy_setopt (client->curl, CURLOPT_WRITEDATA, answer);
  curl_easy_setopt (client->curl, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (client->curl, CURLOPT_HEADERDATA, client);
  if (body != NULL)
    {
      curl_easy_setopt (client->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) length);
      curl_easy_setopt (client->curl, CURLOPT_POSTFIELDS, body);
    }
  code = curl_easy_perform (client->curl);
  curl_easy_getinfo (client->curl, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all (headers);
  if (code != CURLE_OK)
    {
      ehcp_set_error (error, EHCP_ERROR_OFFLINE, NULL, "%s", curl_easy_strerror (code));
      return FALSE;
    }
  return status < 400 || set_problem (answer, status, error);
}

/**
 * ehcp_demo_client_call:
 * @client: a client
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @path: from "/v1/" on
 * @body: (nullable): JSON
 * @error: return location
 *
 * Returns: (transfer full): the answer, an empty object for an empty one; or %NULL with the refusal, or
 *   %EHCP_ERROR_OFFLINE. Blocks.
 */
JsonObject *
ehcp_demo_client_call (EhcpDemoClient *client, const char *method, const char *path, const char *body,
                       GError **error)
{
  static const char *const json_type[] = { "Content-Type: application/json", NULL };
  g_autoptr (GByteArray) answer = g_byte_array_new ();

  if (!request (client, method, path, json_type, body, body != NULL ? strlen (body) : 0, answer, error))
    return NULL;
  if (answer->len == 0)
    return json_object_new ();
  return ehcp_json_parse_object ((const char *) answer->data, answer->len, MAX_ANSWER, error);
}

static void
keep_session (EhcpDemoClient *client, JsonObject *answer)
{
  JsonObject *person = ehcp_json_get_object (answer, "person");

  client->token = g_strdup (ehcp_json_get_text (answer, "token"));
  client->account = g_strdup (person != NULL ? ehcp_json_get_text (person, "id") : NULL);
}

/** ehcp_demo_client_get_secret: Returns: (nullable) (transfer none): what a person's authenticator app would hold, once
 * a member of staff is signed in. */
const char *
ehcp_demo_client_get_secret (EhcpDemoClient *client)
{
  return client->secret;
}

/* As an app would: set up with the secret that is shown, then a code of it, each step once. */
static JsonObject *
answer_authenticator (EhcpDemoClient *client, const char *sign_in, JsonObject *asked, GError **error)
{
  g_autoptr (JsonObject) owned = asked;
  const char *secret = ehcp_json_get_text (ehcp_json_get_object (asked, "authenticator"), "secret");
  gint64 now = ehcp_time_parse (ehcp_json_get_text (asked, "now"));
  g_autofree char *path = g_strdup_printf ("/v1/sign-ins/%s/authenticator", sign_in);
  guint8 bytes[EHCP_TOTP_SECRET_LENGTH];
  g_autofree char *body = NULL;
  char code[7];

  if (secret != NULL)
    {
      g_free (client->secret);
      client->secret = g_strdup (secret);
      client->last_step = EHCP_TOTP_NONE;
    }
  if (client->secret == NULL || !ehcp_totp_parse_secret (client->secret, bytes))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the authenticator is another client's");
      return NULL;
    }
  client->last_step = MAX (client->last_step + 1, now / EHCP_TOTP_STEP_S - 1);
  ehcp_totp_make_code (bytes, client->last_step, code);
  body = g_strdup_printf ("{\"code\":\"%s\",\"device\":\"Demo\"}", code);
  return ehcp_demo_client_call (client, "POST", path, body, error);
}

/**
 * ehcp_demo_client_sign_in:
 * @client: a client
 * @email: address
 * @password: password
 * @error: return location
 *
 * Signs in with the code out of the mail, and for staff with an authenticator app of its own. Blocks, for some
 * seconds at most.
 *
 * Returns: whether it is signed in
 */
gboolean
ehcp_demo_client_sign_in (EhcpDemoClient *client, const char *email, const char *password,
                          GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  EhcpJson json = ehcp_json (body);
  g_autoptr (JsonObject) started = NULL;
  g_autoptr (JsonObject) finished = NULL;
  g_autofree char *code = NULL;
  g_autofree char *path = NULL;

  g_clear_pointer (&client->token, g_free);
  g_clear_pointer (&client->account, g_free);
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "email", email);
  ehcp_json_text (&json, "password", password);
  ehcp_json_end (&json, '}');
  started = ehcp_demo_client_call (client, "POST", "/v1/sign-ins", body->str, error);
  if (started == NULL)
    return FALSE;
  code = ehcp_demo_client_wait_digits (client, email, error);
  if (code == NULL)
    return FALSE;

  path = g_strdup_printf ("/v1/sign-ins/%s/finish", ehcp_json_get_text (started, "id"));
  g_string_printf (body, "{\"code\":\"%s\",\"device\":\"Demo\"}", code);
  finished = ehcp_demo_client_call (client, "POST", path, body->str, error);
  if (finished != NULL && json_object_has_member (finished, "authenticator"))
    finished = answer_authenticator (client, ehcp_json_get_text (started, "id"), finished, error);
  if (finished == NULL)
    return FALSE;
  keep_session (client, finished);
  return TRUE;
}

/** ehcp_demo_client_command: Sends one command. Returns: (transfer full) (nullable): the whole answer. */
JsonObject *
ehcp_demo_client_command (EhcpDemoClient *client, const char *id, const char *body, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/commands/%s", id);

  return ehcp_demo_client_call (client, "PUT", path, body, error);
}

/**
 * ehcp_demo_client_pull:
 * @client: a client that is signed in
 * @since: (nullable): the state of the last answer
 * @wait_s: how long the council may hold the request, at most 60
 * @error: return location
 *
 * Returns: (transfer full) (nullable): one page of the feed
 */
JsonObject *
ehcp_demo_client_pull (EhcpDemoClient *client, const char *since, guint wait_s, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (since != NULL ? since : "", NULL, FALSE);
  g_autofree char *path =
      g_strdup_printf ("/v1/changes?since=%s&limit=500&wait=%u&active=1", escaped, wait_s);

  return ehcp_demo_client_call (client, "GET", path, NULL, error);
}

/** ehcp_demo_client_upload: Returns: (transfer full) (nullable): the id of a complete upload. Blocks. */
char *
ehcp_demo_client_upload (EhcpDemoClient *client, const char *file_name, GBytes *content, GError **error)
{
  g_autofree char *name = g_base64_encode ((const guchar *) file_name, strlen (file_name));
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *sum64 = g_base64_encode ((const guchar *) sum, strlen (sum));
  g_autofree char *length = g_strdup_printf ("Upload-Length: %zu", g_bytes_get_size (content));
  g_autofree char *meta = g_strdup_printf ("Upload-Metadata: filename %s,sha256 %s", name, sum64);
  const char *const create[] = { "Tus-Resumable: 1.0.0", length, meta, NULL };
  static const char *const fill[] = { "Tus-Resumable: 1.0.0", "Upload-Offset: 0",
                                      "Content-Type: application/offset+octet-stream", NULL };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree char *path = NULL;

  if (!request (client, "POST", "/v1/uploads", create, "", 0, answer, error))
    return NULL;
  path = g_strdup (strstr (client->location != NULL ? client->location : "", "/v1/uploads/"));
  if (path == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the upload has no location");
      return NULL;
    }
  if (!request (client, "PATCH", path, fill, g_bytes_get_data (content, NULL),
                g_bytes_get_size (content), answer, error))
    return NULL;
  return g_strdup (path + strlen ("/v1/uploads/"));
}

static char *
get_plain_text (GMimeMessage *message)
{
  g_autoptr (GMimePartIter) iter = g_mime_part_iter_new (GMIME_OBJECT (message));

  do
    {
      GMimeObject *part = g_mime_part_iter_get_current (iter);

      if (GMIME_IS_TEXT_PART (part) &&
          g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "plain"))
        return g_mime_text_part_get_text (GMIME_TEXT_PART (part));
    }
  while (g_mime_part_iter_next (iter));
  return NULL;
}

static char *
read_mail (const char *path, const char *to)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_file_open (path, "r", NULL);
  g_autoptr (GMimeParser) parser = stream != NULL ? g_mime_parser_new_with_stream (stream) : NULL;
  g_autoptr (GMimeMessage) message =
      parser != NULL ? g_mime_parser_construct_message (parser, NULL) : NULL;
  g_autofree char *addresses = NULL;

  if (message == NULL)
    return NULL;
  addresses = internet_address_list_to_string (
      g_mime_message_get_addresses (message, GMIME_ADDRESS_TYPE_TO), NULL, FALSE);
  if (addresses == NULL || strstr (addresses, to) == NULL)
    return NULL;
  return get_plain_text (message);
}

static gint
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) b, *(const char *const *) a);
}

/* The folder transport gives names that sort by time and end in the kind of mail. */
static GPtrArray *
list_mails (EhcpDemoClient *client, const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (client->mail_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_newest_first);
  return names;
}

static char *
find_match (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

static char *
find_unused_digits (EhcpDemoClient *client, const char *to)
{
  g_autoptr (GPtrArray) names = list_mails (client, "-code.eml");

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (client->mail_folder, name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *digits = NULL;

      if (g_hash_table_contains (client->used_mails, name))
        continue;
      g_hash_table_add (client->used_mails, g_strdup (name));
      text = read_mail (path, to);
      digits = find_match (text, "(?m)^\\s*(\\d{3} \\d{3})\\s*$");
      if (digits != NULL)
        return g_steal_pointer (&digits);
    }
  return NULL;
}

/**
 * ehcp_demo_client_wait_digits:
 * @client: a client
 * @to: whose mailbox
 * @error: return location
 *
 * Waits for a mail with a code of six digits that was not used before.
 *
 * Returns: (transfer full) (nullable): the digits, or %EHCP_ERROR_EXPIRED when none came in 20 seconds
 */
char *
ehcp_demo_client_wait_digits (EhcpDemoClient *client, const char *to, GError **error)
{
  for (int waited = 0; waited < MAIL_WAIT_MS; waited += MAIL_STEP_MS)
    {
      char *digits = find_unused_digits (client, to);

      if (digits != NULL)
        return digits;
      g_usleep (MAIL_STEP_MS * 1000);
    }
  ehcp_set_error (error, EHCP_ERROR_EXPIRED, NULL, "no mail with a code came");
  return NULL;
}

/** ehcp_demo_client_list_unique_codes: Returns: (transfer full): every unique code in the mails to that
 * address, newest first; may be empty. */
GStrv
ehcp_demo_client_list_unique_codes (EhcpDemoClient *client, const char *to)
{
  g_autoptr (GPtrArray) names = list_mails (client, "-unique-code.eml");
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path =
          g_build_filename (client->mail_folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *text = read_mail (path, to);
      g_autofree char *code = find_match (text, "\\b([0-9A-Z]{4}-[0-9A-Z]{4})\\b");

      if (code != NULL)
        g_strv_builder_add (codes, code);
    }
  return g_strv_builder_end (codes);
}

/**
 * ehcp_demo_client_wait_unique_code:
 * @client: a client
 * @to: whose mailbox
 * @n_codes: how many were sent there so far
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the newest of them, once all have come; %EHCP_ERROR_EXPIRED when they
 *   had not in 20 seconds
 */
char *
ehcp_demo_client_wait_unique_code (EhcpDemoClient *client, const char *to, guint n_codes, GError **error)
{
  for (int waited = 0; waited < MAIL_WAIT_MS; waited += MAIL_STEP_MS)
    {
      g_auto (GStrv) codes = ehcp_demo_client_list_unique_codes (client, to);

      if (g_strv_length (codes) >= n_codes)
        return g_strdup (codes[0]);
      g_usleep (MAIL_STEP_MS * 1000);
    }
  ehcp_set_error (error, EHCP_ERROR_EXPIRED, NULL, "no mail with a unique code came");
  return NULL;
}
