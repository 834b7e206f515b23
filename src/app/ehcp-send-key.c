/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A binding of the screen's class would come too late: a text takes Return for itself, with Ctrl as well. */
#include "ehcp-send-key.h"

static void
bind (GtkEventController *keys, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_named_action_new (action)));
}

/**
 * ehcp_send_key_add:
 * @screen: on which something is written
 * @action: of @screen, as "compose.send"
 *
 * Ctrl+Return anywhere on @screen does @action, before the field that has the focus sees the key.
 */
void
ehcp_send_key_add (GtkWidget *screen, const char *action)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  bind (keys, GDK_KEY_Return, GDK_CONTROL_MASK, action);
  bind (keys, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, action);
  gtk_widget_add_controller (screen, keys);
}
