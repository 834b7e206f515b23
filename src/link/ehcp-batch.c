/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an answer of the feed. It trusts the council for what a record says, and for nothing that could
 * break the program: sizes, nesting and ids are looked at. */
#include "ehcp-batch.h"

#include "ehcp-codec.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#define MAX_BATCH_BYTES (64 * 1024 * 1024)

/** ehcp_entry_free: Gives it back. */
void
ehcp_entry_free (EhcpEntry *entry)
{
  g_clear_pointer (&entry->kind, g_free);
  g_clear_pointer (&entry->id, g_free);
  g_clear_pointer (&entry->case_id, g_free);
  g_clear_pointer (&entry->json, g_free);
  g_clear_object (&entry->record);
  g_free (entry);
}

static void
free_gone (gpointer data)
{
  EhcpGone *gone = data;

  g_clear_pointer (&gone->kind, g_free);
  g_clear_pointer (&gone->id, g_free);
  g_free (gone);
}

/** ehcp_batch_new: Returns: (transfer full): an empty one. */
EhcpBatch *
ehcp_batch_new (void)
{
  EhcpBatch *batch = g_new0 (EhcpBatch, 1);

  batch->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_entry_free);
  batch->gone = g_ptr_array_new_with_free_func (free_gone);
  return batch;
}

/** ehcp_batch_free: Gives it back. */
void
ehcp_batch_free (EhcpBatch *batch)
{
  g_clear_pointer (&batch->entries, g_ptr_array_unref);
  g_clear_pointer (&batch->gone, g_ptr_array_unref);
  g_clear_pointer (&batch->revoked, g_strfreev);
  g_clear_pointer (&batch->epoch, g_free);
  g_clear_pointer (&batch->state, g_free);
  g_free (batch);
}

/** ehcp_batch_add_record: Adds a record that was made here; it is encoded. */
void
ehcp_batch_add_record (EhcpBatch *batch, EhcpRecord *record)
{
  EhcpEntry *entry = g_new0 (EhcpEntry, 1);
  const char *case_id = ehcp_record_get_case (record);

  entry->kind = g_strdup (ehcp_record_get_kind (record));
  entry->id = g_strdup (ehcp_record_get_id (record));
  entry->case_id = g_strdup (case_id != NULL ? case_id : "");
  entry->seq = ehcp_record_get_int (record, "seq");
  entry->json = ehcp_codec_encode (record);
  entry->record = g_object_ref (record);
  g_ptr_array_add (batch->entries, entry);
}

/** ehcp_batch_add_gone: Adds a record that is no longer there. */
void
ehcp_batch_add_gone (EhcpBatch *batch, const char *kind, const char *id)
{
  EhcpGone *gone = g_new0 (EhcpGone, 1);

  gone->kind = g_strdup (kind);
  gone->id = g_strdup (id);
  g_ptr_array_add (batch->gone, gone);
}

/** ehcp_batch_is_empty: Returns: whether it changes nothing. */
gboolean
ehcp_batch_is_empty (EhcpBatch *batch)
{
  return batch->entries->len == 0 && batch->gone->len == 0 &&
         (batch->revoked == NULL || batch->revoked[0] == NULL);
}

static char *
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* A case belongs to itself. */
static const char *
find_case (const char *kind, const char *id, JsonObject *object)
{
  const char *case_id = ehcp_json_get_text (object, "case");

  if (ehcp_kind_find (kind) == EHCP_KIND_CASE)
    return id;
  return case_id != NULL ? case_id : "";
}

static void
read_entry (EhcpBatch *batch, const char *kind, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? ehcp_json_get_text (object, "id") : NULL;
  int known = ehcp_kind_find (kind);
  EhcpEntry *entry;

  if (id == NULL || !ehcp_text_is_id (id))
    return;
  entry = g_new0 (EhcpEntry, 1);
  entry->kind = g_strdup (kind);
  entry->id = g_strdup (id);
  entry->case_id = g_strdup (find_case (kind, id, object));
  entry->seq = ehcp_json_get_int (object, "seq");
  entry->json = print_object (object);
  if (known >= 0 && known < EHCP_N_WIRE_KINDS)
    entry->record = ehcp_codec_decode_object (ehcp_kind_get_shape (known), object,
                                              EHCP_DECODE_IGNORE_UNKNOWN, NULL);
  g_ptr_array_add (batch->entries, entry);
}

static void
read_records (EhcpBatch *batch, JsonObject *records)
{
  JsonObjectIter iter;
  const char *kind;
  JsonNode *node;

  json_object_iter_init (&iter, records);
  while (json_object_iter_next (&iter, &kind, &node))
    {
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        read_entry (batch, kind, json_array_get_element (array, i));
    }
}

static void
read_gone (EhcpBatch *batch, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *kind = object != NULL ? ehcp_json_get_text (object, "kind") : NULL;
      const char *id = object != NULL ? ehcp_json_get_text (object, "id") : NULL;

      if (kind != NULL && id != NULL)
        ehcp_batch_add_gone (batch, kind, id);
    }
}

static GStrv
read_ids (JsonArray *array)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/**
 * ehcp_batch_parse:
 * @body: the answer to GET /v1/changes
 * @error: return location
 *
 * Returns: (transfer full): the batch, or %NULL with %EHCP_ERROR_FAILED when this is not an answer of the
 *   feed, such as the page of a hotel's network. Any thread.
 */
EhcpBatch *
ehcp_batch_parse (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BATCH_BYTES, NULL);
  JsonObject *records = object != NULL ? ehcp_json_get_object (object, "records") : NULL;
  g_autoptr (EhcpBatch) batch = NULL;

  if (records == NULL || ehcp_json_get_text (object, "state") == NULL ||
      ehcp_json_get_text (object, "epoch") == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "this is not an answer of the feed");
      return NULL;
    }
  batch = ehcp_batch_new ();
  batch->epoch = g_strdup (ehcp_json_get_text (object, "epoch"));
  batch->state = g_strdup (ehcp_json_get_text (object, "state"));
  batch->has_more = ehcp_json_get_bool (object, "has_more");
  read_records (batch, records);
  read_gone (batch, ehcp_json_get_array (object, "gone"));
  batch->revoked = read_ids (ehcp_json_get_array (object, "revoked"));
  return g_steal_pointer (&batch);
}
