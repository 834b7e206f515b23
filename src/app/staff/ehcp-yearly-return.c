/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case may have had several requests: each has a line of its own, with what happened from its day up to
 * the next one's. The names of the columns follow the return's own modules: person, request, assessment,
 * plan, mediation and tribunal, review, end. What the program does not hold has no column. */
#include "ehcp-yearly-return.h"

#include <string.h>

#include "ehcp-csv.h"
#include "ehcp-record.h"
#include "ehcp-rules.h"
#include "ehcp-text.h"

typedef enum
{
  REFERENCE, SURNAME, FORENAME, BIRTH, SCHOOL, CASEWORKER, STATUS,
  RECEIVED, HOW, ASSESS_DATE, ASSESS_OUTCOME, ASSESS_IN_TIME, ASSESS_EXEMPTION, ASSESS_REASON,
  PLAN_DATE, PLAN_OUTCOME, PLAN_IN_TIME, PLAN_REASON, DRAFT_DATE, FINAL_DATE, FINAL_DUE, DAYS_TAKEN, WEEK_20,
  FINAL_EXEMPTION, FINAL_REASON, MEDIATION_DATE, MEDIATION_HELD, APPEAL_DATE, ORDER_DATE, ORDER,
  MEETING_DATE, REVIEW_DATE, REVIEW_OUTCOME, AMENDED_DATE, CEASED_DATE, CEASED_REASON,
  N_COLUMNS
} Column;

static const char *const names[N_COLUMNS] = {
  "reference", "surname", "forename", "date_of_birth", "school", "caseworker", "case_status",
  "request_received", "request_type", "request_outcome_date", "request_outcome",
  "request_outcome_within_6_weeks", "request_exemption", "request_exemption_reason",
  "assessment_outcome_date", "assessment_outcome", "assessment_outcome_within_16_weeks",
  "assessment_outcome_reason", "draft_plan_date", "final_plan_date", "final_plan_due",
  "days_from_request_to_plan", "plan_within_20_weeks", "final_plan_exemption",
  "final_plan_exemption_reason", "mediation_asked", "mediation_held", "appeal_sent", "order_date", "order",
  "review_meeting", "review_decision_date", "review_decision", "amended_plan_date", "ceased_date",
  "ceased_reason",
};

typedef struct
{
  EhcpRecord *child;
  EhcpDay from;
  EhcpDay to;              /* the day on which the next request came, or none */
  char *fields[N_COLUMNS];
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (line->fields[i]);
  g_free (line);
}

static void
take (Line *line, Column column, char *text)
{
  g_free (line->fields[column]);
  line->fields[column] = text;
}

static void
set (Line *line, Column column, const char *text)
{
  take (line, column, g_strdup (text));
}

static void
set_day (Line *line, Column column, EhcpDay day)
{
  char text[EHCP_DATE_LENGTH + 1];

  if (day != EHCP_DAY_NONE)
    set (line, column, ehcp_date_format (day, text));
}

/* Events of each case that hold, by day. */

static int
compare_events (gconstpointer a, gconstpointer b)
{
  EhcpRecord *one = *(EhcpRecord *const *) a;
  EhcpRecord *two = *(EhcpRecord *const *) b;
  EhcpDay days[] = { ehcp_record_get_date (one, "date"), ehcp_record_get_date (two, "date") };

  if (days[0] != days[1])
    return days[0] < days[1] ? -1 : 1;
  return g_strcmp0 (ehcp_record_get_text (one, "entered_at"), ehcp_record_get_text (two, "entered_at"));
}

static GHashTable *
list_corrected (GListModel *events)
{
  GHashTable *corrected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);

      if (ehcp_record_has (event, "corrects"))
        g_hash_table_add (corrected, g_strdup (ehcp_record_get_text (event, "corrects")));
    }
  return corrected;
}

static GHashTable *
group_events (GListModel *events)
{
  GHashTable *by_case = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) corrected = list_corrected (events);
  GHashTableIter iter;
  gpointer list;

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);
      const char *case_id = ehcp_record_get_case (event);
      GPtrArray *of_case;

      if (case_id == NULL || g_hash_table_contains (corrected, ehcp_record_get_id (event)))
        continue;
      of_case = g_hash_table_lookup (by_case, case_id);
      if (of_case == NULL)
        {
          of_case = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_case, g_strdup (case_id), of_case);
        }
      g_ptr_array_add (of_case, g_steal_pointer (&event));
    }
  g_hash_table_iter_init (&iter, by_case);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    g_ptr_array_sort (list, compare_events);
  return by_case;
}

static gboolean
is_request (EhcpRecord *event)
{
  const char *what = ehcp_record_get_text (event, "what");

  return g_strcmp0 (what, "request-received") == 0 || g_strcmp0 (what, "became-responsible") == 0;
}

/* Lines */

static void
fill_person (Line *line)
{
  EhcpRecord *child = line->child;

  set (line, REFERENCE, ehcp_record_get_text (child, "reference"));
  set (line, SURNAME, ehcp_record_get_text (child, "child_surname"));
  set (line, FORENAME, ehcp_record_get_text (child, "child_forename"));
  set_day (line, BIRTH, ehcp_record_get_date (child, "date_of_birth"));
  set (line, SCHOOL, ehcp_record_get_text (child, "school"));
  if (ehcp_record_has (child, "caseworker"))
    set (line, CASEWORKER, ehcp_record_get_text (child, "caseworker_name"));
  set (line, STATUS, ehcp_record_get_text (child, "status"));
}

/* What an event says of its request: which column has its day, and which its value or its note. */
static const struct
{
  const char *what;
  Column day;
  Column value; /* N_COLUMNS: none */
  Column note;
} said[] = {
  { "assess-decided", ASSESS_DATE, ASSESS_OUTCOME, ASSESS_REASON },
  { "draft-served", DRAFT_DATE, N_COLUMNS, N_COLUMNS },
  { "mediation-asked", MEDIATION_DATE, N_COLUMNS, N_COLUMNS },
  { "mediation-held", MEDIATION_HELD, N_COLUMNS, N_COLUMNS },
  { "appeal-sent", APPEAL_DATE, N_COLUMNS, N_COLUMNS },
  { "order", ORDER_DATE, ORDER, N_COLUMNS },
  { "review-meeting", MEETING_DATE, N_COLUMNS, N_COLUMNS },
  { "review-decided", REVIEW_DATE, REVIEW_OUTCOME, N_COLUMNS },
  { "amended-final-issued", AMENDED_DATE, N_COLUMNS, N_COLUMNS },
  { "ceased", CEASED_DATE, N_COLUMNS, CEASED_REASON },
};

static void
fill_exemption (Line *line, EhcpRecord *event)
{
  const char *value = ehcp_record_get_text (event, "value");
  const char *ground = value != NULL ? strchr (value, ' ') : NULL;
  gboolean is_assess = value != NULL && g_str_has_prefix (value, "assess-decision");
  gboolean is_final = value != NULL && g_str_has_prefix (value, "final-plan");

  if (is_assess || is_final)
    {
      set (line, is_assess ? ASSESS_EXEMPTION : FINAL_EXEMPTION, ground != NULL ? ground + 1 : "yes");
      set (line, is_assess ? ASSESS_REASON : FINAL_REASON, ehcp_record_get_text (event, "note"));
    }
}

/* The first final plan is the one that the return asks for; later ones are amendments. */
static void
fill_plan (Line *line, EhcpRecord *event)
{
  const char *what = ehcp_record_get_text (event, "what");
  EhcpDay day = ehcp_record_get_date (event, "date");

  if (g_str_equal (what, "final-issued") && line->fields[FINAL_DATE] == NULL)
    {
      set_day (line, FINAL_DATE, day);
      take (line, DAYS_TAKEN, g_strdup_printf ("%d", day - line->from));
      if (line->fields[PLAN_DATE] == NULL)
        set_day (line, PLAN_DATE, day);
      set (line, PLAN_OUTCOME, "yes");
    }
  else if (g_str_equal (what, "plan-decided") || g_str_equal (what, "no-plan-notified"))
    {
      set_day (line, PLAN_DATE, day);
      set (line, PLAN_OUTCOME, g_str_equal (what, "plan-decided") ? "yes" : "no");
      set (line, PLAN_REASON, ehcp_record_get_text (event, "note"));
    }
}

static void
fill_event (Line *line, EhcpRecord *event)
{
  const char *what = ehcp_record_get_text (event, "what");

  fill_plan (line, event);
  if (g_str_equal (what, "exemption"))
    fill_exemption (line, event);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (g_str_equal (what, said[i].what))
      {
        set_day (line, said[i].day, ehcp_record_get_date (event, "date"));
        if (said[i].value != N_COLUMNS && ehcp_record_has (event, "value"))
          set (line, said[i].value, ehcp_record_get_text (event, "value"));
        else if (said[i].value == ASSESS_OUTCOME)
          set (line, ASSESS_OUTCOME, "yes"); /* an entry without an outcome means that there will be one */
        if (said[i].note != N_COLUMNS && ehcp_record_has (event, "note"))
          set (line, said[i].note, ehcp_record_get_text (event, "note"));
      }
}

static void
fill_deadline (Line *line, EhcpRecord *deadline, EhcpDay today)
{
  const char *rule = ehcp_record_get_text (deadline, "rule");
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  EhcpDay met_on = ehcp_record_get_date (deadline, "met_on");
  gboolean is_met = ehcp_record_has (deadline, "met_on");
  const char *words = is_met ? (met_on <= due ? "yes" : "no") : today > due ? "no" : "";
  gboolean is_final = g_str_equal (rule, "final-plan");
  gboolean is_lapsed = g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") == 0;

  if (ehcp_record_get_date (deadline, "trigger_date") != line->from || (is_lapsed && !is_met))
    return;
  if (g_str_equal (rule, "assess-decision"))
    set (line, ASSESS_IN_TIME, words);
  else if (g_str_equal (rule, "no-plan-decision"))
    set (line, PLAN_IN_TIME, words);
  else if (is_final)
    {
      set_day (line, FINAL_DUE, due);
      set (line, WEEK_20, words);
    }
}

static GHashTable *
group_deadlines (GListModel *deadlines)
{
  GHashTable *by_case = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      const char *case_id = ehcp_record_get_case (deadline);
      GPtrArray *of_case = case_id != NULL ? g_hash_table_lookup (by_case, case_id) : NULL;

      if (case_id == NULL)
        continue;
      if (of_case == NULL)
        {
          of_case = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (by_case, g_strdup (case_id), of_case);
        }
      g_ptr_array_add (of_case, g_steal_pointer (&deadline));
    }
  return by_case;
}

static void
add_lines (GPtrArray *lines, EhcpRecord *child, GPtrArray *events, GPtrArray *deadlines, EhcpDay today)
{
  Line *line = NULL;

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      EhcpRecord *event = events->pdata[i];

      if (is_request (event))
        {
          line = g_new0 (Line, 1);
          line->child = child;
          line->from = ehcp_record_get_date (event, "date");
          fill_person (line);
          set_day (line, RECEIVED, line->from);
          set (line, HOW, g_str_equal (ehcp_record_get_text (event, "what"), "request-received")
                              ? "request" : "became responsible");
          for (guint n = 0; deadlines != NULL && n < deadlines->len; n++)
            fill_deadline (line, deadlines->pdata[n], today);
          g_ptr_array_add (lines, line);
        }
      else if (line != NULL)
        fill_event (line, event);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *one = *(Line *const *) a;
  const Line *two = *(Line *const *) b;

  if (one->from != two->from)
    return one->from < two->from ? -1 : 1;
  return g_strcmp0 (one->fields[REFERENCE], two->fields[REFERENCE]);
}

char *
ehcp_yearly_return_make (GListModel *cases, GListModel *events, GListModel *deadlines, EhcpDay today)
{
  g_autoptr (GHashTable) events_of = group_events (events);
  g_autoptr (GHashTable) deadlines_of = group_deadlines (deadlines);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  GString *csv = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (cases, i);
      const char *id = ehcp_record_get_id (child);

      add_lines (lines, child, g_hash_table_lookup (events_of, id), g_hash_table_lookup (deadlines_of, id),
                 today);
    }
  g_ptr_array_sort (lines, compare_lines);
  ehcp_csv_add_line (csv, names, N_COLUMNS);
  for (guint i = 0; i < lines->len; i++)
    ehcp_csv_add_line (csv, (const char *const *) ((Line *) lines->pdata[i])->fields, N_COLUMNS);
  return g_string_free (csv, FALSE);
}
