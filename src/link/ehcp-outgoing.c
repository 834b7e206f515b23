/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command on its way, and the one text that the cache seals of it. */
#include "ehcp-outgoing.h"

#include "ehcp-codec.h"
#include "ehcp-kinds.h"
#include "ehcp-text.h"

#define MAX_TEXT (1024 * 1024)

static void
free_file (gpointer data)
{
  EhcpOutgoingFile *file = data;

  g_clear_pointer (&file->file, g_free);
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->media_type, g_free);
  g_clear_pointer (&file->sha256, g_free);
  g_clear_pointer (&file->upload, g_free);
  g_free (file);
}

/** ehcp_outgoing_new: Returns: (transfer full): @command (which is copied) under @id, waiting. */
EhcpOutgoing *
ehcp_outgoing_new (const char *id, EhcpRecord *command)
{
  EhcpOutgoing *outgoing = g_new0 (EhcpOutgoing, 1);

  outgoing->id = g_strdup (id);
  outgoing->command = ehcp_record_copy (command);
  outgoing->files = g_ptr_array_new_with_free_func (free_file);
  outgoing->echo = g_ptr_array_new_with_free_func (g_object_unref);
  outgoing->delivery = EHCP_DELIVERY_WAITING;
  return outgoing;
}

/** ehcp_outgoing_copy: Returns: (transfer full): the same again, for another thread. */
EhcpOutgoing *
ehcp_outgoing_copy (const EhcpOutgoing *outgoing)
{
  EhcpOutgoing *copy = ehcp_outgoing_new (outgoing->id, outgoing->command);

  for (guint i = 0; i < outgoing->files->len; i++)
    {
      const EhcpOutgoingFile *from = g_ptr_array_index (outgoing->files, i);
      EhcpOutgoingFile *to = g_new0 (EhcpOutgoingFile, 1);

      to->file = g_strdup (from->file);
      to->name = g_strdup (from->name);
      to->media_type = g_strdup (from->media_type);
      to->size = from->size;
      to->sha256 = g_strdup (from->sha256);
      to->upload = g_strdup (from->upload);
      g_ptr_array_add (copy->files, to);
    }
  for (guint i = 0; i < outgoing->echo->len; i++)
    g_ptr_array_add (copy->echo, ehcp_record_copy (g_ptr_array_index (outgoing->echo, i)));
  copy->delivery = outgoing->delivery;
  copy->refusal = g_strdup (outgoing->refusal);
  copy->field = g_strdup (outgoing->field);
  copy->epoch = g_strdup (outgoing->epoch);
  copy->is_again = outgoing->is_again;
  copy->is_on_way = outgoing->is_on_way;
  copy->n_deferred = outgoing->n_deferred;
  copy->position = outgoing->position;
  copy->not_before = outgoing->not_before;
  return copy;
}

/** ehcp_outgoing_free: Gives it back. */
void
ehcp_outgoing_free (EhcpOutgoing *outgoing)
{
  g_clear_pointer (&outgoing->id, g_free);
  g_clear_object (&outgoing->command);
  g_clear_pointer (&outgoing->files, g_ptr_array_unref);
  g_clear_pointer (&outgoing->echo, g_ptr_array_unref);
  g_clear_pointer (&outgoing->refusal, g_free);
  g_clear_pointer (&outgoing->field, g_free);
  g_clear_pointer (&outgoing->epoch, g_free);
  g_free (outgoing);
}

/** ehcp_outgoing_add_file: Notes a file under a new name of its own; its content is the cache's to keep. */
void
ehcp_outgoing_add_file (EhcpOutgoing *outgoing, const char *name, const char *media_type,
                        GBytes *content)
{
  EhcpOutgoingFile *file = g_new0 (EhcpOutgoingFile, 1);

  file->file = ehcp_text_new_id ();
  file->name = g_strdup (name);
  file->media_type = g_strdup (media_type);
  file->size = g_bytes_get_size (content);
  file->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_ptr_array_add (outgoing->files, file);
}

/** ehcp_outgoing_get_command: Returns: which command it is. */
EhcpCommand
ehcp_outgoing_get_command (const EhcpOutgoing *outgoing)
{
  return ehcp_command_find (ehcp_record_get_kind (outgoing->command));
}

/** ehcp_outgoing_get_case: Returns: (transfer none): the case that it is about, "" for none. */
const char *
ehcp_outgoing_get_case (const EhcpOutgoing *outgoing)
{
  const EhcpShape *shape = ehcp_record_get_shape (outgoing->command);
  guint n = ehcp_shape_find (shape, "case");
  const char *case_id = n != EHCP_FIELD_NONE ? ehcp_record_nth_text (outgoing->command, n) : NULL;

  return case_id != NULL ? case_id : "";
}

/** ehcp_outgoing_is_silent: Returns: whether there is nothing to decide about when it is refused: that something
 * was opened is told to the council by the program, and a draft that cannot be shared stays as it was. */
gboolean
ehcp_outgoing_is_silent (const EhcpOutgoing *outgoing)
{
  EhcpCommand command = ehcp_outgoing_get_command (outgoing);

  return command == EHCP_COMMAND_MESSAGE_READ || command == EHCP_COMMAND_DOCUMENT_READ ||
         command == EHCP_COMMAND_FORM_SHARE;
}

static void
write_file (EhcpJson *json, const EhcpOutgoingFile *file)
{
  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "file", file->file);
  ehcp_json_text (json, "name", file->name);
  ehcp_json_text (json, "media_type", file->media_type);
  ehcp_json_int (json, "size", file->size);
  ehcp_json_text (json, "sha256", file->sha256);
  ehcp_json_text (json, "upload", file->upload);
  ehcp_json_end (json, '}');
}

static void
write_echo (EhcpJson *json, EhcpRecord *record)
{
  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "kind", ehcp_record_get_kind (record));
  ehcp_codec_write (record, json, "record");
  ehcp_json_end (json, '}');
}

/** ehcp_outgoing_format: Returns: (transfer full): command, files, echo and field at fault as one text. */
char *
ehcp_outgoing_format (const EhcpOutgoing *outgoing)
{
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "kind", ehcp_record_get_kind (outgoing->command));
  ehcp_codec_write (outgoing->command, &json, "command");
  ehcp_json_text (&json, "field", outgoing->field);
  ehcp_json_text (&json, "epoch", outgoing->epoch);
  ehcp_json_int (&json, "deferred", outgoing->n_deferred);
  ehcp_json_bool (&json, "on_way", outgoing->is_on_way);
  ehcp_json_begin (&json, "files", '[');
  for (guint i = 0; i < outgoing->files->len; i++)
    write_file (&json, g_ptr_array_index (outgoing->files, i));
  ehcp_json_end (&json, ']');
  ehcp_json_begin (&json, "echo", '[');
  for (guint i = 0; i < outgoing->echo->len; i++)
    write_echo (&json, g_ptr_array_index (outgoing->echo, i));
  ehcp_json_end (&json, ']');
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

static void
read_file (EhcpOutgoing *outgoing, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  EhcpOutgoingFile *file;

  if (object == NULL || ehcp_json_get_text (object, "file") == NULL)
    return;
  file = g_new0 (EhcpOutgoingFile, 1);
  file->file = g_strdup (ehcp_json_get_text (object, "file"));
  file->name = g_strdup (ehcp_json_get_text (object, "name"));
  file->media_type = g_strdup (ehcp_json_get_text (object, "media_type"));
  file->size = ehcp_json_get_int (object, "size");
  file->sha256 = g_strdup (ehcp_json_get_text (object, "sha256"));
  file->upload = g_strdup (ehcp_json_get_text (object, "upload"));
  g_ptr_array_add (outgoing->files, file);
}

static void
read_echo (EhcpOutgoing *outgoing, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  int kind = object != NULL ? ehcp_kind_find (ehcp_json_get_text (object, "kind")) : -1;
  JsonObject *body = kind >= 0 ? ehcp_json_get_object (object, "record") : NULL;
  EhcpRecord *record = NULL;

  if (body != NULL)
    record = ehcp_codec_decode_object (ehcp_kind_get_shape (kind), body, EHCP_DECODE_IGNORE_UNKNOWN,
                                       NULL);
  if (record != NULL)
    g_ptr_array_add (outgoing->echo, record);
}

/** ehcp_outgoing_parse: Returns: (transfer full) (nullable): what ehcp_outgoing_format() wrote; %NULL for
 * a command that this version does not know. */
EhcpOutgoing *
ehcp_outgoing_parse (const char *id, GBytes *text)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (data, length, MAX_TEXT, NULL);
  int kind = object != NULL ? ehcp_command_find (ehcp_json_get_text (object, "kind")) : -1;
  JsonObject *body = kind >= 0 ? ehcp_json_get_object (object, "command") : NULL;
  JsonArray *files = kind >= 0 ? ehcp_json_get_array (object, "files") : NULL;
  JsonArray *echo = kind >= 0 ? ehcp_json_get_array (object, "echo") : NULL;
  g_autoptr (EhcpRecord) command = NULL;
  EhcpOutgoing *outgoing;

  if (body == NULL)
    return NULL;
  command = ehcp_codec_decode_object (ehcp_command_get_shape (kind), body, EHCP_DECODE_IGNORE_UNKNOWN,
                                      NULL);
  if (command == NULL)
    return NULL;
  outgoing = ehcp_outgoing_new (id, command);
  outgoing->field = g_strdup (ehcp_json_get_text (object, "field"));
  outgoing->epoch = g_strdup (ehcp_json_get_text (object, "epoch"));
  outgoing->n_deferred = (int) ehcp_json_get_int (object, "deferred");
  outgoing->is_on_way = ehcp_json_get_bool (object, "on_way");
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    read_file (outgoing, json_array_get_element (files, i));
  for (guint i = 0; echo != NULL && i < json_array_get_length (echo); i++)
    read_echo (outgoing, json_array_get_element (echo, i));
  return outgoing;
}
