/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says a deadline's rule, what set it off and the arithmetic in plain words. Lengths and sources come from
 * the rules and the record; only the sentences are here. */
#include "ehcp-date-reasons.h"

#include <glib/gi18n.h>

#include "ehcp-day-words.h"

#define DAYS_IN_WEEK 7

/* A row for each limit of the table of rules. In `limit`, "%s" is the length: "6 weeks". */
typedef struct
{
  const char *rule;
  const char *part;
  const char *title;
  const char *group; /* title of several that fall on one day; NULL if there is only one of it */
  const char *limit;
  const char *right; /* what the family can do, or NULL */
} Reason;

static const Reason reasons[] = {
  { "assess-decision", NULL, N_("Decision: will we assess?"), NULL,
    N_("We have %s to tell you whether we will assess"), NULL },
  { "advice", NULL, N_("Report"), N_("Reports from everyone we asked"),
    N_("Each person has %s to reply"), NULL },
  { "draft-practice", NULL, N_("Your draft plan"), NULL,
    N_("We aim to send you the draft within %s, so that there is time for your comments"), NULL },
  { "no-plan-decision", NULL, N_("Decision: will there be a plan?"), NULL,
    N_("If there will be no plan, we must tell you within %s; we tell you by then either way"), NULL },
  { "draft-comments", NULL, N_("Your comments on the draft"), NULL,
    N_("You have at least %s, and the day on which you got it is the first"),
    N_("Until then you can ask for changes, ask for a meeting, and say which school or college you would "
       "like. If you need longer, tell us before that day.") },
  { "school-answer", NULL, N_("Answer from a school"), N_("Answers from the schools we asked"),
    N_("A school has %s to answer"), NULL },
  { "final-plan", NULL, N_("Final plan"), NULL, N_("The final plan is due within %s"), NULL },
  { "review-year", NULL, N_("Yearly review"), NULL,
    N_("The plan must be reviewed within %s, and that day is the first"), NULL },
  { "review-report", NULL, N_("Report of the review meeting"), NULL,
    N_("The school has %s to send it"), NULL },
  { "review-decision", NULL, N_("Decision after the review"), NULL,
    N_("We have %s to tell you whether the plan stays, changes or ends"), NULL },
  { "amend-comments", NULL, N_("Your comments on the changes"), NULL,
    N_("You have at least %s, and the day on which you got it is the first"),
    N_("Until then you can say what you think of the changes, ask for a meeting, and say which school or "
       "college you would like.") },
  { "amended-final", NULL, N_("Changed plan"), NULL, N_("The changed plan is due within %s"), NULL },
  { "reassess-decision", NULL, N_("Decision: will we assess again?"), NULL,
    N_("We have %s to tell you"), NULL },
  { "reassess-final", NULL, N_("Plan after the new assessment"), NULL,
    N_("The plan is due within %s"), NULL },
  { "transfer-tell", NULL, N_("What we will do with the plan"), NULL,
    N_("We have %s to tell you whether we will assess again, and when we review the plan"), NULL },
  { "order-assess", "notify", N_("We start the assessment"), NULL,
    N_("We have %s to tell you that we will assess"), NULL },
  { "order-assess", "no-plan", N_("Decision: will there be a plan?"), NULL,
    N_("If there will be no plan, we must tell you within %s"), NULL },
  { "order-assess", "final", N_("Final plan"), NULL, N_("The final plan is due within %s"), NULL },
  { "order-make-plan", "draft", N_("Your draft plan"), NULL,
    N_("The draft is due within %s"), NULL },
  { "order-make-plan", "final", N_("Final plan"), NULL, N_("The final plan is due within %s"), NULL },
  { "order-amend", NULL, N_("Changed plan"), NULL, N_("The changed plan is due within %s"), NULL },
  { "order-school", NULL, N_("School named in the plan"), NULL,
    N_("We have %s to name the school"), NULL },
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
  { "review-meeting", N_("The review meeting was on %s.") },
  { "amendment-served", N_("You got the changes that we propose on %s.") },
  { "amendment-notice", N_("We sent the notice of changes on %s.") },
  { "reassessment-asked", N_("A new assessment was asked for on %s.") },
  { "reassessment-notified", N_("We told you on %s that we assess again.") },
  { "plan-transferred", N_("The plan came to us on %s.") },
  { "order", N_("The Tribunal ordered it on %s.") },
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

static char *
say_length (const EhcpRule *rule)
{
  const char *unit;
  int n = ehcp_rule_get_length (rule, &unit);

  if (g_str_equal (unit, "weeks"))
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) n), n);
  if (g_str_equal (unit, "months"))
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) n), n);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n), n);
}

/* Where the limit ends by the arithmetic that the sentence tells. */
static EhcpDay
count_limit (const EhcpRule *rule, EhcpDay from)
{
  const char *unit;
  int n = ehcp_rule_get_length (rule, &unit);
  EhcpDay end;

  if (g_str_equal (unit, "months"))
    end = ehcp_day_add_months (from, n);
  else
    end = from + n * (g_str_equal (unit, "weeks") ? DAYS_IN_WEEK : 1);
  return ehcp_rule_is_beginning_with (rule) ? end - 1 : end;
}

/* "so the last day is Tue 1 December." The council's record is the truth; where it is not what the plain
 * count gives, that is said. */
static char *
say_last_day (EhcpRecord *deadline, const EhcpRule *rule, EhcpDay today)
{
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  EhcpDay counted = count_limit (rule, ehcp_record_get_date (deadline, "trigger_date"));
  g_autofree char *day = ehcp_day_words_full (due, today);

  if (due > counted)
    return g_strdup_printf (_("; more time was given, until %s."), day);
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
      g_autofree char *length = say_length (rule);
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

/* What the family can do while the day has not passed, or NULL. */
char *
ehcp_date_reasons_right (EhcpRecord *deadline, EhcpDay today)
{
  const Reason *reason = find_reason (deadline);

  if (reason == NULL || reason->right == NULL || ehcp_record_has (deadline, "met_on") ||
      ehcp_record_get_date (deadline, "due") < today)
    return NULL;
  return g_strdup (_(reason->right));
}
