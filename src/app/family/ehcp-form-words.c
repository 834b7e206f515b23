/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens say of a form. Days are ehcp-day-words.c's. */
#include "ehcp-form-words.h"

#include <glib/gi18n.h>

#include "ehcp-day-words.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

static gboolean
is_state (EhcpRecord *form, const char *state)
{
  return g_strcmp0 (ehcp_record_get_text (form, "state"), state) == 0;
}

EhcpFormStanding
ehcp_form_words_get_standing (EhcpRecord *form)
{
  EhcpDelivery delivery = ehcp_record_get_delivery (form);

  /* What waits may also be its beginning, or that it is shared: then it is still to be filled in. */
  if (is_state (form, "submitted") && (delivery == EHCP_DELIVERY_WAITING || delivery == EHCP_DELIVERY_SENDING))
    return EHCP_STANDING_WAITING;
  if (delivery == EHCP_DELIVERY_REFUSED)
    return EHCP_STANDING_NOT_SENT;
  if (is_state (form, "submitted"))
    return EHCP_STANDING_SENT;
  if (is_state (form, "accepted"))
    return EHCP_STANDING_ACCEPTED;
  if (is_state (form, "withdrawn"))
    return EHCP_STANDING_WITHDRAWN;
  return is_state (form, "returned") ? EHCP_STANDING_RETURNED : EHCP_STANDING_TO_DO;
}

char *
ehcp_form_words_state (EhcpRecord *form, gboolean is_started)
{
  switch (ehcp_form_words_get_standing (form))
    {
    case EHCP_STANDING_RETURNED:
      return g_strdup (_("Returned to you"));
    case EHCP_STANDING_WAITING:
      return g_strdup (_("Waiting to be sent"));
    case EHCP_STANDING_NOT_SENT:
      return g_strdup (_("Not sent"));
    case EHCP_STANDING_SENT:
      return g_strdup (_("Sent"));
    case EHCP_STANDING_ACCEPTED:
      return g_strdup (_("Accepted"));
    case EHCP_STANDING_WITHDRAWN:
      return g_strdup (_("No longer needed"));
    case EHCP_STANDING_TO_DO:
    default:
      return g_strdup (is_started ? _("In progress") : _("Not started"));
    }
}

static char *
describe_due (EhcpRecord *form, EhcpDay today)
{
  g_autofree char *day = NULL;
  g_autofree char *left = NULL;

  if (!ehcp_record_has (form, "due"))
    return g_strdup (_("No date was set"));
  day = ehcp_day_words_long (ehcp_record_get_date (form, "due"));
  left = ehcp_form_words_left (form, today);
  return g_strdup_printf (_("By %s, %s"), day, left);
}

/* The line under a form's title in the list. */
char *
ehcp_form_words_detail (EhcpRecord *form, EhcpDay today)
{
  g_autofree char *sent = NULL;
  const char *reference = ehcp_record_get_text (form, "reference");

  switch (ehcp_form_words_get_standing (form))
    {
    case EHCP_STANDING_RETURNED:
      return g_strdup_printf (_("Your caseworker asks: %s"),
                              ehcp_record_get_text (form, "returned_because"));
    case EHCP_STANDING_WAITING:
      return g_strdup (_("It goes by itself as soon as there is a connection"));
    case EHCP_STANDING_NOT_SENT:
      return g_strdup (_("The council could not take it. Open it to see why"));
    case EHCP_STANDING_SENT:
    case EHCP_STANDING_ACCEPTED:
      sent = ehcp_form_words_sent_at (ehcp_record_get_text (form, "submitted_at"));
      return reference != NULL ? g_strdup_printf (_("Sent %s, reference number %s"), sent, reference)
                               : g_strdup_printf (_("Sent %s"), sent);
    case EHCP_STANDING_WITHDRAWN:
      return g_strdup (_("The council does not need this form any more"));
    case EHCP_STANDING_TO_DO:
    default:
      return describe_due (form, today);
    }
}

/* Why the council did not take it, and what to do. Every refusal but these two is a fault of ours. */
char *
ehcp_form_words_refusal (EhcpRecord *form)
{
  int code = ehcp_error_code_from_string (ehcp_record_get_refusal (form));

  if (code == EHCP_ERROR_STALE)
    return g_strdup (_("An answer was changed somewhere else in the meantime. Read the answers again, then send "
                       "the form again."));
  if (code == EHCP_ERROR_MISSING || code == EHCP_ERROR_RANGE)
    return g_strdup (_("An answer is missing or too long. Open each part, press Next, and see what it says. "
                       "Then send the form again."));
  if (code == EHCP_ERROR_CONFLICT || code == EHCP_ERROR_NOT_FOUND)
    return g_strdup (_("The council does not ask for this form any more. What you wrote is kept here. Ask "
                       "your caseworker what to do."));
  return g_strdup (_("The council could not take it. What you wrote is kept here. Send it again, or ask your "
                     "caseworker."));
}

/* "Send it by <b>Mon 28 December 2026</b>. The draft plan came on …" */
char *
ehcp_form_words_due_markup (EhcpRecord *form)
{
  const char *because = ehcp_record_get_text (form, "because");
  g_autofree char *escaped = g_markup_escape_text (because != NULL ? because : "", -1);
  g_autofree char *day = NULL;
  g_autofree char *sentence = NULL;

  if (!ehcp_record_has (form, "due"))
    return g_steal_pointer (&escaped);
  day = ehcp_day_words_long (ehcp_record_get_date (form, "due"));
  sentence = g_strdup_printf (_("Send it by <b>%s</b>."), day);
  return *escaped != '\0' ? g_strdup_printf ("%s %s", sentence, escaped) : g_steal_pointer (&sentence);
}

/* "12 days left", "today", "2 days late"; "" when there is no day. */
char *
ehcp_form_words_left (EhcpRecord *form, EhcpDay today)
{
  int n_days;

  if (!ehcp_record_has (form, "due"))
    return g_strdup ("");
  n_days = ehcp_record_get_date (form, "due") - today;
  return n_days >= 0 ? ehcp_day_words_left (n_days) : ehcp_day_words_late (-n_days);
}

/* The definition has words for what is missing, and may have some for what is wrong; else they are these. */
char *
ehcp_form_words_fault (const EhcpQuestion *question, const GError *error)
{
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_MISSING))
    return g_strdup (question->missing != NULL ? question->missing : _("This question needs an answer"));
  if (question->wrong != NULL)
    return g_strdup (question->wrong);
  switch (question->kind)
    {
    case EHCP_QUESTION_DATE:
      return g_strdup_printf (_("%s: enter a day such as 27 3 2026"), question->label);
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_LONG_TEXT:
    case EHCP_QUESTION_SCHOOL:
      return g_strdup_printf (ngettext ("%s: write at most %d letter", "%s: write at most %d letters",
                                        (gulong) question->max),
                              question->label, question->max);
    case EHCP_QUESTION_FILE:
      return g_strdup_printf (ngettext ("%s: add at most %d file", "%s: add at most %d files",
                                        (gulong) question->max),
                              question->label, question->max);
    case EHCP_QUESTION_ADDRESS:
      return g_strdup_printf (_("%s: enter the street, the town and a postcode"), question->label);
    case EHCP_QUESTION_PERSON:
      return g_strdup_printf (_("%s: enter a forename and a surname, and a telephone number or e-mail address "
                                "that can be right"), question->label);
    default:
      return g_strdup_printf (_("%s: choose one of the answers"), question->label);
    }
}

const char *
ehcp_form_words_part_state (EhcpPartState state)
{
  switch (state)
    {
    case EHCP_PART_COMPLETED:
      return _("Completed");
    case EHCP_PART_IN_PROGRESS:
      return _("In progress");
    case EHCP_PART_CANNOT_START:
      return _("Cannot start yet");
    case EHCP_PART_NOT_NEEDED:
      return _("Not needed");
    case EHCP_PART_NOT_STARTED:
    default:
      return _("Not started");
    }
}

char *
ehcp_form_words_parts (guint n_completed, guint n_parts)
{
  return g_strdup_printf (ngettext ("%u of %u part completed", "%u of %u parts completed", n_parts),
                          n_completed, n_parts);
}

/* "Saved at 14:06", by this computer's clock; "" when nothing was saved yet. */
char *
ehcp_form_words_saved (gint64 saved_at)
{
  g_autoptr (GDateTime) time = saved_at > 0 ? g_date_time_new_from_unix_local (saved_at) : NULL;

  return time != NULL ? g_date_time_format (time, _("Saved at %H:%M")) : g_strdup ("");
}

/* "Wed 16 December 2026 at 14:12"; @time: as on the wire, or NULL. */
char *
ehcp_form_words_sent_at (const char *time)
{
  gint64 at = time != NULL ? ehcp_time_parse (time) : -1;
  g_autoptr (GDateTime) local = at >= 0 ? g_date_time_new_from_unix_local (at) : NULL;

  return local != NULL ? g_date_time_format (local, _("%a %-e %B %Y at %H:%M")) : g_strdup ("");
}
