/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fuzzers share: libFuzzer's entry, and pieces of the input. A warning of GLib's is a find like a crash. */
#pragma once

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* Must hold of every input. */
#define FUZZ_HOLDS(condition) \
  do                          \
    {                         \
      if (!(condition))       \
        g_error ("does not hold: %s", #condition); \
    }                         \
  while (0)

typedef struct
{
  const char *at;
  const char *end;
} FuzzInput;

static inline FuzzInput
fuzz_input (const uint8_t *data, size_t size)
{
  return (FuzzInput){ (const char *) data, (const char *) data + size };
}

/* 0 when there is nothing left. */
static inline guint8
fuzz_byte (FuzzInput *input)
{
  return input->at < input->end ? (guint8) *input->at++ : 0;
}

/* (transfer full): up to the separator, which is taken too; ends at a NUL, as C's texts do. NULL: nothing is left. */
static inline char *
fuzz_text (FuzzInput *input, char separator)
{
  const char *end;
  char *text;

  if (input->at >= input->end)
    return NULL;
  end = memchr (input->at, separator, input->end - input->at);
  if (end == NULL)
    end = input->end;
  text = g_strndup (input->at, end - input->at);
  input->at = end < input->end ? end + 1 : end;
  return text;
}

static inline gsize
fuzz_left (const FuzzInput *input)
{
  return input->end - input->at;
}

/* A text of the wire is valid UTF-8 before it comes to anybody: the codec sees to it. */
static inline char *
fuzz_valid (FuzzInput *input, char separator)
{
  g_autofree char *text = fuzz_text (input, separator);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}
