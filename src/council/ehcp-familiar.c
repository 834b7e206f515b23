/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account was signed in from, so that a sign-in from elsewhere is told to its owner. Of networks only hashes are
 * kept, under the account: where a family lives is not to be read out of the database by chance. Whoever wants to can try
 * all networks. */
#include "ehcp-familiar.h"

#include "ehcp-audit.h"
#include "ehcp-mail.h"

#include <sodium.h>
#include <string.h>

#define KEPT_S (90 * 24 * 60 * 60)
#define ANYTHING "any" /* the mark that says that there was a sign-in at all; it stays */

static char *
make_mark (const char *account, const char *kind, const char *value)
{
  g_autofree char *text = g_strconcat (account, "\n", kind, "\n", value, NULL);
  guint8 hash[16];
  char hex[2 * sizeof hash + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), NULL, 0);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup (hex);
}

static gboolean
is_known (EhcpDb *db, const char *account, const char *mark, gboolean *is_there, GError **error)
{
  gint64 n = 0;

  if (!ehcp_db_get_int (db, error, &n, "SELECT count (*) FROM familiar WHERE account = ? AND mark = ?", "ss", account,
                        mark))
    return FALSE;
  *is_there = n > 0;
  return TRUE;
}

static gboolean
see (EhcpDb *db, const char *account, const char *mark, gint64 now, GError **error)
{
  return ehcp_db_run (db, error,
                      "INSERT INTO familiar (account, mark, seen_at) VALUES (?, ?, ?) "
                      "ON CONFLICT (account, mark) DO UPDATE SET seen_at = excluded.seen_at",
                      "ssi", account, mark, now);
}

static gboolean
tell (EhcpCouncil *council, EhcpDb *db, const char *account, const char *email, const char *device, gint64 now,
      GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  g_autofree char *time = g_date_time_format (local, "%-d %B %Y, %H:%M");
  EhcpActorId actor = { 0 };

  g_strlcpy (actor.account, account, sizeof actor.account);
  return ehcp_mail_queue (council, db, EHCP_MAIL_UNUSUAL_SIGN_IN, email, error, "device", device, "time", time, NULL) &&
         ehcp_audit_add (council, db, &actor, "session.unusual", NULL, NULL, NULL, error);
}

/**
 * ehcp_familiar_note:
 * @council: the council
 * @db: the writing connection, inside a transaction
 * @account: who signs in
 * @email: where they are told
 * @device: as the program calls itself
 * @network: of the request, see ehcp_exchange_get_network()
 * @error: return location
 *
 * Mails the account when the device or the network was not seen for 90 days. The first sign-in of all is none of those.
 *
 * Returns: whether it is noted
 */
gboolean
ehcp_familiar_note (EhcpCouncil *council, EhcpDb *db, const char *account, const char *email, const char *device,
                    const char *network, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *device_mark = make_mark (account, "device", device);
  g_autofree char *network_mark = make_mark (account, "network", network);
  gboolean has_any, has_device, has_network;

  if (!ehcp_db_run (db, error, "DELETE FROM familiar WHERE account = ? AND seen_at <= ? AND mark <> '" ANYTHING "'",
                    "si", account, now - KEPT_S) ||
      !is_known (db, account, ANYTHING, &has_any, error) ||
      !is_known (db, account, device_mark, &has_device, error) ||
      !is_known (db, account, network_mark, &has_network, error))
    return FALSE;
  if (has_any && !(has_device && has_network) && !tell (council, db, account, email, device, now, error))
    return FALSE;
  return see (db, account, ANYTHING, now, error) && see (db, account, device_mark, now, error) &&
         see (db, account, network_mark, now, error);
}
