/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of files, as the council keeps them and as the program saves them, and what a file is by its content. */
#include "fuzz.h"

#include "ehcp-downloads.h"
#include "ehcp-media-type.h"

static void
check_name (const char *name, gsize most)
{
  FUZZ_HOLDS (name[0] != '\0' && strlen (name) <= most);
  FUZZ_HOLDS (g_utf8_validate (name, -1, NULL) && strpbrk (name, "/\\\n\r\t\x7f") == NULL);
  FUZZ_HOLDS (strcmp (name, ".") != 0 && strcmp (name, "..") != 0);
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    FUZZ_HOLDS (!g_unichar_iscntrl (g_utf8_get_char (c)) && g_unichar_type (g_utf8_get_char (c)) != G_UNICODE_FORMAT);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  g_autofree char *name = fuzz_text (&input, '\0');
  g_autofree char *valid = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *saved_again = NULL;

  if (name == NULL)
    return 0;
  valid = g_utf8_make_valid (name, -1);
  kept = ehcp_file_name_clean (valid);
  check_name (kept, 200);
  saved = ehcp_downloads_clean_name (name);
  check_name (saved, 200);
  FUZZ_HOLDS (saved[0] != '.');
  saved_again = ehcp_downloads_clean_name (saved);
  FUZZ_HOLDS (strcmp (saved, saved_again) == 0);
  ehcp_media_type_find (input.at, MIN (fuzz_left (&input), EHCP_SNIFF_BYTES), input.at,
                        MIN (fuzz_left (&input), EHCP_SNIFF_BYTES));
  return 0;
}
