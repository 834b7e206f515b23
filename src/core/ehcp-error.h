/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol's refusals as GErrors: one code for each, with the field at fault. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EhcpError:
 *
 * The codes of a refusal on the wire (see src/PROTOCOL.md), and three that never travel:
 * %EHCP_ERROR_OFFLINE (no answer from the server), %EHCP_ERROR_KEYRING (no Secret Service, locked,
 * or the prompt was dismissed) and %EHCP_ERROR_FAILED (anything else, such as an unreadable answer).
 */
typedef enum
{
  EHCP_ERROR_FAILED,
  EHCP_ERROR_MALFORMED,
  EHCP_ERROR_UNKNOWN_FIELD,
  EHCP_ERROR_MISSING,
  EHCP_ERROR_RANGE,
  EHCP_ERROR_NOT_SIGNED_IN,
  EHCP_ERROR_ACCOUNT_DISABLED,
  EHCP_ERROR_WRONG_CREDENTIALS,
  EHCP_ERROR_WRONG_CODE,
  EHCP_ERROR_EXPIRED,
  EHCP_ERROR_TOO_MANY,
  EHCP_ERROR_NOT_ALLOWED,
  EHCP_ERROR_NOT_FOUND,
  EHCP_ERROR_STALE,
  EHCP_ERROR_CONFLICT,
  EHCP_ERROR_TOO_LARGE,
  EHCP_ERROR_UNSUPPORTED_TYPE,
  EHCP_ERROR_INFECTED,
  EHCP_ERROR_STATE_TOO_OLD,
  EHCP_ERROR_BUSY,
  EHCP_ERROR_STORAGE,
  EHCP_ERROR_OFFLINE,
  EHCP_ERROR_KEYRING,
} EhcpError;

#define EHCP_ERROR (ehcp_error_quark ())
GQuark ehcp_error_quark (void);

void ehcp_set_error (GError **error, EhcpError code, const char *field, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
const char *ehcp_error_get_field (const GError *error);
int ehcp_error_get_retry_after (const GError *error);
void ehcp_error_set_retry_after (GError *error, int seconds);
const char *ehcp_error_code_to_string (int code);
int ehcp_error_code_from_string (const char *text);
int ehcp_error_code_get_status (int code);

G_END_DECLS
