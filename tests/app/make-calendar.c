/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the calendar file of a sample child, for tests/app/test_calendar.py: make-calendar isla|theo TODAY
 * NOW [DEADLINE FIELD VALUE]…, where a change is made to a deadline of that rule first. */
#include "ehcp-calendar.h"

#include <stdlib.h>

#include "ehcp-text.h"
#include "sample.h"

static void
change (EhcpBook *book, const char *case_id, char **words)
{
  EhcpRecord *deadline = ehcp_book_find_where (book, EHCP_KIND_DEADLINE, "rule", words[0]);

  g_assert_nonnull (deadline);
  g_assert_cmpstr (ehcp_record_get_case (deadline), ==, case_id);
  if (g_str_equal (words[1], "seq"))
    ehcp_record_set_int (deadline, words[1], atoi (words[2]));
  else if (g_str_equal (words[1], "state"))
    ehcp_record_set_text (deadline, words[1], words[2]);
  else
    ehcp_record_set_date (deadline, words[1], ehcp_date_parse (words[2]));
}

int
main (int argc, char **argv)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autofree char *text = NULL;
  gboolean is_isla;

  g_return_val_if_fail (argc >= 4, 1);
  is_isla = g_str_equal (argv[1], "isla");
  sample_fill (book, is_isla ? SAMPLE_WITH_ISLA : SAMPLE_WITH_THEO);
  for (int i = 4; i + 2 < argc; i += 3)
    change (book, is_isla ? SAMPLE_ISLA : SAMPLE_THEO, &argv[i]);
  text = ehcp_calendar_make (book, is_isla ? SAMPLE_ISLA : SAMPLE_THEO, ehcp_date_parse (argv[2]),
                             ehcp_time_parse (argv[3]));
  g_print ("%s", text);
  return 0;
}
