/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the folder of mails. The newest is on top and is shown when it comes, because that is what one
 * waits for. */
#include "ehcp-demo-mailbox.h"

#include "ehcp-demo-mail.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-totp.h"

struct _EhcpDemoMailbox
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  GtkListBox *list;
  GtkWidget *reading;
  GtkLabel *subject;
  GtkLabel *to;
  GtkLabel *text;
  GtkWidget *copy_code;

  GtkWidget *app;       /* the authenticator app, or hidden */
  GtkLabel *app_name;
  GtkLabel *app_code;

  char *folder;
  char *app_owner;
  guint8 secret[EHCP_TOTP_SECRET_LENGTH];
  guint tick;
  GListStore *mails; /* newest first */
  GFileMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (EhcpDemoMailbox, ehcp_demo_mailbox, ADW_TYPE_APPLICATION_WINDOW)

static EhcpDemoMail *
get_selected (EhcpDemoMailbox *mailbox)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (mailbox->list);
  g_autoptr (EhcpDemoMail) mail = NULL;

  if (row == NULL)
    return NULL;
  mail = g_list_model_get_item (G_LIST_MODEL (mailbox->mails), gtk_list_box_row_get_index (row));
  return mail; /* the store keeps it */
}

static gboolean
make_link_cb (const GMatchInfo *match, GString *out, gpointer data)
{
  g_autofree char *link = g_match_info_fetch (match, 0);

  g_string_append_printf (out, "<a href=\"%s\">%s</a>", link, link);
  return FALSE;
}

/* The text is escaped first, so that a link cannot end its own attribute. */
static char *
make_markup (const char *text)
{
  g_autoptr (GRegex) links = g_regex_new ("https?://[^\\s<>\"]+", 0, 0, NULL);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return g_regex_replace_eval (links, escaped, -1, 0, 0, make_link_cb, NULL, NULL);
}

static void
row_selected_cb (EhcpDemoMailbox *mailbox)
{
  EhcpDemoMail *mail = get_selected (mailbox);
  g_autofree char *time = mail != NULL ? ehcp_demo_mail_format_time (mail) : NULL;
  g_autofree char *to = NULL;
  g_autofree char *markup = NULL;

  gtk_widget_set_visible (mailbox->reading, mail != NULL);
  if (mail == NULL)
    return;
  to = g_strdup_printf (_("To %s, %s"), ehcp_demo_mail_get_to (mail), time);
  markup = make_markup (ehcp_demo_mail_get_text (mail));
  gtk_label_set_label (mailbox->subject, ehcp_demo_mail_get_subject (mail));
  gtk_label_set_label (mailbox->to, to);
  gtk_label_set_label (mailbox->text, markup);
  gtk_widget_set_visible (mailbox->copy_code, ehcp_demo_mail_get_code (mail) != NULL);
}

static void
copy_code_cb (EhcpDemoMailbox *mailbox)
{
  EhcpDemoMail *mail = get_selected (mailbox);
  const char *code = mail != NULL ? ehcp_demo_mail_get_code (mail) : NULL;
  g_autofree char *words = NULL;

  if (code == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (mailbox)), code);
  words = g_strdup_printf (_("Copied %s"), code);
  adw_toast_overlay_add_toast (mailbox->toasts, adw_toast_new (words));
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  EhcpDemoMail *mail = item;
  g_autofree char *time = ehcp_demo_mail_format_time (mail);
  g_autofree char *below = g_strdup_printf ("%s · %s", ehcp_demo_mail_get_to (mail), time);
  g_autofree char *spoken = g_strdup_printf (_("%s, to %s"), ehcp_demo_mail_get_subject (mail), below);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), make_label (ehcp_demo_mail_get_subject (mail), "heading"));
  gtk_box_append (GTK_BOX (box), make_label (below, "caption"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

/* Names sort by time. */
static gint
compare_mails (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (ehcp_demo_mail_get_path ((EhcpDemoMail *) b),
                    ehcp_demo_mail_get_path ((EhcpDemoMail *) a));
}

static gboolean
is_known (EhcpDemoMailbox *mailbox, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (mailbox->mails)); i++)
    {
      g_autoptr (EhcpDemoMail) mail = g_list_model_get_item (G_LIST_MODEL (mailbox->mails), i);

      if (g_str_equal (ehcp_demo_mail_get_path (mail), path))
        return TRUE;
    }
  return FALSE;
}

static void
add_mail (EhcpDemoMailbox *mailbox, const char *path)
{
  g_autoptr (EhcpDemoMail) mail = NULL;

  if (!g_str_has_suffix (path, ".eml") || is_known (mailbox, path))
    return;
  mail = ehcp_demo_mail_read (path);
  if (mail != NULL)
    g_list_store_insert_sorted (mailbox->mails, mail, compare_mails, NULL);
}

static void
select_newest (EhcpDemoMailbox *mailbox)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (mailbox->list, 0);

  if (row != NULL)
    gtk_list_box_select_row (mailbox->list, row);
}

static void
changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  EhcpDemoMailbox *mailbox = data;
  GFile *written = event == G_FILE_MONITOR_EVENT_RENAMED && other != NULL ? other : file;
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (mailbox->mails));

  if (event == G_FILE_MONITOR_EVENT_DELETED || event == G_FILE_MONITOR_EVENT_MOVED_OUT)
    return;
  add_mail (mailbox, g_file_peek_path (written));
  if (g_list_model_get_n_items (G_LIST_MODEL (mailbox->mails)) > n_before)
    select_newest (mailbox);
}

/* Watched before it is read, so that no mail comes between. */
static void
open_folder (EhcpDemoMailbox *mailbox)
{
  g_autoptr (GFile) file = g_file_new_for_path (mailbox->folder);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  mailbox->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (mailbox->monitor != NULL)
    g_signal_connect_object (mailbox->monitor, "changed", G_CALLBACK (changed_cb), mailbox, 0);
  dir = g_dir_open (mailbox->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (mailbox->folder, name, NULL);

      add_mail (mailbox, path);
    }
  select_newest (mailbox);
}

static void
ehcp_demo_mailbox_dispose (GObject *object)
{
  EhcpDemoMailbox *mailbox = EHCP_DEMO_MAILBOX (object);

  g_clear_handle_id (&mailbox->tick, g_source_remove);
  g_clear_pointer (&mailbox->app_owner, g_free);
  g_clear_object (&mailbox->monitor);
  g_clear_object (&mailbox->mails);
  g_clear_pointer (&mailbox->folder, g_free);
  G_OBJECT_CLASS (ehcp_demo_mailbox_parent_class)->dispose (object);
}

/* The caseworker's telephone, so to say: the council's demo writes its key beside the folder of mails. */
static gboolean
read_app (EhcpDemoMailbox *mailbox)
{
  g_autofree char *parent = g_path_get_dirname (mailbox->folder);
  g_autofree char *path = g_build_filename (parent, "authenticators", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  words = g_strsplit (g_strstrip (text), " ", 2);
  if (g_strv_length (words) != 2 || !ehcp_totp_parse_secret (words[1], mailbox->secret))
    return FALSE;
  mailbox->app_owner = g_strdup (words[0]);
  return TRUE;
}

static gboolean
tick_cb (gpointer data)
{
  EhcpDemoMailbox *mailbox = data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;
  char code[7];

  ehcp_totp_make_code (mailbox->secret, now / EHCP_TOTP_STEP_S, code);
  shown = g_strdup_printf ("%.3s %s", code, code + 3);
  /* Translators: whose authenticator app it is, an e-mail address */
  name = g_strdup_printf (_("Authenticator app of %s"), mailbox->app_owner);
  gtk_label_set_label (mailbox->app_name, name);
  gtk_label_set_label (mailbox->app_code, shown);
  return G_SOURCE_CONTINUE;
}

static void
show_app (EhcpDemoMailbox *mailbox)
{
  if (!read_app (mailbox))
    return;
  gtk_widget_set_visible (mailbox->app, TRUE);
  mailbox->tick = g_timeout_add_seconds (1, tick_cb, mailbox);
  tick_cb (mailbox);
}

static void
ehcp_demo_mailbox_class_init (EhcpDemoMailboxClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_demo_mailbox_dispose;
  gtk_widget_class_set_template_from_resource (widget,
                                               "/io/github/ehcp_portal/DemoMailbox/ehcp-demo-mailbox.ui");
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, toasts);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, list);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, reading);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, subject);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, to);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, text);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, copy_code);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, app);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, app_name);
  gtk_widget_class_bind_template_child (widget, EhcpDemoMailbox, app_code);
  gtk_widget_class_bind_template_callback (widget, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget, copy_code_cb);
}

static void
ehcp_demo_mailbox_init (EhcpDemoMailbox *mailbox)
{
  gtk_widget_init_template (GTK_WIDGET (mailbox));
  mailbox->mails = g_list_store_new (EHCP_TYPE_DEMO_MAIL);
  gtk_list_box_bind_model (mailbox->list, G_LIST_MODEL (mailbox->mails), make_row_cb, NULL, NULL);
}

EhcpDemoMailbox *
ehcp_demo_mailbox_new (GtkApplication *application, const char *folder)
{
  EhcpDemoMailbox *mailbox =
      g_object_new (EHCP_TYPE_DEMO_MAILBOX, "application", application, NULL);

  mailbox->folder = g_canonicalize_filename (folder, NULL);
  open_folder (mailbox);
  show_app (mailbox);
  return mailbox;
}
