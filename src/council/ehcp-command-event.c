/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in a case: held against what is known of it, appended, and the deadlines follow. An entry
 * that cannot be true is refused; one that is possible but unusual comes back with a warning, because the
 * caseworker may know better. */
#include "ehcp-command-private.h"

#include "ehcp-case-facts.h"
#include "ehcp-deadlines.h"
#include "ehcp-error.h"
#include "ehcp-exemption.h"
#include "ehcp-facts-check.h"

#include <string.h>

#define DAYS_FOR_COMMENTS 15

typedef struct
{
  const char *what;
  gint32 date;
  gint32 until;
  const char *value;
  const char *note;
} Entry;

/* The family's days for comments begin with these. */
static const char *const services[] = { "draft-served", "amendment-served", NULL };

static gboolean
refuse (GError **error, EhcpError code, const char *pointer, const char *words)
{
  ehcp_set_error (error, code, pointer, "%s", words);
  return FALSE;
}

/* An exemption without its reason would be worth nothing at the Tribunal. */
static gboolean
check_exemption (const EhcpCaseFacts *facts, const Entry *entry, GError **error)
{
  EhcpExemption found;
  const EhcpFact *all;
  guint n_facts;

  if (strcmp (entry->what, "exemption") != 0)
    return TRUE;
  if (entry->value == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/value");
  all = ehcp_case_facts_get (facts, &n_facts);
  found = ehcp_exemption_check_value (entry->value, all, n_facts, entry->date, entry->until);
  if (found != EHCP_EXEMPTION_APPLIES)
    return refuse (error, EHCP_ERROR_RANGE, "/value", ehcp_exemption_explain (found));
  return entry->note != NULL || ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/note");
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

/* Reg 13(1) and 22(2)(c) give the family at least 15 days from service. A family that was told of a day
 * relies on it: the council may give more time, never less. */
static gboolean
check_service (EhcpTask *task, const EhcpCaseFacts *facts, const Entry *entry, EhcpRecord *corrected,
               GError **error)
{
  gint32 told = EHCP_DAY_NONE;

  if (!g_strv_contains (services, entry->what))
    return TRUE;
  if (corrected != NULL && g_str_equal (ehcp_record_get_text (corrected, "what"), entry->what))
    told = ehcp_record_get_date (corrected, "date");
  else if (ehcp_case_facts_last (facts, entry->what) + DAYS_FOR_COMMENTS > task->today)
    told = ehcp_case_facts_last (facts, entry->what);
  if (told == EHCP_DAY_NONE || entry->date >= told)
    return TRUE;
  return refuse (error, EHCP_ERROR_RANGE, "/date",
                 "The family's time for comments would end earlier than it was told. The time may be made longer, "
                 "never shorter.");
}

static gboolean
refuse_finding (const EhcpFinding *finding, GError **error)
{
  gboolean is_missing = g_str_equal (finding->code, "outcome-missing");
  g_autofree char *pointer = g_strconcat ("/", finding->member, NULL);

  return refuse (error, is_missing ? EHCP_ERROR_MISSING : EHCP_ERROR_RANGE, pointer,
                 ehcp_finding_explain (finding->code));
}

static gboolean
check_fact (EhcpTask *task, const EhcpCaseFacts *facts, const Entry *entry, GError **error)
{
  const EhcpFact fact = { entry->what, entry->date, entry->until, entry->value };
  EhcpFinding findings[EHCP_FACT_MAX_FINDINGS];
  const EhcpFact *all;
  guint n_facts, n;

  all = ehcp_case_facts_get_entered (facts, &n_facts);
  n = ehcp_fact_check (&fact, all, n_facts, task->today,
                       ehcp_record_get_date (task->case_record, "date_of_birth"), findings,
                       G_N_ELEMENTS (findings));
  for (guint i = 0; i < n; i++)
    {
      if (findings[i].is_refused)
        return refuse_finding (&findings[i], error);
      g_ptr_array_add (task->warnings, (char *) findings[i].code);
    }
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
  gboolean is_void = strcmp (entry->what, EHCP_EVENT_VOID) == 0;
  g_autoptr (EhcpCaseFacts) facts = NULL;

  if (is_void && entry->date > task->today)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/date");
  facts = ehcp_case_facts_read (task->db, ehcp_record_get_id (task->case_record), error);
  if (facts == NULL || (corrected != NULL && !check_corrected (task, facts, corrected, error)))
    return FALSE;
  if (is_void)
    return check_void (facts, entry, corrected, error);
  return check_fact (task, facts, entry, error) && check_exemption (facts, entry, error) &&
         check_service (task, facts, entry, corrected, error);
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
