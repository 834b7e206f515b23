/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehcp-form-words.h"

#include <locale.h>

#include "ehcp-kinds.h"
#include "ehcp-text.h"

#define TODAY "2026-12-16"

static EhcpRecord *
make_form (const char *state, const char *due)
{
  EhcpRecord *form = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_FORM));

  ehcp_record_set_text (form, "state", state);
  if (due != NULL)
    ehcp_record_set_date (form, "due", ehcp_date_parse (due));
  return form;
}

typedef struct
{
  const char *due;
  const char *left;
  const char *detail;
} Due;

static void
test_due (void)
{
  const Due dues[] = {
    { "2026-12-28", "12 days left", "By Mon 28 December 2026, 12 days left" },
    { "2026-12-17", "1 day left", "By Thu 17 December 2026, 1 day left" },
    { "2026-12-16", "today", "By Wed 16 December 2026, today" },
    { "2026-12-14", "2 days late", "By Mon 14 December 2026, 2 days late" },
    { NULL, "", "No date was set" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      g_autoptr (EhcpRecord) form = make_form ("asked", dues[i].due);
      g_autofree char *left = ehcp_form_words_left (form, ehcp_date_parse (TODAY));
      g_autofree char *detail = ehcp_form_words_detail (form, ehcp_date_parse (TODAY));

      g_assert_cmpstr (left, ==, dues[i].left);
      g_assert_cmpstr (detail, ==, dues[i].detail);
    }
}

typedef struct
{
  const char *state;
  EhcpDelivery delivery;
  EhcpFormStanding standing;
  const char *words;
} State;

static void
test_standing (void)
{
  const State states[] = {
    { "asked", EHCP_DELIVERY_DONE, EHCP_STANDING_TO_DO, "Not started" },
    { "returned", EHCP_DELIVERY_DONE, EHCP_STANDING_RETURNED, "Returned to you" },
    { "asked", EHCP_DELIVERY_WAITING, EHCP_STANDING_TO_DO, "Not started" },
    { "submitted", EHCP_DELIVERY_WAITING, EHCP_STANDING_WAITING, "Waiting to be sent" },
    { "submitted", EHCP_DELIVERY_SENDING, EHCP_STANDING_WAITING, "Waiting to be sent" },
    { "asked", EHCP_DELIVERY_REFUSED, EHCP_STANDING_NOT_SENT, "Not sent" },
    { "submitted", EHCP_DELIVERY_DONE, EHCP_STANDING_SENT, "Sent" },
    { "accepted", EHCP_DELIVERY_DONE, EHCP_STANDING_ACCEPTED, "Accepted" },
    { "withdrawn", EHCP_DELIVERY_DONE, EHCP_STANDING_WITHDRAWN, "No longer needed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (EhcpRecord) form = make_form (states[i].state, NULL);
      g_autofree char *words = NULL;

      ehcp_record_set_delivery (form, states[i].delivery,
                                states[i].delivery == EHCP_DELIVERY_REFUSED ? "missing" : NULL);
      words = ehcp_form_words_state (form, FALSE);
      g_assert_cmpint (ehcp_form_words_get_standing (form), ==, states[i].standing);
      g_assert_cmpstr (words, ==, states[i].words);
    }
}

static void
test_because_is_text (void)
{
  g_autoptr (EhcpRecord) form = make_form ("asked", "2026-12-28");
  g_autofree char *markup = NULL;

  ehcp_record_set_text (form, "because", "Mum & <b>Dad</b>");
  markup = ehcp_form_words_due_markup (form);
  g_assert_cmpstr (markup, ==,
                   "Send it by <b>Mon 28 December 2026</b>. Mum &amp; &lt;b&gt;Dad&lt;/b&gt;");
}

static void
test_sent (void)
{
  g_autoptr (EhcpRecord) form = make_form ("submitted", NULL);
  g_autofree char *detail = NULL;
  g_autofree char *nothing = ehcp_form_words_sent_at ("yesterday");

  ehcp_record_set_text (form, "submitted_at", "2026-12-16T14:12:00Z");
  ehcp_record_set_text (form, "reference", "WY-F-00012");
  detail = ehcp_form_words_detail (form, ehcp_date_parse (TODAY));
  g_assert_cmpstr (detail, ==, "Sent Wed 16 December 2026 at 14:12, reference number WY-F-00012");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_counts (void)
{
  g_autofree char *one = ehcp_form_words_parts (0, 1);
  g_autofree char *some = ehcp_form_words_parts (2, 5);
  g_autofree char *never = ehcp_form_words_saved (0);
  g_autofree char *saved = ehcp_form_words_saved (ehcp_time_parse ("2026-12-16T14:06:59Z"));

  g_assert_cmpstr (one, ==, "0 of 1 part completed");
  g_assert_cmpstr (some, ==, "2 of 5 parts completed");
  g_assert_cmpstr (never, ==, "");
  g_assert_cmpstr (saved, ==, "Saved at 14:06");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/London", TRUE);
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-words/due", test_due);
  g_test_add_func ("/form-words/standing", test_standing);
  g_test_add_func ("/form-words/because-is-text", test_because_is_text);
  g_test_add_func ("/form-words/sent", test_sent);
  g_test_add_func ("/form-words/counts", test_counts);
  return g_test_run ();
}
