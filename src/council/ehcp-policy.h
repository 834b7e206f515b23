/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may see what, and who may send which command: flat tables. */
#pragma once

#include "ehcp-access.h"
#include "ehcp-council.h"

G_BEGIN_DECLS

gboolean ehcp_policy_may_send (EhcpRole role, EhcpCommand command);
gboolean ehcp_policy_is_staff (EhcpRole role);
EhcpRole ehcp_policy_parse_role (const char *name);

/* Records as one person sees them: what is not for them is not there (EHCP_ERROR_NOT_FOUND, the same for
 * both). Any connection: routes use it for /v1/documents/ID/content. */
EhcpRecord *ehcp_policy_find (EhcpDb *db, const EhcpActorId *actor, EhcpKind kind, const char *id,
                              GError **error);
gboolean ehcp_policy_may_see (EhcpDb *db, const EhcpActorId *actor, const char *id, GError **error);

G_END_DECLS
