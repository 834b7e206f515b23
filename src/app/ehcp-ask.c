/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialogs. The only file that names what the toolkit deprecated after its floor, and the only one with an
 * `#if` on the toolkit's version: everything else asks through here. */
#undef GDK_VERSION_MAX_ALLOWED
#undef ADW_VERSION_MAX_ALLOWED
#include "ehcp-ask.h"

#include <glib/gi18n.h>

#if ADW_CHECK_VERSION(1, 5, 0)
#define HAS_ALERT_DIALOG 1
#endif
#if GTK_CHECK_VERSION(4, 10, 0)
#define HAS_FILE_DIALOG 1
#endif

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* To confirm */

static void
take_response (GTask *task, const char *response)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, g_strcmp0 (response, "accept") == 0);
  g_object_unref (task);
}

#ifdef HAS_ALERT_DIALOG
static void
alert_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  take_response (data, adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result));
}

static void
show_question (GtkWidget *parent, const char *heading, const char *body, const char *accept,
               gboolean is_destructive, GTask *task)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _("Cancel"), "accept", accept, NULL);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, is_destructive ? "cancel" : "accept");
  adw_alert_dialog_set_response_appearance (dialog, "accept",
                                            is_destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                           : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_choose (dialog, parent, g_task_get_cancellable (task), alert_cb, task);
}
#else
static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  take_response (task, response);
}

/* GTK 4.8 reads a label with a mnemonic twice: once with the underscore, once without. */
static void
name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
show_question (GtkWidget *parent, const char *heading, const char *body, const char *accept,
               gboolean is_destructive, GTask *task)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window_of (parent), heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, is_destructive ? "cancel" : "accept");
  adw_message_dialog_set_response_appearance (dialog, "accept",
                                              is_destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                             : ADW_RESPONSE_SUGGESTED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  name_buttons (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}
#endif

void
ehcp_ask_confirm_async (GtkWidget *parent, const char *heading, const char *body,
                        const char *accept, gboolean is_destructive, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (parent, cancellable, callback, data);

  show_question (parent, heading, body, accept, is_destructive, task);
}

gboolean
ehcp_ask_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* To choose and to save files */

#ifdef HAS_FILE_DIALOG
/* Closing the dialog is no error to anybody who asked. */
static void
take_chosen (GTask *task, gpointer chosen, GError *error)
{
  if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, chosen, g_object_unref);
  g_object_unref (task);
}

static void
open_several_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GListModel *files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  take_chosen (data, files, error);
}

static void
open_one_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  GListStore *files = file != NULL ? g_list_store_new (G_TYPE_FILE) : NULL;

  if (files != NULL)
    g_list_store_append (files, file);
  take_chosen (data, files, error);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  take_chosen (data, file, error);
}

void
ehcp_ask_files_async (GtkWidget *parent, const char *title, gboolean several,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GTask *task = g_task_new (parent, cancellable, callback, data);

  gtk_file_dialog_set_title (dialog, title);
  if (several)
    gtk_file_dialog_open_multiple (dialog, window_of (parent), cancellable, open_several_cb, task);
  else
    gtk_file_dialog_open (dialog, window_of (parent), cancellable, open_one_cb, task);
}

void
ehcp_ask_save_async (GtkWidget *parent, const char *title, const char *name,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window_of (parent), cancellable, save_cb,
                        g_task_new (parent, cancellable, callback, data));
}
#else
static void
chosen_cb (GtkNativeDialog *dialog, int response, GTask *task)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  gboolean is_save = gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE;
  gpointer chosen = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    chosen = is_save ? (gpointer) gtk_file_chooser_get_file (chooser)
                     : (gpointer) gtk_file_chooser_get_files (chooser);
  g_task_return_pointer (task, chosen, g_object_unref);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  g_object_unref (task);
}

static void
show_chooser (GtkWidget *parent, const char *title, GtkFileChooserAction action, const char *accept,
              gboolean several, const char *name, GTask *task)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, window_of (parent), action, accept, _("Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), several);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
ehcp_ask_files_async (GtkWidget *parent, const char *title, gboolean several,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  show_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, _("Choose"), several, NULL,
                g_task_new (parent, cancellable, callback, data));
}

void
ehcp_ask_save_async (GtkWidget *parent, const char *title, const char *name,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  show_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), FALSE, name,
                g_task_new (parent, cancellable, callback, data));
}
#endif

GListModel *
ehcp_ask_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GFile *
ehcp_ask_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* To open a link, and about the program */

void
ehcp_ask_open_link (GtkWidget *parent, const char *uri)
{
#ifdef HAS_FILE_DIALOG
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, window_of (parent), NULL, NULL, NULL);
#else
  gtk_show_uri (window_of (parent), uri, GDK_CURRENT_TIME);
#endif
}

void
ehcp_ask_about (GtkWidget *parent, const char *note, const char *debug_info)
{
  const char *name = _("EHCP Portal");
  const char *about = _("Follow a child’s Education, Health and Care plan, send messages to the "
                        "council, read letters and fill in forms.");
  g_autofree char *comments = note != NULL ? g_strdup_printf ("%s\n\n%s", about, note) : g_strdup (about);

#ifdef HAS_ALERT_DIALOG
  adw_show_about_dialog (parent, "application-name", name, "application-icon", EHCP_APP_ID,
                         "version", EHCP_VERSION, "comments", comments, "license-type",
                         GTK_LICENSE_GPL_3_0, "debug-info", debug_info, "debug-info-filename",
                         "ehcp-portal.txt", NULL);
#else
  adw_show_about_window (window_of (parent), "application-name", name, "application-icon", EHCP_APP_ID,
                         "version", EHCP_VERSION, "comments", comments, "license-type",
                         GTK_LICENSE_GPL_3_0, "debug-info", debug_info, "debug-info-filename",
                         "ehcp-portal.txt", NULL);
#endif
}
