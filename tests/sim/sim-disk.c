/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A VFS for SQLite, with shared memory for WAL. What happens to a disk is in sim-disaster.c. */
#include "sim-disk-private.h"

#include "sim-threads.h"

#include <glib/gstdio.h>
#include <string.h>


GHashTable *sim_files; /* name → File */
GPtrArray *sim_handles;
Disk sim_disks[SIM_MAX_HOSTS];
static gboolean is_padded;

static void
clear_undo (gpointer data)
{
  g_clear_pointer (&((Undo *) data)->old, g_bytes_unref);
}

File *
sim_make_file (const char *name)
{
  File *file = g_new0 (File, 1);

  file->name = g_strdup (name);
  file->data = g_byte_array_new ();
  file->undo = g_array_new (FALSE, FALSE, sizeof (Undo));
  g_array_set_clear_func (file->undo, clear_undo);
  g_hash_table_insert (sim_files, file->name, file);
  /* An empty one of that name, for those who look into the folder. */
  g_file_set_contents (name, "", 0, NULL);
  return file;
}

int __wrap_g_unlink (const char *path);
int __real_g_unlink (const char *path);

int
__wrap_g_unlink (const char *path)
{
  g_hash_table_remove (sim_files, path);
  return __real_g_unlink (path);
}

/* Counts down to a crash in the middle of it. */
static int
operate (gboolean needs_room)
{
  Disk *disk = &sim_disks[sim_get_host ()];

  if (sim_is_dying (sim_get_host ()))
    return SQLITE_IOERR;
  if (disk->die_after > 0 && --disk->die_after == 0)
    {
      sim_step ("dies in the middle of a write");
      sim_die ();
      return SQLITE_IOERR;
    }
  if (disk->is_full && needs_room)
    return SQLITE_FULL;
  if (disk->error_rate > 0 && sim_chance (disk->error_rate))
    {
      sim_step ("the disk fails");
      return SQLITE_IOERR;
    }
  return SQLITE_OK;
}

gboolean
sim_disk_fails (void)
{
  return operate (TRUE) != SQLITE_OK;
}

/* --- a file --- */

static void
remember (File *file, gint64 at, gint64 length)
{
  Undo undo = { at, file->data->len, NULL };
  gint64 n = CLAMP ((gint64) file->data->len - at, 0, length);

  undo.old = g_bytes_new (file->data->data + MIN (at, file->data->len), n);
  g_array_append_val (file->undo, undo);
}

static int
disk_close (sqlite3_file *base)
{
  Handle *handle = (Handle *) base;

  g_ptr_array_remove_fast (sim_handles, handle);
  if (handle->file != NULL)
    {
      File *file = handle->file;

      if (handle->lock >= SQLITE_LOCK_SHARED)
        file->n_shared--;
      if (file->reserved == handle)
        file->reserved = NULL;
      if (file->pending == handle)
        file->pending = NULL;
      if (file->exclusive == handle)
        file->exclusive = NULL;
      if (handle->delete_on_close)
        g_hash_table_remove (sim_files, file->name);
    }
  return SQLITE_OK;
}

static int
disk_read (sqlite3_file *base, void *out, int n, sqlite3_int64 at)
{
  File *file = ((Handle *) base)->file;
  gint64 have = CLAMP ((gint64) file->data->len - at, 0, n);

  if (sim_disks[sim_get_host ()].error_rate > 0 && sim_chance (sim_disks[sim_get_host ()].error_rate))
    {
      sim_step ("reading fails");
      return SQLITE_IOERR_READ;
    }
  memcpy (out, file->data->data + MIN (at, (gint64) file->data->len), have);
  if (have == n)
    return SQLITE_OK;
  memset ((char *) out + have, 0, n - have);
  return SQLITE_IOERR_SHORT_READ;
}

static int
disk_write (sqlite3_file *base, const void *bytes, int n, sqlite3_int64 at)
{
  File *file = ((Handle *) base)->file;
  int code = operate (TRUE);

  if (code != SQLITE_OK)
    return code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  remember (file, at, n);
  if ((gint64) file->data->len < at + n)
    {
      guint old = file->data->len;

      g_byte_array_set_size (file->data, at + n);
      if (at > old)
        memset (file->data->data + old, 0, at - old);
    }
  memcpy (file->data->data + at, bytes, n);
  return SQLITE_OK;
}

static int
disk_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = ((Handle *) base)->file;

  if (operate (FALSE) != SQLITE_OK)
    return SQLITE_IOERR_TRUNCATE;
  if (size >= (gint64) file->data->len)
    return SQLITE_OK;
  remember (file, size, file->data->len - size);
  g_byte_array_set_size (file->data, size);
  return SQLITE_OK;
}

static int
disk_sync (sqlite3_file *base, int flags)
{
  if (operate (FALSE) != SQLITE_OK)
    return SQLITE_IOERR_FSYNC;
  g_array_set_size (((Handle *) base)->file->undo, 0);
  return SQLITE_OK;
}

static int
disk_size (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = ((Handle *) base)->file->data->len;
  return SQLITE_OK;
}

static int
disk_lock (sqlite3_file *base, int level)
{
  Handle *handle = (Handle *) base;
  File *file = handle->file;

  if (handle->lock >= level)
    return SQLITE_OK;
  if (handle->lock == SQLITE_LOCK_NONE)
    {
      if (file->exclusive != NULL || file->pending != NULL)
        return SQLITE_BUSY;
      file->n_shared++;
      handle->lock = SQLITE_LOCK_SHARED;
    }
  if (level >= SQLITE_LOCK_RESERVED)
    {
      if (file->reserved != NULL && file->reserved != handle)
        return SQLITE_BUSY;
      file->reserved = handle;
      handle->lock = MAX (handle->lock, SQLITE_LOCK_RESERVED);
    }
  if (level == SQLITE_LOCK_EXCLUSIVE)
    {
      file->pending = handle;
      if (file->n_shared > 1)
        return SQLITE_BUSY;
      file->exclusive = handle;
      handle->lock = SQLITE_LOCK_EXCLUSIVE;
    }
  return SQLITE_OK;
}

static int
disk_unlock (sqlite3_file *base, int level)
{
  Handle *handle = (Handle *) base;
  File *file = handle->file;

  if (handle->lock <= level && !(file->pending == handle))
    return SQLITE_OK;
  if (file->pending == handle)
    file->pending = NULL;
  if (file->exclusive == handle)
    file->exclusive = NULL;
  if (file->reserved == handle)
    file->reserved = NULL;
  if (level == SQLITE_LOCK_NONE && handle->lock >= SQLITE_LOCK_SHARED)
    file->n_shared--;
  handle->lock = level;
  return SQLITE_OK;
}

static int
disk_check_lock (sqlite3_file *base, int *is_reserved)
{
  *is_reserved = ((Handle *) base)->file->reserved != NULL;
  return SQLITE_OK;
}

static int
disk_control (sqlite3_file *base, int what, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
disk_sector (sqlite3_file *base)
{
  return SIM_SECTOR;
}

static int
disk_device (sqlite3_file *base)
{
  return is_padded ? 0 : SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
disk_shm_map (sqlite3_file *base, int n, int size, int may_extend, void volatile **out)
{
  File *file = ((Handle *) base)->file;

  if (file->regions == NULL)
    file->regions = g_ptr_array_new_with_free_func (g_free);
  while (may_extend && (int) file->regions->len <= n)
    g_ptr_array_add (file->regions, g_malloc0 (size));
  *out = n < (int) file->regions->len ? g_ptr_array_index (file->regions, n) : NULL;
  return SQLITE_OK;
}

static int
disk_shm_lock (sqlite3_file *base, int first, int n, int flags)
{
  Handle *handle = (Handle *) base;
  File *file = handle->file;

  for (int i = first; i < first + n; i++)
    {
      gboolean is_mine = (handle->shm_shared & (1u << i)) != 0;

      if ((flags & SQLITE_SHM_LOCK) == 0)
        continue;
      if ((flags & SQLITE_SHM_SHARED) != 0 && file->shm_exclusive[i] != NULL && file->shm_exclusive[i] != handle)
        return SQLITE_BUSY;
      if ((flags & SQLITE_SHM_EXCLUSIVE) != 0 &&
          ((file->shm_exclusive[i] != NULL && file->shm_exclusive[i] != handle) ||
           file->shm_shared[i] > (is_mine ? 1 : 0)))
        return SQLITE_BUSY;
    }
  for (int i = first; i < first + n; i++)
    {
      gboolean is_mine = (handle->shm_shared & (1u << i)) != 0;

      if ((flags & SQLITE_SHM_UNLOCK) != 0)
        {
          if (file->shm_exclusive[i] == handle)
            file->shm_exclusive[i] = NULL;
          if (is_mine)
            file->shm_shared[i]--;
          handle->shm_shared &= ~(1u << i);
        }
      else if ((flags & SQLITE_SHM_SHARED) != 0 && !is_mine)
        {
          file->shm_shared[i]++;
          handle->shm_shared |= 1u << i;
        }
      else if ((flags & SQLITE_SHM_EXCLUSIVE) != 0)
        file->shm_exclusive[i] = handle;
    }
  return SQLITE_OK;
}

static void
disk_shm_barrier (sqlite3_file *base)
{
}

static int
disk_shm_unmap (sqlite3_file *base, int delete_it)
{
  Handle *handle = (Handle *) base;
  File *file = handle->file;

  for (int i = 0; i < SIM_N_LOCKS; i++)
    {
      if (file->shm_exclusive[i] == handle)
        file->shm_exclusive[i] = NULL;
      if ((handle->shm_shared & (1u << i)) != 0)
        file->shm_shared[i]--;
    }
  handle->shm_shared = 0;
  if (delete_it)
    g_clear_pointer (&file->regions, g_ptr_array_unref);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = disk_close,
  .xRead = disk_read,
  .xWrite = disk_write,
  .xTruncate = disk_truncate,
  .xSync = disk_sync,
  .xFileSize = disk_size,
  .xLock = disk_lock,
  .xUnlock = disk_unlock,
  .xCheckReservedLock = disk_check_lock,
  .xFileControl = disk_control,
  .xSectorSize = disk_sector,
  .xDeviceCharacteristics = disk_device,
  .xShmMap = disk_shm_map,
  .xShmLock = disk_shm_lock,
  .xShmBarrier = disk_shm_barrier,
  .xShmUnmap = disk_shm_unmap,
};

/* --- the disk --- */

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  static guint n_unnamed;
  Handle *handle = (Handle *) base;
  g_autofree char *unnamed = name == NULL ? g_strdup_printf ("unnamed-%u", n_unnamed++) : NULL;
  File *file;

  memset (handle, 0, sizeof *handle);
  if (name == NULL)
    name = unnamed;
  file = g_hash_table_lookup (sim_files, name);
  if (file == NULL && (flags & SQLITE_OPEN_CREATE) == 0)
    return SQLITE_CANTOPEN;
  if (file == NULL)
    {
      if (operate (TRUE) != SQLITE_OK)
        return SQLITE_CANTOPEN;
      file = sim_make_file (name);
    }
  handle->base.pMethods = &methods;
  handle->file = file;
  handle->host = sim_get_host ();
  handle->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  g_ptr_array_add (sim_handles, handle);
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  if (operate (FALSE) != SQLITE_OK)
    return SQLITE_IOERR_DELETE;
  __real_g_unlink (name);
  return g_hash_table_remove (sim_files, name) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

static int
disk_access (sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
  *out = g_hash_table_contains (sim_files, name);
  return SQLITE_OK;
}

static int
disk_full_path (sqlite3_vfs *vfs, const char *name, int n, char *out)
{
  g_strlcpy (out, name, n);
  return SQLITE_OK;
}

static int
disk_randomness (sqlite3_vfs *vfs, int n, char *out)
{
  sim_random_bytes (out, n);
  return n;
}

static int
disk_sleep (sqlite3_vfs *vfs, int us)
{
  sim_sleep (us);
  return us;
}

static int
disk_time (sqlite3_vfs *vfs, double *out)
{
  *out = 2440587.5 + sim_now_us () / 86400e6;
  return SQLITE_OK;
}

static int
disk_last_error (sqlite3_vfs *vfs, int n, char *out)
{
  return 0;
}

static sqlite3_vfs disk_vfs = {
  .iVersion = 1,
  .szOsFile = sizeof (Handle),
  .mxPathname = 512,
  .zName = "simulated",
  .xOpen = disk_open,
  .xDelete = disk_delete,
  .xAccess = disk_access,
  .xFullPathname = disk_full_path,
  .xRandomness = disk_randomness,
  .xSleep = disk_sleep,
  .xCurrentTime = disk_time,
  .xGetLastError = disk_last_error,
};

/* Removed files stay while a handle has them; there are few. */
static void
forget_file (gpointer data)
{
  ((File *) data)->is_gone = TRUE;
}

void
sim_disk_set_padded (gboolean wanted)
{
  is_padded = wanted;
}

void
sim_disk_start (void)
{
  sim_files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, forget_file);
  sim_handles = g_ptr_array_new ();
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_initialize ();
  sqlite3_vfs_register (&disk_vfs, 1);
}
