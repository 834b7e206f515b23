/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a family does with forms besides filling them in: starting one that nobody asked for, and letting the
 * other adults of the child see and change a draft. */
#include "ehcp-command-private.h"

static gboolean
is_other_adult (EhcpTask *task, EhcpRecord *person)
{
  return g_str_equal (ehcp_record_get_text (person, "access"), "active") &&
         !ehcp_record_get_bool (person, "professional") &&
         g_strcmp0 (ehcp_record_get_id (person), task->access.person) != 0;
}

/* The owner, and with @is_shared every other adult who follows the case now. */
static GStrv
list_readers (EhcpTask *task, gboolean is_shared, GError **error)
{
  g_autoptr (GPtrArray) people = ehcp_store_list (task->db, EHCP_KIND_PERSON,
                                                  ehcp_record_get_id (task->case_record), error);
  g_autoptr (GStrvBuilder) named = g_strv_builder_new ();

  if (people == NULL)
    return NULL;
  g_strv_builder_add (named, task->access.person);
  for (guint i = 0; is_shared && i < people->len; i++)
    if (is_other_adult (task, people->pdata[i]))
      g_strv_builder_add (named, ehcp_record_get_id (people->pdata[i]));
  return g_strv_builder_end (named);
}

static gboolean
name_answers (EhcpTask *task, EhcpRecord *form, char **named, GError **error)
{
  g_autoptr (GPtrArray) answers = ehcp_store_list_where (task->db, EHCP_KIND_ANSWER, "form",
                                                         ehcp_record_get_id (form), error);

  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      ehcp_record_set_list (answers->pdata[i], "named", (const char *const *) named);
      if (!ehcp_task_put (task, answers->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_command_form_share: Shares the sender's own form with the other adults of the child, or ends that. */
gboolean
ehcp_command_form_share (EhcpTask *task, GError **error)
{
  EhcpRecord *form = task->subject;
  gboolean is_shared = ehcp_record_get_bool (task->command, "share");
  g_auto (GStrv) named = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (ehcp_record_get_text (form, "person"), task->access.person) != 0)
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, "/form");
  if (!ehcp_form_may_be_filled_in (form))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/form");
  named = list_readers (task, is_shared, error);
  if (named == NULL)
    return FALSE;
  if (is_shared && named[1] == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/share");
  name = ehcp_task_sender_name (task);
  ehcp_record_set_text (form, "shared_by", is_shared ? name : NULL);
  ehcp_record_set_list (form, "named", (const char *const *) named);
  ehcp_task_audit (task, NULL, is_shared ? "shared" : "not shared any more");
  return ehcp_task_put (task, form, error) && name_answers (task, form, named, error);
}

static gboolean
has_open_form (EhcpTask *task, const char *definition, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) forms = ehcp_store_list_where (task->db, EHCP_KIND_FORM, "person", task->access.person,
                                                       error);

  *has = FALSE;
  for (guint i = 0; forms != NULL && i < forms->len; i++)
    *has |= ehcp_form_may_be_filled_in (forms->pdata[i]) &&
            ehcp_form_definition_is_same_form (ehcp_record_get_text (forms->pdata[i], "definition"), definition);
  return forms != NULL;
}

/** ehcp_command_form_start: A form of which the council lets families make one themselves, for the sender. One
 * at a time. */
gboolean
ehcp_command_form_start (EhcpTask *task, GError **error)
{
  const char *name = ehcp_record_get_text (task->command, "definition");
  g_autoptr (EhcpFormDefinition) definition = ehcp_task_find_definition (task, name, "/definition", error);
  g_autoptr (EhcpRecord) form = NULL;
  gboolean is_open;

  if (definition == NULL || !ehcp_task_is_current (task, name, error))
    return FALSE;
  if (!definition->may_start)
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, "/definition");
  if (!has_open_form (task, name, &is_open, error))
    return FALSE;
  if (is_open)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/definition");
  form = ehcp_task_make (task, EHCP_KIND_FORM, task->id, "named", task->access.person);
  ehcp_record_set_text (form, "definition", name);
  ehcp_record_set_text (form, "title", definition->title);
  ehcp_record_set_text (form, "person", task->access.person);
  ehcp_record_set_text (form, "state", "asked");
  ehcp_task_audit (task, task->id, "%s", name);
  return ehcp_task_add (task, form, error);
}
