/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a box of messages: who, about what, how it begins, when, and how it stands. */
#include "ehcp-message-row.h"

#include <glib/gi18n.h>

struct _EhcpMessageRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *subject;
  GtkLabel *time;
  GtkLabel *excerpt;
  GtkLabel *sender;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;

  char *id;
  char *folded;
  guint position;
};

G_DEFINE_FINAL_TYPE (EhcpMessageRow, ehcp_message_row, GTK_TYPE_LIST_BOX_ROW)

static void
activate_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
ehcp_message_row_dispose (GObject *object)
{
  EhcpMessageRow *row = EHCP_MESSAGE_ROW (object);

  g_clear_pointer (&row->id, g_free);
  g_clear_pointer (&row->folded, g_free);
  G_OBJECT_CLASS (ehcp_message_row_parent_class)->dispose (object);
}

static void
ehcp_message_row_class_init (EhcpMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_message_row_dispose;
  gtk_widget_class_install_action (widget_class, "row.activate", NULL, activate_action_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, subject);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, excerpt);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, sender);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageRow, state);
}

static void
ehcp_message_row_init (EhcpMessageRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}

EhcpMessageRow *
ehcp_message_row_new (void)
{
  return g_object_new (EHCP_TYPE_MESSAGE_ROW, NULL);
}

static void
show_state (EhcpMessageRow *row, EhcpMessageState state)
{
  const char *tag[] = { "tag", "good", NULL };
  const char *words[] = { ehcp_message_state_style (state), NULL };
  gboolean is_new = state == EHCP_MESSAGE_NEW;

  gtk_image_set_from_icon_name (row->state_icon, ehcp_message_state_icon (state));
  gtk_widget_set_visible (GTK_WIDGET (row->state_icon), !is_new);
  gtk_label_set_label (row->state, ehcp_message_state_words (state));
  gtk_widget_set_css_classes (row->state_box, is_new ? tag : words);
  if (state == EHCP_MESSAGE_NEW || state == EHCP_MESSAGE_NOT_SENT)
    gtk_widget_add_css_class (GTK_WIDGET (row), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "unread");
}

/* "Photo of the diary, Not sent, Helen Marlow, 11:52" */
static void
set_spoken (EhcpMessageRow *row, EhcpMessageState state, const char *sender)
{
  GString *spoken = g_string_new (gtk_label_get_label (row->subject));

  g_string_append_printf (spoken, ", %s", ehcp_message_state_words (state));
  if (sender != NULL && *sender != '\0')
    g_string_append_printf (spoken, ", %s", sender);
  g_string_append_printf (spoken, ", %s", gtk_label_get_label (row->time));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (row->excerpt), -1);
  g_string_free (spoken, TRUE);
}

void
ehcp_message_row_show (EhcpMessageRow *row, const EhcpThread *thread, guint position, gint64 now_s)
{
  EhcpRecord *message = thread->message;
  const char *subject = ehcp_record_get_text (message, "subject");
  gboolean is_draft = thread->state == EHCP_MESSAGE_DRAFT;
  const char *sender = is_draft ? NULL : ehcp_record_get_text (message, "sender_name");
  gint64 written = ehcp_message_time (message);
  g_autofree char *excerpt = ehcp_message_excerpt (ehcp_record_get_text (message, "text"));
  g_autofree char *time = written >= 0 ? ehcp_message_when_short (written, now_s) : g_strdup ("");

  g_free (row->id);
  row->id = g_strdup (thread->id);
  g_free (row->folded);
  row->folded = g_strdup (thread->folded);
  row->position = position;
  gtk_label_set_label (row->subject, subject != NULL && *subject != '\0' ? subject : _("No subject yet"));
  gtk_label_set_label (row->time, time);
  gtk_label_set_label (row->excerpt, *excerpt != '\0' ? excerpt : _("Nothing written yet"));
  gtk_label_set_label (row->sender, sender != NULL ? sender : "");
  show_state (row, thread->state);
  set_spoken (row, thread->state, sender);
}

void
ehcp_message_row_show_about (EhcpMessageRow *row, const char *child, const char *turn)
{
  g_autofree char *subject = g_strdup (gtk_label_get_label (row->subject));
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s, %s", child, subject,
                                             gtk_label_get_label (row->state), turn,
                                             gtk_label_get_label (row->time));

  gtk_label_set_label (row->subject, child);
  gtk_label_set_label (row->excerpt, subject);
  gtk_label_set_label (row->sender, turn);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

const char *
ehcp_message_row_get_id (EhcpMessageRow *row)
{
  return row->id;
}

const char *
ehcp_message_row_get_folded (EhcpMessageRow *row)
{
  return row->folded;
}

guint
ehcp_message_row_get_position (EhcpMessageRow *row)
{
  return row->position;
}
