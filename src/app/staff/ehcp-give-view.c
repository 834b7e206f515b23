/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a case to a caseworker: once by anybody who sees it, afterwards by a manager. */
#include <glib/gi18n.h>

#include "ehcp-act-form.h"
#include "ehcp-case-acts.h"
#include "ehcp-family-header.h"

struct _EhcpGiveView
{
  EhcpView parent_instance;
  EhcpActForm *form;
  AdwComboRow *caseworker;
  AdwEntryRow *reason; /* of giving it to somebody else; or NULL */
  GPtrArray *accounts; /* ids, as the choices stand */
};

G_DEFINE_FINAL_TYPE (EhcpGiveView, ehcp_give_view, EHCP_TYPE_VIEW)

static guint
count_cases (EhcpBook *book, const char *account)
{
  GListModel *cases = ehcp_book_get_list (book, EHCP_KIND_CASE, NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (EhcpRecord) case_record = g_list_model_get_item (cases, i);

      n += g_strcmp0 (ehcp_record_get_text (case_record, "caseworker"), account) == 0 ? 1 : 0;
    }
  return n;
}

/* With how many cases each has of those that are seen here: who has least is to be found. */
static GtkStringList *
list_colleagues (EhcpGiveView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  GListModel *colleagues = ehcp_book_get_list (book, EHCP_KIND_COLLEAGUE, NULL);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (colleagues); i++)
    {
      g_autoptr (EhcpRecord) colleague = g_list_model_get_item (colleagues, i);
      const char *account = ehcp_record_get_text (colleague, "account");
      g_autofree char *line = NULL;
      guint n;

      if (!ehcp_record_get_bool (colleague, "active") ||
          g_strcmp0 (ehcp_record_get_text (colleague, "role"), "administrator") == 0)
        continue;
      n = count_cases (book, account);
      line = g_strdup_printf (ngettext ("%s, %u case", "%s, %u cases", n), ehcp_record_get_text (colleague, "name"), n);
      gtk_string_list_append (names, line);
      g_ptr_array_add (self->accounts, g_strdup (account));
    }
  return names;
}

static EhcpRecord *
make_command (EhcpView *view)
{
  EhcpGiveView *self = EHCP_GIVE_VIEW (view);
  EhcpRecord *case_record = ehcp_family_header_get_case (view, ehcp_view_get_argument (view));
  guint chosen = adw_combo_row_get_selected (self->caseworker);
  EhcpRecord *command;

  if (chosen >= self->accounts->len || case_record == NULL)
    {
      ehcp_act_form_set_error (self->form, "caseworker", _("Choose a caseworker"));
      return NULL;
    }
  if (g_strcmp0 (self->accounts->pdata[chosen], ehcp_record_get_text (case_record, "caseworker")) == 0)
    {
      ehcp_act_form_set_error (self->form, "caseworker", _("This caseworker has the case already"));
      return NULL;
    }
  command = ehcp_act_new (self->reason != NULL ? EHCP_COMMAND_CASE_REALLOCATE : EHCP_COMMAND_CASE_ALLOCATE,
                          ehcp_record_get_id (case_record), case_record);
  ehcp_record_set_text (command, "caseworker", self->accounts->pdata[chosen]);
  if (self->reason != NULL)
    {
      g_autofree char *reason = ehcp_act_form_get_text (self->reason);

      if (*reason != '\0')
        ehcp_record_set_text (command, "reason", reason);
    }
  return command;
}

static void
constructed (GObject *object)
{
  EhcpGiveView *self = EHCP_GIVE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *case_record = ehcp_family_header_get_case (view, ehcp_view_get_argument (view));
  gboolean has_one = case_record != NULL && ehcp_record_get_text (case_record, "caseworker") != NULL;
  g_autoptr (GtkStringList) names = NULL;
  g_autofree char *intro = NULL;

  G_OBJECT_CLASS (ehcp_give_view_parent_class)->constructed (object);
  ehcp_family_header_show (view, ehcp_view_get_argument (view), _("Allocate"));
  ehcp_view_set_back_label (view, _("Case"));
  intro = has_one ? g_strdup_printf (_("%s has this case now, and loses sight of it unless of the same team. The family "
                                       "sees the new name and how to reach them at once."),
                                     ehcp_record_get_text (case_record, "caseworker_name"))
                  : g_strdup (_("The family sees the caseworker’s name and how to reach them at once."));
  self->form = ehcp_act_form_new (view, _("Who takes this case?"), intro);
  names = list_colleagues (self);
  self->caseworker = ehcp_act_form_add_combo (self->form, "caseworker", _("Caseworker"), G_LIST_MODEL (names));
  if (has_one)
    self->reason = ehcp_act_form_add_entry (self->form, "reason", _("Reason, for the history"), FALSE);
  ehcp_act_form_set_submit (self->form, _("Allocate"), FALSE, make_command, _("The case has its caseworker."));
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (EHCP_GIVE_VIEW (object)->accounts);
  G_OBJECT_CLASS (ehcp_give_view_parent_class)->finalize (object);
}

static void
ehcp_give_view_class_init (EhcpGiveViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
ehcp_give_view_init (EhcpGiveView *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_free);
}
