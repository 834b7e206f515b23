/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing of the offline copy is said here, not even whose it is. The window goes on by itself once the council has
 * answered; a session that has ended meanwhile wants a sign-in. */
#include "ehcp-overdue-view.h"

struct _EhcpOverdueView
{
  EhcpView parent;
  GtkWidget *again;
  GtkLabel *trouble;
  gboolean has_tried;
};

G_DEFINE_FINAL_TYPE (EhcpOverdueView, ehcp_overdue_view, EHCP_TYPE_VIEW)

static void
online_cb (EhcpOverdueView *view)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (view));

  gtk_widget_set_visible (GTK_WIDGET (view->trouble), view->has_tried && !ehcp_link_is_online (link));
}

static void
again_cb (EhcpOverdueView *view)
{
  view->has_tried = TRUE;
  online_cb (view);
  ehcp_link_wake (ehcp_view_get_link (EHCP_VIEW (view)));
}

static void
sign_in_cb (EhcpOverdueView *view)
{
  ehcp_view_go (EHCP_VIEW (view), "sign-in");
}

static void
ehcp_overdue_view_shown (EhcpView *base)
{
  gtk_widget_grab_focus (EHCP_OVERDUE_VIEW (base)->again);
}

static void
ehcp_overdue_view_constructed (GObject *object)
{
  G_OBJECT_CLASS (ehcp_overdue_view_parent_class)->constructed (object);
  g_signal_connect_object (ehcp_view_get_link (EHCP_VIEW (object)), "notify::is-online", G_CALLBACK (online_cb), object,
                           G_CONNECT_SWAPPED);
}

static void
ehcp_overdue_view_class_init (EhcpOverdueViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_overdue_view_constructed;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_overdue_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-overdue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpOverdueView, again);
  gtk_widget_class_bind_template_child (widget_class, EhcpOverdueView, trouble);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
ehcp_overdue_view_init (EhcpOverdueView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
