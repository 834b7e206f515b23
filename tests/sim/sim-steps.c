/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seed's numbers (xorshift64*), and the steps that came of them: kept, hashed, printed. */
#include "sim-threads.h"

#include <string.h>

#define N_STEPS_KEPT 400

static guint64 random_state = 1;

void
sim_random_start (guint64 seed)
{
  random_state = seed * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + 1;
  g_random_set_seed ((guint32) (seed ^ (seed >> 32)) + 1);
  for (guint i = 0; i < 8; i++)
    sim_random (2);
}

int __wrap_getentropy (void *buffer, size_t length);

/* Ids: of the seed as well. */
int
__wrap_getentropy (void *buffer, size_t length)
{
  for (size_t done = 0; done < length; done += sizeof (guint32))
    {
      guint32 four = g_random_int ();

      memcpy ((guint8 *) buffer + done, &four, MIN (sizeof four, length - done));
    }
  return 0;
}

static guint64
next_random (void)
{
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return random_state * G_GUINT64_CONSTANT (0x2545F4914F6CDD1D);
}

guint32
sim_random (guint32 n)
{
  return (guint32) ((next_random () >> 33) % n);
}

gboolean
sim_chance (guint per_thousand)
{
  return per_thousand > 0 && sim_random (1000) < per_thousand;
}

void
sim_random_bytes (void *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    ((guint8 *) bytes)[i] = (guint8) (next_random () >> 40);
}

/* --- steps --- */

static gboolean is_loud;
static guint64 trace = G_GUINT64_CONSTANT (14695981039346656037);
static char *kept_steps[N_STEPS_KEPT];
static guint64 n_steps;

void
sim_set_loud (gboolean loud)
{
  is_loud = loud;
}

void
sim_step (const char *format, ...)
{
  g_autofree char *text = NULL;
  char *line;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strdup_printf ("%8" G_GINT64_FORMAT ".%03d %-10s %s", sim_now_us () / G_USEC_PER_SEC % 100000000,
                          (int) (sim_now_us () / 1000 % 1000), sim_get_thread_name (), text);
  for (const char *p = line; *p != '\0'; p++)
    trace = (trace ^ (guint8) *p) * G_GUINT64_CONSTANT (1099511628211);
  if (is_loud)
    g_print ("%s\n", line);
  g_free (kept_steps[n_steps % N_STEPS_KEPT]);
  kept_steps[n_steps++ % N_STEPS_KEPT] = line;
}

guint64
sim_get_trace (void)
{
  return trace;
}

void
sim_print_last_steps (void)
{
  for (guint64 i = n_steps > N_STEPS_KEPT ? n_steps - N_STEPS_KEPT : 0; i < n_steps; i++)
    g_print ("# %s\n", kept_steps[i % N_STEPS_KEPT]);
}
