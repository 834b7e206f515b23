/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files and handles of the simulated disks. */
#pragma once

#include "sim-disk.h"
#include "sim-threads.h"

#include <sqlite3.h>

#define SIM_N_LOCKS SQLITE_SHM_NLOCK
#define SIM_SECTOR 512

/* What stood there before a write that was not synced yet. */
typedef struct
{
  gint64 at;
  gint64 old_size;
  GBytes *old;
} Undo;

typedef struct
{
  char *name;
  GByteArray *data;
  GArray *undo;
  int n_shared;
  gpointer reserved;
  gpointer pending;
  gpointer exclusive;
  GPtrArray *regions;
  int shm_shared[SIM_N_LOCKS];
  gpointer shm_exclusive[SIM_N_LOCKS];
  gboolean is_gone;
} File;

typedef struct
{
  sqlite3_file base;
  File *file;
  guint host;
  int lock;
  guint shm_shared; /* bits */
  gboolean delete_on_close;
} Handle;

typedef struct
{
  gboolean is_full;
  guint error_rate;
  guint die_after;
} Disk;

extern GHashTable *sim_files; /* name → File */
extern GPtrArray *sim_handles;
extern Disk sim_disks[SIM_MAX_HOSTS];

File *sim_make_file (const char *name);
