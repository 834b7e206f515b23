/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk in memory for SQLite: what was not synced may be lost in part when the power goes. Other files are
 * real, in a folder of their own; their calls fail when the disk does. */
#pragma once

#include <glib.h>

void sim_disk_start (void);
/* Whether SQLite is told that a write may harm what lies beside it, and fills sectors up. */
void sim_disk_set_padded (gboolean wanted);
/* A path belongs to the host whose folder it lies in ("1/" is the council's). */
void sim_disk_crash (guint host, gboolean is_power_lost);
void sim_disk_set_full (guint host, gboolean is_full);
void sim_disk_set_error_rate (guint host, guint per_thousand);
/* The host dies at its n-th write or sync from now; 0: never. */
void sim_disk_die_after (guint host, guint n_operations);
void sim_disk_heal (guint host);
gboolean sim_disk_fails (void); /* of the host that runs, now: for calls that are not SQLite's */

/* Every file under a folder, as it would be found after the power went. */
typedef struct _SimImage SimImage;
SimImage *sim_disk_save (const char *folder);
void sim_disk_load (const char *folder, SimImage *image);
void sim_disk_remove (const char *folder);
