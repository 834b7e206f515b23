/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing records, each with the next number. It holds them against their field tables, notes who loses sight
 * of them, and touches those who are to be woken. */
#include "ehcp-store.h"

#include "ehcp-audience.h"
#include "ehcp-codec.h"
#include "ehcp-council-private.h"
#include "ehcp-store-private.h"

/* A row of the table `record`, of a record that is there or one that is to be written. */
typedef struct
{
  char *kind; /* NULL: there is none */
  char *case_id;
  char *audience;
  char *owner; /* an account, EHCP_OWNER_EVERYONE, EHCP_OWNER_STAFF, or NULL */
  char *named; /* as ehcp_audience_pack() */
} Envelope;

static void
clear_envelope (Envelope *envelope)
{
  g_clear_pointer (&envelope->kind, g_free);
  g_clear_pointer (&envelope->case_id, g_free);
  g_clear_pointer (&envelope->audience, g_free);
  g_clear_pointer (&envelope->owner, g_free);
  g_clear_pointer (&envelope->named, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Envelope, clear_envelope)

static gboolean
find_envelope (EhcpDb *db, const char *id, Envelope *envelope, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row = ehcp_db_query (
      db, error, "SELECT kind, case_id, audience, owner, named FROM record WHERE id = ?", "s", id);

  if (row == NULL)
    return FALSE;
  if (ehcp_statement_step (row, &failure))
    {
      envelope->kind = g_strdup (ehcp_statement_get_text (row, 0));
      envelope->case_id = g_strdup (ehcp_statement_get_text (row, 1));
      envelope->audience = g_strdup (ehcp_statement_get_text (row, 2));
      envelope->owner = g_strdup (ehcp_statement_get_text (row, 3));
      envelope->named = g_strdup (ehcp_statement_get_text (row, 4));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A case is on itself, so that it is found like what belongs to it. */
static void
fill_envelope (Envelope *envelope, EhcpRecord *record, const char *owner)
{
  const char *audience = ehcp_record_get_text (record, "audience");

  envelope->kind = g_strdup (ehcp_record_get_kind (record));
  if (g_strcmp0 (envelope->kind, "case") == 0)
    ehcp_record_set_text (record, "case", ehcp_record_get_id (record));
  envelope->case_id = g_strdup (ehcp_record_get_case (record));
  envelope->audience = g_strdup (audience);
  if (g_strcmp0 (audience, "everyone") == 0)
    owner = EHCP_OWNER_EVERYONE;
  else if (ehcp_audience_is_for_all_staff ((EhcpKind) ehcp_kind_find (envelope->kind), audience, envelope->case_id))
    owner = EHCP_OWNER_STAFF;
  else if (g_strcmp0 (audience, "account") != 0)
    owner = NULL;
  envelope->owner = g_strdup (owner);
  envelope->named = ehcp_audience_pack (ehcp_record_get_list (record, "named"));
}

static char *
format_list (const char *const *list)
{
  g_autoptr (GString) out = g_string_new (NULL);
  EhcpJson json = ehcp_json (out);

  ehcp_json_list (&json, NULL, list);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
bind_fields (EhcpStatement *statement, EhcpRecord *record, int first)
{
  const EhcpShape *shape = ehcp_record_get_shape (record);

  for (guint i = EHCP_STORE_N_ENVELOPE; i < shape->n_fields; i++)
    {
      const EhcpField *field = &shape->fields[i];
      int n = first + (int) (i - EHCP_STORE_N_ENVELOPE);

      if (!ehcp_record_nth_has (record, i))
        ehcp_statement_bind_null (statement, n);
      else if (field->flags & EHCP_FIELD_LIST)
        {
          g_autofree char *json = format_list (ehcp_record_nth_list (record, i));

          ehcp_statement_bind_text (statement, n, json);
        }
      else if (field->kind == EHCP_FIELD_TEXT || field->kind == EHCP_FIELD_ENUM)
        ehcp_statement_bind_text (statement, n, ehcp_record_nth_text (record, i));
      else
        ehcp_statement_bind_int (statement, n, ehcp_record_nth_int (record, i));
    }
}

static gboolean
step_to_end (EhcpStatement *statement, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (ehcp_statement_step (statement, &failure))
    ;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_fields (EhcpDb *db, EhcpRecord *record, gboolean is_new, GError **error)
{
  const EhcpShape *shape = ehcp_record_get_shape (record);
  const EhcpStoreSql *sql = ehcp_store_get_sql ((EhcpKind) ehcp_kind_find (shape->name));
  g_autoptr (EhcpStatement) statement = ehcp_db_query (db, error, is_new ? sql->insert : sql->update, "");

  if (statement == NULL)
    return FALSE;
  ehcp_statement_bind_text (statement, is_new ? 1 : (int) (shape->n_fields - EHCP_STORE_N_ENVELOPE) + 1,
                            ehcp_record_get_id (record));
  bind_fields (statement, record, is_new ? 2 : 1);
  return step_to_end (statement, error);
}

static gboolean
raise_head (EhcpDb *db, const char *case_id, gint64 seq, GError **error)
{
  return case_id == NULL ||
         ehcp_db_run (db, error,
                      "INSERT INTO case_head (case_id, seq) VALUES (?, ?) "
                      "ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq",
                      "si", case_id, seq);
}

static void
touch (EhcpCouncil *council, const Envelope *envelope)
{
  ehcp_council_touch (council, envelope->case_id, envelope->audience, envelope->named, envelope->owner);
}

/* Who saw the record so far is told that it is gone; those who still see it get it again, with a later
 * number, and are not told. */
static gboolean
bury (EhcpCouncil *council, EhcpDb *db, const char *id, const Envelope *before, GError **error)
{
  gint64 seq = ehcp_store_take_seq (db, error);
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));

  if (seq == 0 ||
      !ehcp_db_run (db, error,
                    "INSERT INTO tombstone (seq, id, kind, case_id, audience, owner, named, gone_at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    "isssssss", seq, id, before->kind, before->case_id, before->audience, before->owner,
                    before->named, now) ||
      !raise_head (db, before->case_id, seq, error))
    return FALSE;
  touch (council, before);
  return TRUE;
}

static gboolean
has_moved (const Envelope *before, const Envelope *after)
{
  return g_strcmp0 (before->audience, after->audience) != 0 ||
         g_strcmp0 (before->owner, after->owner) != 0 || g_strcmp0 (before->named, after->named) != 0;
}

/* Mistakes of ours, before they do harm: a note for the family, a record that nobody sees, one that would be
 * another kind's or another case's from now on. */
static gboolean
check_envelope (const Envelope *before, const Envelope *after, GError **error)
{
  EhcpKind kind = ehcp_kind_find (after->kind);

  if (after->audience == NULL)
    return TRUE; /* the codec's check names the field */
  if (!ehcp_audience_fits (kind, after->audience))
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "a %s cannot be for %s", after->kind, after->audience);
  else if (ehcp_audience_is_council_wide (kind) && after->case_id != NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "a %s is of no case", after->kind);
  else if (g_str_equal (after->audience, "account") && after->owner == NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "a %s without its account", after->kind);
  else if (before->kind != NULL && !g_str_equal (before->kind, after->kind))
    ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "the id is taken");
  else if (before->kind != NULL && g_strcmp0 (before->case_id, after->case_id) != 0)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "a %s stays on its case", after->kind);
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_envelope (EhcpDb *db, const char *id, gint64 seq, const Envelope *envelope, GError **error)
{
  return ehcp_db_run (db, error,
                      "INSERT INTO record (id, kind, case_id, seq, audience, owner, named) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, "
                      "audience = excluded.audience, owner = excluded.owner, named = excluded.named",
                      "sssisss", id, envelope->kind, envelope->case_id, seq, envelope->audience,
                      envelope->owner, envelope->named);
}

static gboolean
write_record (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const Envelope *before,
              const Envelope *after, GError **error)
{
  const char *id = ehcp_record_get_id (record);
  gint64 seq;

  if (!check_envelope (before, after, error))
    return FALSE;
  if (before->kind != NULL && has_moved (before, after) && !bury (council, db, id, before, error))
    return FALSE;
  seq = ehcp_store_take_seq (db, error);
  if (seq == 0)
    return FALSE;
  ehcp_record_set_int (record, "seq", seq);
  if (!ehcp_codec_check (record, error) || !write_envelope (db, id, seq, after, error) ||
      !write_fields (db, record, before->kind == NULL, error) ||
      !raise_head (db, after->case_id, seq, error))
    return FALSE;
  touch (council, after);
  return TRUE;
}

/**
 * ehcp_store_add:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @record: a new record; gets its number in "seq"
 * @owner: (nullable): for the audience "account", whose it is
 * @error: return location
 *
 * Returns: whether it was written; %EHCP_ERROR_CONFLICT when the id is taken, an error of
 *   ehcp_codec_check(), %EHCP_ERROR_FAILED when its kind cannot have its audience, or an error of the
 *   database.
 */
gboolean
ehcp_store_add (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner, GError **error)
{
  g_auto (Envelope) before = { NULL };
  g_auto (Envelope) after = { NULL };

  if (!find_envelope (db, ehcp_record_get_id (record), &before, error))
    return FALSE;
  if (before.kind != NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "the id is taken");
      return FALSE;
    }
  fill_envelope (&after, record, owner);
  return write_record (council, db, record, &before, &after, error);
}

/**
 * ehcp_store_put:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @record: a record, new or changed; gets its number in "seq"
 * @owner: (nullable): as in ehcp_store_add(); %NULL: as before
 * @error: return location
 *
 * Those who saw the record before and do not see it now, because its audience or `named` changed, are told
 * that it is gone.
 *
 * Returns: as ehcp_store_add(); %EHCP_ERROR_CONFLICT when the id is another kind's, %EHCP_ERROR_FAILED when
 *   it would go to another case.
 */
gboolean
ehcp_store_put (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner, GError **error)
{
  g_auto (Envelope) before = { NULL };
  g_auto (Envelope) after = { NULL };

  if (!find_envelope (db, ehcp_record_get_id (record), &before, error))
    return FALSE;
  fill_envelope (&after, record, owner != NULL ? owner : before.owner);
  return write_record (council, db, record, &before, &after, error);
}

/**
 * ehcp_store_remove:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @kind: its kind
 * @id: its id
 * @error: return location
 *
 * Takes a record away: nothing of its fields stays in the database, and those who saw it are told. One that
 * is not there is no error.
 *
 * Returns: whether it was written.
 */
gboolean
ehcp_store_remove (EhcpCouncil *council, EhcpDb *db, EhcpKind kind, const char *id, GError **error)
{
  g_auto (Envelope) before = { NULL };

  if (!find_envelope (db, id, &before, error))
    return FALSE;
  if (g_strcmp0 (before.kind, ehcp_kind_get_shape (kind)->name) != 0)
    return TRUE;
  return bury (council, db, id, &before, error) &&
         ehcp_db_run (db, error, "DELETE FROM record WHERE id = ?", "s", id);
}
