/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes what the portal page and the dashboard say. */
#include "ehcp-dashboard-words.h"

#include <glib/gi18n.h>

#include "ehcp-clock.h"
#include "ehcp-day-words.h"
#include "ehcp-form-words.h"
#include "ehcp-stage-words.h"
#include "ehcp-text.h"

/* "Good afternoon, Helen" */
char *
ehcp_dashboard_words_greeting (gint64 now_s, const char *forename)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_s);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  int hour = g_date_time_get_hour (local != NULL ? local : utc);
  const char *sentence = hour < 12 ? _("Good morning, %s")
                                   : hour < 18 ? _("Good afternoon, %s") : _("Good evening, %s");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (sentence, forename);
#pragma GCC diagnostic pop
}

/* "Isla Marlow" */
char *
ehcp_dashboard_words_child (EhcpRecord *case_record)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (case_record, "child_forename"),
                          ehcp_record_get_text (case_record, "child_surname"));
}

/* What stands beside the number of actions. @due: of the first one, or none. */
char *
ehcp_dashboard_words_actions (guint n_actions, EhcpDay due, EhcpDay today)
{
  g_autofree char *day = NULL, *left = NULL;

  if (n_actions == 0)
    return g_strdup (_("nothing to do now"));
  if (due == EHCP_DAY_NONE)
    return g_strdup (_("for you to fill in"));
  day = ehcp_day_words_short (due, today);
  if (due < today)
    return g_strdup_printf (_("to do, was due %s"), day);
  left = ehcp_day_words_left (due - today);
  if (n_actions == 1)
    return g_strdup_printf (_("by %s, %s"), day, left);
  return g_strdup_printf (_("the first by %s, %s"), day, left);
}

/* "Gathering advice." in bold, then the sentence. */
char *
ehcp_dashboard_words_stage_markup (const char *title, const char *summary)
{
  return g_markup_printf_escaped ("<b>%s.</b> %s", title, summary);
}

static char *
find_last_word (EhcpBook *book, const char *case_id, EhcpDay since, EhcpDay today)
{
  GListModel *messages = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (messages, i);
      const char *at = ehcp_record_get_text (message, "received_at");
      g_autofree char *day = NULL;

      if (!ehcp_record_get_bool (message, "from_council") || at == NULL ||
          ehcp_clock_day_of (ehcp_time_parse (at)) < since)
        continue;
      day = ehcp_day_words_short (ehcp_clock_day_of (ehcp_time_parse (at)), today);
      return g_strdup_printf (_("%s last wrote to you on %s."), ehcp_record_get_text (message, "sender_name"),
                              day);
    }
  return NULL;
}

/* Late is said plainly, with who can tell more. */
char *
ehcp_dashboard_words_late (EhcpBook *book, EhcpRecord *case_record, const EhcpStage *stage, EhcpDay today)
{
  g_autofree char *day = ehcp_day_words_short (stage->due, today);
  g_autofree char *word = find_last_word (book, ehcp_record_get_id (case_record), stage->due, today);
  const char *caseworker = ehcp_record_get_text (case_record, "caseworker_name");

  if (word != NULL)
    return g_strdup_printf (_("This should have been done by %s. %s"), day, word);
  if (caseworker != NULL)
    return g_strdup_printf (_("This should have been done by %s. %s can tell you why, and when it will come."),
                            day, caseworker);
  return g_strdup_printf (_("This should have been done by %s."), day);
}

static gboolean
may_appeal (EhcpBook *book, const char *case_id, EhcpDay today)
{
  GListModel *deadlines = ehcp_book_get_list (book, EHCP_KIND_DEADLINE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);

      if (g_str_equal (ehcp_record_get_text (deadline, "rule"), "appeal") &&
          g_str_equal (ehcp_record_get_text (deadline, "state"), "due") &&
          ehcp_record_get_date (deadline, "due") >= today)
        return TRUE;
    }
  return FALSE;
}

static char *
say_outcome (const EhcpTimeline *timeline, EhcpDay today)
{
  static const EhcpStageId answers[] = { EHCP_STAGE_ASSESS, EHCP_STAGE_DECIDE };
  const EhcpStage *final = &timeline->stages[EHCP_STAGE_FINAL];
  g_autofree char *day = NULL;

  if (final->done_on != EHCP_DAY_NONE)
    {
      day = ehcp_day_words_short (final->done_on, today);
      return g_strdup_printf (_("The final plan was issued on %s. The help in it must now be given."), day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const EhcpStage *stage = &timeline->stages[answers[i]];

      if (stage->done_on == EHCP_DAY_NONE || g_strcmp0 (stage->outcome, "no") != 0)
        continue;
      day = ehcp_day_words_short (stage->done_on, today);
      return g_strdup_printf (answers[i] == EHCP_STAGE_ASSESS
                                  ? _("On %s we decided not to assess. The letter tells you why.")
                                  : _("On %s we decided not to make a plan. The letter tells you why."),
                              day);
    }
  return NULL;
}

/* What came of it, once the 20 weeks are over, and that it need not be the last word. NULL when the council's
 * own words on the stage say it better. */
char *
ehcp_dashboard_words_over (EhcpBook *book, EhcpRecord *case_record, const EhcpTimeline *timeline, EhcpDay today)
{
  const char *stage = ehcp_record_get_text (case_record, "stage");
  g_autofree char *outcome = NULL;

  if (!timeline->is_over || (!g_str_equal (stage, "final") && !g_str_equal (stage, "ended")))
    return NULL;
  outcome = say_outcome (timeline, today);
  if (outcome == NULL || !may_appeal (book, ehcp_record_get_id (case_record), today))
    return g_steal_pointer (&outcome);
  return g_strdup_printf (_("%s If you do not agree, Key Dates say until when you can ask for mediation or appeal."),
                          outcome);
}

/* Letters, reports and plans; what came with a message is seen there. */
guint
ehcp_dashboard_count_documents (EhcpBook *book, const char *case_id)
{
  GListModel *documents = ehcp_book_get_list (book, EHCP_KIND_DOCUMENT, case_id);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      if (ehcp_record_get_text (document, "message") == NULL)
        n++;
    }
  return n;
}

/* Forms that wait for the person. @first_due: (out): the soonest day of theirs, or none. */
guint
ehcp_dashboard_count_actions (EhcpBook *book, const char *case_id, EhcpDay *first_due)
{
  GListModel *forms = ehcp_book_get_list (book, EHCP_KIND_FORM, case_id);
  guint n = 0;

  *first_due = EHCP_DAY_NONE;
  for (guint i = 0; i < g_list_model_get_n_items (forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (forms, i);
      EhcpFormStanding standing = ehcp_form_words_get_standing (form);
      EhcpDay due = ehcp_record_get_date (form, "due");

      if (standing != EHCP_STANDING_TO_DO && standing != EHCP_STANDING_RETURNED &&
          standing != EHCP_STANDING_NOT_SENT)
        continue;
      n++;
      if (due != EHCP_DAY_NONE && (*first_due == EHCP_DAY_NONE || due < *first_due))
        *first_due = due;
    }
  return n;
}

/* What the council refused, so that it is not lost sight of. */
guint
ehcp_dashboard_count_refused (EhcpBook *book, const char *case_id, EhcpKind kind)
{
  GListModel *list = ehcp_book_get_list (book, kind, case_id);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) record = g_list_model_get_item (list, i);

      if (ehcp_record_get_delivery (record) == EHCP_DELIVERY_REFUSED)
        n++;
    }
  return n;
}
