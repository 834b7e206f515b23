/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of the case page's lists say. Pure functions over the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-case-lists.h"
#include "ehcp-day.h"
#include "ehcp-tag.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *title;
  char *subtitle;
  char *tag;         /* or NULL */
  EhcpTagTone tone;
  gboolean is_over;  /* stands behind "Show all" */
  gboolean can_be_corrected;
  char *place;       /* where it leads, or NULL */
} EhcpCaseListRow;

void ehcp_case_list_row_free (EhcpCaseListRow *row);
GPtrArray *ehcp_case_list_rows (EhcpCaseListKind kind, EhcpBook *book, const char *case_id, EhcpDay today,
                                gint64 now_s);

G_END_DECLS
