/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of each kind of record: the one in which people expect to read it, the same on all devices. */
#include "ehcp-record-list.h"

#include <string.h>

/* One field decides; `other` stands in where it is not set. Equal ones are ordered by `then`, then by id. */
typedef struct
{
  const char *field;
  const char *other;
  const char *then;
  gboolean is_newest_first;
} Order;

static const Order orders[EHCP_N_KINDS] = {
  [EHCP_KIND_ACCOUNT] = { "surname", NULL, "forename" },
  [EHCP_KIND_ACTIVITY] = { "at", NULL, "seq", TRUE },
  [EHCP_KIND_ANSWER] = { "question", NULL, "saved_at" },
  [EHCP_KIND_CASE] = { "child_forename", NULL, "child_surname" },
  [EHCP_KIND_COLLEAGUE] = { "name", NULL, "email" },
  [EHCP_KIND_COMMENT] = { "section", NULL, "received_at" },
  [EHCP_KIND_CONTACT] = { "email" },
  [EHCP_KIND_COVER] = { "from", NULL, "covered_name" },
  [EHCP_KIND_DEADLINE] = { "due", NULL, "rule" },
  [EHCP_KIND_DOCUMENT] = { "published_at", NULL, "title", TRUE },
  [EHCP_KIND_EVENT] = { "date", NULL, "seq" },
  [EHCP_KIND_FORM] = { "due", NULL, "title" },
  [EHCP_KIND_FORM_DEFINITION] = { "definition" },
  [EHCP_KIND_INVITATION] = { "sent_at", NULL, NULL, TRUE },
  [EHCP_KIND_INVITATION_CHILD] = { "child_forename", NULL, "child_surname" },
  [EHCP_KIND_MESSAGE] = { "received_at", "composed_at", "composed_at", TRUE },
  [EHCP_KIND_MESSAGE_TYPE] = { "position", NULL, "name" },
  [EHCP_KIND_NOTE] = { "written_at", NULL, NULL, TRUE },
  [EHCP_KIND_PERSON] = { "surname", NULL, "forename" },
  [EHCP_KIND_READING] = { "read_at", NULL, NULL, TRUE },
  [EHCP_KIND_REQUEST] = { "received_at", NULL, NULL, TRUE },
  [EHCP_KIND_SCHOOL] = { "name", NULL, "town" },
  [EHCP_KIND_STAGE_TEXT] = { "stage" },
  [EHCP_KIND_TEMPLATE] = { "title" },
  [EHCP_KIND_DRAFT] = { "saved_at", NULL, NULL, TRUE },
};

/* The stages of the process, in the order in which a case goes through them. */
static const char *const stages[] = { "request", "assess", "advice", "decide",
                                      "draft",   "final",  "review", "ended" };

static int
get_stage_position (const char *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stage, stages[i]) == 0)
      return i;
  return G_N_ELEMENTS (stages);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

/* A day or number that is not set comes last: a form without a due date waits longest. */
static int
compare_unset (gboolean has_a, gboolean has_b)
{
  return has_a == has_b ? 0 : has_a ? -1 : 1;
}

static int
compare_texts (const EhcpField *field, const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return compare_unset (a != NULL, b != NULL);
  if (strcmp (field->name, "stage") == 0)
    return compare_numbers (get_stage_position (a), get_stage_position (b));
  if (field->flags & (EHCP_FIELD_TIME | EHCP_FIELD_ID))
    return strcmp (a, b);
  return g_utf8_collate (a, b);
}

static guint
find_set (EhcpRecord *record, const char *name, const char *other)
{
  guint n = ehcp_shape_find (ehcp_record_get_shape (record), name);

  if (other != NULL && !ehcp_record_nth_has (record, n))
    return ehcp_shape_find (ehcp_record_get_shape (record), other);
  return n;
}

static int
compare_field (EhcpRecord *a, EhcpRecord *b, const char *name, const char *other)
{
  guint n_a = find_set (a, name, other);
  guint n_b = find_set (b, name, other);
  const EhcpField *field = &ehcp_record_get_shape (a)->fields[n_a];

  if (field->kind == EHCP_FIELD_TEXT || field->kind == EHCP_FIELD_ENUM)
    return compare_texts (field, ehcp_record_nth_text (a, n_a), ehcp_record_nth_text (b, n_b));
  if (!ehcp_record_nth_has (a, n_a) || !ehcp_record_nth_has (b, n_b))
    return compare_unset (ehcp_record_nth_has (a, n_a), ehcp_record_nth_has (b, n_b));
  return compare_numbers (ehcp_record_nth_int (a, n_a), ehcp_record_nth_int (b, n_b));
}

/**
 * ehcp_record_compare:
 * @kind: the kind of both
 * @a: a record
 * @b: another record
 *
 * Newest first for what arrives (messages, documents, activity, notes, drafts), by date for what is due or
 * happened (deadlines, forms, events), by name for people and cases, in the order of the process for
 * stages. Ids decide in the end, so that the order is the same on all devices.
 *
 * Returns: less than, equal to or greater than 0; 0 only for the same id.
 */
int
ehcp_record_compare (EhcpKind kind, EhcpRecord *a, EhcpRecord *b)
{
  const Order *order = &orders[kind];
  int result = compare_field (a, b, order->field, order->other);

  if (result == 0 && order->then != NULL)
    result = compare_field (a, b, order->then, NULL);
  if (result != 0)
    return order->is_newest_first ? -result : result;
  return g_strcmp0 (ehcp_record_get_id (a), ehcp_record_get_id (b));
}
