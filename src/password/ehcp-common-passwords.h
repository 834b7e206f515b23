/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords that many people use: one verdict for the council, which decides, and for the program,
 * which shows it while a password is typed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EhcpCommonPasswords EhcpCommonPasswords;

EhcpCommonPasswords *ehcp_common_passwords_new (void);
void ehcp_common_passwords_free (EhcpCommonPasswords *common);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpCommonPasswords, ehcp_common_passwords_free)

gboolean ehcp_common_passwords_has (EhcpCommonPasswords *common, const char *password,
                                    const char *const *local, char **reason);
gboolean ehcp_common_passwords_is_personal (const char *password, const char *const *personal);

G_END_DECLS
