/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state that a program sends back: nothing is taken that the council could not have written. */
#include "ehcp-feed.c"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  g_autofree char *since = fuzz_text (&input, '\0');
  Head head = { .now = 1000, .oldest = 10, .epoch = "0123456789abcdef0123456789abcdef" };
  State state = { 0 };
  State again = { 0 };
  g_autoptr (GError) error = NULL;
  char text[MOST_IN_STATE];

  if (!parse_state (since, &head, &state, &error))
    {
      FUZZ_HOLDS (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_MALFORMED));
      return 0;
    }
  FUZZ_HOLDS (state.place.effective <= head.now && state.place.own <= head.now && state.base <= head.now);
  check_age (&state, &head, NULL);
  format_state (&head, &state.place, state.base, text);
  FUZZ_HOLDS (scan_state (text, &again) && again.base == state.base && again.place.own == state.place.own &&
              again.place.effective == state.place.effective);
  return 0;
}
