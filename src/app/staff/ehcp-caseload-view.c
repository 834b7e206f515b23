/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of cases. What a row says is ehcp-case-summary.c's, which rows are wanted ehcp-caseload-filter.c's. */
#include "ehcp-caseload-view.h"

#include <glib/gi18n.h>

#include "ehcp-case-order.h"
#include "ehcp-caseload-columns.h"
#include "ehcp-caseload-filter.h"
#include "ehcp-caseload-scope.h"
#include "ehcp-caseload-sort.h"
#include "ehcp-caseload-words.h"
#include "ehcp-caseload.h"
#include "ehcp-columns.h"
#include "ehcp-request-words.h"
#include "ehcp-search-words.h"
#include "ehcp-stack-pages.h"
#include "ehcp-staff-button.h"
#include "ehcp-staff-header.h"
#include "ehcp-text-scale.h"

struct _EhcpCaseloadView
{
  EhcpView parent_instance;
  GtkWidget *chips;
  GtkDropDown *stages;
  GtkDropDown *scopes;
  EhcpCaseloadSort *sort;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *table;
  GtkLabel *totals;
  GtkWidget *hint;
  GtkWidget *requests;
  GtkWidget *new_case; /* the header's */

  GtkWidget *chip_buttons[EHCP_N_CHIPS];
  EhcpCaseload *caseload;
  EhcpCaseOrder *order;
  GtkSingleSelection *selection;
  EhcpCaseloadFilter filter;
  EhcpCaseloadScope scope;
  char *words;             /* filter.words */
  int width;
  guint fit_source;
  guint typed_source;      /* what is typed was not searched for yet */
  gboolean is_filling;
  gboolean is_stale;       /* rows have changed since they were put in order */
};

G_DEFINE_FINAL_TYPE (EhcpCaseloadView, ehcp_caseload_view, EHCP_TYPE_VIEW)

static const char *const chip_names[EHCP_N_CHIPS] = { N_("All"), N_("Late"), N_("Due this week"), N_("Unread"),
                                                      N_("To review") };

static EhcpRecord *
get_account (EhcpCaseloadView *self)
{
  return ehcp_book_get_account (ehcp_view_get_book (EHCP_VIEW (self)));
}

/* Counts and pages */

static void
show_counts (EhcpCaseloadView *self)
{
  guint counts[EHCP_N_CHIPS];
  g_autofree char *all = NULL, *text = NULL;

  ehcp_caseload_filter_count (&self->filter, G_LIST_MODEL (self->caseload), counts);
  for (guint i = 0; i < EHCP_N_CHIPS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u", _(chip_names[i]), counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->chip_buttons[i]), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->chip_buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
    }
  all = g_strdup_printf (ngettext ("%u case", "%u cases", counts[EHCP_CHIP_ALL]), counts[EHCP_CHIP_ALL]);
  text = g_strdup_printf (_("%s, %u late, %u due within 7 days"), all, counts[EHCP_CHIP_LATE],
                          counts[EHCP_CHIP_DUE]);
  gtk_label_set_label (self->totals, text);
}

static void
show_requests (EhcpCaseloadView *self)
{
  guint n = ehcp_request_words_count (ehcp_view_get_book (EHCP_VIEW (self)));
  g_autofree char *label = g_strdup_printf (ngettext ("%u request came in", "%u requests came in", n), n);

  gtk_button_set_label (GTK_BUTTON (self->requests), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->requests), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->requests, n > 0);
}

static void
show_page (EhcpCaseloadView *self)
{
  gboolean has_first_sync = FALSE;
  const char *page = "table";

  g_object_get (ehcp_view_get_link (EHCP_VIEW (self)), "has-first-sync", &has_first_sync, NULL);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->caseload)) == 0)
    page = has_first_sync ? "empty" : "loading";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    page = "none";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* What is chosen */

static char *
get_selected_case (EhcpCaseloadView *self)
{
  EhcpCaseSlot *slot = gtk_single_selection_get_selected_item (self->selection);

  return slot != NULL ? g_strdup (ehcp_case_slot_get (slot)->id) : NULL;
}

static void
to_position (EhcpCaseloadView *self, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->table)), "list.scroll-to-item", "u",
                              position);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/* The case that is chosen stays chosen wherever it stands now, and the focus with it; one that is no longer among the
 * wanted leaves the choice to the first. */
static void
put_in_order (EhcpCaseloadView *self)
{
  g_autofree char *chosen = get_selected_case (self);
  guint before = gtk_single_selection_get_selected (self->selection);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table));
  GtkSortType sort_type;
  guint column = ehcp_caseload_columns_get_sorted (self->table, &sort_type);
  guint position;

  self->is_stale = FALSE;
  ehcp_case_order_update (self->order, &self->filter, ehcp_caseload_columns_get_compare (column),
                          sort_type == GTK_SORT_DESCENDING);
  position = chosen != NULL ? ehcp_case_order_find (self->order, chosen) : GTK_INVALID_LIST_POSITION;
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  gtk_single_selection_set_selected (self->selection, position);
  if (has_focus && position != before && chosen != NULL)
    to_position (self, position);
}

static void
sorter_cb (EhcpCaseloadView *self)
{
  /* A table that goes takes its columns away one by one. */
  if (!self->is_filling && self->order != NULL)
    put_in_order (self);
}

static void
rows_cb (EhcpCaseloadView *self)
{
  self->is_stale = TRUE;
}

static gboolean
has_caseworkers (EhcpCaseloadView *self)
{
  return self->filter.scope == EHCP_SCOPE_ALL;
}

static void
fit (EhcpCaseloadView *self)
{
  double scale = ehcp_text_scale_get (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  if (self->width == 0)
    return;
  ehcp_caseload_columns_fit (self->table, self->width, scale, has_caseworkers (self));
  gtk_widget_set_visible (self->hint, self->width / scale >= 700);
  ehcp_staff_button_set_compact (self->new_case, self->width / scale < 700);
}

static gboolean
fit_cb (gpointer data)
{
  EhcpCaseloadView *self = data;

  self->fit_source = 0;
  fit (self);
  return G_SOURCE_REMOVE;
}

static void
apply_filter (EhcpCaseloadView *self)
{
  if (self->is_filling)
    return;
  for (guint i = 0; i < EHCP_N_CHIPS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->chip_buttons[i])))
      self->filter.chip = (EhcpChip) i;
  self->filter.stage = gtk_drop_down_get_selected (self->stages) == GTK_INVALID_LIST_POSITION
                           ? -1 : (int) gtk_drop_down_get_selected (self->stages) - 1;
  g_free (self->words);
  self->words = ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  self->filter.words = self->words;
  ehcp_caseload_scope_read (&self->scope, get_account (self), &self->filter);
  put_in_order (self);
  show_counts (self);
  show_page (self);
  fit (self);
}

static void
choice_cb (EhcpCaseloadView *self)
{
  if (self->caseload != NULL)
    apply_filter (self);
}

static void
search_now (EhcpCaseloadView *self)
{
  if (self->typed_source == 0)
    return;
  g_clear_handle_id (&self->typed_source, g_source_remove);
  choice_cb (self);
}

static gboolean
typed_idle_cb (gpointer data)
{
  search_now (data);
  return G_SOURCE_REMOVE;
}

/* A text that takes the place of another changes twice, and with it the table would: one search before the next frame
 * is enough. */
static void
typed_cb (EhcpCaseloadView *self)
{
  if (self->typed_source == 0 && !self->is_filling)
    self->typed_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, typed_idle_cb, self, NULL);
}

static void
show_all_cb (EhcpCaseloadView *self)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chip_buttons[EHCP_CHIP_ALL]), TRUE);
  gtk_drop_down_set_selected (self->stages, 0);
  ehcp_caseload_scope_choose_all (&self->scope);
  self->is_filling = FALSE;
  apply_filter (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

/* The drop-downs */

static void
fill_stages (EhcpCaseloadView *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("All stages"));
  for (int i = 0; i < EHCP_N_CASE_STAGES; i++)
    gtk_string_list_append (list, ehcp_caseload_words_stage (i));
  gtk_drop_down_set_model (self->stages, G_LIST_MODEL (list));
}

static void
fill_scopes (EhcpCaseloadView *self)
{
  self->is_filling = TRUE;
  ehcp_caseload_scope_fill (&self->scope, G_LIST_MODEL (self->caseload), get_account (self));
  self->is_filling = FALSE;
}

static void
changed_cb (EhcpCaseloadView *self)
{
  fill_scopes (self);
  ehcp_caseload_scope_read (&self->scope, get_account (self), &self->filter);
  if (self->is_stale)
    put_in_order (self);
  show_counts (self);
  show_requests (self);
  show_page (self);
}

/* Keys and presses */

static void
open_position (EhcpCaseloadView *self, guint position)
{
  g_autoptr (EhcpCaseSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (slot == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  ehcp_view_go (EHCP_VIEW (self), "case/%s", ehcp_case_slot_get (slot)->id);
}

static void
activate_cb (EhcpCaseloadView *self, guint position)
{
  open_position (self, position);
}

/* Enter in the search opens what is chosen in the table: of one hit, that. */
static void
search_activate_cb (EhcpCaseloadView *self)
{
  search_now (self);
  open_position (self, gtk_single_selection_get_selected (self->selection));
}

static void
to_table_cb (EhcpCaseloadView *self)
{
  search_now (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
stop_search_cb (EhcpCaseloadView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  to_table_cb (self);
}

static gboolean
search_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, EhcpCaseloadView *self)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  to_table_cb (self);
  return TRUE;
}

static gboolean
search_vfunc (EhcpView *view)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (view);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
  return TRUE;
}

/* Esc with something typed takes that away first. */
static gboolean
close_inner (EhcpView *view)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (view);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return FALSE;
  stop_search_cb (self);
  return TRUE;
}

/* Back from a case: to the row that was left, wherever it stands now. */
static void
shown (EhcpView *view)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (view);
  ehcp_caseload_check_day (self->caseload);
  changed_cb (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0)
    to_position (self, gtk_single_selection_get_selected (self->selection));
}

/* The table's own width; columns come and go from idle, since within an allocation they would be lost. */
static void
width_cb (EhcpCaseloadView *self, GParamSpec *pspec, GtkAdjustment *adjustment)
{
  int width = (int) gtk_adjustment_get_page_size (adjustment);

  if (width == self->width)
    return;
  self->width = width;
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* Making it */

static void
make_chips (EhcpCaseloadView *self)
{
  for (guint i = 0; i < EHCP_N_CHIPS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->chip_buttons[i] = button;
      gtk_widget_add_css_class (button, "chip");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->chip_buttons[0]));
      gtk_flow_box_append (GTK_FLOW_BOX (self->chips), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chip_buttons[EHCP_CHIP_ALL]), TRUE);
  for (guint i = 0; i < EHCP_N_CHIPS; i++)
    g_signal_connect_swapped (self->chip_buttons[i], "toggled", G_CALLBACK (choice_cb), self);
}

static void
make_models (EhcpCaseloadView *self)
{
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self)));
  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);

  self->caseload = ehcp_caseload_new (ehcp_view_get_book (EHCP_VIEW (self)), clock);
  ehcp_caseload_columns_add (self->table);
  self->order = ehcp_case_order_new (G_LIST_MODEL (self->caseload));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->order)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_sort_by_column (self->table, ehcp_caseload_columns_find (self->table, "days"),
                                  GTK_SORT_ASCENDING);
  ehcp_caseload_sort_set_table (self->sort, self->table);
  g_signal_connect_object (sorter, "changed", G_CALLBACK (sorter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->caseload, "items-changed", G_CALLBACK (rows_cb), self, G_CONNECT_SWAPPED);
}

static void
new_case_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ehcp_view_go (EHCP_VIEW (widget), "new-case");
}

static void
sort_by_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ehcp_caseload_sort_open (EHCP_CASELOAD_VIEW (widget)->sort);
}

static void
new_case_clicked_cb (EhcpCaseloadView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "new-case");
}

static void
make_header (EhcpCaseloadView *self)
{
  GtkWidget *button = ehcp_staff_button_new ("list-add-symbolic", _("New case"));

  self->new_case = button;
  g_signal_connect_object (button, "clicked", G_CALLBACK (new_case_clicked_cb), self, G_CONNECT_SWAPPED);
  ehcp_view_set_header_start (EHCP_VIEW (self), button);
  ehcp_staff_header_show (EHCP_VIEW (self), "caseload");
}

static void
constructed (GObject *object)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (object);
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));

  G_OBJECT_CLASS (ehcp_caseload_view_parent_class)->constructed (object);
  ehcp_view_set_title (EHCP_VIEW (self), _("Caseload"));
  ehcp_view_set_has_back (EHCP_VIEW (self), FALSE);
  make_header (self);
  self->is_filling = TRUE;
  fill_stages (self);
  make_chips (self);
  make_models (self);
  self->is_filling = FALSE;
  fill_scopes (self);
  apply_filter (self);
  g_signal_connect_object (self->caseload, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::has-first-sync", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_clear_handle_id (&self->typed_source, g_source_remove);
  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->order);
  g_clear_object (&self->caseload);
  G_OBJECT_CLASS (ehcp_caseload_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  EhcpCaseloadView *self = EHCP_CASELOAD_VIEW (object);

  g_free (self->words);
  ehcp_caseload_scope_clear (&self->scope);
  G_OBJECT_CLASS (ehcp_caseload_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, chips);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, stages);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, scopes);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, sort);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, search);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, table);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, totals);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, hint);
  gtk_widget_class_bind_template_child (widget_class, EhcpCaseloadView, requests);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_case_clicked_cb);
}

static void
ehcp_caseload_view_class_init (EhcpCaseloadViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = constructed;
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  EHCP_VIEW_CLASS (klass)->shown = shown;
  EHCP_VIEW_CLASS (klass)->search = search_vfunc;
  EHCP_VIEW_CLASS (klass)->close_inner = close_inner;
  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_CASELOAD_SORT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/staff/ehcp-caseload-view.ui");
  gtk_widget_class_install_action (widget_class, "caseload.new-case", NULL, new_case_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "caseload.new-case", NULL);
  gtk_widget_class_install_action (widget_class, "caseload.sort-by", NULL, sort_by_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "caseload.sort-by", NULL);
  bind_children (widget_class);
}

static void
ehcp_caseload_view_init (EhcpCaseloadView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->filter.words = "";
  gtk_widget_init_template (GTK_WIDGET (self));
  self->scope.choice = self->scopes;
  ehcp_stack_pages_hide_others (self->stack);
  g_signal_connect_swapped (gtk_scrolled_window_get_hadjustment (self->scroller), "notify::page-size",
                            G_CALLBACK (width_cb), self);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->table));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}
