/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the book case by case: a record that comes costs the sums of its own case and nothing else. Only a new
 * day makes everything anew. */
#include "ehcp-caseload.h"

struct _EhcpCaseload
{
  GObject parent_instance;
  EhcpBook *book;
  EhcpClock *clock;
  EhcpDay today;
  GPtrArray *rows;       /* of EhcpCaseRow */
  GHashTable *positions; /* case id → place in rows, plus 1 */
  GPtrArray *touched;    /* ids of cases that changed since the book's last "changed" */
};

#define MANY 64 /* from so many on, one announcement of the whole is cheaper than one for each */

static guint changed_signal;

static GType
get_item_type (GListModel *list)
{
  return EHCP_TYPE_CASE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return EHCP_CASELOAD (list)->rows->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  EhcpCaseload *caseload = EHCP_CASELOAD (list);

  return position < caseload->rows->len ? g_object_ref (caseload->rows->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EhcpCaseload, ehcp_caseload, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
ehcp_caseload_finalize (GObject *object)
{
  EhcpCaseload *caseload = EHCP_CASELOAD (object);

  g_clear_pointer (&caseload->positions, g_hash_table_unref);
  g_clear_pointer (&caseload->rows, g_ptr_array_unref);
  g_clear_pointer (&caseload->touched, g_ptr_array_unref);
  g_clear_object (&caseload->book);
  g_clear_object (&caseload->clock);
  G_OBJECT_CLASS (ehcp_caseload_parent_class)->finalize (object);
}

static void
ehcp_caseload_class_init (EhcpCaseloadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_caseload_finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_CASELOAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ehcp_caseload_init (EhcpCaseload *caseload)
{
  caseload->rows = g_ptr_array_new_with_free_func (g_object_unref);
  caseload->touched = g_ptr_array_new_with_free_func (g_free);
  caseload->positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
set_position (EhcpCaseload *caseload, guint position)
{
  const EhcpCaseSummary *summary = ehcp_case_row_get (caseload->rows->pdata[position]);

  g_hash_table_insert (caseload->positions, g_strdup (summary->id), GUINT_TO_POINTER (position + 1));
}

static void
add_row (EhcpCaseload *caseload, EhcpRecord *case_record)
{
  g_ptr_array_add (caseload->rows, ehcp_case_row_new (ehcp_case_summary_new (caseload->book, case_record,
                                                                             caseload->today)));
  set_position (caseload, caseload->rows->len - 1);
}

/* What is to be announced: so many rows at a place became so many others. */
typedef struct
{
  guint position, n_removed, n_added;
} Change;

/* The last row takes the place of the one that goes: the list is in no order. */
static Change
remove_row (EhcpCaseload *caseload, const char *case_id, guint position)
{
  guint last = caseload->rows->len - 1;

  g_hash_table_remove (caseload->positions, case_id);
  g_ptr_array_remove_index_fast (caseload->rows, position);
  if (position == last)
    return (Change){ position, 1, 0 };
  set_position (caseload, position);
  return (Change){ position, last - position + 1, last - position };
}

static Change
update (EhcpCaseload *caseload, const char *case_id)
{
  EhcpRecord *case_record = ehcp_book_find (caseload->book, EHCP_KIND_CASE, case_id);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (caseload->positions, case_id));

  if (case_record == NULL)
    return place > 0 ? remove_row (caseload, case_id, place - 1) : (Change){ 0, 0, 0 };
  if (place == 0)
    {
      add_row (caseload, case_record);
      return (Change){ caseload->rows->len - 1, 0, 1 };
    }
  if (ehcp_case_row_take (caseload->rows->pdata[place - 1],
                          ehcp_case_summary_new (caseload->book, case_record, caseload->today)))
    return (Change){ place - 1, 1, 1 };
  return (Change){ 0, 0, 0 };
}

static void
case_changed_cb (EhcpCaseload *caseload, const char *case_id)
{
  g_ptr_array_add (caseload->touched, g_strdup (case_id));
}

static void
changed_cb (EhcpCaseload *caseload)
{
  g_autoptr (GPtrArray) touched = g_steal_pointer (&caseload->touched);
  guint n_before = caseload->rows->len;
  gboolean is_whole = touched->len >= MANY;
  gboolean is_other = FALSE;

  caseload->touched = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < touched->len; i++)
    {
      Change change = update (caseload, touched->pdata[i]);
      gboolean is_news = change.n_removed + change.n_added > 0;

      is_other |= is_news;
      if (!is_whole && is_news)
        g_list_model_items_changed (G_LIST_MODEL (caseload), change.position, change.n_removed,
                                    change.n_added);
    }
  if (is_whole && is_other)
    g_list_model_items_changed (G_LIST_MODEL (caseload), 0, n_before, caseload->rows->len);
  g_signal_emit (caseload, changed_signal, 0);
}

EhcpCaseload *
ehcp_caseload_new (EhcpBook *book, EhcpClock *clock)
{
  EhcpCaseload *caseload = g_object_new (EHCP_TYPE_CASELOAD, NULL);
  g_autoptr (GPtrArray) cases = ehcp_book_peek_all (book, EHCP_KIND_CASE);

  /* What is read here is not to be read a second time when the book tells of it. */
  ehcp_book_tell (book);
  caseload->book = g_object_ref (book);
  caseload->clock = g_object_ref (clock);
  caseload->today = ehcp_clock_today (clock);
  for (guint i = 0; i < cases->len; i++)
    add_row (caseload, cases->pdata[i]);
  g_signal_connect_object (book, "case-changed", G_CALLBACK (case_changed_cb), caseload, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "changed", G_CALLBACK (changed_cb), caseload, G_CONNECT_SWAPPED);
  return caseload;
}

/* (transfer none) (nullable): the row of that case. */
EhcpCaseRow *
ehcp_caseload_find (EhcpCaseload *caseload, const char *case_id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (caseload->positions, case_id));

  return place > 0 ? caseload->rows->pdata[place - 1] : NULL;
}

/* Makes everything anew when the day is another: each case has one day less. */
void
ehcp_caseload_check_day (EhcpCaseload *caseload)
{
  EhcpDay today = ehcp_clock_today (caseload->clock);

  if (today == caseload->today)
    return;
  caseload->today = today;
  for (guint i = 0; i < caseload->rows->len; i++)
    {
      EhcpCaseRow *row = caseload->rows->pdata[i];
      EhcpRecord *case_record = ehcp_book_find (caseload->book, EHCP_KIND_CASE, ehcp_case_row_get (row)->id);

      if (case_record != NULL)
        ehcp_case_row_take (row, ehcp_case_summary_new (caseload->book, case_record, today));
    }
  g_list_model_items_changed (G_LIST_MODEL (caseload), 0, caseload->rows->len, caseload->rows->len);
  g_signal_emit (caseload, changed_signal, 0);
}
