/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the timeline and the council's words on the current stage together. */
#include "ehcp-timeline-card.h"

#include "ehcp-case-timeline.h"
#include "ehcp-columns.h"
#include "ehcp-dashboard-words.h"
#include "ehcp-stage-words.h"
#include "ehcp-timeline-chart.h"

struct _EhcpTimelineCard
{
  AdwBin parent_instance;
  GtkWidget *weeks;
  GtkWidget *week;
  GtkWidget *used;
  GtkWidget *chart;
  GtkWidget *none;
  GtkWidget *band;
  GtkWidget *summary;
  GtkWidget *extra;
  GtkWidget *arrow;
  GtkWidget *text;
  gboolean has_no_words;
};

G_DEFINE_FINAL_TYPE (EhcpTimelineCard, ehcp_timeline_card, ADW_TYPE_BIN)

static void
extra_toggled_cb (EhcpTimelineCard *card)
{
  gboolean is_open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (card->extra));

  gtk_widget_set_visible (card->text, is_open);
  gtk_image_set_from_icon_name (GTK_IMAGE (card->arrow), is_open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (card->extra), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
}

static void
ehcp_timeline_card_class_init (EhcpTimelineCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_TIMELINE_CHART);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-timeline-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, weeks);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, week);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, used);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, chart);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, none);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, band);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, extra);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, arrow);
  gtk_widget_class_bind_template_child (widget_class, EhcpTimelineCard, text);
  gtk_widget_class_bind_template_callback (widget_class, extra_toggled_cb);
}

static void
ehcp_timeline_card_init (EhcpTimelineCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  gtk_accessible_update_state (GTK_ACCESSIBLE (card->extra), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
show_timeline (EhcpTimelineCard *card, const EhcpCaseTimeline *found, EhcpDay today)
{
  g_autofree char *week = ehcp_weeks_words_title (&found->timeline);
  g_autofree char *used = ehcp_weeks_words_used (&found->timeline);

  gtk_label_set_label (GTK_LABEL (card->week), week);
  gtk_label_set_label (GTK_LABEL (card->used), used);
  ehcp_timeline_chart_set_timeline (EHCP_TIMELINE_CHART (card->chart), &found->timeline, today,
                                    found->grounds);
}

/* What is known of this case, where that says more than the council's words on the stage: late, or over. */
static char *
say_standing (EhcpBook *book, EhcpRecord *case_record, const EhcpCaseTimeline *found, EhcpDay today)
{
  const EhcpStage *stage = found != NULL ? &found->timeline.stages[found->timeline.current] : NULL;

  if (stage == NULL)
    return NULL;
  if (stage->state == EHCP_STAGE_CURRENT && stage->is_late)
    return ehcp_dashboard_words_late (book, case_record, stage, today);
  return ehcp_dashboard_words_over (book, case_record, &found->timeline, today);
}

static void
show_stage (EhcpTimelineCard *card, EhcpBook *book, EhcpRecord *case_record,
            const EhcpCaseTimeline *found, EhcpDay today)
{
  EhcpRecord *words = ehcp_book_find_where (book, EHCP_KIND_STAGE_TEXT, "stage",
                                            ehcp_record_get_text (case_record, "stage"));
  g_autofree char *standing = say_standing (book, case_record, found, today);
  g_autofree char *markup = NULL;

  gtk_widget_set_visible (card->band, words != NULL && !card->has_no_words);
  if (words == NULL)
    return;
  markup = ehcp_dashboard_words_stage_markup (
      ehcp_record_get_text (words, "title"),
      standing != NULL ? standing : ehcp_record_get_text (words, "summary"));
  gtk_label_set_markup (GTK_LABEL (card->summary), markup);
  gtk_label_set_label (GTK_LABEL (card->text), ehcp_record_get_text (words, "text"));
}

/* Leaves out what the council says to families of the stage. */
void
ehcp_timeline_card_hide_words (EhcpTimelineCard *card)
{
  g_return_if_fail (EHCP_IS_TIMELINE_CARD (card));

  card->has_no_words = TRUE;
}

void
ehcp_timeline_card_show_case (EhcpTimelineCard *card, EhcpBook *book, EhcpRecord *case_record,
                              EhcpDay today)
{
  EhcpCaseTimeline found;
  gboolean has_timeline;

  g_return_if_fail (EHCP_IS_TIMELINE_CARD (card));

  has_timeline = ehcp_case_timeline_compute (book, ehcp_record_get_id (case_record), today, &found);
  gtk_widget_set_visible (card->weeks, has_timeline);
  gtk_widget_set_visible (card->chart, has_timeline);
  gtk_widget_set_visible (card->none, !has_timeline);
  if (has_timeline)
    show_timeline (card, &found, today);
  show_stage (card, book, case_record, has_timeline ? &found : NULL, today);
}
