/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any records of a feed as a calendar file: whatever stands in them, it has the lines that a calendar has, and libical
 * reads it without an error. */
#include "fuzz.h"

#include <libical/ical.h>

#include "ehcp-batch.h"
#include "ehcp-calendar.h"

static const char *const names[] = {
  "BEGIN:", "END:",     "VERSION:",     "PRODID:", "METHOD:", "UID:",    "DTSTAMP:",     "LAST-MODIFIED:", "SEQUENCE:",
  "SUMMARY:", "DTSTART;", "DTEND;",     "TRANSP:", "STATUS:", "ACTION:", "DESCRIPTION:", "TRIGGER:",
};

static void
check_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      gboolean is_known = lines[i][0] == ' ';

      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        is_known |= g_str_has_prefix (lines[i], names[n]);
      FUZZ_HOLDS (is_known && strpbrk (lines[i], "\r\n") == NULL);
    }
}

static void
check_calendar (EhcpBook *book, const char *case_id)
{
  g_autofree char *text = ehcp_calendar_make (book, case_id, 740000, 1795528800);
  icalcomponent *calendar = icalparser_parse_string (text);

  FUZZ_HOLDS (calendar != NULL && icalcomponent_count_errors (calendar) == 0);
  icalcomponent_free (calendar);
  check_lines (text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (EhcpBatch) batch = ehcp_batch_parse (body, NULL);
  g_autoptr (EhcpBook) book = NULL;
  const char *case_id = NULL;

  if (batch == NULL)
    return 0;
  book = ehcp_book_new ();
  for (guint i = 0; i < batch->entries->len; i++)
    {
      EhcpEntry *entry = batch->entries->pdata[i];

      if (entry->record == NULL)
        continue;
      ehcp_book_put (book, entry->record);
      if (case_id == NULL && *entry->case_id != '\0')
        case_id = entry->case_id;
    }
  if (case_id != NULL)
    check_calendar (book, case_id);
  return 0;
}
