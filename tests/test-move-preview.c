/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry would set, and the words that staff read on a case: over the sample family. */
#include <locale.h>

#include "app/sample.h"
#include "ehcp-case-list-rows.h"
#include "ehcp-fact-words.h"
#include "ehcp-move-preview.h"
#include "ehcp-person-words.h"

static EhcpBook *
make_book (void)
{
  EhcpBook *book = ehcp_book_new ();

  sample_fill (book, SAMPLE_WITH_ISLA | SAMPLE_WITH_THEO | SAMPLE_WITH_STAFF);
  return book;
}

static EhcpDay
get_today (void)
{
  g_autoptr (EhcpClock) clock = sample_clock_new ();

  return ehcp_clock_today (clock);
}

static const EhcpMoveLine *
find_line (GPtrArray *lines, const char *title)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((EhcpMoveLine *) lines->pdata[i])->title, title))
      return lines->pdata[i];
  return NULL;
}

static GPtrArray *
preview (EhcpBook *book, const char *what, const char *date, const char *value)
{
  EhcpFact fact = { what, ehcp_day_parse (date), EHCP_DAY_NONE, value };

  return ehcp_move_preview (book, SAMPLE_ISLA, &fact, NULL, get_today ());
}

/* Mockup 16: the draft served sets the family's 15 days, and leaves the final plan where it is. */
static void
test_draft (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (GPtrArray) lines = preview (book, "draft-served", "2026-12-14", "portal");
  const EhcpMoveLine *comments = find_line (lines, "Family’s comments and choice of school");
  const EhcpMoveLine *final = find_line (lines, "Final plan");
  const EhcpMoveLine *draft = find_line (lines, "Draft plan");

  g_assert_nonnull (comments);
  g_assert_cmpint (comments->kind, ==, EHCP_MOVE_NEW);
  g_assert_cmpint (comments->due, ==, ehcp_day_parse ("2026-12-28"));
  g_assert_cmpstr (comments->source, ==, "15 days beginning with Mon 14 Dec. SEND Regulations 2014, reg 13(1)");
  g_assert_cmpint (final->kind, ==, EHCP_MOVE_UNCHANGED);
  g_assert_cmpint (final->due, ==, ehcp_day_parse ("2027-01-25"));
  g_assert_cmpstr (final->source, ==, "20 weeks from Mon 7 Sep. SEND Regulations 2014, reg 13(2)");
  g_assert_cmpint (draft->kind, ==, EHCP_MOVE_MET);
  /* What changes stands before what does not. */
  for (guint i = 1; i < lines->len; i++)
    g_assert_true (((EhcpMoveLine *) lines->pdata[i - 1])->kind != EHCP_MOVE_UNCHANGED ||
                   ((EhcpMoveLine *) lines->pdata[i])->kind == EHCP_MOVE_UNCHANGED);
}

static void
test_advice (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (GPtrArray) lines = preview (book, "advice-received", "2026-11-24", "Parent");

  g_assert_cmpint (find_line (lines, "Report: Parent")->kind, ==, EHCP_MOVE_MET);
  g_assert_cmpint (find_line (lines, "Report: Educational psychologist")->kind, ==, EHCP_MOVE_UNCHANGED);
}

/* A refusal ends what would have followed, and the family's days to appeal begin although no letter is entered. */
static void
test_refusal (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (GPtrArray) lines = preview (book, "no-plan-notified", "2026-11-24", NULL);

  g_assert_cmpint (find_line (lines, "Final plan")->kind, ==, EHCP_MOVE_DROPPED);
  g_assert_cmpint (find_line (lines, "Family’s last day to appeal")->kind, ==, EHCP_MOVE_NEW);
}

/* A correction of the day of the request moves every date that is counted from it. */
static void
test_correction (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  EhcpFact fact = { "request-received", ehcp_day_parse ("2026-09-14"), EHCP_DAY_NONE, NULL };
  const GPtrArray *events = ehcp_book_peek_case (book, EHCP_KIND_EVENT, SAMPLE_ISLA);
  const char *request = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < events->len; i++)
    if (g_str_equal (ehcp_record_get_text (events->pdata[i], "what"), "request-received"))
      request = ehcp_record_get_id (events->pdata[i]);
  lines = ehcp_move_preview (book, SAMPLE_ISLA, &fact, request, get_today ());
  g_assert_cmpint (find_line (lines, "Final plan")->kind, ==, EHCP_MOVE_CHANGED);
  g_assert_cmpint (find_line (lines, "Final plan")->before, ==, ehcp_day_parse ("2027-01-25"));
  g_assert_cmpint (find_line (lines, "Final plan")->due, ==, ehcp_day_parse ("2027-02-01"));
}

/* Each fact that staff enter is one of the rules, and each fact of the rules can be entered, but for the
 * exemption, which has fields of its own, and the phase, which goes with the year of the transfer. */
static void
test_every_fact (void)
{
  static const char *const elsewhere[] = { "exemption", "phase", NULL };
  guint n_kinds;
  const EhcpFactKind *kinds = ehcp_fact_kinds (&n_kinds);
  const char *name;

  for (guint i = 0; i < n_kinds; i++)
    g_assert_true (ehcp_rules_knows_fact (kinds[i].fact));
  for (guint i = 0; (name = ehcp_rules_nth_fact (i)) != NULL; i++)
    if (!g_strv_contains (elsewhere, name) && ehcp_fact_kind_find (name) == NULL)
      g_error ("nobody can enter %s", name);
}

static void
test_fact_words (void)
{
  static const char *const words[][3] = {
    { "draft-served", "portal", "Draft plan served: In the portal" },
    { "assess-decided", "yes", "Decision whether to assess sent: Yes" },
    { "advice-received", "Health", "Advice received: Health" },
    { "final-issued", NULL, "Final plan issued" },
    { "void", NULL, "Entry taken back" },
    { "exemption", "final-plan personal", "Exemption recorded" },
    { "of-a-newer-council", NULL, "Entry of another kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *said = ehcp_fact_words (words[i][0], words[i][1]);

      g_assert_cmpstr (said, ==, words[i][2]);
    }
}

static void
test_people (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autofree char *audience = ehcp_person_words_audience (book, SAMPLE_ISLA);
  EhcpRecord *martin = ehcp_person_words_find_email (book, SAMPLE_ISLA, "Martin.Marlow@family.example");
  g_autofree char *line = NULL;
  g_autofree char *both = NULL;

  g_assert_cmpstr (audience, ==, "What is for all adults is seen by Helen Marlow.");
  g_assert_nonnull (martin);
  line = ehcp_person_words_line (book, martin, 1795526700);
  g_assert_true (g_str_has_prefix (line, "Father, unique code sent "));
  g_assert_true (ehcp_person_words_find_name (book, SAMPLE_ISLA, "martin", "MARLOW") == martin);
  /* Who was withdrawn can be invited again. */
  g_assert_null (ehcp_person_words_find_email (book, SAMPLE_ISLA, "anil.raye@health.example"));
  ehcp_record_set_text (martin, "access", "active");
  both = ehcp_person_words_audience (book, SAMPLE_ISLA);
  g_assert_cmpstr (both, ==, "What is for all adults is seen by Helen Marlow and Martin Marlow, each of them.");
}

static void
test_lists (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (GPtrArray) dates = ehcp_case_list_rows (EHCP_CASE_LIST_DEADLINES, book, SAMPLE_ISLA, get_today (), 0);
  g_autoptr (GPtrArray) entries = ehcp_case_list_rows (EHCP_CASE_LIST_ENTRIES, book, SAMPLE_ISLA, get_today (), 0);
  const EhcpCaseListRow *first = dates->pdata[0];
  const EhcpCaseListRow *last = dates->pdata[dates->len - 1];

  g_assert_cmpstr (first->tag, ==, "7 days left");
  g_assert_false (first->is_over);
  g_assert_true (last->is_over);
  g_assert_cmpuint (entries->len, ==, 12);
  g_assert_cmpstr (((EhcpCaseListRow *) entries->pdata[0])->title, ==, "Advice received: Speech and language");
  g_assert_true (((EhcpCaseListRow *) entries->pdata[0])->can_be_corrected);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/move/draft", test_draft);
  g_test_add_func ("/move/advice", test_advice);
  g_test_add_func ("/move/refusal", test_refusal);
  g_test_add_func ("/move/correction", test_correction);
  g_test_add_func ("/move/every-fact", test_every_fact);
  g_test_add_func ("/move/fact-words", test_fact_words);
  g_test_add_func ("/move/people", test_people);
  g_test_add_func ("/move/lists", test_lists);
  return g_test_run ();
}
