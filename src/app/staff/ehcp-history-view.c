/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of a case. It is asked for anew each time, page by page until all is there: it is evidence, and an
 * offline copy could be out of date. Filter and search go over what came. */
#include "ehcp-history-view.h"

#include <glib/gi18n.h>

#include "ehcp-document-saving.h"
#include "ehcp-error-words.h"
#include "ehcp-family-header.h"
#include "ehcp-past-act-words.h"
#include "ehcp-search-words.h"
#include "ehcp-time-words.h"

struct _EhcpHistoryView
{
  EhcpView parent;
  GtkSearchEntry *search;
  GtkDropDown *kinds, *people;
  GtkLabel *count;
  GtkListView *list;
  GtkStack *pages;
  GtkSpinner *spinner;
  GtkWidget *export, *trouble;
  GtkLabel *trouble_label;
  GListStore *acts;          /* of EhcpPastAct, all that came */
  GtkFilterListModel *shown;
  GtkCustomFilter *filter;
  GtkStringList *names;      /* of the people filter: "Everyone" first */
  char *folded;              /* what is searched for */
  gboolean is_loading;
};

G_DEFINE_FINAL_TYPE (EhcpHistoryView, ehcp_history_view, EHCP_TYPE_VIEW)

static void load_more (EhcpHistoryView *view);

static gboolean
is_of_person (EhcpHistoryView *view, EhcpPastAct *act)
{
  guint n = gtk_drop_down_get_selected (view->people);

  return n == 0 || n == GTK_INVALID_LIST_POSITION ||
         g_strcmp0 (gtk_string_list_get_string (view->names, n), act->who) == 0;
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  EhcpHistoryView *view = data;
  EhcpPastAct *act = item;
  guint kind = gtk_drop_down_get_selected (view->kinds);
  g_autofree char *words = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if ((kind > 0 && kind < EHCP_N_PAST_GROUPS && ehcp_past_act_get_group (act) != kind) || !is_of_person (view, act))
    return FALSE;
  if (view->folded == NULL || *view->folded == '\0')
    return TRUE;
  words = ehcp_past_act_words (act);
  detail = ehcp_past_act_words_detail (act, ehcp_view_get_book (EHCP_VIEW (view)));
  all = g_strjoin (" ", words, act->who != NULL ? act->who : "", detail, NULL);
  folded = ehcp_search_fold (all);
  return ehcp_search_matches (folded, view->folded);
}

static void
show_count (EhcpHistoryView *view)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (view->shown));
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (view->acts));
  g_autofree char *words = NULL;

  if (n == n_all)
    words = g_strdup_printf (ngettext ("%u entry", "%u entries", n_all), n_all);
  else
    /* Translators: how many entries of how many are shown */
    words = g_strdup_printf (_("%u of %u entries"), n, n_all);
  gtk_label_set_label (view->count, n_all > 0 ? words : "");
  gtk_widget_set_sensitive (view->export, n > 0 && !view->is_loading);
  gtk_stack_set_visible_child_name (view->pages, n > 0 || view->is_loading ? "list" : n_all > 0 ? "nothing" : "away");
}

static void
filter_cb (EhcpHistoryView *view)
{
  if (view->filter == NULL)
    return;
  g_free (view->folded);
  view->folded = ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (view->search)));
  gtk_filter_changed (GTK_FILTER (view->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_count (view);
}

static void
add_name (EhcpHistoryView *view, const char *name)
{
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (view->names)); i++)
    if (g_strcmp0 (gtk_string_list_get_string (view->names, i), name) == 0)
      return;
  gtk_string_list_append (view->names, name);
}

static void
show_trouble (EhcpHistoryView *view, const GError *error)
{
  g_autofree char *words = error != NULL ? ehcp_error_words (error) : NULL;

  gtk_label_set_label (view->trouble_label, words != NULL ? words : "");
  gtk_widget_set_visible (view->trouble, words != NULL);
}

static void
set_loading (EhcpHistoryView *view, gboolean is_loading)
{
  view->is_loading = is_loading;
  gtk_spinner_set_spinning (view->spinner, is_loading);
  gtk_widget_set_visible (GTK_WIDGET (view->spinner), is_loading);
  show_count (view);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpHistoryView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean has_more = FALSE;
  g_autoptr (GPtrArray) acts = ehcp_link_case_history_finish (EHCP_LINK (source), result, &has_more, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_trouble (view, error);
  for (guint i = 0; acts != NULL && i < acts->len; i++)
    if (EHCP_PAST_ACT (acts->pdata[i])->who != NULL)
      add_name (view, EHCP_PAST_ACT (acts->pdata[i])->who);
  if (acts != NULL)
    g_list_store_splice (view->acts, g_list_model_get_n_items (G_LIST_MODEL (view->acts)), 0, acts->pdata,
                         acts->len);
  if (has_more && acts->len > 0)
    load_more (view);
  else
    set_loading (view, FALSE);
}

static void
load_more (EhcpHistoryView *view)
{
  EhcpView *base = EHCP_VIEW (view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (view->acts));
  g_autoptr (EhcpPastAct) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (view->acts), n - 1) : NULL;

  set_loading (view, TRUE);
  ehcp_link_case_history_async (ehcp_view_get_link (base), ehcp_view_get_argument (base),
                                last != NULL ? last->number : 0, ehcp_view_get_cancellable (base), loaded_cb,
                                g_object_ref (view));
}

static void
load_cb (EhcpHistoryView *view)
{
  if (view->is_loading)
    return;
  show_trouble (view, NULL);
  g_list_store_remove_all (view->acts);
  load_more (view);
}

static void
export_cb (EhcpHistoryView *view)
{
  EhcpView *base = EHCP_VIEW (view);
  EhcpRecord *record = ehcp_family_header_get_case (base, ehcp_view_get_argument (base));
  const char *reference = record != NULL ? ehcp_record_get_text (record, "reference") : "";
  char *csv = ehcp_past_acts_to_csv (G_LIST_MODEL (view->shown), ehcp_view_get_book (base));
  g_autoptr (GBytes) content = g_bytes_new_take (csv, strlen (csv));
  /* Translators: the name of a file; "%s" is the case's reference */
  g_autofree char *name = g_strdup_printf (_("History %s.csv"), reference);

  ehcp_document_save_content (GTK_WIDGET (view), ehcp_view_get_link (base), ehcp_view_get_argument (base), content,
                              name);
}

static GtkWidget *
make_label (const char *style)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "css-classes",
                       (const char *const[]){ style, NULL }, NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), make_label ("heading"));
  gtk_box_append (GTK_BOX (box), make_label ("body"));
  gtk_box_append (GTK_BOX (box), make_label ("dim"));
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EhcpHistoryView *view)
{
  EhcpPastAct *act = gtk_list_item_get_item (item);
  EhcpView *base = EHCP_VIEW (view);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  g_autofree char *words = ehcp_past_act_words (act);
  g_autofree char *detail = ehcp_past_act_words_detail (act, ehcp_view_get_book (base));
  g_autofree char *who = ehcp_past_act_words_who (act);
  g_autofree char *when =
      ehcp_time_words_of_text (act->at, ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (base))));
  g_autofree char *line = g_strdup_printf ("%s · %s", when, who);
  g_autofree char *name = g_strjoin (". ", words, line, detail, NULL);

  gtk_label_set_label (GTK_LABEL (first), words);
  gtk_label_set_label (GTK_LABEL (second), detail != NULL ? detail : "");
  gtk_widget_set_visible (second, detail != NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
ehcp_history_view_shown (EhcpView *base)
{
  ehcp_family_header_show (base, ehcp_view_get_argument (base), _("History"));
  load_cb (EHCP_HISTORY_VIEW (base));
}

static gboolean
ehcp_history_view_search (EhcpView *base)
{
  gtk_widget_grab_focus (GTK_WIDGET (EHCP_HISTORY_VIEW (base)->search));
  return TRUE;
}

static void
ehcp_history_view_dispose (GObject *object)
{
  EhcpHistoryView *view = EHCP_HISTORY_VIEW (object);

  gtk_list_view_set_model (view->list, NULL);
  g_clear_object (&view->shown);
  g_clear_object (&view->filter);
  g_clear_object (&view->acts);
  g_clear_pointer (&view->folded, g_free);
  G_OBJECT_CLASS (ehcp_history_view_parent_class)->dispose (object);
}

static void
ehcp_history_view_class_init (EhcpHistoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_history_view_dispose;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_history_view_shown;
  EHCP_VIEW_CLASS (klass)->search = ehcp_history_view_search;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ehcp_portal/EhcpPortal/staff/ehcp-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, search);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, kinds);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, people);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, count);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, spinner);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, export);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, trouble);
  gtk_widget_class_bind_template_child (widget_class, EhcpHistoryView, trouble_label);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_cb);
}

static void
fill_filters (EhcpHistoryView *view)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  for (guint i = 0; i < EHCP_N_PAST_GROUPS; i++)
    gtk_string_list_append (kinds, ehcp_past_group_words (i));
  gtk_drop_down_set_model (view->kinds, G_LIST_MODEL (kinds));
  view->names = gtk_string_list_new (NULL);
  gtk_string_list_append (view->names, _("Everyone"));
  gtk_drop_down_set_model (view->people, G_LIST_MODEL (view->names));
  g_object_unref (view->names); /* the drop-down has it */
}

static void
ehcp_history_view_init (EhcpHistoryView *view)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (view));
  fill_filters (view);
  view->acts = g_list_store_new (EHCP_TYPE_PAST_ACT);
  view->filter = gtk_custom_filter_new (is_shown, view, NULL);
  view->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (view->acts)),
                                           g_object_ref (GTK_FILTER (view->filter)));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (view->shown)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), view, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), view, 0);
  gtk_list_view_set_factory (view->list, factory);
  gtk_list_view_set_model (view->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_object_unref (factory);
}
