/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a picture is. A file of a few kilobytes can unpack to gigabytes, so the size is read from its
 * head before anything is unpacked. Cameras store a turn instead of turning (Exif 2.3, tag 0x0112). */
#include "ehcp-picture-size.h"

#include <string.h>

#define EXIF_ORIENTATION 0x0112
#define MAX_EXIF_ENTRIES 512

typedef struct
{
  const guint8 *bytes;
  gsize length;
  gboolean is_little; /* of the Exif part */
} Reader;

static guint
read_big16 (const Reader *reader, gsize at)
{
  return at + 2 <= reader->length ? (guint) reader->bytes[at] << 8 | reader->bytes[at + 1] : 0;
}

static guint
read_big32 (const Reader *reader, gsize at)
{
  return read_big16 (reader, at) << 16 | read_big16 (reader, at + 2);
}

static guint
read_exif16 (const Reader *reader, gsize at)
{
  guint value = read_big16 (reader, at);

  return reader->is_little ? (value & 0xff) << 8 | value >> 8 : value;
}

static guint
read_exif32 (const Reader *reader, gsize at)
{
  guint value = read_big32 (reader, at);

  return reader->is_little ? GUINT32_SWAP_LE_BE (value) : value;
}

/* @reader starts at the TIFF head of an Exif part. */
static int
read_turn (Reader *reader)
{
  gsize at;
  guint n_entries;

  if (reader->length < 8)
    return 0;
  reader->is_little = reader->bytes[0] == 'I';
  at = read_exif32 (reader, 4);
  if (at > reader->length)
    return 0;
  n_entries = MIN (read_exif16 (reader, at), MAX_EXIF_ENTRIES);
  for (guint i = 0; i < n_entries; i++)
    if (read_exif16 (reader, at + 2 + 12 * (gsize) i) == EXIF_ORIENTATION)
      switch (read_exif16 (reader, at + 2 + 12 * (gsize) i + 8))
        {
        case 3:
          return 180;
        case 6:
          return 90;
        case 8:
          return 270;
        default:
          return 0;
        }
  return 0;
}

static gboolean
is_frame (guint marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
read_jpeg (const Reader *reader, EhcpPictureSize *size)
{
  gsize at = 2;

  while (at + 4 <= reader->length && reader->bytes[at] == 0xff)
    {
      guint marker = reader->bytes[at + 1];
      guint length = read_big16 (reader, at + 2);

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (is_frame (marker))
        {
          size->height = read_big16 (reader, at + 5);
          size->width = read_big16 (reader, at + 7);
          return size->width > 0 && size->height > 0;
        }
      if (marker == 0xe1 && length >= 10 && at + 2 + length <= reader->length &&
          memcmp (reader->bytes + at + 4, "Exif\0\0", 6) == 0)
        size->turn = read_turn (&(Reader){ reader->bytes + at + 10, length - 8, FALSE });
      if (length < 2)
        return FALSE;
      at += 2 + length;
    }
  return FALSE;
}

/* Returns FALSE when it is neither a JPEG nor a PNG picture, or is cut off before its size. */
gboolean
ehcp_picture_size (GBytes *content, EhcpPictureSize *size)
{
  Reader reader = { NULL, 0, FALSE };

  reader.bytes = g_bytes_get_data (content, &reader.length);
  *size = (EhcpPictureSize){ 0, 0, 0 };
  if (reader.length >= 24 && memcmp (reader.bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      size->width = read_big32 (&reader, 16);
      size->height = read_big32 (&reader, 20);
      return size->width > 0 && size->height > 0;
    }
  return reader.length >= 4 && reader.bytes[0] == 0xff && reader.bytes[1] == 0xd8 &&
         read_jpeg (&reader, size);
}

gboolean
ehcp_picture_is_too_large (const EhcpPictureSize *size)
{
  return (guint64) size->width * size->height > EHCP_PICTURE_MAX_PIXELS;
}
