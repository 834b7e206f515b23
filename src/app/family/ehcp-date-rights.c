/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's rights in words: what it may do until when, how, and who advises it for nothing; what happens
 * when a day is missed, by the family or by others; and how the thing came that its days begin with. */
#include "ehcp-date-rights.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-clock.h"
#include "ehcp-date-reasons.h"
#include "ehcp-day-words.h"
#include "ehcp-text.h"

static const struct
{
  const char *rule;
  const char *what;
  const char *how;
  const char *missed;
} rights[] = {
  { "draft-comments",
    N_("You can ask for changes, ask for a meeting, and say which school or college you would like."),
    N_("Fill in the form under Actions to Complete, or write to your caseworker under Messages. If you need "
       "longer, say so before that day."),
    N_("If you miss it, we may go on to the final plan without your comments. You can still appeal against the "
       "final plan.") },
  { "amend-comments",
    N_("You can say what you think of the changes, ask for a meeting, and say which school or college you "
       "would like."),
    N_("Write to your caseworker under Messages. If you need longer, say so before that day."),
    N_("If you miss it, we may change the plan without your comments. You can still appeal against the changed "
       "plan.") },
  { "mediation-contact",
    N_("You can ask a mediation adviser to help you and us to agree. You do not have to go to mediation, but you "
       "need the adviser’s certificate before you appeal. It costs nothing."),
    N_("Ring or write to the mediation adviser who is named in our decision letter."),
    N_("If you miss it, you can normally not appeal any more. Ask SENDIASS at once what is still possible.") },
  { "appeal",
    N_("You can ask the SEND Tribunal to decide. It is independent of the council and costs nothing."),
    N_("Send form SEND35, or SEND35A if we decided not to assess, to the Tribunal with our decision letter and "
       "the mediation certificate. The form is on GOV.UK."),
    N_("If you miss it, the Tribunal can take a late appeal only for a good reason. Ask SENDIASS at once.") },
};

/* Of the council's, once the day is over. */
static const char when_late[] =
    N_("We still have to do it. You can ask your caseworker why, complain to the council, and after that go to the "
       "Local Government and Social Care Ombudsman. Your local SENDIASS helps you for nothing.");

/* What the law leaves to guidance or practice has no such words: nobody is late by it. */
static const char *const missed_by[] = {
  [EHCP_ACTOR_COUNCIL] = N_("If we miss it, we still have to do it. You can ask your caseworker why, complain to the "
                            "council, and after that go to the Local Government and Social Care Ombudsman. Your "
                            "local SENDIASS helps you for nothing."),
  [EHCP_ACTOR_FAMILY] = NULL,
  [EHCP_ACTOR_ADVISER] = N_("If it is missed, our own dates stay the same. We have to ask again, or decide with what "
                            "we have."),
  [EHCP_ACTOR_SCHOOL] = N_("If it is missed, tell the school or us. Our own dates stay the same."),
};

/* How a draft came, as it was entered. */
static const struct
{
  const char *value;
  const char *words;
} channels[] = {
  { "post", N_("It came by post, as %s entered.") },
  { "email", N_("It came by e-mail, as %s entered.") },
  { "portal", N_("It came through this portal, from %s.") },
  { "hand", N_("It was handed to you, as %s entered.") },
};

/* What the family may do while the day has not passed: what, until when, how, and who advises. */
char *
ehcp_date_rights_right (EhcpRecord *deadline, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  const char *rule = ehcp_record_get_text (deadline, "rule");
  g_autofree char *day = ehcp_day_words_full (due, today);

  if (ehcp_record_has (deadline, "met_on") || due < today ||
      g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (g_strcmp0 (rights[i].rule, rule) == 0)
      return g_strdup_printf (_("Your right, until %s: %s %s Your local SENDIASS gives free advice and does not "
                                "work for the council."),
                              day, _(rights[i].what), _(rights[i].how));
  return NULL;
}

/* What happens if nothing is done; NULL once it was done, and where nobody must do anything. */
char *
ehcp_date_rights_missed (EhcpRecord *deadline, EhcpDay today)
{
  const EhcpRule *rule = ehcp_date_reasons_find_rule (deadline);
  const char *state = ehcp_record_get_text (deadline, "state");
  const char *words;

  if (rule == NULL || ehcp_record_has (deadline, "met_on") || g_strcmp0 (state, "lapsed") == 0 ||
      g_strcmp0 (state, "excused") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (g_strcmp0 (rights[i].rule, ehcp_rule_get_id (rule)) == 0)
      return g_strdup (_(rights[i].missed));
  words = ehcp_rule_is_law (rule) ? missed_by[ehcp_rule_get_actor (rule)] : NULL;
  if (words == missed_by[EHCP_ACTOR_COUNCIL] && ehcp_record_get_date (deadline, "due") < today)
    words = when_late;
  return words != NULL ? g_strdup (_(words)) : NULL;
}

static gboolean
is_corrected (GListModel *events, EhcpRecord *event)
{
  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) other = g_list_model_get_item (events, i);

      if (g_strcmp0 (ehcp_record_get_text (other, "corrects"), ehcp_record_get_id (event)) == 0)
        return TRUE;
    }
  return FALSE;
}

static EhcpRecord *
find_service (EhcpBook *book, EhcpRecord *deadline)
{
  GListModel *events = ehcp_book_get_list (book, EHCP_KIND_EVENT, ehcp_record_get_case (deadline));

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (EhcpRecord) event = g_list_model_get_item (events, i);

      if (g_strcmp0 (ehcp_record_get_text (event, "what"), ehcp_record_get_text (deadline, "trigger")) == 0 &&
          ehcp_record_get_date (event, "date") == ehcp_record_get_date (deadline, "trigger_date") &&
          !is_corrected (events, event))
        return g_steal_pointer (&event);
    }
  return NULL;
}

/* When a family member first opened the draft here; the first of several copies. */
static EhcpDay
find_opened (EhcpBook *book, EhcpRecord *deadline)
{
  GListModel *documents = ehcp_book_get_list (book, EHCP_KIND_DOCUMENT, ehcp_record_get_case (deadline));
  EhcpDay opened = EHCP_DAY_NONE;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);
      const char *read_at = ehcp_record_get_text (document, "read_at");
      EhcpDay day = read_at != NULL ? ehcp_clock_day_of (ehcp_time_parse (read_at)) : EHCP_DAY_NONE;

      if (day != EHCP_DAY_NONE && g_strcmp0 (ehcp_record_get_text (document, "kind"), "draft-plan") == 0 &&
          ehcp_record_get_date (document, "served_on") == ehcp_record_get_date (deadline, "trigger_date"))
        opened = opened == EHCP_DAY_NONE ? day : MIN (opened, day);
    }
  return opened;
}

static void
add_opened (GString *text, EhcpDay opened, EhcpDay today)
{
  g_autofree char *day = NULL;

  if (opened == EHCP_DAY_NONE)
    return;
  day = ehcp_day_words_full (opened, today);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, _("It was first opened here on %s; your days count from when it came."), day);
}

/* How that came which the family's days begin with, who entered it, and when it was first opened. */
char *
ehcp_date_rights_service (EhcpBook *book, EhcpRecord *deadline, EhcpDay today)
{
  const char *trigger = ehcp_record_get_text (deadline, "trigger");
  g_autoptr (EhcpRecord) event = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_strcmp0 (trigger, "draft-served") != 0 && g_strcmp0 (trigger, "amendment-served") != 0)
    return NULL;
  event = find_service (book, deadline);
  for (guint i = 0; event != NULL && i < G_N_ELEMENTS (channels); i++)
    if (g_strcmp0 (channels[i].value, ehcp_record_get_text (event, "value")) == 0)
      {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        g_string_append_printf (text, _(channels[i].words), ehcp_record_get_text (event, "entered_by"));
#pragma GCC diagnostic pop
      }
  add_opened (text, find_opened (book, deadline), today);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
