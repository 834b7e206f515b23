/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of a case: their names, who reads a record, and where they are written to. */
#include "ehcp-command-private.h"

/** ehcp_person_format_name: Returns: (transfer full): "Helen Marlow", of a person or an account. */
char *
ehcp_person_format_name (EhcpRecord *person)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (person, "forename"),
                          ehcp_record_get_text (person, "surname"));
}

/** ehcp_person_format_address: Returns: (transfer full): "Mrs Helen Marlow": how a mail begins. */
char *
ehcp_person_format_address (EhcpRecord *person)
{
  const char *title = ehcp_record_get_text (person, "title");
  g_autofree char *name = ehcp_person_format_name (person);

  if (title == NULL || *title == '\0')
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s %s", title, name);
}

static gboolean
is_reader (EhcpRecord *person, EhcpRecord *record)
{
  const char *audience = ehcp_record_get_text (record, "audience");
  const char *const *named = ehcp_record_get_list (record, "named");

  if (!g_str_equal (ehcp_record_get_text (person, "access"), "active"))
    return FALSE;
  if (g_str_equal (audience, "adults"))
    return !ehcp_record_get_bool (person, "professional");
  return g_str_equal (audience, "named") && named != NULL &&
         g_strv_contains (named, ehcp_record_get_id (person));
}

/**
 * ehcp_task_list_readers:
 * @task: a task on a case
 * @record: a record of it
 * @error: return location
 *
 * Returns: (transfer full) (element-type EhcpRecord): the people with active access who may see @record
 *   by its audience, without the council's staff; maybe empty. %NULL on error.
 */
GPtrArray *
ehcp_task_list_readers (EhcpTask *task, EhcpRecord *record, GError **error)
{
  g_autoptr (GPtrArray) people = ehcp_store_list (task->db, EHCP_KIND_PERSON,
                                                  ehcp_record_get_id (task->case_record), error);
  GPtrArray *readers;

  if (people == NULL)
    return NULL;
  readers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < people->len; i++)
    if (is_reader (people->pdata[i], record))
      g_ptr_array_add (readers, g_object_ref (people->pdata[i]));
  return readers;
}

/**
 * ehcp_task_find_email:
 * @task: a task
 * @person: a person of a case
 * @error: return location
 *
 * Returns: (transfer full): the address that the council invited; %NULL on error.
 */
char *
ehcp_task_find_email (EhcpTask *task, EhcpRecord *person, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) contact = ehcp_store_find_where (task->db, EHCP_KIND_CONTACT, "person",
                                                          ehcp_record_get_id (person), &failure);

  if (contact != NULL)
    return g_strdup (ehcp_record_get_text (contact, "email"));
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "a person without a contact");
  return NULL;
}

/** ehcp_task_make_link: Returns: (transfer full): the link of a mail that opens the program. */
char *
ehcp_task_make_link (EhcpTask *task)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);
  g_autofree char *council = g_uri_escape_string (config->url, NULL, FALSE);

  return g_strdup_printf ("ehcp-portal:open?council=%s", council);
}
