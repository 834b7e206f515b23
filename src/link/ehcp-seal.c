/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XChaCha20-Poly1305 of libsodium, padded, so that the length of a message does not show. */
#include "ehcp-seal.h"

#include "ehcp-error.h"

#include <sodium.h>
#include <string.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BLOCK 256

G_STATIC_ASSERT (EHCP_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

static void
ensure_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
}

/** ehcp_key_make: Fills @key with random bytes. Any thread. */
void
ehcp_key_make (EhcpKey *key)
{
  ensure_sodium ();
  randombytes_buf (key->bytes, sizeof key->bytes);
}

static void
wipe_and_free (gpointer data)
{
  GByteArray *array = data;

  sodium_memzero (array->data, array->len);
  g_byte_array_unref (array);
}

static GBytes *
take_secret (GByteArray *array, gsize length)
{
  return g_bytes_new_with_free_func (array->data, length, wipe_and_free, array);
}

/**
 * ehcp_seal:
 * @key: the key
 * @place: where it will lie: its table, id, kind and number; it opens nowhere else
 * @data: what to hide
 * @length: how many bytes
 *
 * Returns: (transfer full): nonce, hidden bytes and tag, a multiple of 256 bytes and 40 more. Any thread.
 */
GBytes *
ehcp_seal (const EhcpKey *key, const char *place, const void *data, gsize length)
{
  size_t padded = 0;
  unsigned long long sealed = 0;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  ensure_sodium ();
  g_byte_array_set_size (plain, length + BLOCK);
  if (length > 0)
    memcpy (plain->data, data, length);
  sodium_pad (&padded, plain->data, length, BLOCK, plain->len);
  g_byte_array_set_size (out, NONCE + padded + TAG);
  randombytes_buf (out->data, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out->data + NONCE, &sealed, plain->data, padded,
                                              (const guint8 *) place, strlen (place), NULL, out->data,
                                              key->bytes);
  sodium_memzero (plain->data, plain->len);
  return g_byte_array_free_to_bytes (out);
}

/* What sodium_pad() put behind: a bit, then nothing to the end of the block. All of it is authenticated by now, so that how
 * long this takes tells nobody anything, which is what sodium_unpad() takes its time for. */
static gboolean
unpad (const guint8 *data, gsize length, size_t *plain)
{
  gsize end = length;

  while (end > 0 && length - end < BLOCK && data[end - 1] == 0)
    end--;
  if (end == 0 || length - end == BLOCK || data[end - 1] != 0x80)
    return FALSE;
  *plain = end - 1;
  return TRUE;
}

/**
 * ehcp_seal_open:
 * @key: the key
 * @place: as it was sealed
 * @sealed: what lies on the disk
 * @error: return location
 *
 * Returns: (transfer full): the bytes, wiped when they are given back; or %NULL with %EHCP_ERROR_FAILED
 *   when a bit was changed, it was moved, or the key is another. Any thread.
 */
GBytes *
ehcp_seal_open (const EhcpKey *key, const char *place, GBytes *sealed, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (sealed, &length);
  unsigned long long n = 0;
  size_t plain = 0;
  GByteArray *out;

  ensure_sodium ();
  if (length < NONCE + TAG + BLOCK)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "sealed data is too short");
      return NULL;
    }
  out = g_byte_array_new ();
  g_byte_array_set_size (out, length - NONCE - TAG);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (out->data, &n, NULL, data + NONCE, length - NONCE,
                                                  (const guint8 *) place, strlen (place), data,
                                                  key->bytes) != 0 ||
      !unpad (out->data, n, &plain))
    {
      g_byte_array_unref (out);
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "sealed data was changed");
      return NULL;
    }
  return take_secret (out, plain);
}
