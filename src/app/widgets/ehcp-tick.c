/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A check button or radio button that assistive technology can press. */
#include "ehcp-tick.h"

struct _EhcpTick
{
  GtkCheckButton parent;
};

G_DEFINE_FINAL_TYPE (EhcpTick, ehcp_tick, GTK_TYPE_CHECK_BUTTON)

static void
press_action (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_activate (widget);
}

static void
ehcp_tick_class_init (EhcpTickClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "tick.press", NULL, press_action);
}

static void
ehcp_tick_init (EhcpTick *tick)
{
}
