/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed. Every item has a place (effective, own): its own number, and as effective one the later of it
 * and the reader's grant, so that a new grant brings the whole case at the grant's place. A state is the
 * place up to which everything was sent. */
#include "ehcp-feed.h"

#include <stdio.h>
#include <string.h>

#include "ehcp-audience.h"
#include "ehcp-codec.h"
#include "ehcp-council-private.h"
#include "ehcp-db-private.h"
#include "ehcp-store.h"

#define MOST_ITEMS 1000

typedef struct
{
  gint64 effective;
  gint64 own;
} Place;

typedef struct
{
  Place place;
  char id[37];
  gint8 kind;        /* EhcpKind */
  gboolean is_gone;
} Item;

typedef struct
{
  EhcpDb *db;
  const char *account;
  Place since;
  guint limit;
  GArray *items;       /* of Item */
  GPtrArray *granted;
  GPtrArray *revoked;
  gint64 now;          /* the newest number of this read */
} Reading;

static int
compare_places (const Place *a, const Place *b)
{
  if (a->effective != b->effective)
    return a->effective < b->effective ? -1 : 1;
  return a->own < b->own ? -1 : a->own > b->own;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return compare_places (&((const Item *) a)->place, &((const Item *) b)->place);
}

static gboolean
parse_state (const char *since, gint64 newest, Place *place, GError **error)
{
  char rest = '\0';

  *place = (Place){ 0, 0 };
  if (since == NULL || *since == '\0')
    return TRUE;
  if (strlen (since) <= 41 && strspn (since, "0123456789.") == strlen (since) &&
      sscanf (since, "%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "%c", &place->effective, &place->own,
              &rest) == 2 &&
      place->effective <= newest && place->own <= newest)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/since", "The state was not given by this server.");
  return FALSE;
}

static gboolean
check_age (Reading *reading, GError **error)
{
  gint64 oldest = 0;

  ehcp_db_get_int (reading->db, NULL, &oldest, "SELECT value FROM counter WHERE name = 'oldest'", "");
  if (reading->since.effective == 0 || reading->since.effective >= oldest)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_STATE_TOO_OLD, NULL, "Start afresh.");
  return FALSE;
}

static void
add_item (Reading *reading, EhcpStatement *row, gint64 grant, gboolean is_gone)
{
  int kind = ehcp_kind_find (ehcp_statement_get_text (row, 2));
  gint64 own = ehcp_statement_get_int (row, 0);
  Item item = { { MAX (own, grant), own }, "", (gint8) kind, is_gone };

  if (kind < 0 || compare_places (&item.place, &reading->since) <= 0)
    return;
  g_strlcpy (item.id, ehcp_statement_get_text (row, 1), sizeof item.id);
  g_array_append_val (reading->items, item);
}

typedef struct
{
  char case_id[37];
  EhcpStanding standing;
  char person[37];
  gint64 seq;
} Grant;

/* From which own number on the case has something for the reader. */
static gint64
get_lower_bound (const Reading *reading, const Grant *grant)
{
  if (reading->since.effective < grant->seq)
    return 0;
  return reading->since.effective == grant->seq ? reading->since.own : reading->since.effective;
}

static gboolean
read_case (Reading *reading, const Grant *grant, GError **error)
{
  gint64 bound = get_lower_bound (reading, grant);
  guint first = reading->items->len;
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error,
                     "SELECT seq, id, kind, audience, named FROM record "
                     "WHERE case_id = ? AND seq > ? ORDER BY seq",
                     "si", grant->case_id, bound);

  if (row == NULL)
    return FALSE;
  while (reading->items->len - first <= reading->limit && ehcp_statement_step (row, &failure))
    if (ehcp_audience_includes (ehcp_statement_get_text (row, 3), ehcp_statement_get_text (row, 4),
                                grant->standing, grant->person))
      add_item (reading, row, grant->seq, FALSE);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_seen_now (Reading *reading, const char *id, const Grant *grant)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, NULL, "SELECT audience, named FROM record WHERE id = ?", "s", id);

  return row != NULL && ehcp_statement_step (row, NULL) &&
         ehcp_audience_includes (ehcp_statement_get_text (row, 0), ehcp_statement_get_text (row, 1),
                                 grant->standing, grant->person);
}

/* Only what the reader had seen is told to be gone: an id is not to be learnt from its end. */
static gboolean
read_tombstones (Reading *reading, const Grant *grant, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (
      reading->db, error,
      "SELECT seq, id, kind, audience, named FROM tombstone WHERE case_id = ? AND seq > ? ORDER BY seq", "si",
      grant->case_id, MAX (reading->since.effective, grant->seq));

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    if (ehcp_audience_includes (ehcp_statement_get_text (row, 3), ehcp_statement_get_text (row, 4),
                                grant->standing, grant->person) &&
        !is_seen_now (reading, ehcp_statement_get_text (row, 1), grant))
      add_item (reading, row, grant->seq, TRUE);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The cases in which something came since, by their newest number: for a reader who is up to date this is
 * the one statement that runs. */
static GArray *
list_moved_cases (Reading *reading, GError **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (Grant));
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (
      reading->db, error,
      "SELECT access.case_id, standing, person, access.seq FROM access "
      "JOIN case_head ON case_head.case_id = access.case_id "
      "WHERE account = ? AND ended_seq IS NULL AND (case_head.seq > ? OR access.seq >= ?)",
      "sii", reading->account, reading->since.effective, reading->since.effective);

  if (row == NULL)
    return NULL;
  while (ehcp_statement_step (row, &failure))
    {
      Grant grant = { "", (EhcpStanding) ehcp_statement_get_int (row, 1), "", ehcp_statement_get_int (row, 3) };

      g_strlcpy (grant.case_id, ehcp_statement_get_text (row, 0), sizeof grant.case_id);
      g_strlcpy (grant.person, ehcp_statement_get_text (row, 2), sizeof grant.person);
      g_array_append_val (grants, grant);
      if (grant.seq > reading->since.effective)
        g_ptr_array_add (reading->granted, g_strdup (grant.case_id));
    }
  if (failure == NULL)
    return g_steal_pointer (&grants);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
read_revoked (Reading *reading, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error, "SELECT case_id FROM access WHERE account = ? AND ended_seq > ?",
                     "si", reading->account, reading->since.effective);

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    g_ptr_array_add (reading->revoked, g_strdup (ehcp_statement_get_text (row, 0)));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_owned (Reading *reading, const char *owner, GError **error)
{
  static const char *const statements[] = {
    "SELECT seq, id, kind FROM record WHERE owner = ? AND seq > ? ORDER BY seq",
    "SELECT seq, id, kind FROM tombstone WHERE owner = ? AND seq > ? "
    "AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = tombstone.id) ORDER BY seq",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (EhcpStatement) row = ehcp_db_query (reading->db, error, statements[i], "si", owner,
                                                     reading->since.effective);

      if (row == NULL)
        return FALSE;
      while (ehcp_statement_step (row, &failure))
        add_item (reading, row, 0, i == 1);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
collect (Reading *reading, GError **error)
{
  g_autoptr (GArray) grants = list_moved_cases (reading, error);

  if (grants == NULL)
    return FALSE;
  for (guint i = 0; i < grants->len; i++)
    {
      const Grant *grant = &g_array_index (grants, Grant, i);

      if (!read_case (reading, grant, error) || !read_tombstones (reading, grant, error))
        return FALSE;
    }
  if (!read_revoked (reading, error) || !read_owned (reading, reading->account, error) ||
      !read_owned (reading, "*", error))
    return FALSE;
  g_array_sort (reading->items, compare_items);
  return TRUE;
}

static gboolean
write_records (Reading *reading, EhcpJson *json, guint n_items, GError **error)
{
  ehcp_json_begin (json, "records", '{');
  for (int kind = 0; kind < EHCP_N_WIRE_KINDS; kind++)
    {
      gboolean is_open = FALSE;

      for (guint i = 0; i < n_items; i++)
        {
          const Item *item = &g_array_index (reading->items, Item, i);
          g_autoptr (EhcpRecord) record = NULL;
          g_autoptr (GError) failure = NULL;

          if (item->kind != kind || item->is_gone)
            continue;
          record = ehcp_store_find (reading->db, (EhcpKind) kind, item->id, &failure);
          if (record == NULL)
            {
              if (failure == NULL)
                continue;
              g_propagate_error (error, g_steal_pointer (&failure));
              return FALSE;
            }
          if (!is_open)
            ehcp_json_begin (json, ehcp_kind_get_shape ((EhcpKind) kind)->name, '[');
          is_open = TRUE;
          ehcp_codec_write (record, json, NULL);
        }
      if (is_open)
        ehcp_json_end (json, ']');
    }
  ehcp_json_end (json, '}');
  return TRUE;
}

static void
write_gone (Reading *reading, EhcpJson *json, guint n_items)
{
  ehcp_json_begin (json, "gone", '[');
  for (guint i = 0; i < n_items; i++)
    {
      const Item *item = &g_array_index (reading->items, Item, i);

      if (!item->is_gone)
        continue;
      ehcp_json_begin (json, NULL, '{');
      ehcp_json_text (json, "kind", ehcp_kind_get_shape ((EhcpKind) item->kind)->name);
      ehcp_json_text (json, "id", item->id);
      ehcp_json_end (json, '}');
    }
  ehcp_json_end (json, ']');
}

static void
write_ids (EhcpJson *json, const char *name, GPtrArray *ids)
{
  ehcp_json_begin (json, name, '[');
  for (guint i = 0; i < ids->len; i++)
    ehcp_json_text (json, NULL, g_ptr_array_index (ids, i));
  ehcp_json_end (json, ']');
}

static char *
write_answer (Reading *reading, gboolean *has_news, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *epoch = ehcp_store_get_epoch (reading->db, error);
  gboolean has_more = reading->items->len > reading->limit;
  guint n_items = has_more ? reading->limit : reading->items->len;
  Place state = has_more ? g_array_index (reading->items, Item, n_items - 1).place
                         : (Place){ reading->now, reading->now };
  char text[48];
  EhcpJson json = ehcp_json (out);

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, state.effective, state.own);
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "epoch", epoch != NULL ? epoch : "");
  ehcp_json_text (&json, "state", text);
  ehcp_json_bool (&json, "has_more", has_more);
  if (!write_records (reading, &json, n_items, error))
    return NULL;
  write_gone (reading, &json, n_items);
  write_ids (&json, "granted", reading->granted);
  write_ids (&json, "revoked", reading->revoked);
  ehcp_json_end (&json, '}');
  *has_news = n_items > 0 || reading->granted->len > 0 || reading->revoked->len > 0;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
read_all (EhcpCouncil *council, Reading *reading, const char *since, gboolean *has_news, GError **error)
{
  g_autoptr (GError) failure = NULL;

  reading->now = ehcp_store_get_seq (reading->db, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!parse_state (since, reading->now, &reading->since, error) || !check_age (reading, error) ||
      !collect (reading, error))
    return NULL;
  return write_answer (reading, has_news, error);
}

/** ehcp_feed_read: See the header. Reads one state of the database. */
char *
ehcp_feed_read (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *since,
                guint limit, gboolean *has_news, GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GPtrArray) granted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) revoked = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { db, actor->account, { 0, 0 }, CLAMP (limit, 1, MOST_ITEMS), items, granted, revoked, 0 };
  char *answer;

  g_return_val_if_fail (has_news != NULL, NULL);
  *has_news = FALSE;
  if (!ehcp_db_begin_read (db, error))
    return NULL;
  answer = read_all (council, &reading, since, has_news, error);
  ehcp_db_roll_back (db);
  return answer;
}

/** ehcp_feed_get_state: See the header. Any thread. */
char *
ehcp_feed_get_state (EhcpDb *db, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 seq = ehcp_store_get_seq (db, &failure);

  if (failure == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, seq, seq);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
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
