/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeds. Usage: simulate FIRST COUNT     runs them, prints TAP
 *               simulate --seed N [-v]   runs one twice and compares; -v prints its steps
 *               simulate --restore N     twenty programs, and a council that is restored to an hour ago
 * Each seed runs in a process of its own, in a folder of its own, from the same beginning. */
#include "sim-world.h"

#include "ehcp-manifest.h"
#include "sim-threads.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_S 60

static gboolean is_restore;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *text = "";

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      text = fields[i].value;
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    sim_fail ("a warning: %s", text);
  else if ((level & G_LOG_LEVEL_DEBUG) == 0)
    sim_step ("log: %s", text);
  if ((level & G_LOG_FLAG_FATAL) != 0 || (level & G_LOG_LEVEL_ERROR) != 0)
    {
      sim_print_last_steps ();
      _exit (3);
    }
  return G_LOG_WRITER_HANDLED;
}

static void
live (void)
{
  guint n = 30 + sim_random (60);
  guint acts = 100 + sim_random (400);
  guint faults = sim_random (3) == 0 ? 0 : sim_random (150);

  sim_world_begin ();
  for (guint i = 0; i < n && sim_world.problem == NULL; i++)
    {
      if (!sim_spin (1 + sim_random (60)) || sim_chance (100))
        sim_wait_next ();
      if (sim_chance (acts))
        sim_act ();
      if (sim_chance (faults))
        sim_fault ();
    }
  sim_mend ();
  if (sim_settle ())
    sim_check ();
}

/* A backup, an hour of work by twenty programs, the restore of the backup in the middle of it. */
static void
live_restored (void)
{
  sim_world.is_peaceful = TRUE;
  sim_world_begin ();
  for (guint i = 0; i < 450 && sim_world.problem == NULL; i++)
    {
      if (!sim_spin (1 + sim_random (40)))
        sim_wait_next ();
      sim_pass (sim_random (20) * G_USEC_PER_SEC);
      sim_act ();
      if (i == 100)
        sim_council_back_up ();
    }
  sim_council_restore ();
  sim_mend ();
  if (!sim_settle ())
    return;
  sim_check ();
  sim_check_restored ();
}

typedef struct
{
  guint64 trace;
  guint64 n_switches;
  gint64 passed_us;
} Outcome;

/* In a child. Returns whether it held; *outcome as the child told it. */
static gboolean
run_seed (guint64 seed, gboolean is_loud, Outcome *outcome)
{
  g_autofree char *folder = g_strdup_printf ("seed-%" G_GUINT64_FORMAT, seed);
  int pipe_fds[2], status = 0;
  pid_t child;

  fflush (NULL);
  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  g_mkdir (folder, 0700);
  child = fork ();
  if (child == 0)
    {
      gint64 begin_us = sim_now_us ();

      alarm (is_restore ? 10 * LIMIT_S : LIMIT_S);
      g_assert_cmpint (g_chdir (folder), ==, 0);
      sim_set_loud (is_loud);
      sim_random_start (seed);
      sim_disk_set_padded (seed % 2 == 0);
      is_restore ? live_restored () : live ();
      *outcome = (Outcome){ sim_get_trace (), sim_count_switches (), sim_now_us () - begin_us };
      if (sim_world.problem != NULL && !is_loud)
        sim_print_last_steps ();
      if (sim_world.problem != NULL)
        g_print ("# seed %" G_GUINT64_FORMAT ": %s\n", seed, sim_world.problem);
      fflush (NULL);
      if (write (pipe_fds[1], outcome, sizeof *outcome) < 0)
        _exit (2);
      _exit (sim_world.problem != NULL ? 1 : 0);
    }
  close (pipe_fds[1]);
  if (read (pipe_fds[0], outcome, sizeof *outcome) != sizeof *outcome)
    memset (outcome, 0, sizeof *outcome);
  close (pipe_fds[0]);
  waitpid (child, &status, 0);
  ehcp_folder_remove (folder);
  if (status == 0)
    return TRUE;
  if (WIFSIGNALED (status))
    g_print ("# seed %" G_GUINT64_FORMAT ": ended by signal %d\n", seed, WTERMSIG (status));
  return FALSE;
}

static gboolean
run_twice (guint64 seed, gboolean is_loud)
{
  Outcome first, second;
  gboolean is_good = run_seed (seed, is_loud, &first);

  run_seed (seed, FALSE, &second);
  if (first.trace == second.trace)
    return is_good;
  g_print ("# seed %" G_GUINT64_FORMAT " does not replay: %" G_GINT64_MODIFIER "x, %" G_GINT64_MODIFIER "x\n", seed,
           first.trace, second.trace);
  return FALSE;
}

static int
run_many (guint64 first, guint64 count)
{
  guint64 n_failed = 0, n_switches = 0;
  gint64 passed_us = 0;
  gint64 began_us = 0;
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  began_us = now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
  g_print ("1..2\n");
  for (guint64 i = 0; i < count; i++)
    {
      Outcome outcome = { 0 };

      if (!run_seed (first + i, FALSE, &outcome))
        n_failed++;
      n_switches += outcome.n_switches;
      passed_us += outcome.passed_us;
      if (n_failed >= 5)
        break;
    }
  clock_gettime (CLOCK_MONOTONIC, &now);
  g_print ("# %" G_GUINT64_FORMAT " seeds from %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " failed, %" G_GUINT64_FORMAT
           " turns, %.1f simulated days, %.1f s\n",
           count, first, n_failed, n_switches, passed_us / 86400e6,
           (now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 - began_us) / 1e6);
  g_print ("%s 1 every seed holds\n", n_failed == 0 ? "ok" : "not ok");
  for (guint64 i = 0; i < MIN (count, 20); i++)
    if (!run_twice (first + i * (count / MIN (count, 20)), FALSE))
      n_failed++;
  g_print ("%s 2 seeds replay bit for bit\n", n_failed == 0 ? "ok" : "not ok");
  return n_failed == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  int code;

  if (argc < 3)
    {
      g_printerr ("usage: simulate FIRST COUNT | simulate --seed N [-v]\n");
      return 2;
    }
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
  folder = g_strdup_printf ("%s/ehcp-sim-XXXXXX", base);
  g_assert_nonnull (g_mkdtemp (folder));
  g_assert_cmpint (g_chdir (folder), ==, 0);
  is_restore = strcmp (argv[1], "--restore") == 0;
  sim_world_make (is_restore ? SIM_MAX_DEVICES : SIM_FEW_DEVICES);
  if (is_restore)
    g_print ("1..1\n");
  if (is_restore)
    {
      code = run_twice (g_ascii_strtoull (argv[2], NULL, 10), argc > 3) ? 0 : 1;
      g_print ("%s 1 twenty programs come back after a restore\n", code == 0 ? "ok" : "not ok");
    }
  else if (strcmp (argv[1], "--seed") == 0)
    code = run_twice (g_ascii_strtoull (argv[2], NULL, 10), argc > 3) ? 0 : 1;
  else
    code = run_many (g_ascii_strtoull (argv[1], NULL, 10), g_ascii_strtoull (argv[2], NULL, 10));
  ehcp_folder_remove (folder);
  return code;
}
