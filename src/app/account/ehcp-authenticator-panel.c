/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret is on the screen only until it is used: it is taken out of the widgets when the page is left. */
#include "ehcp-authenticator-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-details-check.h"
#include "ehcp-error-words.h"
#include "ehcp-qr-code.h"
#include "ehcp-totp.h"

struct _EhcpAuthenticatorPanel
{
  AdwBin parent;
  GtkLabel *title, *introduction;
  GtkWidget *setting_up;
  EhcpQrCode *qr;
  GtkLabel *secret;
  GtkEntry *entry;
  GtkWidget *error_box;
  GtkLabel *error_label;
  GtkWidget *finish;
  EhcpLink *link;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EhcpAuthenticatorPanel, ehcp_authenticator_panel, ADW_TYPE_BIN)

static guint expired_signal;

static void
set_error (EhcpAuthenticatorPanel *panel, const char *text)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (panel->entry)));

  gtk_label_set_label (panel->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (panel->error_box, text != NULL);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (panel->entry), "error");
      gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (panel->entry), "error");
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_grab_focus (GTK_WIDGET (panel->entry));
}

static void
refuse (EhcpAuthenticatorPanel *panel, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_EXPIRED))
    {
      g_signal_emit (panel, expired_signal, 0);
      return;
    }
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE))
    words = g_strdup (_("That is not the code that the app shows now, or it was used already. Wait for the next one."));
  else
    words = ehcp_error_words (error);
  set_error (panel, words);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAuthenticatorPanel) panel = data;
  g_autoptr (GError) error = NULL;

  if (ehcp_link_answer_authenticator_finish (EHCP_LINK (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (panel->finish, TRUE);
  refuse (panel, error);
}

static void
finish_cb (EhcpAuthenticatorPanel *panel)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (panel->entry));
  g_autofree char *code = ehcp_details_find_code (typed);

  if (!gtk_widget_get_sensitive (panel->finish) || panel->link == NULL ||
      ehcp_link_get_authenticator (panel->link) == NULL)
    return;
  if (code == NULL)
    {
      set_error (panel, typed[0] == '\0' ? _("Enter the code that the app shows.")
                                         : _("Check the code: it has 6 digits."));
      return;
    }
  set_error (panel, NULL);
  gtk_widget_set_sensitive (panel->finish, FALSE);
  ehcp_link_answer_authenticator_async (panel->link, code, panel->cancellable, answered_cb, g_object_ref (panel));
}

static void
copy_cb (EhcpAuthenticatorPanel *panel)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (panel)), gtk_label_get_label (panel->secret));
}

static void
ehcp_authenticator_panel_dispose (GObject *object)
{
  EhcpAuthenticatorPanel *panel = EHCP_AUTHENTICATOR_PANEL (object);

  g_cancellable_cancel (panel->cancellable);
  g_clear_object (&panel->link);
  G_OBJECT_CLASS (ehcp_authenticator_panel_parent_class)->dispose (object);
}

static void
ehcp_authenticator_panel_finalize (GObject *object)
{
  g_clear_object (&EHCP_AUTHENTICATOR_PANEL (object)->cancellable);
  G_OBJECT_CLASS (ehcp_authenticator_panel_parent_class)->finalize (object);
}

static void
ehcp_authenticator_panel_class_init (EhcpAuthenticatorPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_authenticator_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_authenticator_panel_finalize;
  expired_signal = g_signal_new ("expired", EHCP_TYPE_AUTHENTICATOR_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  g_type_ensure (EHCP_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-authenticator-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, title);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, introduction);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, setting_up);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, qr);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, secret);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, entry);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, error_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, error_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpAuthenticatorPanel, finish);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
ehcp_authenticator_panel_init (EhcpAuthenticatorPanel *panel)
{
  GtkAccessible *text;

  panel->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (panel));
  text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (panel->entry)));
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, _("Authenticator code"),
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}

void
ehcp_authenticator_panel_start (EhcpAuthenticatorPanel *panel, EhcpLink *link)
{
  const EhcpAuthenticator *asked = ehcp_link_get_authenticator (link);
  gboolean is_new = asked != NULL && asked->secret != NULL;
  g_autofree char *grouped = is_new ? ehcp_totp_group_secret (asked->secret) : NULL;

  g_set_object (&panel->link, link);
  gtk_label_set_label (panel->title, is_new ? _("Set up your authenticator app") : _("Your authenticator app"));
  gtk_label_set_label (panel->introduction,
                       is_new ? _("Staff sign in with an authenticator app on their telephone besides the password. "
                                  "Let the app scan this code, or type the key into it, once.")
                              : _("Open the app on your telephone and type the code that it shows for this council."));
  gtk_widget_set_visible (panel->setting_up, is_new);
  ehcp_qr_code_set_text (panel->qr, is_new ? asked->uri : NULL);
  gtk_label_set_label (panel->secret, grouped != NULL ? grouped : "");
  gtk_editable_set_text (GTK_EDITABLE (panel->entry), "");
  gtk_widget_set_sensitive (panel->finish, TRUE);
  set_error (panel, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (panel->entry));
}

void
ehcp_authenticator_panel_stop (EhcpAuthenticatorPanel *panel)
{
  ehcp_qr_code_set_text (panel->qr, NULL);
  gtk_label_set_label (panel->secret, "");
  gtk_editable_set_text (GTK_EDITABLE (panel->entry), "");
}
