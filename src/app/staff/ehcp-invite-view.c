/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds a person to a case: the unique code goes to their address. */
#include "ehcp-person-views.h"

#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-details-check.h"
#include "ehcp-family-header.h"
#include "ehcp-person-words.h"

#define MAX_NAME 100

struct _EhcpInviteView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwEntryRow *forename, *surname, *email, *telephone, *relationship;
  GtkWidget *professional;
  char *asked_name; /* who is on the case already, and whom the caseworker was asked about */
};

G_DEFINE_FINAL_TYPE (EhcpInviteView, ehcp_invite_view, EHCP_TYPE_VIEW)

/* An address can be on a case once. */
static char *
check_email (EhcpInviteView *self, char **email)
{
  char *message = ehcp_details_check_email (gtk_editable_get_text (GTK_EDITABLE (self->email)), email);
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpRecord *other;
  g_autofree char *name = NULL;

  if (message != NULL)
    return message;
  other = ehcp_person_words_find_email (book, ehcp_view_get_argument (EHCP_VIEW (self)), *email);
  if (other == NULL)
    return NULL;
  name = ehcp_person_words_name (other);
  return g_strdup_printf (_("%s has this e-mail address on this case already (%s)"), name,
                          ehcp_person_words_access (other));
}

/* A father and a son can have one name: said once, and taken when the button is pressed again. */
static char *
check_name (EhcpInviteView *self, const char *forename, const char *surname)
{
  EhcpRecord *other = ehcp_person_words_find_name (ehcp_view_get_book (EHCP_VIEW (self)),
                                                   ehcp_view_get_argument (EHCP_VIEW (self)), forename, surname);
  g_autofree char *name = other != NULL ? ehcp_person_words_name (other) : NULL;

  if (other == NULL || g_strcmp0 (self->asked_name, name) == 0)
    return NULL;
  g_free (self->asked_name);
  self->asked_name = g_strdup (name);
  return g_strdup_printf (_("%s is on this case already (%s). If this is somebody else, press the button again"), name,
                          ehcp_person_words_access (other));
}

static gboolean
check (EhcpInviteView *self, const char *forename, const char *surname, char **email)
{
  g_autofree char *email_message = check_email (self, email);
  g_autofree char *name_message = NULL;
  gboolean is_right = ehcp_act_form_check (self->form, "forename", self->forename, _("Enter the forename"), MAX_NAME);

  is_right &= ehcp_act_form_check (self->form, "surname", self->surname, _("Enter the surname"), MAX_NAME);
  is_right &= ehcp_act_form_check (self->form, "relationship", self->relationship,
                                   _("Enter the relationship to the child, such as Mother or SENCO"), MAX_NAME);
  is_right &= ehcp_act_form_check (self->form, "telephone", self->telephone, NULL, 40);
  ehcp_act_form_set_error (self->form, "email", email_message);
  if (!is_right || email_message != NULL)
    return FALSE;
  name_message = check_name (self, forename, surname);
  ehcp_act_form_set_error (self->form, "surname", name_message);
  return name_message == NULL;
}

static EhcpRecord *
make_command (EhcpView *view)
{
  EhcpInviteView *self = EHCP_INVITE_VIEW (view);
  const char *case_id = ehcp_view_get_argument (view);
  g_autofree char *forename = ehcp_act_form_get_text (self->forename);
  g_autofree char *surname = ehcp_act_form_get_text (self->surname);
  g_autofree char *relationship = ehcp_act_form_get_text (self->relationship);
  g_autofree char *telephone = ehcp_act_form_get_text (self->telephone);
  g_autofree char *email = NULL;
  g_autofree char *done = NULL;
  EhcpRecord *command;

  if (!check (self, forename, surname, &email))
    return NULL;
  done = g_strdup_printf (_("A unique code is on its way to %s."), email);
  ehcp_act_form_set_done (self->form, done);
  command = ehcp_act_new (EHCP_COMMAND_PERSON_INVITE, case_id, NULL);
  ehcp_record_set_text (command, "forename", forename);
  ehcp_record_set_text (command, "surname", surname);
  ehcp_record_set_text (command, "email", email);
  ehcp_record_set_text (command, "relationship", relationship);
  if (*telephone != '\0')
    ehcp_record_set_text (command, "telephone", telephone);
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->professional)))
    ehcp_record_set_bool (command, "professional", TRUE);
  return command;
}

static void
constructed (GObject *object)
{
  EhcpInviteView *self = EHCP_INVITE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);

  G_OBJECT_CLASS (ehcp_invite_view_parent_class)->constructed (object);
  ehcp_family_header_show (view, ehcp_view_get_argument (view), _("Invite somebody"));
  ehcp_view_set_back_label (view, _("Case"));
  self->form = ehcp_act_form_new (view, _("Invite somebody to this case"),
                                  _("We send a unique code to this address. The person quotes it to you; you verify "
                                    "their identity with it, and only then the invitation goes out."));
  self->forename = ehcp_act_form_add_entry (self->form, "forename", _("Forename"), TRUE);
  self->surname = ehcp_act_form_add_entry (self->form, "surname", _("Surname"), TRUE);
  self->email = ehcp_act_form_add_entry (self->form, "email", _("Email address"), TRUE);
  self->telephone = ehcp_act_form_add_entry (self->form, "telephone", _("Telephone"), FALSE);
  self->relationship = ehcp_act_form_add_entry (self->form, "relationship", _("Relationship to the child"), TRUE);
  self->professional = ehcp_act_form_add_switch (self->form, _("In a professional capacity"),
                                                 _("Sees only what is shared with them by name"));
  ehcp_act_form_set_submit (self->form, _("Invite"), FALSE, make_command, "");
}

static void
finalize (GObject *object)
{
  g_free (EHCP_INVITE_VIEW (object)->asked_name);
  G_OBJECT_CLASS (ehcp_invite_view_parent_class)->finalize (object);
}

static void
ehcp_invite_view_class_init (EhcpInviteViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
ehcp_invite_view_init (EhcpInviteView *self)
{
}
