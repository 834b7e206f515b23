/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two routes that programs use all day: the feed, which may be held, and commands, which the
 * writer answers. */
#include "ehcp-server-private.h"

#include "ehcp-command.h"
#include "ehcp-feed.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_WAIT_S 60
#define DEFAULT_LIMIT 500
#define MAX_LIMIT 1000

/* A request for the feed that may be held. Wakes come from the writer, from the alarms or from the
 * end of a session; the first one counts. */
typedef struct
{
  EhcpExchange *exchange;
  EhcpCouncil *council;
  EhcpHolds *holds;
  gint64 until_us;
  guint limit;
  guint64 ticket; /* 0: does not watch */

  GMutex lock; /* of the next two */
  gboolean is_woken;
  gboolean is_held;
} Hold;

static void
wake_cb (gpointer data, gpointer user)
{
  Hold *hold = data;
  gboolean was_held;

  g_mutex_lock (&hold->lock);
  hold->is_woken = TRUE;
  was_held = hold->is_held;
  hold->is_held = FALSE;
  if (was_held)
    ehcp_exchange_resume (hold->exchange);
  g_mutex_unlock (&hold->lock);
}

static void
stop_watching (Hold *hold)
{
  if (hold->ticket == 0)
    return;
  ehcp_feed_unwatch (hold->council, hold->ticket);
  ehcp_holds_remove (hold->holds, hold);
  hold->ticket = 0;
}

/* Before the read that decides, so that nothing that comes between is missed. */
static void
watch (Hold *hold)
{
  hold->is_woken = FALSE;
  hold->ticket = ehcp_feed_watch (hold->council, hold->exchange->actor.account, wake_cb, hold);
  ehcp_holds_add (hold->holds, hold, hold->until_us, wake_cb);
}

static void
free_hold (gpointer data)
{
  Hold *hold = data;

  stop_watching (hold);
  g_mutex_clear (&hold->lock);
  g_free (hold);
}

static gboolean
read_number (EhcpExchange *exchange, const char *name, guint64 fallback, guint64 max,
             guint64 *number, GError **error)
{
  const char *text = ehcp_exchange_get_query (exchange, name);
  g_autofree char *field = NULL;

  *number = fallback;
  if (text == NULL || *text == '\0' || g_ascii_string_to_unsigned (text, 10, 0, max, number, NULL))
    return TRUE;
  field = g_strconcat ("/", name, NULL);
  ehcp_set_error (error, EHCP_ERROR_RANGE, field, "%s: not a number from 0 to %u", name,
                  (guint) max);
  return FALSE;
}

static Hold *
make_hold (EhcpExchange *exchange, GError **error)
{
  guint64 limit, wait_s;
  Hold *hold;

  if (!read_number (exchange, "limit", DEFAULT_LIMIT, MAX_LIMIT, &limit, error) ||
      !read_number (exchange, "wait", 0, MAX_WAIT_S, &wait_s, error))
    return NULL;
  hold = g_new0 (Hold, 1);
  g_mutex_init (&hold->lock);
  hold->exchange = exchange;
  hold->council = exchange->server->council;
  hold->holds = exchange->server->holds;
  hold->limit = MAX (limit, 1);
  hold->until_us = wait_s > 0 ? g_get_monotonic_time () + (gint64) wait_s * G_USEC_PER_SEC : 0;
  ehcp_exchange_set_state (exchange, hold, free_hold);
  return hold;
}

static char *
read_feed (Hold *hold, gboolean *has_news, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (hold->council, error);

  if (db == NULL)
    return NULL;
  return ehcp_feed_read (hold->council, db, &hold->exchange->actor,
                         ehcp_exchange_get_query (hold->exchange, "since"), hold->limit, has_news,
                         error);
}

/* Whether it is held now. The lock keeps a wake from coming between the look and the suspension. */
static gboolean
hold_back (Hold *hold)
{
  gboolean is_held;

  g_mutex_lock (&hold->lock);
  is_held = !hold->is_woken && ehcp_exchange_suspend (hold->exchange);
  hold->is_held = is_held;
  g_mutex_unlock (&hold->lock);
  return is_held;
}

static gboolean
may_wait (const Hold *hold)
{
  return hold->until_us > g_get_monotonic_time () &&
         !g_atomic_int_get (&hold->exchange->server->is_stopping);
}

/** ehcp_route_changes: GET /v1/changes. Runs again after each wake. */
void
ehcp_route_changes (EhcpExchange *exchange)
{
  Hold *hold = ehcp_exchange_get_state (exchange);
  g_autoptr (GError) error = NULL;
  gboolean has_news = FALSE;
  char *json = NULL;

  if (hold != NULL)
    ehcp_exchange_identify (exchange, &error);
  else
    hold = make_hold (exchange, &error);
  while (error == NULL)
    {
      stop_watching (hold);
      if (may_wait (hold))
        watch (hold);
      g_clear_pointer (&json, g_free);
      json = read_feed (hold, &has_news, &error);
      if (json == NULL || has_news || hold->ticket == 0)
        break;
      if (hold_back (hold))
        {
          g_free (json);
          return;
        }
      ehcp_exchange_identify (exchange, &error);
    }
  if (hold != NULL)
    stop_watching (hold);
  if (error == NULL && json != NULL)
    {
      g_autofree char *ends_at = ehcp_time_format (exchange->ends_at);

      ehcp_exchange_answer_json (exchange, 200, json);
      ehcp_exchange_set_header (exchange, "Session-Ends", ends_at);
    }
  else
    {
      g_free (json);
      ehcp_exchange_refuse (exchange, error);
    }
}

static void
answered_cb (gpointer data, const char *body, const GError *error)
{
  EhcpExchange *exchange = data;

  if (error != NULL)
    ehcp_exchange_refuse (exchange, error);
  else
    ehcp_exchange_answer_json (exchange, 200, g_strdup (body));
  ehcp_exchange_resume (exchange);
}

/* A program that has not learnt yet that its council was restored would act on what is not there any more: what it
 * sent before goes first. */
static gboolean
is_of_epoch (EhcpExchange *exchange)
{
  const char *epoch = ehcp_exchange_get_query (exchange, "epoch");

  return epoch == NULL || strcmp (epoch, ehcp_council_get_epoch (exchange->server->council)) == 0;
}

/** ehcp_route_command: PUT /v1/commands/ID. The writer answers, after the commit. */
void
ehcp_route_command (EhcpExchange *exchange)
{
  g_autoptr (GBytes) body = ehcp_exchange_get_body (exchange);
  g_autoptr (GError) error = NULL;

  if (!is_of_epoch (exchange))
    {
      ehcp_set_error (&error, EHCP_ERROR_STATE_TOO_OLD, NULL, "The council was restored. Ask for changes first.");
      ehcp_exchange_refuse (exchange, error);
    }
  else if (!ehcp_exchange_suspend (exchange))
    ehcp_exchange_refuse_busy (exchange);
  else
    ehcp_command_submit (exchange->server->council, &exchange->actor, exchange->parameter, body, answered_cb,
                         exchange);
}
