/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To change the password, with the present one: somebody else may sit at an open program. */
#include "ehcp-password-view.h"

#include <glib/gi18n.h>

#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-password-policy.h"

struct _EhcpPasswordView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *box;
  EhcpErrorSummary *summary;
  GtkEditable *current, *password, *again;
  EhcpErrorRow *current_error, *password_error, *again_error;
  EhcpPasswordPolicy *policy;
  GtkWidget *finish;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (EhcpPasswordView, ehcp_password_view, EHCP_TYPE_VIEW)

static void
forget_passwords (EhcpPasswordView *view)
{
  gtk_editable_set_text (view->current, "");
  gtk_editable_set_text (view->password, "");
  gtk_editable_set_text (view->again, "");
}

static void
set_busy (EhcpPasswordView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->finish, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpPasswordView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_change_password_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (is_done)
    {
      ehcp_view_toast (EHCP_VIEW (view), _("Your password is changed."));
      gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
    }
  else if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS))
    {
      ehcp_error_row_set_message (view->current_error, _("This is not your password now"));
      gtk_editable_set_text (view->current, "");
      ehcp_error_summary_gather (view->summary, view->box);
    }
  else
    ehcp_error_summary_show_error (view->summary, view->box, error);
}

static void
finish_cb (EhcpPasswordView *view)
{
  EhcpView *base = EHCP_VIEW (view);
  const char *current = gtk_editable_get_text (view->current);

  if (!gtk_widget_get_sensitive (view->finish))
    return;
  ehcp_error_row_set_message (view->current_error,
                              current[0] == '\0' ? _("Enter the password that you use now") : NULL);
  ehcp_error_row_take_message (view->password_error, ehcp_password_policy_check_password (view->policy));
  ehcp_error_row_take_message (view->again_error, ehcp_password_policy_check_again (view->policy));
  if (ehcp_error_summary_gather (view->summary, view->box))
    return;
  set_busy (view, TRUE);
  ehcp_link_change_password_async (ehcp_view_get_link (base), current,
                                   gtk_editable_get_text (view->password),
                                   ehcp_view_get_cancellable (base), changed_cb, g_object_ref (view));
}

static void
ehcp_password_view_shown (EhcpView *base)
{
  EhcpPasswordView *view = EHCP_PASSWORD_VIEW (base);
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (base));

  ehcp_password_policy_set_service (view->policy, ehcp_link_get_service (ehcp_view_get_link (base)));
  if (account != NULL)
    ehcp_password_policy_set_personal (view->policy,
                                       (const char *const[]){ ehcp_record_get_text (account, "forename"),
                                                              ehcp_record_get_text (account, "surname"),
                                                              ehcp_record_get_text (account, "email"),
                                                              NULL });
}

static void
ehcp_password_view_leave (EhcpView *base)
{
  forget_passwords (EHCP_PASSWORD_VIEW (base));
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpPasswordView, name)

static void
ehcp_password_view_class_init (EhcpPasswordViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_password_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_password_view_leave;
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_PASSWORD_POLICY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-password-view.ui");
  BIND (pages);
  BIND (box);
  BIND (summary);
  BIND (current);
  BIND (current_error);
  BIND (password);
  BIND (password_error);
  BIND (again);
  BIND (again_error);
  BIND (policy);
  BIND (finish);
  BIND (spinner);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
}

static void
ehcp_password_view_init (EhcpPasswordView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_password_policy_watch (view->policy, view->password, view->again);
}
