/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts, as the command line makes them. */
#pragma once

#include "ehcp-council.h"

void sim_add_account (EhcpCouncil *council, EhcpActorId *actor, const char *email, const char *forename,
                      const char *surname, const char *role);
