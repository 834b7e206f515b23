/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages about one child. The rows follow the book; which of them a thread is opened from is all
 * that this screen keeps. */
#include "ehcp-messages-view.h"

#include <glib/gi18n.h>

#include "ehcp-family-header.h"
#include "ehcp-message-row.h"
#include "ehcp-message-thread.h"
#include "ehcp-message-threads.h"
#include "ehcp-panes.h"
#include "ehcp-search-words.h"
#include "ehcp-stack-pages.h"

struct _EhcpMessagesView
{
  EhcpView parent_instance;

  EhcpPanes *panes;
  GtkToggleButton *inbox;
  GtkToggleButton *sent;
  GtkToggleButton *drafts;
  GtkSearchEntry *search;
  GtkLabel *hits;
  GtkStack *pages;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkButton *next_step;
  EhcpMessageThread *thread;
  GtkWidget *compose;
  GtkWidget *compose_label;

  char *case_id;
  char *folded;       /* what is searched for; "" for nothing */
  EhcpBox next_box;   /* where the next step of an empty page leads; EHCP_N_BOXES: a new message */
};

G_DEFINE_FINAL_TYPE (EhcpMessagesView, ehcp_messages_view, EHCP_TYPE_VIEW)

static EhcpBox
get_box (EhcpMessagesView *self)
{
  if (gtk_toggle_button_get_active (self->sent))
    return EHCP_BOX_SENT;
  return gtk_toggle_button_get_active (self->drafts) ? EHCP_BOX_DRAFTS : EHCP_BOX_INBOX;
}

static GtkToggleButton *
get_button (EhcpMessagesView *self, EhcpBox box)
{
  return box == EHCP_BOX_SENT ? self->sent : box == EHCP_BOX_DRAFTS ? self->drafts : self->inbox;
}

static gboolean
is_read_cb (EhcpRecord *message, gpointer data)
{
  return ehcp_book_is_read (data, message);
}

static GPtrArray *
list_threads (EhcpMessagesView *self, EhcpBox box)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));

  return ehcp_threads_list (box, ehcp_book_get_list (book, EHCP_KIND_MESSAGE, self->case_id),
                            ehcp_book_get_list (book, EHCP_KIND_DRAFT, self->case_id), is_read_cb, book);
}

static guint
count_hits (EhcpMessagesView *self, EhcpBox box)
{
  g_autoptr (GPtrArray) threads = list_threads (self, box);
  guint n = 0;

  for (guint i = 0; i < threads->len; i++)
    n += ehcp_search_matches (((EhcpThread *) g_ptr_array_index (threads, i))->folded, self->folded);
  return n;
}

/* Tabs */

/* The visible label has the count; the accessible one is the name alone, so that it never changes. */
static void
show_tab (GtkToggleButton *button, const char *name, guint count, const char *spoken)
{
  g_autofree char *label = count > 0 ? g_strdup_printf ("%s (%u)", name, count) : g_strdup (name);

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, count > 0 ? spoken : "", -1);
}

static void
show_tabs (EhcpMessagesView *self)
{
  g_autoptr (GPtrArray) inbox = list_threads (self, EHCP_BOX_INBOX);
  g_autoptr (GPtrArray) drafts = list_threads (self, EHCP_BOX_DRAFTS);
  guint n_new = ehcp_book_count_unread (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_MESSAGE,
                                        self->case_id);
  g_autofree char *new_words = g_strdup_printf (ngettext ("%u new message", "%u new messages", n_new), n_new);
  g_autofree char *draft_words =
      g_strdup_printf (ngettext ("%u draft", "%u drafts", drafts->len), drafts->len);

  show_tab (self->inbox, _("Inbox"), n_new, new_words);
  show_tab (self->sent, _("Sent Items"), 0, "");
  show_tab (self->drafts, _("Drafts"), drafts->len, draft_words);
}

/* Rows */

static EhcpMessageRow *
find_row (EhcpMessagesView *self, const char *id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (EHCP_IS_MESSAGE_ROW (child) &&
        g_strcmp0 (ehcp_message_row_get_id (EHCP_MESSAGE_ROW (child)), id) == 0)
      return EHCP_MESSAGE_ROW (child);
  return NULL;
}

static void
remove_rows_except (EhcpMessagesView *self, GHashTable *kept)
{
  GtkWidget *next = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (next != NULL)
    {
      GtkWidget *row = next;

      next = gtk_widget_get_next_sibling (row);
      if (EHCP_IS_MESSAGE_ROW (row) && !g_hash_table_contains (kept, row))
        gtk_list_box_remove (self->list, row);
    }
}

/* Rows of threads that stay stay too, with the focus and the selection. */
static void
show_rows (EhcpMessagesView *self, GPtrArray *threads)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  gint64 now_s = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));

  for (guint i = 0; i < threads->len; i++)
    {
      const EhcpThread *thread = g_ptr_array_index (threads, i);
      EhcpMessageRow *row = find_row (self, thread->id);
      gboolean is_new = row == NULL;

      if (is_new)
        row = ehcp_message_row_new ();
      ehcp_message_row_show (row, thread, i, now_s);
      if (is_new)
        gtk_list_box_append (self->list, GTK_WIDGET (row));
      g_hash_table_add (kept, row);
    }
  remove_rows_except (self, kept);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  return (int) ehcp_message_row_get_position (EHCP_MESSAGE_ROW (a)) -
         (int) ehcp_message_row_get_position (EHCP_MESSAGE_ROW (b));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  EhcpMessagesView *self = data;

  return ehcp_search_matches (ehcp_message_row_get_folded (EHCP_MESSAGE_ROW (row)), self->folded);
}

/* The row of the open thread is the selected one. */
static void
select_open_row (EhcpMessagesView *self)
{
  const char *id = ehcp_message_thread_get_id (self->thread);
  EhcpMessageRow *row = id != NULL ? find_row (self, id) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    gtk_list_box_unselect_all (self->list);
}

/* Pages of the list */

static const char *
get_box_name (EhcpBox box)
{
  return box == EHCP_BOX_SENT ? _("Sent Items") : box == EHCP_BOX_DRAFTS ? _("Drafts") : _("Inbox");
}

static void
show_next_step (EhcpMessagesView *self, EhcpBox box, const char *label)
{
  self->next_box = box;
  gtk_widget_set_visible (GTK_WIDGET (self->next_step), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->next_step, label);
}

static void
show_empty (EhcpMessagesView *self, EhcpBox box)
{
  static const char *const titles[] = { N_("No messages yet"), N_("Nothing sent yet"), N_("No drafts") };
  static const char *const texts[] = {
    N_("What the council writes to you is here. You also get an e-mail when something new has come."),
    N_("What you send is here, with whether it has been read."),
    N_("What you begin to write is kept here until you send it."),
  };

  adw_status_page_set_icon_name (self->empty, box == EHCP_BOX_DRAFTS ? "document-edit-symbolic"
                                              : box == EHCP_BOX_SENT ? "mail-send-symbolic"
                                                                     : "mail-unread-symbolic");
  adw_status_page_set_title (self->empty, _(titles[box]));
  adw_status_page_set_description (self->empty, _(texts[box]));
  show_next_step (self, EHCP_N_BOXES, _("Write a message"));
  gtk_stack_set_visible_child_name (self->pages, "empty");
}

/* What is not in this box may be in another one. */
static void
show_no_results (EhcpMessagesView *self, EhcpBox box)
{
  EhcpBox other = EHCP_N_BOXES;
  guint n = 0;
  g_autofree char *title = g_strdup_printf (_("Nothing found in %s"), get_box_name (box));
  g_autofree char *label = NULL;

  for (EhcpBox i = 0; i < EHCP_N_BOXES && n == 0; i++)
    if (i != box && (n = count_hits (self, i)) > 0)
      other = i;
  if (n > 0)
    label = g_strdup_printf (_("Show %u in %s"), n, get_box_name (other));
  adw_status_page_set_icon_name (self->empty, "edit-find-symbolic");
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty,
                                   n > 0 ? NULL : _("Try fewer words, or part of a word."));
  show_next_step (self, other, label != NULL ? label : _("Clear the search"));
  gtk_stack_set_visible_child_name (self->pages, "empty");
}

static void
show_page (EhcpMessagesView *self, GPtrArray *threads)
{
  gboolean has_view = FALSE;
  EhcpBox box = get_box (self);
  guint n_hits = *self->folded != '\0' ? count_hits (self, box) : 0;
  g_autofree char *hits =
      g_strdup_printf (ngettext ("%u message found", "%u messages found", n_hits), n_hits);

  g_object_get (ehcp_view_get_link (EHCP_VIEW (self)), "has-first-sync", &has_view, NULL);
  gtk_label_set_label (self->hits, hits);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), n_hits > 0);
  if (threads->len == 0 && !has_view &&
      ehcp_family_header_get_case (EHCP_VIEW (self), self->case_id) == NULL)
    gtk_stack_set_visible_child_name (self->pages, "loading");
  else if (threads->len == 0 && *self->folded == '\0')
    show_empty (self, box);
  else if (*self->folded != '\0' && n_hits == 0)
    show_no_results (self, box);
  else
    gtk_stack_set_visible_child_name (self->pages, "list");
}

static void
refresh (EhcpMessagesView *self)
{
  g_autoptr (GPtrArray) threads = list_threads (self, get_box (self));

  ehcp_family_header_show (EHCP_VIEW (self), self->case_id, _("Messages"));
  show_tabs (self);
  show_rows (self, threads);
  show_page (self, threads);
  ehcp_message_thread_refresh (self->thread);
  select_open_row (self);
}

/* Acts */

static void
open_thread (EhcpMessagesView *self, const char *id)
{
  ehcp_panes_set_shows_content (self->panes, TRUE);
  ehcp_message_thread_open (self->thread, ehcp_view_get_link (EHCP_VIEW (self)), self->case_id, id);
  select_open_row (self);
  if (ehcp_panes_is_narrow (self->panes))
    gtk_widget_child_focus (GTK_WIDGET (self->thread), GTK_DIR_TAB_FORWARD);
}

static void
close_thread (EhcpMessagesView *self)
{
  const char *id = ehcp_message_thread_get_id (self->thread);
  EhcpMessageRow *row = id != NULL ? find_row (self, id) : NULL;

  ehcp_message_thread_close (self->thread);
  ehcp_panes_set_shows_content (self->panes, FALSE);
  gtk_list_box_unselect_all (self->list);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_activated_cb (EhcpMessagesView *self, GtkListBoxRow *row)
{
  const char *id = ehcp_message_row_get_id (EHCP_MESSAGE_ROW (row));

  if (get_box (self) == EHCP_BOX_DRAFTS)
    ehcp_view_go (EHCP_VIEW (self), "compose/%s/%s", self->case_id, id);
  else
    open_thread (self, id);
}

static void
thread_closed_cb (EhcpMessagesView *self)
{
  close_thread (self);
}

static void
box_toggled_cb (EhcpMessagesView *self, GtkToggleButton *button)
{
  /* Of the two that change, the one that is on now. */
  if (!gtk_toggle_button_get_active (button) || self->case_id == NULL)
    return;
  refresh (self);
}

static void
search_changed_cb (EhcpMessagesView *self)
{
  g_autoptr (GPtrArray) threads = NULL;

  g_free (self->folded);
  self->folded = ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_strstrip (self->folded);
  threads = list_threads (self, get_box (self));
  gtk_list_box_invalidate_filter (self->list);
  show_page (self, threads);
}

static void
stop_search_cb (EhcpMessagesView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
compose_cb (EhcpMessagesView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "compose/%s", self->case_id);
}

static void
compose_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  compose_cb (EHCP_MESSAGES_VIEW (widget));
}

static void
next_step_cb (EhcpMessagesView *self)
{
  if (self->next_box != EHCP_N_BOXES)
    gtk_toggle_button_set_active (get_button (self, self->next_box), TRUE);
  else if (*self->folded != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    compose_cb (self);
}

static void
narrow_cb (EhcpMessagesView *self)
{
  gtk_widget_set_visible (self->compose_label, !ehcp_panes_is_narrow (self->panes));
}

/* For pictures and tests: opens the thread, or the draft, that the row of that position is about. */
static void
open_nth_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (
      self->list, (int) g_ascii_strtoll (g_variant_get_string (parameter, NULL), NULL, 10));

  if (row != NULL)
    gtk_widget_activate (GTK_WIDGET (row));
}

/* "inbox", "sent" or "drafts" */
static void
show_box_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (widget);
  const char *box = g_variant_get_string (parameter, NULL);

  gtk_toggle_button_set_active (g_str_equal (box, "sent") ? self->sent
                                : g_str_equal (box, "drafts") ? self->drafts : self->inbox, TRUE);
}

/* As a screen */

static void
ehcp_messages_view_shown (EhcpView *view)
{
  ehcp_family_header_show_back (view);
  refresh (EHCP_MESSAGES_VIEW (view));
}

static gboolean
ehcp_messages_view_search (EhcpView *view)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (view);

  return ehcp_panes_focus_search (self->panes, GTK_WIDGET (self->search));
}

static gboolean
ehcp_messages_view_close_inner (EhcpView *view)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (view);

  if (!ehcp_panes_hides_list (self->panes))
    return FALSE;
  close_thread (self);
  return TRUE;
}

static void
ehcp_messages_view_constructed (GObject *object)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  const char *argument = ehcp_view_get_argument (view);
  g_auto (GStrv) parts = g_strsplit (argument != NULL ? argument : "", "/", 2);

  G_OBJECT_CLASS (ehcp_messages_view_parent_class)->constructed (object);
  self->case_id = g_strdup (parts[0] != NULL ? parts[0] : "");
  ehcp_view_set_back_label (view, _("Return to Dashboard"));
  ehcp_view_set_header_end (view, self->compose);
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ehcp_view_get_link (view), "notify::has-first-sync", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  if (parts[0] != NULL && parts[1] != NULL)
    open_thread (self, parts[1]);
}

static void
ehcp_messages_view_dispose (GObject *object)
{
  EhcpMessagesView *self = EHCP_MESSAGES_VIEW (object);

  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->folded, g_free);
  G_OBJECT_CLASS (ehcp_messages_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, panes);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, inbox);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, sent);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, drafts);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, search);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, hits);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, empty);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, next_step);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, thread);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, compose);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessagesView, compose_label);
}

static void
ehcp_messages_view_class_init (EhcpMessagesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EhcpViewClass *view_class = EHCP_VIEW_CLASS (klass);

  object_class->constructed = ehcp_messages_view_constructed;
  object_class->dispose = ehcp_messages_view_dispose;
  view_class->shown = ehcp_messages_view_shown;
  view_class->search = ehcp_messages_view_search;
  view_class->close_inner = ehcp_messages_view_close_inner;

  g_type_ensure (EHCP_TYPE_PANES);
  g_type_ensure (EHCP_TYPE_MESSAGE_THREAD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-messages-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, box_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, thread_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compose_cb);
  gtk_widget_class_install_action (widget_class, "messages.compose", NULL, compose_action_cb);
  gtk_widget_class_install_action (widget_class, "messages.open", "s", open_nth_cb);
  gtk_widget_class_install_action (widget_class, "messages.box", "s", show_box_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "messages.compose", NULL);
}

static void
ehcp_messages_view_init (EhcpMessagesView *self)
{
  self->folded = g_strdup ("");
  self->next_box = EHCP_N_BOXES;
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->pages);
  gtk_list_box_set_sort_func (self->list, sort_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  g_signal_connect_object (self->panes, "notify::is-narrow", G_CALLBACK (narrow_cb), self,
                           G_CONNECT_SWAPPED);
}
