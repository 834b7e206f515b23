/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells ThreadSanitizer what GLib's own locks order: they are futexes in a library that is not instrumented, so that
 * without this every use of them looks like a race. Preloaded into test programs of a build with threads checked:
 *   meson setup build-tsan -Db_sanitize=thread -Db_lundef=false
 *   cc -shared -fPIC $(pkg-config --cflags gio-2.0) -D_GNU_SOURCE -o tsan-glib.so tests/tools/tsan-glib.c
 *   LD_PRELOAD=./tsan-glib.so build-tsan/tests/test-server */
#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define REAL(name) ((__typeof__ (&name)) find (#name))

static void *
find (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

void
(g_mutex_lock) (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

gboolean
(g_mutex_trylock) (GMutex *mutex)
{
  gboolean is_locked = REAL (g_mutex_trylock) (mutex);

  if (is_locked)
    __tsan_acquire (mutex);
  return is_locked;
}

void
(g_mutex_unlock) (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

/* What the others did to it comes before the last one's clearing up. */
gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean is_last;

  __tsan_release (count);
  is_last = REAL (g_atomic_ref_count_dec) (count);
  if (is_last)
    __tsan_acquire (count);
  return is_last;
}

void
(g_cond_wait) (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
(g_cond_wait_until) (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean is_signalled;

  __tsan_release (mutex);
  is_signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_signalled;
}

void
(g_async_queue_push) (GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push) (queue, data);
}

gpointer
(g_async_queue_pop) (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

gpointer
(g_async_queue_try_pop) (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_try_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

typedef struct
{
  GFunc func;
  gpointer user_data;
} PoolFunc;

static char pools; /* one order for all pools */

static void
run_pooled (gpointer item, gpointer data)
{
  PoolFunc *pooled = data;

  __tsan_acquire (&pools);
  pooled->func (item, pooled->user_data);
}

GThreadPool *
(g_thread_pool_new) (GFunc func, gpointer user_data, gint max_threads, gboolean exclusive, GError **error)
{
  PoolFunc *pooled = g_new0 (PoolFunc, 1);

  pooled->func = func;
  pooled->user_data = user_data;
  return REAL (g_thread_pool_new) (run_pooled, pooled, max_threads, exclusive, error);
}

gboolean
(g_thread_pool_push) (GThreadPool *pool, gpointer data, GError **error)
{
  __tsan_release (&pools);
  return REAL (g_thread_pool_push) (pool, data, error);
}

static void *
get_order (gpointer object)
{
  return (char *) object + 1;
}

gpointer
(g_object_ref) (gpointer object)
{
  gpointer same = REAL (g_object_ref) (object);

  __tsan_release (get_order (object));
  return same;
}

void
(g_object_unref) (gpointer object)
{
  __tsan_release (get_order (object));
  __tsan_acquire (get_order (object));
  REAL (g_object_unref) (object);
}

void
(g_bytes_unref) (GBytes *bytes)
{
  if (bytes != NULL)
    {
      __tsan_release (bytes);
      __tsan_acquire (bytes);
    }
  REAL (g_bytes_unref) (bytes);
}

void
(g_once_init_leave) (volatile void *location, gsize result)
{
  __tsan_release ((void *) location);
  REAL (g_once_init_leave) (location, result);
}

gboolean
(g_once_init_enter) (volatile void *location)
{
  gboolean is_first = REAL (g_once_init_enter) (location);

  __tsan_acquire ((void *) location);
  return is_first;
}

void
(g_rw_lock_reader_lock) (GRWLock *lock)
{
  REAL (g_rw_lock_reader_lock) (lock);
  __tsan_acquire (lock);
}

void
(g_rw_lock_reader_unlock) (GRWLock *lock)
{
  __tsan_release (lock);
  REAL (g_rw_lock_reader_unlock) (lock);
}

void
(g_rw_lock_writer_lock) (GRWLock *lock)
{
  REAL (g_rw_lock_writer_lock) (lock);
  __tsan_acquire (lock);
}

void
(g_rw_lock_writer_unlock) (GRWLock *lock)
{
  __tsan_release (lock);
  REAL (g_rw_lock_writer_unlock) (lock);
}
