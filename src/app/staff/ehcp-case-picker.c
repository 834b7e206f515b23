/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows follow the book; what is chosen is kept by id, so that it stays chosen while it is filtered away. A
 * virtual list, since a manager has 10,000 cases. */
#include "ehcp-case-picker.h"

#include <glib/gi18n.h>

#include "ehcp-search-words.h"
#include "ehcp-tick.h"

#define LIST_HEIGHT 240

struct _EhcpCasePicker
{
  AdwBin parent_instance;

  EhcpBook *book;
  GtkSearchEntry *search;
  GtkLabel *count;
  GtkFilter *filter;
  GtkFilterListModel *model;
  GHashTable *chosen; /* ids */
  char *folded;
  gboolean (*more) (EhcpRecord *, gpointer);
  gpointer more_data;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpCasePicker, ehcp_case_picker, ADW_TYPE_BIN)

static void
show_count (EhcpCasePicker *picker)
{
  guint n = g_hash_table_size (picker->chosen);
  g_autofree char *words = n > 0 ? g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n)
                                 : g_strdup (_("None chosen yet"));

  gtk_label_set_label (picker->count, words);
}

static void
tell_changed (EhcpCasePicker *picker)
{
  show_count (picker);
  g_signal_emit (picker, signals[CHANGED], 0);
}

static gboolean
matches (gpointer item, gpointer data)
{
  EhcpCasePicker *picker = data;
  g_autofree char *text = g_strjoin (" ", ehcp_record_get_text (item, "child_forename"),
                                     ehcp_record_get_text (item, "child_surname"),
                                     ehcp_record_get_text (item, "reference"),
                                     ehcp_record_get_text (item, "caseworker_name") ?: "",
                                     ehcp_record_get_text (item, "school") ?: "", NULL);
  g_autofree char *folded = ehcp_search_fold (text);

  return g_strcmp0 (ehcp_record_get_text (item, "status"), "open") == 0 &&
         (picker->more == NULL || picker->more (item, picker->more_data)) &&
         ehcp_search_matches (folded, picker->folded);
}

static void
search_cb (EhcpCasePicker *picker)
{
  g_free (picker->folded);
  picker->folded = g_strstrip (ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (picker->search))));
  gtk_filter_changed (picker->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
toggled_cb (GtkCheckButton *tick, EhcpCasePicker *picker)
{
  const char *id = g_object_get_data (G_OBJECT (tick), "case");
  gboolean is_on = gtk_check_button_get_active (tick);

  if (id == NULL || g_hash_table_contains (picker->chosen, id) == is_on)
    return;
  if (is_on)
    g_hash_table_add (picker->chosen, g_strdup (id));
  else
    g_hash_table_remove (picker->chosen, id);
  tell_changed (picker);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EhcpCasePicker *picker)
{
  GtkWidget *tick = g_object_new (EHCP_TYPE_TICK, "margin-start", 6, "margin-end", 6, NULL);

  g_signal_connect_object (tick, "toggled", G_CALLBACK (toggled_cb), picker, 0);
  gtk_list_item_set_child (item, tick);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EhcpCasePicker *picker)
{
  GtkWidget *tick = gtk_list_item_get_child (item);
  EhcpRecord *child = gtk_list_item_get_item (item);
  const char *caseworker = ehcp_record_has (child, "caseworker")
                               ? ehcp_record_get_text (child, "caseworker_name") : _("not allocated");
  g_autofree char *label = g_strdup_printf ("%s %s, %s, %s", ehcp_record_get_text (child, "child_forename"),
                                            ehcp_record_get_text (child, "child_surname"),
                                            ehcp_record_get_text (child, "reference"), caseworker);

  /* First without a case, so that showing the state is not taken for a press. */
  g_object_set_data (G_OBJECT (tick), "case", NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick),
                               g_hash_table_contains (picker->chosen, ehcp_record_get_id (child)));
  g_object_set_data_full (G_OBJECT (tick), "case", g_strdup (ehcp_record_get_id (child)), g_free);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (tick), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* The list's own item has the focus, and no name in GTK 4.8. */
  if (gtk_widget_get_parent (tick) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (tick)), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}

/* All that are shown, or none of them when all are chosen already. */
static void
all_cb (EhcpCasePicker *picker)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (picker->model));
  gboolean has_all = TRUE;

  for (guint i = 0; i < n && has_all; i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (G_LIST_MODEL (picker->model), i);

      has_all = g_hash_table_contains (picker->chosen, ehcp_record_get_id (child));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (G_LIST_MODEL (picker->model), i);

      if (has_all)
        g_hash_table_remove (picker->chosen, ehcp_record_get_id (child));
      else
        g_hash_table_add (picker->chosen, g_strdup (ehcp_record_get_id (child)));
    }
  gtk_filter_changed (picker->filter, GTK_FILTER_CHANGE_DIFFERENT);
  g_list_model_items_changed (G_LIST_MODEL (picker->model), 0, n, n);
  tell_changed (picker);
}

static void
ehcp_case_picker_dispose (GObject *object)
{
  EhcpCasePicker *picker = EHCP_CASE_PICKER (object);

  /* The list view may keep the model for a moment longer than there is something to compare with. */
  if (picker->model != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (picker->filter), NULL, NULL, NULL);
  g_clear_object (&picker->book);
  g_clear_object (&picker->model);
  g_clear_pointer (&picker->chosen, g_hash_table_unref);
  g_clear_pointer (&picker->folded, g_free);
  G_OBJECT_CLASS (ehcp_case_picker_parent_class)->dispose (object);
}

static void
ehcp_case_picker_class_init (EhcpCasePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ehcp_case_picker_dispose;
  signals[CHANGED] = g_signal_new ("changed", EHCP_TYPE_CASE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ehcp_case_picker_init (EhcpCasePicker *picker)
{
  picker->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  picker->folded = g_strdup ("");
}

static GtkWidget *
make_list (EhcpCasePicker *picker)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;
  GtkWidget *scroller;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), picker);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), picker);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                G_LIST_MODEL (g_object_ref (picker->model)))), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cases to choose from"),
                                  -1);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", list, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "min-content-height", LIST_HEIGHT, "has-frame", TRUE, NULL);
  return scroller;
}

GtkWidget *
ehcp_case_picker_new (EhcpBook *book, const char *heading)
{
  EhcpCasePicker *picker = g_object_new (EHCP_TYPE_CASE_PICKER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", heading, "xalign", 0., NULL);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *all = gtk_button_new_with_label (_("Choose all shown"));

  picker->book = g_object_ref (book);
  picker->filter = GTK_FILTER (gtk_custom_filter_new (matches, picker, NULL));
  picker->model = gtk_filter_list_model_new (
      G_LIST_MODEL (g_object_ref (ehcp_book_get_list (book, EHCP_KIND_CASE, NULL))), picker->filter);
  gtk_widget_add_css_class (title, "heading");
  picker->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (picker->search, "placeholder-text", _("Search by name, reference, school or caseworker"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picker->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search cases"), -1);
  g_signal_connect_object (picker->search, "search-changed", G_CALLBACK (search_cb), picker, G_CONNECT_SWAPPED);
  picker->count = g_object_new (GTK_TYPE_LABEL, "xalign", 0., "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (picker->count), "dim");
  gtk_widget_add_css_class (all, "flat");
  g_signal_connect_object (all, "clicked", G_CALLBACK (all_cb), picker, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (picker->count));
  gtk_box_append (GTK_BOX (foot), all);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (picker->search));
  gtk_box_append (GTK_BOX (box), make_list (picker));
  gtk_box_append (GTK_BOX (box), foot);
  adw_bin_set_child (ADW_BIN (picker), box);
  show_count (picker);
  return GTK_WIDGET (picker);
}

/* Those that went from the book meanwhile are not chosen any more. */
GStrv
ehcp_case_picker_get_chosen (EhcpCasePicker *picker)
{
  GListModel *cases = ehcp_book_get_list (picker->book, EHCP_KIND_CASE, NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (cases, i);

      if (g_hash_table_contains (picker->chosen, ehcp_record_get_id (child)))
        g_strv_builder_add (ids, ehcp_record_get_id (child));
    }
  return g_strv_builder_end (ids);
}

void
ehcp_case_picker_set_filter (EhcpCasePicker *picker, gboolean (*filter) (EhcpRecord *, gpointer), gpointer data)
{
  picker->more = filter;
  picker->more_data = data;
  gtk_filter_changed (picker->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

gboolean
ehcp_case_picker_focus_search (EhcpCasePicker *picker)
{
  return gtk_widget_grab_focus (GTK_WIDGET (picker->search));
}
