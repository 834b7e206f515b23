/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instead of the invitation, for somebody who has not signed in. The window remembers the code meanwhile
 * and goes on to the invitation afterwards. */
#include "ehcp-invited-view.h"

struct _EhcpInvitedView
{
  EhcpView parent;
  AdwStatusPage *page;
};

G_DEFINE_FINAL_TYPE (EhcpInvitedView, ehcp_invited_view, EHCP_TYPE_VIEW)

static void
ehcp_invited_view_class_init (EhcpInvitedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-invited-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpInvitedView, page);
}

static void
ehcp_invited_view_init (EhcpInvitedView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
