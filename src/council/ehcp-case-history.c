/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of one case as staff may read it: who did what, when, about which thing. Rows cannot be changed: this
 * only reads. Names are those of today, since the audit holds ids alone. */
#include "ehcp-case-history.h"

#include "ehcp-command-private.h"
#include "ehcp-json.h"

#include <string.h>

/* The member by which people know a thing of that kind. */
static const char *
get_title_field (EhcpKind kind)
{
  switch (kind)
    {
    case EHCP_KIND_DOCUMENT:
    case EHCP_KIND_FORM:
      return "title";
    case EHCP_KIND_MESSAGE:
      return "subject";
    case EHCP_KIND_EVENT:
      return "what";
    case EHCP_KIND_CASE:
      return "reference";
    default:
      return NULL;
    }
}

/* What the reader does not see, such as an answer that was not submitted, has no title for them either. */
static gboolean
write_item (EhcpDb *db, const EhcpActorId *actor, EhcpJson *json, const char *id, const char *kind_name,
            GError **error)
{
  int kind = ehcp_kind_find (kind_name);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = NULL;
  g_autofree char *name = NULL;

  if (kind < 0)
    return TRUE;
  record = ehcp_policy_find (db, actor, (EhcpKind) kind, id, &failure);
  if (record == NULL && !g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  ehcp_json_text (json, "item", id);
  ehcp_json_text (json, "item_kind", kind_name);
  if (kind == EHCP_KIND_PERSON)
    name = ehcp_person_format_name (record);
  else if (get_title_field ((EhcpKind) kind) != NULL)
    name = g_strdup (ehcp_record_get_text (record, get_title_field ((EhcpKind) kind)));
  if (name != NULL)
    ehcp_json_text (json, "title", name);
  return TRUE;
}

static void
write_who (EhcpJson *json, EhcpStatement *row)
{
  const char *forename = ehcp_statement_get_text (row, 6);
  const char *surname = ehcp_statement_get_text (row, 7);
  g_autofree char *name = forename != NULL ? g_strdup_printf ("%s %s", forename, surname) : NULL;

  ehcp_json_text (json, "account", ehcp_statement_get_text (row, 2));
  if (name != NULL)
    ehcp_json_text (json, "who", name);
  ehcp_json_text (json, "role", ehcp_statement_get_text (row, 8) != NULL ? ehcp_statement_get_text (row, 8) : "none");
}

/* Which question a family is at is nobody's business before the form is sent. */
static gboolean
has_detail (const char *what)
{
  return strcmp (what, "form.save") != 0;
}

static gboolean
write_row (EhcpDb *db, const EhcpActorId *actor, EhcpJson *json, EhcpStatement *row, GError **error)
{
  const char *what = ehcp_statement_get_text (row, 3);
  const char *detail = ehcp_statement_get_text (row, 5);

  ehcp_json_begin (json, NULL, '{');
  ehcp_json_int (json, "number", ehcp_statement_get_int (row, 0));
  ehcp_json_text (json, "at", ehcp_statement_get_text (row, 1));
  ehcp_json_text (json, "what", what);
  write_who (json, row);
  if (detail != NULL && has_detail (what))
    ehcp_json_text (json, "detail", detail);
  if (ehcp_statement_get_text (row, 4) != NULL && ehcp_statement_get_text (row, 9) != NULL &&
      !write_item (db, actor, json, ehcp_statement_get_text (row, 4), ehcp_statement_get_text (row, 9), error))
    return FALSE;
  ehcp_json_end (json, '}');
  return TRUE;
}

static gboolean
write_rows (EhcpDb *db, const EhcpActorId *actor, EhcpJson *json, const char *case_id, gint64 before, guint limit,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint n = 0;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, error,
                     "SELECT u.number, u.at, u.account, u.what, u.item, u.detail, a.forename, a.surname, a.role, "
                     "r.kind FROM audit u LEFT JOIN kind_account a ON a.id = u.account "
                     "LEFT JOIN record r ON r.id = u.item "
                     "WHERE u.case_id = ? AND u.number < ? ORDER BY u.number DESC",
                     "si", case_id, before);

  if (row == NULL)
    return FALSE;
  ehcp_json_begin (json, "rows", '[');
  while (n < limit && ehcp_statement_step (row, &failure))
    {
      if (!write_row (db, actor, json, row, error))
        return FALSE;
      n++;
    }
  ehcp_json_end (json, ']');
  if (failure == NULL && n == limit)
    ehcp_json_bool (json, "has_more", ehcp_statement_step (row, &failure));
  else
    ehcp_json_bool (json, "has_more", FALSE);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * ehcp_case_history_read:
 * @db: a reading connection
 * @actor: who asks
 * @case_id: a case
 * @before: rows with smaller numbers only; G_MAXINT64: from the newest on
 * @limit: how many at most, 1 to %EHCP_HISTORY_MOST
 * @error: return location
 *
 * Returns: (transfer full): {"rows":[…],"has_more":…}, the newest first; or %NULL with %EHCP_ERROR_NOT_FOUND for who
 *   is not of the staff that sees the case, the same as for a case that is not there, or an error of the database.
 */
char *
ehcp_case_history_read (EhcpDb *db, const EhcpActorId *actor, const char *case_id, gint64 before, guint limit,
                        GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);
  EhcpAccess access;

  if (!ehcp_access_find (db, actor->account, case_id, &access, error))
    return NULL;
  if (access.standing != EHCP_STANDING_STAFF)
    {
      ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, NULL);
      return NULL;
    }
  ehcp_json_begin (&json, NULL, '{');
  if (!write_rows (db, actor, &json, case_id, before, CLAMP (limit, 1, EHCP_HISTORY_MOST), error))
    return NULL;
  ehcp_json_end (&json, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
