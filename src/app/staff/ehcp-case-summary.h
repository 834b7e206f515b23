/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a caseload says of one case: computed from its records, without a window. Pure functions. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

#define EHCP_SOON_DAYS 7 /* "Due soon", and the filter of what is due */

typedef enum
{
  EHCP_CASE_LATE,
  EHCP_CASE_SOON,
  EHCP_CASE_ON_TIME,
  EHCP_CASE_EXCUSED, /* an exemption holds for what comes next */
  EHCP_CASE_NO_DATE, /* nothing is open */
} EhcpCaseStatus;

typedef enum
{
  EHCP_WAITING_COUNCIL,
  EHCP_WAITING_FAMILY,
  EHCP_WAITING_SCHOOL,
  EHCP_WAITING_ADVISER,
  EHCP_WAITING_NOBODY,
} EhcpWaiting;

typedef struct
{
  guint64 number;        /* another for each summary that was made */
  EhcpDay today;         /* the day that it was made for */
  char *id;
  char *child;
  char *reference;
  char *school;
  char *caseworker;      /* the account's id, or NULL */
  char *caseworker_name; /* NULL when there is no caseworker */
  char *caseworker_key;  /* sorts by that name; or NULL */
  char *name_key;        /* sorts by surname, then forename */
  char *search;          /* folded: child, reference, school */
  char *rule;            /* of the next statutory date, or NULL */
  char *part;
  EhcpDay due;           /* or none */
  int days_left;         /* below 0: so many days late */
  int stage;             /* 0 to EHCP_N_CASE_STAGES - 1 */
  int week;              /* of the 20; 0: not in an assessment */
  EhcpCaseStatus status;
  EhcpWaiting waiting;
  guint n_unread;        /* messages from outside that nobody here has opened */
  guint n_review;        /* forms that came in and wait for an answer */
} EhcpCaseSummary;

#define EHCP_N_CASE_STAGES 8

EhcpCaseSummary *ehcp_case_summary_new (EhcpBook *book, EhcpRecord *case_record, EhcpDay today);
gboolean ehcp_case_summary_equal (const EhcpCaseSummary *a, const EhcpCaseSummary *b);
void ehcp_case_summary_free (EhcpCaseSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpCaseSummary, ehcp_case_summary_free)

G_END_DECLS
