/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses: a council's, and the links of e-mails that open the program. A link comes from outside, so
 * it is read strictly: what is not exactly of the form is no link. */
#include "ehcp-uri.h"

#include <gio/gio.h>
#include <string.h>

#include "ehcp-text.h"

#define MAX_URI_LENGTH 2000
#define MAX_STAFF_CODE_LENGTH 80
#define STAFF_CODE_ALPHABET \
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Letters, digits, dots and hyphens with a dot somewhere, or a literal address, or "localhost". */
static gboolean
is_host (const char *host)
{
  if (g_hostname_is_ip_address (host) || is_loopback (host))
    return TRUE;
  return strchr (host, '.') != NULL && host[0] != '.' && strstr (host, "..") == NULL &&
         strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
             strlen (host);
}

static char *
join_address (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  const char *path = g_uri_get_path (uri);
  g_autofree char *joined = NULL;
  size_t length;

  joined = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), path,
                       NULL, NULL);
  for (length = strlen (joined); length > 0 && joined[length - 1] == '/'; length--)
    joined[length - 1] = '\0';
  return g_steal_pointer (&joined);
}

/* A council's address as the link takes it, without a slash at the end: "https://host[/path]", and
 * "http://" only for this computer itself. "https://" is put before a bare "host". NULL (otherwise
 * transfer full) when it cannot be one. */
char *
ehcp_uri_normalise_council (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  if (text[0] == '\0' || strlen (text) > MAX_URI_LENGTH)
    return NULL;
  if (strstr (text, "://") == NULL)
    {
      g_autofree char *bare = g_steal_pointer (&text);

      text = g_strconcat ("https://", bare, NULL);
    }
  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED_PATH, NULL);
  if (uri == NULL)
    return NULL;
  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (host == NULL || !is_host (host) || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  if (strcmp (scheme, "https") != 0 && !(strcmp (scheme, "http") == 0 && is_loopback (host)))
    return NULL;
  return join_address (uri);
}

static char *
read_code (EhcpUriKind kind, const char *code)
{
  size_t length = strlen (code);

  if (kind == EHCP_URI_ACCEPT)
    return ehcp_text_normalise_unique_code (code);
  if (length == 0 || length > MAX_STAFF_CODE_LENGTH || strspn (code, STAFF_CODE_ALPHABET) != length)
    return NULL;
  return g_strdup (code);
}

/* "council" and "code", each once, and nothing else. */
static gboolean
read_members (const char *query, EhcpUri *uri)
{
  GUriParamsIter iter;
  char *name, *value;
  gboolean is_right = TRUE;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (is_right && g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      if (strcmp (name, "council") == 0 && uri->council == NULL)
        uri->council = ehcp_uri_normalise_council (value);
      else if (strcmp (name, "code") == 0 && uri->code == NULL)
        uri->code = read_code (uri->kind, value);
      else
        is_right = FALSE;
      g_free (name);
      g_free (value);
    }
  return is_right && uri->council != NULL && uri->code != NULL;
}

/* "ehcp-portal:accept?council=…&code=…" or "ehcp-portal:staff?…"; NULL (otherwise transfer full) for
 * anything else. The code comes back without spaces and hyphens. */
EhcpUri *
ehcp_uri_parse (const char *text)
{
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (EhcpUri) uri = g_new0 (EhcpUri, 1);
  const char *query;

  if (strlen (text) > MAX_URI_LENGTH || !g_utf8_validate (text, -1, NULL))
    return NULL;
  parsed = g_uri_parse (text, G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (parsed == NULL || strcmp (g_uri_get_scheme (parsed), "ehcp-portal") != 0 ||
      g_uri_get_host (parsed) != NULL || g_uri_get_fragment (parsed) != NULL)
    return NULL;
  if (strcmp (g_uri_get_path (parsed), "accept") == 0)
    uri->kind = EHCP_URI_ACCEPT;
  else if (strcmp (g_uri_get_path (parsed), "staff") == 0)
    uri->kind = EHCP_URI_STAFF;
  else
    return NULL;
  query = g_uri_get_query (parsed);
  return query != NULL && read_members (query, uri) ? g_steal_pointer (&uri) : NULL;
}

void
ehcp_uri_free (EhcpUri *uri)
{
  g_free (uri->council);
  g_free (uri->code);
  g_free (uri);
}
