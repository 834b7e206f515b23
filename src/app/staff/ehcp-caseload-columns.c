/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the table below for each column: how wide it is, when there is room for it, how it sorts and what its
 * cells show. */
#include "ehcp-caseload-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-case-slot.h"
#include "ehcp-caseload-words.h"
#include "ehcp-day-words.h"
#include "ehcp-tag.h"

typedef struct
{
  const char *name;
  const char *title;
  int width;
  int wide_from;            /* the table's width from which it is shown */
  int wide_from_with_names; /* the same while caseworkers are shown */
  int wide_until;           /* not from that width on; 0: always */
  gboolean expands;
  EhcpCaseCompare compare;
  GtkWidget *(*make) (void);
  void (*show) (GtkWidget *cell, const EhcpCaseSummary *summary);
} Column;

#define NEVER 100000
#define NARROW 500 /* below it a date stands without what is due */

/* Cells: an inscription measures no text, so that only what is drawn is laid out. A tooltip is asked for when the
 * pointer rests: to set it with each text asks the display's server where the pointer is, each time. */

static gboolean
tooltip_cb (GtkWidget *cell, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  const char *more = g_object_get_data (G_OBJECT (cell), "more");
  const char *text = more != NULL ? more : gtk_inscription_get_text (GTK_INSCRIPTION (cell));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && *text != '\0';
}

static GtkWidget *
make_text (void)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                  "min-chars", 0u, "has-tooltip", TRUE, NULL);

  g_signal_connect (text, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  return text;
}

static GtkWidget *
make_name (void)
{
  GtkWidget *text = make_text ();

  gtk_widget_add_css_class (text, "heading");
  return text;
}

static GtkWidget *
make_tag (void)
{
  GtkWidget *tag = ehcp_tag_new (EHCP_TAG_PLAIN, "");

  gtk_widget_set_halign (tag, GTK_ALIGN_START);
  return tag;
}

static GtkWidget *
make_count (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *text = make_text ();

  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
set_text (GtkWidget *cell, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

static void
show_status (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  static const EhcpTagTone tones[] = {
    [EHCP_CASE_LATE] = EHCP_TAG_LATE,       [EHCP_CASE_SOON] = EHCP_TAG_SOON,
    [EHCP_CASE_ON_TIME] = EHCP_TAG_GOOD,    [EHCP_CASE_EXCUSED] = EHCP_TAG_EXCUSED,
    [EHCP_CASE_NO_DATE] = EHCP_TAG_PLAIN,
  };

  ehcp_tag_set (EHCP_TAG (cell), tones[summary->status], ehcp_caseload_words_status (summary->status));
}

/* The row is read as one sentence, and not cell by cell. */
static void
show_child (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  GtkWidget *own = gtk_widget_get_parent (cell);
  GtkWidget *row = own != NULL ? gtk_widget_get_parent (own) : NULL;
  g_autofree char *spoken = ehcp_caseload_words_spoken (summary);

  set_text (cell, summary->child);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_reference (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  set_text (cell, summary->reference);
}

static void
show_stage (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  set_text (cell, ehcp_caseload_words_stage (summary->stage));
}

static void
show_next (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  g_autofree char *words = ehcp_caseload_words_next (summary);

  set_text (cell, words);
}

static void
show_day (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  g_autofree char *day = summary->due != EHCP_DAY_NONE ? ehcp_day_words_short (summary->due, summary->today)
                                                       : g_strdup (_("None"));

  set_text (cell, day);
  g_object_set_data_full (G_OBJECT (cell), "more", ehcp_caseload_words_next (summary), g_free);
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_days (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  g_autofree char *words = ehcp_caseload_words_days (summary);

  set_text (cell, words);
  set_class (cell, "late", summary->status == EHCP_CASE_LATE);
  set_class (cell, "heading", summary->status == EHCP_CASE_LATE);
}

static void
show_waiting (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  set_text (cell, ehcp_caseload_words_waiting (summary->waiting));
}

static void
show_week (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  char text[12] = "";

  if (summary->week > 0)
    g_snprintf (text, sizeof text, "%d", summary->week);
  set_text (cell, text);
}

/* The icon is made for the first count that is not 0. */
static void
show_count (GtkWidget *cell, guint n, const char *icon_name)
{
  GtkWidget *icon = gtk_widget_get_first_child (cell);
  GtkWidget *number = gtk_widget_get_last_child (cell);
  char text[12];

  if (icon == number && n > 0)
    {
      icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                           NULL);
      gtk_box_prepend (GTK_BOX (cell), icon);
    }
  if (icon != number)
    gtk_widget_set_visible (icon, n > 0);
  g_snprintf (text, sizeof text, "%u", n);
  set_text (number, text);
  set_class (number, "heading", n > 0);
  set_class (number, "dim", n == 0);
}

static void
show_unread (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  show_count (cell, summary->n_unread, "mail-unread-symbolic");
}

static void
show_review (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  show_count (cell, summary->n_review, "document-edit-symbolic");
}

static void
show_caseworker (GtkWidget *cell, const EhcpCaseSummary *summary)
{
  set_text (cell, summary->caseworker_name != NULL ? summary->caseworker_name : _("Nobody yet"));
  set_class (cell, "dim", summary->caseworker_name == NULL);
}

static const Column columns[] = {
  { "status", N_("Status"), 98, 0, 0, 0, FALSE, ehcp_caseload_compare_status, make_tag, show_status },
  { "child", N_("Child"), 122, 0, 0, 0, TRUE, ehcp_caseload_compare_child, make_name, show_child },
  { "reference", N_("Reference"), 130, 870, 1070, 0, FALSE, ehcp_caseload_compare_reference, make_text,
    show_reference },
  { "stage", N_("Stage"), 222, 742, 848, 0, FALSE, ehcp_caseload_compare_stage, make_text, show_stage },
  { "due", N_("Next statutory date"), 192, NARROW, NARROW, 0, TRUE, ehcp_caseload_compare_due, make_text,
    show_next },
  { "day", N_("Next date"), 92, 0, 0, NARROW, FALSE, ehcp_caseload_compare_due, make_text, show_day },
  { "days", N_("Days left"), 96, 0, 0, 0, FALSE, ehcp_caseload_compare_due, make_text, show_days },
  { "waiting", N_("Waiting for"), 82, 952, 1142, 0, FALSE, ehcp_caseload_compare_waiting, make_text,
    show_waiting },
  { "week", N_("Week"), 46, 1090, 1190, 0, FALSE, ehcp_caseload_compare_week, make_text, show_week },
  { "unread", N_("Unread"), 56, 620, 620, 0, FALSE, ehcp_caseload_compare_unread, make_count, show_unread },
  { "review", N_("Review"), 54, 620, 620, 0, FALSE, ehcp_caseload_compare_review, make_count, show_review },
  { "caseworker", N_("Caseworker"), 106, NEVER, 726, 0, FALSE, ehcp_caseload_compare_caseworker, make_text,
    show_caseworker },
};

/* Rows that come and go under a cell */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  gtk_list_item_set_child (item, column->make ());
}

static void
show_cell (EhcpCaseSlot *slot, GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "column");

  column->show (gtk_list_item_get_child (item), ehcp_case_slot_get (slot));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  EhcpCaseSlot *slot = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (item), "column", (gpointer) column);
  g_signal_connect_object (slot, "changed", G_CALLBACK (show_cell), item, 0);
  show_cell (slot, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

static GtkListItemFactory *
make_factory (const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) column);
  return factory;
}

/* The first column that is asked to compare is the one that is sorted by: GTK 4.8 does not say which it is. */
static const Column *asked;

static int
asked_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  if (asked == NULL)
    asked = data;
  return GTK_ORDERING_SMALLER;
}

guint
ehcp_caseload_columns_get_sorted (GtkColumnView *table, GtkSortType *order)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (table);

  asked = NULL;
  *order = gtk_sorter_compare (sorter, table, sorter) == GTK_ORDERING_LARGER ? GTK_SORT_DESCENDING
                                                                             : GTK_SORT_ASCENDING;
  return asked != NULL ? (guint) (asked - columns) : GTK_INVALID_LIST_POSITION;
}

EhcpCaseCompare
ehcp_caseload_columns_get_compare (guint position)
{
  return position < G_N_ELEMENTS (columns) ? columns[position].compare : ehcp_caseload_compare_due;
}

void
ehcp_caseload_columns_add (GtkColumnView *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column =
          gtk_column_view_column_new (_(columns[i].title), make_factory (&columns[i]));
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (asked_cb, (gpointer) &columns[i], NULL));

      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_expand (column, columns[i].expands);
      g_object_set_data (G_OBJECT (column), "column", (gpointer) &columns[i]);
      gtk_column_view_append_column (table, column);
    }
}

static gboolean
has_room (const Column *column, double width, gboolean has_caseworkers)
{
  int from = has_caseworkers ? column->wide_from_with_names : column->wide_from;

  return width >= from && (column->wide_until == 0 || width < column->wide_until);
}

/* What the columns leave goes to those that expand: with a fixed width GTK gives them none of it. */
static int
share_rest (double width, gboolean has_caseworkers)
{
  int n_expand = 0;
  double rest = width;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (has_room (&columns[i], width, has_caseworkers))
      {
        rest -= columns[i].width;
        n_expand += columns[i].expands ? 1 : 0;
      }
  return n_expand > 0 && rest > 0 ? (int) rest / n_expand : 0;
}

void
ehcp_caseload_columns_fit (GtkColumnView *table, int width, double scale, gboolean has_caseworkers)
{
  GListModel *list = gtk_column_view_get_columns (table);
  double normal = width / scale;
  int share = share_rest (normal, has_caseworkers);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      const Column *own = g_object_get_data (G_OBJECT (column), "column");
      gboolean is_shown = has_room (own, normal, has_caseworkers);
      /* GTK 4.8 counts the width of a hidden column in its rows, which from right to left then begin that much
       * too far to the left. */
      int own_width = is_shown ? (int) ((own->width + (own->expands ? share : 0)) * scale) : 0;

      if (gtk_column_view_column_get_visible (column) != is_shown)
        gtk_column_view_column_set_visible (column, is_shown);
      if (gtk_column_view_column_get_fixed_width (column) != own_width)
        gtk_column_view_column_set_fixed_width (column, own_width);
    }
}

GtkColumnViewColumn *
ehcp_caseload_columns_find (GtkColumnView *table, const char *name)
{
  GListModel *list = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      const Column *own = g_object_get_data (G_OBJECT (column), "column");

      if (strcmp (own->name, name) == 0)
        return column;
    }
  return NULL;
}
