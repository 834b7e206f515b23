/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portal answers a request by a signal on an object whose path is known beforehand, so that nothing can
 * come between the call and listening for its answer. */
#include "ehcp-background.h"

#include <glib/gi18n.h>

#define PORTAL "org.freedesktop.portal.Desktop"
#define CALL_LIMIT_MS 120000

typedef struct
{
  GDBusConnection *bus;
  guint subscription;
  gboolean wanted;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_clear_object (&request->bus);
  g_free (request);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
response_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
             const char *signal, GVariant *parameters, gpointer data)
{
  GTask *task = data;
  g_autoptr (GVariant) results = NULL;
  gboolean may_run = FALSE;
  guint response = 0;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0)
    g_variant_lookup (results, "background", "b", &may_run);
  g_task_return_boolean (task, may_run);
  g_object_unref (task);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* The answer comes by the signal, which has a reference of its own. */
  if (answer != NULL)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, !is_sandboxed ());
  g_object_unref (task);
}

static GVariant *
make_options (gboolean wanted, const char *token)
{
  static const char *const command[] = { "ehcp-portal", "--gapplication-service", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("Looks for new messages, documents and dates.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (wanted));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  return g_variant_new ("(sa{sv})", "", &options);
}

static void
call (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("ehcp%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (request->bus) + 1);
  g_autofree char *path = NULL;

  g_strdelimit (sender, ".", '_');
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  request->subscription = g_dbus_connection_signal_subscribe (
      request->bus, PORTAL, "org.freedesktop.portal.Request", "Response", path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, response_cb, task, NULL);
  g_dbus_connection_call (request->bus, PORTAL, "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          make_options (request->wanted, token), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS, g_task_get_cancellable (task), called_cb,
                          g_object_ref (task));
}

void
ehcp_background_request_async (gboolean wanted, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Request *request = g_new0 (Request, 1);

  request->wanted = wanted;
  request->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_task_set_task_data (task, request, free_request);
  if (request->bus != NULL)
    {
      call (task);
      return;
    }
  g_task_return_boolean (task, !is_sandboxed ());
  g_object_unref (task);
}

gboolean
ehcp_background_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
