/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A council's caseload: invented children whose requests came on different days, some of them late, with
 * the deadlines that the rules conclude, their parents, messages and forms. The account is a manager's. */
#include "sample-team.h"

#include "ehcp-rules.h"
#include "ehcp-text.h"
#include "sample.h"

#define N_CASES 96
#define N_CASEWORKERS 7

static const char *const caseworkers[N_CASEWORKERS] = { "Priya Nair", "Daniel Frost", "Moira Kell",
                                                        "Samuel Ode", "Ruth Garland", "Leon Baird",
                                                        "Tess Okoro" };
static const char *const forenames[] = { "Theo", "Nadia", "Rory", "Samir", "Ada", "Zoë", "Ben", "Isla",
                                         "Kofi", "Mina", "Owen", "Lila" };
static const char *const surnames[] = { "Marlow", "Corrigan", "Ashdown", "Haddow", "Birch", "Okafor",
                                        "Penrose", "Quill", "Rashid", "Stone", "Tully", "Vance", "Webb" };
static const char *const subjects[] = { "Which reports do you have?", "A new telephone number",
                                        "The visit on Thursday", "When do we hear from you?",
                                        "School was closed" };

static EhcpRecord *
make (EhcpKind kind, const char *id, const char *case_id, const char *audience)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));

  ehcp_record_set_text (record, "id", id);
  if (case_id != NULL)
    ehcp_record_set_text (record, "case", case_id);
  ehcp_record_set_int (record, "seq", 500);
  ehcp_record_set_text (record, "audience", audience);
  return record;
}

static char *
make_id (const char *kind, guint n, guint part)
{
  return g_strdup_printf ("%s-%04u-4000-8000-%012u", kind, part, n);
}

static void
put (EhcpBook *book, EhcpRecord *record)
{
  ehcp_book_put (book, record);
  g_object_unref (record);
}

static void
put_account (EhcpBook *book)
{
  EhcpRecord *account = make (EHCP_KIND_ACCOUNT, SAMPLE_TEAM_MANAGER, NULL, "account");

  ehcp_book_remove (book, EHCP_KIND_ACCOUNT, "b1000000-0000-4000-8000-000000000001");
  ehcp_record_set_text (account, "email", "joan.ellery@wyreshire.example");
  ehcp_record_set_text (account, "forename", "Joan");
  ehcp_record_set_text (account, "surname", "Ellery");
  ehcp_record_set_text (account, "role", "manager");
  put (book, account);
}

static void
put_event (EhcpBook *book, const char *case_id, guint n, guint part, const EhcpFact *fact)
{
  g_autofree char *id = make_id ("e5000000", n, part);
  EhcpRecord *event = make (EHCP_KIND_EVENT, id, case_id, "adults");

  ehcp_record_set_text (event, "what", fact->name);
  ehcp_record_set_date (event, "date", fact->date);
  if (fact->value != NULL)
    ehcp_record_set_text (event, "value", fact->value);
  ehcp_record_set_text (event, "entered_by", "Priya Nair");
  ehcp_record_set_text (event, "entered_at", "2026-11-20T10:00:00Z");
  put (book, event);
}

static void
put_deadline (EhcpBook *book, const char *case_id, guint n, guint part, const EhcpDue *due)
{
  static const char *const actors[] = { "council", "family", "adviser", "school" };
  g_autofree char *id = make_id ("d5000000", n, part);
  EhcpRecord *deadline = make (EHCP_KIND_DEADLINE, id, case_id, "adults");

  ehcp_record_set_text (deadline, "rule", ehcp_rule_get_id (due->rule));
  if (ehcp_rule_get_part (due->rule) != NULL)
    ehcp_record_set_text (deadline, "part", ehcp_rule_get_part (due->rule));
  ehcp_record_set_date (deadline, "due", due->due);
  ehcp_record_set_text (deadline, "state", ehcp_due_state_to_string (due->state));
  if (due->met_on != EHCP_DAY_NONE)
    ehcp_record_set_date (deadline, "met_on", due->met_on);
  ehcp_record_set_text (deadline, "trigger", due->trigger);
  ehcp_record_set_date (deadline, "trigger_date", due->trigger_date);
  ehcp_record_set_text (deadline, "source", ehcp_rule_get_source (due->rule));
  ehcp_record_set_text (deadline, "actor", actors[ehcp_rule_get_actor (due->rule)]);
  if (due->about != NULL)
    ehcp_record_set_text (deadline, "about", due->about);
  put (book, deadline);
}

/* What happened up to @today in a case whose request came on @received; a few are slow. */
static guint
make_facts (EhcpFact *facts, guint n, EhcpDay received, EhcpDay today)
{
  int slow = n % 7 == 0 ? 16 : n % 11 == 0 ? 4 : 0;
  const EhcpFact steps[] = {
    { "request-received", received, EHCP_DAY_NONE, NULL },
    { "assess-decided", received + 34 + slow, EHCP_DAY_NONE, "yes" },
    { "advice-asked", received + 36 + slow, EHCP_DAY_NONE, "School" },
    { "advice-received", received + 70 + slow, EHCP_DAY_NONE, "School" },
    { "plan-decided", received + 100 + slow, EHCP_DAY_NONE, NULL },
    { "draft-served", received + 103 + slow, EHCP_DAY_NONE, "portal" },
    { "final-issued", received + 132 + slow, EHCP_DAY_NONE, "portal" },
  };
  guint n_facts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].date <= today)
      facts[n_facts++] = steps[i];
  if (n % 14 == 0 && received + 140 < today)
    facts[n_facts++] = (EhcpFact){ "exemption", received + 120, received + 150, "final-plan personal" };
  return n_facts;
}

static const char *
name_stage (const EhcpFact *facts, guint n_facts)
{
  const char *stage = "request";

  for (guint i = 0; i < n_facts; i++)
    if (g_str_equal (facts[i].name, "assess-decided"))
      stage = "advice";
    else if (g_str_equal (facts[i].name, "advice-received"))
      stage = "decide";
    else if (g_str_equal (facts[i].name, "plan-decided"))
      stage = "draft";
    else if (g_str_equal (facts[i].name, "draft-served"))
      stage = "final";
    else if (g_str_equal (facts[i].name, "final-issued"))
      stage = "review";
  return stage;
}

static void
put_case (EhcpBook *book, const char *id, guint n, const char *stage)
{
  EhcpRecord *child = make (EHCP_KIND_CASE, id, id, "adults");
  g_autofree char *reference = g_strdup_printf ("WY-2026-%05u", 4100 + n);
  g_autofree char *account = make_id ("b5000000", n % N_CASEWORKERS, 0);

  ehcp_record_set_text (child, "reference", reference);
  ehcp_record_set_text (child, "child_forename", forenames[n % G_N_ELEMENTS (forenames)]);
  ehcp_record_set_text (child, "child_surname", surnames[n % G_N_ELEMENTS (surnames)]);
  ehcp_record_set_date (child, "date_of_birth", ehcp_date_parse ("2018-03-01") + (EhcpDay) (n * 17));
  ehcp_record_set_text (child, "school", n % 2 == 0 ? "Oakmere Primary School" : "Wyre Bank Academy");
  ehcp_record_set_text (child, "stage", stage);
  ehcp_record_set_text (child, "status", "open");
  if (n % 12 != 5)
    {
      ehcp_record_set_text (child, "caseworker", account);
      ehcp_record_set_text (child, "caseworker_name", caseworkers[n % N_CASEWORKERS]);
    }
  else
    ehcp_record_set_text (child, "caseworker_name", "SEND Assessment Team");
  put (book, child);
}

static void
put_person (EhcpBook *book, const char *case_id, guint n, guint part)
{
  g_autofree char *id = make_id ("a5000000", n, part);
  EhcpRecord *person = make (EHCP_KIND_PERSON, id, case_id, "named");

  ehcp_record_set_list (person, "named", (const char *const[]){ id, NULL });
  ehcp_record_set_text (person, "forename", part == 0 ? "Helen" : "Martin");
  ehcp_record_set_text (person, "surname", surnames[n % G_N_ELEMENTS (surnames)]);
  ehcp_record_set_text (person, "relationship", part == 0 ? "Mother" : "Father");
  ehcp_record_set_text (person, "access", part == 0 ? "active" : "invited");
  put (book, person);
}

static void
put_message (EhcpBook *book, const char *case_id, guint n, guint part, gboolean from_council)
{
  g_autofree char *id = make_id ("f5000000", n, part);
  g_autofree char *thread = make_id ("f5000000", n, 0);
  g_autofree char *sender = make_id (from_council ? "b5000000" : "a5000000",
                                     from_council ? n % N_CASEWORKERS : n, 0);
  g_autofree char *family = g_strdup_printf ("Helen %s", surnames[n % G_N_ELEMENTS (surnames)]);
  g_autofree char *at = g_strdup_printf ("2026-11-%02uT%02u:%02u:00Z", 10 + n % 13, 9 + part, n % 60);
  EhcpRecord *message = make (EHCP_KIND_MESSAGE, id, case_id, "adults");

  ehcp_record_set_text (message, "thread", thread);
  ehcp_record_set_text (message, "message_type", "Question about my child’s case");
  ehcp_record_set_text (message, "subject", subjects[n % G_N_ELEMENTS (subjects)]);
  ehcp_record_set_text (message, "text", from_council
                                             ? "Dear Helen, thank you for writing. I will look and write back "
                                               "by Friday."
                                             : "Hello, could you tell me what happens next, and whether you "
                                               "have everything from the school?");
  ehcp_record_set_text (message, "sender", sender);
  ehcp_record_set_text (message, "sender_name", from_council ? caseworkers[n % N_CASEWORKERS] : family);
  ehcp_record_set_bool (message, "from_council", from_council);
  ehcp_record_set_text (message, "composed_at", at);
  ehcp_record_set_text (message, "received_at", at);
  put (book, message);
}

static void
put_everything (EhcpBook *book, guint n, EhcpDay today)
{
  g_autofree char *id = make_id ("c5000000", n, 0);
  EhcpFact facts[16];
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  guint n_facts = make_facts (facts, n, today - 270 + (EhcpDay) (n * 270 / N_CASES), today);
  guint n_dues = ehcp_rules_conclude (facts, n_facts, today, dues, G_N_ELEMENTS (dues));

  put_case (book, id, n, name_stage (facts, n_facts));
  put_person (book, id, n, 0);
  if (n % 3 == 0)
    put_person (book, id, n, 1);
  for (guint i = 0; i < n_facts; i++)
    put_event (book, id, n, i, &facts[i]);
  for (guint i = 0; i < n_dues; i++)
    put_deadline (book, id, n, i, &dues[i]);
  if (n % 8 == 1 || n % 8 == 2)
    put_message (book, id, n, 0, FALSE);
  if (n % 8 == 2)
    put_message (book, id, n, 1, TRUE);
}

static void
put_template (EhcpBook *book, guint n, const char *title, const char *subject, const char *text)
{
  g_autofree char *id = make_id ("95000000", n, 0);
  EhcpRecord *template = make (EHCP_KIND_TEMPLATE, id, NULL, "staff");

  ehcp_record_set_text (template, "title", title);
  ehcp_record_set_text (template, "message_type", "Appointment or meeting");
  ehcp_record_set_text (template, "subject", subject);
  ehcp_record_set_text (template, "text", text);
  put (book, template);
}

static void
put_colleague (EhcpBook *book, guint n)
{
  g_autofree char *id = make_id ("75000000", n, 0);
  g_autofree char *account = make_id ("b5000000", n, 0);
  EhcpRecord *colleague = make (EHCP_KIND_COLLEAGUE, id, NULL, "staff");

  ehcp_record_set_text (colleague, "account", account);
  ehcp_record_set_text (colleague, "name", caseworkers[n]);
  ehcp_record_set_text (colleague, "email", "staff@wyreshire.example");
  ehcp_record_set_text (colleague, "role", "caseworker");
  ehcp_record_set_bool (colleague, "active", TRUE);
  put (book, colleague);
}

static void
put_cover (EhcpBook *book, EhcpDay today)
{
  g_autofree char *covered = make_id ("b5000000", 1, 0);
  g_autofree char *covering = make_id ("b5000000", 0, 0);
  g_autofree char *id = make_id ("65000000", 0, 0);
  EhcpRecord *cover = make (EHCP_KIND_COVER, id, NULL, "staff");

  ehcp_record_set_text (cover, "covered", covered);
  ehcp_record_set_text (cover, "covering", covering);
  ehcp_record_set_text (cover, "covered_name", caseworkers[1]);
  ehcp_record_set_text (cover, "covering_name", caseworkers[0]);
  ehcp_record_set_date (cover, "from", today - 1);
  ehcp_record_set_date (cover, "until", today + 5);
  ehcp_record_set_text (cover, "state", "active");
  put (book, cover);
}

void
sample_fill_team (EhcpBook *book)
{
  EhcpDay today = ehcp_date_parse (SAMPLE_TODAY);

  put_account (book);
  put_template (book, 0, "Where we are", "Where we are with {child}",
                "Dear {family},\n\nthe final plan for {child-forename} is due on {due:final-plan}.\n\n{caseworker}");
  put_template (book, 1, "School report", "The summer report from {school}",
                "Dear {family},\n\ncould you send us the summer report about {child-forename}?\n\n{caseworker}");
  for (guint n = 0; n < N_CASEWORKERS; n++)
    put_colleague (book, n);
  put_cover (book, today);
  for (guint n = 0; n < N_CASES; n++)
    put_everything (book, n, today);
}
