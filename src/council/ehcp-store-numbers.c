/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's one number and its epoch, and what is forgotten in time. */
#include "ehcp-store.h"

#include "ehcp-text.h"

#define TOMBSTONE_DAYS 180
#define RECEIPT_DAYS 400
#define SECONDS_IN_DAY 86400

/** ehcp_store_take_seq: Returns: the next number; 0 with an error. Writer, inside a transaction. */
gint64
ehcp_store_take_seq (EhcpDb *db, GError **error)
{
  gint64 seq = 0;

  ehcp_db_get_int (db, error, &seq, "UPDATE feed SET seq = seq + 1 WHERE id = 1 RETURNING seq", "");
  return seq;
}

/** ehcp_store_get_seq: Returns: the newest number that @db sees. */
gint64
ehcp_store_get_seq (EhcpDb *db, GError **error)
{
  gint64 seq = 0;

  ehcp_db_get_int (db, error, &seq, "SELECT seq FROM feed WHERE id = 1", "");
  return seq;
}

/** ehcp_store_get_epoch: Returns: (transfer full) (nullable): a random text that a restore changes. */
char *
ehcp_store_get_epoch (EhcpDb *db, GError **error)
{
  return ehcp_db_get_text (db, error, "SELECT epoch FROM feed WHERE id = 1", "");
}

/** ehcp_store_renew_epoch: After a restore from backup: every program pulls afresh. Writer, inside a
 * transaction. */
gboolean
ehcp_store_renew_epoch (EhcpDb *db, GError **error)
{
  g_autofree char *epoch = ehcp_text_new_id ();

  return ehcp_db_run (db, error, "UPDATE feed SET epoch = ? WHERE id = 1", "s", epoch);
}

/* A state older than the newest tombstone that went is too old for the feed. */
static gboolean
purge_tombstones (EhcpDb *db, const char *before, GError **error)
{
  gint64 newest = 0;

  if (!ehcp_db_get_int (db, error, &newest, "SELECT COALESCE(MAX(seq), 0) FROM tombstone WHERE gone_at < ?",
                        "s", before))
    return FALSE;
  return newest == 0 ||
         (ehcp_db_run (db, error, "UPDATE feed SET forgotten = ? WHERE id = 1", "i", newest) &&
          ehcp_db_run (db, error, "DELETE FROM tombstone WHERE gone_at < ?", "s", before));
}

/** ehcp_store_purge: Once a day: tombstones after 180 days, receipts after 400. Writer, inside a
 * transaction. */
gboolean
ehcp_store_purge (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *tombstones = ehcp_time_format (now - TOMBSTONE_DAYS * (gint64) SECONDS_IN_DAY);
  g_autofree char *receipts = ehcp_time_format (now - RECEIPT_DAYS * (gint64) SECONDS_IN_DAY);

  return purge_tombstones (db, tombstones, error) &&
         ehcp_db_run (db, error, "DELETE FROM receipt WHERE done_at < ?", "s", receipts);
}
