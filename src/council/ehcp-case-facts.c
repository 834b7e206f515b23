/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the events of a case to the facts of the rules: corrected entries are left out, and so is a
 * correction that says that something never happened. */
#include "ehcp-case-facts.h"

#include "ehcp-store.h"

#include <string.h>

static const char *
get_given (EhcpRecord *event, const char *field)
{
  const char *text = ehcp_record_get_text (event, field);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
add_fact (EhcpCaseFacts *facts, EhcpRecord *event)
{
  EhcpFact fact = { .name = ehcp_record_get_text (event, "what"),
                    .date = ehcp_record_get_date (event, "date"),
                    .until = ehcp_record_get_date (event, "until"),
                    .value = get_given (event, "value") };

  g_ptr_array_add (facts->events, g_object_ref (event));
  g_array_append_val (facts->facts, fact);
}

/* The year of the first review begins with the day on which the plan was made (CFA s44(1)(a)). A council
 * that issued the final plan has made it; a day that was entered for it goes before. */
static void
add_plan_made (EhcpCaseFacts *facts)
{
  gint32 issued = ehcp_case_facts_first (facts, "final-issued");
  EhcpFact fact = { .name = "plan-made", .date = issued };

  if (issued != EHCP_DAY_NONE && ehcp_case_facts_first (facts, "plan-made") == EHCP_DAY_NONE)
    g_array_append_val (facts->facts, fact);
}

/* What a family can appeal against (CFA s51), and the value that makes it so. A review that changes nothing is
 * one too, but only whoever enters it knows. */
static const struct
{
  const char *what, *value;
} decisions[] = {
  { "assess-decided", "no" },       { "no-plan-notified", NULL },     { "final-issued", NULL },
  { "amended-final-issued", NULL }, { "reassess-decided", "no" },     { "ceased", NULL },
};

static gboolean
is_decision (const EhcpFact *fact)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (strcmp (fact->name, decisions[i].what) == 0 &&
        (decisions[i].value == NULL || g_strcmp0 (fact->value, decisions[i].value) == 0))
      return TRUE;
  return FALSE;
}

/* Whether its letter was entered by itself: on that day or later, before the next decision. */
static gboolean
is_sent (const EhcpCaseFacts *facts, guint n_entered, const EhcpFact *decision)
{
  gint32 next = G_MAXINT32;

  for (guint i = 0; i < n_entered; i++)
    {
      const EhcpFact *fact = &g_array_index (facts->facts, EhcpFact, i);

      if (is_decision (fact) && fact->date > decision->date)
        next = MIN (next, fact->date);
    }
  for (guint i = 0; i < n_entered; i++)
    {
      const EhcpFact *fact = &g_array_index (facts->facts, EhcpFact, i);

      if (strcmp (fact->name, "decision-sent") == 0 && fact->date >= decision->date && fact->date < next)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_implied (const EhcpCaseFacts *facts, guint n_entered, gint32 date)
{
  for (guint i = n_entered; i < facts->facts->len; i++)
    if (strcmp (g_array_index (facts->facts, EhcpFact, i).name, "decision-sent") == 0 &&
        g_array_index (facts->facts, EhcpFact, i).date == date)
      return TRUE;
  return FALSE;
}

/* A family that was refused must see its last day to appeal although nobody entered the letter. */
static void
add_decisions_sent (EhcpCaseFacts *facts)
{
  guint n_entered = facts->events->len;

  for (guint i = 0; i < n_entered; i++)
    {
      const EhcpFact decision = g_array_index (facts->facts, EhcpFact, i);
      EhcpFact sent = { .name = "decision-sent", .date = decision.date };

      if (is_decision (&decision) && !is_sent (facts, n_entered, &decision) &&
          !has_implied (facts, n_entered, decision.date))
        g_array_append_val (facts->facts, sent);
    }
}

/**
 * ehcp_case_facts_read:
 * @db: any connection
 * @case_id: a case
 * @error: return location
 *
 * Reads what is known of a case for the rules. After the entries stands what follows from them: that a
 * plan was made on the day on which the final plan was issued, and that a decision which can be appealed was
 * sent on its day, unless its letter was entered by itself.
 *
 * Returns: (transfer full): the facts, maybe none; %NULL on error
 */
EhcpCaseFacts *
ehcp_case_facts_read (EhcpDb *db, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) events = ehcp_store_list (db, EHCP_KIND_EVENT, case_id, error);
  g_autoptr (GHashTable) corrected = g_hash_table_new (g_str_hash, g_str_equal);
  EhcpCaseFacts *facts;

  if (events == NULL)
    return NULL;
  for (guint i = 0; i < events->len; i++)
    if (ehcp_record_has (events->pdata[i], "corrects"))
      g_hash_table_add (corrected, (char *) ehcp_record_get_text (events->pdata[i], "corrects"));

  facts = g_new0 (EhcpCaseFacts, 1);
  facts->events = g_ptr_array_new_with_free_func (g_object_unref);
  facts->facts = g_array_new (FALSE, FALSE, sizeof (EhcpFact));
  for (guint i = 0; i < events->len; i++)
    if (!g_hash_table_contains (corrected, ehcp_record_get_id (events->pdata[i])) &&
        ehcp_rules_knows_fact (ehcp_record_get_text (events->pdata[i], "what")))
      add_fact (facts, events->pdata[i]);
  add_plan_made (facts);
  add_decisions_sent (facts);
  return facts;
}

/** ehcp_case_facts_get_entered: Returns: (transfer none) (array length=n_facts): the entries alone, without what
 * follows from them. */
const EhcpFact *
ehcp_case_facts_get_entered (const EhcpCaseFacts *facts, guint *n_facts)
{
  *n_facts = facts->events->len;
  return (const EhcpFact *) (gpointer) facts->facts->data;
}

/** ehcp_case_facts_get: Returns: (transfer none) (array length=n_facts): for ehcp_rules_conclude(). */
const EhcpFact *
ehcp_case_facts_get (const EhcpCaseFacts *facts, guint *n_facts)
{
  *n_facts = facts->facts->len;
  return (const EhcpFact *) (gpointer) facts->facts->data;
}

static gint32
find_date (const EhcpCaseFacts *facts, const char *name, gboolean is_last)
{
  guint n_facts;
  const EhcpFact *all = ehcp_case_facts_get (facts, &n_facts);
  gint32 found = EHCP_DAY_NONE;

  for (guint i = 0; i < n_facts; i++)
    if (strcmp (all[i].name, name) == 0 &&
        (found == EHCP_DAY_NONE || (is_last ? all[i].date > found : all[i].date < found)))
      found = all[i].date;
  return found;
}

/** ehcp_case_facts_first: Returns: the first day of the facts of a name, or %EHCP_DAY_NONE. */
gint32
ehcp_case_facts_first (const EhcpCaseFacts *facts, const char *name)
{
  return find_date (facts, name, FALSE);
}

/** ehcp_case_facts_last: Returns: the last day of the facts of a name, or %EHCP_DAY_NONE. */
gint32
ehcp_case_facts_last (const EhcpCaseFacts *facts, const char *name)
{
  return find_date (facts, name, TRUE);
}

/** ehcp_case_facts_free: Frees the facts and lets go of the events that they borrow from. */
void
ehcp_case_facts_free (EhcpCaseFacts *facts)
{
  g_ptr_array_unref (facts->events);
  g_array_unref (facts->facts);
  g_free (facts);
}
