/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: what is accepted, and Argon2id. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_PASSWORD_MIN 12
#define EHCP_PASSWORD_MAX 128

typedef struct _EhcpPasswords EhcpPasswords;

EhcpPasswords *ehcp_passwords_new (guint64 memory_bytes, guint n_passes, GError **error);
void ehcp_passwords_free (EhcpPasswords *passwords);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpPasswords, ehcp_passwords_free)

gboolean ehcp_passwords_check_policy (const char *password, const char *const *local, const char *field,
                                      GError **error);
gboolean ehcp_passwords_check_personal (const char *password, const char *const *personal,
                                        const char *field, GError **error);
char *ehcp_passwords_hash (EhcpPasswords *passwords, const char *password, GError **error);
gboolean ehcp_passwords_verify (EhcpPasswords *passwords, const char *hash, const char *password);
gboolean ehcp_passwords_is_outdated (EhcpPasswords *passwords, const char *hash);

G_END_DECLS
