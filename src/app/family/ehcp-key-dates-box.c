/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the dates that matter: all open ones and as many of the others as make four rows; the rest on
 * demand. */
#include "ehcp-key-dates-box.h"

#include <glib/gi18n.h>

#include "ehcp-columns.h"
#include "ehcp-key-date-row.h"
#include "ehcp-key-dates-month.h"

#define FEW_ROWS 4

struct _EhcpKeyDatesBox
{
  AdwBin parent_instance;
  GPtrArray *dates;
  GtkWidget *heading;
  GtkWidget *columns;
  GtkWidget *list;
  GtkWidget *month;   /* made when it is asked for */
  GtkWidget *none;
  GtkWidget *as_month;
  GtkWidget *calendar;
  GtkWidget *earlier;
};

G_DEFINE_FINAL_TYPE (EhcpKeyDatesBox, ehcp_key_dates_box, ADW_TYPE_BIN)

static guint
count_open (GPtrArray *dates)
{
  guint n = 0;

  while (n < dates->len && ((EhcpKeyDate *) dates->pdata[n])->is_open)
    n++;
  return n;
}

static EhcpKeyDateRow *
nth_row (EhcpKeyDatesBox *box, guint n)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (box->list), (int) n);

  return row != NULL ? EHCP_KEY_DATE_ROW (row) : NULL;
}

static EhcpKeyDateRow *
find_row (EhcpKeyDatesBox *box, const char *id)
{
  EhcpKeyDateRow *row;

  for (guint i = 0; (row = nth_row (box, i)) != NULL; i++)
    if (g_strcmp0 (ehcp_key_date_row_get_id (row), id) == 0)
      return row;
  return NULL;
}

static void
place_date (EhcpKeyDatesBox *box, guint n, const EhcpKeyDate *date)
{
  EhcpKeyDateRow *row = find_row (box, date->id);

  if (row == NULL)
    gtk_list_box_insert (GTK_LIST_BOX (box->list), ehcp_key_date_row_new (date), (int) n);
  else if (row == nth_row (box, n))
    ehcp_key_date_row_set_date (row, date);
  else
    {
      g_object_ref (row);
      gtk_list_box_remove (GTK_LIST_BOX (box->list), GTK_WIDGET (row));
      gtk_list_box_insert (GTK_LIST_BOX (box->list), GTK_WIDGET (row), (int) n);
      ehcp_key_date_row_set_date (row, date);
      g_object_unref (row);
    }
}

static void
show_earlier_button (EhcpKeyDatesBox *box, guint n_hidden)
{
  gboolean is_active = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (box->earlier));
  g_autofree char *label = NULL;

  if (is_active)
    label = g_strdup (_("Hide earlier dates"));
  else
    label = g_strdup_printf (ngettext ("Show %u earlier date", "Show %u earlier dates", n_hidden), n_hidden);
  gtk_button_set_label (GTK_BUTTON (box->earlier), label);
  gtk_widget_set_visible (box->earlier, n_hidden > 0);
}

static void
show_dates (EhcpKeyDatesBox *box)
{
  gboolean is_all = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (box->earlier));
  guint n_few = MIN (MAX (count_open (box->dates), FEW_ROWS), box->dates->len);
  guint n = is_all ? box->dates->len : n_few;
  EhcpKeyDateRow *row;

  for (guint i = 0; i < n; i++)
    place_date (box, i, box->dates->pdata[i]);
  while ((row = nth_row (box, n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (box->list), GTK_WIDGET (row));
  gtk_widget_set_visible (box->list, n > 0);
  gtk_widget_set_visible (box->none, n == 0);
  show_earlier_button (box, box->dates->len - n_few);
  gtk_widget_set_visible (box->as_month, n > 0);
  gtk_widget_set_visible (box->calendar, n > 0);
  if (box->month != NULL)
    ehcp_key_dates_month_set_dates (EHCP_KEY_DATES_MONTH (box->month), box->dates);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  ehcp_key_date_row_toggle (EHCP_KEY_DATE_ROW (row));
}

static void
earlier_toggled_cb (EhcpKeyDatesBox *box)
{
  if (box->dates != NULL)
    show_dates (box);
}

static void
month_toggled_cb (EhcpKeyDatesBox *box)
{
  gboolean is_shown = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (box->as_month));

  if (box->month == NULL)
    {
      box->month = ehcp_key_dates_month_new ();
      ehcp_columns_append (EHCP_COLUMNS (box->columns), box->month);
    }
  gtk_widget_set_visible (box->month, is_shown);
  gtk_button_set_label (GTK_BUTTON (box->as_month), is_shown ? _("Hide the month") : _("Show as a month"));
  show_dates (box);
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_KEY_DATES_BOX (object)->dates, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_key_dates_box_parent_class)->finalize (object);
}

static void
ehcp_key_dates_box_class_init (EhcpKeyDatesBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  g_type_ensure (EHCP_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-key-dates-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, columns);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, as_month);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, calendar);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, none);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDatesBox, earlier);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, month_toggled_cb);
}

static void
ehcp_key_dates_box_init (EhcpKeyDatesBox *box)
{
  gtk_widget_init_template (GTK_WIDGET (box));
}

void
ehcp_key_dates_box_set_dates (EhcpKeyDatesBox *box, GPtrArray *dates)
{
  g_return_if_fail (EHCP_IS_KEY_DATES_BOX (box));

  g_ptr_array_ref (dates);
  g_clear_pointer (&box->dates, g_ptr_array_unref);
  box->dates = dates;
  show_dates (box);
}
