/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a message stands, and what a list says of it. A draft is a record of its own kind, and can be asked
 * the same. */
#include "ehcp-message-words.h"

#include <glib/gi18n.h>

#include "ehcp-clock.h"
#include "ehcp-day-words.h"
#include "ehcp-kinds.h"
#include "ehcp-text.h"
#include "ehcp-time-words.h"

#define MAX_EXCERPT 120 /* characters; a row shows about 50, a wide one more */

typedef struct
{
  const char *words;
  const char *icon;
  const char *style;
  int rank;
} Look;

static const Look looks[] = {
  [EHCP_MESSAGE_NOT_SENT] = { N_("Not sent"), "dialog-warning-symbolic", "late", 0 },
  [EHCP_MESSAGE_SENDING] = { N_("Sending"), "content-loading-symbolic", "soon", 1 },
  [EHCP_MESSAGE_WAITING] = { N_("Waiting to be sent"), "document-open-recent-symbolic", "soon", 1 },
  [EHCP_MESSAGE_DRAFT] = { N_("Draft"), "document-edit-symbolic", "dim", 2 },
  [EHCP_MESSAGE_NEW] = { N_("New"), "mail-unread-symbolic", "good", 2 },
  [EHCP_MESSAGE_OPENED] = { N_("Read"), "view-reveal-symbolic", "dim", 2 },
  [EHCP_MESSAGE_SENT] = { N_("Sent"), "object-select-symbolic", "dim", 2 },
  [EHCP_MESSAGE_READ] = { N_("Read"), "view-reveal-symbolic", "dim", 2 },
};

static gboolean
is_draft (EhcpRecord *message)
{
  return ehcp_record_get_shape (message) == ehcp_kind_get_shape (EHCP_KIND_DRAFT);
}

static EhcpMessageState
find_state (EhcpRecord *message, gboolean is_read, gboolean is_received)
{
  if (is_draft (message))
    return EHCP_MESSAGE_DRAFT;
  switch (ehcp_record_get_delivery (message))
    {
    case EHCP_DELIVERY_DRAFT:
      return EHCP_MESSAGE_DRAFT;
    case EHCP_DELIVERY_WAITING:
      return EHCP_MESSAGE_WAITING;
    case EHCP_DELIVERY_SENDING:
      return EHCP_MESSAGE_SENDING;
    case EHCP_DELIVERY_REFUSED:
      return EHCP_MESSAGE_NOT_SENT;
    case EHCP_DELIVERY_DONE:
    default:
      break;
    }
  if (is_received)
    return is_read ? EHCP_MESSAGE_OPENED : EHCP_MESSAGE_NEW;
  return ehcp_record_has (message, "read_at") ? EHCP_MESSAGE_READ : EHCP_MESSAGE_SENT;
}

/* @is_read: whether this person has opened it. */
EhcpMessageState
ehcp_message_state (EhcpRecord *message, gboolean is_read)
{
  return find_state (message, is_read, ehcp_record_get_bool (message, "from_council"));
}

/* The same seen from the council's side. */
EhcpMessageState
ehcp_message_state_for_staff (EhcpRecord *message, gboolean is_read)
{
  return find_state (message, is_read, !ehcp_record_get_bool (message, "from_council"));
}

const char *
ehcp_message_state_words (EhcpMessageState state)
{
  return _(looks[state].words);
}

/* Told apart by shape as well as by colour. */
const char *
ehcp_message_state_icon (EhcpMessageState state)
{
  return looks[state].icon;
}

/* The style class of its words. */
const char *
ehcp_message_state_style (EhcpMessageState state)
{
  return looks[state].style;
}

/* What failed stands before what waits, and that before all others, which go by time. */
int
ehcp_message_state_rank (EhcpMessageState state)
{
  return looks[state].rank;
}

static gint64
time_in (EhcpRecord *message, const char *field)
{
  return ehcp_record_has (message, field) ? ehcp_time_parse (ehcp_record_get_text (message, field)) : -1;
}

/* When it was written, as the person knows it. */
gint64
ehcp_message_time (EhcpRecord *message)
{
  return time_in (message, is_draft (message) ? "saved_at" : "composed_at");
}

/* The order of a thread is the council's, so that all devices agree; what it has not got comes last.
 * Earlier first. */
int
ehcp_message_compare_times (EhcpRecord *a, EhcpRecord *b)
{
  gint64 at_a = is_draft (a) ? -1 : time_in (a, "received_at");
  gint64 at_b = is_draft (b) ? -1 : time_in (b, "received_at");

  if (at_a < 0 || at_b < 0)
    {
      if ((at_a < 0) != (at_b < 0) && !is_draft (a) && !is_draft (b))
        return at_a < 0 ? 1 : -1;
      at_a = ehcp_message_time (a);
      at_b = ehcp_message_time (b);
    }
  if (at_a != at_b)
    return at_a < at_b ? -1 : 1;
  return g_strcmp0 (ehcp_record_get_id (a), ehcp_record_get_id (b));
}

/* (transfer full): the beginning, in one line; "" of NULL. */
char *
ehcp_message_excerpt (const char *text)
{
  GString *line = g_string_new (NULL);
  gboolean is_gap = FALSE;
  int n = 0;

  for (const char *c = text != NULL ? text : ""; *c != '\0' && n < MAX_EXCERPT; c = g_utf8_next_char (c))
    {
      gunichar sign = g_utf8_get_char (c);

      if (g_unichar_isspace (sign))
        {
          is_gap = line->len > 0;
          continue;
        }
      if (is_gap)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, sign);
      n += is_gap ? 2 : 1;
      is_gap = FALSE;
    }
  if (n >= MAX_EXCERPT)
    g_string_append (line, "…");
  return g_string_free (line, FALSE);
}

/* For a row: "11:52" today, "Mon 14:20" within six days, "Thu 19 Nov", "Wed 19 Nov 2025". */
char *
ehcp_message_when_short (gint64 unix_s, gint64 now_s)
{
  int day = ehcp_clock_day_of (unix_s);
  int today = ehcp_clock_day_of (now_s);

  if (day == today)
    return ehcp_time_words_clock (unix_s);
  if (day < today && today - day < 7)
    return ehcp_time_words (unix_s, now_s);
  return ehcp_day_words_short (day, today);
}

/* For a message that is open: "Today 11:52", "Fri 20 November 2026, 19:42". */
char *
ehcp_message_when_long (gint64 unix_s, gint64 now_s)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (ehcp_clock_day_of (unix_s) == ehcp_clock_day_of (now_s))
    return ehcp_time_words (unix_s, now_s);
  day = ehcp_day_words_long (ehcp_clock_day_of (unix_s));
  clock = ehcp_time_words_clock (unix_s);
  /* Translators: a day and a time of day */
  return g_strdup_printf (_("%s, %s"), day, clock);
}
