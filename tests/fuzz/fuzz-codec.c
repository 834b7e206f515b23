/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as any record, command or body. What is taken is written and read again to the same. */
#include "fuzz.h"

#include "ehcp-codec.h"
#include "ehcp-commands.h"
#include "ehcp-kinds.h"

#define MOST (64 * 1024)

static const EhcpShape *
pick (guint8 number)
{
  guint n = number % (EHCP_N_WIRE_KINDS + EHCP_N_COMMANDS + EHCP_N_BODIES);

  if (n < EHCP_N_WIRE_KINDS)
    return ehcp_kind_get_shape (n);
  n -= EHCP_N_WIRE_KINDS;
  return n < EHCP_N_COMMANDS ? ehcp_command_get_shape (n) : ehcp_body_get_shape (n - EHCP_N_COMMANDS);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  guint8 number = fuzz_byte (&input);
  const EhcpShape *shape = pick (number & 0x7f);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) record =
      ehcp_codec_decode (shape, input.at, fuzz_left (&input), MOST,
                         number & 0x80 ? EHCP_DECODE_IGNORE_UNKNOWN : EHCP_DECODE_STRICT, &error);
  g_autoptr (EhcpRecord) again = NULL;
  g_autofree char *text = NULL;

  FUZZ_HOLDS ((record == NULL) == (error != NULL));
  if (record == NULL)
    return 0;
  FUZZ_HOLDS (ehcp_codec_check (record, NULL));
  text = ehcp_codec_encode (record);
  FUZZ_HOLDS (g_utf8_validate (text, -1, NULL));
  again = ehcp_codec_decode (shape, text, strlen (text), G_MAXSSIZE, EHCP_DECODE_STRICT, &error);
  FUZZ_HOLDS (again != NULL && ehcp_record_equal (record, again));
  return 0;
}
