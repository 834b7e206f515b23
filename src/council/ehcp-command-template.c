/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of messages: for staff alone; what is sent is what a caseworker's program makes of one. */
#include "ehcp-command-private.h"

#include "ehcp-rules.h"
#include "ehcp-template.h"

#include <string.h>

/* A field that nothing can be put in for would reach a family as it stands. */
static gboolean
check_fields (EhcpTask *task, const char *member, GError **error)
{
  g_autofree char *wrong = ehcp_template_find_wrong (ehcp_record_get_text (task->command, member),
                                                     ehcp_rule_is_known);
  g_autofree char *pointer = g_strconcat ("/", member, NULL);

  if (wrong == NULL)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, pointer, "There is no field %s.", wrong);
  return FALSE;
}

static gboolean
check_type (EhcpTask *task, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);

  return (config->message_types != NULL &&
          g_strv_contains ((const char *const *) config->message_types,
                           ehcp_record_get_text (task->command, "message_type"))) ||
         ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/message_type");
}

/* Two of one name could not be told apart when one is chosen. */
static gboolean
check_title (EhcpTask *task, EhcpRecord *template, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) other = ehcp_store_find_where (
      task->db, EHCP_KIND_TEMPLATE, "title", ehcp_record_get_text (task->command, "title"), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return other == NULL || strcmp (ehcp_record_get_id (other), ehcp_record_get_id (template)) == 0 ||
         ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/title");
}

/* The one that is to be changed, or a new one under the command's id. */
static EhcpRecord *
take_template (EhcpTask *task, GError **error)
{
  EhcpRecord *template;

  if (ehcp_task_given (task, "template") == NULL)
    return ehcp_task_make (task, EHCP_KIND_TEMPLATE, task->id, "staff", NULL);
  template = ehcp_task_find (task, EHCP_KIND_TEMPLATE, "template", error);
  if (template != NULL && !ehcp_task_check_base (task, ehcp_record_get_int (template, "seq"), error))
    g_clear_object (&template);
  return template;
}

/** ehcp_command_template_save: A new template, or a changed one. */
gboolean
ehcp_command_template_save (EhcpTask *task, GError **error)
{
  static const char *const fields[] = { "title", "message_type", "subject", "text" };
  g_autoptr (EhcpRecord) template = take_template (task, error);

  if (template == NULL || !check_title (task, template, error) || !check_type (task, error) ||
      !check_fields (task, "subject", error) || !check_fields (task, "text", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    ehcp_record_set_text (template, fields[i], ehcp_record_get_text (task->command, fields[i]));
  ehcp_task_audit (task, ehcp_record_get_id (template), "%s", ehcp_record_get_text (template, "title"));
  ehcp_json_text (&task->json, "template", ehcp_record_get_id (template));
  return ehcp_task_put (task, template, error);
}

/** ehcp_command_template_remove: What was sent by it stays as it was sent. */
gboolean
ehcp_command_template_remove (EhcpTask *task, GError **error)
{
  ehcp_task_audit (task, NULL, "%s", ehcp_record_get_text (task->subject, "title"));
  return ehcp_store_remove (task->council, task->db, EHCP_KIND_TEMPLATE, ehcp_record_get_id (task->subject),
                            error);
}
