/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms, stage texts and message types as records of everyone. Their ids follow from their names, so that
 * each start finds what an earlier one put. */
#include "ehcp-catalogue-private.h"

#include <string.h>

#include "ehcp-json.h"
#include "ehcp-staff.h"
#include "ehcp-store.h"

#define MAX_FILE (1024 * 1024)

/* A UUID of version 8 (RFC 9562) over SHA-256 of the name. */
static char *
make_id (const char *kind, const char *name)
{
  g_autofree char *text = g_strdup_printf ("catalogue\n%s\n%s", kind, name);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hex[12] = '8';
  hex[16] = "89ab"[g_ascii_xdigit_value (hex[16]) & 3];
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/** ehcp_catalogue_make: Returns: (transfer full): a record of everyone whose id follows from @name. */
EhcpRecord *
ehcp_catalogue_make (EhcpKind kind, const char *name)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *id = make_id (ehcp_kind_get_shape (kind)->name, name);

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "audience", "everyone");
  return record;
}

/** ehcp_catalogue_put: Nothing is written when nothing changed: each number would be sent to every account. */
gboolean
ehcp_catalogue_put (EhcpCouncil *council, EhcpDb *db, EhcpKind kind, EhcpRecord *record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) old = ehcp_store_find (db, kind, ehcp_record_get_id (record), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old != NULL)
    ehcp_record_set_int (record, "seq", ehcp_record_get_int (old, "seq"));
  return (old != NULL && ehcp_record_equal (old, record)) ||
         ehcp_store_put (council, db, record, NULL, error);
}

/* What a family was asked stays as it was: a changed form needs a new version number. One that nobody was
 * asked yet may still be put right. */
static gboolean
check_unused (EhcpDb *db, EhcpRecord *record, const char *path, GError **error)
{
  const char *name = ehcp_record_get_text (record, "definition");
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) old = ehcp_store_find (db, EHCP_KIND_FORM_DEFINITION, ehcp_record_get_id (record),
                                                &failure);
  g_autoptr (EhcpRecord) form = NULL;

  if (old != NULL && strcmp (ehcp_record_get_text (old, "body"), ehcp_record_get_text (record, "body")) != 0)
    form = ehcp_store_find_where (db, EHCP_KIND_FORM, "definition", name, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (form == NULL)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL,
                  "%s: %s is in use with other words; a changed form needs a new version number", path, name);
  return FALSE;
}

static EhcpRecord *
read_form (const char *path, GError **error)
{
  g_autoptr (EhcpFormDefinition) definition = NULL;
  g_autofree char *body = NULL;
  EhcpRecord *record;
  gsize length = 0;

  if (!g_file_get_contents (path, &body, &length, error))
    return NULL;
  definition = ehcp_form_definition_parse (body, length, error);
  if (definition == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  record = ehcp_catalogue_make (EHCP_KIND_FORM_DEFINITION, definition->name);
  ehcp_record_set_text (record, "definition", definition->name);
  ehcp_record_set_text (record, "body", body);
  ehcp_record_set_text (record, "state", "current");
  return record;
}

/* Concluded once all are there: until then it stays, so that a start that changes nothing writes nothing. */
static gboolean
keep_state (EhcpDb *db, EhcpRecord *record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) old = ehcp_store_find (db, EHCP_KIND_FORM_DEFINITION, ehcp_record_get_id (record),
                                                &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old != NULL)
    ehcp_record_set_text (record, "state", ehcp_record_get_text (old, "state"));
  return TRUE;
}

/* @names: the forms of this start, by their names. */
static gboolean
put_form (EhcpCouncil *council, EhcpDb *db, const char *path, GHashTable *names, GError **error)
{
  g_autoptr (EhcpRecord) record = read_form (path, error);

  if (record == NULL)
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (ehcp_record_get_text (record, "definition"))))
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "%s: another file is %s too", path,
                      ehcp_record_get_text (record, "definition"));
      return FALSE;
    }
  if (!keep_state (db, record, error) || !check_unused (db, record, path, error))
    return FALSE;
  if (ehcp_catalogue_put (council, db, EHCP_KIND_FORM_DEFINITION, record, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* A version of which the folder has a later one is superseded: what was begun with it can be sent. One that the
 * folder lacks is withdrawn. */
static const char *
conclude_state (const char *name, GHashTable *names)
{
  GHashTableIter iter;
  gpointer other;

  if (!g_hash_table_contains (names, name))
    return "withdrawn";
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (ehcp_form_definition_is_same_form (name, other) &&
        ehcp_form_definition_get_version (other) > ehcp_form_definition_get_version (name))
      return "superseded";
  return "current";
}

static gboolean
put_states (EhcpCouncil *council, EhcpDb *db, GHashTable *names, GError **error)
{
  g_autoptr (GPtrArray) forms = ehcp_store_list_all (db, EHCP_KIND_FORM_DEFINITION, error);

  for (guint i = 0; forms != NULL && i < forms->len; i++)
    {
      EhcpRecord *form = g_ptr_array_index (forms, i);

      ehcp_record_set_text (form, "state", conclude_state (ehcp_record_get_text (form, "definition"), names));
      if (!ehcp_catalogue_put (council, db, EHCP_KIND_FORM_DEFINITION, form, error))
        return FALSE;
    }
  return forms != NULL;
}

static gboolean
put_forms (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  const char *folder = ehcp_council_get_config (council)->forms_dir;
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, error) : NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *name;

  if (folder == NULL)
    return TRUE;
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".json") && !put_form (council, db, path, names, error))
        return FALSE;
    }
  return put_states (council, db, names, error);
}

static gboolean
put_stage_text (EhcpCouncil *council, EhcpDb *db, JsonObject *text, const char *path, GError **error)
{
  const char *stage = ehcp_json_get_text (text, "stage");
  g_autoptr (EhcpRecord) record = NULL;

  if (stage == NULL || ehcp_json_get_text (text, "title") == NULL ||
      ehcp_json_get_text (text, "summary") == NULL || ehcp_json_get_text (text, "text") == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_MISSING, NULL, "%s: each stage needs stage, title, summary and text",
                      path);
      return FALSE;
    }
  record = ehcp_catalogue_make (EHCP_KIND_STAGE_TEXT, stage);
  ehcp_record_set_text (record, "stage", stage);
  ehcp_record_set_text (record, "title", ehcp_json_get_text (text, "title"));
  ehcp_record_set_text (record, "summary", ehcp_json_get_text (text, "summary"));
  ehcp_record_set_text (record, "text", ehcp_json_get_text (text, "text"));
  if (ehcp_catalogue_put (council, db, EHCP_KIND_STAGE_TEXT, record, error))
    return TRUE;
  g_prefix_error (error, "%s, %s: ", path, stage);
  return FALSE;
}

static gboolean
put_stage_texts (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  const char *path = ehcp_council_get_config (council)->stage_text_file;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *body = NULL;
  JsonArray *stages;
  gsize length = 0;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &body, &length, error))
    return FALSE;
  object = ehcp_json_parse_object (body, length, MAX_FILE, error);
  stages = object != NULL ? ehcp_json_get_array (object, "stages") : NULL;
  if (stages == NULL)
    {
      if (object != NULL)
        ehcp_set_error (error, EHCP_ERROR_MISSING, NULL, "it has no list `stages`");
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (stages); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (stages, i)) ||
        !put_stage_text (council, db, json_array_get_object_element (stages, i), path, error))
      {
        if (error != NULL && *error == NULL)
          ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "%s: a stage is not an object", path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
put_message_types (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  char **names = ehcp_council_get_config (council)->message_types;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (EhcpRecord) record = ehcp_catalogue_make (EHCP_KIND_MESSAGE_TYPE, names[i]);

      ehcp_record_set_text (record, "name", names[i]);
      ehcp_record_set_int (record, "position", i + 1);
      if (!ehcp_catalogue_put (council, db, EHCP_KIND_MESSAGE_TYPE, record, error))
        return FALSE;
    }
  return TRUE;
}

/* A type that the configuration does not name any more cannot be chosen for new messages. */
static gboolean
remove_old_types (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  const char *const *names = (const char *const *) ehcp_council_get_config (council)->message_types;
  g_autoptr (GPtrArray) types = ehcp_store_list_all (db, EHCP_KIND_MESSAGE_TYPE, error);

  for (guint i = 0; types != NULL && i < types->len; i++)
    {
      EhcpRecord *type = g_ptr_array_index (types, i);

      if ((names == NULL || !g_strv_contains (names, ehcp_record_get_text (type, "name"))) &&
          !ehcp_store_remove (council, db, EHCP_KIND_MESSAGE_TYPE, ehcp_record_get_id (type), error))
        return FALSE;
    }
  return types != NULL;
}

static gboolean
put_all (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return put_forms (council, db, error) && ehcp_catalogue_put_schools (council, db, error) &&
         put_stage_texts (council, db, error) &&
         put_message_types (council, db, error) && remove_old_types (council, db, error) &&
         ehcp_staff_tell_all (council, db, error);
}

/**
 * ehcp_catalogue_load:
 * @council: the council
 * @error: return location
 *
 * At the start, before anybody is served: puts what is new or changed in the files and the configuration, all
 * of it or nothing. Forms that the folder lacks stay, since they may be in use. Any thread but the writer.
 *
 * Returns: whether it is there; otherwise an error that names the file, %EHCP_ERROR_CONFLICT for a form of a
 *   name and version that is in use with other words, or that two files have.
 */
gboolean
ehcp_catalogue_load (EhcpCouncil *council, GError **error)
{
  return ehcp_council_write_sync (council, put_all, NULL, error);
}

/** ehcp_catalogue_find_form: See the header. Any thread. */
EhcpFormDefinition *
ehcp_catalogue_find_form (EhcpDb *db, const char *definition, GError **error)
{
  g_autoptr (EhcpRecord) record = ehcp_store_find_where (db, EHCP_KIND_FORM_DEFINITION, "definition",
                                                         definition, error);
  const char *body;

  if (record == NULL)
    return NULL;
  body = ehcp_record_get_text (record, "body");
  return ehcp_form_definition_parse (body, strlen (body), error);
}
