/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of the team view: pure functions over the records of all cases. */
#pragma once

#include <gio/gio.h>

#include "ehcp-day.h"
#include "ehcp-record.h"

G_BEGIN_DECLS

#define EHCP_TEAM_N_MONTHS 6
#define EHCP_TEAM_N_WEEKS 9
#define EHCP_TEAM_WEEKS_BEFORE 4 /* of them, before this week */
#define EHCP_TEAM_SOON_DAYS 7

/* The plans that were issued in one month. */
typedef struct
{
  EhcpDay first;            /* its first day */
  guint n_plans;            /* first final plans */
  guint n_in_time;          /* of them, within 20 weeks */
  guint n_exempt;           /* of them, with an exemption */
  guint n_exempt_in_time;   /* of those, within 20 weeks all the same */
} EhcpTeamMonth;

/* The council's dates that fall into one week. */
typedef struct
{
  EhcpDay monday;
  guint n_due;              /* not done, and the day is today or to come */
  guint n_late;             /* not done, and the day is over */
  guint n_excused;          /* of the late ones, with an exemption */
  guint n_done;
} EhcpTeamWeek;

typedef struct
{
  char *id;                 /* of the account; NULL: not allocated */
  char *name;               /* NULL: not allocated */
  guint n_open;             /* open cases */
  guint n_soon;             /* dates within EHCP_TEAM_SOON_DAYS */
  guint n_late;             /* dates that are over, without those excused */
} EhcpTeamLoad;

/* A date to act on. */
typedef struct
{
  EhcpRecord *deadline;
  EhcpRecord *child;        /* its case */
  int days_left;            /* below 0: late */
  gboolean is_excused;
} EhcpTeamTask;

typedef struct
{
  guint n_open, n_unallocated, n_caseworkers;
  guint n_soon;             /* due today or in the EHCP_TEAM_SOON_DAYS days after */
  guint n_late;             /* with those excused */
  guint n_late_excused;
  EhcpTeamMonth months[EHCP_TEAM_N_MONTHS]; /* the last one is the current month */
  EhcpTeamWeek weeks[EHCP_TEAM_N_WEEKS];
  GPtrArray *loads;         /* of EhcpTeamLoad, by name, those not allocated last */
  GPtrArray *tasks;         /* of EhcpTeamTask, the latest first */
} EhcpTeamFigures;

EhcpTeamFigures *ehcp_team_figures_new (GListModel *cases, GListModel *deadlines, EhcpDay today);
void ehcp_team_figures_free (EhcpTeamFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpTeamFigures, ehcp_team_figures_free)

/* In per cent, rounded; -1 when there is no plan to take it of. With exemptions: of all plans; without: of
 * the plans that have none. */
int ehcp_team_month_share (const EhcpTeamMonth *month, gboolean with_exemptions);

G_END_DECLS
