/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Months, weeks and caseworkers: each as a chart and as a table of labels. */
#include "ehcp-team-panels.h"

#include <glib/gi18n.h>

#include "ehcp-day-words.h"
#include "ehcp-share-bar.h"

/* Tables */

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
make_cell (const char *text, gboolean is_head, gboolean is_number)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", is_number ? 1. : 0., "wrap", TRUE,
                                   "hexpand", !is_number, "valign", is_head ? GTK_ALIGN_END : GTK_ALIGN_START,
                                   NULL);

  gtk_widget_add_css_class (label, is_head ? "caption-heading" : is_number ? "numeric" : "body");
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* @cells: NULL stands at the end. The first cell of a row is its name, the others are numbers. */
static void
add_row (GtkGrid *grid, int row, const char *const *cells)
{
  for (int i = 0; cells[i] != NULL; i++)
    gtk_grid_attach (grid, make_cell (cells[i], row == 0, i > 0), i, row, 1, 1);
}

static char *
say_share (int share)
{
  /* Translators: per cent */
  return share >= 0 ? g_strdup_printf (_("%d%%"), share) : g_strdup ("–");
}

/* Months */

static char *
format_day (EhcpDay day, const char *format)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  time = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date),
                                12, 0, 0);
  return g_date_time_format (time, format);
}

char *
ehcp_team_panels_month_name (EhcpDay first)
{
  return format_day (first, "%OB");
}

static void
fill_month_column (EhcpColumn *column, const EhcpTeamMonth *month, gboolean is_current)
{
  g_autofree char *name = format_day (month->first, "%b");
  int share = ehcp_team_month_share (month, TRUE);

  /* Translators: the name of a month that is not over */
  column->name = is_current ? g_strdup_printf (_("%s so far"), name) : g_steal_pointer (&name);
  column->note = g_strdup_printf (ngettext ("%u plan", "%u plans", month->n_plans), month->n_plans);
  column->text = say_share (share);
  column->parts[0] = MAX (share, 0);
  column->looks[0] = is_current ? EHCP_COLUMN_OPEN : EHCP_COLUMN_DONE;
}

static void
add_month_row (GtkGrid *table, int row, const EhcpTeamMonth *month)
{
  g_autofree char *name = format_day (month->first, "%b %Y");
  g_autofree char *n_plans = g_strdup_printf ("%u", month->n_plans);
  g_autofree char *n_in_time = g_strdup_printf ("%u", month->n_in_time);
  g_autofree char *n_exempt = g_strdup_printf ("%u", month->n_exempt);
  g_autofree char *with = say_share (ehcp_team_month_share (month, TRUE));
  g_autofree char *without = say_share (ehcp_team_month_share (month, FALSE));

  add_row (table, row,
           (const char *const[]){ name, n_plans, n_in_time, n_exempt, with, without, NULL });
}

void
ehcp_team_panels_show_months (EhcpColumnChart *chart, GtkGrid *table, const EhcpTeamFigures *figures)
{
  EhcpColumn columns[EHCP_TEAM_N_MONTHS] = { 0 };
  g_autoptr (GString) spoken = g_string_new (NULL);

  clear_grid (table);
  add_row (table, 0, (const char *const[]){ _("Month"), _("Plans"), _("In 20 weeks"), _("Exempt"),
                                            _("Share of all"), _("Share of not exempt"), NULL });
  for (int i = 0; i < EHCP_TEAM_N_MONTHS; i++)
    {
      const EhcpTeamMonth *month = &figures->months[i];

      fill_month_column (&columns[i], month, i == EHCP_TEAM_N_MONTHS - 1);
      add_month_row (table, i + 1, month);
      g_string_append_printf (spoken, "%s%s: %s, %s", i > 0 ? "; " : "", columns[i].name, columns[i].text,
                              columns[i].note);
    }
  ehcp_column_chart_set (chart, columns, EHCP_TEAM_N_MONTHS, 100, "%");
  ehcp_column_chart_set_spoken (chart, _("Plans made within 20 weeks, as a chart"), spoken->str);
}

/* Weeks */

static void
fill_week_column (EhcpColumn *column, const EhcpTeamWeek *week, EhcpDay today)
{
  column->name = format_day (week->monday, "%-d %b");
  if (week->n_late > 0)
    column->note = g_strdup_printf (_("%u late"), week->n_late);
  else if (today >= week->monday && today < week->monday + 7)
    column->note = g_strdup (_("this week"));
  column->text = g_strdup_printf ("%u", week->n_late + week->n_due);
  column->parts[0] = week->n_late;
  column->looks[0] = EHCP_COLUMN_LATE;
  column->parts[1] = week->n_due;
  column->looks[1] = EHCP_COLUMN_COMING;
}

static void
add_week_row (GtkGrid *table, int row, const EhcpTeamWeek *week)
{
  g_autofree char *name = format_day (week->monday, "%-d %B %Y");
  g_autofree char *n_due = g_strdup_printf ("%u", week->n_due);
  g_autofree char *n_late = g_strdup_printf ("%u", week->n_late);
  g_autofree char *n_excused = g_strdup_printf ("%u", week->n_excused);
  g_autofree char *n_done = g_strdup_printf ("%u", week->n_done);

  add_row (table, row,
           (const char *const[]){ name, n_due, n_late, n_excused, n_done, NULL });
}

/* A number of four equal steps, so that the lines stand at whole numbers. */
static int
find_most (guint most)
{
  static const int steps[] = { 4, 8, 12, 20, 40, 60, 100, 200, 400, 600, 1000, 2000, 4000, 10000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (most <= (guint) steps[i])
      return steps[i];
  return (int) ((most + 3) / 4 * 4);
}

void
ehcp_team_panels_show_weeks (EhcpColumnChart *chart, GtkGrid *table, const EhcpTeamFigures *figures,
                             EhcpDay today)
{
  EhcpColumn columns[EHCP_TEAM_N_WEEKS] = { 0 };
  g_autoptr (GString) spoken = g_string_new (NULL);
  guint most = 0;

  clear_grid (table);
  add_row (table, 0, (const char *const[]){ _("Week from"), _("Due"), _("Late"), _("Late, excused"), _("Done"),
                                            NULL });
  for (int i = 0; i < EHCP_TEAM_N_WEEKS; i++)
    {
      const EhcpTeamWeek *week = &figures->weeks[i];

      fill_week_column (&columns[i], week, today);
      add_week_row (table, i + 1, week);
      most = MAX (most, week->n_due + week->n_late);
      g_string_append_printf (spoken, i > 0 ? _("; week from %s: %u due, %u late")
                                            : _("Week from %s: %u due, %u late"),
                              columns[i].name, week->n_due, week->n_late);
    }
  ehcp_column_chart_set (chart, columns, EHCP_TEAM_N_WEEKS, find_most (most), "");
  ehcp_column_chart_set_spoken (chart, _("Due and late by week, as a chart"), spoken->str);
}

/* Caseworkers */

static const char *
get_name (const EhcpTeamLoad *load)
{
  return load->name != NULL ? load->name : _("Not allocated");
}

static GtkWidget *
make_count (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 1., NULL);

  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_load_bar (GtkGrid *grid, int row, const EhcpTeamLoad *load, guint most)
{
  g_autofree char *n_open = g_strdup_printf ("%u", load->n_open);
  /* Translators: dates that are due soon, of one caseworker */
  g_autofree char *soon = load->n_soon > 0 ? g_strdup_printf (_("%u soon"), load->n_soon)
                                           : g_strdup (_("none soon"));
  g_autofree char *late = load->n_late > 0 ? g_strdup_printf (_("%u late"), load->n_late)
                                           : g_strdup (_("none late"));
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label", get_name (load), "xalign", 0., "ellipsize",
                                  PANGO_ELLIPSIZE_END, "width-chars", 10, "max-width-chars", 18, NULL);

  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, ehcp_share_bar_new (most > 0 ? (double) load->n_open / most : 0), 1, row, 1, 1);
  gtk_grid_attach (grid, make_count (n_open, "body"), 2, row, 1, 1);
  gtk_grid_attach (grid, make_count (soon, load->n_soon > 0 ? "soon" : "dim"), 3, row, 1, 1);
  gtk_grid_attach (grid, make_count (late, load->n_late > 0 ? "late" : "dim"), 4, row, 1, 1);
}

void
ehcp_team_panels_show_loads (GtkGrid *chart, GtkGrid *table, const EhcpTeamFigures *figures)
{
  guint most = 0;

  clear_grid (chart);
  clear_grid (table);
  for (guint i = 0; i < figures->loads->len; i++)
    most = MAX (most, ((const EhcpTeamLoad *) figures->loads->pdata[i])->n_open);
  add_row (table, 0, (const char *const[]){ _("Caseworker"), _("Open cases"), _("Due within 7 days"), _("Late"),
                                            NULL });
  for (guint i = 0; i < figures->loads->len; i++)
    {
      const EhcpTeamLoad *load = figures->loads->pdata[i];
      g_autofree char *n_open = g_strdup_printf ("%u", load->n_open);
      g_autofree char *n_soon = g_strdup_printf ("%u", load->n_soon);
      g_autofree char *n_late = g_strdup_printf ("%u", load->n_late);

      add_load_bar (chart, (int) i, load, most);
      add_row (table, (int) i + 1,
               (const char *const[]){ get_name (load), n_open, n_soon, n_late, NULL });
    }
}
