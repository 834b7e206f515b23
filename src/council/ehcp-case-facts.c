/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the events of a case to the facts of the rules: corrected entries are left out, and so is a
 * correction that says that something never happened. */
#include "ehcp-case-facts.h"

#include "ehcp-facts-implied.h"
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
  ehcp_facts_add_implied (facts->facts);
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
