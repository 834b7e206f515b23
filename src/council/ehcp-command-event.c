/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in a case: held against what is known of it, appended, and the deadlines follow. An entry
 * that cannot be true is refused; one that is possible but unusual comes back with a warning, because the
 * caseworker may know better. */
#include "ehcp-command-private.h"

#include "ehcp-case-facts.h"
#include "ehcp-deadlines.h"
#include "ehcp-rules.h"

#include <string.h>

#define DAYS_FOR_COMMENTS 15
#define MAX_DAYS_AHEAD (2 * 366)

typedef struct
{
  const char *what;
  gint32 date;
  gint32 until;
  const char *value;
  const char *note;
} Entry;

/* Parts of a first assessment: none can have been before the request. */
static const char *const assessment_facts[] = { "assess-decided", "advice-asked", "advice-received",
                                                "plan-decided", "no-plan-notified", "draft-served",
                                                "draft-comments-received", "final-issued", NULL };

/* What is known beforehand: limits count back from it. */
static const char *const planned_facts[] = { "closure", "move", "moved", "review-meeting", "transfer-year",
                                             NULL };

/* Facts with an outcome, and the outcomes. */
static const struct
{
  const char *what;
  const char *values[5];
  gboolean is_needed;
} outcomes[] = {
  { "assess-decided", { "yes", "no" }, FALSE },
  { "reassess-decided", { "yes", "no" }, FALSE },
  { "order", { "assess", "make-plan", "amend", "school" }, TRUE },
};

static gboolean
check_outcome (const Entry *entry, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      if (strcmp (entry->what, outcomes[i].what) != 0)
        continue;
      if (entry->value == NULL)
        return !outcomes[i].is_needed || ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/value");
      return g_strv_contains (outcomes[i].values, entry->value) ||
             ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/value");
    }
  return TRUE;
}

/* "final-plan", "order-assess/final", "advice/School": the part of it that is a rule's id. */
static gboolean
names_rule_with_grounds (const char *value)
{
  size_t length = strcspn (value, "/");

  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      const char *id = ehcp_rule_get_id (rule);

      if (strlen (id) == length && strncmp (id, value, length) == 0 &&
          ehcp_rule_get_grounds (rule) != EHCP_GROUND_NONE)
        return TRUE;
    }
  return FALSE;
}

/* An exemption without its reason would be worth nothing at the Tribunal. */
static gboolean
check_exemption (const Entry *entry, GError **error)
{
  if (strcmp (entry->what, "exemption") != 0)
    return TRUE;
  if (entry->value == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/value");
  if (!names_rule_with_grounds (entry->value))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/value");
  return entry->note != NULL || ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/note");
}

static gboolean
check_entry (EhcpTask *task, const Entry *entry, GError **error)
{
  if (!ehcp_rules_knows_fact (entry->what))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/what");
  if (entry->date < ehcp_record_get_date (task->case_record, "date_of_birth"))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/date");
  if (entry->until != EHCP_DAY_NONE && entry->until < entry->date)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/until");
  return check_outcome (entry, error) && check_exemption (entry, error);
}

static gint32
find_start (const EhcpCaseFacts *facts)
{
  gint32 received = ehcp_case_facts_first (facts, "request-received");
  gint32 responsible = ehcp_case_facts_first (facts, "became-responsible");

  if (received == EHCP_DAY_NONE || responsible == EHCP_DAY_NONE)
    return MAX (received, responsible);
  return MIN (received, responsible);
}

static gboolean
has_fact (const EhcpCaseFacts *facts, const char *name, const char *value, gint32 from, gint32 to)
{
  guint n_facts;
  const EhcpFact *all = ehcp_case_facts_get (facts, &n_facts);

  for (guint i = 0; i < n_facts; i++)
    if (strcmp (all[i].name, name) == 0 && all[i].date >= from && all[i].date <= to &&
        (value == NULL || g_strcmp0 (all[i].value, value) == 0))
      return TRUE;
  return FALSE;
}

static void
warn (EhcpTask *task, gboolean is_so, const char *warning)
{
  if (is_so)
    g_ptr_array_add (task->warnings, (char *) warning);
}

static void
warn_of_answer (EhcpTask *task, const EhcpCaseFacts *facts, const Entry *entry)
{
  static const struct
  {
    const char *answer, *question, *warning;
  } pairs[] = {
    { "advice-received", "advice-asked", "advice-not-asked" },
    { "school-answered", "school-consulted", "school-not-consulted" },
    { "draft-comments-received", "draft-served", "draft-not-served" },
    { "review-decided", "review-meeting", "no-review-meeting" },
    { "amended-final-issued", "amendment-notice", "no-amendment-notice" },
    { "reassess-decided", "reassessment-asked", "reassessment-not-asked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (entry->what, pairs[i].answer) == 0)
      {
        gboolean is_by_member = i < 2;

        warn (task,
              !has_fact (facts, pairs[i].question, is_by_member ? entry->value : NULL, 1, entry->date),
              pairs[i].warning);
      }
}

/* Reg 13(1): at least 15 days beginning with service, so the final plan is too early before the 16th,
 * unless the family has answered. */
static void
warn_of_final (EhcpTask *task, const EhcpCaseFacts *facts, const Entry *entry)
{
  gint32 served = ehcp_case_facts_last (facts, "draft-served");

  if (strcmp (entry->what, "final-issued") != 0)
    return;
  warn (task, !has_fact (facts, "draft-served", NULL, 1, entry->date), "draft-not-served");
  warn (task,
        served != EHCP_DAY_NONE && served <= entry->date && entry->date < served + DAYS_FOR_COMMENTS &&
            !has_fact (facts, "draft-comments-received", NULL, served, entry->date),
        "final-within-15-days");
}

static gboolean
check_order (EhcpTask *task, const EhcpCaseFacts *facts, const Entry *entry, GError **error)
{
  gint32 start = find_start (facts);

  if (start != EHCP_DAY_NONE && g_strv_contains (assessment_facts, entry->what) && entry->date < start)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/date");
  /* Each adviser and school has a name of its own; two entries of one day are one entry too many. */
  warn (task, has_fact (facts, entry->what, entry->value, entry->date, entry->date), "entered-before");
  warn (task,
        strcmp (entry->what, "draft-served") == 0 &&
            has_fact (facts, "final-issued", NULL, start, entry->date) &&
            !has_fact (facts, "reassessment-notified", NULL, start, entry->date),
        "draft-after-final");
  warn_of_answer (task, facts, entry);
  warn_of_final (task, facts, entry);
  return TRUE;
}

static EhcpRecord *
make_event (EhcpTask *task, const char *id, const Entry *entry, EhcpRecord *corrected)
{
  EhcpRecord *event = ehcp_task_make (task, EHCP_KIND_EVENT, id, "adults", NULL);
  g_autofree char *name = ehcp_task_sender_name (task);

  ehcp_record_set_text (event, "what", entry->what);
  ehcp_record_set_date (event, "date", entry->date);
  ehcp_record_set_date (event, "until", entry->until);
  ehcp_record_set_text (event, "value", entry->value);
  ehcp_record_set_text (event, "note", entry->note);
  ehcp_record_set_text (event, "entered_by", name);
  ehcp_record_set_text (event, "entered_at", task->now);
  if (corrected != NULL)
    ehcp_record_set_text (event, "corrects", ehcp_record_get_id (corrected));
  return event;
}

/* An entry may be corrected once: the next correction is of the correction. */
static gboolean
check_corrected (EhcpTask *task, EhcpCaseFacts *facts, EhcpRecord *corrected, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) newer = ehcp_store_find_where (task->db, EHCP_KIND_EVENT, "corrects",
                                                        ehcp_record_get_id (corrected), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (newer != NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/corrects");
  for (guint i = 0; i < facts->events->len; i++)
    if (g_str_equal (ehcp_record_get_id (facts->events->pdata[i]), ehcp_record_get_id (corrected)))
      {
        g_ptr_array_remove_index (facts->events, i);
        g_array_remove_index (facts->facts, i);
        break;
      }
  return TRUE;
}

/* What never happened needs no order; but a case that nothing began would have no weeks. */
static gboolean
check_void (const EhcpCaseFacts *facts, const Entry *entry, EhcpRecord *corrected, GError **error)
{
  if (corrected == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/what");
  if (entry->note == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/note");
  if (find_start (facts) == EHCP_DAY_NONE)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/what");
  return TRUE;
}

static gboolean
check_against_case (EhcpTask *task, const Entry *entry, EhcpRecord *corrected, GError **error)
{
  gint32 last = task->today + (g_strv_contains (planned_facts, entry->what) ? MAX_DAYS_AHEAD : 0);
  g_autoptr (EhcpCaseFacts) facts = NULL;

  if (entry->date > last)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/date");
  facts = ehcp_case_facts_read (task->db, ehcp_record_get_id (task->case_record), error);
  if (facts == NULL || (corrected != NULL && !check_corrected (task, facts, corrected, error)))
    return FALSE;
  if (strcmp (entry->what, EHCP_EVENT_VOID) == 0)
    return check_void (facts, entry, corrected, error);
  return check_entry (task, entry, error) && check_order (task, facts, entry, error);
}

/**
 * ehcp_task_append_event:
 * @task: a task on a case
 * @id: the new event's id
 * @what: a fact that the rules know; or, of a correction, "void": it never happened
 * @date: its day
 * @until: its last day, or 0
 * @value: (nullable): outcome or member
 * @note: (nullable): in words
 * @corrected: (nullable): the event that it replaces
 * @error: return location
 *
 * Appends one event, concludes the case's deadlines anew and puts the case, whose number so moves with
 * each entry: `base` tells that nobody else entered something meanwhile. Adds warnings to the task.
 *
 * Returns: whether it was done; otherwise %EHCP_ERROR_RANGE, %EHCP_ERROR_MISSING or
 *   %EHCP_ERROR_CONFLICT with the member of `event.record` that is at fault.
 */
gboolean
ehcp_task_append_event (EhcpTask *task, const char *id, const char *what, gint32 date, gint32 until,
                        const char *value, const char *note, EhcpRecord *corrected, GError **error)
{
  const Entry entry = { .what = what, .date = date, .until = until, .value = value, .note = note };
  g_autoptr (EhcpRecord) event = NULL;

  if (!check_against_case (task, &entry, corrected, error))
    return FALSE;
  event = make_event (task, id, &entry, corrected);
  if (!ehcp_task_add (task, event, error) ||
      !ehcp_deadlines_update (task->council, task->db, task->case_record, error) ||
      !ehcp_task_put (task, task->case_record, error))
    return FALSE;
  return ehcp_task_tell (task, corrected != NULL ? "event-corrected" : "event-recorded", event, what,
                         error);
}
