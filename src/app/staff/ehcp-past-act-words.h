/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a case's history in words, and the whole of it as a table. Pure functions but for names, which are looked
 * up in the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-past-act.h"

G_BEGIN_DECLS

/* Kinds of act, for the filter, in its order. */
typedef enum
{
  EHCP_PAST_EVERYTHING,
  EHCP_PAST_CASE,
  EHCP_PAST_PEOPLE,
  EHCP_PAST_DATES,
  EHCP_PAST_MESSAGES,
  EHCP_PAST_DOCUMENTS,
  EHCP_PAST_FORMS,
  EHCP_PAST_READINGS,
  EHCP_N_PAST_GROUPS
} EhcpPastGroup;

const char *ehcp_past_group_words (EhcpPastGroup group);
EhcpPastGroup ehcp_past_act_get_group (EhcpPastAct *act);
char *ehcp_past_act_words (EhcpPastAct *act);
char *ehcp_past_act_words_detail (EhcpPastAct *act, EhcpBook *book);
char *ehcp_past_act_words_who (EhcpPastAct *act);
char *ehcp_past_acts_to_csv (GListModel *acts, EhcpBook *book);

G_END_DECLS
