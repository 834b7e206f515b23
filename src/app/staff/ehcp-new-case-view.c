/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a case for a request that came in: its day begins the 20 weeks. A request that a family sent with the program
 * fills the fields, and its sender is invited at once. */
#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-action-row.h"
#include "ehcp-case-acts.h"
#include "ehcp-day-words.h"
#include "ehcp-document-words.h"
#include "ehcp-request-words.h"
#include "ehcp-size-words.h"
#include "ehcp-typed-day.h"

#define MAX_NAME 100
#define OLDEST_YEARS 26 /* a plan ends at 25 */

struct _EhcpNewCaseView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwEntryRow *forename, *surname, *birth, *school, *received, *reference;
  AdwEntryRow *checked; /* of a request; or NULL */
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
find_request (EhcpView *view)
{
  return ehcp_book_find (ehcp_view_get_book (view), EHCP_KIND_REQUEST, ehcp_view_get_argument (view));
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
  is_right &= self->checked == NULL ||
              ehcp_act_form_check (self->form, "checked", self->checked, NULL, 500);
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
  if (self->checked != NULL)
    {
      ehcp_record_set_text (command, "request", ehcp_view_get_argument (view));
      set_given (command, "checked", self->checked);
    }
  return command;
}

/* What was asked for with the program */

static void
fill_day (AdwEntryRow *row, EhcpDay day)
{
  g_autofree char *value = ehcp_day_format (day);
  g_autofree char *text = ehcp_typed_day_from_value (value);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static GtkWidget *
make_heading (const char *words)
{
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0., "wrap", TRUE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (heading, "heading");
  return heading;
}

static void
fill_text (AdwEntryRow *row, EhcpRecord *request, const char *field)
{
  const char *text = ehcp_record_get_text (request, field);

  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
open_file_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.go", "s", gtk_widget_get_name (row));
}

static GtkWidget *
make_file_row (EhcpRecord *document)
{
  g_autofree char *place = g_strdup_printf ("request-file/%s", ehcp_record_get_id (document));
  g_autofree char *size = ehcp_size_words (ehcp_record_get_int (document, "size"));
  g_autofree char *state = ehcp_document_state_words (document);
  g_autofree char *line = state != NULL ? g_strdup_printf ("%s · %s", size, state) : g_strdup (size);
  GtkWidget *row = ehcp_action_row_new (ehcp_record_get_text (document, "title"), line);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name",
                                           ehcp_document_icon (ehcp_record_get_text (document, "media_type")),
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_set_name (row, place);
  g_signal_connect (row, "activated", G_CALLBACK (open_file_cb), NULL);
  return row;
}

/* They can be read before the case is opened, like the answers. */
static void
add_files (EhcpNewCaseView *self, EhcpRecord *request)
{
  g_autoptr (GPtrArray) all = ehcp_book_peek_all (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  g_object_ref_sink (list);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files that came with the request"), -1);
  for (guint i = 0; i < all->len; i++)
    if (ehcp_record_get_case (all->pdata[i]) == NULL &&
        g_strcmp0 (ehcp_record_get_text (all->pdata[i], "form"), ehcp_record_get_text (request, "form")) == 0)
      gtk_list_box_append (GTK_LIST_BOX (list), make_file_row (all->pdata[i]));
  if (gtk_widget_get_first_child (list) != NULL)
    {
      ehcp_act_form_add_widget (self->form, make_heading (_("Files that came with the request")));
      ehcp_act_form_add_widget (self->form, list);
    }
  g_object_unref (list);
}

static void
show_request (EhcpNewCaseView *self, EhcpRecord *request)
{
  g_autofree char *answers = ehcp_request_words_answers (ehcp_view_get_book (EHCP_VIEW (self)), request);

  fill_text (self->forename, request, "child_forename");
  fill_text (self->surname, request, "child_surname");
  fill_text (self->school, request, "school");
  fill_day (self->birth, ehcp_record_get_date (request, "date_of_birth"));
  fill_day (self->received, ehcp_record_get_date (request, "received"));
  self->checked = ehcp_act_form_add_entry (self->form, "checked", _("What was checked about the sender"), FALSE);
  if (answers != NULL)
    ehcp_act_form_add_note (self->form, answers);
  add_files (self, request);
}

static void
go_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.replace", "s", gtk_widget_get_name (row));
}

static void
add_request_row (EhcpNewCaseView *self, GtkWidget *list, EhcpRecord *request)
{
  g_autofree char *place = g_strdup_printf ("new-case/%s", ehcp_record_get_id (request));
  g_autofree char *name = g_strdup_printf ("%s %s", ehcp_record_get_text (request, "child_forename"),
                                           ehcp_record_get_text (request, "child_surname"));
  g_autofree char *day = ehcp_day_words_year (ehcp_record_get_date (request, "received"));
  g_autofree char *line = g_strdup_printf (_("%s (%s), received %s"), ehcp_record_get_text (request, "sender_name"),
                                           ehcp_record_get_text (request, "relationship"), day);
  GtkWidget *row = ehcp_action_row_new (name, line);

  gtk_widget_set_name (row, place);
  g_signal_connect (row, "activated", G_CALLBACK (go_cb), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
add_requests (EhcpNewCaseView *self)
{
  GListModel *requests = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_REQUEST, NULL);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  g_object_ref_sink (list);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (EhcpRecord) request = g_list_model_get_item (requests, i);

      if (g_strcmp0 (ehcp_record_get_text (request, "state"), "received") == 0)
        add_request_row (self, list, request);
    }
  if (gtk_widget_get_first_child (list) != NULL)
    {
      ehcp_act_form_add_widget (self->form, make_heading (_("Or open one from a request that came in")));
      ehcp_act_form_add_widget (self->form, list);
    }
  g_object_unref (list);
}

static void
constructed (GObject *object)
{
  EhcpNewCaseView *self = EHCP_NEW_CASE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *request = find_request (view);
  g_autofree char *asked = request != NULL ? ehcp_request_words_sender (request) : NULL;

  G_OBJECT_CLASS (ehcp_new_case_view_parent_class)->constructed (object);
  ehcp_view_set_title (view, _("New case"));
  ehcp_view_set_back_label (view, _("Caseload"));
  self->form = ehcp_act_form_new (view, _("Open a case"),
                                  asked != NULL ? asked
                                                : _("The day on which the request came in begins the 20 weeks. Give the "
                                                    "case to a caseworker and invite the family next; until somebody "
                                                    "has it, families see the team’s telephone number."));
  self->forename = ehcp_act_form_add_entry (self->form, "child_forename", _("Child’s forename"), TRUE);
  self->surname = ehcp_act_form_add_entry (self->form, "child_surname", _("Child’s surname"), TRUE);
  self->birth = ehcp_act_form_add_entry (self->form, "date_of_birth", _("Date of birth (day/month/year)"), TRUE);
  self->school = ehcp_act_form_add_entry (self->form, "school", _("School or setting"), FALSE);
  self->received = ehcp_act_form_add_entry (self->form, "received", _("Request came in on (day/month/year)"), TRUE);
  self->reference = ehcp_act_form_add_entry (self->form, "reference", _("Reference (made when left empty)"), FALSE);
  if (request != NULL)
    show_request (self, request);
  ehcp_act_form_set_submit (self->form, _("Open the case"), FALSE, make_command,
                            request != NULL ? _("The case is open, and who asked for it is invited.")
                                            : _("The case is open. It stands in your caseload."));
  if (request == NULL)
    add_requests (self);
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
