/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says a deadline's rule, what set it off and the arithmetic in plain words. Lengths and sources come from
 * the rules and the record; only the sentences are here. */
#include "ehcp-date-reasons.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-day-words.h"

/* A row for each limit of the table of rules. In `limit`, "%s" is the length: "6 weeks"; a fixed day has
 * none. */
typedef struct
{
  const char *rule;
  const char *part;
  const char *title;
  const char *group; /* title of several that fall on one day; NULL if there is only one of it */
  const char *limit;
} Reason;

static const Reason reasons[] = {
  { "assess-decision", NULL, N_("Decision: will we assess?"), NULL,
    N_("We have %s to tell you whether we will assess") },
  { "advice", NULL, N_("Report"), N_("Reports from everyone we asked"),
    N_("Each person has %s to reply") },
  { "draft-practice", NULL, N_("Your draft plan"), NULL,
    N_("We aim to send you the draft within %s, so that there is time for your comments") },
  { "no-plan-decision", NULL, N_("Decision: will there be a plan?"), NULL,
    N_("If there will be no plan, we must tell you within %s; we tell you by then either way") },
  { "draft-comments", NULL, N_("Your comments on the draft"), NULL,
    N_("You have at least %s, and the day on which you got it is the first") },
  { "school-answer", NULL, N_("Answer from a school"), N_("Answers from the schools we asked"),
    N_("A school has %s to answer") },
  { "final-plan", NULL, N_("Final plan"), NULL, N_("The final plan is due within %s") },
  { "review-year", NULL, N_("Yearly review"), NULL,
    N_("The plan must be reviewed within %s, and that day is the first") },
  { "review-under-5", NULL, N_("A review while your child is under 5"), NULL,
    N_("For a child under 5, a review should be thought of every 3 to 6 months") },
  { "review-notice", NULL, N_("Invitations to the review meeting"), NULL,
    N_("Invitations and reports are sent at least %s before") },
  { "review-report", NULL, N_("Report of the review meeting"), NULL,
    N_("The school has %s to send it") },
  { "review-decision", NULL, N_("Decision after the review"), NULL,
    N_("We have %s to tell you whether the plan stays, changes or ends") },
  { "amend-comments", NULL, N_("Your comments on the changes"), NULL,
    N_("You have at least %s, and the day on which you got it is the first") },
  { "amended-final", NULL, N_("Changed plan"), NULL, N_("The changed plan is due within %s") },
  { "phase-transfer", NULL, N_("Plan for the next school or college"), NULL,
    N_("In a year in which a child moves on to the next phase of education, the changed plan comes before 15 "
       "February, and before 31 March for a move from school to college") },
  { "post16-move", NULL, N_("Plan for the move"), NULL,
    N_("The changed plan comes at least %s before a move between places after 16") },
  { "reassess-decision", NULL, N_("Decision: will we assess again?"), NULL,
    N_("We have %s to tell you") },
  { "reassess-final", NULL, N_("Plan after the new assessment"), NULL,
    N_("The plan is due within %s") },
  { "transfer-plan", NULL, N_("Your plan goes to the new council"), NULL,
    N_("The old council sends it on the day of the move, or within %s of learning of it, and that day is the "
       "first") },
  { "transfer-tell", NULL, N_("What we will do with the plan"), NULL,
    N_("We have %s to tell you whether we will assess again, and when we review the plan") },
  { "transfer-review", NULL, N_("First review by the new council"), NULL,
    N_("The plan is reviewed within 12 months of the last review, or within %s of coming to us if that is "
       "later") },
  { "mediation-contact", NULL, N_("Ask about mediation"), NULL,
    N_("You have %s to ask a mediation adviser") },
  { "mediation-certificate", NULL, N_("Mediation certificate"), NULL,
    N_("The adviser sends you the certificate within %s") },
  { "mediation-meeting", NULL, N_("Mediation meeting"), NULL,
    N_("We have %s to arrange the meeting") },
  { "appeal", NULL, N_("Appeal to the Tribunal"), NULL,
    N_("You have %s to appeal, or one month from the mediation certificate if that is later") },
  { "tribunal-answer", NULL, N_("Our answer to the Tribunal"), NULL,
    N_("We have %s to answer") },
  { "order-assess", "notify", N_("We start the assessment"), NULL,
    N_("We have %s to tell you that we will assess") },
  { "order-assess", "no-plan", N_("Decision: will there be a plan?"), NULL,
    N_("If there will be no plan, we must tell you within %s") },
  { "order-assess", "final", N_("Final plan"), NULL, N_("The final plan is due within %s") },
  { "order-make-plan", "draft", N_("Your draft plan"), NULL,
    N_("The draft is due within %s") },
  { "order-make-plan", "final", N_("Final plan"), NULL, N_("The final plan is due within %s") },
  { "order-amend", NULL, N_("Changed plan"), NULL, N_("The changed plan is due within %s") },
  { "order-school", NULL, N_("School named in the plan"), NULL,
    N_("We have %s to name the school") },
  { "young-person", NULL, N_("Your child decides for themselves"), NULL,
    N_("When the time of compulsory school is over, at the end of June of the school year in which somebody "
       "turns 16, the rights pass to them") },
};

/* What set a deadline off; "%s" is the day. */
static const struct
{
  const char *fact;
  const char *words;
} triggers[] = {
  { "request-received", N_("Your request came on %s.") },
  { "became-responsible", N_("We became responsible on %s.") },
  { "advice-asked", N_("We asked on %s.") },
  { "draft-served", N_("You got the draft on %s.") },
  { "school-consulted", N_("We asked on %s.") },
  { "plan-made", N_("The plan was made on %s.") },
  { "last-reviewed", N_("The plan was last reviewed on %s.") },
  { "review-meeting", N_("The day of the review meeting is %s.") },
  { "amendment-served", N_("You got the changes that we propose on %s.") },
  { "amendment-notice", N_("We sent the notice of changes on %s.") },
  { "reassessment-asked", N_("A new assessment was asked for on %s.") },
  { "reassessment-notified", N_("We told you on %s that we assess again.") },
  { "plan-transferred", N_("The plan came to us on %s.") },
  { "order", N_("The Tribunal ordered it on %s.") },
  { "transfer-year", N_("The move to the next phase was entered on %s.") },
  { "move", N_("The move is on %s.") },
  { "old-council-knew", N_("The old council learned of the move on %s.") },
  { "decision-sent", N_("We sent you the decision on %s.") },
  { "adviser-told", N_("You told the adviser on %s.") },
  { "mediation-ended", N_("The mediation ended on %s.") },
  { "mediation-asked", N_("You asked for mediation on %s.") },
  { "appeal-sent", N_("The appeal was sent to us on %s.") },
  { "birth", N_("Your child was born on %s.") },
};

/* Fills in a sentence of the tables above, which all have one "%s". */
static char *
fill_in (const char *sentence, const char *words)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (sentence, words);
#pragma GCC diagnostic pop
}

static const Reason *
find_reason (EhcpRecord *deadline)
{
  const char *rule = ehcp_record_get_text (deadline, "rule");
  const char *part = ehcp_record_get_text (deadline, "part");

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].rule, rule) == 0 && g_strcmp0 (reasons[i].part, part) == 0)
      return &reasons[i];
  return NULL;
}

/* NULL for a rule that a newer council knows and this program does not. */
const EhcpRule *
ehcp_date_reasons_find_rule (EhcpRecord *deadline)
{
  return ehcp_rule_find (ehcp_record_get_text (deadline, "rule"),
                         ehcp_record_get_text (deadline, "part"));
}

/* "Final plan"; with whom it is about, "Report: Educational psychologist". */
char *
ehcp_date_reasons_title (EhcpRecord *deadline)
{
  const Reason *reason = find_reason (deadline);
  const char *about = ehcp_record_get_text (deadline, "about");

  if (reason == NULL)
    return g_strdup (_("A date set by law"));
  if (about == NULL || reason->group == NULL)
    return g_strdup (_(reason->title));
  return g_strdup_printf (_("%s: %s"), _(reason->title), about);
}

/* "Report", "Final plan": without whom it is about, for places that others may look at. */
char *
ehcp_date_reasons_plain_title (EhcpRecord *deadline)
{
  const Reason *reason = find_reason (deadline);

  return g_strdup (reason != NULL ? _(reason->title) : _("A date set by law"));
}

/* The title of several such deadlines on one day, or NULL for a kind of which there is only one. */
const char *
ehcp_date_reasons_group_title (EhcpRecord *deadline)
{
  const Reason *reason = find_reason (deadline);

  return reason != NULL && reason->group != NULL ? _(reason->group) : NULL;
}

static char *
say_trigger (EhcpRecord *deadline, EhcpDay today)
{
  const char *trigger = ehcp_record_get_text (deadline, "trigger");
  g_autofree char *day = ehcp_day_words_full (ehcp_record_get_date (deadline, "trigger_date"), today);

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    if (g_strcmp0 (triggers[i].fact, trigger) == 0)
      return fill_in (_(triggers[i].words), day);
  return g_strdup_printf (_("It is counted from %s."), day);
}

/** ehcp_date_reasons_length: Returns: (transfer full): how long the rule gives, in words: "6 weeks". */
char *
ehcp_date_reasons_length (const EhcpRule *rule)
{
  const char *unit;
  int n = ehcp_rule_get_length (rule, &unit);

  if (g_str_equal (unit, "weeks"))
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) n), n);
  if (g_str_equal (unit, "months"))
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) n), n);
  if (g_str_equal (unit, "working days"))
    return g_strdup_printf (ngettext ("%d working day", "%d working days", (gulong) n), n);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
}

/* The fact that sets a rule off, with the value that it asks for ("order=assess"). */
static EhcpFact
make_trigger (const EhcpRule *rule, const char *name, EhcpDay date)
{
  size_t length = strlen (name);
  const char *pattern;

  for (guint n = 0; (pattern = ehcp_rule_get_trigger (rule, n)) != NULL; n++)
    if (strncmp (pattern, name, length) == 0 && pattern[length] == '=')
      return (EhcpFact){ name, date, EHCP_DAY_NONE, pattern + length + 1 };
  return (EhcpFact){ name, date, EHCP_DAY_NONE, NULL };
}

/* Where the limit ends by the rule and its trigger alone; none where that needs other facts as well. */
static EhcpDay
count_limit (EhcpRecord *deadline, const EhcpRule *rule)
{
  EhcpFact fact = make_trigger (rule, ehcp_record_get_text (deadline, "trigger"),
                                ehcp_record_get_date (deadline, "trigger_date"));
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  guint n = ehcp_rules_conclude (&fact, 1, fact.date, dues, G_N_ELEMENTS (dues));

  for (guint i = 0; i < n; i++)
    if (dues[i].rule == rule)
      return dues[i].due;
  return EHCP_DAY_NONE;
}

/* At least so many days: the council may give more. */
static gboolean
is_for_comments (const EhcpRule *rule)
{
  return ehcp_rule_get_actor (rule) == EHCP_ACTOR_FAMILY && ehcp_rule_is_beginning_with (rule);
}

/* "so the last day is Tue 1 December." The council's record is the truth; where it is not what the plain
 * count gives, that is said. */
static char *
say_last_day (EhcpRecord *deadline, const EhcpRule *rule, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  EhcpDay counted = count_limit (deadline, rule);
  g_autofree char *day = ehcp_day_words_full (due, today);

  if (counted != EHCP_DAY_NONE && due > counted && is_for_comments (rule))
    return g_strdup_printf (_("; more time was given, until %s."), day);
  if (counted != EHCP_DAY_NONE && due > counted)
    return g_strdup_printf (_("; another limit ends later, on %s."), day);
  if (due < counted)
    return g_strdup_printf (_("; another limit ends sooner, on %s."), day);
  if (due < today)
    return g_strdup_printf (_(", so the last day was %s."), day);
  return g_strdup_printf (_(", so the last day is %s."), day);
}

static char *
say_done (EhcpRecord *deadline, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  EhcpDay met_on = ehcp_record_get_date (deadline, "met_on");
  g_autofree char *day = NULL, *late = NULL;

  if (met_on == EHCP_DAY_NONE)
    return NULL;
  day = ehcp_day_words_full (met_on, today);
  if (met_on <= due)
    return g_strdup_printf (_("It was done in time, on %s."), day);
  late = ehcp_day_words_late (met_on - due);
  return g_strdup_printf (_("It was done on %s, %s."), day, late);
}

static char *
say_late (EhcpRecord *deadline, const EhcpRule *rule, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  g_autofree char *late = NULL;

  if (due >= today || !ehcp_rule_is_law (rule))
    return NULL;
  late = ehcp_day_words_late (today - due);
  if (ehcp_rule_get_actor (rule) == EHCP_ACTOR_FAMILY)
    return g_strdup (_("The day is over. Tell your caseworker if you still want to say something."));
  return g_strdup_printf (_("It is %s. Your caseworker can tell you why, and when it will come."), late);
}

/* No days are added by an exemption: the first date stays, and no longer binds. */
static char *
say_excused (EhcpRecord *deadline, const EhcpRule *rule)
{
  const char *ground = ehcp_record_get_text (deadline, "ground");
  const char *exemption = rule != NULL ? ehcp_rule_get_exemption (rule) : NULL;
  g_autoptr (GString) text = g_string_new (_("The law allows more time here."));

  if (ground != NULL)
    {
      g_string_append_printf (text, " %s", ground);
      if (!g_str_has_suffix (ground, "."))
        g_string_append_c (text, '.');
    }
  g_string_append_c (text, ' ');
  g_string_append (text, _("No new date is set: it must be done as soon as it can be."));
  if (exemption != NULL)
    g_string_append_printf (text, " (%s)", exemption);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_state (EhcpRecord *deadline, const EhcpRule *rule, EhcpDay today)
{
  const char *state = ehcp_record_get_text (deadline, "state");
  gboolean is_done = ehcp_record_has (deadline, "met_on");

  if (g_strcmp0 (state, "excused") == 0 && !is_done)
    return say_excused (deadline, rule);
  if (g_strcmp0 (state, "lapsed") == 0)
    return g_strdup (_("It does not apply any more: the case took another way."));
  if (g_strcmp0 (state, "excused") == 0)
    {
      const char *ground = ehcp_record_get_text (deadline, "ground");
      g_autofree char *day = ehcp_day_words_full (ehcp_record_get_date (deadline, "met_on"), today);

      if (ground == NULL)
        return g_strdup_printf (_("It was done on %s. The law allowed more time."), day);
      return g_strdup_printf (_("It was done on %s. The law allowed more time: %s."), day, ground);
    }
  if (is_done)
    return say_done (deadline, today);
  return rule != NULL ? say_late (deadline, rule, today) : NULL;
}

/* Trigger, limit with its arithmetic, and how it stands, as sentences. */
char *
ehcp_date_reasons_why (EhcpRecord *deadline, EhcpDay today)
{
  const EhcpRule *rule = ehcp_date_reasons_find_rule (deadline);
  const Reason *reason = find_reason (deadline);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *trigger = say_trigger (deadline, today);
  g_autofree char *state = say_state (deadline, rule, today);

  g_string_append (text, trigger);
  if (rule != NULL && reason != NULL)
    {
      g_autofree char *length = ehcp_date_reasons_length (rule);
      g_autofree char *limit = fill_in (_(reason->limit), length);
      g_autofree char *last = say_last_day (deadline, rule, today);

      g_string_append_printf (text, " %s%s", limit, last);
    }
  if (state != NULL)
    g_string_append_printf (text, " %s", state);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where it is written, and whether that is law. */
char *
ehcp_date_reasons_source (EhcpRecord *deadline)
{
  const EhcpRule *rule = ehcp_date_reasons_find_rule (deadline);
  const char *source = ehcp_record_get_text (deadline, "source");

  if (rule != NULL && !ehcp_rule_is_law (rule))
    return g_strdup_printf (_("Not law, but how it is done: %s"), source);
  return g_strdup_printf (_("Where it is written: %s"), source);
}
