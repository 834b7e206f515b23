/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's data holds together, whatever day it is started on: days in words, steps in order, letters
 * that are there. That the council accepts each step is seen in tests/demo. */
#include "demo/ehcp-demo-data.h"
#include "demo/ehcp-demo-letter.h"
#include "demo/ehcp-demo-words.h"
#include "ehcp-clock.h"
#include "ehcp-commands.h"
#include "ehcp-text.h"

#define NOW 1795528800 /* 24 November 2026, 14:00 UTC */

static const EhcpDemoNames names = {
  .child = "Isla",
  .child_full = "Isla Marlow",
  .adult = "Mrs Marlow",
  .name = "Helen",
  .school = "Oakmere Primary School",
  .title = "Your views",
  .reference = "WY-F-1",
  .today = 739944,
  .received = 739866,
  .issued = 739905,
};

static void
test_fill (void)
{
  static const char *const rows[][2] = {
    { "No token.", "No token." },
    { "{child} and {adult}", "Isla and Mrs Marlow" },
    { "by {today+7}.", "by Tuesday 1 December 2026." },
    { "from {received+0} to {received+140}", "from Monday 7 September 2026 to Monday 25 January 2027" },
    { "{issued-1}", "Thursday 15 October 2026" },
    { "an open { brace", "an open { brace" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *filled = ehcp_demo_words_fill (rows[i][0], &names);

      g_assert_cmpstr (filled, ==, rows[i][1]);
    }
}

static void
test_time (void)
{
  static const struct
  {
    const char *text, *time;
  } rows[] = {
    { "-1 09:30", "2026-11-23T09:30:00Z" },
    { "-77 09:10", "2026-09-08T08:10:00Z" }, /* summer time */
    { "0 -40", "2026-11-24T13:20:00Z" },
    { "0 16:00", "2026-11-24T14:00:00Z" },   /* not in the future */
  };
  gint32 today = ehcp_clock_day_of (NOW);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *time = ehcp_time_format (ehcp_demo_words_time (rows[i].text, today, NOW));

      g_assert_cmpstr (time, ==, rows[i].time);
    }
}

static void
check_people (EhcpDemoData *data, JsonObject *step)
{
  static const char *const members[] = { "person", "by" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = ehcp_json_get_text (step, members[i]);

      g_assert_true (name == NULL || ehcp_demo_data_find_person (data, name) != NULL);
    }
}

static void
check_letters (EhcpDemoData *data, JsonObject *step)
{
  static const char *const members[] = { "letter", "attach" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = ehcp_json_get_text (step, members[i]);

      g_assert_true (name == NULL || ehcp_demo_data_find_letter (data, name) != NULL);
    }
}

/* "#name" is something that an earlier step of the same case made. */
static void
check_references (JsonObject *step, GHashTable *made)
{
  static const char *const members[] = { "document", "message", "thread" };
  const char *as = ehcp_json_get_text (step, "as");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = ehcp_json_get_text (step, members[i]);

      g_assert_true (name == NULL || (*name == '#' && g_hash_table_contains (made, name + 1)));
    }
  if (as != NULL)
    g_assert_true (g_hash_table_add (made, (char *) as));
}

static void
test_steps (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpDemoData) data = ehcp_demo_data_load (&error);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GHashTable) made = g_hash_table_new (g_str_hash, g_str_equal);
  gint32 today = ehcp_clock_day_of (NOW);

  g_assert_no_error (error);
  cases = ehcp_demo_data_list_cases (data);
  g_assert_cmpuint (cases->len, >=, 7);
  for (guint c = 0; c < cases->len; c++)
    {
      JsonArray *steps = ehcp_json_get_array (g_ptr_array_index (cases, c), "steps");
      gint64 before = 0;

      for (guint i = 0; i < json_array_get_length (steps); i++)
        {
          JsonObject *step = json_array_get_object_element (steps, i);
          const char *kind = ehcp_json_get_text (step, "kind");
          gint64 at = ehcp_demo_words_time (ehcp_json_get_text (step, "at"), today, NOW);

          g_test_message ("%s %s", ehcp_json_get_text (step, "at"), kind);
          g_assert_true (g_str_equal (kind, "register") || ehcp_command_find (kind) >= 0);
          g_assert_cmpint (at, >=, before);
          before = at;
          check_people (data, step);
          check_letters (data, step);
          check_references (step, made);
        }
    }
}

/* Every letter with every token it has: a token that is not known warns, and a warning fails. */
static void
test_letters (void)
{
  static const char *const letters[] = { "request-received", "will-assess", "will-not-assess", "appointment",
                                         "speech-report", "school-report", "psychologist-report",
                                         "will-issue", "draft-letter", "draft-plan", "final-letter",
                                         "final-plan", "advice-list" };
  g_autoptr (EhcpDemoData) data = ehcp_demo_data_load (NULL);
  EhcpDemoSheet sheet = { "Wyreshire Council", "SEND Assessment Team", "Mrs Helen Marlow", "WY-2026-0001",
                          "Priya Nair", "SEND Caseworker", "2026-10-16T09:00:00Z" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      JsonObject *letter = ehcp_demo_data_find_letter (data, letters[i]);
      g_autoptr (GBytes) pdf = NULL;

      g_assert_nonnull (letter);
      g_assert_true (g_str_has_suffix (ehcp_json_get_text (letter, "file"), ".pdf"));
      pdf = ehcp_demo_letter_make (letter, &names, &sheet);
      g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
    }
}

static void
test_replies (void)
{
  g_autoptr (EhcpDemoData) data = ehcp_demo_data_load (NULL);
  JsonObject *all = ehcp_demo_data_get_replies (data);
  JsonArray *replies = ehcp_json_get_array (all, "replies");
  JsonArray *others = ehcp_json_get_array (all, "others");

  for (guint i = 0; i < json_array_get_length (replies); i++)
    {
      JsonObject *reply = json_array_get_object_element (replies, i);
      g_autofree char *text = ehcp_demo_words_fill (ehcp_json_get_text (reply, "text"), &names);

      g_assert_cmpuint (json_array_get_length (ehcp_json_get_array (reply, "words")), >, 0);
      g_assert_true (g_str_has_prefix (text, "Dear Helen,"));
    }
  g_assert_cmpuint (json_array_get_length (others), >, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/words/fill", test_fill);
  g_test_add_func ("/demo/words/time", test_time);
  g_test_add_func ("/demo/data/steps", test_steps);
  g_test_add_func ("/demo/data/letters", test_letters);
  g_test_add_func ("/demo/data/replies", test_replies);
  return g_test_run ();
}
