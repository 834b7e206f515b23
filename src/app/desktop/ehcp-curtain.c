/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The privacy lock. It hides what is on the screen from who walks by; the password is the account's, told
 * from others without the council, so that it works offline. */
#include "ehcp-curtain.h"

#include <glib/gi18n.h>

#include "ehcp-error-row.h"
#include "ehcp-row-names.h"
#include "ehcp-window-buttons.h"

struct _EhcpCurtain
{
  AdwBin parent;
  AdwHeaderBar *header;
  GtkLabel *words;
  GtkWidget *fields;
  GtkWidget *password;
  EhcpErrorRow *error;
  GtkWidget *uncover;
  EhcpLink *link;
  GCancellable *cancellable;
};

enum
{
  UNCOVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpCurtain, ehcp_curtain, ADW_TYPE_BIN)

static gboolean
asks_password (EhcpCurtain *cover)
{
  return cover->link != NULL && ehcp_link_has_lock (cover->link);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpCurtain) cover = data;
  g_autoptr (GError) error = NULL;
  gboolean is_right = ehcp_link_check_password_finish (EHCP_LINK (source), result, &error);

  if (error != NULL)
    return;
  gtk_widget_set_sensitive (cover->uncover, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (cover->password), "");
  if (is_right)
    g_signal_emit (cover, signals[UNCOVERED], 0);
  else
    {
      ehcp_error_row_set_message (cover->error, _("This is not the password of your account"));
      gtk_widget_grab_focus (cover->password);
    }
}

static void
uncover_cb (EhcpCurtain *cover)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (cover->password));

  if (!asks_password (cover))
    g_signal_emit (cover, signals[UNCOVERED], 0);
  else if (typed[0] == '\0')
    ehcp_error_row_set_message (cover->error, _("Enter your password"));
  else if (gtk_widget_get_sensitive (cover->uncover))
    {
      gtk_widget_set_sensitive (cover->uncover, FALSE);
      ehcp_error_row_set_message (cover->error, NULL);
      ehcp_link_check_password_async (cover->link, typed, cover->cancellable, checked_cb,
                                      g_object_ref (cover));
    }
}

static void
update (EhcpCurtain *cover)
{
  gboolean asks = asks_password (cover);

  gtk_widget_set_visible (cover->fields, asks);
  gtk_label_set_label (cover->words, asks ? _("Nobody who walks by can read it. Your password shows it again.")
                                          : _("Nobody who walks by can read it."));
}

void
ehcp_curtain_begin (EhcpCurtain *cover, EhcpLink *link)
{
  ehcp_curtain_end (cover);
  cover->link = g_object_ref (link);
  cover->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (link, "notify::status", G_CALLBACK (update), cover);
  gtk_widget_set_sensitive (cover->uncover, TRUE);
  update (cover);
  gtk_widget_grab_focus (asks_password (cover) ? cover->password : cover->uncover);
}

void
ehcp_curtain_end (EhcpCurtain *cover)
{
  if (cover->link == NULL)
    return;
  g_signal_handlers_disconnect_by_data (cover->link, cover);
  g_cancellable_cancel (cover->cancellable);
  g_clear_object (&cover->cancellable);
  g_clear_object (&cover->link);
  gtk_editable_set_text (GTK_EDITABLE (cover->password), "");
  ehcp_error_row_set_message (cover->error, NULL);
}

static void
ehcp_curtain_dispose (GObject *object)
{
  EhcpCurtain *cover = EHCP_CURTAIN (object);

  if (cover->link != NULL)
    g_signal_handlers_disconnect_by_data (cover->link, cover);
  g_clear_object (&cover->cancellable);
  g_clear_object (&cover->link);
  G_OBJECT_CLASS (ehcp_curtain_parent_class)->dispose (object);
}

static void
ehcp_curtain_class_init (EhcpCurtainClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_curtain_dispose;
  signals[UNCOVERED] = g_signal_new ("uncovered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-curtain.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, header);
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, words);
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, fields);
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, password);
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, error);
  gtk_widget_class_bind_template_child (widget_class, EhcpCurtain, uncover);
  gtk_widget_class_bind_template_callback (widget_class, uncover_cb);
}

static void
ehcp_curtain_init (EhcpCurtain *cover)
{
  gtk_widget_init_template (GTK_WIDGET (cover));
  ehcp_row_names_tidy (cover->fields);
  g_signal_connect (cover->header, "map", G_CALLBACK (ehcp_window_buttons_name), NULL);
}
