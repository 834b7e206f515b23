/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sorted list model over records that change in place. It holds a reference on each; whose records they
 * are, and when one changed, is the book's business. */
#include "ehcp-record-list.h"

struct _EhcpRecordList
{
  GObject parent_instance;
  EhcpKind kind;
  GSequence *records;   /* of EhcpRecord, in order */
  GHashTable *positions; /* EhcpRecord → GSequenceIter */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EhcpRecordList, ehcp_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  EhcpRecordList *list = data;

  return ehcp_record_compare (list->kind, (EhcpRecord *) a, (EhcpRecord *) b);
}

static GType
get_item_type (GListModel *model)
{
  return EHCP_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return g_sequence_get_length (EHCP_RECORD_LIST (model)->records);
}

static gpointer
get_item (GListModel *model, guint position)
{
  EhcpRecordList *list = EHCP_RECORD_LIST (model);
  GSequenceIter *iter;

  if (position >= (guint) g_sequence_get_length (list->records))
    return NULL;
  iter = g_sequence_get_iter_at_pos (list->records, position);
  return g_object_ref (g_sequence_get (iter));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
ehcp_record_list_finalize (GObject *object)
{
  EhcpRecordList *list = EHCP_RECORD_LIST (object);

  g_clear_pointer (&list->positions, g_hash_table_unref);
  g_clear_pointer (&list->records, g_sequence_free);
  G_OBJECT_CLASS (ehcp_record_list_parent_class)->finalize (object);
}

static void
ehcp_record_list_class_init (EhcpRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_record_list_finalize;
}

static void
ehcp_record_list_init (EhcpRecordList *list)
{
  list->records = g_sequence_new (g_object_unref);
  list->positions = g_hash_table_new (NULL, NULL);
}

/** ehcp_record_list_new: Returns: (transfer full): an empty list, in the order of @kind. */
EhcpRecordList *
ehcp_record_list_new (EhcpKind kind)
{
  EhcpRecordList *list = g_object_new (EHCP_TYPE_RECORD_LIST, NULL);

  list->kind = kind;
  return list;
}

/**
 * ehcp_record_list_fill:
 * @list: an empty list, before anybody listens
 * @records: of #EhcpRecord, in any order
 *
 * Takes them all, sorted at once.
 */
void
ehcp_record_list_fill (EhcpRecordList *list, GPtrArray *records)
{
  g_return_if_fail (g_sequence_is_empty (list->records));

  for (guint i = 0; i < records->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (list->positions, record,
                           g_sequence_append (list->records, g_object_ref (record)));
    }
  g_sequence_sort (list->records, compare_cb, list);
}

/** ehcp_record_list_add: Puts @record, which is not in the list, at its place. */
void
ehcp_record_list_add (EhcpRecordList *list, EhcpRecord *record)
{
  GSequenceIter *iter;

  g_return_if_fail (!g_hash_table_contains (list->positions, record));

  iter = g_sequence_insert_sorted (list->records, g_object_ref (record), compare_cb, list);
  g_hash_table_insert (list->positions, record, iter);
  g_list_model_items_changed (G_LIST_MODEL (list), g_sequence_iter_get_position (iter), 0, 1);
}

/** ehcp_record_list_remove: Takes @record out; nothing happens when it is not in the list. */
void
ehcp_record_list_remove (EhcpRecordList *list, EhcpRecord *record)
{
  GSequenceIter *iter = g_hash_table_lookup (list->positions, record);
  int position;

  if (iter == NULL)
    return;
  position = g_sequence_iter_get_position (iter);
  g_hash_table_remove (list->positions, record);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (list), position, 1, 0);
}

static gboolean
is_in_place (EhcpRecordList *list, GSequenceIter *iter)
{
  EhcpRecord *record = g_sequence_get (iter);
  GSequenceIter *next = g_sequence_iter_next (iter);

  if (!g_sequence_iter_is_begin (iter) &&
      compare_cb (g_sequence_get (g_sequence_iter_prev (iter)), record, list) > 0)
    return FALSE;
  return g_sequence_iter_is_end (next) || compare_cb (record, g_sequence_get (next), list) <= 0;
}

/**
 * ehcp_record_list_moved:
 * @list: a list
 * @record: a record in it whose values changed
 *
 * Moves it when its place is another now. The only record out of order may be this one.
 */
void
ehcp_record_list_moved (EhcpRecordList *list, EhcpRecord *record)
{
  GSequenceIter *iter = g_hash_table_lookup (list->positions, record);
  g_autoptr (EhcpRecord) kept = NULL;

  if (iter == NULL || is_in_place (list, iter))
    return;
  kept = g_object_ref (record);
  ehcp_record_list_remove (list, kept);
  ehcp_record_list_add (list, kept);
}
