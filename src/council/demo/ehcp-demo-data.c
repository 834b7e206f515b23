/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads data/demo, which is in the program, so that the demo runs from anywhere. */
#include "ehcp-demo-data.h"

#include "ehcp-error.h"

#include <errno.h>
#include <gio/gio.h>

#include "ehcp-demo-resources.h"

#define RESOURCES "/io/github/ehcp_portal/council/demo/"
#define MAX_BYTES (1024 * 1024)

static const char *const case_files[] = { "demo/marlow.json", "demo/others.json" };

struct _EhcpDemoData
{
  JsonObject *people;
  JsonObject *letters;
  JsonObject *replies;
  JsonObject *cases[G_N_ELEMENTS (case_files)];
};

static JsonObject *
load (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (ehcp_demo_get_resource (), path, 0, error);

  if (bytes == NULL)
    return NULL;
  return ehcp_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), MAX_BYTES,
                                 error);
}

static gboolean
load_cases (EhcpDemoData *data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (case_files); i++)
    if ((data->cases[i] = load (case_files[i], error)) == NULL)
      return FALSE;
  return TRUE;
}

/** ehcp_demo_data_load: Returns: (transfer full) (nullable): all of it; read only, so for any thread. */
EhcpDemoData *
ehcp_demo_data_load (GError **error)
{
  g_autoptr (EhcpDemoData) data = g_new0 (EhcpDemoData, 1);

  if ((data->people = load ("demo/people.json", error)) == NULL ||
      (data->letters = load ("demo/letters.json", error)) == NULL ||
      (data->replies = load ("demo/replies.json", error)) == NULL || !load_cases (data, error))
    return NULL;
  return g_steal_pointer (&data);
}

/** ehcp_demo_data_free: Gives it back. */
void
ehcp_demo_data_free (EhcpDemoData *data)
{
  g_clear_pointer (&data->people, json_object_unref);
  g_clear_pointer (&data->letters, json_object_unref);
  g_clear_pointer (&data->replies, json_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (case_files); i++)
    g_clear_pointer (&data->cases[i], json_object_unref);
  g_free (data);
}

/** ehcp_demo_data_get_staff: Returns: (transfer none): staff; the first is the resident caseworker. */
JsonArray *
ehcp_demo_data_get_staff (EhcpDemoData *data)
{
  return ehcp_json_get_array (data->people, "staff");
}

/** ehcp_demo_data_get_families: Returns: (transfer none): adults of the families. */
JsonArray *
ehcp_demo_data_get_families (EhcpDemoData *data)
{
  return ehcp_json_get_array (data->people, "families");
}

static JsonObject *
find_where (EhcpDemoData *data, const char *member, const char *value)
{
  JsonArray *const lists[] = { ehcp_demo_data_get_staff (data), ehcp_demo_data_get_families (data) };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < json_array_get_length (lists[l]); i++)
      {
        JsonObject *person = json_array_get_object_element (lists[l], i);

        if (g_strcmp0 (ehcp_json_get_text (person, member), value) == 0)
          return person;
      }
  return NULL;
}

/** ehcp_demo_data_find_person: Returns: (transfer none) (nullable): who goes by that name in the data. */
JsonObject *
ehcp_demo_data_find_person (EhcpDemoData *data, const char *name)
{
  return find_where (data, "name", name);
}

/** ehcp_demo_data_find_email: Returns: (transfer none) (nullable): who has that address. */
JsonObject *
ehcp_demo_data_find_email (EhcpDemoData *data, const char *email)
{
  return find_where (data, "email", email);
}

/** ehcp_demo_data_find_letter: Returns: (transfer none) (nullable): the letter of that name. */
JsonObject *
ehcp_demo_data_find_letter (EhcpDemoData *data, const char *name)
{
  return ehcp_json_get_object (data->letters, name);
}

/** ehcp_demo_data_get_replies: Returns: (transfer none): what the resident caseworker answers. */
JsonObject *
ehcp_demo_data_get_replies (EhcpDemoData *data)
{
  return data->replies;
}

/** ehcp_demo_data_list_cases: Returns: (transfer container) (element-type JsonObject): all cases. */
GPtrArray *
ehcp_demo_data_list_cases (EhcpDemoData *data)
{
  GPtrArray *cases = g_ptr_array_new ();

  for (guint f = 0; f < G_N_ELEMENTS (case_files); f++)
    {
      JsonArray *list = ehcp_json_get_array (data->cases[f], "cases");

      for (guint i = 0; i < json_array_get_length (list); i++)
        g_ptr_array_add (cases, json_array_get_object_element (list, i));
    }
  return cases;
}

static gboolean
write_resource (const char *name, const char *to, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (ehcp_demo_get_resource (), path, 0, error);

  return bytes != NULL && g_file_set_contents (to, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                               error);
}

static gboolean
write_folder (const char *dir, const char *folder, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, folder, NULL);
  g_autofree char *to = g_build_filename (dir, folder, NULL);
  g_auto (GStrv) names = g_resource_enumerate_children (ehcp_demo_get_resource (), path, 0, error);

  if (names == NULL)
    return FALSE;
  if (g_mkdir_with_parents (to, 0700) != 0)
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "making %s: %s", to, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_build_filename (folder, names[i], NULL);
      g_autofree char *file = g_build_filename (dir, name, NULL);

      if (!write_resource (name, file, error))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_demo_data_write_files: Writes into @dir what a council's configuration names by its path: the form
 * definitions (forms/), the list of schools (schools/) and the texts of the stages (stage-text/). */
gboolean
ehcp_demo_data_write_files (const char *dir, GError **error)
{
  return write_folder (dir, "forms", error) && write_folder (dir, "schools", error) &&
         write_folder (dir, "stage-text", error);
}
