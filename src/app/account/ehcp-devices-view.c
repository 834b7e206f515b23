/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where this account is signed in. The list is asked for anew each time: it is only worth something when
 * it is true now, so there is no offline copy of it. */
#include "ehcp-devices-view.h"

#include <glib/gi18n.h>

#include "ehcp-error-words.h"
#include "ehcp-text-row.h"
#include "ehcp-text.h"
#include "ehcp-time-words.h"

struct _EhcpDevicesView
{
  EhcpView parent;
  GtkStack *pages;
  GtkListBox *list;
  GtkSpinner *spinner;
  GtkWidget *trouble;
  GtkLabel *trouble_label;
};

G_DEFINE_FINAL_TYPE (EhcpDevicesView, ehcp_devices_view, EHCP_TYPE_VIEW)

static void load_cb (EhcpDevicesView *view);

static void
show_trouble (EhcpDevicesView *view, const GError *error)
{
  g_autofree char *words = error != NULL ? ehcp_error_words (error) : NULL;

  gtk_label_set_label (view->trouble_label, words != NULL ? words : "");
  gtk_widget_set_visible (view->trouble, words != NULL);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDevicesView) view = data;
  g_autoptr (GError) error = NULL;

  if (!ehcp_link_end_device_finish (EHCP_LINK (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_trouble (view, error);
      return;
    }
  ehcp_view_toast (EHCP_VIEW (view), _("The device is signed out."));
  load_cb (view);
}

static void
end_cb (GtkWidget *button, EhcpDevicesView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  gtk_widget_set_sensitive (button, FALSE);
  ehcp_link_end_device_async (ehcp_view_get_link (base), g_object_get_data (G_OBJECT (button), "id"),
                              ehcp_view_get_cancellable (base), ended_cb, g_object_ref (view));
}

static char *
describe (EhcpDevicesView *view, const EhcpDevice *device)
{
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (view))));
  g_autofree char *signed_in = ehcp_time_words_of_text (device->signed_in_at, now);
  g_autofree char *used = ehcp_time_words_of_text (device->last_used_at, now);

  if (device->is_this)
    return g_strdup_printf (_("This device. Signed in: %s"), signed_in);
  return g_strdup_printf (_("Signed in: %s. Last used: %s"), signed_in, used);
}

static GtkWidget *
make_button (EhcpDevicesView *view, const EhcpDevice *device)
{
  GtkWidget *button = gtk_button_new_with_label (_("Sign out"));
  g_autofree char *name = g_strdup_printf (_("Sign out: %s"), device->device);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (device->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_cb), view, 0);
  return button;
}

static void
add_device (EhcpDevicesView *view, const EhcpDevice *device)
{
  g_autofree char *text = describe (view, device);
  GtkWidget *row = ehcp_text_row_new (device->device, text);

  if (!device->is_this)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (view, device));
  gtk_list_box_append (view->list, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDevicesView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = ehcp_link_list_devices_finish (EHCP_LINK (source), result, &error);
  GtkWidget *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_visible (GTK_WIDGET (view->spinner), FALSE);
  show_trouble (view, error);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (view->list))) != NULL)
    gtk_list_box_remove (view->list, row);
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    add_device (view, g_ptr_array_index (devices, i));
  gtk_widget_set_visible (GTK_WIDGET (view->list), devices != NULL && devices->len > 0);
}

static void
load_cb (EhcpDevicesView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  gtk_widget_set_visible (GTK_WIDGET (view->spinner), TRUE);
  show_trouble (view, NULL);
  ehcp_link_list_devices_async (ehcp_view_get_link (base), ehcp_view_get_cancellable (base), listed_cb,
                                g_object_ref (view));
}

static void
ehcp_devices_view_shown (EhcpView *base)
{
  load_cb (EHCP_DEVICES_VIEW (base));
}

static void
ehcp_devices_view_class_init (EhcpDevicesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_devices_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-devices-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDevicesView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpDevicesView, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpDevicesView, spinner);
  gtk_widget_class_bind_template_child (widget_class, EhcpDevicesView, trouble);
  gtk_widget_class_bind_template_child (widget_class, EhcpDevicesView, trouble_label);
  gtk_widget_class_bind_template_callback (widget_class, load_cb);
}

static void
ehcp_devices_view_init (EhcpDevicesView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
