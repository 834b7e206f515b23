/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite writes each page of a transaction to its write-ahead log in two calls to the system, a head of 24 bytes
 * and the page: some fifty for a message. Here what follows on each other is gathered in memory and goes out in one
 * call, at the latest before anything else is done with the log: above all before it is synced, which with
 * `synchronous = FULL` is before anybody is told of the transaction and before any other connection looks for it.
 * What is never synced was promised to nobody. On a disk that may harm what lies beside a write SQLite fills the last
 * sector up after the sync; there nothing is gathered. Every other file is the layer's below, untouched. */
#include "ehcp-db-gather.h"

#include <glib.h>
#include <string.h>

#define MOST (120 * 1024) /* bytes gathered: about 30 pages. SQLite for Unix takes at most 128 KiB in one call. */

typedef struct
{
  sqlite3_file base;
  sqlite3_file *below;  /* in the same memory, behind this */
  gboolean is_gathering;
  char *bytes;          /* MOST, from the first write on */
  int n_bytes;          /* that wait */
  sqlite3_int64 offset; /* of the first of them */
} Log;

static sqlite3_vfs gather_vfs;
static sqlite3_vfs *vfs_below;

/* Bytes that could not be written are not tried again: their transaction is told, and undone. */
static int
let_go (Log *log)
{
  int n = log->n_bytes;

  log->n_bytes = 0;
  return n == 0 ? SQLITE_OK : log->below->pMethods->xWrite (log->below, log->bytes, n, log->offset);
}

/* Not written any more: SQLite syncs what counts before it closes. */
static int
log_close (sqlite3_file *base)
{
  Log *log = (Log *) base;

  g_free (log->bytes);
  return log->below->pMethods->xClose (log->below);
}

static int
log_read (sqlite3_file *base, void *into, int n, sqlite3_int64 offset)
{
  Log *log = (Log *) base;
  int code = let_go (log);

  return code != SQLITE_OK ? code : log->below->pMethods->xRead (log->below, into, n, offset);
}

static int
log_write (sqlite3_file *base, const void *bytes, int n, sqlite3_int64 offset)
{
  Log *log = (Log *) base;

  if (log->n_bytes > 0 && (offset != log->offset + log->n_bytes || n > MOST - log->n_bytes))
    {
      int code = let_go (log);

      if (code != SQLITE_OK)
        return code;
    }
  if (n > MOST || !log->is_gathering)
    return log->below->pMethods->xWrite (log->below, bytes, n, offset);
  if (log->bytes == NULL)
    log->bytes = g_malloc (MOST);
  if (log->n_bytes == 0)
    log->offset = offset;
  memcpy (log->bytes + log->n_bytes, bytes, (gsize) n);
  log->n_bytes += n;
  return SQLITE_OK;
}

static int
log_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  Log *log = (Log *) base;
  int code = let_go (log);

  return code != SQLITE_OK ? code : log->below->pMethods->xTruncate (log->below, size);
}

static int
log_sync (sqlite3_file *base, int flags)
{
  Log *log = (Log *) base;
  int code = let_go (log);

  return code != SQLITE_OK ? code : log->below->pMethods->xSync (log->below, flags);
}

static int
log_size (sqlite3_file *base, sqlite3_int64 *size)
{
  Log *log = (Log *) base;
  int code = let_go (log);

  return code != SQLITE_OK ? code : log->below->pMethods->xFileSize (log->below, size);
}

static int
log_lock (sqlite3_file *base, int lock)
{
  Log *log = (Log *) base;

  return log->below->pMethods->xLock (log->below, lock);
}

static int
log_unlock (sqlite3_file *base, int lock)
{
  Log *log = (Log *) base;

  return log->below->pMethods->xUnlock (log->below, lock);
}

static int
log_check_lock (sqlite3_file *base, int *is_locked)
{
  Log *log = (Log *) base;

  return log->below->pMethods->xCheckReservedLock (log->below, is_locked);
}

static int
log_control (sqlite3_file *base, int what, void *data)
{
  Log *log = (Log *) base;
  int code = let_go (log);

  return code != SQLITE_OK ? code : log->below->pMethods->xFileControl (log->below, what, data);
}

static int
log_sector (sqlite3_file *base)
{
  Log *log = (Log *) base;

  return log->below->pMethods->xSectorSize (log->below);
}

static int
log_device (sqlite3_file *base)
{
  Log *log = (Log *) base;

  return log->below->pMethods->xDeviceCharacteristics (log->below);
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = log_close,
  .xRead = log_read,
  .xWrite = log_write,
  .xTruncate = log_truncate,
  .xSync = log_sync,
  .xFileSize = log_size,
  .xLock = log_lock,
  .xUnlock = log_unlock,
  .xCheckReservedLock = log_check_lock,
  .xFileControl = log_control,
  .xSectorSize = log_sector,
  .xDeviceCharacteristics = log_device,
};

static int
gather_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  Log *log = (Log *) base;
  int code;

  if ((flags & SQLITE_OPEN_WAL) == 0)
    return vfs_below->xOpen (vfs_below, name, base, flags, out_flags);
  memset (log, 0, sizeof *log);
  log->below = (sqlite3_file *) (log + 1);
  log->below->pMethods = NULL;
  code = vfs_below->xOpen (vfs_below, name, log->below, flags, out_flags);
  if (code == SQLITE_OK)
    {
      log->base.pMethods = &methods;
      log->is_gathering = (log_device (base) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) != 0;
    }
  else if (log->below->pMethods != NULL)
    log->below->pMethods->xClose (log->below);
  return code;
}

/* Over what is the default now: the system's files, or those of a simulation. */
static gpointer
make (gpointer data)
{
  vfs_below = sqlite3_vfs_find (NULL);
  gather_vfs = *vfs_below;
  gather_vfs.zName = "gather";
  gather_vfs.pNext = NULL;
  gather_vfs.szOsFile = vfs_below->szOsFile + (int) sizeof (Log);
  gather_vfs.xOpen = gather_open;
  sqlite3_vfs_register (&gather_vfs, 0);
  return (gpointer) gather_vfs.zName;
}

/** ehcp_db_gather_vfs: Makes the layer at the first call. Returns: (transfer none): its name for SQLite. */
const char *
ehcp_db_gather_vfs (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make, NULL);
}
