/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets the timeline's words in type; which words is ehcp-stage-words.c's business. */
#include "ehcp-timeline-texts.h"

#include <glib/gi18n.h>

#include "ehcp-stage-words.h"
#include "ehcp-text-scale.h"

#define NORMAL_SIZE 11.0
#define CAPTION_SIZE 9.5

static PangoLayout *
set_text (PangoContext *context, const char *text, gboolean is_bold, gboolean is_small)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_context_get_font_description (context));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int size = pango_font_description_get_size (font);

  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (is_small)
    size = (int) (size * CAPTION_SIZE / NORMAL_SIZE);
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, size);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
add_state (EhcpTimelineTexts *texts, PangoContext *context, const EhcpStage *stage,
           const char *words)
{
  EhcpTimelineTone tone = EHCP_TIMELINE_TONE_DIM;

  if (stage->state == EHCP_STAGE_CURRENT)
    tone = EHCP_TIMELINE_TONE_CURRENT_TAG;
  else if (stage->is_late)
    tone = EHCP_TIMELINE_TONE_LATE;
  texts->layouts[stage->id][EHCP_TIMELINE_STATE] = set_text (context, words, TRUE, TRUE);
  texts->tones[stage->id][EHCP_TIMELINE_STATE] = tone;
  if (stage->state != EHCP_STAGE_CURRENT || !stage->is_late)
    return;
  texts->layouts[stage->id][EHCP_TIMELINE_LATE_TAG] = set_text (context, _("Late"), TRUE, TRUE);
  texts->tones[stage->id][EHCP_TIMELINE_LATE_TAG] = EHCP_TIMELINE_TONE_LATE_TAG;
}

static EhcpTimelineTone
tone_of_line (EhcpStageLineTone tone)
{
  switch (tone)
    {
    case EHCP_STAGE_LINE_NOTE:
      return EHCP_TIMELINE_TONE_PLAIN;
    case EHCP_STAGE_LINE_LATE:
      return EHCP_TIMELINE_TONE_LATE;
    case EHCP_STAGE_LINE_DIM:
    default:
      return EHCP_TIMELINE_TONE_DIM;
    }
}

static void
add_stage (EhcpTimelineTexts *texts, PangoContext *context, const EhcpTimeline *timeline,
           EhcpStageId id, EhcpDay today, const char *ground)
{
  g_autoptr (EhcpStageWords) words = ehcp_stage_words_new (timeline, id, today, ground);

  add_state (texts, context, &timeline->stages[id], words->state);
  texts->layouts[id][EHCP_TIMELINE_NAME] = set_text (context, words->name, TRUE, FALSE);
  for (guint i = 0; i < EHCP_STAGE_N_LINES && words->lines[i] != NULL; i++)
    {
      texts->layouts[id][EHCP_TIMELINE_LINE_1 + i] = set_text (context, words->lines[i], FALSE, TRUE);
      texts->tones[id][EHCP_TIMELINE_LINE_1 + i] = tone_of_line (words->tones[i]);
    }
  texts->spoken[id] = g_steal_pointer (&words->spoken);
}

/* @grounds: why a stage is excused, for each stage or NULL; NULL for none at all. */
EhcpTimelineTexts *
ehcp_timeline_texts_new (PangoContext *context, const EhcpTimeline *timeline, EhcpDay today,
                         const char *const *grounds)
{
  EhcpTimelineTexts *texts = g_new0 (EhcpTimelineTexts, 1);

  texts->scale = ehcp_text_scale_get (context);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    add_stage (texts, context, timeline, id, today, grounds != NULL ? grounds[id] : NULL);
  return texts;
}

void
ehcp_timeline_texts_free (EhcpTimelineTexts *texts)
{
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      for (guint i = 0; i < EHCP_TIMELINE_N_TEXTS; i++)
        g_clear_object (&texts->layouts[id][i]);
      g_free (texts->spoken[id]);
    }
  g_free (texts);
}

/* An EhcpTimelineMeasure. Leaves each text wrapped at the width that it was asked for last. */
void
ehcp_timeline_texts_measure (EhcpStageId id, EhcpTimelineText text, double width,
                             double *text_width, double *text_height, gpointer data)
{
  EhcpTimelineTexts *texts = data;
  PangoLayout *layout = texts->layouts[id][text];
  EhcpTimelineTone tone = texts->tones[id][text];
  gboolean is_tag = tone >= EHCP_TIMELINE_TONE_CURRENT_TAG;
  double padding = is_tag ? 2 * EHCP_TIMELINE_TAG_X * texts->scale : 0;
  int pixel_width, pixel_height;

  *text_width = *text_height = 0;
  if (layout == NULL)
    return;
  if (tone == EHCP_TIMELINE_TONE_LATE_TAG)
    padding += EHCP_TIMELINE_TAG_SIGN * texts->scale;
  pango_layout_set_width (layout, (int) (MAX (width - padding, 1) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &pixel_width, &pixel_height);
  *text_width = pixel_width + padding;
  *text_height = pixel_height + (is_tag ? 2 * EHCP_TIMELINE_TAG_Y * texts->scale : 0);
}
