/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places that were gone through, each with its living screen, in a GtkStack. */
#pragma once

#include "ehcp-places.h"

G_BEGIN_DECLS

/* Property "current" (EhcpView or NULL, notifies). */
#define EHCP_TYPE_HISTORY (ehcp_history_get_type ())
G_DECLARE_FINAL_TYPE (EhcpHistory, ehcp_history, EHCP, HISTORY, GObject)

EhcpHistory *ehcp_history_new (GtkStack *stack);
EhcpView *ehcp_history_get_current (EhcpHistory *history);
const char *ehcp_history_get_target (EhcpHistory *history);
EhcpView *ehcp_history_get_previous (EhcpHistory *history);
gboolean ehcp_history_is_previous_open (EhcpHistory *history);
gboolean ehcp_history_has_closed_place (EhcpHistory *history);
gboolean ehcp_history_go (EhcpHistory *history, const char *target, EhcpLink *link);
gboolean ehcp_history_replace (EhcpHistory *history, const char *target, EhcpLink *link);
gboolean ehcp_history_back (EhcpHistory *history);
void ehcp_history_leave_open_places (EhcpHistory *history);
void ehcp_history_leave_all (EhcpHistory *history);
void ehcp_history_clear (EhcpHistory *history);

G_END_DECLS
