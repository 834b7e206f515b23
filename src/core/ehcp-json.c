/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON writer and guarded reader. json-glib 1.6 recurses for each bracket, so that 100,000 of them
 * overflow the stack: size and nesting are checked before it sees a byte. */
#include "ehcp-json.h"

#include "ehcp-error.h"

#include <string.h>

/** ehcp_json: Returns: a writer that appends to @out, which stays the caller's. */
EhcpJson
ehcp_json (GString *out)
{
  return (EhcpJson){ .out = out };
}

static void
append_quoted (GString *out, const char *text)
{
  const char *run = text;

  g_string_append_c (out, '"');
  for (const char *p = text;; p++)
    {
      guchar c = (guchar) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, run, p - run);
      run = p + 1;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_c (out, '"');
}

static void
append_name (EhcpJson *json, const char *name)
{
  if (json->needs_comma)
    g_string_append_c (json->out, ',');
  json->needs_comma = TRUE;
  if (name == NULL)
    return;
  append_quoted (json->out, name);
  g_string_append_c (json->out, ':');
}

/** ehcp_json_begin: Opens an object '{' or an array '['; @name is %NULL inside arrays and at the top. */
void
ehcp_json_begin (EhcpJson *json, const char *name, char bracket)
{
  append_name (json, name);
  g_string_append_c (json->out, bracket);
  json->needs_comma = FALSE;
}

/** ehcp_json_end: Closes with '}' or ']'. */
void
ehcp_json_end (EhcpJson *json, char bracket)
{
  g_string_append_c (json->out, bracket);
  json->needs_comma = TRUE;
}

/** ehcp_json_text: Writes a string, quoted; %NULL becomes null. @value is UTF-8. */
void
ehcp_json_text (EhcpJson *json, const char *name, const char *value)
{
  append_name (json, name);
  if (value == NULL)
    g_string_append (json->out, "null");
  else
    append_quoted (json->out, value);
}

/** ehcp_json_int: Writes a whole number. */
void
ehcp_json_int (EhcpJson *json, const char *name, gint64 value)
{
  append_name (json, name);
  g_string_append_printf (json->out, "%" G_GINT64_FORMAT, value);
}

/** ehcp_json_bool: Writes true or false. */
void
ehcp_json_bool (EhcpJson *json, const char *name, gboolean value)
{
  append_name (json, name);
  g_string_append (json->out, value ? "true" : "false");
}

/** ehcp_json_list: Writes an array of strings; %NULL becomes []. */
void
ehcp_json_list (EhcpJson *json, const char *name, const char *const *values)
{
  ehcp_json_begin (json, name, '[');
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    ehcp_json_text (json, NULL, values[i]);
  ehcp_json_end (json, ']');
}

/** ehcp_json_raw: Writes @value as it stands: it must be JSON already. */
void
ehcp_json_raw (EhcpJson *json, const char *name, const char *value)
{
  append_name (json, name);
  g_string_append (json->out, value);
}

/* Where a reading stands. json-glib 1.6 takes more than JSON: several documents in a row, of which it loses the memory of
 * all but one, and comments and texts in single quotes, in which a quotation mark would hide any number of brackets from
 * whoever counts them. So outside of texts nothing is taken but what JSON has. */
typedef struct
{
  gboolean is_quoted;
  gboolean has_begun; /* the one value of the top */
  gboolean is_over;
  int depth;
  guint n_values;
} Scan;

static const char *
scan_outside (Scan *scan, char c)
{
  gboolean opens = c == '[' || c == '{';

  if (c == '\0' || strchr ("{}[]:,\"+-.eE0123456789truefalsn \t\r\n", c) == NULL)
    return "not JSON";
  if (scan->depth == 0 && g_ascii_isspace (c))
    scan->is_over = scan->has_begun;
  else if (scan->depth == 0 && (scan->is_over || (scan->has_begun && (opens || c == '"'))))
    return "more than one value";
  else
    scan->has_begun = TRUE;
  if (c == '"')
    scan->is_quoted = TRUE;
  else if (opens && ++scan->depth > EHCP_JSON_MAX_DEPTH)
    return "nested deeper than " G_STRINGIFY (EHCP_JSON_MAX_DEPTH);
  else if (c == ',' && ++scan->n_values > EHCP_JSON_MAX_VALUES)
    return "more than " G_STRINGIFY (EHCP_JSON_MAX_VALUES) " values";
  else if ((c == ']' || c == '}') && --scan->depth <= 0)
    scan->is_over = TRUE;
  return NULL;
}

/* The four digits behind "\u". */
static gboolean
read_code (const char *at, const char *end, guint *code)
{
  if (end - at < 5 || *at != 'u')
    return FALSE;
  *code = 0;
  for (guint i = 1; i < 5; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return FALSE;
      *code = *code * 16 + (guint) g_ascii_xdigit_value (at[i]);
    }
  return TRUE;
}

/* json-glib loses memory over half a pair of surrogates, takes "\\333" for a byte, which need not be UTF-8, and ends a
 * text at "\\u0000" without a word. Returns: how many bytes stand behind the backslash; 0: it is no escape of JSON's, or
 * one that no text of ours can have. */
static gsize
measure_escape (const char *at, const char *end)
{
  guint code, second;

  if (at < end && *at != '\0' && strchr ("\"\\/bfnrt", *at) != NULL)
    return 1;
  if (!read_code (at, end, &code) || code == 0)
    return 0;
  if (code < 0xd800 || code > 0xdfff)
    return 5;
  if (code > 0xdbff || end - at < 6 || at[5] != '\\' || !read_code (at + 6, end, &second))
    return 0;
  return second >= 0xdc00 && second <= 0xdfff ? 11 : 0;
}

static const char *
scan_quoted (Scan *scan, char c)
{
  scan->is_quoted = c != '"';
  if (!scan->is_quoted && scan->depth == 0)
    scan->is_over = TRUE;
  return NULL;
}

/**
 * ehcp_json_check:
 * @text: (array length=length): bytes from outside
 * @length: how many
 * @max_bytes: the most that is accepted
 * @error: return location
 *
 * Looks at size, UTF-8, nesting and number of documents without parsing. Any thread.
 *
 * Returns: whether it may be parsed; otherwise %EHCP_ERROR_TOO_LARGE, or %EHCP_ERROR_MALFORMED for bad
 *   UTF-8, a NUL byte, an escape or an end of a text that JSON does not have, more than one value at the
 *   top, more than %EHCP_JSON_MAX_DEPTH open brackets or
 *   %EHCP_JSON_MAX_VALUES values: each takes a hundred times its bytes of memory once it is read.
 */
gboolean
ehcp_json_check (const char *text, gsize length, gsize max_bytes, GError **error)
{
  Scan scan = { 0 };

  if (length > max_bytes)
    {
      ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, NULL, "more than %zu bytes", max_bytes);
      return FALSE;
    }
  if (!g_utf8_validate_len (text, length, NULL))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "not UTF-8");
      return FALSE;
    }
  for (gsize i = 0; i < length; i++)
    {
      const char *wrong = NULL;

      if (scan.is_quoted && text[i] == '\\')
        {
          gsize n = measure_escape (text + i + 1, text + length);

          wrong = n == 0 ? "not JSON" : NULL;
          i += n;
        }
      else
        wrong = scan.is_quoted ? scan_quoted (&scan, text[i]) : scan_outside (&scan, text[i]);
      if (wrong != NULL)
        {
          ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "%s", wrong);
          return FALSE;
        }
    }
  if (!scan.is_quoted)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "a text without an end");
  return FALSE;
}

/**
 * ehcp_json_parse:
 * @text: (array length=length): bytes from outside
 * @length: how many
 * @max_bytes: the most that is accepted
 * @error: return location
 *
 * Returns: (transfer full): the document, or %NULL with %EHCP_ERROR_TOO_LARGE or %EHCP_ERROR_MALFORMED.
 *   Any thread.
 */
JsonNode *
ehcp_json_parse (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!ehcp_json_check (text, length, max_bytes, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (length == 0 || !json_parser_load_from_data (parser, text, length, &local_error) ||
      json_parser_get_root (parser) == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "not JSON");
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/** ehcp_json_parse_object: As ehcp_json_parse(), and the document must be an object. Transfer full. */
JsonObject *
ehcp_json_parse_object (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonNode) node = ehcp_json_parse (text, length, max_bytes, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, "", "not a JSON object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (node));
}

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/** ehcp_json_get_text: Returns: (nullable) (transfer none): a string member, %NULL for anything else. */
const char *
ehcp_json_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/** ehcp_json_get_int: Returns: a whole-number member, 0 for anything else. */
gint64
ehcp_json_get_int (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

/** ehcp_json_get_bool: Returns: a true or false member, %FALSE for anything else. */
gboolean
ehcp_json_get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/** ehcp_json_get_array: Returns: (nullable) (transfer none): an array member, %NULL for anything else. */
JsonArray *
ehcp_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/** ehcp_json_get_object: Returns: (nullable) (transfer none): an object member, or %NULL. */
JsonObject *
ehcp_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
