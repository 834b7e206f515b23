/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that are to go with a message or a form, one row each. The limits are said before anything is chosen. */
#include "ehcp-attachment-list.h"

#include <glib/gi18n.h>

#include "ehcp-ask.h"
#include "ehcp-document-words.h"
#include "ehcp-size-words.h"

struct _EhcpAttachmentList
{
  AdwBin parent_instance;

  GtkWidget *heading;
  GtkWidget *add;
  GtkListBox *rows;
  GtkLabel *limits;

  GListStore *files;
  gint64 max_bytes;
  guint most;
  gboolean is_of_form;
  GCancellable *cancellable;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpAttachmentList, ehcp_attachment_list, ADW_TYPE_BIN)

static void
changed (EhcpAttachmentList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->files));

  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_set_sensitive (self->add, n < self->most);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Rows */

static void
remove_clicked_cb (GtkWidget *button, EhcpAttachmentList *self)
{
  EhcpAttachment *file = g_object_get_data (G_OBJECT (button), "attachment");
  guint position;

  if (g_list_store_find (self->files, file, &position))
    g_list_store_remove (self->files, position);
  changed (self);
  gtk_widget_grab_focus (self->add);
}

GtkWidget *
ehcp_attachment_make_remove_button (const char *file_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: the name of a file */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), file_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
make_remove_button (EhcpAttachmentList *self, EhcpAttachment *file)
{
  GtkWidget *button = ehcp_attachment_make_remove_button (ehcp_attachment_get_name (file));

  g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (file), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  return button;
}

static void
show_state (EhcpAttachment *file, GParamSpec *pspec, GtkWidget *words)
{
  if (ehcp_attachment_get_state (file) == EHCP_ATTACHMENT_REFUSED)
    {
      gtk_widget_remove_css_class (words, "dim");
      gtk_widget_add_css_class (words, "late");
    }
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  EhcpAttachment *file = item;
  const char *type = ehcp_document_media_type_of_name (ehcp_attachment_get_name (file));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (ehcp_attachment_get_name (file));
  GtkWidget *words = gtk_label_new (NULL);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_css_classes (words, (const char *[]){ "caption", "dim", NULL });
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", ehcp_document_icon (type),
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), make_remove_button (data, file));
  gtk_widget_add_css_class (box, "attachment-row");
  g_object_bind_property (file, "words", words, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (file, "notify::state", G_CALLBACK (show_state), words, 0);
  show_state (file, NULL, words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ehcp_attachment_get_name (file), -1);
  return row;
}

/* Choosing and dropping */

void
ehcp_attachment_list_add (EhcpAttachmentList *self, GFile *file)
{
  g_autoptr (EhcpAttachment) attachment = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->files)) >= self->most)
    return;
  attachment = ehcp_attachment_new (file, self->max_bytes);
  g_signal_connect_object (attachment, "notify::state", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->files, attachment);
  changed (self);
}

static void
add_all (EhcpAttachmentList *self, GListModel *files)
{
  guint n = g_list_model_get_n_items (files);
  guint n_free = self->most - g_list_model_get_n_items (G_LIST_MODEL (self->files));
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      ehcp_attachment_list_add (self, file);
    }
  if (n <= n_free)
    return;
  words = self->is_of_form
              ? g_strdup_printf (ngettext ("This question takes %u file.", "This question takes %u files.", self->most),
                                 self->most)
              : g_strdup_printf (_("A message can have %d files. Send the others with another message."),
                                 EHCP_ATTACHMENT_MAX_FILES);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAttachmentList) self = data;
  g_autoptr (GListModel) files = ehcp_ask_files_finish (result, NULL);

  if (files != NULL && self->files != NULL)
    add_all (self, files);
}

static void
add_clicked_cb (EhcpAttachmentList *self)
{
  ehcp_ask_files_async (GTK_WIDGET (self), _("Add files"), TRUE, self->cancellable, chosen_cb,
                        g_object_ref (self));
}

static gboolean
drop_cb (EhcpAttachmentList *self, const GValue *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GSList *list = g_value_get_boxed (value);

  for (GSList *l = list; l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  add_all (self, G_LIST_MODEL (files));
  return TRUE;
}

void
ehcp_attachment_list_set_max_bytes (EhcpAttachmentList *self, gint64 max_bytes)
{
  g_autofree char *size = NULL;
  g_autofree char *words = NULL;

  self->max_bytes = max_bytes > 0 ? max_bytes : EHCP_ATTACHMENT_MAX_BYTES;
  size = ehcp_size_words (self->max_bytes);
  words = g_strdup_printf (_("Up to %d files of %s each: PDF, Word, JPEG, PNG or plain text. You can also "
                             "drop files here."), (int) self->most, size);
  gtk_label_set_label (self->limits, words);
}

void
ehcp_attachment_list_set_question (EhcpAttachmentList *self, const char *name, guint most)
{
  self->is_of_form = TRUE;
  self->most = most;
  gtk_widget_set_visible (self->heading, FALSE);
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  gtk_widget_remove_css_class (self->add, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  changed (self);
  ehcp_attachment_list_set_max_bytes (self, self->max_bytes);
}

/* What takes the focus. */
GtkWidget *
ehcp_attachment_list_get_button (EhcpAttachmentList *self)
{
  return self->add;
}

guint
ehcp_attachment_list_get_n_files (EhcpAttachmentList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->files));
}

static EhcpAttachment *
find_state (EhcpAttachmentList *self, EhcpAttachmentState state)
{
  for (guint i = 0; i < ehcp_attachment_list_get_n_files (self); i++)
    {
      g_autoptr (EhcpAttachment) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      if (ehcp_attachment_get_state (file) == state)
        return file; /* the list holds it */
    }
  return NULL;
}

gboolean
ehcp_attachment_list_is_reading (EhcpAttachmentList *self)
{
  return find_state (self, EHCP_ATTACHMENT_READING) != NULL;
}

/* (transfer full): what stands in the way of sending, or NULL. */
char *
ehcp_attachment_list_get_problem (EhcpAttachmentList *self)
{
  EhcpAttachment *file = find_state (self, EHCP_ATTACHMENT_REFUSED);

  if (file == NULL)
    return NULL;
  /* Translators: the name of a file, and why it cannot be sent */
  return g_strdup_printf (_("“%s” cannot be sent. %s. Remove it, then send again."),
                          ehcp_attachment_get_name (file), ehcp_attachment_get_words (file));
}

/* (transfer full): for a draft; a file that cannot be remembered is left out. */
GStrv
ehcp_attachment_list_get_paths (EhcpAttachmentList *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < ehcp_attachment_list_get_n_files (self); i++)
    {
      g_autoptr (EhcpAttachment) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      g_autofree char *path = ehcp_attachment_get_path (file);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

/* (transfer full): for an answer to a form. */
GStrv
ehcp_attachment_list_get_uris (EhcpAttachmentList *self)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();

  for (guint i = 0; i < ehcp_attachment_list_get_n_files (self); i++)
    {
      g_autoptr (EhcpAttachment) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      g_autofree char *uri = ehcp_attachment_get_uri (file);

      g_strv_builder_add (uris, uri);
    }
  return g_strv_builder_end (uris);
}

/* (transfer full) (element-type EhcpFile): of those that are ready. */
GPtrArray *
ehcp_attachment_list_make_files (EhcpAttachmentList *self)
{
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);

  for (guint i = 0; i < ehcp_attachment_list_get_n_files (self); i++)
    {
      g_autoptr (EhcpAttachment) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      if (ehcp_attachment_get_state (file) == EHCP_ATTACHMENT_READY)
        g_ptr_array_add (made, ehcp_attachment_make_file (file));
    }
  return made;
}

static void
ehcp_attachment_list_dispose (GObject *object)
{
  EhcpAttachmentList *self = EHCP_ATTACHMENT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->files);
  G_OBJECT_CLASS (ehcp_attachment_list_parent_class)->dispose (object);
}

static void
ehcp_attachment_list_class_init (EhcpAttachmentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_attachment_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", EHCP_TYPE_ATTACHMENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-attachment-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpAttachmentList, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpAttachmentList, add);
  gtk_widget_class_bind_template_child (widget_class, EhcpAttachmentList, rows);
  gtk_widget_class_bind_template_child (widget_class, EhcpAttachmentList, limits);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
ehcp_attachment_list_init (EhcpAttachmentList *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->files = g_list_store_new (EHCP_TYPE_ATTACHMENT);
  self->most = EHCP_ATTACHMENT_MAX_FILES;
  self->cancellable = g_cancellable_new ();
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->files), make_row, self, NULL);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  ehcp_attachment_list_set_max_bytes (self, 0);
}
