/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session as one text, the way in which the keyring keeps it. */
#include "ehcp-session.h"

#include "ehcp-json.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_TEXT 4096

/** ehcp_session_new: Returns: (transfer full): a session; the arguments are copied. */
EhcpSession *
ehcp_session_new (const char *account, const char *token, const EhcpKey *key, gint64 signed_in_at)
{
  EhcpSession *session = g_new0 (EhcpSession, 1);

  session->account = g_strdup (account);
  session->token = g_strdup (token);
  session->key = *key;
  session->signed_in_at = signed_in_at;
  return session;
}

static gboolean
decode_key (const char *text, EhcpKey *key)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (text == NULL)
    return FALSE;
  bytes = g_base64_decode (text, &length);
  if (length != sizeof key->bytes)
    return FALSE;
  memcpy (key->bytes, bytes, length);
  explicit_bzero (bytes, length);
  return TRUE;
}

/** ehcp_session_parse: Returns: (transfer full) (nullable): the session, %NULL for any other text. */
EhcpSession *
ehcp_session_parse (const char *text)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, strlen (text), MAX_TEXT, NULL);
  const char *account = object != NULL ? ehcp_json_get_text (object, "account") : NULL;
  const char *token = object != NULL ? ehcp_json_get_text (object, "token") : NULL;
  EhcpSession *session;
  EhcpKey key;

  if (account == NULL || token == NULL || !ehcp_text_is_id (account) ||
      !decode_key (ehcp_json_get_text (object, "key"), &key))
    return NULL;
  session = ehcp_session_new (account, token, &key, ehcp_json_get_int (object, "signed_in_at"));
  session->lock = g_strdup (ehcp_json_get_text (object, "lock"));
  return session;
}

/** ehcp_session_format: Returns: (transfer full): what ehcp_session_parse() reads; secret. */
char *
ehcp_session_format (const EhcpSession *session)
{
  g_autofree char *key = g_base64_encode (session->key.bytes, sizeof session->key.bytes);
  GString *text = g_string_sized_new (512);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "account", session->account);
  ehcp_json_text (&json, "token", session->token);
  ehcp_json_text (&json, "key", key);
  if (session->lock != NULL)
    ehcp_json_text (&json, "lock", session->lock);
  ehcp_json_int (&json, "signed_in_at", session->signed_in_at);
  ehcp_json_end (&json, '}');
  explicit_bzero (key, strlen (key));
  return g_string_free (text, FALSE);
}

/** ehcp_session_free: Wipes it and gives it back. */
void
ehcp_session_free (EhcpSession *session)
{
  explicit_bzero (session->token, strlen (session->token));
  explicit_bzero (&session->key, sizeof session->key);
  g_clear_pointer (&session->token, g_free);
  g_clear_pointer (&session->account, g_free);
  g_clear_pointer (&session->lock, g_free);
  g_free (session);
}
