/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calendar that follows the list of dates. A mark alone says little, so the chosen day is told in words
 * under it. */
#include "ehcp-key-dates-month.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "ehcp-day-words.h"

struct _EhcpKeyDatesMonth
{
  AdwBin parent_instance;
  GPtrArray *dates;
  GtkWidget *calendar;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (EhcpKeyDatesMonth, ehcp_key_dates_month, ADW_TYPE_BIN)

static EhcpDay
get_chosen_day (EhcpKeyDatesMonth *month)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (month->calendar));

  return ehcp_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                            g_date_time_get_day_of_month (date));
}

static void
say_day (EhcpKeyDatesMonth *month)
{
  EhcpDay chosen = get_chosen_day (month);
  g_autofree char *day = ehcp_day_words_long (chosen);
  g_autoptr (GString) words = g_string_new (day);
  guint n = 0;

  for (guint i = 0; month->dates != NULL && i < month->dates->len; i++)
    {
      const EhcpKeyDate *date = month->dates->pdata[i];

      if (date->due != chosen)
        continue;
      g_string_append_printf (words, "\n%s, %s", date->title, date->status);
      n++;
    }
  if (n == 0)
    g_string_append_printf (words, "\n%s", _("No key date"));
  gtk_label_set_label (GTK_LABEL (month->words), words->str);
}

static gboolean
is_key_date (EhcpKeyDatesMonth *month, EhcpDay day)
{
  for (guint i = 0; month->dates != NULL && i < month->dates->len; i++)
    if (((EhcpKeyDate *) month->dates->pdata[i])->due == day)
      return TRUE;
  return FALSE;
}

/* GTK 4.8 keeps the marks of gtk_calendar_mark_day() and does not show them: so the days' labels get a
 * class of ours. */
static void
mark_days (EhcpKeyDatesMonth *month)
{
  GtkWidget *days = gtk_widget_get_last_child (month->calendar);
  int year, month_of_year;

  ehcp_day_to_ymd (get_chosen_day (month), &year, &month_of_year, NULL);
  for (GtkWidget *day = gtk_widget_get_first_child (days); day != NULL;
       day = gtk_widget_get_next_sibling (day))
    {
      gboolean is_day = GTK_IS_LABEL (day) && gtk_widget_has_css_class (day, "day-number") &&
                        !gtk_widget_has_css_class (day, "other-month");
      int number = is_day ? atoi (gtk_label_get_text (GTK_LABEL (day))) : 0;

      if (number > 0 && is_key_date (month, ehcp_day_from_ymd (year, month_of_year, number)))
        gtk_widget_add_css_class (day, "key-date");
      else
        gtk_widget_remove_css_class (day, "key-date");
    }
  say_day (month);
}

/* GTK names none of the calendar's four arrows. */
static void
name_arrows (GtkWidget *calendar)
{
  const char *const names[] = { N_("Month before"), N_("Month after"), N_("Year before"), N_("Year after") };
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (calendar));
       child != NULL && n < G_N_ELEMENTS (names); child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _(names[n++]),
                                      -1);
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_KEY_DATES_MONTH (object)->dates, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_key_dates_month_parent_class)->finalize (object);
}

static void
ehcp_key_dates_month_class_init (EhcpKeyDatesMonthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
ehcp_key_dates_month_init (EhcpKeyDatesMonth *month)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  month->calendar = gtk_calendar_new ();
  month->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0., "wrap", TRUE, "max-width-chars", 30,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (month->words, "caption");
  gtk_widget_add_css_class (box, "month");
  gtk_accessible_update_property (GTK_ACCESSIBLE (month->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Month"), -1);
  name_arrows (month->calendar);
  gtk_box_append (GTK_BOX (box), month->calendar);
  gtk_box_append (GTK_BOX (box), month->words);
  adw_bin_set_child (ADW_BIN (month), box);
  g_signal_connect_swapped (month->calendar, "day-selected", G_CALLBACK (mark_days), month);
  g_signal_connect_swapped (month->calendar, "notify::month", G_CALLBACK (mark_days), month);
  g_signal_connect_swapped (month->calendar, "notify::year", G_CALLBACK (mark_days), month);
}

GtkWidget *
ehcp_key_dates_month_new (void)
{
  return g_object_new (EHCP_TYPE_KEY_DATES_MONTH, NULL);
}

static void
choose_day (EhcpKeyDatesMonth *month, EhcpDay day)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month_of_year, day_of_month;

  ehcp_day_to_ymd (day, &year, &month_of_year, &day_of_month);
  date = g_date_time_new_local (year, month_of_year, day_of_month, 12, 0, 0);
  gtk_calendar_select_day (GTK_CALENDAR (month->calendar), date);
}

void
ehcp_key_dates_month_set_dates (EhcpKeyDatesMonth *month, GPtrArray *dates)
{
  gboolean is_first = month->dates == NULL;

  g_return_if_fail (EHCP_IS_KEY_DATES_MONTH (month));

  g_ptr_array_ref (dates);
  g_clear_pointer (&month->dates, g_ptr_array_unref);
  month->dates = dates;
  if (is_first && dates->len > 0)
    choose_day (month, ((EhcpKeyDate *) dates->pdata[0])->due);
  mark_days (month);
}
