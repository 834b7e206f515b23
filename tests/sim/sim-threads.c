/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One operating-system thread with many stacks. A switch happens where the product waits, and now and then
 * where it takes or gives a lock or a job. */
#include "sim-threads.h"

#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define STACK_BYTES (512 * 1024)
#define NEVER G_MAXINT64

typedef struct
{
  ucontext_t context;
  void *stack;
  GThreadFunc func;
  gpointer data;
  gpointer result;
  char name[20];
  guint number;
  guint host;
  gboolean is_done;
  gboolean is_dead;
  gpointer waits_for;        /* a lock, condition, queue or thread; NULL: ready */
  gint64 until_us;
  GCancellable *cancellable;
  const gboolean *flag;
  GHashTable *privates;
} Fiber;

static Fiber driver = { .name = "driver", .until_us = NEVER };
static Fiber *current = &driver;
static GPtrArray *fibers;
static GPtrArray *free_stacks;
static guint n_made;
static guint driver_host;
static gboolean dying[SIM_MAX_HOSTS];
static guint64 n_switches;
static gint64 now_us = G_GINT64_CONSTANT (1795528800) * G_USEC_PER_SEC; /* 24 November 2026, 14:00 UTC */

/* --- the clock --- */

gint64
sim_now_us (void)
{
  return now_us;
}

void
sim_pass (gint64 us)
{
  now_us += us;
}

gint64 __wrap_g_get_monotonic_time (void);
gint64 __wrap_g_get_real_time (void);

gint64
__wrap_g_get_monotonic_time (void)
{
  return now_us;
}

gint64
__wrap_g_get_real_time (void)
{
  return now_us;
}

/* --- switching --- */

guint
sim_get_host (void)
{
  return current == &driver ? driver_host : current->host;
}

guint
sim_set_host (guint host)
{
  guint before = driver_host;

  driver_host = host;
  return before;
}

gboolean
sim_is_dying (guint host)
{
  return dying[host];
}

void
sim_clear_dying (guint host)
{
  dying[host] = FALSE;
}

const char *
sim_get_thread_name (void)
{
  return current->name;
}

gboolean
sim_is_driver (void)
{
  return current == &driver;
}

guint64
sim_count_switches (void)
{
  return n_switches;
}

static gboolean
is_ready (const Fiber *fiber)
{
  if (fiber->is_done || fiber->is_dead || dying[fiber->host])
    return FALSE;
  return fiber->waits_for == NULL || fiber->until_us <= now_us ||
         (fiber->flag != NULL && *fiber->flag) ||
         (fiber->cancellable != NULL && g_cancellable_is_cancelled (fiber->cancellable));
}

static void wake_all (gpointer what, guint most);

static void
run_fiber (guint low, guint high)
{
  Fiber *fiber = (Fiber *) (((guint64) high << 32) | low);

  fiber->result = fiber->func (fiber->data);
  fiber->is_done = TRUE;
  wake_all (fiber, G_MAXUINT);
  swapcontext (&fiber->context, &driver.context);
  g_assert_not_reached ();
}

gboolean
sim_run_one (void)
{
  Fiber *ready[256];
  guint n = 0;
  Fiber *chosen;

  g_assert (current == &driver);
  for (guint i = 0; fibers != NULL && i < fibers->len && n < G_N_ELEMENTS (ready); i++)
    if (is_ready (g_ptr_array_index (fibers, i)))
      ready[n++] = g_ptr_array_index (fibers, i);
  if (n == 0)
    return FALSE;
  chosen = ready[n > 1 ? sim_random (n) : 0];
  chosen->waits_for = NULL;
  n_switches++;
  current = chosen;
  swapcontext (&driver.context, &chosen->context);
  current = &driver;
  if (chosen->is_done)
    {
      g_ptr_array_remove (fibers, chosen);
      g_ptr_array_add (free_stacks, chosen->stack);
      chosen->stack = NULL;
    }
  return TRUE;
}

static gint64
find_next_alarm (void)
{
  gint64 next = NEVER;

  for (guint i = 0; fibers != NULL && i < fibers->len; i++)
    {
      Fiber *fiber = g_ptr_array_index (fibers, i);

      if (!fiber->is_dead && !dying[fiber->host] && fiber->waits_for != NULL)
        next = MIN (next, fiber->until_us);
    }
  return next;
}

gboolean
sim_wait_next (void)
{
  gint64 next = find_next_alarm ();

  if (next == NEVER)
    return FALSE;
  now_us = MAX (now_us, next);
  return TRUE;
}

/* The driver waits by running the others; for nothing of a program that has died under it. */
static void
wait_in_driver (void)
{
  while (driver.waits_for != NULL && driver.until_us > now_us && !dying[sim_get_host ()] &&
         !(driver.flag != NULL && *driver.flag) &&
         !(driver.cancellable != NULL && g_cancellable_is_cancelled (driver.cancellable)))
    if (!sim_run_one ())
      {
        gint64 next = MIN (find_next_alarm (), driver.until_us);

        if (next == NEVER)
          {
            for (guint i = 0; i < fibers->len; i++)
              {
                Fiber *fiber = g_ptr_array_index (fibers, i);

                sim_step ("%p %s waits for %p, dead %d", (void *) fiber, fiber->name, fiber->waits_for, fiber->is_dead);
              }
            g_error ("the driver waits for ever for %p", driver.waits_for);
          }
        now_us = MAX (now_us, next);
      }
}

/* FALSE when the time was over first. */
static gboolean
wait_for (gpointer what, gint64 until_us)
{
  gboolean is_woken;

  current->waits_for = what;
  current->until_us = until_us;
  if (current == &driver)
    wait_in_driver ();
  else
    swapcontext (&current->context, &driver.context);
  is_woken = current->waits_for == NULL && !(until_us <= now_us && until_us != NEVER);
  current->waits_for = NULL;
  current->until_us = NEVER;
  return is_woken;
}

static void
wake_all (gpointer what, guint most)
{
  guint n = 0;

  for (guint i = 0; fibers != NULL && i < fibers->len && n < most; i++)
    {
      Fiber *fiber = g_ptr_array_index (fibers, i);

      if (fiber->waits_for == what && !fiber->is_dead)
        {
          fiber->waits_for = NULL;
          fiber->until_us = NEVER;
          n++;
        }
    }
  if (n < most && driver.waits_for == what)
    {
      driver.waits_for = NULL;
      driver.until_us = NEVER;
    }
}

void
sim_yield (void)
{
  static int yielding;

  if (current != &driver)
    wait_for (&yielding, now_us);
}

void
sim_sleep (gint64 us)
{
  static int sleeping;

  wait_for (&sleeping, now_us + us);
}

gboolean
sim_wait_flag (const gboolean *flag, GCancellable *cancellable, gint64 until_us)
{
  static int flagged;

  while (!*flag && !g_cancellable_is_cancelled (cancellable) && now_us < until_us)
    {
      current->flag = flag;
      current->cancellable = cancellable;
      wait_for (&flagged, until_us);
      current->flag = NULL;
      current->cancellable = NULL;
    }
  return *flag;
}

void
sim_die (void)
{
  static int dead;

  dying[sim_get_host ()] = TRUE;
  if (current == &driver)
    return;
  current->is_dead = TRUE;
  wait_for (&dead, NEVER);
  g_assert_not_reached ();
}

void
sim_kill (guint host)
{
  for (guint i = fibers != NULL ? fibers->len : 0; i > 0; i--)
    {
      Fiber *fiber = g_ptr_array_index (fibers, i - 1);

      if (fiber->host != host)
        continue;
      fiber->is_dead = TRUE;
      g_ptr_array_remove_index (fibers, i - 1);
    }
}

static void
perhaps_yield (guint per_thousand)
{
  if (current != &driver && sim_chance (per_thousand))
    sim_yield ();
}

/* --- threads --- */

GThread *__wrap_g_thread_new (const char *name, GThreadFunc func, gpointer data);
gpointer __wrap_g_thread_join (GThread *thread);
GThread *__wrap_g_thread_self (void);

GThread *
__wrap_g_thread_new (const char *name, GThreadFunc func, gpointer data)
{
  Fiber *fiber = g_new0 (Fiber, 1);

  if (fibers == NULL)
    {
      fibers = g_ptr_array_new ();
      free_stacks = g_ptr_array_new ();
    }
  fiber->host = sim_get_host ();
  fiber->number = ++n_made;
  g_snprintf (fiber->name, sizeof fiber->name, "%u:%s", fiber->host, name);
  fiber->func = func;
  fiber->data = data;
  fiber->until_us = NEVER;
  if (free_stacks->len > 0)
    fiber->stack = g_ptr_array_steal_index_fast (free_stacks, free_stacks->len - 1);
  else
    fiber->stack = mmap (NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  getcontext (&fiber->context);
  fiber->context.uc_stack.ss_sp = fiber->stack;
  fiber->context.uc_stack.ss_size = STACK_BYTES;
  makecontext (&fiber->context, (void (*) (void)) run_fiber, 2, (guint) ((guint64) fiber & 0xffffffff),
               (guint) ((guint64) fiber >> 32));
  g_ptr_array_add (fibers, fiber);
  return (GThread *) fiber;
}

gpointer
__wrap_g_thread_join (GThread *thread)
{
  Fiber *fiber = (Fiber *) thread;

  while (!fiber->is_done && !fiber->is_dead)
    {
      if (current == &driver && dying[fiber->host])
        break;
      wait_for (fiber, NEVER);
    }
  return fiber->result;
}

GThread *
__wrap_g_thread_self (void)
{
  return (GThread *) current;
}

/* --- locks: the union's own memory holds the owner --- */

void __wrap_g_mutex_lock (GMutex *mutex);
void __wrap_g_mutex_unlock (GMutex *mutex);
void __wrap_g_cond_wait (GCond *cond, GMutex *mutex);
gboolean __wrap_g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 until_us);
void __wrap_g_cond_signal (GCond *cond);
void __wrap_g_cond_broadcast (GCond *cond);

void
__wrap_g_mutex_lock (GMutex *mutex)
{
  perhaps_yield (20);
  while (mutex->i[0] != 0)
    wait_for (mutex, NEVER);
  mutex->i[0] = 1;
}

static void
unlock (GMutex *mutex)
{
  mutex->i[0] = 0;
  wake_all (mutex, G_MAXUINT);
}

void
__wrap_g_mutex_unlock (GMutex *mutex)
{
  unlock (mutex);
  perhaps_yield (20);
}

void
__wrap_g_cond_wait (GCond *cond, GMutex *mutex)
{
  unlock (mutex);
  wait_for (cond, NEVER);
  while (mutex->i[0] != 0)
    wait_for (mutex, NEVER);
  mutex->i[0] = 1;
}

gboolean
__wrap_g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 until_us)
{
  gboolean is_woken;

  unlock (mutex);
  is_woken = wait_for (cond, until_us);
  while (mutex->i[0] != 0)
    wait_for (mutex, NEVER);
  mutex->i[0] = 1;
  return is_woken;
}

void
__wrap_g_cond_signal (GCond *cond)
{
  wake_all (cond, 1);
}

void
__wrap_g_cond_broadcast (GCond *cond)
{
  wake_all (cond, G_MAXUINT);
}

/* --- queues --- */

gpointer __wrap_g_async_queue_pop (GAsyncQueue *queue);
void __wrap_g_async_queue_push (GAsyncQueue *queue, gpointer data);
void __real_g_async_queue_push (GAsyncQueue *queue, gpointer data);

gpointer
__wrap_g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;

  while ((data = g_async_queue_try_pop (queue)) == NULL)
    wait_for (queue, NEVER);
  return data;
}

void
__wrap_g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  __real_g_async_queue_push (queue, data);
  wake_all (queue, 1);
  perhaps_yield (100);
}

/* --- a thread's own --- */

gpointer __wrap_g_private_get (GPrivate *key);
void __wrap_g_private_set (GPrivate *key, gpointer value);

gpointer
__wrap_g_private_get (GPrivate *key)
{
  return current->privates != NULL ? g_hash_table_lookup (current->privates, key) : NULL;
}

void
__wrap_g_private_set (GPrivate *key, gpointer value)
{
  if (current->privates == NULL)
    current->privates = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (current->privates, key, value);
}

/* --- pools --- */

typedef struct
{
  GFunc func;
  gpointer data;
  guint max;
  guint n_threads;
  guint n_idle;
  gboolean is_over;
  GQueue items;
} Pool;

GThreadPool *__wrap_g_thread_pool_new (GFunc func, gpointer data, int max, gboolean exclusive, GError **error);
gboolean __wrap_g_thread_pool_push (GThreadPool *pool, gpointer item, GError **error);
guint __wrap_g_thread_pool_unprocessed (GThreadPool *pool);
void __wrap_g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait);

GThreadPool *
__wrap_g_thread_pool_new (GFunc func, gpointer data, int max, gboolean exclusive, GError **error)
{
  Pool *pool = g_new0 (Pool, 1);

  pool->func = func;
  pool->data = data;
  pool->max = max;
  return (GThreadPool *) pool;
}

static gpointer
run_items (gpointer data)
{
  Pool *pool = data;

  while (TRUE)
    {
      gpointer item = g_queue_pop_head (&pool->items);

      if (item != NULL)
        pool->func (item, pool->data);
      else if (pool->is_over)
        break;
      else
        {
          pool->n_idle++;
          wait_for (&pool->items, NEVER);
          pool->n_idle--;
        }
    }
  pool->n_threads--;
  wake_all (pool, G_MAXUINT);
  return NULL;
}

gboolean
__wrap_g_thread_pool_push (GThreadPool *data, gpointer item, GError **error)
{
  Pool *pool = (Pool *) data;

  g_queue_push_tail (&pool->items, item);
  if (pool->n_idle == 0 && pool->n_threads < pool->max)
    {
      pool->n_threads++;
      __wrap_g_thread_new ("pool", run_items, pool);
    }
  wake_all (&pool->items, 1);
  return TRUE;
}

guint
__wrap_g_thread_pool_unprocessed (GThreadPool *pool)
{
  return g_queue_get_length (&((Pool *) pool)->items);
}

void
__wrap_g_thread_pool_free (GThreadPool *data, gboolean immediate, gboolean wait)
{
  Pool *pool = (Pool *) data;

  pool->is_over = TRUE;
  wake_all (&pool->items, G_MAXUINT);
  while (pool->n_threads > 0)
    wait_for (pool, NEVER);
}
