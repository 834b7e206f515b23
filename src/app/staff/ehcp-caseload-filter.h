/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cases of the caseload are wanted. Pure functions. */
#pragma once

#include "ehcp-case-summary.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_CHIP_ALL,
  EHCP_CHIP_LATE,
  EHCP_CHIP_DUE,    /* within a week */
  EHCP_CHIP_UNREAD,
  EHCP_CHIP_REVIEW,
  EHCP_N_CHIPS
} EhcpChip;

typedef enum
{
  EHCP_SCOPE_ALL,
  EHCP_SCOPE_OWN,    /* those of one caseworker, and with `with_unallocated` those of nobody */
  EHCP_SCOPE_NOBODY,
} EhcpScope;

typedef struct
{
  EhcpChip chip;
  EhcpScope scope;
  const char *caseworker;  /* of EHCP_SCOPE_OWN: the account's id */
  gboolean with_unallocated;
  int stage;               /* -1: every stage */
  const char *words;       /* folded; "" for none */
} EhcpCaseloadFilter;

gboolean ehcp_caseload_filter_has_chip (EhcpChip chip, const EhcpCaseSummary *summary);
gboolean ehcp_caseload_filter_matches (const EhcpCaseloadFilter *filter, const EhcpCaseSummary *summary);
void ehcp_caseload_filter_count (const EhcpCaseloadFilter *filter, GListModel *rows,
                                 guint counts[EHCP_N_CHIPS]);

G_END_DECLS
