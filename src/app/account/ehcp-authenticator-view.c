/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's authenticator app: on with the password and a first code, off with a code. Whether it is on is asked for anew
 * each time, as nothing of it is kept. The secret is on the screen until the page is left, and nowhere else. */
#include "ehcp-authenticator-view.h"

#include <glib/gi18n.h>

#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-error-words.h"
#include "ehcp-link-authenticator.h"
#include "ehcp-qr-code.h"
#include "ehcp-totp.h"

typedef enum
{
  LOADING,
  OFF,
  SETTING_UP,
  ON
} State;

struct _EhcpAuthenticatorView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *box;
  GtkLabel *introduction;
  EhcpErrorSummary *summary;
  GtkWidget *password_list, *setting_up, *code_list, *acts, *caption;
  GtkEditable *password, *code;
  EhcpErrorRow *password_error, *code_error;
  EhcpQrCode *qr;
  GtkLabel *secret;
  GtkButton *finish;
  GtkSpinner *spinner, *looking;
  GtkWidget *trouble;
  GtkLabel *trouble_label;
  State state;
};

G_DEFINE_FINAL_TYPE (EhcpAuthenticatorView, ehcp_authenticator_view, EHCP_TYPE_VIEW)

static void load_cb (EhcpAuthenticatorView *view);

static void
forget (EhcpAuthenticatorView *view)
{
  gtk_editable_set_text (view->password, "");
  gtk_editable_set_text (view->code, "");
  gtk_label_set_label (view->secret, "");
  ehcp_qr_code_set_text (view->qr, NULL);
}

static void
set_busy (EhcpAuthenticatorView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (view->finish), !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static const char *
introduce (State state)
{
  switch (state)
    {
    case OFF:
      return _("With an authenticator app on your telephone, signing in asks for the app’s code besides your password and "
               "the code by e-mail. Enter your password to set it up.");
    case SETTING_UP:
      return _("Let the app scan this code, or type the key into it, once. Then enter the code that the app shows.");
    case ON:
      return _("It is switched on: signing in asks for the app’s code. To switch it off, enter the code that the app "
               "shows now.");
    default:
      return "";
    }
}

static void
set_state (EhcpAuthenticatorView *view, State state)
{
  view->state = state;
  forget (view);
  set_busy (view, FALSE);
  ehcp_error_row_set_message (view->password_error, NULL);
  ehcp_error_row_set_message (view->code_error, NULL);
  ehcp_error_summary_gather (view->summary, view->box);
  gtk_label_set_label (view->introduction, introduce (state));
  gtk_widget_set_visible (GTK_WIDGET (view->introduction), state != LOADING);
  gtk_widget_set_visible (GTK_WIDGET (view->looking), state == LOADING);
  gtk_widget_set_visible (view->password_list, state == OFF);
  gtk_widget_set_visible (view->setting_up, state == SETTING_UP);
  gtk_widget_set_visible (view->code_list, state == SETTING_UP || state == ON);
  gtk_widget_set_visible (view->acts, state != LOADING);
  gtk_widget_set_visible (view->caption, state != LOADING);
  gtk_button_set_label (view->finish, state == ON ? _("Switch off") : state == OFF ? _("Set up") : _("Switch on"));
}

static void
show_trouble (EhcpAuthenticatorView *view, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE))
    words = g_strdup (_("You are offline. The authenticator app can be switched on and off when you are connected again."));
  else if (error != NULL)
    words = ehcp_error_words (error);
  gtk_label_set_label (view->trouble_label, words != NULL ? words : "");
  gtk_widget_set_visible (view->trouble, words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (view->looking), view->state == LOADING && words == NULL);
}

static void
refuse (EhcpAuthenticatorView *view, const GError *error)
{
  set_busy (view, FALSE);
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_EXPIRED) || g_error_matches (error, EHCP_ERROR, EHCP_ERROR_CONFLICT))
    {
      /* Ten minutes or five tries are over, or it was switched from another device. */
      ehcp_view_toast (EHCP_VIEW (view), _("Please start again: this took too long, or was done on another device."));
      load_cb (view);
      return;
    }
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS))
    {
      gtk_editable_set_text (view->password, "");
      ehcp_error_row_set_message (view->password_error, _("This is not your password now"));
      ehcp_error_summary_gather (view->summary, view->box);
    }
  else if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE))
    {
      ehcp_error_row_set_message (
          view->code_error,
          _("That is not the code that the app shows now, or it was used already. Wait for the next one."));
      ehcp_error_summary_gather (view->summary, view->box);
    }
  else
    ehcp_error_summary_show_error (view->summary, view->box, error);
}

static void
set_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAuthenticatorView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpAuthenticator) offer =
      ehcp_link_set_up_authenticator_finish (EHCP_LINK (source), result, &error);
  g_autofree char *grouped = offer != NULL ? ehcp_totp_group_secret (offer->secret) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (offer == NULL)
    {
      refuse (view, error);
      return;
    }
  set_state (view, SETTING_UP);
  ehcp_qr_code_set_text (view->qr, offer->uri);
  gtk_label_set_label (view->secret, grouped);
  gtk_widget_grab_focus (GTK_WIDGET (view->code));
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAuthenticatorView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_switch_authenticator_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!is_done)
    {
      refuse (view, error);
      return;
    }
  ehcp_view_toast (EHCP_VIEW (view), view->state == ON ? _("The authenticator app is switched off.")
                                                       : _("The authenticator app is switched on."));
  gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
}

static char *
check_code (EhcpAuthenticatorView *view)
{
  const char *typed = gtk_editable_get_text (view->code);
  char *code = ehcp_details_find_code (typed);

  ehcp_error_row_set_message (view->code_error, code != NULL       ? NULL
                                                : typed[0] == '\0' ? _("Enter the code that the app shows.")
                                                                   : _("Check the code: it has 6 digits."));
  return code;
}

static void
finish_cb (EhcpAuthenticatorView *view)
{
  EhcpView *base = EHCP_VIEW (view);
  GCancellable *cancellable = ehcp_view_get_cancellable (base);
  const char *password = gtk_editable_get_text (view->password);
  g_autofree char *code = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (view->finish)) || view->state == LOADING)
    return;
  if (view->state == OFF)
    ehcp_error_row_set_message (view->password_error,
                                password[0] == '\0' ? _("Enter the password that you use now") : NULL);
  else
    code = check_code (view);
  if (ehcp_error_summary_gather (view->summary, view->box))
    return;
  set_busy (view, TRUE);
  if (view->state == OFF)
    ehcp_link_set_up_authenticator_async (
        ehcp_view_get_link (base), ehcp_record_get_text (ehcp_book_get_account (ehcp_view_get_book (base)), "email"),
        password, cancellable, set_up_cb, g_object_ref (view));
  else
    ehcp_link_switch_authenticator_async (ehcp_view_get_link (base), code, view->state == SETTING_UP, cancellable,
                                          switched_cb, g_object_ref (view));
}

static void
copy_cb (EhcpAuthenticatorView *view)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), gtk_label_get_label (view->secret));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAuthenticatorView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_on;

  if (ehcp_link_look_at_authenticator_finish (EHCP_LINK (source), result, &is_on, &error))
    set_state (view, is_on ? ON : OFF);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (view, error);
}

static void
load_cb (EhcpAuthenticatorView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  set_state (view, LOADING);
  show_trouble (view, NULL);
  ehcp_link_look_at_authenticator_async (ehcp_view_get_link (base), ehcp_view_get_cancellable (base), looked_cb,
                                         g_object_ref (view));
}

static void
ehcp_authenticator_view_shown (EhcpView *base)
{
  load_cb (EHCP_AUTHENTICATOR_VIEW (base));
}

static void
ehcp_authenticator_view_leave (EhcpView *base)
{
  forget (EHCP_AUTHENTICATOR_VIEW (base));
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorView, name)

static void
ehcp_authenticator_view_class_init (EhcpAuthenticatorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_authenticator_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_authenticator_view_leave;
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-authenticator-view.ui");
  BIND (pages);
  BIND (box);
  BIND (introduction);
  BIND (summary);
  BIND (password_list);
  BIND (password);
  BIND (password_error);
  BIND (setting_up);
  BIND (qr);
  BIND (secret);
  BIND (code_list);
  BIND (code);
  BIND (code_error);
  BIND (caption);
  BIND (acts);
  BIND (finish);
  BIND (spinner);
  BIND (looking);
  BIND (trouble);
  BIND (trouble_label);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_cb);
}

static void
ehcp_authenticator_view_init (EhcpAuthenticatorView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
