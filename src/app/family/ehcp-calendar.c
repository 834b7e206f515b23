/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Key dates as calendar entries. An entry is known by the deadline's id, which stays when its day is
 * corrected, and its SEQUENCE is the record's feed number, which rises with each change: so a calendar
 * updates what it has and never shows a date twice. A shared calendar is read by others, so an entry has the
 * case's reference and no name, and nothing that anybody typed. */
#include "ehcp-calendar.h"

#include <glib/gi18n.h>
#include <libical/ical.h>

#include "ehcp-date-reasons.h"

#define PRODUCT "-//EHCP Portal//Key Dates//EN"

#define LAST_YEAR 3000 /* libical writes a later day as 00000000, which no calendar reads */

static const int alarm_days[] = { 7, 1 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (icalcomponent, icalcomponent_free)

static struct icaltimetype
make_day (EhcpDay day)
{
  struct icaltimetype time = icaltime_null_date ();

  ehcp_day_to_ymd (day, &time.year, &time.month, &time.day);
  return time;
}

/* An entry ends on the day after its own. */
static gboolean
can_be_written (EhcpDay day)
{
  int year;

  ehcp_day_to_ymd (day + 1, &year, NULL, NULL);
  return year <= LAST_YEAR;
}

static struct icaltimetype
make_time (gint64 unix_s)
{
  return icaltime_from_timet_with_zone ((time_t) unix_s, FALSE, icaltimezone_get_utc_timezone ());
}

/* SEQUENCE has 31 bits; a council's feed is a long way from them. */
static int
make_sequence (gint64 seq)
{
  return (int) CLAMP (seq, 0, G_MAXINT32);
}

/* The same whichever of several records comes first, and in no other program's namespace. */
static char *
make_uid (const char *id)
{
  return g_strconcat (id, "@ehcp-portal", NULL);
}

static icalcomponent *
make_alarm (const char *summary, int n_days)
{
  struct icaltriggertype trigger = { .time = icaltime_null_time (),
                                     .duration = { .is_neg = 1, .days = (unsigned int) n_days } };

  return icalcomponent_vanew (ICAL_VALARM_COMPONENT, icalproperty_new_action (ICAL_ACTION_DISPLAY),
                              icalproperty_new_description (summary),
                              icalproperty_new_trigger (trigger), NULL);
}

static icalcomponent *
make_event (const char *id, gint64 seq, EhcpDay day, const char *summary, gint64 now)
{
  g_autofree char *uid = make_uid (id);

  return icalcomponent_vanew (
      ICAL_VEVENT_COMPONENT, icalproperty_new_uid (uid), icalproperty_new_dtstamp (make_time (now)),
      icalproperty_new_lastmodified (make_time (now)), icalproperty_new_sequence (make_sequence (seq)),
      icalproperty_new_summary (summary), icalproperty_new_dtstart (make_day (day)),
      icalproperty_new_dtend (make_day (day + 1)), icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT), NULL);
}

/* What is done, or whose day is over, needs no alarm. */
static icalcomponent *
make_date_event (const EhcpKeyDate *date, const char *reference, EhcpDay today, gint64 now)
{
  g_autofree char *summary = g_strdup_printf (date->is_open ? _("%s (%s)") : _("%s (%s), done"), date->plain_title,
                                              reference);
  icalcomponent *event = make_event (date->id, date->seq, date->due, summary, now);

  if (date->plain_text != NULL)
    icalcomponent_add_property (event, icalproperty_new_description (date->plain_text));
  icalcomponent_add_property (event, icalproperty_new_status (ICAL_STATUS_CONFIRMED));
  for (guint i = 0; date->is_open && i < G_N_ELEMENTS (alarm_days); i++)
    if (date->due >= today)
      icalcomponent_add_component (event, make_alarm (summary, alarm_days[i]));
  return event;
}

/* A date that does not apply any more may be in the calendar from an earlier time. */
static void
add_cancelled (icalcomponent *calendar, EhcpBook *book, const char *case_id, const char *reference, EhcpDay today,
               gint64 now)
{
  GListModel *deadlines = ehcp_book_get_list (book, EHCP_KIND_DEADLINE, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      g_autofree char *title = NULL, *summary = NULL;
      icalcomponent *event;

      if (g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") != 0 ||
          ehcp_record_get_date (deadline, "due") < today || !can_be_written (ehcp_record_get_date (deadline, "due")))
        continue;
      title = ehcp_date_reasons_plain_title (deadline);
      summary = g_strdup_printf (_("%s (%s)"), title, reference);
      event = make_event (ehcp_record_get_id (deadline), ehcp_record_get_int (deadline, "seq"),
                          ehcp_record_get_date (deadline, "due"), summary, now);
      icalcomponent_add_property (event, icalproperty_new_status (ICAL_STATUS_CANCELLED));
      icalcomponent_add_component (calendar, event);
    }
}

static const char *
get_reference (EhcpBook *book, const char *case_id)
{
  EhcpRecord *case_record = ehcp_book_find (book, EHCP_KIND_CASE, case_id);

  return case_record != NULL ? ehcp_record_get_text (case_record, "reference") : "";
}

char *
ehcp_calendar_make (EhcpBook *book, const char *case_id, EhcpDay today, gint64 now)
{
  g_autoptr (GPtrArray) dates = ehcp_key_dates_list (book, case_id, today);
  g_autoptr (icalcomponent) calendar = NULL;
  const char *reference = get_reference (book, case_id);
  char *text, *copy;

  calendar = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"),
                                  icalproperty_new_prodid (PRODUCT),
                                  icalproperty_new_method (ICAL_METHOD_PUBLISH), NULL);
  for (guint i = 0; i < dates->len; i++)
    if (can_be_written (((const EhcpKeyDate *) dates->pdata[i])->due))
      icalcomponent_add_component (calendar, make_date_event (dates->pdata[i], reference, today, now));
  add_cancelled (calendar, book, case_id, reference, today, now);
  text = icalcomponent_as_ical_string_r (calendar);
  copy = g_strdup (text);
  icalmemory_free_buffer (text);
  return copy;
}

char *
ehcp_calendar_make_file_name (EhcpBook *book, const char *case_id)
{
  return g_strdup_printf (_("Key dates %s.ics"), get_reference (book, case_id));
}
