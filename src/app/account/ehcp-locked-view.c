/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring is locked, or its prompt was closed. There may be a session and an offline copy behind it,
 * so this is no sign-in page: that would look as if everything were gone. */
#include "ehcp-locked-view.h"

#include <glib/gi18n.h>

struct _EhcpLockedView
{
  EhcpView parent;
  AdwStatusPage *page;
  GtkWidget *unlock;
  GtkLabel *trouble;
};

G_DEFINE_FINAL_TYPE (EhcpLockedView, ehcp_locked_view, EHCP_TYPE_VIEW)

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpLockedView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_link_unlock_finish (EHCP_LINK (source), result, &error);
  gboolean was_closed = ehcp_link_get_keyring (EHCP_LINK (source)) == EHCP_KEYRING_DISMISSED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (view->unlock, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (view->trouble), !is_done);
  gtk_label_set_label (view->trouble, was_closed ? _("The keyring is still locked: its question was closed.")
                                                 : _("The keyring is still locked."));
}

static void
unlock_cb (EhcpLockedView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  gtk_widget_set_sensitive (view->unlock, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (view->trouble), FALSE);
  ehcp_link_unlock_async (ehcp_view_get_link (base), ehcp_view_get_cancellable (base), unlocked_cb,
                          g_object_ref (view));
}

static void
memory_cb (EhcpLockedView *view)
{
  ehcp_link_use_memory_only (ehcp_view_get_link (EHCP_VIEW (view)));
}

static void
ehcp_locked_view_shown (EhcpView *base)
{
  gtk_widget_grab_focus (EHCP_LOCKED_VIEW (base)->unlock);
}

static void
ehcp_locked_view_class_init (EhcpLockedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_locked_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-locked-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpLockedView, page);
  gtk_widget_class_bind_template_child (widget_class, EhcpLockedView, unlock);
  gtk_widget_class_bind_template_child (widget_class, EhcpLockedView, trouble);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, memory_cb);
}

static void
ehcp_locked_view_init (EhcpLockedView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
