/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A main context of its own for one call. gnome-keyring opens prompts that nobody may see, and its blocking
 * calls then never return: here the call is cancelled after its limit, and left alone if even that does
 * not end it. */
#include "ehcp-wait.h"

#define GRACE_S 2

struct _EhcpWait
{
  gatomicrefcount n_refs; /* one of the caller, one of the call that is under way */
  GMainContext *context;
  GCancellable *cancellable;
  GCancellable *outer;
  gulong outer_handler;
  gint64 limit_at;        /* monotonic µs */
  GAsyncResult *result;
};

static void
unref (EhcpWait *wait)
{
  if (!g_atomic_ref_count_dec (&wait->n_refs))
    return;
  g_clear_object (&wait->result);
  g_clear_object (&wait->cancellable);
  g_clear_object (&wait->outer);
  g_main_context_unref (wait->context);
  g_free (wait);
}

static void
pass_on_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

/**
 * ehcp_wait_begin:
 * @limit_s: how long the call may take
 * @cancellable: (nullable): ends it sooner
 *
 * Everything that the calling thread starts until ehcp_wait_end() is answered inside ehcp_wait_run().
 *
 * Returns: (transfer full): the wait; give it to one call, with ehcp_wait_ready_cb() as its callback
 */
EhcpWait *
ehcp_wait_begin (guint limit_s, GCancellable *cancellable)
{
  EhcpWait *wait = g_new0 (EhcpWait, 1);

  g_atomic_ref_count_init (&wait->n_refs);
  wait->context = g_main_context_new ();
  wait->cancellable = g_cancellable_new ();
  wait->limit_at = g_get_monotonic_time () + limit_s * G_USEC_PER_SEC;
  if (cancellable != NULL)
    {
      wait->outer = g_object_ref (cancellable);
      wait->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (pass_on_cb),
                                                   g_object_ref (wait->cancellable), g_object_unref);
    }
  g_main_context_push_thread_default (wait->context);
  return wait;
}

/** ehcp_wait_get_cancellable: Returns: (transfer none): for the call. */
GCancellable *
ehcp_wait_get_cancellable (EhcpWait *wait)
{
  return wait->cancellable;
}

/** ehcp_wait_ready_cb: The callback of the call, with the wait as its data. */
void
ehcp_wait_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpWait *wait = data;

  wait->result = g_object_ref (result);
  unref (wait);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* One step of the context, at the latest at @until. */
static void
iterate_until (EhcpWait *wait, gint64 until)
{
  gint64 left_ms = MAX (0, (until - g_get_monotonic_time ()) / 1000);
  g_autoptr (GSource) timeout = g_timeout_source_new ((guint) left_ms);

  g_source_set_callback (timeout, wake_cb, NULL, NULL);
  g_source_attach (timeout, wait->context);
  g_main_context_iteration (wait->context, TRUE);
  g_source_destroy (timeout);
}

/**
 * ehcp_wait_run:
 * @wait: a wait whose call was started
 *
 * Returns: (transfer none) (nullable): the result; %NULL when the call did not even end when it was
 *   cancelled
 */
GAsyncResult *
ehcp_wait_run (EhcpWait *wait)
{
  gint64 give_up_at = wait->limit_at + GRACE_S * G_USEC_PER_SEC;

  g_atomic_ref_count_inc (&wait->n_refs);
  while (wait->result == NULL && g_get_monotonic_time () < wait->limit_at &&
         !g_cancellable_is_cancelled (wait->cancellable))
    iterate_until (wait, wait->limit_at);
  if (wait->result == NULL)
    {
      g_cancellable_cancel (wait->cancellable);
      give_up_at = MIN (give_up_at, g_get_monotonic_time () + GRACE_S * G_USEC_PER_SEC);
      while (wait->result == NULL && g_get_monotonic_time () < give_up_at)
        iterate_until (wait, give_up_at);
    }
  return wait->result;
}

/** ehcp_wait_end: Gives it back, in the thread that began it. */
void
ehcp_wait_end (EhcpWait *wait)
{
  if (wait->outer_handler != 0)
    g_cancellable_disconnect (wait->outer, wait->outer_handler);
  g_main_context_pop_thread_default (wait->context);
  unref (wait);
}
