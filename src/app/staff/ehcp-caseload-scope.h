/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose cases the caseload shows: "My caseload", "All cases", "Not allocated", then each caseworker. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-caseload-filter.h"

G_BEGIN_DECLS

/* A plain struct in the view; the drop-down is the view's. */
typedef struct
{
  GtkDropDown *choice;
  GPtrArray *caseworkers; /* ids behind the names */
  char *names;            /* of all caseworkers as one text: whether the drop-down is still right */
} EhcpCaseloadScope;

void ehcp_caseload_scope_clear (EhcpCaseloadScope *scope);
/* Offers the caseworkers of @rows (of EhcpCaseRow), and keeps what was chosen; at first a manager sees all cases and a
 * caseworker their own. @account: (nullable): who is signed in. */
void ehcp_caseload_scope_fill (EhcpCaseloadScope *scope, GListModel *rows, EhcpRecord *account);
void ehcp_caseload_scope_choose_all (EhcpCaseloadScope *scope);
/* Writes the choice into @filter, whose `caseworker` stays the scope's or the account's. */
void ehcp_caseload_scope_read (EhcpCaseloadScope *scope, EhcpRecord *account, EhcpCaseloadFilter *filter);

G_END_DECLS
