/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of the caseload say, and how they are sorted. Pure functions. */
#pragma once

#include "ehcp-case-summary.h"

G_BEGIN_DECLS

const char *ehcp_caseload_words_stage (int stage);
const char *ehcp_caseload_words_status (EhcpCaseStatus status);
const char *ehcp_caseload_words_waiting (EhcpWaiting waiting);
const char *ehcp_caseload_words_rule (const char *rule, const char *part);
char *ehcp_caseload_words_next (const EhcpCaseSummary *summary);
char *ehcp_caseload_words_days (const EhcpCaseSummary *summary);
char *ehcp_caseload_words_spoken (const EhcpCaseSummary *summary);

int ehcp_caseload_compare_status (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_child (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_reference (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_stage (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_due (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_waiting (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_week (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_unread (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_review (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
int ehcp_caseload_compare_caseworker (const EhcpCaseSummary *a, const EhcpCaseSummary *b);

G_END_DECLS
