/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends somebody's access, after saying what that does. */
#include "ehcp-person-views.h"

#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-family-header.h"
#include "ehcp-person-words.h"

#define MAX_REASON 500

struct _EhcpWithdrawView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwEntryRow *reason;
};

G_DEFINE_FINAL_TYPE (EhcpWithdrawView, ehcp_withdraw_view, EHCP_TYPE_VIEW)

static EhcpRecord *
find_person (EhcpView *view)
{
  return ehcp_book_find (ehcp_view_get_book (view), EHCP_KIND_PERSON, ehcp_view_get_argument (view));
}

static EhcpRecord *
make_command (EhcpView *view)
{
  EhcpWithdrawView *self = EHCP_WITHDRAW_VIEW (view);
  EhcpRecord *person = find_person (view);
  g_autofree char *reason = ehcp_act_form_get_text (self->reason);
  EhcpRecord *command;

  if (!ehcp_act_form_check (self->form, "reason", self->reason, NULL, MAX_REASON) || person == NULL)
    return NULL;
  command = ehcp_act_new (EHCP_COMMAND_ACCESS_WITHDRAW, ehcp_record_get_case (person), person);
  ehcp_record_set_text (command, "person", ehcp_record_get_id (person));
  if (*reason != '\0')
    ehcp_record_set_text (command, "reason", reason);
  return command;
}

/* What will go: forms that were begun are the only thing that nobody else has. */
static guint
count_open_forms (EhcpBook *book, EhcpRecord *person)
{
  const GPtrArray *forms = ehcp_book_peek_case (book, EHCP_KIND_FORM, ehcp_record_get_case (person));
  guint n = 0;

  for (guint i = 0; forms != NULL && i < forms->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (forms->pdata[i], "person"), ehcp_record_get_id (person)) == 0 &&
        (g_strcmp0 (ehcp_record_get_text (forms->pdata[i], "state"), "asked") == 0 ||
         g_strcmp0 (ehcp_record_get_text (forms->pdata[i], "state"), "returned") == 0))
      n++;
  return n;
}

static char *
say_what_it_does (EhcpBook *book, EhcpRecord *person)
{
  g_autofree char *name = ehcp_person_words_name (person);
  guint n = count_open_forms (book, person);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text,
                   _("%s no longer sees this case, from now on and on every device. The copy on their computer is "
                     "removed at its next contact, and codes and an open invitation stop working. They get an e-mail "
                     "that says so."),
                   name);
  if (n > 0)
    g_string_append_printf (text, ngettext (" %u form that was not sent yet is withdrawn, with what was typed.",
                                            " %u forms that were not sent yet are withdrawn, with what was typed.", n),
                            n);
  g_string_append (text, _(" What they sent before stays in the case."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
constructed (GObject *object)
{
  EhcpWithdrawView *self = EHCP_WITHDRAW_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *person = find_person (view);
  g_autofree char *name = person != NULL ? ehcp_person_words_name (person) : g_strdup ("");
  g_autofree char *heading = g_strdup_printf (_("Withdraw the access of %s"), name);
  g_autofree char *intro = person != NULL ? say_what_it_does (ehcp_view_get_book (view), person) : NULL;
  g_autofree char *done = g_strdup_printf (_("%s no longer has access to this case."), name);

  G_OBJECT_CLASS (ehcp_withdraw_view_parent_class)->constructed (object);
  ehcp_family_header_show (view, person != NULL ? ehcp_record_get_case (person) : NULL, _("Withdraw access"));
  ehcp_view_set_back_label (view, _("Case"));
  self->form = ehcp_act_form_new (view, heading, intro);
  self->reason = ehcp_act_form_add_entry (self->form, "reason", _("Reason, for the history"), FALSE);
  ehcp_act_form_set_submit (self->form, _("Withdraw access"), TRUE, make_command, done);
}

static void
ehcp_withdraw_view_class_init (EhcpWithdrawViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
}

static void
ehcp_withdraw_view_init (EhcpWithdrawView *self)
{
}
