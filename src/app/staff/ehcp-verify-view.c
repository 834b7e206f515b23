/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code that a person quotes, and what was checked: then the invitation goes out. */
#include "ehcp-person-views.h"

#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-family-header.h"
#include "ehcp-person-words.h"
#include "ehcp-text.h"

#define MAX_CHECKED 500

struct _EhcpVerifyView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwEntryRow *code, *checked;
};

G_DEFINE_FINAL_TYPE (EhcpVerifyView, ehcp_verify_view, EHCP_TYPE_VIEW)

static EhcpRecord *
find_person (EhcpView *view)
{
  return ehcp_book_find (ehcp_view_get_book (view), EHCP_KIND_PERSON, ehcp_view_get_argument (view));
}

static EhcpRecord *
make_command (EhcpView *view)
{
  EhcpVerifyView *self = EHCP_VERIFY_VIEW (view);
  EhcpRecord *person = find_person (view);
  g_autofree char *checked = ehcp_act_form_get_text (self->checked);
  g_autofree char *code = ehcp_text_normalise_unique_code (gtk_editable_get_text (GTK_EDITABLE (self->code)));
  gboolean is_right = ehcp_act_form_check (self->form, "checked", self->checked,
                                           _("Enter what you checked, such as “passport” or “called back on a known number”"),
                                           MAX_CHECKED);
  EhcpRecord *command;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->code)) == '\0')
    ehcp_act_form_set_error (self->form, "code", _("Enter the code that the person quotes"));
  else if (code == NULL)
    ehcp_act_form_set_error (self->form, "code",
                             _("A unique code has 8 letters and digits, such as K7QM-4XHD. Ask them to read it out again"));
  if (!is_right || code == NULL || person == NULL)
    return NULL;
  command = ehcp_act_new (EHCP_COMMAND_IDENTITY_VERIFY, ehcp_record_get_case (person), person);
  ehcp_record_set_text (command, "person", ehcp_record_get_id (person));
  ehcp_record_set_text (command, "code", code);
  ehcp_record_set_text (command, "checked", checked);
  return command;
}

static void
constructed (GObject *object)
{
  EhcpVerifyView *self = EHCP_VERIFY_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *person = find_person (view);
  g_autofree char *name = person != NULL ? ehcp_person_words_name (person) : g_strdup ("");
  g_autofree char *heading = g_strdup_printf (_("Verify the identity of %s"), name);
  g_autofree char *done = g_strdup_printf (_("The invitation is on its way to %s."), name);

  G_OBJECT_CLASS (ehcp_verify_view_parent_class)->constructed (object);
  ehcp_family_header_show (view, person != NULL ? ehcp_record_get_case (person) : NULL, _("Verify identity"));
  ehcp_view_set_back_label (view, _("Case"));
  self->form = ehcp_act_form_new (view, heading,
                                  _("Ask for the unique code from our e-mail or letter, and check that you speak to the "
                                    "right person. Then the invitation goes out. It is in the history who verified whom, "
                                    "and by what."));
  self->code = ehcp_act_form_add_entry (self->form, "code", _("Unique code"), TRUE);
  self->checked = ehcp_act_form_add_entry (self->form, "checked", _("What was checked"), TRUE);
  ehcp_act_form_set_submit (self->form, _("Verify identity"), FALSE, make_command, done);
}

/* A code is a secret: it does not stay on a screen that one has left. */
static void
leave (EhcpView *view)
{
  gtk_editable_set_text (GTK_EDITABLE (EHCP_VERIFY_VIEW (view)->code), "");
}

static void
ehcp_verify_view_class_init (EhcpVerifyViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
  EHCP_VIEW_CLASS (klass)->leave = leave;
}

static void
ehcp_verify_view_init (EhcpVerifyView *self)
{
}
