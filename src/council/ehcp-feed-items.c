/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the first items behind a place, out of several sources: new grants (whole cases), cases in which
 * something came, the account's own records and everyone's, and what went. What a reader may see is
 * ehcp-audience.c's; the answer is ehcp-feed.c's. */
#include "ehcp-feed-items.h"

#include "ehcp-audience.h"
#include "ehcp-policy.h"

/* With more cases than this that moved, it is cheaper to go through all that came than through the cases: a
 * manager sees nearly everything, a family nearly nothing. */
#define MANY_CASES 200

/* A reader's grant of one case. */
typedef struct
{
  char case_id[37];
  EhcpStanding standing;
  char person[37];
  gint64 seq;
} Grant;

static int
compare_places (const EhcpFeedPlace *a, const EhcpFeedPlace *b)
{
  if (a->effective != b->effective)
    return a->effective < b->effective ? -1 : 1;
  return a->own < b->own ? -1 : a->own > b->own;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return compare_places (&((const EhcpFeedItem *) a)->place, &((const EhcpFeedItem *) b)->place);
}

/** ehcp_feed_reading_init: Readies it for a reader who has nothing; the caller sets `since` and `base`. */
void
ehcp_feed_reading_init (EhcpFeedReading *reading, EhcpDb *db, const EhcpActorId *actor, guint limit)
{
  *reading = (EhcpFeedReading){ .db = db, .account = actor->account, .limit = limit };
  reading->is_staff = ehcp_policy_is_staff (actor->role);
  reading->items = g_array_new (FALSE, FALSE, sizeof (EhcpFeedItem));
  reading->granted = g_array_new (FALSE, FALSE, sizeof (EhcpFeedTurn));
  reading->revoked = g_array_new (FALSE, FALSE, sizeof (EhcpFeedTurn));
  reading->cutoff = (EhcpFeedPlace){ G_MAXINT64, G_MAXINT64 };
}

/** ehcp_feed_reading_clear: Gives back what it collected. */
void
ehcp_feed_reading_clear (EhcpFeedReading *reading)
{
  g_clear_pointer (&reading->items, g_array_unref);
  g_clear_pointer (&reading->granted, g_array_unref);
  g_clear_pointer (&reading->revoked, g_array_unref);
}

/* What went up to here was told, or never known. */
static gint64
get_gone_bound (const EhcpFeedReading *reading)
{
  return MAX (reading->since.effective, reading->base);
}

/* Keeps the first of what was found, and remembers that nothing later can be among them. */
static void
trim (EhcpFeedReading *reading)
{
  guint n = reading->limit + 1;

  g_array_sort (reading->items, compare_items);
  if (reading->items->len < n)
    return;
  g_array_set_size (reading->items, n);
  reading->cutoff = g_array_index (reading->items, EhcpFeedItem, n - 1).place;
}

/* Rows start with number, id and kind. Each source is in its order: %FALSE tells that the rest of it is behind
 * the cutoff. */
static gboolean
add_item (EhcpFeedReading *reading, EhcpStatement *row, gint64 grant, gboolean is_gone)
{
  int kind = ehcp_kind_find (ehcp_statement_get_text (row, 2));
  gint64 own = ehcp_statement_get_int (row, 0);
  EhcpFeedItem item = { { MAX (own, grant), own }, "", (gint8) kind, is_gone };

  if (compare_places (&item.place, &reading->cutoff) > 0)
    return FALSE;
  if (kind < 0 || compare_places (&item.place, &reading->since) <= 0)
    return TRUE;
  g_strlcpy (item.id, ehcp_statement_get_text (row, 1), sizeof item.id);
  g_array_append_val (reading->items, item);
  if (reading->items->len >= 4 * (reading->limit + 1))
    trim (reading);
  return TRUE;
}

static void
read_grant (EhcpStatement *row, int column, Grant *grant)
{
  g_strlcpy (grant->case_id, ehcp_statement_get_text (row, column), sizeof grant->case_id);
  grant->standing = (EhcpStanding) ehcp_statement_get_int (row, column + 1);
  g_strlcpy (grant->person, ehcp_statement_get_text (row, column + 2), sizeof grant->person);
  grant->seq = ehcp_statement_get_int (row, column + 3);
}

static gboolean
sees_row (EhcpStatement *row, const Grant *grant)
{
  return ehcp_audience_includes (ehcp_statement_get_text (row, 3), ehcp_statement_get_text (row, 4),
                                 grant->standing, grant->person);
}

static gboolean
has_failed (GError **failure, GError **error)
{
  if (*failure == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (failure));
  return TRUE;
}

/* Records of one case whose own number is in (@after, @until]. */
static gboolean
read_records (EhcpFeedReading *reading, const Grant *grant, gint64 after, gint64 until, GError **error)
{
  guint n_before = reading->items->len;
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error,
                     "SELECT seq, id, kind, audience, named FROM record "
                     "WHERE case_id = ? AND seq > ? AND seq <= ? ORDER BY seq",
                     "sii", grant->case_id, after, until);

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    if (sees_row (row, grant) &&
        (!add_item (reading, row, grant->seq, FALSE) || reading->items->len > n_before + reading->limit))
      break;
  return !has_failed (&failure, error);
}

static gboolean
is_seen_now (EhcpFeedReading *reading, const char *id, const Grant *grant)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, NULL, "SELECT seq, id, kind, audience, named FROM record WHERE id = ?", "s",
                     id);

  return row != NULL && ehcp_statement_step (row, NULL) && sees_row (row, grant);
}

/* Only what the reader had seen is told to be gone: an id is not to be learnt from its end. */
static gboolean
add_tombstone (EhcpFeedReading *reading, EhcpStatement *row, const Grant *grant)
{
  if (!sees_row (row, grant) || is_seen_now (reading, ehcp_statement_get_text (row, 1), grant))
    return TRUE;
  return add_item (reading, row, grant->seq, TRUE);
}

static gboolean
read_tombstones (EhcpFeedReading *reading, const Grant *grant, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (
      reading->db, error,
      "SELECT seq, id, kind, audience, named FROM tombstone WHERE case_id = ? AND seq > ? ORDER BY seq", "si",
      grant->case_id, MAX (get_gone_bound (reading), grant->seq));

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    if (!add_tombstone (reading, row, grant))
      break;
  return !has_failed (&failure, error);
}

static void
add_turn (GArray *turns, const char *case_id, gint64 seq)
{
  EhcpFeedTurn turn = { seq, "" };

  g_strlcpy (turn.case_id, case_id, sizeof turn.case_id);
  g_array_append_val (turns, turn);
}

/* The whole of each case that was granted since; of one that is half sent, the rest. */
static gboolean
read_new_grants (EhcpFeedReading *reading, GError **error)
{
  gint64 since = reading->since.effective;
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error,
                     "SELECT case_id, standing, person, seq FROM access "
                     "WHERE account = ? AND seq >= ? AND seq > ended_seq ORDER BY seq",
                     "si", reading->account, since);

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    {
      Grant grant;

      read_grant (row, 0, &grant);
      if (grant.seq > reading->cutoff.effective)
        break;
      if (grant.seq > since)
        add_turn (reading->granted, grant.case_id, grant.seq);
      if (!read_records (reading, &grant, grant.seq == since ? reading->since.own : 0, grant.seq, error))
        return FALSE;
    }
  return !has_failed (&failure, error);
}

static gboolean
read_ends (EhcpFeedReading *reading, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error,
                     "SELECT case_id, ended_seq FROM access WHERE account = ? AND ended_seq > ? "
                     "ORDER BY ended_seq",
                     "si", reading->account, get_gone_bound (reading));

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    add_turn (reading->revoked, ehcp_statement_get_text (row, 0), ehcp_statement_get_int (row, 1));
  return !has_failed (&failure, error);
}

/* The reader's cases in which something came since; with very many, no more than tells that they are. For a
 * reader who is up to date with these cases there is none. */
static GArray *
list_moved_cases (EhcpFeedReading *reading, GError **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (Grant));
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (reading->db, error,
                     "SELECT access.case_id, standing, person, access.seq "
                     "FROM case_head CROSS JOIN access ON access.account = ? "
                     "AND access.case_id = case_head.case_id "
                     "WHERE case_head.seq > ? AND access.seq > ended_seq",
                     "si", reading->account, reading->since.effective);

  if (row == NULL)
    return NULL;
  while (grants->len <= MANY_CASES && ehcp_statement_step (row, &failure))
    {
      Grant grant;

      read_grant (row, 0, &grant);
      g_array_append_val (grants, grant);
    }
  return has_failed (&failure, error) ? NULL : g_steal_pointer (&grants);
}

static gboolean
read_cases (EhcpFeedReading *reading, GArray *grants, GError **error)
{
  for (guint i = 0; i < grants->len; i++)
    {
      const Grant *grant = &g_array_index (grants, Grant, i);

      if (!read_records (reading, grant, MAX (reading->since.effective, grant->seq), G_MAXINT64, error) ||
          !read_tombstones (reading, grant, error))
        return FALSE;
    }
  return TRUE;
}

/* The same for a reader of very many cases: through all that came, not through the cases. */
static gboolean
read_through (EhcpFeedReading *reading, const char *sql, gint64 after, gboolean is_gone, GError **error)
{
  guint n_before = reading->items->len;
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (reading->db, error, sql, "si", reading->account, after);

  if (row == NULL)
    return FALSE;
  while (reading->items->len <= n_before + reading->limit && ehcp_statement_step (row, &failure))
    {
      gboolean goes_on = TRUE;
      Grant grant;

      read_grant (row, 5, &grant);
      if (is_gone)
        goes_on = add_tombstone (reading, row, &grant);
      else if (sees_row (row, &grant))
        goes_on = add_item (reading, row, grant.seq, FALSE);
      if (!goes_on)
        break;
    }
  return !has_failed (&failure, error);
}

#define THROUGH(table)                                                                             \
  "SELECT t.seq, t.id, t.kind, t.audience, t.named, access.case_id, standing, person, access.seq " \
  "FROM " table " t CROSS JOIN access ON access.account = ? AND access.case_id = t.case_id "      \
  "WHERE t.seq > ? AND t.seq > access.seq AND access.seq > ended_seq ORDER BY t.seq"

static gboolean
read_all_cases (EhcpFeedReading *reading, GError **error)
{
  return read_through (reading, THROUGH ("record"), reading->since.effective, FALSE, error) &&
         read_through (reading, THROUGH ("tombstone"), get_gone_bound (reading), TRUE, error);
}

static gboolean
read_owned (EhcpFeedReading *reading, const char *sql, const char *owner, gint64 after, gboolean is_gone,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (reading->db, error, sql, "si", owner, after);

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    if (!add_item (reading, row, 0, is_gone))
      break;
  return !has_failed (&failure, error);
}

/* Records without a case: the account's, everyone's, and the staff's. */
static gboolean
read_uncased (EhcpFeedReading *reading, GError **error)
{
  const char *owners[] = { reading->account, EHCP_OWNER_EVERYONE, EHCP_OWNER_STAFF };
  guint n_owners = reading->is_staff ? 3 : 2;

  for (guint i = 0; i < n_owners; i++)
    if (!read_owned (reading, "SELECT seq, id, kind FROM record WHERE owner = ? AND seq > ? ORDER BY seq",
                     owners[i], reading->since.effective, FALSE, error) ||
        !read_owned (reading,
                     "SELECT seq, id, kind FROM tombstone t WHERE owner = ? AND seq > ? AND NOT EXISTS "
                     "(SELECT 1 FROM record r WHERE r.id = t.id AND r.owner = t.owner) ORDER BY seq",
                     owners[i], get_gone_bound (reading), TRUE, error))
      return FALSE;
  return TRUE;
}

/**
 * ehcp_feed_collect:
 * @reading: from where, for whom, how many; nothing collected yet
 * @error: return location
 *
 * Inside a transaction, so that all sources are of one moment.
 *
 * Returns: whether the database could be read.
 */
gboolean
ehcp_feed_collect (EhcpFeedReading *reading, GError **error)
{
  g_autoptr (GArray) grants = NULL;

  if (!read_ends (reading, error) || !read_uncased (reading, error))
    return FALSE;
  grants = list_moved_cases (reading, error);
  if (grants == NULL || !(grants->len <= MANY_CASES ? read_cases (reading, grants, error)
                                                    : read_all_cases (reading, error)))
    return FALSE;
  if (!read_new_grants (reading, error))
    return FALSE;
  trim (reading);
  return TRUE;
}
