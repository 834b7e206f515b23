/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed's answer and its state. A state is the place up to which everything was sent, with the epoch in
 * which it was given: "EPOCH.effective.own.base". What is behind a place is ehcp-feed-items.c's. */
#include "ehcp-feed.h"

#include <string.h>

#include "ehcp-codec.h"
#include "ehcp-council-private.h"
#include "ehcp-db-private.h"
#include "ehcp-feed-items.h"
#include "ehcp-store.h"

#define MOST_ITEMS 1000
#define MOST_BYTES (8 * 1024 * 1024) /* half of what programs take */
#define EPOCH_LENGTH 8 /* of its characters, in a state */
#define MOST_IN_STATE 80

/* The council's, as of one moment. */
typedef struct
{
  gint64 now;    /* the newest number */
  gint64 oldest; /* up to here, tombstones are forgotten */
  char epoch[40];
} Head;

static gboolean
read_head (EhcpDb *db, Head *head, GError **error)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, error, "SELECT seq, forgotten, epoch FROM feed WHERE id = 1", "");

  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  head->now = ehcp_statement_get_int (row, 0);
  head->oldest = ehcp_statement_get_int (row, 1);
  g_strlcpy (head->epoch, ehcp_statement_get_text (row, 2), sizeof head->epoch);
  return TRUE;
}

static void
format_state (const Head *head, const EhcpFeedPlace *place, gint64 base, char text[MOST_IN_STATE])
{
  g_snprintf (text, MOST_IN_STATE, "%.*s.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
              EPOCH_LENGTH, head->epoch, place->effective, place->own, base);
}

typedef struct
{
  char epoch[EPOCH_LENGTH + 1];
  EhcpFeedPlace place;
  gint64 base;
} State;

/* Nothing is taken that could not have been written by format_state(). */
static gboolean
scan_state (const char *since, State *state)
{
  gint64 numbers[3];
  const char *p = since + EPOCH_LENGTH;

  if (strspn (since, "0123456789abcdef") != EPOCH_LENGTH)
    return FALSE;
  g_strlcpy (state->epoch, since, sizeof state->epoch);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize n_digits = *p == '.' ? strspn (p + 1, "0123456789") : 0;

      if (n_digits == 0 || n_digits > 18)
        return FALSE;
      numbers[i] = g_ascii_strtoll (p + 1, NULL, 10);
      p += 1 + n_digits;
    }
  state->place = (EhcpFeedPlace){ numbers[0], numbers[1] };
  state->base = numbers[2];
  return *p == '\0';
}

/* Without a state, and with one of an earlier epoch, a reader has nothing: what went before now is nothing to
 * them. */
static gboolean
parse_state (const char *since, const Head *head, State *state, GError **error)
{
  *state = (State){ .base = head->now };
  if (since == NULL || *since == '\0')
    return TRUE;
  if (scan_state (since, state))
    {
      if (strncmp (state->epoch, head->epoch, EPOCH_LENGTH) != 0)
        {
          *state = (State){ .base = head->now };
          return TRUE;
        }
      if (state->place.effective <= head->now && state->place.own <= head->now && state->base <= head->now)
        return TRUE;
    }
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/since", "The state was not given by this server.");
  return FALSE;
}

static gboolean
check_age (const State *state, const Head *head, GError **error)
{
  if (MAX (state->place.effective, state->base) >= head->oldest)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_STATE_TOO_OLD, NULL, "Start afresh.");
  return FALSE;
}

/* By kind, in the order of the items; the records of a kind stand together in the answer. */
static gboolean
write_kind (EhcpFeedReading *reading, EhcpJson *json, int kind, guint n_items, GError **error)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < n_items; i++)
    {
      const EhcpFeedItem *item = &g_array_index (reading->items, EhcpFeedItem, i);
      g_autoptr (EhcpRecord) record = NULL;

      if (item->kind != kind || item->is_gone)
        continue;
      record = ehcp_store_find (reading->db, (EhcpKind) kind, item->id, error);
      if (record == NULL)
        {
          if (error != NULL && *error == NULL)
            ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "a record without its fields");
          return FALSE;
        }
      if (!is_open)
        ehcp_json_begin (json, ehcp_kind_get_shape ((EhcpKind) kind)->name, '[');
      is_open = TRUE;
      ehcp_codec_write (record, json, NULL);
    }
  if (is_open)
    ehcp_json_end (json, ']');
  return TRUE;
}

static gboolean
write_records (EhcpFeedReading *reading, EhcpJson *json, guint n_items, GError **error)
{
  guint kinds = 0;

  G_STATIC_ASSERT (EHCP_N_WIRE_KINDS <= 32);
  for (guint i = 0; i < n_items; i++)
    kinds |= 1u << g_array_index (reading->items, EhcpFeedItem, i).kind;
  ehcp_json_begin (json, "records", '{');
  for (int kind = 0; kind < EHCP_N_WIRE_KINDS; kind++)
    if ((kinds & (1u << kind)) != 0 && !write_kind (reading, json, kind, n_items, error))
      return FALSE;
  ehcp_json_end (json, '}');
  return TRUE;
}

static void
write_gone (EhcpFeedReading *reading, EhcpJson *json, guint n_items)
{
  ehcp_json_begin (json, "gone", '[');
  for (guint i = 0; i < n_items; i++)
    {
      const EhcpFeedItem *item = &g_array_index (reading->items, EhcpFeedItem, i);

      if (!item->is_gone)
        continue;
      ehcp_json_begin (json, NULL, '{');
      ehcp_json_text (json, "kind", ehcp_kind_get_shape ((EhcpKind) item->kind)->name);
      ehcp_json_text (json, "id", item->id);
      ehcp_json_end (json, '}');
    }
  ehcp_json_end (json, ']');
}

/* Those whose place is on this page: said again on the next one, `revoked` would undo what came since. */
static guint
write_turns (EhcpJson *json, const char *name, GArray *turns, gint64 until)
{
  guint n = 0;

  ehcp_json_begin (json, name, '[');
  for (guint i = 0; i < turns->len; i++)
    {
      const EhcpFeedTurn *turn = &g_array_index (turns, EhcpFeedTurn, i);

      if (turn->seq > until)
        continue;
      ehcp_json_text (json, NULL, turn->case_id);
      n++;
    }
  ehcp_json_end (json, ']');
  return n;
}

/* @n_items: how many of the items the page has. */
static gboolean
write_page (EhcpFeedReading *reading, const Head *head, guint n_items, GString *out, gboolean *has_news, GError **error)
{
  gboolean has_more = reading->items->len > n_items;
  EhcpFeedPlace place = { head->now, head->now };
  gint64 base = has_more ? reading->base : head->now;
  char state[MOST_IN_STATE];
  EhcpJson json = ehcp_json (out);
  guint n_turns;

  if (has_more)
    place = g_array_index (reading->items, EhcpFeedItem, n_items - 1).place;
  format_state (head, &place, base, state);
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "epoch", head->epoch);
  ehcp_json_text (&json, "state", state);
  ehcp_json_bool (&json, "has_more", has_more);
  if (!write_records (reading, &json, n_items, error))
    return FALSE;
  write_gone (reading, &json, n_items);
  n_turns = write_turns (&json, "granted", reading->granted, place.effective);
  n_turns += write_turns (&json, "revoked", reading->revoked, place.effective);
  ehcp_json_end (&json, '}');
  *has_news = n_items > 0 || n_turns > 0;
  return TRUE;
}

/* Where records are as long as they may be, a page has half as many until it is short enough. */
static char *
write_answer (EhcpFeedReading *reading, const Head *head, gboolean *has_news, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (256);
  guint n_items = MIN (reading->items->len, reading->limit);

  if (!write_page (reading, head, n_items, out, has_news, error))
    return NULL;
  while (out->len > MOST_BYTES && n_items > 1)
    {
      n_items /= 2;
      g_string_truncate (out, 0);
      if (!write_page (reading, head, n_items, out, has_news, error))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Nothing at all came since: the usual answer to a program that asks again. */
static char *
write_nothing (const Head *head, const char *since)
{
  return g_strconcat ("{\"epoch\":\"", head->epoch, "\",\"state\":\"", since,
                      "\",\"has_more\":false,\"records\":{},\"gone\":[],\"granted\":[],\"revoked\":[]}", NULL);
}

static gboolean
is_newest (const Head *head, const char *since)
{
  State state;

  return since != NULL && *since != '\0' && scan_state (since, &state) &&
         state.place.effective == head->now && state.place.own == head->now && state.base == head->now &&
         strncmp (state.epoch, head->epoch, EPOCH_LENGTH) == 0;
}

static char *
read_since (EhcpFeedReading *reading, const char *since, gboolean *has_news, GError **error)
{
  Head head;
  State state;

  if (!read_head (reading->db, &head, error) || !parse_state (since, &head, &state, error) ||
      !check_age (&state, &head, error))
    return NULL;
  reading->since = state.place;
  reading->base = state.base;
  if (!ehcp_feed_collect (reading, error))
    return NULL;
  return write_answer (reading, &head, has_news, error);
}

/**
 * ehcp_feed_read:
 * @council: the council
 * @db: a reading connection without an open transaction
 * @actor: the reader
 * @since: (nullable): a state that an earlier answer gave; %NULL or "": everything
 * @limit: at most that many records and `gone`, 1 to 1000
 * @has_news: (out): whether the answer holds anything
 * @error: return location
 *
 * What the reader may see is decided now, for each record. When nothing at all came since, one statement
 * tells.
 *
 * Returns: (transfer full): the JSON answer to GET /v1/changes, of one moment; %NULL with
 *   %EHCP_ERROR_MALFORMED, %EHCP_ERROR_STATE_TOO_OLD, or an error of the database.
 */
char *
ehcp_feed_read (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *since,
                guint limit, gboolean *has_news, GError **error)
{
  g_auto (EhcpFeedReading) reading = { NULL };
  Head head;
  char *answer;

  g_return_val_if_fail (has_news != NULL, NULL);
  *has_news = FALSE;
  if (!read_head (db, &head, error))
    return NULL;
  if (is_newest (&head, since))
    return write_nothing (&head, since);

  ehcp_feed_reading_init (&reading, db, actor, CLAMP (limit, 1, MOST_ITEMS));
  if (!ehcp_db_begin_read (db, error))
    return NULL;
  answer = read_since (&reading, since, has_news, error);
  ehcp_db_roll_back (db);
  return answer;
}

/** ehcp_feed_get_state: See the header. Any thread. */
char *
ehcp_feed_get_state (EhcpDb *db, GError **error)
{
  EhcpFeedPlace place;
  char text[MOST_IN_STATE];
  Head head;

  if (!read_head (db, &head, error))
    return NULL;
  place = (EhcpFeedPlace){ head.now, head.now };
  format_state (&head, &place, head.now, text);
  return g_strdup (text);
}

/** ehcp_feed_watch: See the header. Any thread. */
guint64
ehcp_feed_watch (EhcpCouncil *council, const char *account, GFunc wake, gpointer data)
{
  return ehcp_watch_add (ehcp_council_get_watch (council), account, wake, data);
}

/** ehcp_feed_unwatch: See the header. Any thread but from inside a wake. */
void
ehcp_feed_unwatch (EhcpCouncil *council, guint64 ticket)
{
  ehcp_watch_remove (ehcp_council_get_watch (council), ticket);
}

/** ehcp_feed_wake: Wakes the account's held requests: a session of it ended. Any thread. */
void
ehcp_feed_wake (EhcpCouncil *council, const char *account)
{
  ehcp_watch_wake (ehcp_council_get_watch (council), account);
}
