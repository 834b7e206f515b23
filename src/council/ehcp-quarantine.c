/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that could not be looked through when it came waits: it is known, and nobody gets it. Once a minute
 * what waits is looked through; what has a virus loses its content and says so for good. */
#include "ehcp-quarantine.h"

#include "ehcp-audit.h"
#include "ehcp-scan.h"
#include "ehcp-store.h"
#include "ehcp-uploads.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAX_AT_ONCE 20

typedef struct
{
  EhcpRecord *document;
  const char *check; /* what it becomes; NULL: nothing stands in the way any more */
  const char *detail;
  const char *path;  /* of the content */
} Verdict;

static gboolean
is_of_content (EhcpCouncil *council, EhcpRecord *document, const char *path)
{
  g_autofree char *own = ehcp_document_get_path (council, document);

  return g_strcmp0 (ehcp_record_get_text (document, "check"), "waiting") == 0 && g_str_equal (own, path);
}

static gboolean
put_verdict (EhcpCouncil *council, EhcpDb *db, const Verdict *verdict, EhcpRecord *document, GError **error)
{
  EhcpActorId nobody = { 0 };

  ehcp_record_set_text (document, "check", verdict->check);
  return ehcp_store_put (council, db, document, NULL, error) &&
         ehcp_audit_add (council, db, &nobody, "document.scanned", ehcp_record_get_case (document),
                         ehcp_record_get_id (document), verdict->detail, error);
}

/* Every document that has this content: one content may have come twice, and is stored once. */
static gboolean
write_verdict (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Verdict *verdict = data;
  g_autoptr (GPtrArray) list = ehcp_store_list_where (
      db, EHCP_KIND_DOCUMENT, "sha256", ehcp_record_get_text (verdict->document, "sha256"), error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (is_of_content (council, list->pdata[i], verdict->path) &&
        !put_verdict (council, db, verdict, list->pdata[i], error))
      return FALSE;
  return list != NULL;
}

static gboolean
judge (EhcpCouncil *council, EhcpRecord *document, GError **error)
{
  g_autofree char *path = ehcp_document_get_path (council, document);
  const char *clamd = ehcp_council_get_config (council)->clamd;
  g_autofree char *found = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  EhcpScanResult result = fd < 0          ? EHCP_SCAN_UNAVAILABLE
                          : clamd == NULL ? EHCP_SCAN_CLEAN
                                          : ehcp_scan_file (clamd, fd, &found);
  Verdict verdict = { document, NULL, "clean", path };

  if (fd >= 0)
    close (fd);
  if (result == EHCP_SCAN_UNAVAILABLE)
    return TRUE;
  if (result == EHCP_SCAN_INFECTED)
    {
      verdict.check = "infected";
      verdict.detail = found;
    }
  if (!ehcp_council_write_sync (council, write_verdict, &verdict, error))
    return FALSE;
  if (result == EHCP_SCAN_INFECTED)
    g_unlink (path);
  return TRUE;
}

/**
 * ehcp_quarantine_look:
 * @council: the council
 * @error: return location
 *
 * Looks through what waits. Waits itself: not in a worker nor in the writer.
 *
 * Returns: whether it was done, or could be left for later
 */
gboolean
ehcp_quarantine_look (EhcpCouncil *council, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (council, error);
  g_autoptr (GPtrArray) waiting = NULL;

  if (db == NULL)
    return FALSE;
  waiting = ehcp_store_list_where (db, EHCP_KIND_DOCUMENT, "check", "waiting", error);
  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (waiting->len, MAX_AT_ONCE); i++)
    if (!judge (council, waiting->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * ehcp_case_has_room:
 * @council: the council
 * @db: any connection
 * @case_id: a case, or the form of a request of none
 * @sha256: of a file to be stored: the same content twice needs its room once
 * @size: its bytes
 * @error: return location
 *
 * Returns: whether it fits; otherwise %EHCP_ERROR_TOO_LARGE "/case"
 */
gboolean
ehcp_case_has_room (EhcpCouncil *council, EhcpDb *db, const char *case_id, const char *sha256, gint64 size,
                    GError **error)
{
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error,
      "SELECT coalesce(sum(size), 0), coalesce(max(sha256 = ?), 0) FROM "
      "(SELECT DISTINCT d.\"sha256\" AS sha256, d.\"size\" AS size FROM kind_document AS d "
      "JOIN record AS r ON r.id = d.id WHERE coalesce(r.case_id, d.\"form\") = ?)", "ss", sha256, case_id);
  gint64 most = (gint64) ehcp_council_get_config (council)->case_megabytes * 1024 * 1024;

  if (statement == NULL || !ehcp_statement_step (statement, error))
    return FALSE;
  if (most == 0 || ehcp_statement_get_int (statement, 1) != 0 ||
      ehcp_statement_get_int (statement, 0) + size <= most)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, "/case", "The room for this case's documents is full.");
  return FALSE;
}

/* Contents that no document has: of a command that failed after the file was in its place. */
static gboolean
collect_case (EhcpDb *db, const char *folder, const char *case_id, gint64 before, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) failure = NULL;
      GStatBuf status;
      gint64 one;

      /* A young one may be on its way into a document at this moment. */
      if (g_stat (path, &status) != 0 || status.st_ctime > before)
        continue;
      if (!ehcp_db_get_int (db, &failure, &one,
                            "SELECT 1 FROM kind_document AS d JOIN record AS r ON r.id = d.id "
                            "WHERE d.\"sha256\" = ? AND coalesce(r.case_id, d.\"form\") = ?", "ss", name, case_id) &&
          failure == NULL)
        g_unlink (path);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * ehcp_documents_collect_older:
 * @council: the council
 * @before: s since 1970
 * @error: return location
 *
 * Removes stored contents that no document has and that came before then.
 *
 * Returns: whether it was done
 */
gboolean
ehcp_documents_collect_older (EhcpCouncil *council, gint64 before, GError **error)
{
  g_autofree char *root = g_build_filename (ehcp_council_get_config (council)->data_dir, "documents", NULL);
  EhcpDb *db = ehcp_council_get_reader (council, error);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  if (db == NULL)
    return FALSE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (root, name, NULL);

      if (!collect_case (db, folder, name, before, error))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_documents_collect: The same for those that are older than a day. Returns: whether it was done. */
gboolean
ehcp_documents_collect (EhcpCouncil *council, GError **error)
{
  return ehcp_documents_collect_older (council, g_get_real_time () / G_USEC_PER_SEC - 24 * 3600, error);
}
