/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to a simulated disk: crashes, lost power, faults, copies. */
#include "sim-disk-private.h"

#include "sim-threads.h"

#include <string.h>

struct _SimImage
{
  GHashTable *contents; /* name → GBytes */
};

static gboolean
belongs_to (const File *file, guint host)
{
  return (guint) g_ascii_strtoull (file->name, NULL, 10) == host;
}

/* Sectors of writes that were not synced may be lost, each by itself, the newest first. */
static void
lose_power (File *file, guint chance)
{
  for (guint i = file->undo->len; i > 0; i--)
    {
      Undo *undo = &g_array_index (file->undo, Undo, i - 1);
      gsize n = 0;
      const guint8 *old = g_bytes_get_data (undo->old, &n);
      gboolean is_size_lost = sim_chance (chance);

      for (gsize at = 0; at < n; at += SIM_SECTOR)
        if (sim_chance (chance) && undo->at + (gint64) at < (gint64) file->data->len)
          memcpy (file->data->data + undo->at + at, old + at,
                  MIN (MIN (SIM_SECTOR, n - at), file->data->len - undo->at - at));
      if (is_size_lost && undo->old_size < (gint64) file->data->len)
        g_byte_array_set_size (file->data, undo->old_size);
      else if (is_size_lost && undo->old_size > (gint64) file->data->len && undo->at + (gint64) n == undo->old_size)
        {
          g_byte_array_set_size (file->data, undo->at);
          g_byte_array_append (file->data, old, n);
        }
    }
  g_array_set_size (file->undo, 0);
}

void
sim_disk_crash (guint host, gboolean is_power_lost)
{
  GHashTableIter iter;
  gpointer value;
  guint chance = sim_random (3) == 0 ? 1000 : 500;

  for (guint i = sim_handles->len; i > 0; i--)
    {
      Handle *handle = g_ptr_array_index (sim_handles, i - 1);

      if (handle->host == host)
        g_ptr_array_remove_index (sim_handles, i - 1);
    }
  g_hash_table_iter_init (&iter, sim_files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      File *file = value;

      if (!belongs_to (file, host))
        continue;
      file->n_shared = 0;
      file->reserved = file->pending = file->exclusive = NULL;
      memset (file->shm_shared, 0, sizeof file->shm_shared);
      memset (file->shm_exclusive, 0, sizeof file->shm_exclusive);
      file->regions = NULL;
      if (is_power_lost)
        lose_power (file, chance);
    }
  sim_disks[host].die_after = 0;
}

void
sim_disk_set_full (guint host, gboolean is_full)
{
  sim_disks[host].is_full = is_full;
}

void
sim_disk_set_error_rate (guint host, guint per_thousand)
{
  sim_disks[host].error_rate = per_thousand;
}

void
sim_disk_die_after (guint host, guint n_operations)
{
  sim_disks[host].die_after = n_operations;
}

void
sim_disk_heal (guint host)
{
  sim_disks[host] = (Disk){ 0 };
}

SimImage *
sim_disk_save (const char *folder)
{
  SimImage *image = g_new0 (SimImage, 1);
  GHashTableIter iter;
  gpointer value;

  image->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_hash_table_iter_init (&iter, sim_files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_has_prefix (((File *) value)->name, folder))
      g_hash_table_insert (image->contents, g_strdup (((File *) value)->name),
                           g_bytes_new (((File *) value)->data->data, ((File *) value)->data->len));
  return image;
}

void
sim_disk_remove (const char *folder)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sim_files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_has_prefix (((File *) value)->name, folder))
      g_hash_table_iter_remove (&iter);
}

void
sim_disk_load (const char *folder, SimImage *image)
{
  GHashTableIter iter;
  gpointer key, value;

  sim_disk_remove (folder);
  g_hash_table_iter_init (&iter, image->contents);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_byte_array_append (sim_make_file (key)->data, g_bytes_get_data (value, NULL), g_bytes_get_size (value));
}
