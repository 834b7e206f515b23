/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an authenticator app: RFC 6238 with SHA-1, six digits, steps of 30 seconds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_TOTP_SECRET_LENGTH 20 /* bytes: what RFC 4226 recommends for SHA-1 */
#define EHCP_TOTP_STEP_S 30
#define EHCP_TOTP_NONE G_GINT64_CONSTANT (-1)

void ehcp_totp_make_code (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], gint64 step, char code[7]);
gint64 ehcp_totp_find_step (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], const char *code, gint64 now,
                            gint64 last_step);
char *ehcp_totp_format_secret (const guint8 secret[EHCP_TOTP_SECRET_LENGTH]);
char *ehcp_totp_group_secret (const char *secret);
gboolean ehcp_totp_parse_secret (const char *text, guint8 secret[EHCP_TOTP_SECRET_LENGTH]);
char *ehcp_totp_make_uri (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], const char *issuer, const char *account);

G_END_DECLS
