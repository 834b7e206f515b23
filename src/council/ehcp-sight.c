/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff see is concluded by one condition over cases, accounts and covers, and compared with the grants
 * that there are: whatever changed, the difference is granted or ended, and the feed tells it. */
#include "ehcp-sight.h"

#include "ehcp-access.h"
#include "ehcp-store.h"

/* `c` credential, `a` account, `k` case. Nobody who is disabled sees anything. */
#define SEES                                                                                         \
  "c.is_disabled = 0 AND (c.role = 'manager' OR c.role = 'caseworker' AND ("                         \
  "k.caseworker = c.account OR (a.team <> '' AND k.team = a.team) OR "                               \
  "EXISTS (SELECT 1 FROM kind_cover v WHERE v.covering = c.account AND v.covered = k.caseworker "    \
  "AND v.state = 'active') OR "                                                                      \
  "(coalesce (a.team, '') = coalesce (k.team, '') AND EXISTS (SELECT 1 FROM case_opener o "          \
  "WHERE o.case_id = k.id AND o.account = c.account))))"

#define STAFF "c.role IN ('caseworker', 'manager')"

/* Each row: account, case, whether it is seen now, the standing that is there (0: none). What a member of staff
 * sees as a parent is not this table's. */
#define COMPARE                                                                                      \
  "SELECT c.account, k.id, " SEES ", coalesce (x.standing, 0) "                                      \
  "FROM credential c JOIN kind_account a ON a.id = c.account JOIN kind_case k "                      \
  "LEFT JOIN access x ON x.account = c.account AND x.case_id = k.id AND x.seq > x.ended_seq "        \
  "WHERE " STAFF " AND "

typedef struct
{
  char account[37];
  char case_id[37];
  gboolean is_seen;
} Turn;

static GArray *
list_turns (EhcpDb *db, const char *sql, const char *id, GError **error)
{
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, sql, "s", id);
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  g_autoptr (GError) failure = NULL;

  if (row == NULL)
    return NULL;
  while (ehcp_statement_step (row, &failure))
    {
      gint64 standing = ehcp_statement_get_int (row, 3);
      Turn turn = { .is_seen = ehcp_statement_get_int (row, 2) != 0 };

      if (turn.is_seen ? standing != EHCP_STANDING_NONE : standing != EHCP_STANDING_STAFF)
        continue;
      g_strlcpy (turn.account, ehcp_statement_get_text (row, 0), sizeof turn.account);
      g_strlcpy (turn.case_id, ehcp_statement_get_text (row, 1), sizeof turn.case_id);
      g_array_append_val (turns, turn);
    }
  if (failure == NULL)
    return g_steal_pointer (&turns);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
renew (EhcpCouncil *council, EhcpDb *db, const char *sql, const char *id, GError **error)
{
  g_autoptr (GArray) turns = list_turns (db, sql, id, error);

  if (turns == NULL)
    return FALSE;
  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);

      if (turn->is_seen ? !ehcp_access_grant (council, db, turn->account, turn->case_id,
                                              EHCP_STANDING_STAFF, NULL, error)
                        : !ehcp_access_end (council, db, turn->account, turn->case_id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_sight_renew_case:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @case_id: a case whose caseworker or team may have changed, or a new one
 * @error: return location
 *
 * Returns: whether those who see it now have it, and nobody else of the staff.
 */
gboolean
ehcp_sight_renew_case (EhcpCouncil *council, EhcpDb *db, const char *case_id, GError **error)
{
  return renew (council, db, COMPARE "k.id = ?", case_id, error);
}

/** ehcp_sight_renew_account: The same for all cases of one of the staff, who is new, was disabled, or whose
 * cover began or ended. */
gboolean
ehcp_sight_renew_account (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  return renew (council, db, COMPARE "c.account = ?", account, error);
}

/** ehcp_sight_note_opener: Before the first ehcp_sight_renew_case() of a new case. */
gboolean
ehcp_sight_note_opener (EhcpDb *db, const char *case_id, const char *account, GError **error)
{
  return ehcp_db_run (db, error, "INSERT INTO case_opener (case_id, account) VALUES (?, ?)", "ss",
                      case_id, account);
}

#define DUE                                                                                    \
  "(state = 'planned' AND \"from\" <= ?) OR (state IN ('planned', 'active') AND until < ?)"

/** ehcp_sight_is_due: Returns: whether a cover began or ended by the day and nobody said so yet. Any thread;
 * one indexed statement. */
gboolean
ehcp_sight_is_due (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint64 today = ehcp_clock_today (ehcp_council_get_clock (council));
  gint64 n = 0;

  return ehcp_db_get_int (db, error, &n, "SELECT count (*) FROM kind_cover WHERE " DUE, "ii", today, today) && n > 0;
}

static gboolean
turn_cover (EhcpCouncil *council, EhcpDb *db, const char *id, gint32 today, GError **error)
{
  g_autoptr (EhcpRecord) cover = ehcp_store_find (db, EHCP_KIND_COVER, id, error);
  gboolean is_over;

  if (cover == NULL)
    return FALSE;
  is_over = ehcp_record_get_date (cover, "until") < today;
  ehcp_record_set_text (cover, "state", is_over ? "ended" : "active");
  return ehcp_store_put (council, db, cover, NULL, error) &&
         ehcp_sight_renew_account (council, db, ehcp_record_get_text (cover, "covering"), error);
}

/**
 * ehcp_sight_renew_covers:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @error: return location
 *
 * Begins and ends covers whose day has come; nothing is written when there is none.
 *
 * Returns: whether it was done.
 */
gboolean
ehcp_sight_renew_covers (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint32 today = ehcp_clock_today (ehcp_council_get_clock (council));
  g_autoptr (GPtrArray) due =
      ehcp_db_list_texts (db, error, "SELECT id FROM kind_cover WHERE " DUE, "ii", today, today);

  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len; i++)
    if (!turn_cover (council, db, due->pdata[i], today, error))
      return FALSE;
  return TRUE;
}
