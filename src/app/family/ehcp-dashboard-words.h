/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences and counts of the portal page and the dashboard. Pure functions. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"
#include "ehcp-stages.h"

G_BEGIN_DECLS

#define EHCP_DASHBOARD_ACTIVITY_DAYS 7

char *ehcp_dashboard_words_greeting (gint64 now_s, const char *forename);
char *ehcp_dashboard_words_child (EhcpRecord *case_record);
char *ehcp_dashboard_words_actions (guint n_actions, EhcpDay due, EhcpDay today);
char *ehcp_dashboard_words_stage_markup (const char *title, const char *summary);
char *ehcp_dashboard_words_late (EhcpBook *book, EhcpRecord *case_record, const EhcpStage *stage,
                                 EhcpDay today);
char *ehcp_dashboard_words_over (EhcpBook *book, EhcpRecord *case_record, const EhcpTimeline *timeline,
                                 EhcpDay today);
guint ehcp_dashboard_count_documents (EhcpBook *book, const char *case_id);
guint ehcp_dashboard_count_actions (EhcpBook *book, const char *case_id, EhcpDay *first_due);
guint ehcp_dashboard_count_refused (EhcpBook *book, const char *case_id, EhcpKind kind);

G_END_DECLS
