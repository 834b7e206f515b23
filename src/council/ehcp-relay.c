/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands mails over by libcurl's SMTP, or into a folder. When to try, and what to do with an answer, is the
 * mailer's business. */
#include "ehcp-relay.h"

#include "ehcp-error.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_TIMEOUT_S 15L
#define SEND_TIMEOUT_S 60L

struct _EhcpRelay
{
  const EhcpConfig *config;
  GCancellable *cancellable;
  CURL *curl; /* keeps the connection from mail to mail; NULL for a folder */
};

typedef struct
{
  const char *next;
  gsize left;
} Source;

/** ehcp_mail_free: Gives a mail back. */
void
ehcp_mail_free (EhcpMail *mail)
{
  g_clear_pointer (&mail->kind, g_free);
  g_clear_pointer (&mail->recipient, g_free);
  g_clear_pointer (&mail->message, g_free);
  g_free (mail);
}

/**
 * ehcp_relay_open:
 * @config: where mails go; outlives the relay
 * @cancellable: ends a sending that is under way
 * @error: return location
 *
 * Makes the folder, when that is where mails go; connects at the first mail otherwise.
 *
 * Returns: (transfer full) (nullable): a relay for one thread, or %NULL when the folder cannot be made
 */
EhcpRelay *
ehcp_relay_open (const EhcpConfig *config, GCancellable *cancellable, GError **error)
{
  EhcpRelay *relay;

  if (config->mail_transport == EHCP_MAIL_FOLDER && g_mkdir_with_parents (config->mail_folder, 0700) != 0)
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "making the folder for mails, %s: %s",
                      config->mail_folder, g_strerror (errno));
      return NULL;
    }
  relay = g_new0 (EhcpRelay, 1);
  relay->config = config;
  relay->cancellable = g_object_ref (cancellable);
  if (config->mail_transport == EHCP_MAIL_SMTP)
    relay->curl = curl_easy_init ();
  return relay;
}

/** ehcp_relay_close: Says goodbye to the relay and gives everything back. */
void
ehcp_relay_close (EhcpRelay *relay)
{
  g_clear_pointer (&relay->curl, curl_easy_cleanup);
  g_clear_object (&relay->cancellable);
  g_free (relay);
}

/* Names sort by time. The same mail has the same name, so that one which is written again after a crash is
 * not there twice. The file appears under its name when it is whole. */
static EhcpRelayAnswer
put_into_folder (EhcpRelay *relay, const EhcpMail *mail, GError **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (mail->queued_at);
  g_autofree char *stamp = g_date_time_format (time, "%Y%m%dT%H%M%SZ");
  g_autofree char *name =
      g_strdup_printf ("%s-%08" G_GINT64_FORMAT "-%s.eml", stamp, mail->id, mail->kind);
  g_autofree char *path = g_build_filename (relay->config->mail_folder, name, NULL);

  if (!g_file_set_contents_full (path, mail->message, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return EHCP_RELAY_UNREACHABLE;
  return EHCP_RELAY_TAKEN;
}

static size_t
read_cb (char *buffer, size_t size, size_t n, void *user)
{
  Source *source = user;
  gsize length = MIN (size * n, source->left);

  memcpy (buffer, source->next, length);
  source->next += length;
  source->left -= length;
  return length;
}

static int
progress_cb (void *user, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
  EhcpRelay *relay = user;

  return g_cancellable_is_cancelled (relay->cancellable);
}

static void
set_security (CURL *curl, const EhcpConfig *config)
{
  gboolean is_tls = config->mail_security == EHCP_SMTP_TLS;
  g_autofree char *url =
      g_strdup_printf ("%s://%s:%u", is_tls ? "smtps" : "smtp", config->mail_host, config->mail_port);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  /* CURLUSESSL_ALL: without STARTTLS nothing is sent, neither a mail nor the password (RFC 3207, 6). */
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    config->mail_security == EHCP_SMTP_NONE ? (long) CURLUSESSL_NONE
                                                            : (long) CURLUSESSL_ALL);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  /* Who names an authority trusts that one alone, and not the system's beside it. */
  if (config->mail_ca_file != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_CAINFO, config->mail_ca_file);
      curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
    }
  if (config->mail_user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, config->mail_user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, config->mail_password);
    }
}

static void
set_transfer (EhcpRelay *relay, Source *source, const char *from, struct curl_slist *to)
{
  curl_easy_setopt (relay->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (relay->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
  curl_easy_setopt (relay->curl, CURLOPT_TIMEOUT, SEND_TIMEOUT_S);
  curl_easy_setopt (relay->curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (relay->curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt (relay->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (relay->curl, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (relay->curl, CURLOPT_READDATA, source);
  curl_easy_setopt (relay->curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (relay->curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (relay->curl, CURLOPT_XFERINFODATA, relay);
}

/* Answers that are about us and not about the mail: closing (421), and the logins of RFC 4954, 6. */
static gboolean
is_about_us (CURLcode code, long status)
{
  return status < 400 || status == 421 || (status >= 530 && status <= 539) ||
         code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED || code == CURLE_OPERATION_TIMEDOUT;
}

/* An answer to MAIL, RCPT or DATA is about this one mail (RFC 5321, 4.2.1: 4xx for now, 5xx for good). */
static EhcpRelayAnswer
judge (EhcpRelay *relay, CURLcode code, gboolean *is_final, GError **error)
{
  long status = 0;

  if (code == CURLE_OK)
    return EHCP_RELAY_TAKEN;
  curl_easy_getinfo (relay->curl, CURLINFO_RESPONSE_CODE, &status);
  ehcp_set_error (error, EHCP_ERROR_OFFLINE, NULL, "handing a mail to %s:%u: %s (%ld)",
                  relay->config->mail_host, relay->config->mail_port, curl_easy_strerror (code), status);
  if (is_about_us (code, status))
    return EHCP_RELAY_UNREACHABLE;
  *is_final = status >= 500;
  return EHCP_RELAY_REFUSED;
}

static EhcpRelayAnswer
send_by_smtp (EhcpRelay *relay, const EhcpMail *mail, gboolean *is_final, GError **error)
{
  g_autofree char *from = g_strdup_printf ("<%s>", relay->config->mail_from);
  g_autofree char *recipient = g_strdup_printf ("<%s>", mail->recipient);
  struct curl_slist *to = curl_slist_append (NULL, recipient);
  Source source = { mail->message, strlen (mail->message) };
  CURLcode code;

  curl_easy_reset (relay->curl);
  set_security (relay->curl, relay->config);
  set_transfer (relay, &source, from, to);
  code = curl_easy_perform (relay->curl);
  curl_slist_free_all (to);
  return judge (relay, code, is_final, error);
}

/**
 * ehcp_relay_send:
 * @relay: a relay
 * @mail: what goes out
 * @is_final: (out): whether a refusal is one for good
 * @error: what went wrong, without the mail's text and address; for the log and the outbox
 *
 * Blocks, for a minute at most. One thread.
 *
 * Returns: whether it was taken; @error is set when not
 */
EhcpRelayAnswer
ehcp_relay_send (EhcpRelay *relay, const EhcpMail *mail, gboolean *is_final, GError **error)
{
  *is_final = FALSE;
  if (relay->curl == NULL)
    return put_into_folder (relay, mail, error);
  return send_by_smtp (relay, mail, is_final, error);
}
