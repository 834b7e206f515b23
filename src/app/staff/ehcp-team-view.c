/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts anew when the book has changed, at most every quarter of a second, and only while it is seen.
 * What is counted is ehcp-team-figures.c's; how it is drawn, ehcp-team-panels.c's. */
#include "ehcp-team-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-action-row.h"
#include "ehcp-columns.h"
#include "ehcp-date-reasons.h"
#include "ehcp-day-words.h"
#include "ehcp-document-saving.h"
#include "ehcp-stack-pages.h"
#include "ehcp-staff-header.h"
#include "ehcp-tag.h"
#include "ehcp-team-panels.h"
#include "ehcp-text.h"
#include "ehcp-yearly-return.h"

#define COUNT_AFTER_MS 250
#define MOST_TASKS 50

struct _EhcpTeamView
{
  EhcpView parent_instance;

  GtkLabel *soon, *soon_note, *late, *late_note, *share, *share_note, *open, *open_note;
  GtkToggleButton *charts;
  GtkStack *months_pages, *loads_pages, *weeks_pages;
  EhcpColumnChart *months_chart, *weeks_chart;
  GtkGrid *months_table, *weeks_table, *loads_chart, *loads_table;
  GtkListBox *tasks;
  GtkLabel *tasks_more;

  guint count_source;
  char *shown_tasks; /* what the list says: rows stay while it is the same, with the focus */
};

G_DEFINE_FINAL_TYPE (EhcpTeamView, ehcp_team_view, EHCP_TYPE_VIEW)

static EhcpDay
get_today (EhcpTeamView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

/* The four figures */

static void
show_count (GtkLabel *label, guint count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  gtk_label_set_label (label, text);
}

static void
show_due (EhcpTeamView *self, const EhcpTeamFigures *figures, EhcpDay today)
{
  g_autofree char *from = ehcp_day_words_full (today, today);
  g_autofree char *to = ehcp_day_words_full (today + EHCP_TEAM_SOON_DAYS, today);
  /* Translators: from one day to another */
  g_autofree char *span = g_strdup_printf (_("%s to %s"), from, to);
  g_autofree char *excused = g_strdup_printf (
      ngettext ("%u of them excused", "%u of them excused", figures->n_late_excused), figures->n_late_excused);

  show_count (self->soon, figures->n_soon);
  gtk_label_set_label (self->soon_note, span);
  show_count (self->late, figures->n_late);
  gtk_label_set_label (self->late_note, figures->n_late == 0 ? _("Nothing is late")
                                        : figures->n_late_excused > 0 ? excused : _("None of them excused"));
}

static void
show_share (EhcpTeamView *self, const EhcpTeamFigures *figures)
{
  const EhcpTeamMonth *month = &figures->months[EHCP_TEAM_N_MONTHS - 1];
  g_autofree char *name = ehcp_team_panels_month_name (month->first);
  int with = ehcp_team_month_share (month, TRUE);
  int without = ehcp_team_month_share (month, FALSE);
  g_autofree char *share = with >= 0 ? g_strdup_printf (_("%d%%"), with) : g_strdup ("–");
  g_autofree char *note = NULL;

  if (with < 0)
    note = g_strdup_printf (_("No plan in %s yet"), name);
  else if (without >= 0 && month->n_exempt > 0)
    note = g_strdup_printf (_("%s so far: %u of %u. Without those exempted: %d%%"), name, month->n_in_time,
                            month->n_plans, without);
  else
    note = g_strdup_printf (_("%s so far: %u of %u"), name, month->n_in_time, month->n_plans);
  gtk_label_set_label (self->share, share);
  gtk_label_set_label (self->share_note, note);
}

static void
show_open (EhcpTeamView *self, const EhcpTeamFigures *figures)
{
  g_autofree char *caseworkers = g_strdup_printf (
      ngettext ("%u caseworker", "%u caseworkers", figures->n_caseworkers), figures->n_caseworkers);
  /* Translators: "7 caseworkers", and how many cases have none */
  g_autofree char *note = g_strdup_printf (_("%s, %u not allocated"), caseworkers, figures->n_unallocated);

  show_count (self->open, figures->n_open);
  gtk_label_set_label (self->open_note, note);
}

/* The list to act on */

static void
task_activated_cb (GtkWidget *row, const char *case_id)
{
  g_autofree char *place = g_strconcat ("case/", case_id, NULL);

  gtk_widget_activate_action (row, "win.go", "s", place);
}

static void
free_closure (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
make_task_tag (const EhcpTeamTask *task)
{
  g_autofree char *words = task->days_left < 0 ? ehcp_day_words_late (-task->days_left)
                                               : ehcp_day_words_left (task->days_left);

  if (task->is_excused)
    return ehcp_tag_new (EHCP_TAG_EXCUSED, _("Excused"));
  return ehcp_tag_new (task->days_left < 0 ? EHCP_TAG_LATE : EHCP_TAG_SOON, words);
}

static char *
name_child (EhcpRecord *child)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                          ehcp_record_get_text (child, "child_surname"));
}

static char *
say_task (const EhcpTeamTask *task)
{
  g_autofree char *title = ehcp_date_reasons_plain_title (task->deadline);
  const char *who = ehcp_record_has (task->child, "caseworker")
                        ? ehcp_record_get_text (task->child, "caseworker_name") : _("not allocated");

  /* Translators: what is due, and the caseworker */
  return g_strdup_printf (_("%s, %s"), title, who);
}

static GtkWidget *
make_task_row (const EhcpTeamTask *task)
{
  g_autofree char *name = name_child (task->child);
  g_autofree char *line = say_task (task);
  g_autofree char *day = ehcp_day_words_spoken (ehcp_record_get_date (task->deadline, "due"));
  g_autofree char *words = task->days_left < 0 ? ehcp_day_words_late (-task->days_left)
                                               : ehcp_day_words_left (task->days_left);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", line, day, task->is_excused ? _("excused") : words);
  GtkWidget *row = ehcp_action_row_new (name, line);
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_task_tag (task));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), name, spoken);
  g_signal_connect_data (row, "activated", G_CALLBACK (task_activated_cb),
                         g_strdup (ehcp_record_get_id (task->child)), free_closure, 0);
  return row;
}

static void
show_more (EhcpTeamView *self, guint n_more)
{
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u more is in the caseload.", "%u more are in the caseload.", n_more), n_more);

  gtk_label_set_label (self->tasks_more, words);
  gtk_widget_set_visible (GTK_WIDGET (self->tasks_more), n_more > 0);
}

static char *
say_tasks (GPtrArray *tasks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (tasks->len, MOST_TASKS); i++)
    {
      const EhcpTeamTask *task = tasks->pdata[i];
      g_autofree char *name = name_child (task->child);
      g_autofree char *line = say_task (task);

      g_string_append_printf (text, "%s\n%s\n%s\n%d %d\n", ehcp_record_get_id (task->deadline), name, line,
                              task->days_left, task->is_excused);
    }
  return g_strdup (text->str);
}

static void
show_tasks (EhcpTeamView *self, GPtrArray *tasks)
{
  g_autofree char *text = say_tasks (tasks);
  GtkWidget *row;

  show_more (self, tasks->len > MOST_TASKS ? tasks->len - MOST_TASKS : 0);
  if (g_strcmp0 (text, self->shown_tasks) == 0)
    return;
  g_free (self->shown_tasks);
  self->shown_tasks = g_steal_pointer (&text);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->tasks))) != NULL)
    gtk_list_box_remove (self->tasks, row);
  for (guint i = 0; i < MIN (tasks->len, MOST_TASKS); i++)
    gtk_list_box_append (self->tasks, make_task_row (tasks->pdata[i]));
  if (tasks->len == 0)
    gtk_list_box_append (self->tasks,
                         g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Nothing is late or due"), "subtitle",
                                       _("The council’s dates of the next 7 days appear here."), NULL));
}

/* Counting */

static void
refresh (EhcpTeamView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpDay today = get_today (self);
  g_autoptr (EhcpTeamFigures) figures =
      ehcp_team_figures_new (ehcp_book_get_list (book, EHCP_KIND_CASE, NULL),
                             ehcp_book_get_list (book, EHCP_KIND_DEADLINE, NULL), today);

  show_due (self, figures, today);
  show_share (self, figures);
  show_open (self, figures);
  ehcp_team_panels_show_months (self->months_chart, self->months_table, figures);
  ehcp_team_panels_show_loads (self->loads_chart, self->loads_table, figures);
  ehcp_team_panels_show_weeks (self->weeks_chart, self->weeks_table, figures, today);
  show_tasks (self, figures->tasks);
}

static gboolean
count_cb (gpointer data)
{
  EhcpTeamView *self = data;

  self->count_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EhcpTeamView *self)
{
  if (self->count_source == 0)
    self->count_source = g_timeout_add (COUNT_AFTER_MS, count_cb, self);
}

/* Acts */

static void
pages_toggled_cb (EhcpTeamView *self)
{
  const char *page = gtk_toggle_button_get_active (self->charts) ? "chart" : "table";

  gtk_stack_set_visible_child_name (self->months_pages, page);
  gtk_stack_set_visible_child_name (self->loads_pages, page);
  gtk_stack_set_visible_child_name (self->weeks_pages, page);
}

static void
allocate_cb (EhcpTeamView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "allocate");
}

/* With the mark by which spreadsheets tell UTF-8. */
static void
export_cb (EhcpTeamView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  char day[EHCP_DATE_LENGTH + 1];
  g_autofree char *csv = ehcp_yearly_return_make (ehcp_book_get_list (book, EHCP_KIND_CASE, NULL),
                                                  ehcp_book_get_list (book, EHCP_KIND_EVENT, NULL),
                                                  ehcp_book_get_list (book, EHCP_KIND_DEADLINE, NULL),
                                                  get_today (self));
  char *text = g_strconcat ("\xEF\xBB\xBF", csv, NULL);
  g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));
  g_autofree char *name = g_strdup_printf ("sen2-%s.csv", ehcp_date_format (get_today (self), day));

  ehcp_document_save_content (GTK_WIDGET (self), ehcp_view_get_link (EHCP_VIEW (self)), NULL, content, name);
}

static void
show_tables_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_toggle_button_set_active (EHCP_TEAM_VIEW (widget)->charts, FALSE);
  pages_toggled_cb (EHCP_TEAM_VIEW (widget));
}

/* As a screen */

static void
ehcp_team_view_shown (EhcpView *view)
{
  refresh (EHCP_TEAM_VIEW (view));
}

static void
ehcp_team_view_constructed (GObject *object)
{
  EhcpTeamView *self = EHCP_TEAM_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);

  G_OBJECT_CLASS (ehcp_team_view_parent_class)->constructed (object);
  ehcp_view_set_title (view, _("Team view"));
  ehcp_staff_header_show (view, "team");
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_team_view_dispose (GObject *object)
{
  EhcpTeamView *self = EHCP_TEAM_VIEW (object);

  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_pointer (&self->shown_tasks, g_free);
  G_OBJECT_CLASS (ehcp_team_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, soon);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, soon_note);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, late);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, late_note);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, share);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, share_note);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, open);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, open_note);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, charts);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, months_pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, loads_pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, weeks_pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, months_chart);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, weeks_chart);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, loads_chart);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, months_table);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, weeks_table);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, loads_table);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, tasks);
  gtk_widget_class_bind_template_child (widget_class, EhcpTeamView, tasks_more);
}

static void
ehcp_team_view_class_init (EhcpTeamViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_team_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_team_view_dispose;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_team_view_shown;
  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_COLUMN_CHART);
  gtk_widget_class_install_action (widget_class, "team.tables", NULL, show_tables_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/staff/ehcp-team-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, pages_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, allocate_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
ehcp_team_view_init (EhcpTeamView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->months_pages);
  ehcp_stack_pages_hide_others (self->loads_pages);
  ehcp_stack_pages_hide_others (self->weeks_pages);
}
