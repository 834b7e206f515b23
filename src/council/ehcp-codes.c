/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes for people. Only their hashes are stored. */
#include "ehcp-codes.h"

#include <sodium.h>

#include "ehcp-text.h"

/* Without 0 O 1 I L 2 Z 5 S 8 B U V: none is taken for another, read or heard. */
static const char alphabet[] = "34679ACDEFGHJKMNPQRTWXY";

/** ehcp_code_make: Returns: (transfer full): 8 random characters, about 36 bits. Any thread. */
char *
ehcp_code_make (void)
{
  char *code = g_malloc0 (EHCP_UNIQUE_CODE_LENGTH + 1);

  for (guint i = 0; i < EHCP_UNIQUE_CODE_LENGTH; i++)
    code[i] = alphabet[randombytes_uniform (sizeof alphabet - 1)];
  return code;
}

/**
 * ehcp_code_hash:
 * @purpose: what the code is for, so that one of another purpose never fits
 * @code: 8 characters, as ehcp_text_normalise_unique_code() gives them
 *
 * Returns: (transfer full): SHA-256 in hexadecimal: what is stored. Any thread.
 */
char *
ehcp_code_hash (const char *purpose, const char *code)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", purpose, code);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}
