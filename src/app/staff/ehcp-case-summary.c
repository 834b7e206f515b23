/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case in one line. It goes through the case's own records alone, so that ten thousand cases cost as much as
 * their records do. The words are ehcp-caseload-words.c's. */
#include "ehcp-case-summary.h"

#include "ehcp-rules.h"
#include "ehcp-search-words.h"

#define DAYS_IN_WEEK 7

static const char *const stages[EHCP_N_CASE_STAGES] = { "request", "assess", "advice", "decide",
                                                        "draft",   "final",  "review", "ended" };

static int
find_stage (const char *name)
{
  for (int i = 0; i < EHCP_N_CASE_STAGES; i++)
    if (g_strcmp0 (name, stages[i]) == 0)
      return i;
  return 0;
}

static gboolean
has_state (EhcpRecord *record, const char *state)
{
  return g_strcmp0 (ehcp_record_get_text (record, "state"), state) == 0;
}

static const EhcpRule *
find_rule (EhcpRecord *deadline)
{
  const char *part = ehcp_record_get_text (deadline, "part");

  return ehcp_rule_find (ehcp_record_get_text (deadline, "rule"), part != NULL && *part != '\0' ? part : NULL);
}

static gboolean
is_open (EhcpRecord *deadline)
{
  return !ehcp_record_has (deadline, "met_on") && !has_state (deadline, "met") &&
         !has_state (deadline, "lapsed");
}

/* A date that somebody can be held to: the family's own days simply end, practice is no law. */
static gboolean
is_statutory (const EhcpRule *rule)
{
  return rule != NULL && ehcp_rule_is_law (rule) && ehcp_rule_get_actor (rule) != EHCP_ACTOR_FAMILY;
}

static gboolean
is_earlier (EhcpRecord *deadline, EhcpRecord *than)
{
  EhcpDay a = ehcp_record_get_date (deadline, "due");
  EhcpDay b = than != NULL ? ehcp_record_get_date (than, "due") : EHCP_DAY_NONE;

  return than == NULL || a < b ||
         (a == b && g_strcmp0 (ehcp_record_get_id (deadline), ehcp_record_get_id (than)) < 0);
}

/* What is excused stands back for what is due soon or late, and before what is due later than it. */
static EhcpRecord *
choose (EhcpRecord *plain, EhcpRecord *excused, EhcpDay today)
{
  if (plain == NULL || excused == NULL)
    return plain != NULL ? plain : excused;
  return ehcp_record_get_date (plain, "due") <= today + EHCP_SOON_DAYS || is_earlier (plain, excused) ? plain
                                                                                                       : excused;
}

static void
set_next (EhcpCaseSummary *summary, EhcpRecord *deadline, EhcpDay today)
{
  summary->status = EHCP_CASE_NO_DATE;
  if (deadline == NULL)
    return;
  summary->rule = g_strdup (ehcp_record_get_text (deadline, "rule"));
  summary->part = g_strdup (ehcp_record_get_text (deadline, "part"));
  summary->due = ehcp_record_get_date (deadline, "due");
  summary->days_left = summary->due - today;
  if (has_state (deadline, "excused"))
    summary->status = EHCP_CASE_EXCUSED;
  else if (summary->days_left < 0)
    summary->status = EHCP_CASE_LATE;
  else
    summary->status = summary->days_left <= EHCP_SOON_DAYS ? EHCP_CASE_SOON : EHCP_CASE_ON_TIME;
}

static EhcpWaiting
waiting_of (const EhcpRule *rule)
{
  switch (ehcp_rule_get_actor (rule))
    {
    case EHCP_ACTOR_FAMILY:
      return EHCP_WAITING_FAMILY;
    case EHCP_ACTOR_ADVISER:
      return EHCP_WAITING_ADVISER;
    case EHCP_ACTOR_SCHOOL:
      return EHCP_WAITING_SCHOOL;
    case EHCP_ACTOR_COUNCIL:
    default:
      return EHCP_WAITING_COUNCIL;
    }
}

/* Days that began by themselves are nobody's turn yet; a family's window that is over is not waited for. */
static gboolean
is_waited_for (EhcpRecord *deadline, const EhcpRule *rule, EhcpDay today)
{
  if (rule == NULL || g_strcmp0 (ehcp_rule_get_id (rule), "young-person") == 0 ||
      g_strcmp0 (ehcp_rule_get_id (rule), "draft-practice") == 0)
    return FALSE;
  return ehcp_rule_get_actor (rule) != EHCP_ACTOR_FAMILY || ehcp_record_get_date (deadline, "due") >= today;
}

static void
read_deadlines (EhcpCaseSummary *summary, EhcpBook *book, EhcpDay today, EhcpRecord **awaited)
{
  const GPtrArray *deadlines = ehcp_book_peek_case (book, EHCP_KIND_DEADLINE, summary->id);
  EhcpRecord *plain = NULL, *excused = NULL;

  for (guint i = 0; deadlines != NULL && i < deadlines->len; i++)
    {
      EhcpRecord *deadline = deadlines->pdata[i];
      const EhcpRule *rule = is_open (deadline) ? find_rule (deadline) : NULL;
      EhcpRecord **earliest = has_state (deadline, "excused") ? &excused : &plain;

      if (is_statutory (rule) && is_earlier (deadline, *earliest))
        *earliest = deadline;
      if (is_waited_for (deadline, rule, today) && is_earlier (deadline, *awaited))
        *awaited = deadline;
    }
  set_next (summary, choose (plain, excused, today), today);
}

/* A form that the family was asked for counts by its day, beside the deadlines. */
static void
read_forms (EhcpCaseSummary *summary, EhcpBook *book, EhcpRecord *awaited)
{
  const GPtrArray *forms = ehcp_book_peek_case (book, EHCP_KIND_FORM, summary->id);
  EhcpDay until = awaited != NULL ? ehcp_record_get_date (awaited, "due") : G_MAXINT32;

  summary->waiting = awaited != NULL ? waiting_of (find_rule (awaited)) : EHCP_WAITING_NOBODY;
  for (guint i = 0; forms != NULL && i < forms->len; i++)
    {
      EhcpRecord *form = forms->pdata[i];

      if (has_state (form, "submitted"))
        summary->n_review++;
      else if ((has_state (form, "asked") || has_state (form, "returned")) && ehcp_record_has (form, "due") &&
               ehcp_record_get_date (form, "due") < until)
        summary->waiting = EHCP_WAITING_FAMILY;
    }
}

static void
read_messages (EhcpCaseSummary *summary, EhcpBook *book)
{
  const GPtrArray *messages = ehcp_book_peek_case (book, EHCP_KIND_MESSAGE, summary->id);

  for (guint i = 0; messages != NULL && i < messages->len; i++)
    if (!ehcp_record_get_bool (messages->pdata[i], "from_council") &&
        !ehcp_record_has (messages->pdata[i], "read_at") && !ehcp_book_is_read (book, messages->pdata[i]))
      summary->n_unread++;
}

static gboolean
is_corrected (const GPtrArray *events, EhcpRecord *event)
{
  for (guint i = 0; i < events->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (events->pdata[i], "corrects"), ehcp_record_get_id (event)) == 0)
      return TRUE;
  return FALSE;
}

/* As of law: (days since the request - 1) / 7 + 1, while the assessment runs. */
static void
read_week (EhcpCaseSummary *summary, EhcpBook *book, EhcpDay today)
{
  const GPtrArray *events = ehcp_book_peek_case (book, EHCP_KIND_EVENT, summary->id);
  EhcpDay received = EHCP_DAY_NONE;

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const char *what = ehcp_record_get_text (events->pdata[i], "what");
      EhcpDay date = ehcp_record_get_date (events->pdata[i], "date");

      if ((g_strcmp0 (what, "request-received") == 0 || g_strcmp0 (what, "became-responsible") == 0) &&
          date > received && !is_corrected (events, events->pdata[i]))
        received = date;
    }
  if (received == EHCP_DAY_NONE || summary->stage > find_stage ("final"))
    return;
  summary->week = today > received ? (today - received - 1) / DAYS_IN_WEEK + 1 : 1;
}

static void
read_case (EhcpCaseSummary *summary, EhcpRecord *case_record)
{
  const char *forename = ehcp_record_get_text (case_record, "child_forename");
  const char *surname = ehcp_record_get_text (case_record, "child_surname");
  const char *school = ehcp_record_get_text (case_record, "school");
  g_autofree char *key = g_strdup_printf ("%s\n%s", surname, forename);
  g_autofree char *words = NULL;

  summary->id = g_strdup (ehcp_record_get_id (case_record));
  summary->child = g_strdup_printf ("%s %s", forename, surname);
  summary->reference = g_strdup (ehcp_record_get_text (case_record, "reference"));
  summary->school = g_strdup (school);
  summary->stage = find_stage (ehcp_record_get_text (case_record, "stage"));
  summary->caseworker = g_strdup (ehcp_record_get_text (case_record, "caseworker"));
  if (summary->caseworker != NULL)
    summary->caseworker_name = g_strdup (ehcp_record_get_text (case_record, "caseworker_name"));
  if (summary->caseworker_name != NULL)
    summary->caseworker_key = g_utf8_collate_key (summary->caseworker_name, -1);
  summary->name_key = g_utf8_collate_key (key, -1);
  words = g_strdup_printf ("%s %s %s", summary->child, summary->reference, school != NULL ? school : "");
  summary->search = ehcp_search_fold (words);
}

/* (transfer full): what the records of the case say on that day. Main thread only. */
EhcpCaseSummary *
ehcp_case_summary_new (EhcpBook *book, EhcpRecord *case_record, EhcpDay today)
{
  static guint64 number;
  EhcpCaseSummary *summary = g_new0 (EhcpCaseSummary, 1);
  EhcpRecord *awaited = NULL;

  summary->number = ++number;
  summary->today = today;
  read_case (summary, case_record);
  read_deadlines (summary, book, today, &awaited);
  read_forms (summary, book, awaited);
  read_messages (summary, book);
  read_week (summary, book, today);
  return summary;
}

/* Whether both say the same. */
gboolean
ehcp_case_summary_equal (const EhcpCaseSummary *a, const EhcpCaseSummary *b)
{
  return a->due == b->due && a->days_left == b->days_left && a->stage == b->stage && a->week == b->week &&
         a->status == b->status && a->waiting == b->waiting && a->n_unread == b->n_unread &&
         a->n_review == b->n_review && g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->child, b->child) == 0 &&
         g_strcmp0 (a->reference, b->reference) == 0 && g_strcmp0 (a->school, b->school) == 0 &&
         g_strcmp0 (a->rule, b->rule) == 0 && g_strcmp0 (a->part, b->part) == 0 &&
         g_strcmp0 (a->caseworker, b->caseworker) == 0 &&
         g_strcmp0 (a->caseworker_name, b->caseworker_name) == 0;
}

void
ehcp_case_summary_free (EhcpCaseSummary *summary)
{
  g_free (summary->id);
  g_free (summary->child);
  g_free (summary->reference);
  g_free (summary->school);
  g_free (summary->caseworker);
  g_free (summary->caseworker_name);
  g_free (summary->caseworker_key);
  g_free (summary->name_key);
  g_free (summary->search);
  g_free (summary->rule);
  g_free (summary->part);
  g_free (summary);
}
