/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of messages: a text, with what stands for a field in turn behind it. */
#include "fuzz.h"

#include "ehcp-template.h"

static gboolean
knows (const char *rule)
{
  return *rule == 'a';
}

static char *
find_value (const char *name, gpointer data)
{
  return fuzz_valid (data, '\n');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  g_autofree char *text = fuzz_valid (&input, '\n');
  g_autofree char *wrong = NULL;
  g_autofree char *filled = NULL;
  g_auto (GStrv) missing = NULL;

  if (text == NULL)
    return 0;
  wrong = ehcp_template_find_wrong (text, knows);
  filled = ehcp_template_fill (text, find_value, &input, &missing);
  FUZZ_HOLDS (filled != NULL && g_utf8_validate (filled, -1, NULL));
  return 0;
}
