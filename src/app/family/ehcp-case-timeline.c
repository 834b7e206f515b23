/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events through the rules to the timeline; then the council's deadlines, where it has concluded them,
 * have the last word on days and exemptions. */
#include "ehcp-case-timeline.h"

#include "ehcp-stage-words.h"

static GHashTable *
collect_corrected (GListModel *events)
{
  GHashTable *corrected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);
      const char *corrects = ehcp_record_get_text (event, "corrects");

      if (corrects != NULL)
        g_hash_table_add (corrected, g_strdup (corrects));
    }
  return corrected;
}

/* The facts borrow their texts from the records, which the book keeps. */
static GArray *
collect_facts (EhcpBook *book, const char *case_id)
{
  GListModel *events = ehcp_book_get_list (book, EHCP_KIND_EVENT, case_id);
  g_autoptr (GHashTable) corrected = collect_corrected (events);
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (EhcpFact));

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);
      EhcpFact fact = { ehcp_record_get_text (event, "what"), ehcp_record_get_date (event, "date"),
                        ehcp_record_get_date (event, "until"), ehcp_record_get_text (event, "value") };

      if (ehcp_rules_knows_fact (fact.name) &&
          !g_hash_table_contains (corrected, ehcp_record_get_id (event)))
        g_array_append_val (facts, fact);
    }
  return facts;
}

/* A stage whose rule has one deadline takes its day. Gathering advice has one for each person asked, of
 * which the rules found the latest. */
static void
apply_deadline (EhcpCaseTimeline *out, EhcpStageId id, EhcpRecord *deadline, EhcpDay today)
{
  EhcpStage *stage = &out->timeline.stages[id];
  EhcpDay until = stage->done_on != EHCP_DAY_NONE ? stage->done_on : today;

  if (g_strcmp0 (ehcp_record_get_text (deadline, "state"), "excused") == 0)
    {
      stage->is_excused = TRUE;
      out->grounds[id] = ehcp_record_get_text (deadline, "ground");
    }
  if (id == EHCP_STAGE_ADVICE || id == EHCP_STAGE_DRAFT)
    return;
  stage->due = ehcp_record_get_date (deadline, "due");
  stage->is_late = !stage->is_excused && until > stage->due;
  stage->days_late = stage->is_late ? until - stage->due : 0;
  stage->days_left = stage->done_on == EHCP_DAY_NONE && stage->due > today ? stage->due - today : 0;
}

static void
apply_deadlines (EhcpCaseTimeline *out, EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *deadlines = ehcp_book_get_list (book, EHCP_KIND_DEADLINE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      gboolean is_lapsed = g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") == 0;
      /* Those of an earlier assessment of the same child stay in the book. */
      gboolean is_earlier = ehcp_record_get_date (deadline, "trigger_date") < out->timeline.received;

      for (EhcpStageId id = EHCP_STAGE_ASSESS; id < EHCP_N_STAGES && !is_lapsed && !is_earlier; id++)
        if (out->timeline.stages[id].state != EHCP_STAGE_NOT_NEEDED &&
            g_strcmp0 (ehcp_record_get_text (deadline, "rule"), ehcp_stage_words_rule (id)) == 0)
          apply_deadline (out, id, deadline, today);
    }
}

/* FALSE when the book knows of no request: a case that came with its plan, or before the first pull. */
gboolean
ehcp_case_timeline_compute (EhcpBook *book, const char *case_id, EhcpDay today, EhcpCaseTimeline *out)
{
  g_autoptr (GArray) facts = collect_facts (book, case_id);

  *out = (EhcpCaseTimeline){ 0 };
  if (!ehcp_timeline_compute ((EhcpFact *) (gpointer) facts->data, facts->len, today, &out->timeline))
    return FALSE;
  apply_deadlines (out, book, case_id, today);
  return TRUE;
}
