/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold: heard while it runs, and looked at when everybody is quiet. The numbers are those of
 * DESIGN.md. */
#include "sim-world.h"

#include "ehcp-audit.h"
#include "ehcp-cache-private.h"
#include "ehcp-codec.h"
#include "ehcp-feed.h"
#include "ehcp-manifest.h"
#include "ehcp-policy.h"
#include "sim-threads.h"

#include <string.h>

/* About six simulated hours are 120,000: what is refused after a restore waits that long, whatever else its case has to
 * send. Two computers with different cases to wait for need no more. */
#define MAX_SWITCHES 300000
#define QUIET_US (G_GINT64_CONSTANT (120) * G_USEC_PER_SEC)

#define REVOKING_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static gint64 revoked_until[SIM_MAX_HOSTS];

void
sim_draft_is_safe (SimDevice *device, const char *id, const char *case_id)
{
  SimDraft *draft = g_new0 (SimDraft, 1);

  draft->device = device - sim_world.devices;
  draft->case_id = g_strdup (case_id);
  draft->is_excused = sim_is_being_revoked (device);
  g_hash_table_insert (sim_world.drafts, g_strdup (id), draft);
}

static void
excuse (guint device, const char *case_id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sim_world.promises);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SimPromise *) value)->device == device &&
        (case_id == NULL || g_strcmp0 (((SimPromise *) value)->case_id, case_id) == 0))
      ((SimPromise *) value)->is_excused = TRUE;
  g_hash_table_iter_init (&iter, sim_world.drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SimDraft *) value)->device == device &&
        (case_id == NULL || g_strcmp0 (((SimDraft *) value)->case_id, case_id) == 0))
      ((SimDraft *) value)->is_excused = TRUE;
}

void
sim_excuse_device (SimDevice *device)
{
  excuse (device - sim_world.devices, NULL);
}

void
sim_excuse (const char *account, const char *case_id)
{
  for (guint i = 0; i < sim_world.n_devices; i++)
    if (strcmp (sim_world.devices[i].actor.account, account) == 0)
      excuse (i, case_id);
}

/* 4: the same answer to the same command, as long as the council remembers. */
static void
commanded (guint host, const char *token, const char *id, const char *body, guint status, const char *answer)
{
  const char *before = g_hash_table_lookup (sim_world.answers, id);

  if (status != 200)
    return;
  g_hash_table_add (sim_world.acknowledged, g_strdup (id));
  if (before == NULL)
    g_hash_table_insert (sim_world.answers, g_strdup (id), g_strdup (answer));
  else if (strcmp (before, answer) != 0)
    sim_fail ("4: %s was answered otherwise before: %s, now %s", id, before, answer);
}

/* What is written between the council's word and the program's seeing it goes with the rest. */
gboolean
sim_is_being_revoked (const SimDevice *device)
{
  return sim_now_us () < revoked_until[device->host];
}

static void
fed (guint host, const char *token, const char *answer)
{
  g_autoptr (JsonObject) object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, NULL);
  JsonArray *revoked = object != NULL ? ehcp_json_get_array (object, "revoked") : NULL;

  for (guint i = 0; revoked != NULL && i < json_array_get_length (revoked); i++)
    {
      excuse (host - SIM_COUNCIL - 1, json_array_get_string_element (revoked, i));
      revoked_until[host] = sim_now_us () + REVOKING_US;
    }
}

const SimEars *
sim_get_ears (void)
{
  static const SimEars ears = { commanded, fed };

  return &ears;
}

/* --- quiet --- */

static gboolean
is_quiet (void)
{
  if (!sim_world.is_council_up)
    return FALSE;
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      SimDevice *device = &sim_world.devices[i];

      if (device->is_used && (device->link == NULL || device->link->status != EHCP_LINK_SIGNED_IN ||
                              device->link->n_waiting > 0 || device->link->is_syncing ||
                              !device->link->is_online || !device->link->has_first_sync))
        return FALSE;
    }
  return TRUE;
}

/* 12: in a bounded number of steps. */
gboolean
sim_settle (void)
{
  guint64 most = sim_count_switches () + MAX_SWITCHES * (sim_world.n_devices / SIM_FEW_DEVICES);
  gint64 since = 0;

  while (sim_count_switches () < most && sim_world.problem == NULL)
    {
      if (sim_spin (1))
        continue;
      /* One that was starting when all was mended knows, or dies, only now. */
      sim_start_what_died ();
      sim_leave_memory ();
      if (!is_quiet ())
        since = 0;
      else if (since == 0)
        since = sim_now_us ();
      else if (sim_now_us () - since > QUIET_US)
        return TRUE;
      if (!sim_wait_next ())
        break;
    }
  for (guint i = 0; i < sim_world.n_devices; i++)
    if (sim_world.devices[i].is_used && sim_world.devices[i].link != NULL)
      sim_step ("%s: status %d, %u waiting, syncing %d, online %d, first %d", sim_world.devices[i].name,
                sim_world.devices[i].link->status, sim_world.devices[i].link->n_waiting,
                sim_world.devices[i].link->is_syncing, sim_world.devices[i].link->is_online,
                sim_world.devices[i].link->has_first_sync);
  sim_fail ("12: not quiet after %d turns", MAX_SWITCHES);
  return FALSE;
}

/* --- the council --- */

static EhcpDb *
get_db (void)
{
  EhcpDb *db = ehcp_council_get_reader (sim_world.council.council, NULL);

  g_assert_nonnull (db);
  return db;
}

static gboolean
council_has (const char *id)
{
  gint64 one = 0;

  return ehcp_db_get_int (get_db (), NULL, &one, "SELECT 1 FROM receipt WHERE id = ?", "s", id);
}

static void
check_none_twice (void)
{
  static const char *const sql[] = {
    "SELECT text || ' in messages' FROM kind_message GROUP BY text HAVING count(*) > 1",
    "SELECT text || ' in notes' FROM kind_note GROUP BY text HAVING count(*) > 1",
    "SELECT title || ' of documents' FROM kind_document WHERE title LIKE 'text-%' GROUP BY title HAVING count(*) > 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autofree char *twice = ehcp_db_get_text (get_db (), NULL, sql[i], "");

      if (twice != NULL)
        sim_fail ("2: twice: %s", twice);
    }
}

static void
check_audit (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *odd = NULL;
  guint64 n_rows = 0;

  if (!ehcp_audit_verify (get_db (), &n_rows, &error))
    sim_fail ("11: %s", error->message);
  odd = ehcp_db_get_text (get_db (), NULL,
                          "SELECT kind FROM (SELECT kind, count(*) AS n FROM receipt GROUP BY kind EXCEPT"
                          " SELECT what, count(*) FROM audit GROUP BY what)",
                          "");
  if (odd != NULL)
    sim_fail ("11: %s has not one audit row each", odd);
}

static void
check_files (void)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (get_db (), NULL,
                     "SELECT r.case_id, d.sha256 FROM record r JOIN kind_document d ON d.id = r.id", "");

  while (ehcp_statement_step (row, NULL))
    {
      const char *sha256 = ehcp_statement_get_text (row, 1);
      g_autofree char *path =
          g_build_filename ("1/data/documents", ehcp_statement_get_text (row, 0), sha256, NULL);
      g_autofree char *found = ehcp_file_hash (path, NULL);

      if (g_strcmp0 (found, sha256) != 0)
        sim_fail ("10: %s", path);
    }
}

/* --- a person's view --- */

static char *
make_key (const char *kind, const char *id)
{
  return g_strconcat (kind, "/", id, NULL);
}

/* What the council would send this person, who has nothing: key → JSON in our own words. */
static GHashTable *
read_view (SimDevice *device)
{
  GHashTable *view = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *state = g_strdup ("");
  gboolean has_more = TRUE;

  while (has_more)
    {
      gboolean has_news;
      g_autofree char *text =
          ehcp_feed_read (sim_world.council.council, get_db (), &device->actor, state, 500, &has_news, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (EhcpBatch) batch = ehcp_batch_parse (bytes, NULL);

      for (guint i = 0; i < batch->entries->len; i++)
        {
          EhcpEntry *entry = g_ptr_array_index (batch->entries, i);

          if (entry->record != NULL)
            g_hash_table_insert (view, make_key (entry->kind, entry->id), ehcp_codec_encode (entry->record));
        }
      has_more = batch->has_more;
      g_free (state);
      state = g_strdup (batch->state);
    }
  return view;
}

static void
check_seen (SimDevice *device, EhcpRecord *record)
{
  int kind = ehcp_kind_find (ehcp_record_get_kind (record));
  g_autoptr (EhcpRecord) seen =
      ehcp_policy_find (get_db (), &device->actor, kind, ehcp_record_get_id (record), NULL);

  if (seen == NULL)
    {
      g_autofree char *text = ehcp_codec_encode (record);
      g_autofree char *there =
          ehcp_db_get_text (get_db (), NULL, "SELECT kind || ' for ' || audience || coalesce (named, '') FROM record"
                                             " WHERE id = ?", "s", ehcp_record_get_id (record));

      sim_fail ("6: %s keeps what is not for them: %s; there is %s", device->name, text, there);
    }
}

/* 3 and 6: the cache is what the council would send, and the book is what the cache holds. */
static void
check_view (SimDevice *device, EhcpLoaded *loaded)
{
  g_autoptr (GHashTable) view = read_view (device);
  EhcpBook *book = ehcp_link_get_book (device->link);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < loaded->records->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (loaded->records, i);
      const char *kind = ehcp_record_get_kind (record);
      g_autofree char *name = make_key (kind, ehcp_record_get_id (record));
      g_autofree char *text = NULL;
      EhcpRecord *shown;

      if (strcmp (kind, "draft") == 0)
        continue;
      text = ehcp_codec_encode (record);
      if (g_hash_table_lookup (view, name) == NULL)
        {
          check_seen (device, record);
          sim_fail ("3: %s keeps %s, which the council would not send", device->name, name);
        }
      else if (strcmp (g_hash_table_lookup (view, name), text) != 0)
        sim_fail ("3: %s keeps %s instead of %s", device->name, text, (char *) g_hash_table_lookup (view, name));
      g_hash_table_remove (view, name);
      shown = ehcp_book_find (book, ehcp_kind_find (kind), ehcp_record_get_id (record));
      if (shown == NULL)
        sim_fail ("3: %s does not show %s", device->name, name);
      else if (ehcp_record_get_delivery (shown) == EHCP_DELIVERY_DONE)
        {
          g_autofree char *shown_text = ehcp_codec_encode (shown);

          if (strcmp (shown_text, text) != 0)
            sim_fail ("3: %s shows %s instead of %s", device->name, shown_text, text);
        }
    }
  g_hash_table_iter_init (&iter, view);
  if (g_hash_table_iter_next (&iter, &key, NULL))
    sim_fail ("3: %s lacks %s", device->name, (char *) key);
}

/* Whether the person wrote something of the case after it was taken from them, and before they saw that. */
static gboolean
says_since (guint device, const char *case_id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sim_world.promises);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SimPromise *) value)->device == device && !((SimPromise *) value)->is_excused &&
        g_strcmp0 (((SimPromise *) value)->case_id, case_id) == 0)
      return TRUE;
  g_hash_table_iter_init (&iter, sim_world.drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SimDraft *) value)->device == device && !((SimDraft *) value)->is_excused &&
        g_strcmp0 (((SimDraft *) value)->case_id, case_id) == 0)
      return TRUE;
  return FALSE;
}

/* 7: of a case that is not this person's nothing is left. After a restore the council does not know that it
 * had granted the case: then only what was the council's is gone. */
static void
check_withdrawn (SimDevice *device, EhcpCache *cache)
{
  guint number = device - sim_world.devices;
  static const char *const tables[] = { "record", "outbox", "sent", "draft", "document", "case_key", "patience" };

  for (guint i = 0; i < G_N_ELEMENTS (sim_world.cases); i++)
    {
      EhcpAccess access = { 0 };
      gboolean is_said_since;

      if (!ehcp_access_find (get_db (), device->actor.account, sim_world.cases[i], &access, NULL) ||
          access.standing != EHCP_STANDING_NONE)
        continue;
      is_said_since = says_since (number, sim_world.cases[i]);
      for (guint j = 0; j < (sim_world.n_restores > 0 || is_said_since ? 1 : G_N_ELEMENTS (tables)); j++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE case_id = ?", j >= 5 ? "1" : "id", tables[j]);
          g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, NULL, sql, "s", sim_world.cases[i]);

          if (ehcp_rows_step (rows))
            sim_fail ("7: %s keeps %s of %s in %s", device->name, ehcp_rows_get_text (rows, 0), sim_world.cases[i],
                      tables[j]);
        }
    }
}

static void
check_kept (SimDevice *device, EhcpCache *cache, EhcpLoaded *loaded)
{
  for (guint i = 0; i < loaded->records->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (loaded->records, i);
      g_autoptr (GBytes) content = NULL;
      g_autofree char *found = NULL;

      if (!g_hash_table_contains (loaded->kept, ehcp_record_get_id (record)))
        continue;
      content = ehcp_cache_read_document (cache, ehcp_record_get_id (record), ehcp_record_get_case (record), NULL);
      found = content != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content) : NULL;
      if (g_strcmp0 (found, ehcp_record_get_text (record, "sha256")) != 0)
        sim_fail ("10: %s keeps a document that is %s", device->name, found);
    }
}

static EhcpOutgoing *
find_outgoing (EhcpLoaded *loaded, const char *id)
{
  for (guint i = 0; i < loaded->outbox->len; i++)
    if (strcmp (((EhcpOutgoing *) g_ptr_array_index (loaded->outbox, i))->id, id) == 0)
      return g_ptr_array_index (loaded->outbox, i);
  return NULL;
}

/* 1, 8 and 9. */
static void
check_promises (SimDevice *device, EhcpLoaded *loaded)
{
  guint number = device - sim_world.devices;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, sim_world.promises);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimPromise *promise = value;
      EhcpOutgoing *outgoing = find_outgoing (loaded, promise->id);
      gboolean is_there = council_has (promise->id);
      gboolean is_silent = promise->kind == EHCP_COMMAND_MESSAGE_READ || promise->kind == EHCP_COMMAND_DOCUMENT_READ;

      if (promise->device != number)
        continue;
      if (promise->is_away && is_there)
        sim_fail ("8: %s was taken back, and sent", promise->id);
      if (outgoing != NULL && (outgoing->delivery != EHCP_DELIVERY_REFUSED || outgoing->refusal == NULL))
        sim_fail ("8: %s waits for ever", promise->id);
      if (outgoing != NULL && !promise->is_taken_back && ehcp_outbox_find (device->link->outbox, promise->id) == NULL)
        sim_fail ("8: %s is refused, and nobody sees it", promise->id);
      if (!is_there && outgoing == NULL && promise->is_safe && !promise->is_taken_back && !promise->is_excused &&
          !is_silent)
        sim_fail ("1: %s (%s) is lost", promise->id, promise->text != NULL ? promise->text : "");
    }
  g_hash_table_iter_init (&iter, sim_world.drafts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimDraft *draft = value;
      gboolean is_there = FALSE;

      for (guint i = 0; i < loaded->records->len && !is_there; i++)
        is_there = strcmp (ehcp_record_get_id (g_ptr_array_index (loaded->records, i)), key) == 0;
      if (draft->device == number && !draft->is_excused && !is_there)
        sim_fail ("9: %s lost the draft %s", device->name, (char *) key);
    }
}

/* 1: what was answered since the last restore is there. */
static void
check_answered (void)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, sim_world.answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!council_has (key))
      sim_fail ("1: %s was acknowledged, and is not there", (char *) key);
}

void
sim_check_restored (void)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, sim_world.acknowledged);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      SimPromise *promise = g_hash_table_lookup (sim_world.promises, key);

      if (promise != NULL && promise->kind != EHCP_COMMAND_MESSAGE_READ &&
          promise->kind != EHCP_COMMAND_DOCUMENT_READ && !council_has (key))
        sim_fail ("1: %s (%s) was acknowledged before the restore, and is not there", promise->id,
                  ehcp_command_get_shape (promise->kind)->name);
    }
  sim_step ("%u commands had been acknowledged", g_hash_table_size (sim_world.acknowledged));
}

typedef struct
{
  EhcpCache *cache;
  EhcpLoaded *loaded;
  SimDevice *device;
} Look;

static void
look_job (gpointer data)
{
  Look *look = data;
  g_autoptr (GError) error = NULL;

  look->cache = look->device->link->shelf->cache;
  look->loaded = ehcp_cache_load (look->cache, &error);
  if (look->loaded == NULL)
    sim_fail ("the cache cannot be read: %s", error->message);
  else if (look->loaded->n_damaged > 0)
    sim_fail ("3: %u rows cannot be opened", look->loaded->n_damaged);
  if (look->loaded == NULL)
    return;
  check_withdrawn (look->device, look->cache);
  check_kept (look->device, look->cache, look->loaded);
}

void
sim_check (void)
{
  check_none_twice ();
  check_audit ();
  check_files ();
  check_answered ();
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      Look look = { .device = &sim_world.devices[i] };

      if (!look.device->is_used || sim_world.problem != NULL)
        continue;
      ehcp_worker_call (look.device->link->writer, look_job, &look);
      if (look.loaded == NULL || sim_world.problem != NULL)
        continue;
      check_view (look.device, look.loaded);
      check_promises (look.device, look.loaded);
    }
}
