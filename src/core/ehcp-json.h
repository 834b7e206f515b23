/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON: our own writer, and reading by json-glib after a check of size and nesting. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define EHCP_JSON_MAX_DEPTH 32
#define EHCP_JSON_MAX_VALUES 200000

/* Writes into a GString; commas are its business. On the stack: `EhcpJson json = ehcp_json (text);` */
typedef struct
{
  GString *out;
  gboolean needs_comma;
} EhcpJson;

EhcpJson ehcp_json (GString *out);
void ehcp_json_begin (EhcpJson *json, const char *name, char bracket);
void ehcp_json_end (EhcpJson *json, char bracket);
void ehcp_json_text (EhcpJson *json, const char *name, const char *value);
void ehcp_json_int (EhcpJson *json, const char *name, gint64 value);
void ehcp_json_bool (EhcpJson *json, const char *name, gboolean value);
void ehcp_json_list (EhcpJson *json, const char *name, const char *const *values);
void ehcp_json_raw (EhcpJson *json, const char *name, const char *value);

gboolean ehcp_json_check (const char *text, gsize length, gsize max_bytes, GError **error);
JsonNode *ehcp_json_parse (const char *text, gsize length, gsize max_bytes, GError **error);
JsonObject *ehcp_json_parse_object (const char *text, gsize length, gsize max_bytes, GError **error);

const char *ehcp_json_get_text (JsonObject *object, const char *name);
gint64 ehcp_json_get_int (JsonObject *object, const char *name);
gboolean ehcp_json_get_bool (JsonObject *object, const char *name);
JsonArray *ehcp_json_get_array (JsonObject *object, const char *name);
JsonObject *ehcp_json_get_object (JsonObject *object, const char *name);

G_END_DECLS
