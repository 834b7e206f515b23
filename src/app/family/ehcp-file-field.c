/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lists: files that the council has already, from when the form was sent before, and those of this computer,
 * which go when the form is sent. */
#include "ehcp-file-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-attachment-list.h"
#include "ehcp-text-row.h"

struct _EhcpFileField
{
  AdwBin parent_instance;

  const EhcpQuestion *question;
  GPtrArray *sent;        /* of char: lines of the answer */
  GtkWidget *sent_list;
  EhcpAttachmentList *files;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpFileField, ehcp_file_field, ADW_TYPE_BIN)

static void
changed_cb (EhcpFileField *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void show_sent (EhcpFileField *self);

static void
remove_clicked_cb (EhcpFileField *self, GtkWidget *button)
{
  const char *line = g_object_get_data (G_OBJECT (button), "line");
  guint n;

  if (g_ptr_array_find_with_equal_func (self->sent, line, g_str_equal, &n))
    g_ptr_array_remove_index (self->sent, n);
  show_sent (self);
  gtk_widget_grab_focus (ehcp_attachment_list_get_button (self->files));
  changed_cb (self);
}

static GtkWidget *
make_remove_button (EhcpFileField *self, const char *line, const char *name)
{
  GtkWidget *button = ehcp_attachment_make_remove_button (name);

  g_object_set_data_full (G_OBJECT (button), "line", g_strdup (line), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  return button;
}

static void
show_sent (EhcpFileField *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->sent_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->sent_list), row);
  for (guint i = 0; i < self->sent->len; i++)
    {
      g_autofree char *name = ehcp_form_file_get_name (self->sent->pdata[i]);

      row = ehcp_text_row_new (name, _("The council has it"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self, self->sent->pdata[i], name));
      gtk_list_box_append (GTK_LIST_BOX (self->sent_list), row);
    }
  gtk_widget_set_visible (self->sent_list, self->sent->len > 0);
  ehcp_attachment_list_set_question (self->files, self->question->label,
                                     (guint) self->question->max - MIN (self->sent->len, (guint) self->question->max));
}

static void
take_value (EhcpFileField *self, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!ehcp_form_file_is_here (lines[i]) && *lines[i] != '\0')
      g_ptr_array_add (self->sent, g_strdup (lines[i]));
  show_sent (self);
  for (guint i = 0; lines[i] != NULL; i++)
    if (ehcp_form_file_is_here (lines[i]))
      {
        g_autoptr (GFile) file = g_file_new_for_uri (lines[i]);

        ehcp_attachment_list_add (self->files, file);
      }
}

static void
ehcp_file_field_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_FILE_FIELD (object)->sent, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_file_field_parent_class)->finalize (object);
}

static void
ehcp_file_field_class_init (EhcpFileFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_file_field_finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_FILE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ehcp_file_field_init (EhcpFileField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->sent_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->sent_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->sent_list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sent_list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files that the council has"), -1);
  self->files = g_object_new (EHCP_TYPE_ATTACHMENT_LIST, NULL);
  gtk_box_append (GTK_BOX (box), self->sent_list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->files));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
ehcp_file_field_new (const EhcpQuestion *question, const char *value)
{
  EhcpFileField *self = g_object_new (EHCP_TYPE_FILE_FIELD, NULL);

  self->question = question;
  take_value (self, value);
  g_signal_connect_swapped (self->files, "changed", G_CALLBACK (changed_cb), self);
  return GTK_WIDGET (self);
}

void
ehcp_file_field_set_max_bytes (EhcpFileField *self, gint64 max_bytes)
{
  ehcp_attachment_list_set_max_bytes (self->files, max_bytes);
}

char *
ehcp_file_field_get_value (EhcpFileField *self)
{
  g_auto (GStrv) uris = ehcp_attachment_list_get_uris (self->files);
  char *value = g_strdup ("");

  for (guint i = 0; i < self->sent->len + g_strv_length (uris); i++)
    {
      g_autofree char *before = value;

      value = ehcp_form_files_add_line (before, i < self->sent->len ? self->sent->pdata[i] : uris[i - self->sent->len]);
    }
  return value;
}

GtkWidget *
ehcp_file_field_get_control (EhcpFileField *self)
{
  return ehcp_attachment_list_get_button (self->files);
}

char *
ehcp_file_field_get_problem (EhcpFileField *self)
{
  return ehcp_attachment_list_get_problem (self->files);
}
