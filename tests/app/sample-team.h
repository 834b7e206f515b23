/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole council's caseload as a manager sees it, for pictures and tests of the staff's screens. */
#pragma once

#include "ehcp-book.h"

G_BEGIN_DECLS

#define SAMPLE_TODAY "2026-11-24"
#define SAMPLE_TEAM_MANAGER "b5000000-0000-4000-8000-000000000099"
#define SAMPLE_TEAM_CASE "c5000000-0000-4000-8000-000000000050" /* a case in week 14 with messages */

void sample_fill_team (EhcpBook *book);

G_END_DECLS
