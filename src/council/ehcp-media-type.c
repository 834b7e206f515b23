/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at the content: a name proves nothing. What is not in the list is not accepted, and neither
 * is an office file with macros in it. */
#include "ehcp-media-type.h"

#include "ehcp-text.h"

#include <string.h>

#define MAX_NAME_BYTES 200
#define MAX_ENDING 10
#define OFFICE "application/vnd.openxmlformats-officedocument."

static const struct
{
  gsize offset;
  const char *magic;
  gsize length;
  const char *media_type;
} magics[] = {
  { 0, "%PDF-", 5, "application/pdf" },
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 4, "ftypheic", 8, "image/heic" },
  { 4, "ftypheix", 8, "image/heic" },
  { 4, "ftypmif1", 8, "image/heic" },
  { 8, "WEBPVP8", 7, "image/webp" },
  { 0, "{\\rtf1", 6, "application/rtf" },
  { 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "application/msword" },
};

/* Of zip files: the name of a part, in the directory at the end. */
static const struct
{
  const char *part;
  const char *media_type;
} office[] = {
  { "word/document.xml", OFFICE "wordprocessingml.document" },
  { "xl/workbook.xml", OFFICE "spreadsheetml.sheet" },
  { "ppt/presentation.xml", OFFICE "presentationml.presentation" },
};

static const char *const open_documents[] = {
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.presentation",
};

static gboolean
has (const char *text, gsize length, const char *part)
{
  return memmem (text, length, part, strlen (part)) != NULL;
}

/* The first member of an OpenDocument file is "mimetype", not compressed: its content stands in
 * clear. */
static const char *
find_open_document (const char *head, gsize length)
{
  static const gsize name_at = 30;

  for (guint i = 0; i < G_N_ELEMENTS (open_documents); i++)
    {
      g_autofree char *start = g_strconcat ("mimetype", open_documents[i], NULL);

      if (length > name_at + strlen (start) && memcmp (head + name_at, start, strlen (start)) == 0)
        return open_documents[i];
    }
  return NULL;
}

static const char *
find_zip (const char *head, gsize head_length, const char *tail, gsize tail_length)
{
  if (has (tail, tail_length, "vbaProject.bin"))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (office); i++)
    if (has (tail, tail_length, office[i].part))
      return office[i].media_type;
  return find_open_document (head, head_length);
}

static gboolean
is_text (const char *head, gsize length)
{
  const char *end = head;
  gboolean is_whole = g_utf8_validate_len (head, length, &end);

  for (gsize i = 0; i < length; i++)
    if ((guchar) head[i] < 0x20 && strchr ("\t\n\r\f", head[i]) == NULL)
      return FALSE;
  /* The last character of a long file's head may have been cut. */
  return memchr (head, '\0', length) == NULL &&
         (is_whole || (length == EHCP_SNIFF_BYTES && head + length - end < 4));
}

/**
 * ehcp_media_type_find:
 * @head: (array length=head_length): the first bytes, at most %EHCP_SNIFF_BYTES
 * @head_length: how many
 * @tail: (array length=tail_length): the last bytes, at most %EHCP_SNIFF_BYTES
 * @tail_length: how many
 *
 * Returns: (nullable) (transfer none): the media type, of pictures, PDF, text and office files;
 * %NULL for anything else. Any thread.
 */
const char *
ehcp_media_type_find (const char *head, gsize head_length, const char *tail, gsize tail_length)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (head_length >= magics[i].offset + magics[i].length &&
        memcmp (head + magics[i].offset, magics[i].magic, magics[i].length) == 0)
      return magics[i].media_type;
  if (head_length > 4 && memcmp (head, "PK\3\4", 4) == 0)
    return find_zip (head, head_length, tail, tail_length);
  return is_text (head, head_length) ? "text/plain" : NULL;
}

/* Marks that are not seen and let two names look alike, beside those that turn the direction of writing. */
static gboolean
is_unseen (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_PRIVATE_USE ||
         !g_unichar_isdefined (c);
}

/* As many bytes as most file systems take, and the ending kept: it says how a file is opened. */
static char *
shorten (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize ending = dot != NULL && strlen (dot) <= MAX_ENDING ? strlen (dot) : 0;
  gsize length = strlen (name);
  const char *cut;

  if (length <= MAX_NAME_BYTES)
    return g_strdup (name);
  cut = name + MAX_NAME_BYTES - ending;
  while ((*cut & 0xc0) == 0x80)
    cut--;
  return g_strdup_printf ("%.*s%s", (int) (cut - name), name, name + length - ending);
}

/**
 * ehcp_file_name_clean:
 * @name: UTF-8 from outside
 *
 * Returns: (transfer full): the last part of it, without characters that no file name should have,
 * at most 200 bytes long, its ending kept; "file" when nothing is left
 */
char *
ehcp_file_name_clean (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;
  const char *backslash = strrchr (base, '\\');
  g_autoptr (GString) clean = g_string_new (NULL);

  base = backslash != NULL ? backslash + 1 : base;
  for (const char *p = base; *p != '\0'; p = g_utf8_next_char (p))
    {
      char one[8] = "";

      g_unichar_to_utf8 (g_utf8_get_char (p), one);
      if (!ehcp_text_is_clean (one, TRUE) || is_unseen (g_utf8_get_char (p)) ||
          strchr ("<>:\"|?*", *p) != NULL)
        continue;
      g_string_append (clean, one);
    }
  g_strstrip (clean->str);
  if (*clean->str == '\0' || clean->str[strspn (clean->str, ".")] == '\0')
    return g_strdup ("file");
  return shorten (clean->str);
}

/* By its ending a computer chooses what opens a file. The first is added to a name that has none of them; the old
 * office formats look alike from outside. */
static const struct
{
  const char *media_type;
  const char *endings[5];
} endings[] = {
  { "application/pdf", { ".pdf" } },
  { "image/png", { ".png" } },
  { "image/jpeg", { ".jpg", ".jpeg", ".jpe", ".jfif" } },
  { "image/heic", { ".heic", ".heif" } },
  { "image/webp", { ".webp" } },
  { "application/rtf", { ".rtf" } },
  { "application/msword", { ".doc", ".xls", ".ppt" } },
  { OFFICE "wordprocessingml.document", { ".docx" } },
  { OFFICE "spreadsheetml.sheet", { ".xlsx" } },
  { OFFICE "presentationml.presentation", { ".pptx" } },
  { "application/vnd.oasis.opendocument.text", { ".odt" } },
  { "application/vnd.oasis.opendocument.spreadsheet", { ".ods" } },
  { "application/vnd.oasis.opendocument.presentation", { ".odp" } },
  { "text/plain", { ".txt", ".text" } },
};

/**
 * ehcp_file_name_fit:
 * @name: a clean name
 * @media_type: what ehcp_media_type_find() says of the content
 *
 * Returns: (transfer full): the name with an ending of that type: a text that is called "plan.desktop" would be started
 *   and not read. Any thread.
 */
char *
ehcp_file_name_fit (const char *name, const char *media_type)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *longer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (strcmp (endings[i].media_type, media_type) != 0)
        continue;
      for (guint n = 0; endings[i].endings[n] != NULL; n++)
        if (g_str_has_suffix (lower, endings[i].endings[n]))
          return g_strdup (name);
      longer = g_strconcat (name, endings[i].endings[0], NULL);
      return shorten (longer);
    }
  return g_strdup (name);
}
