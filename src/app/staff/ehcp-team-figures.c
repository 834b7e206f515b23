/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the cases and one over the deadlines. Only what the law asks of the council itself counts:
 * practice binds nobody, and what an adviser or a family has to do is not the team's to be late with. */
#include "ehcp-team-figures.h"

#include "ehcp-rules.h"

static void
load_free (gpointer data)
{
  EhcpTeamLoad *load = data;

  g_free (load->id);
  g_free (load->name);
  g_free (load);
}

static void
task_free (gpointer data)
{
  EhcpTeamTask *task = data;

  g_object_unref (task->deadline);
  g_object_unref (task->child);
  g_free (task);
}

void
ehcp_team_figures_free (EhcpTeamFigures *figures)
{
  g_ptr_array_unref (figures->loads);
  g_ptr_array_unref (figures->tasks);
  g_free (figures);
}

/* Days */

static EhcpDay
find_monday (EhcpDay day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  return day - (g_date_get_weekday (&date) - G_DATE_MONDAY);
}

static void
set_months (EhcpTeamFigures *figures, EhcpDay today)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) today);
  g_date_set_day (&date, 1);
  g_date_subtract_months (&date, EHCP_TEAM_N_MONTHS - 1);
  for (guint i = 0; i < EHCP_TEAM_N_MONTHS; i++)
    {
      figures->months[i].first = (EhcpDay) g_date_get_julian (&date);
      g_date_add_months (&date, 1);
    }
}

static void
set_weeks (EhcpTeamFigures *figures, EhcpDay today)
{
  EhcpDay first = find_monday (today) - 7 * EHCP_TEAM_WEEKS_BEFORE;

  for (int i = 0; i < EHCP_TEAM_N_WEEKS; i++)
    figures->weeks[i].monday = first + 7 * i;
}

/* Cases */

static gboolean
is_open (EhcpRecord *child)
{
  return g_strcmp0 (ehcp_record_get_text (child, "status"), "open") == 0 &&
         g_strcmp0 (ehcp_record_get_text (child, "stage"), "ended") != 0;
}

/* The key of what has no caseworker is the empty text. */
static EhcpTeamLoad *
get_load (EhcpTeamFigures *figures, GHashTable *by_id, EhcpRecord *child)
{
  const char *id = ehcp_record_get_text (child, "caseworker");
  EhcpTeamLoad *load = g_hash_table_lookup (by_id, id != NULL ? id : "");

  if (load != NULL)
    return load;
  load = g_new0 (EhcpTeamLoad, 1);
  load->id = g_strdup (id);
  load->name = id != NULL ? g_strdup (ehcp_record_get_text (child, "caseworker_name")) : NULL;
  g_ptr_array_add (figures->loads, load);
  g_hash_table_insert (by_id, g_strdup (id != NULL ? id : ""), load);
  return load;
}

/* Returns the open cases by id. */
static GHashTable *
count_cases (EhcpTeamFigures *figures, GHashTable *by_id, GListModel *cases)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (cases, i);

      if (!is_open (child))
        continue;
      figures->n_open++;
      figures->n_unallocated += ehcp_record_get_text (child, "caseworker") == NULL;
      get_load (figures, by_id, child)->n_open++;
      g_hash_table_insert (open, (char *) ehcp_record_get_id (child), g_object_ref (child));
    }
  for (guint i = 0; i < figures->loads->len; i++)
    figures->n_caseworkers += ((EhcpTeamLoad *) figures->loads->pdata[i])->id != NULL;
  return open;
}

/* Deadlines */

static gboolean
has_state (EhcpRecord *deadline, const char *state)
{
  return g_strcmp0 (ehcp_record_get_text (deadline, "state"), state) == 0;
}

static gboolean
is_ours (EhcpRecord *deadline)
{
  const EhcpRule *rule = ehcp_rule_find (ehcp_record_get_text (deadline, "rule"),
                                         ehcp_record_get_text (deadline, "part"));

  return !has_state (deadline, "lapsed") && (rule == NULL || ehcp_rule_is_law (rule)) &&
         g_strcmp0 (ehcp_record_get_text (deadline, "actor"), "council") == 0;
}

static gboolean
is_done (EhcpRecord *deadline)
{
  return ehcp_record_has (deadline, "met_on") || has_state (deadline, "met");
}

static void
count_plan (EhcpTeamFigures *figures, EhcpRecord *deadline)
{
  EhcpDay issued = ehcp_record_get_date (deadline, "met_on");
  gboolean is_in_time = issued <= ehcp_record_get_date (deadline, "due");
  gboolean is_exempt = has_state (deadline, "excused");

  for (guint i = EHCP_TEAM_N_MONTHS; i-- > 0;)
    if (issued >= figures->months[i].first)
      {
        EhcpTeamMonth *month = &figures->months[i];

        month->n_plans++;
        month->n_in_time += is_in_time;
        month->n_exempt += is_exempt;
        month->n_exempt_in_time += is_exempt && is_in_time;
        return;
      }
}

static void
count_week (EhcpTeamFigures *figures, EhcpRecord *deadline, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  int n = due >= figures->weeks[0].monday ? (due - figures->weeks[0].monday) / 7 : -1;
  EhcpTeamWeek *week = n >= 0 && n < EHCP_TEAM_N_WEEKS ? &figures->weeks[n] : NULL;

  if (week == NULL)
    return;
  if (is_done (deadline))
    week->n_done++;
  else if (due >= today)
    week->n_due++;
  else
    {
      week->n_late++;
      week->n_excused += has_state (deadline, "excused");
    }
}

static void
count_task (EhcpTeamFigures *figures, GHashTable *by_id, EhcpRecord *deadline, EhcpRecord *child,
            EhcpDay today)
{
  int days_left = ehcp_record_get_date (deadline, "due") - today;
  gboolean is_excused = has_state (deadline, "excused");
  EhcpTeamLoad *load = get_load (figures, by_id, child);
  EhcpTeamTask *task;

  if (days_left > EHCP_TEAM_SOON_DAYS)
    return;
  if (days_left >= 0)
    {
      figures->n_soon++;
      load->n_soon++;
    }
  else
    {
      figures->n_late++;
      figures->n_late_excused += is_excused;
      load->n_late += !is_excused;
    }
  task = g_new0 (EhcpTeamTask, 1);
  task->deadline = g_object_ref (deadline);
  task->child = g_object_ref (child);
  task->days_left = days_left;
  task->is_excused = is_excused;
  g_ptr_array_add (figures->tasks, task);
}

static void
count_deadlines (EhcpTeamFigures *figures, GHashTable *by_id, GHashTable *open, GListModel *deadlines,
                 EhcpDay today)
{
  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      const char *case_id = ehcp_record_get_case (deadline);
      EhcpRecord *child = case_id != NULL ? g_hash_table_lookup (open, case_id) : NULL;

      if (!is_ours (deadline))
        continue;
      /* A plan that was made counts, whether or not the case is still open. */
      if (g_strcmp0 (ehcp_record_get_text (deadline, "rule"), "final-plan") == 0 &&
          ehcp_record_has (deadline, "met_on"))
        count_plan (figures, deadline);
      if (child == NULL)
        continue;
      count_week (figures, deadline, today);
      if (!is_done (deadline))
        count_task (figures, by_id, deadline, child, today);
    }
}

/* Orders */

static int
compare_loads (gconstpointer a, gconstpointer b)
{
  const EhcpTeamLoad *one = *(EhcpTeamLoad *const *) a;
  const EhcpTeamLoad *two = *(EhcpTeamLoad *const *) b;

  if ((one->name == NULL) != (two->name == NULL))
    return one->name == NULL ? 1 : -1;
  return one->name != NULL ? g_utf8_collate (one->name, two->name) : 0;
}

static int
compare_tasks (gconstpointer a, gconstpointer b)
{
  const EhcpTeamTask *one = *(EhcpTeamTask *const *) a;
  const EhcpTeamTask *two = *(EhcpTeamTask *const *) b;

  /* What is excused no longer binds: it comes after what does. */
  if ((one->is_excused && one->days_left < 0) != (two->is_excused && two->days_left < 0))
    return one->is_excused && one->days_left < 0 ? 1 : -1;
  if (one->days_left != two->days_left)
    return one->days_left < two->days_left ? -1 : 1;
  return g_strcmp0 (ehcp_record_get_id (one->deadline), ehcp_record_get_id (two->deadline));
}

EhcpTeamFigures *
ehcp_team_figures_new (GListModel *cases, GListModel *deadlines, EhcpDay today)
{
  EhcpTeamFigures *figures = g_new0 (EhcpTeamFigures, 1);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) open = NULL;

  figures->loads = g_ptr_array_new_with_free_func (load_free);
  figures->tasks = g_ptr_array_new_with_free_func (task_free);
  set_months (figures, today);
  set_weeks (figures, today);
  open = count_cases (figures, by_id, cases);
  count_deadlines (figures, by_id, open, deadlines, today);
  g_ptr_array_sort (figures->loads, compare_loads);
  g_ptr_array_sort (figures->tasks, compare_tasks);
  return figures;
}

int
ehcp_team_month_share (const EhcpTeamMonth *month, gboolean with_exemptions)
{
  guint n_plans = month->n_plans - (with_exemptions ? 0 : month->n_exempt);
  guint n_in_time = month->n_in_time - (with_exemptions ? 0 : month->n_exempt_in_time);

  return n_plans > 0 ? (int) ((n_in_time * 100 + n_plans / 2) / n_plans) : -1;
}
