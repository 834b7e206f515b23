/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting times after failures, for one key each: doubling, and never for ever. */
#pragma once

#include "ehcp-clock.h"

G_BEGIN_DECLS

typedef struct _EhcpThrottle EhcpThrottle;

EhcpThrottle *ehcp_throttle_new (EhcpClock *clock);
void ehcp_throttle_free (EhcpThrottle *throttle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpThrottle, ehcp_throttle_free)

gboolean ehcp_throttle_try (EhcpThrottle *throttle, const char *what, const char *key, guint n_free,
                            GError **error);
void ehcp_throttle_forgive (EhcpThrottle *throttle, const char *what, const char *key, gboolean all);

G_END_DECLS
