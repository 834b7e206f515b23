/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dates of a case that matter now, and those that are over: from its deadlines and forms. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_DATE_PLAIN,
  EHCP_DATE_SOON,
  EHCP_DATE_LATE,
  EHCP_DATE_MET,
  EHCP_DATE_EXCUSED,
} EhcpDateTone;

typedef struct
{
  char *id;          /* of the record; of several, the smallest */
  gint64 seq;        /* of the record; of several, the newest */
  char *title;       /* "Final plan" */
  char *day;         /* "Mon 25 January 2027", "Was due Mon 2 November 2026" */
  char *turn;        /* "your turn"; NULL once it is done */
  char *status;      /* "3 days left", "22 days late", "Met Fri 6 Nov", "Excused" */
  char *why;
  char *right;       /* what the family can do, or NULL */
  char *missed;      /* what happens if nothing is done, or NULL */
  char *source;      /* or NULL */
  char *spoken;      /* title, day and status as one */
  char *plain_title; /* without names */
  char *plain_text;  /* right, or what happens when it is missed, and source, without names; or NULL */
  EhcpDay due;
  gboolean is_open;  /* not done */
  EhcpDateTone tone;
} EhcpKeyDate;

void ehcp_key_date_free (EhcpKeyDate *date);
GPtrArray *ehcp_key_dates_list (EhcpBook *book, const char *case_id, EhcpDay today);
const EhcpKeyDate *ehcp_key_dates_next (GPtrArray *dates);

G_END_DECLS
