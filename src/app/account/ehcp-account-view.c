/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account's own details. A change is a command like any other: it can be made offline, and goes out
 * when the connection is back. */
#include "ehcp-account-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-language.h"
#include "ehcp-link-authenticator.h"

#define MAX_NAME 100
#define MAX_ADDRESS 300

struct _EhcpAccountView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *box;
  EhcpErrorSummary *summary;
  AdwComboRow *person_title;
  GtkEditable *forename, *surname, *telephone, *address, *postcode;
  EhcpErrorRow *forename_error, *surname_error, *telephone_error, *address_error, *postcode_error;
  AdwActionRow *email_row, *authenticator_row;
  GtkWidget *authenticator_list;
  GtkWidget *save;
  GtkSpinner *spinner;
  gboolean is_filled;
};

G_DEFINE_FINAL_TYPE (EhcpAccountView, ehcp_account_view, EHCP_TYPE_VIEW)

static void
fill (GtkEditable *editable, EhcpRecord *account, const char *field)
{
  const char *text = ehcp_record_get_text (account, field);

  gtk_editable_set_text (editable, text != NULL ? text : "");
}

static void
fill_title (EhcpAccountView *view, const char *title)
{
  GListModel *titles = adw_combo_row_get_model (view->person_title);

  for (guint i = 1; title != NULL && i < g_list_model_get_n_items (titles); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (titles, i);

      if (g_strcmp0 (gtk_string_object_get_string (item), title) == 0)
        adw_combo_row_set_selected (view->person_title, i);
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAccountView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_on;

  if (ehcp_link_look_at_authenticator_finish (EHCP_LINK (source), result, &is_on, &error))
    adw_action_row_set_subtitle (view->authenticator_row, is_on ? _("On") : _("Off"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_action_row_set_subtitle (view->authenticator_row, _("Shown when you are connected"));
}

/* Each time, since the page behind the row changes it. Staff cannot be without. */
static void
look_at_authenticator (EhcpAccountView *view, EhcpRecord *account)
{
  EhcpView *base = EHCP_VIEW (view);
  gboolean is_family = g_strcmp0 (ehcp_record_get_text (account, "role"), "family") == 0;

  gtk_widget_set_visible (view->authenticator_list, is_family);
  if (is_family)
    ehcp_link_look_at_authenticator_async (ehcp_view_get_link (base), ehcp_view_get_cancellable (base), looked_cb,
                                           g_object_ref (view));
}

/* Once: what is typed afterwards is the person's, whatever the feed brings. */
static void
ehcp_account_view_shown (EhcpView *base)
{
  EhcpAccountView *view = EHCP_ACCOUNT_VIEW (base);
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (base));
  g_autofree char *email = NULL;

  if (account != NULL)
    look_at_authenticator (view, account);
  if (account == NULL || view->is_filled)
    return;
  view->is_filled = TRUE;
  fill_title (view, ehcp_record_get_text (account, "title"));
  fill (view->forename, account, "forename");
  fill (view->surname, account, "surname");
  fill (view->telephone, account, "telephone");
  fill (view->address, account, "address");
  fill (view->postcode, account, "postcode");
  email = g_markup_escape_text (ehcp_record_get_text (account, "email"), -1);
  adw_action_row_set_subtitle (view->email_row, email);
}

static void
check_text (EhcpErrorRow *row, GtkEditable *field, const char *when_missing, gsize max)
{
  ehcp_error_row_take_message (
      row, ehcp_details_check_text (gtk_editable_get_text (field), when_missing, max));
}

static gboolean
check (EhcpAccountView *view, char **postcode)
{
  check_text (view->forename_error, view->forename, _("Enter your forename"), MAX_NAME);
  check_text (view->surname_error, view->surname, _("Enter your surname"), MAX_NAME);
  ehcp_error_row_take_message (
      view->telephone_error, ehcp_details_check_telephone (gtk_editable_get_text (view->telephone)));
  check_text (view->address_error, view->address, _("Enter your address"), MAX_ADDRESS);
  ehcp_error_row_take_message (view->postcode_error,
                               ehcp_details_check_postcode (gtk_editable_get_text (view->postcode),
                                                            postcode));
  return !ehcp_error_summary_gather (view->summary, view->box);
}

static void
set_text (EhcpRecord *record, const char *field, GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  ehcp_record_set_text (record, field, text);
}

static EhcpRecord *
make_command (EhcpAccountView *view, const char *postcode)
{
  EhcpRecord *command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_ACCOUNT_UPDATE));
  GtkStringObject *title = adw_combo_row_get_selected_item (view->person_title);

  ehcp_record_set_text (command, "kind", "account.update");
  if (adw_combo_row_get_selected (view->person_title) > 0)
    ehcp_record_set_text (command, "title", gtk_string_object_get_string (title));
  set_text (command, "forename", view->forename);
  set_text (command, "surname", view->surname);
  set_text (command, "telephone", view->telephone);
  set_text (command, "address", view->address);
  ehcp_record_set_text (command, "postcode", postcode);
  return command;
}

static void
set_busy (EhcpAccountView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->save, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAccountView) view = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (error != NULL)
    ehcp_error_summary_show_error (view->summary, view->box, error);
  else
    {
      ehcp_view_toast (EHCP_VIEW (view), _("Your details are saved."));
      gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
    }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAccountView) view = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (id == NULL)
    {
      set_busy (view, FALSE);
      ehcp_error_summary_show_error (view->summary, view->box, error);
    }
  else if (!ehcp_link_is_online (EHCP_LINK (source)))
    {
      set_busy (view, FALSE);
      ehcp_view_toast (EHCP_VIEW (view), _("Your details are kept, and go out when the connection is back."));
      gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
    }
  else
    ehcp_link_await_async (EHCP_LINK (source), id, ehcp_view_get_cancellable (EHCP_VIEW (view)), answered_cb,
                           g_object_ref (view));
}

static void
save_cb (EhcpAccountView *view)
{
  g_autofree char *postcode = NULL;
  g_autoptr (EhcpRecord) command = NULL;
  EhcpView *base = EHCP_VIEW (view);

  if (!gtk_widget_get_sensitive (view->save) || !check (view, &postcode))
    return;
  set_busy (view, TRUE);
  command = make_command (view, postcode);
  ehcp_link_send_async (ehcp_view_get_link (base), command, NULL, 0, ehcp_view_get_cancellable (base),
                        sent_cb, g_object_ref (view));
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpAccountView, name)

static void
ehcp_account_view_class_init (EhcpAccountViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_account_view_shown;
  g_type_ensure (EHCP_TYPE_ACTION_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-account-view.ui");
  BIND (pages);
  BIND (box);
  BIND (summary);
  BIND (person_title);
  BIND (forename);
  BIND (forename_error);
  BIND (surname);
  BIND (surname_error);
  BIND (telephone);
  BIND (telephone_error);
  BIND (address);
  BIND (address_error);
  BIND (postcode);
  BIND (postcode_error);
  BIND (email_row);
  BIND (authenticator_list);
  BIND (authenticator_row);
  BIND (save);
  BIND (spinner);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
ehcp_account_view_init (EhcpAccountView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_editable_left_to_right (view->telephone);
}
