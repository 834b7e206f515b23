/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that are none: the product's g_thread_*, locks, queues and clocks are linked to these (--wrap), so
 * that a seed alone decides who runs when, and time passes only when everybody waits. */
#pragma once

#include <gio/gio.h>

#define SIM_MAX_HOSTS 32
#define SIM_DRIVER 0 /* the main thread, which tests and programs share */
#define SIM_COUNCIL 1

/* The seed's numbers. */
void sim_random_start (guint64 seed);
guint32 sim_random (guint32 n);          /* 0 to n - 1 */
gboolean sim_chance (guint per_thousand);
void sim_random_bytes (void *bytes, gsize length);

/* Steps: kept, hashed, and printed when a seed is looked at. */
void sim_step (const char *format, ...) G_GNUC_PRINTF (1, 2);
void sim_set_loud (gboolean is_loud);
guint64 sim_get_trace (void);
void sim_print_last_steps (void);

/* The clock. */
gint64 sim_now_us (void);
void sim_pass (gint64 us);

/* Hosts: one for each program that can crash by itself. */
guint sim_get_host (void);
guint sim_set_host (guint host);         /* of what the driver does next; returns the one before */
void sim_kill (guint host);              /* its threads never run again */
gboolean sim_is_dying (guint host);
void sim_die (void);                     /* of the host that runs: its threads end here */
void sim_clear_dying (guint host);

/* The driver. */
gboolean sim_run_one (void);             /* FALSE: everybody waits */
gboolean sim_wait_next (void);           /* lets time pass to the next alarm; FALSE: there is none */
guint64 sim_count_switches (void);
void sim_yield (void);                   /* of a thread: lets others run first, perhaps */
void sim_sleep (gint64 us);
/* Waits until *flag or the cancellable; FALSE when that came first. */
gboolean sim_wait_flag (const gboolean *flag, GCancellable *cancellable, gint64 until_us);
gboolean sim_is_driver (void);
const char *sim_get_thread_name (void);
