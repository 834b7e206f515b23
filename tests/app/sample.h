/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented Marlow family on Tuesday 24 November 2026, as records in a book: for pictures and tests of
 * the screens. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

#define SAMPLE_NOW "2026-11-24T14:05:00Z"
#define SAMPLE_ISLA "c1000000-0000-4000-8000-000000000001"
#define SAMPLE_THEO "c1000000-0000-4000-8000-000000000002"
#define SAMPLE_HELEN "b1000000-0000-4000-8000-000000000001"
#define SAMPLE_PRIYA "b1000000-0000-4000-8000-000000000002"
#define SAMPLE_VIEWS_FORM "d1000000-0000-4000-8000-000000000001"

typedef enum
{
  SAMPLE_WITH_ISLA = 1 << 0,    /* week 12, two new messages, a new document, a form to fill in */
  SAMPLE_WITH_THEO = 1 << 1,    /* week 24: late and excused */
  SAMPLE_WITH_WAITING = 1 << 2, /* an invitation that was accepted and is not active yet */
  SAMPLE_WITH_INVITED = 1 << 3, /* an open invitation */
  SAMPLE_WITH_STAFF = 1 << 4,   /* a manager is signed in, with 21 cases more; people and a note in Isla's */
} SampleParts;

EhcpClock *sample_clock_new (void);
/* Council-wide records and the account always; the rest as @parts say. */
void sample_fill (EhcpBook *book, SampleParts parts);

G_END_DECLS
