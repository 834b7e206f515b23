/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slots are made when the table asks for them, and stay; what is announced is that there are more or fewer. */
#include "ehcp-case-order.h"

#include <gtk/gtk.h>

#define SCREENFUL 40
#define STEP 12
#define TABLE_KEEPS 220 /* from so many on, a GtkListView makes no more rows */

struct _EhcpCaseOrder
{
  GObject parent_instance;
  GListModel *rows;
  GPtrArray *sorted; /* of EhcpCaseRow */
  guint n_shown;     /* how far the list has grown; no longer than `sorted` */
  guint grow_source;
  GPtrArray *slots;  /* of EhcpCaseSlot, or NULL where none was asked for; no longer than n_shown */
};

static GType
get_item_type (GListModel *list)
{
  return EHCP_TYPE_CASE_SLOT;
}

static guint
get_n_items (GListModel *list)
{
  return EHCP_CASE_ORDER (list)->n_shown;
}

static gpointer
get_item (GListModel *list, guint position)
{
  EhcpCaseOrder *order = EHCP_CASE_ORDER (list);

  if (position >= order->n_shown)
    return NULL;
  if (position >= order->slots->len)
    g_ptr_array_set_size (order->slots, (int) position + 1);
  if (order->slots->pdata[position] == NULL)
    order->slots->pdata[position] = ehcp_case_slot_new (order->sorted->pdata[position]);
  return g_object_ref (order->slots->pdata[position]);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EhcpCaseOrder, ehcp_case_order, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
ehcp_case_order_finalize (GObject *object)
{
  EhcpCaseOrder *order = EHCP_CASE_ORDER (object);

  g_clear_handle_id (&order->grow_source, g_source_remove);
  g_ptr_array_unref (order->sorted);
  g_ptr_array_unref (order->slots);
  g_clear_object (&order->rows);
  G_OBJECT_CLASS (ehcp_case_order_parent_class)->finalize (object);
}

static void
ehcp_case_order_class_init (EhcpCaseOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_case_order_finalize;
}

static void
free_slot (gpointer slot)
{
  if (slot != NULL)
    g_object_unref (slot);
}

static void
ehcp_case_order_init (EhcpCaseOrder *order)
{
  order->sorted = g_ptr_array_new_with_free_func (g_object_unref);
  order->slots = g_ptr_array_new_with_free_func (free_slot);
}

EhcpCaseOrder *
ehcp_case_order_new (GListModel *rows)
{
  EhcpCaseOrder *order = g_object_new (EHCP_TYPE_CASE_ORDER, NULL);

  order->rows = g_object_ref (rows);
  return order;
}

typedef struct
{
  EhcpCaseCompare compare;
  gboolean is_turned;
} Order;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *by = data;
  int result = by->compare (ehcp_case_row_get (*(EhcpCaseRow *const *) a), ehcp_case_row_get (*(EhcpCaseRow *const *) b));

  return by->is_turned ? -result : result;
}

static GPtrArray *
choose (EhcpCaseOrder *order, const EhcpCaseloadFilter *filter)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (order->rows); i++)
    {
      g_autoptr (EhcpCaseRow) row = g_list_model_get_item (order->rows, i);

      if (ehcp_caseload_filter_matches (filter, ehcp_case_row_get (row)))
        g_ptr_array_add (chosen, g_steal_pointer (&row));
    }
  return chosen;
}

static void
announce (EhcpCaseOrder *order, guint n)
{
  guint before = order->n_shown;
  guint n_same = MIN (n, before);

  order->n_shown = n;
  if (order->slots->len > n)
    g_ptr_array_set_size (order->slots, (int) n);
  if (n != before)
    g_list_model_items_changed (G_LIST_MODEL (order), n_same, before - n_same, n - n_same);
}

static guint
grow (guint n_shown, guint n)
{
  guint next = n_shown < SCREENFUL ? SCREENFUL : n_shown + STEP;

  return next >= TABLE_KEEPS || next >= n ? n : next;
}

/* After a frame was drawn: the rows that are seen come first. */
static gboolean
grow_cb (gpointer data)
{
  EhcpCaseOrder *order = data;

  if (order->n_shown < order->sorted->len)
    announce (order, grow (order->n_shown, order->sorted->len));
  if (order->n_shown < order->sorted->len)
    return G_SOURCE_CONTINUE;
  order->grow_source = 0;
  return G_SOURCE_REMOVE;
}

void
ehcp_case_order_update (EhcpCaseOrder *order, const EhcpCaseloadFilter *filter, EhcpCaseCompare compare,
                        gboolean is_turned)
{
  Order by = { compare, is_turned };
  GPtrArray *chosen = choose (order, filter);
  guint n = chosen->len;

  g_ptr_array_sort_with_data (chosen, compare_cb, &by);
  g_ptr_array_unref (order->sorted);
  order->sorted = chosen;
  if (order->slots->len > n)
    g_ptr_array_set_size (order->slots, (int) n);
  for (guint i = 0; i < order->slots->len; i++)
    if (order->slots->pdata[i] != NULL)
      ehcp_case_slot_take (order->slots->pdata[i], chosen->pdata[i]);
  announce (order, order->n_shown < n ? grow (order->n_shown, n) : n);
  if (order->n_shown < n && order->grow_source == 0)
    order->grow_source = g_idle_add_full (G_PRIORITY_LOW, grow_cb, order, NULL);
}

guint
ehcp_case_order_find (EhcpCaseOrder *order, const char *case_id)
{
  for (guint i = 0; i < order->sorted->len; i++)
    if (g_strcmp0 (ehcp_case_row_get (order->sorted->pdata[i])->id, case_id) == 0)
      {
        if (i >= order->n_shown)
          announce (order, order->sorted->len);
        return i;
      }
  return GTK_INVALID_LIST_POSITION;
}

guint
ehcp_case_order_count (EhcpCaseOrder *order)
{
  return order->sorted->len;
}
