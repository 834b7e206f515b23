/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one-use link of a staff account: sets its first password, then leads to signing in. */
#include "ehcp-staff-link-view.h"

#include <glib/gi18n.h>

#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-password-policy.h"

struct _EhcpStaffLinkView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *box;
  EhcpErrorSummary *summary;
  GtkEditable *password, *again;
  EhcpErrorRow *password_error, *again_error;
  EhcpPasswordPolicy *policy;
  GtkWidget *finish;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (EhcpStaffLinkView, ehcp_staff_link_view, EHCP_TYPE_VIEW)

static void
set_busy (EhcpStaffLinkView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->finish, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
show_refusal (EhcpStaffLinkView *view, const GError *error)
{
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_EXPIRED) ||
      g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE) ||
      g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND))
    ehcp_error_summary_say (view->summary,
                            _("This link was used before or is too old. Ask your administrator for a new one."));
  else
    ehcp_error_summary_show_error (view->summary, view->box, error);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpStaffLinkView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_finish_staff_link_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (!is_done)
    {
      show_refusal (view, error);
      return;
    }
  if (ehcp_link_get_status (EHCP_LINK (source)) == EHCP_LINK_SIGNED_IN)
    {
      ehcp_view_toast (EHCP_VIEW (view), _("Your password is set. Log out here, then sign in with it."));
      gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
      return;
    }
  ehcp_view_toast (EHCP_VIEW (view), _("Your password is set. Sign in with it."));
  ehcp_view_replace (EHCP_VIEW (view), "sign-in");
}

static void
finish_cb (EhcpStaffLinkView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  if (!gtk_widget_get_sensitive (view->finish))
    return;
  ehcp_error_row_take_message (view->password_error, ehcp_password_policy_check_password (view->policy));
  ehcp_error_row_take_message (view->again_error, ehcp_password_policy_check_again (view->policy));
  if (ehcp_error_summary_gather (view->summary, view->box))
    return;
  if (ehcp_view_get_argument (base) == NULL)
    {
      ehcp_error_summary_say (view->summary, _("Open the link of your e-mail again: its code is missing."));
      return;
    }
  set_busy (view, TRUE);
  ehcp_link_finish_staff_link_async (ehcp_view_get_link (base), ehcp_view_get_argument (base),
                                     gtk_editable_get_text (view->password),
                                     ehcp_view_get_cancellable (base), finished_cb, g_object_ref (view));
}

static void
ehcp_staff_link_view_shown (EhcpView *base)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (base));

  ehcp_view_set_subtitle (base, service != NULL ? ehcp_service_get_name (service) : NULL);
  ehcp_password_policy_set_service (EHCP_STAFF_LINK_VIEW (base)->policy, service);
}

static void
ehcp_staff_link_view_leave (EhcpView *base)
{
  gtk_editable_set_text (EHCP_STAFF_LINK_VIEW (base)->password, "");
  gtk_editable_set_text (EHCP_STAFF_LINK_VIEW (base)->again, "");
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpStaffLinkView, name)

static void
ehcp_staff_link_view_class_init (EhcpStaffLinkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_staff_link_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_staff_link_view_leave;
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_PASSWORD_POLICY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-staff-link-view.ui");
  BIND (pages);
  BIND (box);
  BIND (summary);
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
ehcp_staff_link_view_init (EhcpStaffLinkView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_password_policy_watch (view->policy, view->password, view->again);
}
