/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Password Policy": a live check-list beside the two password fields. */
#pragma once

#include <adwaita.h>

#include "ehcp-password-check.h"
#include "ehcp-service.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PASSWORD_POLICY (ehcp_password_policy_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPasswordPolicy, ehcp_password_policy, EHCP, PASSWORD_POLICY, AdwBin)

void ehcp_password_policy_watch (EhcpPasswordPolicy *policy, GtkEditable *password, GtkEditable *again);
void ehcp_password_policy_set_service (EhcpPasswordPolicy *policy, EhcpService *service);
/* Copied; what the password must not hold. */
void ehcp_password_policy_set_personal (EhcpPasswordPolicy *policy, const char *const *personal);
/* What to say at the first field, at the second one (transfer full); NULL: nothing. */
char *ehcp_password_policy_check_password (EhcpPasswordPolicy *policy);
char *ehcp_password_policy_check_again (EhcpPasswordPolicy *policy);

G_END_DECLS
