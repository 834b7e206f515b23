/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libadwaita 1.2 cuts what was chosen after 20 characters, however wide the row is, and breaks the title in
 * the middle of a word where both do not fit side by side. Here the chosen words take what room there is,
 * and stand below the title in a narrow place. The words of a button may be broken into lines: with large
 * text one button would hold a whole screen open. */
#include "ehcp-narrow-words.h"

#define MANY_LETTERS 20
#define PREPARED "ehcp-narrow-words"

enum
{
  KEEPS_VALUE = 1, /* it stands below the title already */
  MOVES_VALUE
};

static void
widen_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_max_width_chars (GTK_LABEL (widget), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    widen_labels (child);
}

static void
bound_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (child != NULL)
    widen_labels (child);
}

static void
keep_words_whole (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD);
  if (GTK_IS_LIST_VIEW (widget))
    {
      widen_labels (widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    keep_words_whole (child);
}

/* Once for each row. */
static void
prepare (AdwComboRow *row)
{
  GtkListItemFactory *factory = adw_combo_row_get_factory (row);

  g_object_set_data (G_OBJECT (row), PREPARED,
                     GINT_TO_POINTER (adw_combo_row_get_use_subtitle (row) ? KEEPS_VALUE : MOVES_VALUE));
  if (GTK_IS_SIGNAL_LIST_ITEM_FACTORY (factory))
    g_signal_connect_after (factory, "bind", G_CALLBACK (bound_cb), NULL);
  keep_words_whole (GTK_WIDGET (row));
}

static void
fit_row (AdwComboRow *row, gboolean is_narrow)
{
  if (g_object_get_data (G_OBJECT (row), PREPARED) == NULL)
    prepare (row);
  if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), PREPARED)) == MOVES_VALUE)
    adw_combo_row_set_use_subtitle (row, is_narrow);
}

/* Many words at any width, so that a window may be opened narrow; few only where it is narrow, since in a row that
 * is higher than they are they would be broken without need. */
static void
fit_button (GtkButton *button, gboolean is_narrow)
{
  GtkWidget *label = gtk_button_get_child (button);

  if (gtk_button_get_label (button) == NULL || !GTK_IS_LABEL (label))
    return;
  gtk_label_set_wrap (GTK_LABEL (label),
                      is_narrow || g_utf8_strlen (gtk_button_get_label (button), -1) >= MANY_LETTERS);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

void
ehcp_narrow_words_fit (GtkWidget *root, gboolean is_narrow)
{
  if (ADW_IS_COMBO_ROW (root))
    fit_row (ADW_COMBO_ROW (root), is_narrow);
  else if (GTK_IS_BUTTON (root))
    fit_button (GTK_BUTTON (root), is_narrow);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      ehcp_narrow_words_fit (child, is_narrow);
}
