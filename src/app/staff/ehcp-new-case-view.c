/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a case for a request that came in: its day begins the 20 weeks. */
#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-case-acts.h"
#include "ehcp-typed-day.h"

#define MAX_NAME 100
#define OLDEST_YEARS 26 /* a plan ends at 25 */

struct _EhcpNewCaseView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwEntryRow *forename, *surname, *birth, *school, *received, *reference;
};

G_DEFINE_FINAL_TYPE (EhcpNewCaseView, ehcp_new_case_view, EHCP_TYPE_VIEW)

static EhcpDay
get_today (EhcpNewCaseView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

static EhcpDay
read_day (EhcpNewCaseView *self, const char *member, AdwEntryRow *row, const char *when_missing)
{
  g_autofree char *typed = ehcp_act_form_get_text (row);
  EhcpDay day = ehcp_typed_day_parse (typed);

  if (*typed == '\0')
    ehcp_act_form_set_error (self->form, member, when_missing);
  else if (day == EHCP_DAY_NONE)
    ehcp_act_form_set_error (self->form, member, _("Enter day, month and year, such as 7/9/2026"));
  else if (day > get_today (self))
    {
      ehcp_act_form_set_error (self->form, member, _("This day is in the future"));
      return EHCP_DAY_NONE;
    }
  return day;
}

static gboolean
read_days (EhcpNewCaseView *self, EhcpDay *birth, EhcpDay *received)
{
  *birth = read_day (self, "date_of_birth", self->birth, _("Enter the child’s date of birth"));
  *received = read_day (self, "received", self->received, _("Enter the day on which the request came in"));
  if (*birth == EHCP_DAY_NONE || *received == EHCP_DAY_NONE)
    return FALSE;
  if (*birth < get_today (self) - OLDEST_YEARS * 366)
    ehcp_act_form_set_error (self->form, "date_of_birth", _("Check the year: plans end at the age of 25"));
  else if (*received < *birth)
    ehcp_act_form_set_error (self->form, "received", _("This is before the child was born"));
  else
    return TRUE;
  return FALSE;
}

static void
set_given (EhcpRecord *command, const char *member, AdwEntryRow *row)
{
  g_autofree char *text = ehcp_act_form_get_text (row);

  if (*text != '\0')
    ehcp_record_set_text (command, member, text);
}

static EhcpRecord *
make_command (EhcpView *view)
{
  EhcpNewCaseView *self = EHCP_NEW_CASE_VIEW (view);
  EhcpDay birth, received;
  EhcpRecord *command;
  gboolean is_right = ehcp_act_form_check (self->form, "child_forename", self->forename,
                                           _("Enter the child’s forename"), MAX_NAME);

  is_right &= ehcp_act_form_check (self->form, "child_surname", self->surname, _("Enter the child’s surname"), MAX_NAME);
  is_right &= ehcp_act_form_check (self->form, "school", self->school, NULL, 2 * MAX_NAME);
  is_right &= ehcp_act_form_check (self->form, "reference", self->reference, NULL, 40);
  is_right &= read_days (self, &birth, &received);
  if (!is_right)
    return NULL;
  command = ehcp_act_new (EHCP_COMMAND_CASE_OPEN, NULL, NULL);
  set_given (command, "child_forename", self->forename);
  set_given (command, "child_surname", self->surname);
  set_given (command, "school", self->school);
  set_given (command, "reference", self->reference);
  ehcp_record_set_date (command, "date_of_birth", birth);
  ehcp_record_set_date (command, "received", received);
  return command;
}

static void
constructed (GObject *object)
{
  EhcpNewCaseView *self = EHCP_NEW_CASE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);

  G_OBJECT_CLASS (ehcp_new_case_view_parent_class)->constructed (object);
  ehcp_view_set_title (view, _("New case"));
  ehcp_view_set_back_label (view, _("Caseload"));
  self->form = ehcp_act_form_new (view, _("Open a case"),
                                  _("The day on which the request came in begins the 20 weeks. Give the case to a "
                                    "caseworker and invite the family next; until somebody has it, families see the "
                                    "team’s telephone number."));
  self->forename = ehcp_act_form_add_entry (self->form, "child_forename", _("Child’s forename"), TRUE);
  self->surname = ehcp_act_form_add_entry (self->form, "child_surname", _("Child’s surname"), TRUE);
  self->birth = ehcp_act_form_add_entry (self->form, "date_of_birth", _("Date of birth (day/month/year)"), TRUE);
  self->school = ehcp_act_form_add_entry (self->form, "school", _("School or setting"), FALSE);
  self->received = ehcp_act_form_add_entry (self->form, "received", _("Request came in on (day/month/year)"), TRUE);
  self->reference = ehcp_act_form_add_entry (self->form, "reference", _("Reference (made when left empty)"), FALSE);
  ehcp_act_form_set_submit (self->form, _("Open the case"), FALSE, make_command,
                            _("The case is open. It stands in your caseload."));
}

static void
ehcp_new_case_view_class_init (EhcpNewCaseViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
}

static void
ehcp_new_case_view_init (EhcpNewCaseView *self)
{
}
