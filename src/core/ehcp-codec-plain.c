/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short way to read a record: flat JSON of texts, whole numbers, truth values and lists of texts, straight into
 * the record and without a tree. What is not of that form, and everything that is refused, is left to the long way,
 * which says why: the two differ in speed alone. */
#include "ehcp-codec-private.h"

#include <string.h>

#define MAX_DIGITS 15 /* less than 2^53 for certain */

typedef enum
{
  VALUE_NULL,
  VALUE_TEXT,
  VALUE_NUMBER,
  VALUE_TRUTH,
  VALUE_LIST,
} ValueKind;

typedef struct
{
  EhcpRecord *record;
  const EhcpShape *shape;
  const char *at;
  const char *end;
  GString *text; /* of the string that was read last */
  ValueKind kind;
  gint64 number;
  GStrv list;
} Reader;

static void
skip_space (Reader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
    r->at++;
}

static gboolean
take (Reader *r, char c)
{
  skip_space (r);
  if (r->at == r->end || *r->at != c)
    return FALSE;
  r->at++;
  return TRUE;
}

static gboolean
take_word (Reader *r, const char *word, gsize length)
{
  if ((gsize) (r->end - r->at) < length || strncmp (r->at, word, length) != 0)
    return FALSE;
  r->at += length;
  return TRUE;
}

/* Halves of a pair of surrogates, and NUL, are not read here. */
static gboolean
read_code_point (Reader *r)
{
  gunichar c = 0;

  if (r->end - r->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*r->at++);

      if (digit < 0)
        return FALSE;
      c = c * 16 + (gunichar) digit;
    }
  if (c == 0 || (c >= 0xd800 && c < 0xe000))
    return FALSE;
  g_string_append_unichar (r->text, c);
  return TRUE;
}

static gboolean
read_escape (Reader *r)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char c;

  if (r->at == r->end)
    return FALSE;
  c = *r->at++;
  if (c == 'u')
    return read_code_point (r);
  found = c != '\0' ? strchr (letters, c) : NULL;
  if (found == NULL)
    return FALSE;
  g_string_append_c (r->text, meant[found - letters]);
  return TRUE;
}

static gboolean
read_text (Reader *r)
{
  if (!take (r, '"'))
    return FALSE;
  g_string_truncate (r->text, 0);
  for (;;)
    {
      const char *run = r->at;

      while (r->at < r->end && *r->at != '"' && *r->at != '\\' && (guchar) *r->at >= 0x20)
        r->at++;
      g_string_append_len (r->text, run, r->at - run);
      if (r->at == r->end || (guchar) *r->at < 0x20)
        return FALSE;
      if (*r->at++ == '"')
        return TRUE;
      if (!read_escape (r))
        return FALSE;
    }
}

static gboolean
read_number (Reader *r)
{
  const char *begun = r->at;

  r->number = 0;
  while (r->at < r->end && g_ascii_isdigit (*r->at) && r->at - begun <= MAX_DIGITS)
    r->number = r->number * 10 + (*r->at++ - '0');
  return r->at > begun && r->at - begun <= MAX_DIGITS && (*begun != '0' || r->at == begun + 1);
}

static gboolean
read_list (Reader *r)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!take (r, '['))
    return FALSE;
  if (!take (r, ']'))
    {
      do
        {
          if (!read_text (r))
            return FALSE;
          g_strv_builder_add (builder, r->text->str);
        }
      while (take (r, ','));
      if (!take (r, ']'))
        return FALSE;
    }
  g_clear_pointer (&r->list, g_strfreev);
  r->list = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_truth (Reader *r)
{
  r->number = *r->at == 't' ? 1 : 0;
  return r->number != 0 ? take_word (r, "true", 4) : take_word (r, "false", 5);
}

static gboolean
read_value (Reader *r)
{
  skip_space (r);
  switch (r->at < r->end ? *r->at : '\0')
    {
    case '"':
      r->kind = VALUE_TEXT;
      return read_text (r);
    case '[':
      r->kind = VALUE_LIST;
      return read_list (r);
    case 't':
    case 'f':
      r->kind = VALUE_TRUTH;
      return read_truth (r);
    case 'n':
      r->kind = VALUE_NULL;
      return take_word (r, "null", 4);
    default:
      r->kind = VALUE_NUMBER;
      return read_number (r);
    }
}

/* Members that are there twice are left to the long way. */
static gboolean
put_value (Reader *r, guint n)
{
  const EhcpField *field = &r->shape->fields[n];

  if (ehcp_record_nth_has (r->record, n))
    return FALSE;
  if (r->kind == VALUE_NULL)
    return TRUE;
  if (field->flags & EHCP_FIELD_LIST)
    return r->kind == VALUE_LIST && ehcp_codec_put_list (r->record, n, field, g_steal_pointer (&r->list), NULL);
  if (field->kind == EHCP_FIELD_INT)
    return r->kind == VALUE_NUMBER && ehcp_codec_put_int (r->record, n, field, r->number, NULL);
  if (field->kind != EHCP_FIELD_BOOL)
    return r->kind == VALUE_TEXT && ehcp_codec_put_text (r->record, n, field, r->text->str, NULL);
  if (r->kind == VALUE_TRUTH)
    ehcp_record_nth_set_int (r->record, n, r->number);
  return r->kind == VALUE_TRUTH;
}

/* Records are written in the order of their table: the field is nearly always the next. */
static guint
find_field (Reader *r, guint from)
{
  for (guint i = from; i < r->shape->n_fields; i++)
    if (strcmp (r->shape->fields[i].name, r->text->str) == 0)
      return i;
  return ehcp_shape_find (r->shape, r->text->str);
}

static gboolean
read_members (Reader *r, EhcpDecodeFlags flags)
{
  guint next = 0;

  if (take (r, '}'))
    return TRUE;
  do
    {
      guint n;

      if (!read_text (r))
        return FALSE;
      n = find_field (r, next);
      if ((n == EHCP_FIELD_NONE && !(flags & EHCP_DECODE_IGNORE_UNKNOWN)) || !take (r, ':') || !read_value (r) ||
          (n != EHCP_FIELD_NONE ? !put_value (r, n) : r->kind == VALUE_LIST))
        return FALSE;
      next = n != EHCP_FIELD_NONE ? n + 1 : next;
    }
  while (take (r, ','));
  return take (r, '}');
}

static gboolean
is_complete (Reader *r)
{
  skip_space (r);
  for (guint i = 0; i < r->shape->n_fields; i++)
    if ((r->shape->fields[i].flags & EHCP_FIELD_REQUIRED) && !ehcp_record_nth_has (r->record, i))
      return FALSE;
  return r->at == r->end;
}

/*
 * ehcp_codec_read_plain:
 * @shape: the field table
 * @text: (array length=length): UTF-8
 * @length: how many bytes
 * @flags: what to do about members that the table lacks
 *
 * Returns: (transfer full) (nullable): the record that ehcp_codec_decode_object() would give; %NULL when it has to
 *   be asked
 */
EhcpRecord *
ehcp_codec_read_plain (const EhcpShape *shape, const char *text, gsize length, EhcpDecodeFlags flags)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (shape);
  g_autoptr (GString) string = g_string_sized_new (256);
  Reader r = { .record = record, .shape = shape, .at = text, .end = text + length, .text = string };
  gboolean is_read = take (&r, '{') && read_members (&r, flags) && is_complete (&r);

  g_strfreev (r.list);
  return is_read ? g_steal_pointer (&record) : NULL;
}
