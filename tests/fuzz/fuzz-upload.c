/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the routes of files read of a request's head: metadata, numbers, checksums, ranges. */
#include "ehcp-route-files.c"

#include "fuzz.h"

static char *current; /* every head says this */

const char *
ehcp_exchange_get_header (EhcpExchange *exchange, const char *name)
{
  return strcmp (name, "If-Range") == 0 ? NULL : current;
}

static void
check_range (guint64 size)
{
  Range range = read_range (NULL, "\"e\"", size);

  FUZZ_HOLDS (!(range.is_partial && range.is_unsatisfiable));
  if (range.is_partial)
    FUZZ_HOLDS (range.first < size && range.length >= 1 && range.length <= size - range.first);
  else if (!range.is_unsatisfiable)
    FUZZ_HOLDS (range.length == size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  g_autofree char *file_name = NULL;
  g_autofree char *sha256 = NULL;
  const char *checksum = NULL;
  gint64 number = 0;

  current = fuzz_text (&input, '\0');
  if (current == NULL)
    return 0;
  file_name = read_metadata (NULL, "filename");
  sha256 = read_metadata (NULL, "sha256");
  FUZZ_HOLDS (file_name == NULL || g_utf8_validate (file_name, -1, NULL));
  is_sha256 (sha256);
  if (read_number (NULL, "Upload-Length", &number, NULL))
    FUZZ_HOLDS (number >= 0);
  read_checksum (NULL, &checksum, NULL);
  is_known_to_sender (NULL, "\"e\"");
  check_range (0);
  check_range (1);
  check_range (1000);
  check_range (G_MAXINT64);
  g_clear_pointer (&current, g_free);
  return 0;
}
