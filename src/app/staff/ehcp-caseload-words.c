/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a row. Dates that families see are named in whole sentences elsewhere; here two or three words
 * have to do, since they are read a hundred times a day. */
#include "ehcp-caseload-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-day-words.h"
#include "ehcp-stage-words.h"

const char *
ehcp_caseload_words_stage (int stage)
{
  if (stage < EHCP_N_STAGES)
    return ehcp_stage_words_name ((EhcpStageId) stage);
  return stage == EHCP_N_STAGES ? _("Plan and reviews") : _("Ended");
}

const char *
ehcp_caseload_words_status (EhcpCaseStatus status)
{
  switch (status)
    {
    case EHCP_CASE_LATE:
      return _("Late");
    case EHCP_CASE_SOON:
      return _("Due soon");
    case EHCP_CASE_ON_TIME:
      return _("On time");
    case EHCP_CASE_EXCUSED:
      return _("Excused");
    case EHCP_CASE_NO_DATE:
    default:
      return _("No date");
    }
}

const char *
ehcp_caseload_words_waiting (EhcpWaiting waiting)
{
  switch (waiting)
    {
    case EHCP_WAITING_COUNCIL:
      return _("Us");
    case EHCP_WAITING_FAMILY:
      return _("Family");
    case EHCP_WAITING_SCHOOL:
      return _("School");
    case EHCP_WAITING_ADVISER:
      return _("Adviser");
    case EHCP_WAITING_NOBODY:
    default:
      return _("Nobody");
    }
}

static const struct
{
  const char *rule;
  const char *part; /* NULL: of a rule with one limit */
  const char *words;
} names[] = {
  { "assess-decision", NULL, N_("assess or not") },
  { "advice", NULL, N_("advice") },
  { "no-plan-decision", NULL, N_("plan or not") },
  { "final-plan", NULL, N_("final plan") },
  { "review-year", NULL, N_("yearly review") },
  { "review-notice", NULL, N_("invite to the review") },
  { "review-report", NULL, N_("report of the review") },
  { "review-decision", NULL, N_("decide after the review") },
  { "amended-final", NULL, N_("amended plan") },
  { "phase-transfer", NULL, N_("plan for the next phase") },
  { "post16-move", NULL, N_("plan for the move") },
  { "reassess-decision", NULL, N_("reassess or not") },
  { "reassess-final", NULL, N_("final plan") },
  { "transfer-plan", NULL, N_("hand over the plan") },
  { "transfer-tell", NULL, N_("tell the family") },
  { "transfer-review", NULL, N_("review after the move") },
  { "mediation-certificate", NULL, N_("mediation certificate") },
  { "mediation-meeting", NULL, N_("mediation meeting") },
  { "tribunal-answer", NULL, N_("answer the Tribunal") },
  { "order-assess", "notify", N_("begin to assess") },
  { "order-assess", "no-plan", N_("plan or not") },
  { "order-assess", "final", N_("final plan") },
  { "order-make-plan", "draft", N_("draft plan") },
  { "order-make-plan", "final", N_("final plan") },
  { "order-amend", NULL, N_("amended plan") },
  { "order-school", NULL, N_("name the school") },
};

/* What is to be done by then, in two or three words; NULL for a rule that has none. */
const char *
ehcp_caseload_words_rule (const char *rule, const char *part)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].rule, rule) == 0 &&
        (names[i].part == NULL || g_strcmp0 (names[i].part, part) == 0))
      return _(names[i].words);
  return NULL;
}

/* "Mon 2 Nov, final plan" */
char *
ehcp_caseload_words_next (const EhcpCaseSummary *summary)
{
  g_autofree char *day = NULL;
  const char *words = ehcp_caseload_words_rule (summary->rule, summary->part);

  if (summary->due == EHCP_DAY_NONE)
    return g_strdup (_("None"));
  day = ehcp_day_words_short (summary->due, summary->today);
  return words != NULL ? g_strdup_printf ("%s, %s", day, words) : g_steal_pointer (&day);
}

/* "22 days late", "today", "7 days" */
char *
ehcp_caseload_words_days (const EhcpCaseSummary *summary)
{
  int n = summary->days_left;

  if (summary->due == EHCP_DAY_NONE)
    return g_strdup ("");
  if (summary->status == EHCP_CASE_EXCUSED && n < 0)
    return g_strdup_printf (ngettext ("%d day over", "%d days over", (gulong) -n), -n);
  if (n < 0)
    return ehcp_day_words_late (-n);
  if (n == 0)
    return g_strdup (_("today"));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
}

/* The whole row as one sentence. */
char *
ehcp_caseload_words_spoken (const EhcpCaseSummary *summary)
{
  g_autofree char *next = ehcp_caseload_words_next (summary);
  g_autofree char *days = ehcp_caseload_words_days (summary);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s, %s, %s, %s, %s %s", summary->child, summary->reference,
                   ehcp_caseload_words_status (summary->status), ehcp_caseload_words_stage (summary->stage),
                   next, days);
  if (summary->n_unread > 0)
    g_string_append_printf (text, ngettext (", %u unread message", ", %u unread messages", summary->n_unread),
                            summary->n_unread);
  if (summary->n_review > 0)
    g_string_append_printf (text, ngettext (", %u form to review", ", %u forms to review", summary->n_review),
                            summary->n_review);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Orders. Equal ones stand by their next date, then by name, the same for all columns. */

static int
compare_numbers (int a, int b)
{
  return (a > b) - (a < b);
}

int
ehcp_caseload_compare_child (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  int result = g_strcmp0 (a->name_key, b->name_key);

  return result != 0 ? result : g_strcmp0 (a->id, b->id);
}

int
ehcp_caseload_compare_due (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  /* Without a date last. */
  int result = compare_numbers (a->due == EHCP_DAY_NONE ? G_MAXINT : a->due,
                                b->due == EHCP_DAY_NONE ? G_MAXINT : b->due);

  return result != 0 ? result : ehcp_caseload_compare_child (a, b);
}

static int
settle (int result, const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return result != 0 ? result : ehcp_caseload_compare_due (a, b);
}

int
ehcp_caseload_compare_status (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers (a->status, b->status), a, b);
}

int
ehcp_caseload_compare_reference (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (g_strcmp0 (a->reference, b->reference), a, b);
}

int
ehcp_caseload_compare_stage (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers (a->stage, b->stage), a, b);
}

int
ehcp_caseload_compare_waiting (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers (a->waiting, b->waiting), a, b);
}

int
ehcp_caseload_compare_week (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers (a->week, b->week), a, b);
}

/* The most first: whoever sorts by a count looks for what waits. */
int
ehcp_caseload_compare_unread (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers ((int) b->n_unread, (int) a->n_unread), a, b);
}

int
ehcp_caseload_compare_review (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return settle (compare_numbers ((int) b->n_review, (int) a->n_review), a, b);
}

/* Nobody's cases first: they are to be given to somebody. */
int
ehcp_caseload_compare_caseworker (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  if (a->caseworker_name == NULL || b->caseworker_name == NULL)
    return settle (compare_numbers (a->caseworker_name != NULL, b->caseworker_name != NULL), a, b);
  return settle (strcmp (a->caseworker_key, b->caseworker_key), a, b);
}
