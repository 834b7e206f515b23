/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the timeline says of each stage. The weeks as a whole are ehcp-weeks-words.c's, the drawing is
 * widgets/ehcp-timeline*.c's. */
#include "ehcp-stage-words.h"

#include <glib/gi18n.h>

#include "ehcp-day-words.h"

#define DAYS_IN_WEEK 7
#define COMMENT_DAYS 15 /* SEND Regulations 2014, reg 13(1): at least, beginning with service */

typedef struct
{
  const EhcpTimeline *timeline;
  const EhcpStage *stage;
  EhcpDay today;
  const char *ground;
  EhcpStageWords *words;
  guint n_lines;
  GPtrArray *spoken;
} Telling;

const char *
ehcp_stage_words_name (EhcpStageId id)
{
  switch (id)
    {
    case EHCP_STAGE_REQUEST:
      return _("Request received");
    case EHCP_STAGE_ASSESS:
      return _("Deciding whether to assess");
    case EHCP_STAGE_ADVICE:
      return _("Gathering advice");
    case EHCP_STAGE_DECIDE:
      return _("Deciding whether to issue a plan");
    case EHCP_STAGE_DRAFT:
      return _("Your draft plan");
    case EHCP_STAGE_FINAL:
      return _("Final plan");
    case EHCP_N_STAGES:
    default:
      g_return_val_if_reached ("");
    }
}

/* The rule whose deadline, in the council's records, has the ground on which a stage is excused. */
const char *
ehcp_stage_words_rule (EhcpStageId id)
{
  static const char *const rules[EHCP_N_STAGES] = {
    NULL, "assess-decision", "advice", "no-plan-decision", "draft-practice", "final-plan"
  };

  g_return_val_if_fail ((guint) id < EHCP_N_STAGES, NULL);
  return rules[id];
}

static const char *
name_state (const EhcpStage *stage)
{
  switch (stage->state)
    {
    case EHCP_STAGE_DONE:
      if (stage->is_late)
        return _("Done late");
      return stage->is_excused ? _("Done, excused") : _("Done");
    case EHCP_STAGE_CURRENT:
      return _("Current stage");
    case EHCP_STAGE_NEXT:
      return stage->is_late ? _("Late") : _("Next");
    case EHCP_STAGE_LATER:
      return stage->is_late ? _("Late") : _("Later");
    case EHCP_STAGE_NOT_NEEDED:
    default:
      return _("Not needed");
    }
}

static void
take_line (Telling *telling, EhcpStageLineTone tone, char *line)
{
  g_assert (telling->n_lines < EHCP_STAGE_N_LINES);
  telling->words->lines[telling->n_lines] = line;
  telling->words->tones[telling->n_lines] = tone;
  telling->n_lines++;
}

/* Says a short day in a sentence with one "%s". */
static void
tell_day (Telling *telling, const char *sentence, EhcpDay day)
{
  g_autofree char *words = ehcp_day_words_short (day, telling->today);

  /* The sentence is one of ours; gettext keeps its one %s. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  take_line (telling, EHCP_STAGE_LINE_DIM, g_strdup_printf (sentence, words));
#pragma GCC diagnostic pop
}

static void
speak_day (Telling *telling, const char *sentence, EhcpDay day)
{
  g_autofree char *words = ehcp_day_words_spoken (day);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_ptr_array_add (telling->spoken, g_strdup_printf (sentence, words));
#pragma GCC diagnostic pop
}

static void
tell_weeks (Telling *telling)
{
  const EhcpStage *stage = telling->stage;

  take_line (telling, EHCP_STAGE_LINE_DIM,
             g_strdup_printf (_("Weeks %d to %d"), stage->first_week - 1, stage->last_week));
  g_ptr_array_add (telling->spoken, g_strdup_printf (_("weeks %d to %d"), stage->first_week - 1,
                                                     stage->last_week));
}

/* What is done keeps the day by which it was to be done, with the week where that is a whole one. */
static void
tell_limit (Telling *telling)
{
  const EhcpStage *stage = telling->stage;
  g_autofree char *day = ehcp_day_words_short (stage->due, telling->today);

  if (stage->due - telling->timeline->received == stage->last_week * DAYS_IN_WEEK)
    take_line (telling, EHCP_STAGE_LINE_DIM,
               g_strdup_printf (_("By week %d, %s"), stage->last_week, day));
  else
    take_line (telling, EHCP_STAGE_LINE_DIM, g_strdup_printf (_("By %s"), day));
  if (!stage->is_excused)
    speak_day (telling, _("due %s"), stage->due);
}

static void
tell_answer (Telling *telling)
{
  g_autofree char *day = ehcp_day_words_short (telling->stage->done_on, telling->today);
  gboolean is_yes = g_strcmp0 (telling->stage->outcome, "no") != 0;

  take_line (telling, EHCP_STAGE_LINE_DIM,
             g_strdup_printf (is_yes ? _("Answered %s: yes") : _("Answered %s: no"), day));
  speak_day (telling, is_yes ? _("answered yes on %s") : _("answered no on %s"),
             telling->stage->done_on);
}

static void
tell_done_on (Telling *telling)
{
  const EhcpStage *stage = telling->stage;

  if (stage->outcome != NULL)
    tell_answer (telling);
  else if (stage->id == EHCP_STAGE_ADVICE && stage->n_asked > 0 && stage->n_in == stage->n_asked)
    {
      tell_day (telling, _("Last report %s"), stage->done_on);
      speak_day (telling, _("the last report came on %s"), stage->done_on);
    }
  else if (stage->id == EHCP_STAGE_FINAL)
    {
      tell_day (telling, _("Issued %s"), stage->done_on);
      speak_day (telling, _("issued on %s"), stage->done_on);
    }
  else
    {
      tell_day (telling, _("Done %s"), stage->done_on);
      speak_day (telling, _("done on %s"), stage->done_on);
    }
}

static void
tell_late (Telling *telling, gboolean has_begun)
{
  g_autofree char *late = ehcp_day_words_late (telling->stage->days_late);

  if (has_begun)
    take_line (telling, EHCP_STAGE_LINE_LATE, g_strdup (late));
  else
    take_line (telling, EHCP_STAGE_LINE_LATE, g_strdup_printf (_("%s, not yet begun"), late));
  g_ptr_array_add (telling->spoken, g_strdup (telling->words->lines[telling->n_lines - 1]));
}

/* No days are added by an exemption, so the first day stays, in words that tell it from a limit. */
static void
tell_excused (Telling *telling)
{
  const char *ground = telling->ground != NULL ? telling->ground : _("Excused by law");
  g_autofree char *day = ehcp_day_words_spoken (telling->stage->due);

  take_line (telling, EHCP_STAGE_LINE_NOTE, g_strdup (ground));
  if (telling->ground != NULL)
    g_ptr_array_add (telling->spoken,
                     g_strdup_printf (_("excused: %s; the date was %s"), ground, day));
  else
    g_ptr_array_add (telling->spoken,
                     g_strdup_printf (_("excused by law; the date was %s"), day));
}

static void
tell_draft_done (Telling *telling)
{
  EhcpDay last = telling->stage->done_on + COMMENT_DAYS - 1;

  tell_day (telling, _("Served %s"), telling->stage->done_on);
  speak_day (telling, _("served on %s"), telling->stage->done_on);
  tell_day (telling, _("Your 15 days: to %s"), last);
  speak_day (telling, _("your 15 days: to %s"), last);
}

static void
tell_done (Telling *telling)
{
  const EhcpStage *stage = telling->stage;
  g_autofree char *day = ehcp_day_words_year (stage->done_on);

  if (stage->id == EHCP_STAGE_REQUEST)
    {
      take_line (telling, EHCP_STAGE_LINE_DIM, g_steal_pointer (&day));
      speak_day (telling, "%s", stage->done_on);
      return;
    }
  if (stage->id == EHCP_STAGE_DRAFT)
    {
      tell_draft_done (telling);
      return;
    }
  tell_limit (telling);
  tell_done_on (telling);
  if (stage->is_late)
    tell_late (telling, TRUE);
  else if (stage->is_excused)
    tell_excused (telling);
}

/* Week 14 for the draft is practice and no law: it is never called late, only expected. */
static void
tell_draft_ahead (Telling *telling)
{
  const EhcpStage *stage = telling->stage;
  gboolean is_over = stage->due < telling->today;

  tell_day (telling, is_over ? _("Expected about %s") : _("From about %s"), stage->due);
  speak_day (telling, is_over ? _("it was expected about %s") : _("from about %s"), stage->due);
  take_line (telling, EHCP_STAGE_LINE_DIM, g_strdup (_("15 days or more for you")));
  g_ptr_array_add (telling->spoken, g_strdup (_("15 days or more for you")));
}

static void
tell_was_due (Telling *telling)
{
  g_autofree char *day = ehcp_day_words_year (telling->stage->due);

  take_line (telling, EHCP_STAGE_LINE_DIM, g_strdup_printf (_("Was due %s"), day));
  if (!telling->stage->is_excused)
    speak_day (telling, _("was due %s"), telling->stage->due);
}

static void
tell_reports (Telling *telling)
{
  const EhcpStage *stage = telling->stage;

  if (stage->n_asked == 0 || telling->n_lines == EHCP_STAGE_N_LINES)
    return;
  take_line (telling, EHCP_STAGE_LINE_NOTE,
             g_strdup_printf (ngettext ("%d of %d report is in", "%d of %d reports are in",
                                        (gulong) stage->n_asked),
                              stage->n_in, stage->n_asked));
  g_ptr_array_add (telling->spoken, g_strdup (telling->words->lines[telling->n_lines - 1]));
}

static void
tell_current_limit (Telling *telling)
{
  const EhcpStage *stage = telling->stage;
  g_autofree char *day = ehcp_day_words_short (stage->due, telling->today);
  g_autofree char *left = ehcp_day_words_left (stage->due - telling->today);

  tell_weeks (telling);
  take_line (telling, EHCP_STAGE_LINE_DIM, g_strdup_printf (_("By %s, %s"), day, left));
  speak_day (telling, _("due %s"), stage->due);
  g_ptr_array_add (telling->spoken, g_steal_pointer (&left));
}

static void
tell_current (Telling *telling)
{
  const EhcpStage *stage = telling->stage;

  if (stage->id == EHCP_STAGE_DRAFT)
    {
      tell_draft_ahead (telling);
      return;
    }
  if (stage->is_excused)
    {
      if (stage->due < telling->today)
        tell_was_due (telling);
      else
        tell_limit (telling);
      tell_excused (telling);
    }
  else if (stage->is_late)
    {
      tell_was_due (telling);
      tell_late (telling, TRUE);
    }
  else
    tell_current_limit (telling);
  tell_reports (telling);
}

static void
tell_ahead (Telling *telling)
{
  const EhcpStage *stage = telling->stage;

  if (stage->id == EHCP_STAGE_DRAFT)
    tell_draft_ahead (telling);
  else if (stage->is_late)
    {
      tell_was_due (telling);
      tell_late (telling, FALSE);
    }
  else
    {
      tell_weeks (telling);
      tell_day (telling, _("By %s"), stage->due);
      if (stage->is_excused)
        tell_excused (telling);
      else
        speak_day (telling, _("due %s"), stage->due);
    }
}

static void
tell_stage (Telling *telling)
{
  g_autofree char *state = g_utf8_strdown (telling->words->state, -1);

  g_ptr_array_add (telling->spoken, g_strdup_printf (_("Stage %d of %d"), telling->stage->id + 1,
                                                     EHCP_N_STAGES));
  g_ptr_array_add (telling->spoken, g_strdup (telling->words->name));
  g_ptr_array_add (telling->spoken, g_steal_pointer (&state));
  if (telling->stage->state == EHCP_STAGE_DONE)
    tell_done (telling);
  else if (telling->stage->state == EHCP_STAGE_CURRENT)
    tell_current (telling);
  else if (telling->stage->state != EHCP_STAGE_NOT_NEEDED)
    tell_ahead (telling);
}

/* The words of one stage. @ground: in words, when an exemption holds and the council gave it. */
EhcpStageWords *
ehcp_stage_words_new (const EhcpTimeline *timeline, EhcpStageId id, EhcpDay today,
                      const char *ground)
{
  g_autoptr (GPtrArray) spoken = g_ptr_array_new_with_free_func (g_free);
  EhcpStageWords *words = g_new0 (EhcpStageWords, 1);
  Telling telling = { timeline, &timeline->stages[id], today, ground, words, 0, spoken };

  words->state = g_strdup (name_state (telling.stage));
  words->name = g_strdup (ehcp_stage_words_name (id));
  tell_stage (&telling);
  g_ptr_array_add (spoken, NULL);
  words->spoken = g_strjoinv (", ", (char **) spoken->pdata);
  return words;
}

void
ehcp_stage_words_free (EhcpStageWords *words)
{
  g_free (words->state);
  g_free (words->name);
  g_free (words->spoken);
  for (guint i = 0; i < EHCP_STAGE_N_LINES; i++)
    g_free (words->lines[i]);
  g_free (words);
}
