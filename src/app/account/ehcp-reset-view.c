/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forgotten password. The second page comes for every address, known or not, so that nobody learns from
 * it who has an account. */
#include "ehcp-reset-view.h"

#include <glib/gi18n.h>

#include "ehcp-code-panel.h"
#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-error-words.h"
#include "ehcp-password-policy.h"
#include "ehcp-stack-pages.h"

struct _EhcpResetView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *page_1, *page_2, *box_1, *box_2;
  EhcpErrorSummary *summary_1, *summary_2;
  GtkEditable *email, *password, *again;
  EhcpErrorRow *email_error, *password_error, *again_error;
  GtkWidget *submit, *finish;
  GtkSpinner *spinner_1, *spinner_2;
  EhcpCodePanel *panel;
  EhcpPasswordPolicy *policy;
};

G_DEFINE_FINAL_TYPE (EhcpResetView, ehcp_reset_view, EHCP_TYPE_VIEW)

static void
set_busy (EhcpResetView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->submit, !is_busy);
  gtk_widget_set_sensitive (view->finish, !is_busy);
  gtk_spinner_set_spinning (view->spinner_1, is_busy);
  gtk_spinner_set_spinning (view->spinner_2, is_busy);
}

static void
forget_passwords (EhcpResetView *view)
{
  gtk_editable_set_text (view->password, "");
  gtk_editable_set_text (view->again, "");
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpResetView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpCodeSent) sent = ehcp_link_reset_password_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (sent == NULL)
    {
      ehcp_error_summary_show_error (view->summary_1, view->box_1, error);
      return;
    }
  gtk_stack_set_visible_child (view->pages, view->page_2);
  ehcp_code_panel_start (view->panel, EHCP_LINK (source), EHCP_FLOW_PASSWORD_RESET, sent);
}

static void
submit_cb (EhcpResetView *view)
{
  g_autofree char *email = NULL;
  EhcpView *base = EHCP_VIEW (view);

  /* A button clicks a moment after it was pressed: its page may be gone by then. */
  if (!gtk_widget_get_sensitive (view->submit) || gtk_stack_get_visible_child (view->pages) != view->page_1)
    return;
  ehcp_error_row_take_message (view->email_error,
                               ehcp_details_check_email (gtk_editable_get_text (view->email), &email));
  if (ehcp_error_summary_gather (view->summary_1, view->box_1))
    return;
  ehcp_password_policy_set_personal (view->policy, (const char *const[]){ email, NULL });
  set_busy (view, TRUE);
  ehcp_link_reset_password_async (ehcp_view_get_link (base), email, ehcp_view_get_cancellable (base),
                                  sent_cb, g_object_ref (view));
}

static gboolean
is_about_code (const GError *error)
{
  return g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE) ||
         g_error_matches (error, EHCP_ERROR, EHCP_ERROR_EXPIRED) ||
         g_strcmp0 (ehcp_error_words_get_field (error), "code") == 0;
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpResetView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_finish_reset_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (is_done)
    {
      ehcp_view_toast (EHCP_VIEW (view), _("Your password is changed. Sign in with the new one."));
      ehcp_view_replace (EHCP_VIEW (view), "sign-in");
    }
  else if (is_about_code (error))
    ehcp_code_panel_show_error (view->panel, error);
  else
    ehcp_error_summary_show_error (view->summary_2, view->box_2, error);
}

static void
finish_cb (EhcpResetView *view)
{
  g_autofree char *code = NULL;
  EhcpView *base = EHCP_VIEW (view);

  if (!gtk_widget_get_sensitive (view->finish) || gtk_stack_get_visible_child (view->pages) != view->page_2)
    return;
  ehcp_error_row_take_message (view->password_error, ehcp_password_policy_check_password (view->policy));
  ehcp_error_row_take_message (view->again_error, ehcp_password_policy_check_again (view->policy));
  code = ehcp_code_panel_take_code (view->panel);
  if (ehcp_error_summary_gather (view->summary_2, view->box_2) || code == NULL)
    return;
  set_busy (view, TRUE);
  ehcp_link_finish_reset_async (ehcp_view_get_link (base), ehcp_code_panel_get_id (view->panel), code,
                                gtk_editable_get_text (view->password), ehcp_view_get_cancellable (base),
                                finished_cb, g_object_ref (view));
}

static void
ehcp_reset_view_shown (EhcpView *base)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (base));

  ehcp_view_set_subtitle (base, service != NULL ? ehcp_service_get_name (service) : NULL);
  ehcp_password_policy_set_service (EHCP_RESET_VIEW (base)->policy, service);
}

static void
ehcp_reset_view_leave (EhcpView *base)
{
  forget_passwords (EHCP_RESET_VIEW (base));
}

static gboolean
ehcp_reset_view_close_inner (EhcpView *base)
{
  EhcpResetView *view = EHCP_RESET_VIEW (base);

  if (gtk_stack_get_visible_child (view->pages) != view->page_2)
    return FALSE;
  ehcp_code_panel_stop (view->panel);
  forget_passwords (view);
  set_busy (view, FALSE);
  gtk_stack_set_visible_child (view->pages, view->page_1);
  gtk_widget_grab_focus (GTK_WIDGET (view->email));
  return TRUE;
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpResetView, name)

static void
ehcp_reset_view_class_init (EhcpResetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_reset_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_reset_view_leave;
  EHCP_VIEW_CLASS (klass)->close_inner = ehcp_reset_view_close_inner;
  g_type_ensure (EHCP_TYPE_CODE_PANEL);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_PASSWORD_POLICY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-reset-view.ui");
  BIND (pages);
  BIND (page_1);
  BIND (page_2);
  BIND (box_1);
  BIND (box_2);
  BIND (summary_1);
  BIND (summary_2);
  BIND (email);
  BIND (email_error);
  BIND (password);
  BIND (password_error);
  BIND (again);
  BIND (again_error);
  BIND (submit);
  BIND (finish);
  BIND (spinner_1);
  BIND (spinner_2);
  BIND (panel);
  BIND (policy);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
}

static void
ehcp_reset_view_init (EhcpResetView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_stack_pages_hide_others (view->pages);
  ehcp_password_policy_watch (view->policy, view->password, view->again);
}
