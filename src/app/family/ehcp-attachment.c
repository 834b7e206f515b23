/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is to go with a message or a form: read when it is chosen, so that what is sent is what was chosen, and
 * refused here for what the council would refuse later. */
#include "ehcp-attachment.h"

#include <glib/gi18n.h>

#include "ehcp-document-words.h"
#include "ehcp-error-words.h"
#include "ehcp-render-document.h"
#include "ehcp-size-words.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE

struct _EhcpAttachment
{
  GObject parent_instance;

  GFile *file;
  char *name;
  gint64 max_bytes;
  GBytes *content;
  EhcpAttachmentState state;
  char *words;
  GCancellable *cancellable;
};

enum
{
  PROP_STATE = 1,
  PROP_WORDS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpAttachment, ehcp_attachment, G_TYPE_OBJECT)

static void
take_words (EhcpAttachment *self, EhcpAttachmentState state, char *words)
{
  g_free (self->words);
  self->words = words;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WORDS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
refuse (EhcpAttachment *self, const char *words)
{
  take_words (self, EHCP_ATTACHMENT_REFUSED, g_strdup (words));
}

static void
refuse_error (EhcpAttachment *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_words (self, EHCP_ATTACHMENT_REFUSED, ehcp_error_words (error));
}

static void
refuse_size (EhcpAttachment *self, gint64 size)
{
  g_autofree char *is = ehcp_size_words (size);
  g_autofree char *most = ehcp_size_words (self->max_bytes);

  take_words (self, EHCP_ATTACHMENT_REFUSED,
              g_strdup_printf (_("Too large: it has %s, the most is %s"), is, most));
}

static void
accept_content (EhcpAttachment *self)
{
  take_words (self, EHCP_ATTACHMENT_READY, ehcp_size_words ((gint64) g_bytes_get_size (self->content)));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAttachment) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = ehcp_render_document_open_finish (result, &error);

  if (g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_ENCRYPTED))
    refuse (self, _("It has a password. Save it without one, then add it again"));
  else if (g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED))
    refuse (self, _("It is damaged, or no PDF"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    accept_content (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAttachment) self = data;
  g_autoptr (GError) error = NULL;
  GBytes *content = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (content == NULL)
    {
      refuse_error (self, error);
      return;
    }
  self->content = content;
  if ((gint64) g_bytes_get_size (content) > self->max_bytes)
    refuse_size (self, (gint64) g_bytes_get_size (content));
  else if (g_bytes_get_size (content) == 0)
    refuse (self, _("It is empty"));
  else if (ehcp_document_format (ehcp_document_media_type_of_name (self->name)) == EHCP_FORMAT_PDF)
    ehcp_render_document_open_async (content, self->cancellable, opened_cb, g_object_ref (self));
  else
    accept_content (self);
}

/* The size is looked at before anything is read: a film would fill the memory. */
static void
queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAttachment) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    refuse_error (self, error);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    refuse (self, _("It is a folder. Add the files in it"));
  else if (g_file_info_get_size (info) > self->max_bytes)
    refuse_size (self, g_file_info_get_size (info));
  else
    g_file_load_bytes_async (G_FILE (source), self->cancellable, read_cb, g_object_ref (self));
}

static void
ehcp_attachment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpAttachment *self = EHCP_ATTACHMENT (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_attachment_finalize (GObject *object)
{
  EhcpAttachment *self = EHCP_ATTACHMENT (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (ehcp_attachment_parent_class)->finalize (object);
}

static void
ehcp_attachment_class_init (EhcpAttachmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ehcp_attachment_get_property;
  object_class->finalize = ehcp_attachment_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, EHCP_ATTACHMENT_REFUSED, 0, flags);
  props[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_attachment_init (EhcpAttachment *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Starts to read it. */
EhcpAttachment *
ehcp_attachment_new (GFile *file, gint64 max_bytes)
{
  EhcpAttachment *self = g_object_new (EHCP_TYPE_ATTACHMENT, NULL);
  g_autofree char *name = g_file_get_basename (file);

  self->file = g_object_ref (file);
  self->name = g_filename_display_name (name != NULL ? name : "");
  self->max_bytes = max_bytes;
  self->words = g_strdup (_("Reading…"));
  if (ehcp_document_media_type_of_name (self->name) == NULL)
    refuse (self, _("The council does not take this kind of file"));
  else
    g_file_query_info_async (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             self->cancellable, queried_cb, g_object_ref (self));
  return self;
}

const char *
ehcp_attachment_get_name (EhcpAttachment *self)
{
  return self->name;
}

const char *
ehcp_attachment_get_words (EhcpAttachment *self)
{
  return self->words;
}

/* (transfer full): what a draft can remember of it, or NULL. */
char *
ehcp_attachment_get_path (EhcpAttachment *self)
{
  g_autofree char *path = g_file_get_path (self->file);

  if (path == NULL || !g_utf8_validate (path, -1, NULL) ||
      g_utf8_strlen (path, -1) > EHCP_ATTACHMENT_MAX_PATH)
    return NULL;
  return g_steal_pointer (&path);
}

/* (transfer full): where it is, as an answer to a form remembers it. */
char *
ehcp_attachment_get_uri (EhcpAttachment *self)
{
  return g_file_get_uri (self->file);
}

EhcpAttachmentState
ehcp_attachment_get_state (EhcpAttachment *self)
{
  return self->state;
}

/* (transfer full): only of one that is ready. */
EhcpFile *
ehcp_attachment_make_file (EhcpAttachment *self)
{
  g_return_val_if_fail (self->state == EHCP_ATTACHMENT_READY, NULL);
  return ehcp_file_new (self->name, ehcp_document_media_type_of_name (self->name), self->content);
}
