/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers a question: claims of exemption are held against the law, the rules conclude, every deadline
 * explains itself, and what looks wrong in the facts is warned of. Dates in the future count: somebody
 * may ask what would be. */
#include "ehcp-timescale.h"

#include "ehcp-error.h"
#include "ehcp-explain.h"
#include "ehcp-facts-check.h"
#include "ehcp-json.h"
#include "ehcp-timescale-private.h"

#include <string.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define READ_BYTES 65536
#define MAX_QUESTION (1024 * 1024 + 1)

static const char *const actors[] = { [EHCP_ACTOR_COUNCIL] = "council", [EHCP_ACTOR_FAMILY] = "family",
                                      [EHCP_ACTOR_ADVISER] = "adviser", [EHCP_ACTOR_SCHOOL] = "school" };

static const EhcpFact *
get_facts (const EhcpTimescale *timescale)
{
  return (const EhcpFact *) (gpointer) timescale->facts->data;
}

static void
write_date (EhcpJson *json, const char *name, EhcpDay day)
{
  g_autofree char *text = ehcp_day_format (day);

  if (text != NULL)
    ehcp_json_text (json, name, text);
}

static void
write_warning (EhcpJson *json, const char *code, gboolean is_refused, const EhcpFact *fact, const char *words)
{
  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "code", code);
  ehcp_json_bool (json, "refused", is_refused);
  if (fact != NULL)
    {
      ehcp_json_text (json, "event", fact->name);
      write_date (json, "date", fact->date);
    }
  ehcp_json_text (json, "words", words);
  ehcp_json_end (json, '}');
}

static void
add_exemption (EhcpTimescale *timescale, const EhcpClaim *claim, const char *value)
{
  EhcpFact fact = { .name = "exemption", .date = claim->from, .until = claim->until };
  char *copy = g_strdup (value);

  g_ptr_array_add (timescale->texts, copy);
  fact.value = copy;
  g_array_append_val (timescale->facts, fact);
}

/* Without a rule it is claimed for every limit that knows the ground. */
static EhcpExemption
claim_everywhere (EhcpTimescale *timescale, const EhcpClaim *claim)
{
  EhcpExemption best = EHCP_EXEMPTION_NO_RULE;

  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      const char *part = ehcp_rule_get_part (rule);
      g_autofree char *value = g_strconcat (ehcp_rule_get_id (rule), part != NULL ? "/" : NULL, part, NULL);
      EhcpExemption found = ehcp_exemption_check (rule, NULL, claim->ground, get_facts (timescale),
                                                  timescale->facts->len, claim->from, claim->until);

      if (found == EHCP_EXEMPTION_APPLIES)
        add_exemption (timescale, claim, value);
      best = MAX (best, found);
    }
  return best;
}

static EhcpExemption
claim_one (EhcpTimescale *timescale, const EhcpClaim *claim)
{
  const char *ground = ehcp_ground_to_string (claim->ground);
  g_autofree char *value = g_strconcat (claim->target, ground != NULL ? " " : NULL, ground, NULL);
  EhcpExemption found = ehcp_exemption_check_value (value, get_facts (timescale), timescale->facts->len,
                                                    claim->from, claim->until);

  if (found == EHCP_EXEMPTION_APPLIES)
    add_exemption (timescale, claim, value);
  return found;
}

static void
write_claim_warning (EhcpJson *json, const EhcpClaim *claim, EhcpExemption found)
{
  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "code", "exemption-does-not-apply");
  ehcp_json_bool (json, "refused", TRUE);
  ehcp_json_text (json, "event", "exemption");
  write_date (json, "date", claim->from);
  if (claim->target != NULL)
    ehcp_json_text (json, "rule", claim->target);
  if (claim->ground != EHCP_GROUND_NONE)
    ehcp_json_text (json, "ground", ehcp_ground_to_string (claim->ground));
  ehcp_json_text (json, "words", ehcp_exemption_explain (found));
  ehcp_json_end (json, '}');
}

/* A claim without dates is of the closure on which it holds. */
static void
set_days (const EhcpTimescale *timescale, EhcpClaim *claim)
{
  const EhcpFact *facts = get_facts (timescale);

  for (guint i = 0; i < timescale->facts->len && claim->from == EHCP_DAY_NONE; i++)
    if (strcmp (facts[i].name, "closure") == 0 && (claim->ground & EHCP_GROUNDS_CLOSED) != 0)
      {
        claim->from = facts[i].date;
        claim->until = facts[i].until;
      }
  if (claim->from == EHCP_DAY_NONE)
    claim->from = timescale->today;
}

static void
settle_claims (EhcpTimescale *timescale, EhcpJson *json)
{
  for (guint i = 0; i < timescale->claims->len; i++)
    {
      EhcpClaim *claim = timescale->claims->pdata[i];
      EhcpExemption found;

      set_days (timescale, claim);
      found = claim->target != NULL ? claim_one (timescale, claim) : claim_everywhere (timescale, claim);
      claim->applies = found == EHCP_EXEMPTION_APPLIES;
      if (!claim->applies)
        write_claim_warning (json, claim, found);
      else if (claim->ground == EHCP_GROUND_NONE)
        write_warning (json, "exemption-without-ground", FALSE, NULL,
                       "The ground of the exemption was not named, so that it could not be checked.");
    }
}

/* An order without its kind stands in the facts several times. */
static gboolean
is_same (const EhcpFinding *a, const EhcpFinding *b)
{
  return a->code == b->code && a->fact->date == b->fact->date && strcmp (a->fact->name, b->fact->name) == 0 &&
         g_strcmp0 (a->fact->name, "order") == 0;
}

/* Facts of a question may lie ahead: that is said, and counted all the same. */
static void
write_findings (EhcpTimescale *timescale, EhcpJson *json)
{
  guint n_room = timescale->facts->len * EHCP_FACT_MAX_FINDINGS;
  g_autofree EhcpFinding *findings = g_new (EhcpFinding, n_room + 1);
  guint n = ehcp_facts_check (get_facts (timescale), timescale->facts->len, timescale->today, EHCP_DAY_NONE,
                              findings, n_room);

  for (guint i = 0; i < n; i++)
    if (i == 0 || !is_same (&findings[i - 1], &findings[i]))
      write_warning (json, findings[i].code, findings[i].is_refused, findings[i].fact,
                     ehcp_finding_explain (findings[i].code));
  if (timescale->is_any_order)
    write_warning (json, "order-without-kind", FALSE, NULL,
                   "The kind of an order is missing (assess, make-plan, amend or school): the limits of every kind "
                   "are given.");
  if (timescale->has_odd_phase)
    write_warning (json, "phase-unknown", FALSE, NULL,
                   "The phase is none of the known ones. It is counted as one that ends before 15 February.");
}

static const EhcpClaim *
find_claim (const EhcpTimescale *timescale, const EhcpDue *due)
{
  for (guint i = timescale->claims->len; i > 0; i--)
    {
      const EhcpClaim *claim = timescale->claims->pdata[i - 1];

      if (claim->applies && (claim->target == NULL ? (ehcp_rule_get_grounds (due->rule) & claim->ground) != 0
                                                   : ehcp_exemption_names (claim->target, due->rule, due->about)))
        return claim;
    }
  return NULL;
}

static void
write_excused (EhcpTimescale *timescale, EhcpJson *json, const EhcpDue *due)
{
  const EhcpClaim *claim = find_claim (timescale, due);

  if (due->state != EHCP_DUE_EXCUSED || claim == NULL)
    return;
  if (claim->ground != EHCP_GROUND_NONE)
    ehcp_json_text (json, "ground", ehcp_ground_to_string (claim->ground));
  write_date (json, "ground_from", claim->from);
  write_date (json, "ground_until", claim->until);
  if (claim->reason != NULL)
    ehcp_json_text (json, "reason", claim->reason);
}

static void
write_grounds (EhcpJson *json, EhcpGround grounds)
{
  ehcp_json_begin (json, "grounds", '[');
  for (guint i = 0; i < EHCP_N_GROUNDS; i++)
    if (grounds & ehcp_ground_nth (i))
      ehcp_json_text (json, NULL, ehcp_ground_to_string (ehcp_ground_nth (i)));
  ehcp_json_end (json, ']');
}

/* Only of a closure do the facts tell whether an exemption could be claimed. */
static void
write_exemption (EhcpTimescale *timescale, EhcpJson *json, const EhcpDue *due)
{
  static const char early_years[] = "early-years";
  const char *source = ehcp_rule_get_exemption (due->rule);
  EhcpGround ground = EHCP_GROUND_NONE;
  EhcpExemption found;

  if (source == NULL)
    return;
  ehcp_json_begin (json, "exemption", '{');
  ehcp_json_text (json, "source", source);
  write_grounds (json, ehcp_rule_get_grounds (due->rule));
  for (guint i = 0; i < timescale->facts->len; i++)
    if (strcmp (get_facts (timescale)[i].name, "closure") == 0)
      ground = g_strcmp0 (get_facts (timescale)[i].value, early_years) == 0 ? EHCP_GROUND_EARLY_YEARS_CLOSED
                                                                            : EHCP_GROUND_SCHOOL_CLOSED;
  if (ground != EHCP_GROUND_NONE)
    {
      found = ehcp_exemption_check (due->rule, due->about, ground, get_facts (timescale), timescale->facts->len,
                                    due->trigger_date, EHCP_DAY_NONE);
      ehcp_json_text (json, "ground", ehcp_ground_to_string (ground));
      ehcp_json_bool (json, "may_be_claimed", found == EHCP_EXEMPTION_APPLIES);
      ehcp_json_text (json, "why", ehcp_exemption_explain (found));
    }
  ehcp_json_end (json, '}');
}

static void
write_limit (EhcpJson *json, const EhcpRule *rule)
{
  ehcp_json_text (json, "source", ehcp_rule_get_source (rule));
  ehcp_json_text (json, "actor", actors[ehcp_rule_get_actor (rule)]);
  ehcp_json_bool (json, "law", ehcp_rule_is_law (rule));
  ehcp_json_bool (json, "verified", ehcp_rule_is_verified (rule));
}

static void
write_due (EhcpTimescale *timescale, EhcpJson *json, const EhcpDue *due)
{
  g_autofree char *explanation = ehcp_due_explain (due, get_facts (timescale), timescale->facts->len,
                                                   timescale->today);

  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "rule", ehcp_rule_get_id (due->rule));
  if (ehcp_rule_get_part (due->rule) != NULL)
    ehcp_json_text (json, "part", ehcp_rule_get_part (due->rule));
  if (due->about != NULL)
    ehcp_json_text (json, "about", due->about);
  write_date (json, "due", due->due);
  ehcp_json_text (json, "state", ehcp_due_state_to_string (due->state));
  ehcp_json_int (json, "days_left", ehcp_due_days_left (due, timescale->today));
  ehcp_json_int (json, "days_late", ehcp_due_days_late (due, timescale->today));
  write_date (json, "met_on", due->met_on);
  ehcp_json_text (json, "trigger", due->trigger);
  write_date (json, "trigger_date", due->trigger_date);
  write_limit (json, due->rule);
  write_excused (timescale, json, due);
  write_exemption (timescale, json, due);
  ehcp_json_text (json, "explanation", explanation);
  ehcp_json_end (json, '}');
}

static void
write_deadlines (EhcpTimescale *timescale, EhcpJson *json)
{
  guint n_room = ehcp_rule_count () * (timescale->facts->len + 1);
  g_autofree EhcpDue *dues = g_new (EhcpDue, n_room);
  guint n = ehcp_rules_conclude (get_facts (timescale), timescale->facts->len, timescale->today, dues, n_room);

  ehcp_json_begin (json, "deadlines", '[');
  for (guint i = 0; i < n; i++)
    write_due (timescale, json, &dues[i]);
  ehcp_json_end (json, ']');
}

/**
 * ehcp_timescale_answer:
 * @text: the question, see src/PROTOCOL.md
 * @length: its bytes
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer, one line of JSON; %NULL for a question that cannot be
 *   read, with an error whose field is the JSON Pointer of the member at fault.
 */
char *
ehcp_timescale_answer (const char *text, gsize length, GError **error)
{
  g_autoptr (EhcpTimescale) timescale = ehcp_timescale_read (text, length, error);
  g_autoptr (GString) warnings = g_string_new (NULL);
  GString *answer;
  EhcpJson json;

  if (timescale == NULL)
    return NULL;
  json = ehcp_json (warnings);
  ehcp_json_begin (&json, NULL, '[');
  settle_claims (timescale, &json);
  write_findings (timescale, &json);
  ehcp_json_end (&json, ']');
  answer = g_string_new (NULL);
  json = ehcp_json (answer);
  ehcp_json_begin (&json, NULL, '{');
  write_deadlines (timescale, &json);
  ehcp_json_raw (&json, "warnings", warnings->str);
  ehcp_json_end (&json, '}');
  return g_string_free (answer, FALSE);
}

static void
write_names (EhcpJson *json)
{
  const char *name;
  gboolean is_refused;

  ehcp_json_begin (json, "events", '[');
  for (guint i = 0; (name = ehcp_rules_nth_fact (i)) != NULL; i++)
    ehcp_json_text (json, NULL, name);
  ehcp_json_end (json, ']');
  ehcp_json_begin (json, "rules", '[');
  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const char *part = ehcp_rule_get_part (ehcp_rule_nth (i));
      g_autofree char *rule = g_strconcat (ehcp_rule_get_id (ehcp_rule_nth (i)), part != NULL ? "/" : NULL, part,
                                           NULL);

      ehcp_json_text (json, NULL, rule);
    }
  ehcp_json_end (json, ']');
  write_grounds (json, (EhcpGround) ~0);
  ehcp_json_begin (json, "findings", '{');
  for (guint i = 0; (name = ehcp_finding_nth_code (i, &is_refused)) != NULL; i++)
    ehcp_json_text (json, name, is_refused ? "refused" : "warned");
  ehcp_json_end (json, '}');
}

/* For those who want to know which names there are, and for the test of the page that lists them. */
static void
print_names (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  write_names (&json);
  ehcp_json_end (&json, '}');
  g_print ("%s\n", text->str);
}

static GString *
read_input (void)
{
  g_autofree char *bytes = g_malloc (READ_BYTES);
  GString *text = g_string_new (NULL);
  gssize n;

  while (text->len < MAX_QUESTION && (n = read (STDIN_FILENO, bytes, READ_BYTES)) > 0)
    g_string_append_len (text, bytes, n);
  return text;
}

static int
run_with (const char *option)
{
  static const char usage[] = "Usage: ehcp-council timescale < FACTS.JSON\n"
                              "Prints the deadlines that follow from dated facts; see PROTOCOL.md, “Timescale”.\n"
                              "       ehcp-council timescale --names\n"
                              "Prints the names of events, rules, grounds and findings.\n";

  if (strcmp (option, "--names") == 0)
    print_names ();
  else if (strcmp (option, "--help") == 0)
    g_print ("%s", usage);
  else
    {
      g_printerr ("%s", usage);
      return EXIT_USAGE;
    }
  return 0;
}

/** ehcp_timescale_run: The sub-command: 0, or 2 when the question is wrong, with the reason on stderr. */
int
ehcp_timescale_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  GString *text;
  const char *field;

  if (argc > 1)
    return run_with (argv[1]);
  text = read_input ();
  answer = ehcp_timescale_answer (text->str, text->len, &error);
  g_string_free (text, TRUE);
  if (answer != NULL)
    {
      g_print ("%s\n", answer);
      return 0;
    }
  field = ehcp_error_get_field (error);
  if (field != NULL && *field != '\0')
    g_printerr ("ehcp-council timescale: %s: %s\n", field, error->message);
  else
    g_printerr ("ehcp-council timescale: %s\n", error->message);
  return EXIT_USAGE;
}
