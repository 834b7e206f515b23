/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the facts of a case to its deadline records. The law is in src/rules; here is which records follow
 * from its conclusion, under ids that stay, so that only what changed goes to the feed. */
#include "ehcp-deadlines.h"

#include "ehcp-case-facts.h"
#include "ehcp-commands.h"
#include "ehcp-exemption.h"
#include "ehcp-stages.h"
#include "ehcp-store.h"

#include <string.h>

static const char *const actor_names[] = { [EHCP_ACTOR_COUNCIL] = "council",
                                           [EHCP_ACTOR_FAMILY] = "family",
                                           [EHCP_ACTOR_ADVISER] = "adviser",
                                           [EHCP_ACTOR_SCHOOL] = "school" };

/* Facts that show a yearly review, or what follows from one. */
static const char *const review_facts[] = { "review-meeting", "review-report-sent", "review-decided",
                                            "amendment-notice", "amendment-served", "last-reviewed" };

/* The same limit counted from the same kind of fact keeps its id when the day of the fact is corrected.
 * Of several (a draft that was served twice) the n-th keeps it. */
static char *
make_id (const char *case_id, const EhcpDue *due, guint nth)
{
  const char *part = ehcp_rule_get_part (due->rule);
  g_autofree char *what = g_strdup_printf ("deadline\n%s\n%s\n%s\n%s\n%u",
                                           ehcp_rule_get_id (due->rule), part != NULL ? part : "",
                                           due->about != NULL ? due->about : "", due->trigger, nth);

  return ehcp_answer_id (case_id, case_id, what);
}

static guint
count_alike (const EhcpDue *dues, guint n)
{
  guint n_alike = 0;

  for (guint i = 0; i < n; i++)
    n_alike += dues[i].rule == dues[n].rule && dues[i].trigger == dues[n].trigger &&
               g_strcmp0 (dues[i].about, dues[n].about) == 0;
  return n_alike;
}

/* The reason that was entered with the newest exemption from this limit. */
static const char *
find_ground (const EhcpCaseFacts *facts, const EhcpDue *due)
{
  const char *ground = NULL;
  gint32 latest = EHCP_DAY_NONE;

  if (due->state != EHCP_DUE_EXCUSED)
    return NULL;
  for (guint i = 0; i < facts->events->len; i++)
    {
      EhcpRecord *event = facts->events->pdata[i];

      if (!g_str_equal (ehcp_record_get_text (event, "what"), "exemption") ||
          !ehcp_exemption_names (ehcp_record_get_text (event, "value"), due->rule, due->about) ||
          ehcp_record_get_date (event, "date") < latest)
        continue;
      latest = ehcp_record_get_date (event, "date");
      ground = ehcp_record_get_text (event, "note");
    }
  return ground;
}

static void
set_ground (EhcpRecord *deadline, const char *ground)
{
  gint64 max = 500; /* of the field; a note has 1,000 */
  g_autofree char *cut = NULL;

  if (ground != NULL && g_utf8_strlen (ground, -1) > max)
    cut = g_utf8_substring (ground, 0, max);
  ehcp_record_set_text (deadline, "ground", cut != NULL ? cut : ground);
}

static void
fill_deadline (EhcpRecord *deadline, const EhcpDue *due, const EhcpCaseFacts *facts)
{
  ehcp_record_set_text (deadline, "rule", ehcp_rule_get_id (due->rule));
  ehcp_record_set_text (deadline, "part", ehcp_rule_get_part (due->rule));
  ehcp_record_set_date (deadline, "due", due->due);
  ehcp_record_set_text (deadline, "state", ehcp_due_state_to_string (due->state));
  ehcp_record_set_date (deadline, "met_on", due->met_on);
  ehcp_record_set_text (deadline, "trigger", due->trigger);
  ehcp_record_set_date (deadline, "trigger_date", due->trigger_date);
  ehcp_record_set_text (deadline, "source", ehcp_rule_get_source (due->rule));
  ehcp_record_set_text (deadline, "actor", actor_names[ehcp_rule_get_actor (due->rule)]);
  ehcp_record_set_text (deadline, "about", due->about);
  set_ground (deadline, find_ground (facts, due));
}

static EhcpRecord *
make_deadline (const char *case_id, const char *id)
{
  EhcpRecord *deadline = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DEADLINE));

  ehcp_record_set_text (deadline, "id", id);
  ehcp_record_set_text (deadline, "case", case_id);
  ehcp_record_set_text (deadline, "audience", "adults");
  return deadline;
}

static GHashTable *
read_stored (EhcpDb *db, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) list = ehcp_store_list (db, EHCP_KIND_DEADLINE, case_id, error);
  GHashTable *stored;

  if (list == NULL)
    return NULL;
  stored = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  for (guint i = 0; i < list->len; i++)
    g_hash_table_insert (stored, (char *) ehcp_record_get_id (list->pdata[i]),
                         g_object_ref (list->pdata[i]));
  return stored;
}

/* Takes what it dealt with out of @stored. */
static gboolean
put_due (EhcpCouncil *council, EhcpDb *db, const char *case_id, const char *id, const EhcpDue *due,
         const EhcpCaseFacts *facts, GHashTable *stored, GError **error)
{
  EhcpRecord *before = g_hash_table_lookup (stored, id);
  g_autoptr (EhcpRecord) after = before != NULL ? ehcp_record_copy (before)
                                                : make_deadline (case_id, id);
  gboolean is_same;

  fill_deadline (after, due, facts);
  is_same = before != NULL && ehcp_record_equal (before, after);
  g_hash_table_remove (stored, id);
  return is_same || ehcp_store_put (council, db, after, NULL, error);
}

static gboolean
remove_rest (EhcpCouncil *council, EhcpDb *db, GHashTable *stored, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, stored);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!ehcp_store_remove (council, db, EHCP_KIND_DEADLINE, id, error))
      return FALSE;
  return TRUE;
}

static gboolean
put_dues (EhcpCouncil *council, EhcpDb *db, const char *case_id, const EhcpCaseFacts *facts,
          GError **error)
{
  g_autoptr (GHashTable) stored = read_stored (db, case_id, error);
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  const EhcpFact *all;
  guint n_facts, n_dues;

  if (stored == NULL)
    return FALSE;
  all = ehcp_case_facts_get (facts, &n_facts);
  n_dues = ehcp_rules_conclude (all, n_facts, ehcp_clock_today (ehcp_council_get_clock (council)), dues,
                                G_N_ELEMENTS (dues));
  for (guint i = 0; i < n_dues; i++)
    {
      g_autofree char *id = make_id (case_id, &dues[i], count_alike (dues, i));

      if (!put_due (council, db, case_id, id, &dues[i], facts, stored, error))
        return FALSE;
    }
  return remove_rest (council, db, stored, error);
}

static gboolean
is_in_review (const EhcpCaseFacts *facts, gint32 final)
{
  for (guint i = 0; i < G_N_ELEMENTS (review_facts); i++)
    {
      gint32 last = ehcp_case_facts_last (facts, review_facts[i]);

      if (last != EHCP_DAY_NONE && last >= final)
        return TRUE;
    }
  return FALSE;
}

/* A decision not to assess, or not to make a plan, that no order of the Tribunal has answered. */
static gboolean
is_refused (const EhcpTimeline *timeline, const EhcpCaseFacts *facts)
{
  if (!timeline->is_over || timeline->stages[EHCP_STAGE_FINAL].done_on != EHCP_DAY_NONE)
    return FALSE;
  return ehcp_case_facts_last (facts, "order") < timeline->stages[timeline->current].done_on;
}

/* A case that was refused is closed; one with a final plan stays open for its reviews. */
static void
set_stage (EhcpRecord *case_record, const EhcpCaseFacts *facts, gint32 today)
{
  guint n_facts;
  const EhcpFact *all = ehcp_case_facts_get (facts, &n_facts);
  EhcpTimeline timeline;
  gboolean has_timeline = ehcp_timeline_compute (all, n_facts, today, &timeline);
  gint32 final = has_timeline ? timeline.stages[EHCP_STAGE_FINAL].done_on : EHCP_DAY_NONE;
  gboolean is_closed = has_timeline && is_refused (&timeline, facts);
  const char *stage = "request";

  if (is_closed)
    stage = "ended";
  else if ((!has_timeline || final != EHCP_DAY_NONE) && is_in_review (facts, final))
    stage = "review";
  else if (has_timeline)
    stage = ehcp_stage_id_to_string (timeline.current);
  ehcp_record_set_text (case_record, "stage", stage);
  ehcp_record_set_text (case_record, "status", is_closed ? "closed" : "open");
}

/**
 * ehcp_deadlines_update:
 * @council: the council, whose clock says which day it is
 * @db: the writer's connection, inside its transaction
 * @case_record: the case; its `stage` and `status` are set, and the caller puts it
 * @error: return location
 *
 * Concludes anew from all events of the case. Deadline records are put only when something in them
 * changed, and removed when nothing gives rise to them any more. Sources: see src/rules.
 *
 * Returns: whether the store took everything. Writer thread.
 */
gboolean
ehcp_deadlines_update (EhcpCouncil *council, EhcpDb *db, EhcpRecord *case_record, GError **error)
{
  const char *id = ehcp_record_get_id (case_record);
  g_autoptr (EhcpCaseFacts) facts = ehcp_case_facts_read (db, id, error);

  if (facts == NULL || !put_dues (council, db, id, facts, error))
    return FALSE;
  set_stage (case_record, facts, ehcp_clock_today (ehcp_council_get_clock (council)));
  return TRUE;
}

static gboolean
update_case (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) before = ehcp_store_find (db, EHCP_KIND_CASE, data, &failure);
  g_autoptr (EhcpRecord) after = NULL;

  if (before == NULL)
    {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  after = ehcp_record_copy (before);
  if (!ehcp_deadlines_update (council, db, after, error))
    return FALSE;
  return ehcp_record_equal (before, after) || ehcp_store_put (council, db, after, NULL, error);
}

/* A day that passes changes one thing: what was due and is over becomes late. */
static GHashTable *
find_overdue_cases (EhcpDb *db, gint32 today, GError **error)
{
  g_autoptr (GPtrArray) due = ehcp_store_list_where (db, EHCP_KIND_DEADLINE, "state", "due", error);
  GHashTable *cases;

  if (due == NULL)
    return NULL;
  cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < due->len; i++)
    if (ehcp_record_get_date (due->pdata[i], "due") < today)
      g_hash_table_add (cases, g_strdup (ehcp_record_get_case (due->pdata[i])));
  return cases;
}

/**
 * ehcp_deadlines_update_all:
 * @council: the council
 * @error: return location
 *
 * For the turn of the day: concludes anew for every case in which a day went by. Each case is a
 * transaction of its own, so that commands are not kept waiting. May be called at any time and again.
 *
 * Returns: whether all could be stored. Not in the writer thread.
 */
gboolean
ehcp_deadlines_update_all (EhcpCouncil *council, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (council, error);
  g_autoptr (GHashTable) cases = NULL;
  GHashTableIter iter;
  gpointer id;

  if (db == NULL)
    return FALSE;
  cases = find_overdue_cases (db, ehcp_clock_today (ehcp_council_get_clock (council)), error);
  if (cases == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!ehcp_council_write_sync (council, update_case, id, error))
      return FALSE;
  return TRUE;
}
