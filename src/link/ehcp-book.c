/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book: one live object for each record, and live lists by kind and case. Where records come from is
 * the link's business. */
#include "ehcp-book.h"

#include "ehcp-record-list.h"

struct _EhcpBook
{
  GObject parent_instance;
  GHashTable *records[EHCP_N_KINDS]; /* id → EhcpRecord */
  GHashTable *by_case[EHCP_N_KINDS]; /* case id → GPtrArray of its records, in no order; borrowed */
  GHashTable *lists[EHCP_N_KINDS];   /* case id, "" for all → EhcpRecordList; made when asked for */
  GHashTable *readings;              /* item id → GPtrArray of its readings: counts ask for each item */
  GHashTable *touched;               /* ids of the cases that "case-changed" is still to name */
  guint changed_source;
  guint n_untold;                    /* changes since the last that was told, or is about to be */
  gboolean is_in_page;
};

#define MANY_UNTOLD 2000 /* of the pages of a long pull: screens that follow each one cost more than the pull */

static guint changed_signal;
static guint case_changed_signal;

G_DEFINE_FINAL_TYPE (EhcpBook, ehcp_book, G_TYPE_OBJECT)

static void
ehcp_book_dispose (GObject *object)
{
  EhcpBook *book = EHCP_BOOK (object);

  g_clear_handle_id (&book->changed_source, g_source_remove);
  G_OBJECT_CLASS (ehcp_book_parent_class)->dispose (object);
}

static void
ehcp_book_finalize (GObject *object)
{
  EhcpBook *book = EHCP_BOOK (object);

  g_clear_pointer (&book->readings, g_hash_table_unref);
  g_clear_pointer (&book->touched, g_hash_table_unref);
  for (guint i = 0; i < EHCP_N_KINDS; i++)
    {
      g_clear_pointer (&book->by_case[i], g_hash_table_unref);
      g_clear_pointer (&book->lists[i], g_hash_table_unref);
      g_clear_pointer (&book->records[i], g_hash_table_unref);
    }
  G_OBJECT_CLASS (ehcp_book_parent_class)->finalize (object);
}

static void
ehcp_book_class_init (EhcpBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ehcp_book_dispose;
  object_class->finalize = ehcp_book_finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  case_changed_signal = g_signal_new ("case-changed", EHCP_TYPE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ehcp_book_init (EhcpBook *book)
{
  book->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book->readings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < EHCP_N_KINDS; i++)
    {
      book->records[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      book->by_case[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) g_ptr_array_unref);
      book->lists[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
    }
}

/** ehcp_book_new: Returns: (transfer full): an empty book. */
EhcpBook *
ehcp_book_new (void)
{
  return g_object_new (EHCP_TYPE_BOOK, NULL);
}

static gboolean
emit_changed_cb (gpointer data)
{
  EhcpBook *book = data;
  g_autoptr (GHashTable) touched = g_steal_pointer (&book->touched);
  GHashTableIter iter;
  gpointer case_id;

  book->changed_source = 0;
  book->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    g_signal_emit (book, case_changed_signal, 0, case_id);
  g_signal_emit (book, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

/** ehcp_book_tell: Emits now what it would emit when the main loop is idle. Main thread only. */
void
ehcp_book_tell (EhcpBook *book)
{
  g_return_if_fail (EHCP_IS_BOOK (book));

  if (book->changed_source == 0)
    return;
  g_source_remove (book->changed_source);
  emit_changed_cb (book);
}

static void
tell_soon (EhcpBook *book)
{
  book->n_untold = 0;
  if (book->changed_source == 0)
    book->changed_source = g_idle_add (emit_changed_cb, book);
}

static void
note_change (EhcpBook *book, const char *case_id)
{
  if (case_id != NULL && !g_hash_table_contains (book->touched, case_id))
    g_hash_table_add (book->touched, g_strdup (case_id));
  book->n_untold++;
  if (!book->is_in_page)
    tell_soon (book);
}

void
ehcp_book_begin_page (EhcpBook *book)
{
  book->is_in_page = TRUE;
}

void
ehcp_book_end_page (EhcpBook *book, gboolean has_more)
{
  book->is_in_page = FALSE;
  if (book->n_untold > (has_more ? MANY_UNTOLD : 0))
    tell_soon (book);
}

/* A case belongs to itself, whether or not the council says so. */
static const char *
get_case (EhcpKind kind, EhcpRecord *record)
{
  if (kind == EHCP_KIND_CASE)
    return ehcp_record_get_id (record);
  return ehcp_record_get_case (record);
}

static void
add_to_case (EhcpBook *book, EhcpKind kind, EhcpRecord *record)
{
  const char *case_id = get_case (kind, record);
  GPtrArray *records = case_id != NULL ? g_hash_table_lookup (book->by_case[kind], case_id) : NULL;

  if (case_id == NULL)
    return;
  if (records == NULL)
    {
      records = g_ptr_array_new ();
      g_hash_table_insert (book->by_case[kind], g_strdup (case_id), records);
    }
  g_ptr_array_add (records, record);
}

static void
remove_from_case (EhcpBook *book, EhcpKind kind, EhcpRecord *record)
{
  const char *case_id = get_case (kind, record);
  GPtrArray *records = case_id != NULL ? g_hash_table_lookup (book->by_case[kind], case_id) : NULL;

  if (records == NULL)
    return;
  g_ptr_array_remove_fast (records, record);
  if (records->len == 0)
    g_hash_table_remove (book->by_case[kind], case_id);
}

static EhcpRecordList *
find_list (EhcpBook *book, EhcpKind kind, const char *case_id)
{
  return case_id != NULL ? g_hash_table_lookup (book->lists[kind], case_id) : NULL;
}

/**
 * ehcp_book_get_list:
 * @book: the book
 * @kind: which records
 * @case_id: (nullable): those of one case; %NULL: all
 *
 * The list is made on the first call and follows the book for as long as that lives: it is in the order
 * that ehcp_record_compare() gives to the kind. Main thread only.
 *
 * Returns: (transfer none): a list of #EhcpRecord; may be empty
 */
GListModel *
ehcp_book_get_list (EhcpBook *book, EhcpKind kind, const char *case_id)
{
  const char *key = case_id != NULL ? case_id : "";
  EhcpRecordList *list;
  g_autoptr (GPtrArray) records = NULL;
  GHashTableIter iter;
  gpointer record;

  g_return_val_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS, NULL);

  list = find_list (book, kind, key);
  if (list != NULL)
    return G_LIST_MODEL (list);

  records = g_ptr_array_new ();
  if (case_id != NULL)
    {
      const GPtrArray *own = ehcp_book_peek_case (book, kind, case_id);

      for (guint i = 0; own != NULL && i < own->len; i++)
        g_ptr_array_add (records, own->pdata[i]);
    }
  g_hash_table_iter_init (&iter, book->records[kind]);
  while (case_id == NULL && g_hash_table_iter_next (&iter, NULL, &record))
    g_ptr_array_add (records, record);
  list = ehcp_record_list_new (kind);
  ehcp_record_list_fill (list, records);
  g_hash_table_insert (book->lists[kind], g_strdup (key), list);
  return G_LIST_MODEL (list);
}

/**
 * ehcp_book_peek_case:
 * @book: the book
 * @kind: which records
 * @case_id: a case
 *
 * For sums over many cases, which need no live list for each. Main thread only.
 *
 * Returns: (transfer none) (nullable): the case's records in no order, until the book changes; %NULL when there
 *   are none
 */
const GPtrArray *
ehcp_book_peek_case (EhcpBook *book, EhcpKind kind, const char *case_id)
{
  g_return_val_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS, NULL);

  return case_id != NULL ? g_hash_table_lookup (book->by_case[kind], case_id) : NULL;
}

/** ehcp_book_peek_all: Returns: (transfer container): all records of a kind in no order, until the book changes: for
 * sums over ten thousand, which to put in order takes longer than the sums. Main thread only. */
GPtrArray *
ehcp_book_peek_all (EhcpBook *book, EhcpKind kind)
{
  GPtrArray *all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer record;

  g_return_val_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS, all);

  g_hash_table_iter_init (&iter, book->records[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_ptr_array_add (all, record);
  return all;
}

/** ehcp_book_find: Returns: (nullable) (transfer none): the live record of that id. @id may be %NULL. */
EhcpRecord *
ehcp_book_find (EhcpBook *book, EhcpKind kind, const char *id)
{
  g_return_val_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS, NULL);

  return id != NULL ? g_hash_table_lookup (book->records[kind], id) : NULL;
}

/**
 * ehcp_book_find_where:
 * @book: the book
 * @kind: which records
 * @field: a text field of theirs, by its wire name
 * @value: (nullable): what it must say
 *
 * Returns: (nullable) (transfer none): the record, the smallest id when there are several
 */
EhcpRecord *
ehcp_book_find_where (EhcpBook *book, EhcpKind kind, const char *field, const char *value)
{
  EhcpRecord *found = NULL;
  GHashTableIter iter;
  gpointer record;

  g_return_val_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS, NULL);

  g_hash_table_iter_init (&iter, book->records[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (g_strcmp0 (ehcp_record_get_text (record, field), value) == 0 &&
        (found == NULL ||
         g_strcmp0 (ehcp_record_get_id (record), ehcp_record_get_id (found)) < 0))
      found = record;
  return found;
}

static void
add_reading (EhcpBook *book, EhcpRecord *reading)
{
  const char *item = ehcp_record_get_text (reading, "item");
  GPtrArray *readings = g_hash_table_lookup (book->readings, item != NULL ? item : "");

  if (readings == NULL)
    {
      readings = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (book->readings, g_strdup (item != NULL ? item : ""), readings);
    }
  g_ptr_array_add (readings, g_object_ref (reading));
}

static void
remove_reading (EhcpBook *book, EhcpRecord *reading)
{
  const char *item = ehcp_record_get_text (reading, "item");
  GPtrArray *readings = g_hash_table_lookup (book->readings, item != NULL ? item : "");

  if (readings != NULL)
    g_ptr_array_remove_fast (readings, reading);
}

typedef void (*ListAct) (EhcpRecordList *list, EhcpRecord *record);

static void
tell_lists (EhcpBook *book, EhcpKind kind, EhcpRecord *record, ListAct act)
{
  EhcpRecordList *all = find_list (book, kind, "");
  EhcpRecordList *own = find_list (book, kind, get_case (kind, record));

  if (all != NULL)
    act (all, record);
  if (own != NULL)
    act (own, record);
}

/* The lists are put right before anybody is told of the new values, so that a handler finds both. */
static void
update_in_place (EhcpBook *book, EhcpKind kind, EhcpRecord *record, EhcpRecord *newer)
{
  gboolean is_elsewhere = g_strcmp0 (get_case (kind, record), get_case (kind, newer)) != 0;
  gboolean is_changed;

  if (is_elsewhere)
    {
      note_change (book, get_case (kind, record));
      remove_from_case (book, kind, record);
      tell_lists (book, kind, record, ehcp_record_list_remove);
    }
  g_object_freeze_notify (G_OBJECT (record));
  is_changed = ehcp_record_update (record, newer);
  if (is_elsewhere)
    {
      add_to_case (book, kind, record);
      tell_lists (book, kind, record, ehcp_record_list_add);
    }
  else if (is_changed)
    tell_lists (book, kind, record, ehcp_record_list_moved);
  is_changed |= ehcp_record_get_delivery (record) != ehcp_record_get_delivery (newer);
  ehcp_record_set_delivery (record, ehcp_record_get_delivery (newer),
                            ehcp_record_get_refusal (newer));
  g_object_thaw_notify (G_OBJECT (record));
  if (is_changed)
    note_change (book, get_case (kind, record));
}

/**
 * ehcp_book_put:
 * @book: the book
 * @record: a record with an id, of a kind that ehcp_kind_find() knows
 *
 * Adds it, or changes the one of the same id in place: values and delivery; whether a document's content
 * is kept stays. Main thread only.
 *
 * Returns: (transfer none): the live record
 */
EhcpRecord *
ehcp_book_put (EhcpBook *book, EhcpRecord *record)
{
  const char *id;
  EhcpRecord *live;
  int kind;

  g_return_val_if_fail (EHCP_IS_BOOK (book) && EHCP_IS_RECORD (record), NULL);
  kind = ehcp_kind_find (ehcp_record_get_kind (record));
  g_return_val_if_fail (kind >= 0, NULL);
  id = ehcp_record_get_id (record);
  g_return_val_if_fail (id != NULL, NULL);

  live = g_hash_table_lookup (book->records[kind], id);
  if (live == record)
    {
      tell_lists (book, kind, live, ehcp_record_list_moved);
      note_change (book, get_case (kind, live));
      return live;
    }
  if (live != NULL)
    {
      update_in_place (book, kind, live, record);
      return live;
    }
  g_hash_table_insert (book->records[kind], g_strdup (id), g_object_ref (record));
  if (kind == EHCP_KIND_READING)
    add_reading (book, record);
  add_to_case (book, kind, record);
  tell_lists (book, kind, record, ehcp_record_list_add);
  note_change (book, get_case (kind, record));
  return record;
}

/** ehcp_book_remove: Takes a record away; one that is not there is no mistake. */
void
ehcp_book_remove (EhcpBook *book, EhcpKind kind, const char *id)
{
  g_autoptr (EhcpRecord) record = NULL;

  g_return_if_fail (EHCP_IS_BOOK (book) && kind < EHCP_N_KINDS && id != NULL);

  record = g_hash_table_lookup (book->records[kind], id);
  if (record == NULL)
    return;
  g_object_ref (record);
  g_hash_table_remove (book->records[kind], id);
  if (kind == EHCP_KIND_READING)
    remove_reading (book, record);
  remove_from_case (book, kind, record);
  tell_lists (book, kind, record, ehcp_record_list_remove);
  note_change (book, get_case (kind, record));
}

static void
remove_where (EhcpBook *book, EhcpKind kind, const char *case_id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const GPtrArray *own = ehcp_book_peek_case (book, kind, case_id);
  GHashTableIter iter;
  gpointer record;

  for (guint i = 0; own != NULL && i < own->len; i++)
    g_ptr_array_add (ids, g_strdup (ehcp_record_get_id (own->pdata[i])));
  g_hash_table_iter_init (&iter, book->records[kind]);
  while (case_id == NULL && g_hash_table_iter_next (&iter, NULL, &record))
    g_ptr_array_add (ids, g_strdup (ehcp_record_get_id (record)));
  for (guint i = 0; i < ids->len; i++)
    ehcp_book_remove (book, kind, g_ptr_array_index (ids, i));
}

/** ehcp_book_remove_case: Takes a case and every record of it away. Its lists stay, and are empty. */
void
ehcp_book_remove_case (EhcpBook *book, const char *case_id)
{
  g_return_if_fail (EHCP_IS_BOOK (book) && case_id != NULL);

  for (guint kind = 0; kind < EHCP_N_KINDS; kind++)
    remove_where (book, kind, case_id);
}

/** ehcp_book_clear: Takes everything away. Lists that were given out stay, and are empty. */
void
ehcp_book_clear (EhcpBook *book)
{
  g_return_if_fail (EHCP_IS_BOOK (book));

  for (guint kind = 0; kind < EHCP_N_KINDS; kind++)
    remove_where (book, kind, NULL);
}

/** ehcp_book_get_account: Returns: (nullable) (transfer none): the account that is signed in: the only
 * record of its kind that its owner sees. */
EhcpRecord *
ehcp_book_get_account (EhcpBook *book)
{
  GHashTableIter iter;
  gpointer record = NULL;

  g_return_val_if_fail (EHCP_IS_BOOK (book), NULL);

  g_hash_table_iter_init (&iter, book->records[EHCP_KIND_ACCOUNT]);
  return g_hash_table_iter_next (&iter, NULL, &record) ? record : NULL;
}

/**
 * ehcp_book_get_own_person:
 * @book: the book
 * @case_id: a case
 *
 * Returns: (nullable) (transfer none): the person on that case who is signed in here; %NULL for staff
 */
EhcpRecord *
ehcp_book_get_own_person (EhcpBook *book, const char *case_id)
{
  EhcpRecord *account = ehcp_book_get_account (book);
  const GPtrArray *people = ehcp_book_peek_case (book, EHCP_KIND_PERSON, case_id);

  for (guint i = 0; account != NULL && people != NULL && i < people->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (people->pdata[i], "account"), ehcp_record_get_id (account)) == 0)
      return people->pdata[i];
  return NULL;
}

/* People are named by their person record on a case, staff by their account. */
static gboolean
is_own_id (EhcpBook *book, const char *case_id, const char *id)
{
  EhcpRecord *account = ehcp_book_get_account (book);
  EhcpRecord *person = ehcp_book_get_own_person (book, case_id);

  if (id == NULL)
    return FALSE;
  return (account != NULL && g_str_equal (id, ehcp_record_get_id (account))) ||
         (person != NULL && g_str_equal (id, ehcp_record_get_id (person)));
}

/**
 * ehcp_book_is_read:
 * @book: the book
 * @item: a message or a document
 *
 * Returns: whether the person who is signed in opened it, on any device; what they sent is read
 */
gboolean
ehcp_book_is_read (EhcpBook *book, EhcpRecord *item)
{
  const char *id = ehcp_record_get_id (item);
  const char *case_id = ehcp_record_get_case (item);
  GPtrArray *readings;

  g_return_val_if_fail (EHCP_IS_BOOK (book) && id != NULL, FALSE);

  if (ehcp_kind_find (ehcp_record_get_kind (item)) == EHCP_KIND_MESSAGE &&
      is_own_id (book, case_id, ehcp_record_get_text (item, "sender")))
    return TRUE;
  readings = g_hash_table_lookup (book->readings, id);
  for (guint i = 0; readings != NULL && i < readings->len; i++)
    if (is_own_id (book, case_id, ehcp_record_get_text (readings->pdata[i], "reader")))
      return TRUE;
  return FALSE;
}

static gboolean
is_attachment (EhcpKind kind, EhcpRecord *record)
{
  return kind == EHCP_KIND_DOCUMENT && ehcp_record_get_text (record, "message") != NULL;
}

static gboolean
is_unread (EhcpBook *book, EhcpKind kind, EhcpRecord *record)
{
  return !is_attachment (kind, record) && !ehcp_book_is_read (book, record);
}

/**
 * ehcp_book_count_unread:
 * @book: the book
 * @kind: %EHCP_KIND_MESSAGE or %EHCP_KIND_DOCUMENT
 * @case_id: (nullable): of one case, or of all
 *
 * Attachments are read with their message and do not count.
 *
 * Returns: how many the person who is signed in did not open
 */
guint
ehcp_book_count_unread (EhcpBook *book, EhcpKind kind, const char *case_id)
{
  const GPtrArray *own = ehcp_book_peek_case (book, kind, case_id);
  GHashTableIter iter;
  gpointer record;
  guint n = 0;

  g_return_val_if_fail (EHCP_IS_BOOK (book), 0);
  g_return_val_if_fail (kind == EHCP_KIND_MESSAGE || kind == EHCP_KIND_DOCUMENT, 0);

  for (guint i = 0; own != NULL && i < own->len; i++)
    n += is_unread (book, kind, own->pdata[i]) ? 1 : 0;
  g_hash_table_iter_init (&iter, book->records[kind]);
  while (case_id == NULL && g_hash_table_iter_next (&iter, NULL, &record))
    n += is_unread (book, kind, record) ? 1 : 0;
  return n;
}
