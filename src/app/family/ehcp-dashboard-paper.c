/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline, drawn as on the screen, with its legend; then the stage in words, every date with its
 * reason, and whom to ask. */
#include "ehcp-dashboard-paper.h"

#include <glib/gi18n.h>

#include "ehcp-case-timeline.h"
#include "ehcp-dashboard-words.h"
#include "ehcp-day-words.h"
#include "ehcp-key-dates.h"
#include "ehcp-stage-words.h"
#include "ehcp-time-words.h"
#include "ehcp-timeline-drawing.h"

/* Small enough for six columns side by side on A4. */
#define FONT "Cantarell, Noto Sans, DejaVu Sans 8.5"

typedef struct
{
  EhcpTimeline timeline;
  EhcpDay today;
  char *grounds[EHCP_N_STAGES];
} Figure;

static Figure *
figure_new (const EhcpCaseTimeline *found, EhcpDay today)
{
  Figure *figure = g_new0 (Figure, 1);

  figure->timeline = found->timeline;
  figure->today = today;
  for (guint i = 0; i < EHCP_N_STAGES; i++)
    figure->grounds[i] = g_strdup (found->grounds[i]);
  return figure;
}

static void
figure_free (gpointer data)
{
  Figure *figure = data;

  for (guint i = 0; i < EHCP_N_STAGES; i++)
    g_free (figure->grounds[i]);
  g_free (figure);
}

static EhcpTimelineTexts *
lay_out (Figure *figure, PangoContext *context, double width, EhcpTimelineLayout *layout)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  EhcpTimelineTexts *texts;

  pango_context_set_font_description (context, font);
  texts = ehcp_timeline_texts_new (context, &figure->timeline, figure->today,
                                   (const char *const *) figure->grounds);
  ehcp_timeline_layout_compute (layout, &figure->timeline, width, texts->scale,
                                gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL,
                                ehcp_timeline_texts_measure, texts);
  return texts;
}

static double
measure_cb (PangoContext *context, double width, gpointer data)
{
  EhcpTimelineLayout layout;
  g_autoptr (EhcpTimelineTexts) texts = lay_out (data, context, width, &layout);

  return layout.height;
}

static void
draw_cb (cairo_t *cr, PangoContext *context, double width, gpointer data)
{
  Figure *figure = data;
  EhcpTimelineColours colours;
  EhcpTimelineLayout layout;
  g_autoptr (EhcpTimelineTexts) texts = lay_out (figure, context, width, &layout);

  ehcp_timeline_colours_for_paper (&colours);
  ehcp_timeline_draw (cr, &layout, &figure->timeline, texts, &colours);
}

static void
add_timeline (EhcpPaper *paper, const EhcpCaseTimeline *found, EhcpDay today)
{
  g_autofree char *week = ehcp_weeks_words_title (&found->timeline);
  g_autofree char *used = ehcp_weeks_words_used (&found->timeline);
  g_autofree char *line = g_strdup_printf ("%s. %s.", week, used);

  ehcp_paper_add (paper, EHCP_PAPER_HEADING, _("Statutory Timescales"));
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, line);
  ehcp_paper_add_figure (paper, measure_cb, draw_cb, figure_new (found, today), figure_free);
  ehcp_paper_add (paper, EHCP_PAPER_SMALL,
                  _("One small bar is one week. Filled: used. Outlined: still to come. Hatched: over the "
                    "limit. Ring with a dot: where the case is now. Dashed ring: excused by law. Diamond "
                    "with a mark: late."));
}

static void
add_late (EhcpPaper *paper, EhcpBook *book, EhcpRecord *case_record, const EhcpStage *stage, EhcpDay today)
{
  g_autofree char *late = NULL;

  if (stage->state != EHCP_STAGE_CURRENT || !stage->is_late)
    return;
  late = ehcp_dashboard_words_late (book, case_record, stage, today);
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, late);
}

static void
add_stage (EhcpPaper *paper, EhcpBook *book, EhcpRecord *case_record)
{
  EhcpRecord *words = ehcp_book_find_where (book, EHCP_KIND_STAGE_TEXT, "stage",
                                            ehcp_record_get_text (case_record, "stage"));

  if (words == NULL)
    return;
  ehcp_paper_add (paper, EHCP_PAPER_HEADING, ehcp_record_get_text (words, "title"));
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, ehcp_record_get_text (words, "summary"));
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, ehcp_record_get_text (words, "text"));
}

static void
add_dates (EhcpPaper *paper, EhcpBook *book, const char *case_id, EhcpDay today)
{
  g_autoptr (GPtrArray) dates = ehcp_key_dates_list (book, case_id, today);

  if (dates->len > 0)
    ehcp_paper_add (paper, EHCP_PAPER_HEADING, _("Key Dates"));
  for (guint i = 0; i < dates->len; i++)
    {
      const EhcpKeyDate *date = dates->pdata[i];
      g_autofree char *why = g_strdup_printf (_("%s, %s. %s"), date->day, date->status, date->why);

      ehcp_paper_add (paper, EHCP_PAPER_LABEL, date->title);
      ehcp_paper_add (paper, EHCP_PAPER_TEXT, why);
      if (date->right != NULL)
        ehcp_paper_add (paper, EHCP_PAPER_TEXT, date->right);
      if (date->missed != NULL)
        ehcp_paper_add (paper, EHCP_PAPER_TEXT, date->missed);
      if (date->source != NULL)
        ehcp_paper_add (paper, EHCP_PAPER_SMALL, date->source);
    }
}

static void
add_caseworker (EhcpPaper *paper, EhcpRecord *case_record)
{
  static const char *const fields[] = { "caseworker_name", "caseworker_telephone", "caseworker_email" };
  g_autoptr (GString) line = g_string_new (NULL);

  if (ehcp_record_get_text (case_record, "caseworker_name") == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (ehcp_record_get_text (case_record, fields[i]) != NULL)
      g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "",
                              ehcp_record_get_text (case_record, fields[i]));
  g_string_prepend (line, _("Your caseworker: "));
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, line->str);
}

static void
add_head (EhcpPaper *paper, EhcpLink *link, EhcpRecord *case_record, const char *child)
{
  EhcpService *service = ehcp_link_get_service (link);
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (link));
  g_autofree char *when = ehcp_time_words_saved (ehcp_link_get_updated_at (link), now);
  g_autofree char *day = ehcp_day_words_long (ehcp_clock_today (ehcp_link_get_clock (link)));
  g_autofree char *head = g_strdup_printf ("%s%s%s", service != NULL ? ehcp_service_get_name (service) : "",
                                           service != NULL ? ", " : "",
                                           ehcp_record_get_text (case_record, "reference"));
  g_autofree char *as_of = g_strdup_printf (_("Printed on %s, with what was saved %s."), day, when);

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, child);
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, head);
  if (ehcp_link_get_updated_at (link) > 0)
    ehcp_paper_add (paper, EHCP_PAPER_SMALL, as_of);
}

EhcpPaper *
ehcp_dashboard_paper_new (EhcpLink *link, const char *case_id)
{
  EhcpBook *book = ehcp_link_get_book (link);
  EhcpRecord *case_record = ehcp_book_find (book, EHCP_KIND_CASE, case_id);
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (link));
  g_autofree char *child = NULL, *foot = NULL;
  EhcpCaseTimeline found;
  EhcpPaper *paper;

  if (case_record == NULL)
    return NULL;
  child = ehcp_dashboard_words_child (case_record);
  foot = g_strdup_printf ("%s · %s", child, ehcp_record_get_text (case_record, "reference"));
  paper = ehcp_paper_new (child, foot);
  add_head (paper, link, case_record, child);
  add_caseworker (paper, case_record);
  if (ehcp_case_timeline_compute (book, case_id, today, &found))
    {
      add_timeline (paper, &found, today);
      add_late (paper, book, case_record, &found.timeline.stages[found.timeline.current], today);
    }
  add_stage (paper, book, case_record);
  add_dates (paper, book, case_id, today);
  return paper;
}
