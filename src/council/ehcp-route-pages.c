/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What anybody may read: what the council says of itself, the pages of e-mailed links, and how the
 * server is. The pages need no script and load nothing; the code of a link is shown, and never
 * logged. */
#include "ehcp-server-private.h"

#include "ehcp-invitation.h"
#include "ehcp-passwords.h"
#include "ehcp-store.h"
#include "ehcp-text.h"

#include <string.h>

#define PROTOCOL_MIN 1
#define PROTOCOL_MAX 1
#define MAX_FILE_BYTES (50 * 1024 * 1024)
#define MAX_COMMAND_BYTES (256 * 1024)
#define FREE_LOOKS 60

static gboolean
write_stage_texts (EhcpDb *db, EhcpJson *json, GError **error)
{
  static const char *const fields[] = { "stage", "title", "summary", "text" };
  g_autoptr (GPtrArray) texts = ehcp_store_list_all (db, EHCP_KIND_STAGE_TEXT, error);

  if (texts == NULL)
    return FALSE;
  ehcp_json_begin (json, "stage_texts", '[');
  for (guint i = 0; i < texts->len; i++)
    {
      EhcpRecord *text = g_ptr_array_index (texts, i);

      ehcp_json_begin (json, NULL, '{');
      for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
        ehcp_json_text (json, fields[j], ehcp_record_get_text (text, fields[j]));
      ehcp_json_end (json, '}');
    }
  ehcp_json_end (json, ']');
  return TRUE;
}

static void
write_numbers (EhcpJson *json, const char *name, const char *first, gint64 first_value,
               const char *second, gint64 second_value)
{
  ehcp_json_begin (json, name, '{');
  ehcp_json_int (json, first, first_value);
  ehcp_json_int (json, second, second_value);
  ehcp_json_end (json, '}');
}

static void
write_council (EhcpConfig *config, EhcpJson *json)
{
  ehcp_json_text (json, "name", config->name);
  ehcp_json_text (json, "team", config->team);
  ehcp_json_text (json, "telephone", config->telephone);
  ehcp_json_text (json, "email", config->email);
  ehcp_json_text (json, "hours", config->hours);
  write_numbers (json, "versions", "min", PROTOCOL_MIN, "max", PROTOCOL_MAX);
  write_numbers (json, "limits", "file_bytes", MAX_FILE_BYTES, "command_bytes", MAX_COMMAND_BYTES);
  write_numbers (json, "password", "min", EHCP_PASSWORD_MIN, "max", EHCP_PASSWORD_MAX);
  ehcp_json_list (json, "message_types", (const char *const *) config->message_types);
}

/** ehcp_route_service: GET /v1/service. */
void
ehcp_route_service (EhcpExchange *exchange)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (council, &error);
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  write_council (ehcp_council_get_config (council), &json);
  if (db == NULL || !write_stage_texts (db, &json, &error))
    {
      g_string_free (text, TRUE);
      ehcp_exchange_refuse (exchange, error);
      return;
    }
  ehcp_json_text (&json, "now", now);
  ehcp_json_end (&json, '}');
  ehcp_exchange_answer_json (exchange, 200, g_string_free (text, FALSE));
}

#define STYLE                                                                                      \
  "body{font:1.125rem/1.5 sans-serif;max-width:38rem;margin:2rem auto;padding:0 "                  \
  "1rem;color:#1d1d1f;"                                                                            \
  "background:#fff}h1{font-size:1.6rem}.code{font:700 1.8rem monospace;letter-spacing:.1em;"       \
  "background:#f2f0f5;padding:.6rem 1rem;border-radius:.4rem;display:inline-block}"                \
  "a.open{display:inline-block;background:#5b2a86;color:#fff;padding:.7rem "                       \
  "1.4rem;border-radius:.4rem;"                                                                    \
  "text-decoration:none}"

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    "<title>%s</title><style>" STYLE
    "</style></head><body><main><h1>%s</h1>\n%s</main></body></html>\n";

static void
answer_page (EhcpExchange *exchange, guint status, const char *title, const char *inside)
{
  g_autofree char *council = g_markup_escape_text (
      ehcp_council_get_config (ehcp_exchange_get_council (exchange))->name, -1);
  g_autofree char *heading = g_strdup_printf ("%s: %s", council, title);
  char *html = g_strdup_printf (page, heading, heading, inside);
  guint8 sum[32];
  gsize n = sizeof sum;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *sum64 = NULL;
  g_autofree char *policy = NULL;

  g_checksum_update (checksum, (const guchar *) STYLE, strlen (STYLE));
  g_checksum_get_digest (checksum, sum, &n);
  sum64 = g_base64_encode (sum, n);
  policy = g_strdup_printf (
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      sum64);
  ehcp_exchange_answer (exchange, status, "text/html; charset=utf-8", html, strlen (html));
  ehcp_exchange_set_header (exchange, "Content-Security-Policy", policy);
  ehcp_exchange_set_header (exchange, "Referrer-Policy", "no-referrer");
  ehcp_exchange_set_header (exchange, "X-Robots-Tag", "noindex");
}

static char *
describe_contact (EhcpConfig *config)
{
  g_autofree char *telephone = config->telephone != NULL
                                   ? g_strdup_printf (" or telephone %s", config->telephone)
                                   : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("If anything is unclear, write to %s%s (%s).",
                                           config->email, telephone, config->team);

  return g_markup_escape_text (text, -1);
}

/* A link that opens the program, and what to do when it does not. */
static void
answer_link_page (EhcpExchange *exchange, const char *title, const char *scheme_action,
                  const char *code, const char *intro, const char *where)
{
  EhcpConfig *config = ehcp_council_get_config (ehcp_exchange_get_council (exchange));
  g_autofree char *council = g_uri_escape_string (config->url, NULL, FALSE);
  g_autofree char *address = g_markup_escape_text (config->url, -1);
  g_autofree char *contact = describe_contact (config);
  g_autofree char *inside =
      g_strdup_printf ("<p>%s</p>\n<p><a class=\"open\" "
                       "href=\"ehcp-portal:%s?council=%s&amp;code=%s\">Open EHCP Portal</a></p>\n"
                       "<p>Your code:</p><p class=\"code\">%s</p>\n"
                       "<h2>If the button does nothing</h2>\n<ol>"
                       "<li>Install EHCP Portal: open the Software centre of your computer, search "
                       "for “EHCP Portal” and choose "
                       "Install.</li>"
                       "<li>Start it. When it asks for your council, choose yours, or type this "
                       "address: <strong>%s</strong></li>"
                       "<li>%s</li></ol>\n<p>%s</p>\n",
                       intro, scheme_action, council, code, code, address, where, contact);

  answer_page (exchange, 200, title, inside);
}

static gboolean
may_look (EhcpExchange *exchange, const char *what, GError **error)
{
  g_autofree char *network = ehcp_exchange_get_network (exchange);

  return ehcp_throttle_try (exchange->server->looks, what, network, FREE_LOOKS, error);
}

/** ehcp_route_accept: GET /accept/CODE. */
void
ehcp_route_accept (EhcpExchange *exchange)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autofree char *code = ehcp_text_normalise_unique_code (ehcp_exchange_get_parameter (exchange));
  g_autofree char *grouped = ehcp_text_group_unique_code (code != NULL ? code : "");
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (council, &error);
  gboolean is_open = FALSE;

  if (db != NULL && may_look (exchange, "accept", &error) && code != NULL)
    is_open = ehcp_invitation_find_code (council, db, code, &error);
  if (error != NULL)
    ehcp_exchange_refuse (exchange, error);
  else if (is_open)
    answer_link_page (
        exchange, "your invitation", "accept", grouped,
        "You are invited to follow a child’s Education, Health and Care assessment in the program "
        "EHCP Portal.",
        "Sign in, or choose “Register for new account” with the address that this e-mail went to. "
        "Then choose “I have an invitation”; if it is not there yet, type the code.");
  else
    answer_page (
        exchange, 200, "this link cannot be used",
        "<p>The link was used, was replaced by a newer one, or is older than four weeks.</p>"
        "<p>If you have an account, sign in to EHCP Portal: invitations to your address are there "
        "without "
        "a code. Otherwise ask the SEND team to send the invitation again.</p>");
}

/** ehcp_route_staff: GET /staff/CODE. Says nothing about whether the code is right: the program
 * finds out. */
void
ehcp_route_staff (EhcpExchange *exchange)
{
  g_autofree char *stripped = ehcp_text_strip_code (ehcp_exchange_get_parameter (exchange));
  const char *given = ehcp_exchange_get_parameter (exchange);

  if (strlen (stripped) == 2 * EHCP_UNIQUE_CODE_LENGTH &&
      strspn (given, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") ==
          strlen (given))
    answer_link_page (exchange, "your staff account", "staff", given,
                      "An account was made for you. Choose its password in the program EHCP "
                      "Portal; the link works "
                      "once, for seven days.",
                      "Choose “Sign in”, then “I have a staff link”, and type the code.");
  else
    answer_page (exchange, 200, "this link cannot be used",
                 "<p>The link is not complete. Copy the whole of it, or ask your administrator for "
                 "a new one.</p>");
}

/** ehcp_route_healthz: GET /healthz: the process answers. */
void
ehcp_route_healthz (EhcpExchange *exchange)
{
  ehcp_exchange_answer (exchange, 200, "text/plain; charset=utf-8", g_strdup ("ok\n"), 3);
}

/** ehcp_route_readyz: GET /readyz: the database can be read. */
void
ehcp_route_readyz (EhcpExchange *exchange)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (council, &error);

  if (db != NULL)
    ehcp_store_get_seq (db, &error);
  if (error == NULL)
    ehcp_exchange_answer (exchange, 200, "text/plain; charset=utf-8", g_strdup ("ready\n"), 6);
  else
    ehcp_exchange_refuse_busy (exchange);
}

static void
write_answers (EhcpServer *server, GString *text)
{
  guint n_routes;
  const EhcpRoute *routes = ehcp_routes_get (&n_routes);

  g_string_append (text, "# TYPE ehcp_answers_total counter\n");
  for (guint i = 0; i <= EHCP_MAX_ROUTES; i++)
    for (guint j = 0; j < EHCP_N_STATUS_CLASSES; j++)
      {
        guint n = __atomic_load_n (&server->n_answers[i][j], __ATOMIC_RELAXED);

        if (n > 0)
          g_string_append_printf (text, "ehcp_answers_total{route=\"%s %s\",status=\"%uxx\"} %u\n",
                                  i < n_routes ? routes[i].method : "",
                                  i < n_routes ? routes[i].pattern : "none", j, n);
      }
}

static void
write_gauge (GString *text, const char *name, gint64 value)
{
  g_string_append_printf (text, "# TYPE %s gauge\n%s %" G_GINT64_FORMAT "\n", name, name, value);
}

/** ehcp_route_metrics: GET /metrics, in the text format of Prometheus. */
void
ehcp_route_metrics (EhcpExchange *exchange)
{
  EhcpServer *server = exchange->server;
  GString *text = g_string_new (NULL);
  const union MHD_DaemonInfo *info =
      MHD_get_daemon_info (server->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
  gsize length;

  write_answers (server, text);
  write_gauge (text, "ehcp_connections", info != NULL ? info->num_connections : 0);
  write_gauge (text, "ehcp_held_requests", ehcp_holds_count (server->holds));
  write_gauge (text, "ehcp_waiting_for_accounts",
               g_thread_pool_unprocessed (server->pools[EHCP_PLACE_ACCOUNTS]));
  write_gauge (text, "ehcp_waiting_for_files",
               g_thread_pool_unprocessed (server->pools[EHCP_PLACE_FILES]));
  length = text->len;
  ehcp_exchange_answer (exchange, 200, "text/plain; version=0.0.4; charset=utf-8",
                        g_string_free (text, FALSE), length);
}
