/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals as GErrors. Words for people are not made here: the message is for a log or a developer. */
#include "ehcp-error.h"

typedef struct
{
  char *field;
  int retry_after_s;
} EhcpErrorPrivate;

static const struct
{
  const char *name;
  int status;
} codes[] = {
  [EHCP_ERROR_FAILED] = { "failed", 500 },
  [EHCP_ERROR_MALFORMED] = { "malformed", 400 },
  [EHCP_ERROR_UNKNOWN_FIELD] = { "unknown-field", 400 },
  [EHCP_ERROR_MISSING] = { "missing", 422 },
  [EHCP_ERROR_RANGE] = { "range", 422 },
  [EHCP_ERROR_NOT_SIGNED_IN] = { "not-signed-in", 401 },
  [EHCP_ERROR_ACCOUNT_DISABLED] = { "account-disabled", 401 },
  [EHCP_ERROR_WRONG_CREDENTIALS] = { "wrong-credentials", 401 },
  [EHCP_ERROR_WRONG_CODE] = { "wrong-code", 422 },
  [EHCP_ERROR_EXPIRED] = { "expired", 410 },
  [EHCP_ERROR_TOO_MANY] = { "too-many", 429 },
  [EHCP_ERROR_NOT_ALLOWED] = { "not-allowed", 403 },
  [EHCP_ERROR_NOT_FOUND] = { "not-found", 404 },
  [EHCP_ERROR_STALE] = { "stale", 409 },
  [EHCP_ERROR_CONFLICT] = { "conflict", 409 },
  [EHCP_ERROR_TOO_LARGE] = { "too-large", 413 },
  [EHCP_ERROR_UNSUPPORTED_TYPE] = { "unsupported-type", 415 },
  [EHCP_ERROR_INFECTED] = { "infected", 422 },
  [EHCP_ERROR_STATE_TOO_OLD] = { "state-too-old", 410 },
  [EHCP_ERROR_BUSY] = { "busy", 503 },
  [EHCP_ERROR_STORAGE] = { "storage", 507 },
  [EHCP_ERROR_OFFLINE] = { "offline", 503 },
  [EHCP_ERROR_KEYRING] = { "keyring", 500 },
};

static void
ehcp_error_private_init (EhcpErrorPrivate *priv)
{
  priv->field = NULL;
  priv->retry_after_s = 0;
}

static void
ehcp_error_private_copy (const EhcpErrorPrivate *from, EhcpErrorPrivate *to)
{
  to->field = g_strdup (from->field);
  to->retry_after_s = from->retry_after_s;
}

static void
ehcp_error_private_clear (EhcpErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
}

G_DEFINE_EXTENDED_ERROR (EhcpError, ehcp_error)

/**
 * ehcp_set_error:
 * @error: (out) (optional): where to put it
 * @code: the refusal
 * @field: (nullable): JSON Pointer of the member at fault, such as "/email"
 * @format: what happened, without personal data
 *
 * Makes a refusal. Any thread.
 */
void
ehcp_set_error (GError **error, EhcpError code, const char *field, const char *format, ...)
{
  va_list args;

  if (error == NULL)
    return;
  g_return_if_fail (*error == NULL);

  va_start (args, format);
  *error = g_error_new_valist (EHCP_ERROR, code, format, args);
  va_end (args);
  ehcp_error_get_private (*error)->field = g_strdup (field);
}

/**
 * ehcp_error_get_field:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): the JSON Pointer of the member at fault; %NULL when no one
 *   member is at fault, or for an error of another domain.
 */
const char *
ehcp_error_get_field (const GError *error)
{
  if (error == NULL || error->domain != EHCP_ERROR)
    return NULL;
  return ehcp_error_get_private (error)->field;
}

/**
 * ehcp_error_get_retry_after:
 * @error: any error
 *
 * Returns: seconds to wait before the same call may succeed; 0 when the server did not say.
 */
int
ehcp_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != EHCP_ERROR)
    return 0;
  return ehcp_error_get_private (error)->retry_after_s;
}

/**
 * ehcp_error_set_retry_after:
 * @error: an error of %EHCP_ERROR
 * @seconds: 0 or more
 *
 * Notes how long the other side has to wait.
 */
void
ehcp_error_set_retry_after (GError *error, int seconds)
{
  g_return_if_fail (error != NULL && error->domain == EHCP_ERROR);

  ehcp_error_get_private (error)->retry_after_s = MAX (seconds, 0);
}

/**
 * ehcp_error_code_to_string:
 * @code: an #EhcpError
 *
 * Returns: (transfer none): its name on the wire, such as "not-found"; "failed" for an unknown number.
 */
const char *
ehcp_error_code_to_string (int code)
{
  if (code < 0 || code >= (int) G_N_ELEMENTS (codes))
    return codes[EHCP_ERROR_FAILED].name;
  return codes[code].name;
}

/**
 * ehcp_error_code_from_string:
 * @text: (nullable): a name from the wire
 *
 * Returns: the #EhcpError, or %EHCP_ERROR_FAILED for a name that this version does not know.
 */
int
ehcp_error_code_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (text, codes[i].name) == 0)
      return i;
  return EHCP_ERROR_FAILED;
}

/**
 * ehcp_error_code_get_status:
 * @code: an #EhcpError
 *
 * Returns: the HTTP status that goes with it, 400 to 507.
 */
int
ehcp_error_code_get_status (int code)
{
  if (code < 0 || code >= (int) G_N_ELEMENTS (codes))
    return codes[EHCP_ERROR_FAILED].status;
  return codes[code].status;
}
