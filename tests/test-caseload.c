/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caseload without a window: what a row says, how rows are sorted and filtered, and that the list follows
 * the book case by case. */
#include <locale.h>
#include <string.h>

#include <gtk/gtk.h>

#include "app/sample.h"
#include "ehcp-case-order.h"
#include "ehcp-caseload-filter.h"
#include "ehcp-caseload-words.h"
#include "ehcp-caseload.h"
#include "ehcp-rules.h"
#include "ehcp-search-words.h"
#include "ehcp-text.h"

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

static EhcpCaseSummary *
summarise (EhcpBook *book, const char *surname)
{
  EhcpRecord *case_record = ehcp_book_find_where (book, EHCP_KIND_CASE, "child_surname", surname);

  g_assert_nonnull (case_record);
  return ehcp_case_summary_new (book, case_record, get_today ());
}

static EhcpRecord *
make_record (EhcpKind kind, const char *case_id)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *id = ehcp_text_new_id ();

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "case", case_id);
  ehcp_record_set_int (record, "seq", 900);
  ehcp_record_set_text (record, "audience", "adults");
  return record;
}

static void
put_deadline (EhcpBook *book, const char *case_id, const char *rule, const char *state, int days)
{
  g_autoptr (EhcpRecord) deadline = make_record (EHCP_KIND_DEADLINE, case_id);

  ehcp_record_set_text (deadline, "rule", rule);
  ehcp_record_set_text (deadline, "state", state);
  ehcp_record_set_date (deadline, "due", get_today () + days);
  ehcp_book_put (book, deadline);
}

static char *
put_case (EhcpBook *book)
{
  g_autoptr (EhcpRecord) case_record = make_record (EHCP_KIND_CASE, NULL);
  char *id = g_strdup (ehcp_record_get_id (case_record));

  ehcp_record_set_text (case_record, "case", id);
  ehcp_record_set_text (case_record, "reference", "WY-2026-00001");
  ehcp_record_set_text (case_record, "child_forename", "Zoë");
  ehcp_record_set_text (case_record, "child_surname", "O’Hara");
  ehcp_record_set_text (case_record, "stage", "final");
  ehcp_record_set_text (case_record, "status", "open");
  ehcp_book_put (book, case_record);
  return id;
}

static void
test_rows (void)
{
  static const struct
  {
    const char *surname, *next, *days;
    EhcpCaseStatus status;
    EhcpWaiting waiting;
    int week;
    guint n_unread, n_review;
  } rows[] = {
    { "Kerr", "Mon 2 Nov, final plan", "22 days late", EHCP_CASE_LATE, EHCP_WAITING_COUNCIL, 24, 1, 0 },
    { "Linton", "Mon 23 Nov, assess or not", "1 day late", EHCP_CASE_LATE, EHCP_WAITING_COUNCIL, 7, 0, 0 },
    { "Haddow", "Wed 25 Nov, final plan", "1 day", EHCP_CASE_SOON, EHCP_WAITING_COUNCIL, 20, 2, 1 },
    { "Pike", "Thu 3 Dec, advice", "9 days", EHCP_CASE_ON_TIME, EHCP_WAITING_ADVISER, 11, 0, 0 },
    { "Marchant", "Mon 19 Oct, final plan", "36 days over", EHCP_CASE_EXCUSED, EHCP_WAITING_COUNCIL, 26, 0, 0 },
    { "Tarrant", "Tue 4 May 2027, yearly review", "161 days", EHCP_CASE_ON_TIME, EHCP_WAITING_COUNCIL, 0, 0, 0 },
  };
  g_autoptr (EhcpBook) book = make_book ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpCaseSummary) summary = summarise (book, rows[i].surname);
      g_autofree char *next = ehcp_caseload_words_next (summary);
      g_autofree char *days = ehcp_caseload_words_days (summary);

      g_assert_cmpstr (next, ==, rows[i].next);
      g_assert_cmpstr (days, ==, rows[i].days);
      g_assert_cmpint (summary->status, ==, rows[i].status);
      g_assert_cmpint (summary->waiting, ==, rows[i].waiting);
      g_assert_cmpint (summary->week, ==, rows[i].week);
      g_assert_cmpuint (summary->n_unread, ==, rows[i].n_unread);
      g_assert_cmpuint (summary->n_review, ==, rows[i].n_review);
    }
}

/* Which of several dates counts, and whose turn it is. */
static void
test_next_date (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autofree char *id = put_case (book);
  g_autoptr (EhcpCaseSummary) none = summarise (book, "O’Hara");
  g_autoptr (EhcpCaseSummary) some = NULL;
  g_autoptr (EhcpCaseSummary) excused = NULL;
  g_autoptr (EhcpCaseSummary) late = NULL;

  g_assert_cmpint (none->status, ==, EHCP_CASE_NO_DATE);
  g_assert_cmpint (none->waiting, ==, EHCP_WAITING_NOBODY);
  put_deadline (book, id, "draft-practice", "due", 1); /* no law */
  put_deadline (book, id, "draft-comments", "due", 5); /* the family's own days */
  put_deadline (book, id, "advice", "lapsed", 2);
  put_deadline (book, id, "assess-decision", "met", 3);
  put_deadline (book, id, "no-plan-decision", "due", 20);
  some = summarise (book, "O’Hara");
  g_assert_cmpint (some->days_left, ==, 20);
  g_assert_cmpint (some->waiting, ==, EHCP_WAITING_FAMILY);

  put_deadline (book, id, "final-plan", "excused", -10);
  excused = summarise (book, "O’Hara");
  g_assert_cmpint (excused->status, ==, EHCP_CASE_EXCUSED);
  put_deadline (book, id, "review-decision", "due", -1);
  late = summarise (book, "O’Hara");
  g_assert_cmpint (late->status, ==, EHCP_CASE_LATE);
  g_assert_cmpstr (late->rule, ==, "review-decision");
}

/* A date that the table can show has words of its own. */
static void
test_every_rule (void)
{
  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);

      if (ehcp_rule_is_law (rule) && ehcp_rule_get_actor (rule) != EHCP_ACTOR_FAMILY)
        g_assert_nonnull (ehcp_caseload_words_rule (ehcp_rule_get_id (rule), ehcp_rule_get_part (rule)));
    }
  g_assert_null (ehcp_caseload_words_rule ("no-such-rule", NULL));
}

typedef int (*CompareFunc) (const EhcpCaseSummary *a, const EhcpCaseSummary *b);

static void
test_orders (void)
{
  static const struct
  {
    CompareFunc compare;
    const char *first, *then;
  } orders[] = {
    { ehcp_caseload_compare_status, "Kerr", "Haddow" },    { ehcp_caseload_compare_child, "Ashdown", "Kerr" },
    { ehcp_caseload_compare_reference, "Kerr", "Pike" },   { ehcp_caseload_compare_stage, "Linton", "Ashdown" },
    { ehcp_caseload_compare_due, "Kerr", "Corrigan" },     { ehcp_caseload_compare_due, "Pike", "O’Hara" },
    { ehcp_caseload_compare_waiting, "Kerr", "Pike" },     { ehcp_caseload_compare_week, "Penhale", "Kerr" },
    { ehcp_caseload_compare_unread, "Ashdown", "Kerr" },   { ehcp_caseload_compare_review, "Desford", "Haddow" },
    { ehcp_caseload_compare_caseworker, "Marchant", "Kerr" }, { ehcp_caseload_compare_caseworker, "Kerr", "Linton" },
  };
  g_autoptr (EhcpBook) book = make_book ();
  g_autofree char *id = put_case (book);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (EhcpCaseSummary) first = summarise (book, orders[i].first);
      g_autoptr (EhcpCaseSummary) then = summarise (book, orders[i].then);

      g_assert_cmpint (orders[i].compare (first, then), <, 0);
      g_assert_cmpint (orders[i].compare (then, first), >, 0);
      g_assert_cmpint (orders[i].compare (first, first), ==, 0);
    }
}

static guint
count (EhcpCaseload *caseload, const EhcpCaseloadFilter *filter)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (caseload)); i++)
    {
      g_autoptr (EhcpCaseRow) row = g_list_model_get_item (G_LIST_MODEL (caseload), i);

      n += ehcp_caseload_filter_matches (filter, ehcp_case_row_get (row)) ? 1 : 0;
    }
  return n;
}

static void
test_filter (void)
{
  static const struct
  {
    EhcpChip chip;
    EhcpScope scope;
    gboolean with_unallocated;
    int stage;
    const char *words;
    guint n;
  } cases[] = {
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, -1, "", 23 },
    { EHCP_CHIP_LATE, EHCP_SCOPE_ALL, FALSE, -1, "", 5 },
    { EHCP_CHIP_DUE, EHCP_SCOPE_ALL, FALSE, -1, "", 3 },
    { EHCP_CHIP_UNREAD, EHCP_SCOPE_ALL, FALSE, -1, "", 7 },
    { EHCP_CHIP_REVIEW, EHCP_SCOPE_ALL, FALSE, -1, "", 5 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_OWN, FALSE, -1, "", 19 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_OWN, TRUE, -1, "", 20 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_NOBODY, FALSE, -1, "", 1 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, 4, "", 2 },
    { EHCP_CHIP_UNREAD, EHCP_SCOPE_ALL, FALSE, 4, "", 1 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, -1, "BEA larkw", 1 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, -1, "04421", 1 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, -1, "thornfield", 7 },
    { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, FALSE, -1, "nobody of that name", 0 },
  };
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = ehcp_caseload_new (book, clock);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = ehcp_search_fold (cases[i].words);
      EhcpCaseloadFilter filter = { cases[i].chip, cases[i].scope, SAMPLE_PRIYA, cases[i].with_unallocated,
                                    cases[i].stage, words };
      guint counts[EHCP_N_CHIPS];

      g_assert_cmpuint (count (caseload, &filter), ==, cases[i].n);
      ehcp_caseload_filter_count (&filter, G_LIST_MODEL (caseload), counts);
      g_assert_cmpuint (counts[filter.chip], ==, cases[i].n);
    }
}

typedef struct
{
  guint n_announced, n_removed, n_added, n_changed;
} Heard;

static void
items_changed_cb (GListModel *list, guint position, guint n_removed, guint n_added, Heard *heard)
{
  heard->n_announced++;
  heard->n_removed += n_removed;
  heard->n_added += n_added;
}

static void
changed_cb (EhcpCaseload *caseload, Heard *heard)
{
  heard->n_changed++;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A record costs the row of its own case; what changes nothing that is shown is not announced. */
static void
test_follows (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = NULL;
  g_autofree char *id = NULL;
  g_autoptr (EhcpRecord) note = NULL;
  EhcpCaseRow *row;
  Heard heard = { 0 };

  settle ();
  caseload = ehcp_caseload_new (book, clock);
  g_signal_connect (caseload, "items-changed", G_CALLBACK (items_changed_cb), &heard);
  g_signal_connect (caseload, "changed", G_CALLBACK (changed_cb), &heard);

  id = put_case (book);
  put_deadline (book, id, "final-plan", "due", 3);
  settle ();
  row = ehcp_caseload_find (caseload, id);
  g_assert_nonnull (row);
  g_assert_cmpint (ehcp_case_row_get (row)->days_left, ==, 3);
  g_assert_cmpuint (heard.n_announced, ==, 1);
  g_assert_cmpuint (heard.n_changed, ==, 1);

  put_deadline (book, id, "no-plan-decision", "due", 1);
  settle ();
  g_assert_true (ehcp_caseload_find (caseload, id) == row);
  g_assert_cmpint (ehcp_case_row_get (row)->days_left, ==, 1);
  g_assert_cmpuint (heard.n_announced, ==, 2);

  note = make_record (EHCP_KIND_NOTE, id);
  ehcp_book_put (book, note);
  settle ();
  g_assert_cmpuint (heard.n_announced, ==, 2);

  ehcp_book_remove_case (book, SAMPLE_ISLA);
  settle ();
  g_assert_null (ehcp_caseload_find (caseload, SAMPLE_ISLA));
  g_assert_cmpuint (heard.n_announced, ==, 3);
  g_assert_cmpuint (heard.n_removed - heard.n_added, ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (caseload)); i++)
    {
      g_autoptr (EhcpCaseRow) other = g_list_model_get_item (G_LIST_MODEL (caseload), i);

      g_assert_true (ehcp_caseload_find (caseload, ehcp_case_row_get (other)->id) == other);
    }
}

static void
slot_changed_cb (EhcpCaseSlot *slot, guint *n_changed)
{
  ++*n_changed;
}

static const char *
get_child (EhcpCaseOrder *order, guint position)
{
  g_autoptr (EhcpCaseSlot) slot = g_list_model_get_item (G_LIST_MODEL (order), position);

  return ehcp_case_slot_get (slot)->child; /* the caseload holds it */
}

/* Sorting fills the slots anew and announces nothing; a filter announces what is fewer or more at the end. */
static void
test_order (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = ehcp_caseload_new (book, clock);
  g_autoptr (EhcpCaseOrder) order = ehcp_case_order_new (G_LIST_MODEL (caseload));
  EhcpCaseloadFilter filter = { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, NULL, FALSE, -1, "" };
  g_autoptr (EhcpCaseSlot) first = NULL;
  g_autoptr (EhcpCaseSlot) last = NULL;
  g_autofree char *earliest = NULL;
  Heard heard = { 0 };
  guint n_changed = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, 0);
  g_signal_connect (order, "items-changed", G_CALLBACK (items_changed_cb), &heard);
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (heard.n_announced, ==, 1);
  g_assert_cmpuint (heard.n_added, ==, 23);
  first = g_list_model_get_item (G_LIST_MODEL (order), 0);
  last = g_list_model_get_item (G_LIST_MODEL (order), 22);
  g_signal_connect (first, "changed", G_CALLBACK (slot_changed_cb), &n_changed);
  earliest = g_strdup (get_child (order, 0));
  g_assert_cmpuint (ehcp_case_order_find (order, ehcp_case_slot_get (first)->id), ==, 0);

  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (n_changed, ==, 0);
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, TRUE);
  g_assert_cmpuint (heard.n_announced, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (ehcp_case_slot_get (last)->child, ==, earliest);
  g_assert_cmpuint (ehcp_case_order_find (order, ehcp_case_slot_get (last)->id), ==, 22);

  filter.chip = EHCP_CHIP_LATE;
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, TRUE);
  g_assert_cmpuint (heard.n_announced, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, 5);
  g_assert_cmpstr (get_child (order, 4), ==, "Tobias Kerr");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (EhcpCaseSlot) slot = g_list_model_get_item (G_LIST_MODEL (order), i);

      g_assert_cmpint (ehcp_case_slot_get (slot)->status, ==, EHCP_CASE_LATE);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (order), 5));
  g_assert_cmpuint (ehcp_case_order_find (order, "nobody"), ==, GTK_INVALID_LIST_POSITION);
}

/* A row whose case says something else tells its slot, wherever it stands. */
static void
test_slot_follows (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = ehcp_caseload_new (book, clock);
  g_autoptr (EhcpCaseOrder) order = ehcp_case_order_new (G_LIST_MODEL (caseload));
  EhcpCaseloadFilter filter = { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, NULL, FALSE, -1, "" };
  g_autoptr (EhcpCaseSlot) first = NULL;
  g_autofree char *id = NULL;
  guint n_changed = 0;

  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  first = g_list_model_get_item (G_LIST_MODEL (order), 0);
  id = g_strdup (ehcp_case_slot_get (first)->id);
  g_signal_connect (first, "changed", G_CALLBACK (slot_changed_cb), &n_changed);
  put_deadline (book, id, "advice", "due", -200);
  settle ();
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (ehcp_case_slot_get (first)->days_left, ==, -200);
  ehcp_book_remove_case (book, id);
  settle ();
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (ehcp_case_order_find (order, id), ==, GTK_INVALID_LIST_POSITION);
}

/* A long list grows from a screenful to all of it, in order, and at once as far as somebody looks for a case. */
static void
test_order_grows (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = NULL;
  g_autoptr (EhcpCaseOrder) order = NULL;
  EhcpCaseloadFilter filter = { EHCP_CHIP_ALL, EHCP_SCOPE_ALL, NULL, FALSE, -1, "" };
  g_autofree char *last = NULL;
  Heard heard = { 0 };
  guint at_first;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = put_case (book);

      put_deadline (book, id, "final-plan", "due", (int) i);
      if (i == 399)
        last = g_steal_pointer (&id);
    }
  caseload = ehcp_caseload_new (book, clock);
  order = ehcp_case_order_new (G_LIST_MODEL (caseload));
  g_signal_connect (order, "items-changed", G_CALLBACK (items_changed_cb), &heard);
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  at_first = g_list_model_get_n_items (G_LIST_MODEL (order));
  g_assert_cmpuint (at_first, <, 100);
  g_assert_cmpuint (at_first, >, 30);
  g_assert_cmpuint (ehcp_case_order_count (order), ==, 400);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, 400);
  g_assert_cmpuint (heard.n_announced, >, 5);
  g_assert_cmpuint (heard.n_removed, ==, 0);
  g_assert_cmpuint (heard.n_added, ==, 400);
  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (EhcpCaseSlot) slot = g_list_model_get_item (G_LIST_MODEL (order), i);

      g_assert_cmpint (ehcp_case_slot_get (slot)->days_left, ==, i);
    }

  filter.chip = EHCP_CHIP_DUE;
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, 8);
  filter.chip = EHCP_CHIP_ALL;
  ehcp_case_order_update (order, &filter, ehcp_caseload_compare_due, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, at_first);
  g_assert_cmpuint (ehcp_case_order_find (order, last), ==, 399);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (order)), ==, 400);
}

/* A first pull is announced once and not case by case. */
static void
test_many (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = NULL;
  Heard heard = { 0 };

  settle ();
  caseload = ehcp_caseload_new (book, clock);
  g_signal_connect (caseload, "items-changed", G_CALLBACK (items_changed_cb), &heard);
  for (guint i = 0; i < 200; i++)
    g_free (put_case (book));
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (caseload)), ==, 223);
  g_assert_cmpuint (heard.n_announced, ==, 1);
  ehcp_book_clear (book);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (caseload)), ==, 0);
  g_assert_cmpuint (heard.n_announced, ==, 2);
}

static void
test_new_day (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (EhcpCaseload) caseload = ehcp_caseload_new (book, clock);
  EhcpRecord *pike = ehcp_book_find_where (book, EHCP_KIND_CASE, "child_surname", "Pike");
  EhcpCaseRow *row = ehcp_caseload_find (caseload, ehcp_record_get_id (pike));

  ehcp_clock_advance (clock, 3 * 24 * 60 * 60);
  ehcp_caseload_check_day (caseload);
  g_assert_cmpint (ehcp_case_row_get (row)->days_left, ==, 6);
  g_assert_cmpint (ehcp_case_row_get (row)->status, ==, EHCP_CASE_SOON);
}

static void
test_spoken (void)
{
  g_autoptr (EhcpBook) book = make_book ();
  g_autoptr (EhcpCaseSummary) summary = summarise (book, "Haddow");
  g_autofree char *spoken = ehcp_caseload_words_spoken (summary);

  g_assert_cmpstr (spoken, ==, "Samir Haddow, WY-2026-04511, Due soon, Final plan, Wed 25 Nov, final plan 1 day, "
                               "2 unread messages, 1 form to review");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caseload/rows", test_rows);
  g_test_add_func ("/caseload/next-date", test_next_date);
  g_test_add_func ("/caseload/every-rule", test_every_rule);
  g_test_add_func ("/caseload/orders", test_orders);
  g_test_add_func ("/caseload/filter", test_filter);
  g_test_add_func ("/caseload/follows", test_follows);
  g_test_add_func ("/caseload/order", test_order);
  g_test_add_func ("/caseload/order-grows", test_order_grows);
  g_test_add_func ("/caseload/slot-follows", test_slot_follows);
  g_test_add_func ("/caseload/many", test_many);
  g_test_add_func ("/caseload/new-day", test_new_day);
  g_test_add_func ("/caseload/spoken", test_spoken);
  return g_test_run ();
}
