/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To sign in. Where to go afterwards is the window's business: it follows the link's status. */
#include "ehcp-sign-in-view.h"

#include <glib/gi18n.h>

#include "ehcp-authenticator-panel.h"
#include "ehcp-code-panel.h"
#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-stack-pages.h"

struct _EhcpSignInView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *credentials;
  GtkWidget *page;
  GtkWidget *ended;     /* why somebody who had signed in sees this */
  EhcpErrorSummary *summary;
  GtkEditable *email;
  EhcpErrorRow *email_error;
  GtkEditable *password;
  EhcpErrorRow *password_error;
  GtkWidget *submit;
  GtkSpinner *spinner;
  GtkWidget *code;
  EhcpCodePanel *panel;
  GtkWidget *finish;
  GtkWidget *authenticator;
  EhcpAuthenticatorPanel *authenticator_panel;
};

G_DEFINE_FINAL_TYPE (EhcpSignInView, ehcp_sign_in_view, EHCP_TYPE_VIEW)

static void
set_busy (EhcpSignInView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->submit, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
show_credentials (EhcpSignInView *view)
{
  ehcp_code_panel_stop (view->panel);
  ehcp_authenticator_panel_stop (view->authenticator_panel);
  gtk_widget_set_sensitive (view->finish, TRUE);
  gtk_stack_set_visible_child (view->pages, view->credentials);
}

/* The address stays, the password goes: it is what has to be typed anew. */
static void
refuse (EhcpSignInView *view, const GError *error)
{
  gtk_editable_set_text (view->password, "");
  ehcp_error_summary_show_error (view->summary, view->page, error);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpSignInView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCodeSent) sent = ehcp_link_sign_in_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (sent == NULL)
    {
      if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE))
        ehcp_error_summary_show_error (view->summary, view->page, error);
      else
        refuse (view, error);
      return;
    }
  gtk_editable_set_text (view->password, "");
  gtk_stack_set_visible_child (view->pages, view->code);
  ehcp_code_panel_start (view->panel, EHCP_LINK (source), EHCP_FLOW_SIGN_IN, sent);
}

static void
submit_cb (EhcpSignInView *view)
{
  g_autofree char *email = NULL;
  EhcpView *base = EHCP_VIEW (view);

  /* A button clicks a moment after it was pressed: its page may be gone by then. */
  if (!gtk_widget_get_sensitive (view->submit) ||
      gtk_stack_get_visible_child (view->pages) != view->credentials)
    return;
  ehcp_error_row_take_message (view->email_error,
                               ehcp_details_check_email (gtk_editable_get_text (view->email), &email));
  ehcp_error_row_set_message (view->password_error, gtk_editable_get_text (view->password)[0] == '\0'
                                                        ? _("Enter your password") : NULL);
  if (ehcp_error_summary_gather (view->summary, view->page))
    return;
  set_busy (view, TRUE);
  ehcp_link_sign_in_async (ehcp_view_get_link (base), email, gtk_editable_get_text (view->password),
                           ehcp_view_get_cancellable (base), sent_cb, g_object_ref (view));
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpSignInView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_finish_sign_in_finish (EHCP_LINK (source), result, &error);

  if (is_done && ehcp_link_get_authenticator (EHCP_LINK (source)) != NULL)
    {
      ehcp_code_panel_stop (view->panel);
      gtk_stack_set_visible_child (view->pages, view->authenticator);
      ehcp_authenticator_panel_start (view->authenticator_panel, EHCP_LINK (source));
      return;
    }
  if (is_done || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (view->finish, TRUE);
  ehcp_code_panel_show_error (view->panel, error);
}

static void
finish_cb (EhcpSignInView *view)
{
  g_autofree char *code = NULL;
  EhcpView *base = EHCP_VIEW (view);

  if (!gtk_widget_get_sensitive (view->finish) || gtk_stack_get_visible_child (view->pages) != view->code)
    return;
  code = ehcp_code_panel_take_code (view->panel);
  if (code == NULL)
    return;
  gtk_widget_set_sensitive (view->finish, FALSE);
  ehcp_link_finish_sign_in_async (ehcp_view_get_link (base), ehcp_code_panel_get_id (view->panel), code,
                                  ehcp_view_get_cancellable (base), finished_cb, g_object_ref (view));
}

static void
expired_cb (EhcpSignInView *view)
{
  show_credentials (view);
  ehcp_error_summary_say (view->summary, _("That took too long, or too many codes were wrong. Sign in again."));
}

static void
ehcp_sign_in_view_shown (EhcpView *base)
{
  EhcpSignInView *view = EHCP_SIGN_IN_VIEW (base);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (base));
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (base));

  gtk_widget_set_visible (view->ended, ehcp_link_get_status (ehcp_view_get_link (base)) == EHCP_LINK_ENDED);
  ehcp_view_set_subtitle (base, service != NULL ? ehcp_service_get_name (service) : NULL);
  if (account != NULL && gtk_editable_get_text (view->email)[0] == '\0')
    gtk_editable_set_text (view->email, ehcp_record_get_text (account, "email"));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_text (view->email)[0] == '\0' ? view->email
                                                                                    : view->password));
}

static void
ehcp_sign_in_view_leave (EhcpView *base)
{
  EhcpSignInView *view = EHCP_SIGN_IN_VIEW (base);

  gtk_editable_set_text (view->password, "");
  ehcp_authenticator_panel_stop (view->authenticator_panel);
  if (gtk_stack_get_visible_child (view->pages) == view->authenticator)
    show_credentials (view);
}

static gboolean
ehcp_sign_in_view_close_inner (EhcpView *base)
{
  EhcpSignInView *view = EHCP_SIGN_IN_VIEW (base);

  if (gtk_stack_get_visible_child (view->pages) == view->credentials)
    return FALSE;
  show_credentials (view);
  gtk_widget_grab_focus (GTK_WIDGET (view->email));
  return TRUE;
}

static void
ehcp_sign_in_view_class_init (EhcpSignInViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_sign_in_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_sign_in_view_leave;
  EHCP_VIEW_CLASS (klass)->close_inner = ehcp_sign_in_view_close_inner;
  g_type_ensure (EHCP_TYPE_AUTHENTICATOR_PANEL);
  g_type_ensure (EHCP_TYPE_CODE_PANEL);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-sign-in-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, credentials);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, page);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, ended);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, email);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, email_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, password);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, password_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, submit);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, spinner);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, code);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, panel);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, finish);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, authenticator);
  gtk_widget_class_bind_template_child (widget_class, EhcpSignInView, authenticator_panel);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, expired_cb);
}

static void
ehcp_sign_in_view_init (EhcpSignInView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_stack_pages_hide_others (view->pages);
}
