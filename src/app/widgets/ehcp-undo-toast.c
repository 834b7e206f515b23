/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A toast with "Undo". It belongs to the window, since the screen that acted may be gone by the time that
 * somebody changes their mind. */
#include "ehcp-undo-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *overlay; /* weak: the toast is its own */
  EhcpUndoFunc undo;
  gpointer data;
  GDestroyNotify free_data;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_clear_weak_pointer (&undo->overlay);
  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
clicked_cb (AdwToast *toast, Undo *undo)
{
  if (undo->overlay != NULL)
    undo->undo (undo->overlay, undo->data);
}

/* @from: a widget in the window, read now and not kept; @seconds: how long it can be undone;
 * @data: taken, and freed by @free_data when the toast goes. Without a place for toasts nothing is shown. */
void
ehcp_undo_toast_show (GtkWidget *from, const char *text, guint seconds, EhcpUndoFunc undo,
                      gpointer data, GDestroyNotify free_data)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;
  Undo *closure;

  if (overlay == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      return;
    }
  closure = g_new0 (Undo, 1);
  closure->undo = undo;
  closure->data = data;
  closure->free_data = free_data;
  g_set_weak_pointer (&closure->overlay, overlay);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, seconds);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (clicked_cb), closure, undo_free, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
