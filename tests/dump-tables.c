/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the field tables of the code as JSON, for the scripts that hold documents against them. */
#include "ehcp-commands.h"
#include "ehcp-error.h"
#include "ehcp-json.h"
#include "ehcp-kinds.h"

static const char *
name_type (const EhcpField *field)
{
  static const char *const names[] = { [EHCP_FIELD_TEXT] = "text", [EHCP_FIELD_INT] = "int",
                                       [EHCP_FIELD_BOOL] = "bool", [EHCP_FIELD_ENUM] = "enum",
                                       [EHCP_FIELD_DATE] = "date" };

  if (field->flags & EHCP_FIELD_LIST)
    return "list";
  if (field->flags & EHCP_FIELD_ID)
    return "id";
  if (field->flags & EHCP_FIELD_TIME)
    return "time";
  return names[field->kind];
}

static void
write_field (EhcpJson *json, const EhcpField *field)
{
  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "name", field->name);
  ehcp_json_text (json, "type", name_type (field));
  ehcp_json_bool (json, "required", (field->flags & EHCP_FIELD_REQUIRED) != 0);
  ehcp_json_bool (json, "line", (field->flags & EHCP_FIELD_LINE) != 0);
  ehcp_json_int (json, "max", field->max);
  if (field->names != NULL)
    ehcp_json_list (json, "names", field->names);
  ehcp_json_end (json, '}');
}

static void
write_shape (EhcpJson *json, const EhcpShape *shape)
{
  ehcp_json_begin (json, shape->name, '[');
  for (guint i = 0; i < shape->n_fields; i++)
    write_field (json, &shape->fields[i]);
  ehcp_json_end (json, ']');
}

static void
write_errors (EhcpJson *json)
{
  ehcp_json_begin (json, "errors", '{');
  for (int code = EHCP_ERROR_MALFORMED; code <= EHCP_ERROR_STORAGE; code++)
    ehcp_json_int (json, ehcp_error_code_to_string (code), ehcp_error_code_get_status (code));
  ehcp_json_end (json, '}');
}

int
main (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  EhcpJson json = ehcp_json (out);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_begin (&json, "records", '{');
  for (guint i = 0; i < EHCP_N_WIRE_KINDS; i++)
    write_shape (&json, ehcp_kind_get_shape (i));
  ehcp_json_end (&json, '}');
  ehcp_json_begin (&json, "commands", '{');
  for (guint i = 0; i < EHCP_N_COMMANDS; i++)
    write_shape (&json, ehcp_command_get_shape (i));
  ehcp_json_end (&json, '}');
  ehcp_json_begin (&json, "bodies", '{');
  for (guint i = 0; i < EHCP_N_BODIES; i++)
    write_shape (&json, ehcp_body_get_shape (i));
  ehcp_json_end (&json, '}');
  write_errors (&json);
  ehcp_json_end (&json, '}');
  g_print ("%s\n", out->str);
  return 0;
}
