/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the table below for each column: how wide it is, how much it matters where there is no room for all, how it
 * sorts and what its cells show. */
#include "ehcp-caseload-columns.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ehcp-case-cell.h"
#include "ehcp-caseload-words.h"
#include "ehcp-day-words.h"
#include "ehcp-tag.h"

typedef enum
{
  ALWAYS,
  WHEN_WIDE,
  WHEN_NARROW,
  WITH_CASEWORKERS /* while cases of several are shown */
} When;

typedef struct
{
  const char *name;
  const char *title;
  int width;
  int rank; /* those of a higher number go first */
  When when;
  gboolean expands;
  EhcpCaseCompare compare;
  const EhcpCaseSpeech *speech;
} Column;

#define NARROW 500 /* below it a date stands without what is due */
#define MOST_TAKEN 12 /* of the child's column, so that one more has room */

/* What the cells say */

static char *
say_status (const EhcpCaseSummary *summary)
{
  return g_strdup (ehcp_caseload_words_status (summary->status));
}

static EhcpTagTone
tag_status (const EhcpCaseSummary *summary)
{
  static const EhcpTagTone tones[] = {
    [EHCP_CASE_LATE] = EHCP_TAG_LATE,       [EHCP_CASE_SOON] = EHCP_TAG_SOON,
    [EHCP_CASE_ON_TIME] = EHCP_TAG_GOOD,    [EHCP_CASE_EXCUSED] = EHCP_TAG_EXCUSED,
    [EHCP_CASE_NO_DATE] = EHCP_TAG_PLAIN,
  };

  return tones[summary->status];
}

static char *
say_child (const EhcpCaseSummary *summary)
{
  return g_strdup (summary->child);
}

static EhcpCaseLook
look_bold (const EhcpCaseSummary *summary)
{
  return EHCP_CASE_LOOK_BOLD;
}

static char *
say_reference (const EhcpCaseSummary *summary)
{
  return g_strdup (summary->reference);
}

static char *
say_stage (const EhcpCaseSummary *summary)
{
  return g_strdup (ehcp_caseload_words_stage (summary->stage));
}

static char *
say_day (const EhcpCaseSummary *summary)
{
  return summary->due != EHCP_DAY_NONE ? ehcp_day_words_short (summary->due, summary->today) : g_strdup (_("None"));
}

static EhcpCaseLook
look_late (const EhcpCaseSummary *summary)
{
  return summary->status == EHCP_CASE_LATE ? EHCP_CASE_LOOK_LATE | EHCP_CASE_LOOK_BOLD : EHCP_CASE_LOOK_PLAIN;
}

static char *
say_waiting (const EhcpCaseSummary *summary)
{
  return g_strdup (ehcp_caseload_words_waiting (summary->waiting));
}

static char *
say_week (const EhcpCaseSummary *summary)
{
  return summary->week > 0 ? g_strdup_printf ("%d", summary->week) : NULL;
}

static EhcpCaseLook
look_count (guint n)
{
  return n > 0 ? EHCP_CASE_LOOK_BOLD | EHCP_CASE_LOOK_ICON : EHCP_CASE_LOOK_DIM;
}

static char *
say_unread (const EhcpCaseSummary *summary)
{
  return g_strdup_printf ("%u", summary->n_unread);
}

static EhcpCaseLook
look_unread (const EhcpCaseSummary *summary)
{
  return look_count (summary->n_unread);
}

static char *
say_review (const EhcpCaseSummary *summary)
{
  return g_strdup_printf ("%u", summary->n_review);
}

static EhcpCaseLook
look_review (const EhcpCaseSummary *summary)
{
  return look_count (summary->n_review);
}

static char *
say_caseworker (const EhcpCaseSummary *summary)
{
  return g_strdup (summary->caseworker_name != NULL ? summary->caseworker_name : _("Nobody yet"));
}

static EhcpCaseLook
look_caseworker (const EhcpCaseSummary *summary)
{
  return summary->caseworker_name == NULL ? EHCP_CASE_LOOK_DIM : EHCP_CASE_LOOK_PLAIN;
}

static const EhcpCaseSpeech status = { .say = say_status, .tag = tag_status };
static const EhcpCaseSpeech child = { .say = say_child, .look = look_bold };
static const EhcpCaseSpeech reference = { .say = say_reference };
static const EhcpCaseSpeech stage = { .say = say_stage };
static const EhcpCaseSpeech next = { .say = ehcp_caseload_words_next };
static const EhcpCaseSpeech day = { .say = say_day, .more = ehcp_caseload_words_next };
static const EhcpCaseSpeech days = { .say = ehcp_caseload_words_days, .look = look_late };
static const EhcpCaseSpeech waiting = { .say = say_waiting };
static const EhcpCaseSpeech week = { .say = say_week };
static const EhcpCaseSpeech unread = { .say = say_unread, .look = look_unread, .icon = "mail-unread-symbolic" };
static const EhcpCaseSpeech review = { .say = say_review, .look = look_review, .icon = "document-edit-symbolic" };
static const EhcpCaseSpeech caseworker = { .say = say_caseworker, .look = look_caseworker };

static const Column columns[] = {
  { "status", N_("Status"), 108, 0, ALWAYS, FALSE, ehcp_caseload_compare_status, &status },
  { "child", N_("Child"), 122, 0, ALWAYS, TRUE, ehcp_caseload_compare_child, &child },
  { "reference", N_("Reference"), 132, 6, ALWAYS, FALSE, ehcp_caseload_compare_reference, &reference },
  { "stage", N_("Stage"), 222, 5, ALWAYS, FALSE, ehcp_caseload_compare_stage, &stage },
  { "due", N_("Next statutory date"), 186, 1, WHEN_WIDE, TRUE, ehcp_caseload_compare_due, &next },
  { "day", N_("Next date"), 92, 1, WHEN_NARROW, FALSE, ehcp_caseload_compare_due, &day },
  { "days", N_("Days left"), 98, 0, ALWAYS, FALSE, ehcp_caseload_compare_due, &days },
  { "waiting", N_("Waiting for"), 82, 7, ALWAYS, FALSE, ehcp_caseload_compare_waiting, &waiting },
  { "week", N_("Week"), 46, 8, ALWAYS, FALSE, ehcp_caseload_compare_week, &week },
  { "unread", N_("Unread"), 56, 2, ALWAYS, FALSE, ehcp_caseload_compare_unread, &unread },
  { "review", N_("Review"), 54, 3, ALWAYS, FALSE, ehcp_caseload_compare_review, &review },
  { "caseworker", N_("Caseworker"), 106, 4, WITH_CASEWORKERS, FALSE, ehcp_caseload_compare_caseworker, &caseworker },
};

/* Rows that come and go under a cell */

/* The row is read as one sentence, and not cell by cell. */
static void
name_row (EhcpCaseSlot *slot, GtkWidget *cell)
{
  GtkWidget *own = gtk_widget_get_parent (cell);
  GtkWidget *row = own != NULL ? gtk_widget_get_parent (own) : NULL;
  g_autofree char *spoken = ehcp_caseload_words_spoken (ehcp_case_slot_get (slot));

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  gtk_list_item_set_child (item, ehcp_case_cell_new (column->speech));
}

static void
changed_cb (EhcpCaseSlot *slot, EhcpCaseCell *cell)
{
  ehcp_case_cell_show (cell, slot);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  EhcpCaseSlot *slot = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_connect_object (slot, "changed", G_CALLBACK (changed_cb), cell, 0);
  ehcp_case_cell_show (EHCP_CASE_CELL (cell), slot);
  if (column != columns)
    return;
  g_signal_connect_object (slot, "changed", G_CALLBACK (name_row), cell, 0);
  name_row (slot, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), cell);
  ehcp_case_cell_show (EHCP_CASE_CELL (cell), NULL);
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
is_wanted (const Column *column, double width, gboolean has_caseworkers)
{
  switch (column->when)
    {
    case WHEN_WIDE:
      return width >= NARROW;
    case WHEN_NARROW:
      return width < NARROW;
    case WITH_CASEWORKERS:
      return has_caseworkers;
    case ALWAYS:
    default:
      return TRUE;
    }
}

/* Beside all that matter as much or more. */
static gboolean
has_room (const Column *column, double width, gboolean has_caseworkers)
{
  double rest = width;

  if (!is_wanted (column, width, has_caseworkers))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].rank <= column->rank && is_wanted (&columns[i], width, has_caseworkers))
      rest -= columns[i].width;
  return rest >= -MOST_TAKEN || column->rank == 0;
}

/* What the columns leave goes to those that expand, which with a fixed width GTK gives none of it; what they lack is taken
 * from the child's. */
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
  return rest >= 0 ? (int) rest / n_expand : MAX ((int) floor (rest), -MOST_TAKEN);
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
      int more = own->expands && (share >= 0 || own->rank == 0) ? share : 0;
      int own_width = is_shown ? (int) ((own->width + more) * scale) : 0;

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
