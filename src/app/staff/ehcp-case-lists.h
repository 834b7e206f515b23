/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists on the case page: what happened, the dates by law, and notes. Each is a section with a heading, whose rows
 * stay, with the focus, while they say the same. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_CASE_LIST_ENTRIES,   /* events, the newest first; emits "correct" with an event's id */
  EHCP_CASE_LIST_DEADLINES, /* the open ones first */
  EHCP_CASE_LIST_NOTES,     /* staff only */
  EHCP_CASE_LIST_FORMS,
} EhcpCaseListKind;

#define EHCP_TYPE_CASE_LIST (ehcp_case_list_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseList, ehcp_case_list, EHCP, CASE_LIST, AdwBin)

GtkWidget *ehcp_case_list_new (EhcpCaseListKind kind, const char *heading, const char *empty);
void ehcp_case_list_show_case (EhcpCaseList *list, EhcpView *view, const char *case_id);

G_END_DECLS
