/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "inbox": all threads; "inbox/CASE[/THREAD]": those about one child. The rows follow the book. At most 300 rows
 * are made: the search finds the others. */
#include "ehcp-inbox-view.h"

#include <glib/gi18n.h>

#include "ehcp-desk-page.h"
#include "ehcp-inbox.h"
#include "ehcp-message-row.h"
#include "ehcp-message-thread.h"
#include "ehcp-panes.h"
#include "ehcp-search-words.h"
#include "ehcp-stack-pages.h"
#include "ehcp-staff-header.h"

#define MOST_ROWS 300

struct _EhcpInboxView
{
  EhcpView parent_instance;

  EhcpPanes *panes;
  GtkWidget *boxes;
  GtkToggleButton *own, *team;
  GtkSearchEntry *search;
  GtkLabel *summary;
  GtkStack *pages;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkWidget *more, *templates;
  EhcpMessageThread *thread;
  GtkWidget *compose, *write_many; /* in a case, and from all of them: beside the tabs it would be cut */
  GtkLabel *compose_label;

  char *case_id; /* NULL: of all cases */
  char *folded;
};

G_DEFINE_FINAL_TYPE (EhcpInboxView, ehcp_inbox_view, EHCP_TYPE_VIEW)

/* Rows */

static EhcpMessageRow *
find_row (EhcpInboxView *self, const char *id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (EHCP_IS_MESSAGE_ROW (child) && g_strcmp0 (ehcp_message_row_get_id (EHCP_MESSAGE_ROW (child)), id) == 0)
      return EHCP_MESSAGE_ROW (child);
  return NULL;
}

static void
show_row (EhcpInboxView *self, EhcpMessageRow *row, const EhcpInboxThread *thread, guint position)
{
  gint64 now_s = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  EhcpThread shown = { thread->id, thread->last,
                       thread->is_refused ? EHCP_MESSAGE_NOT_SENT
                       : thread->is_unread ? EHCP_MESSAGE_NEW
                                           : ehcp_message_state_for_staff (thread->last, TRUE),
                       thread->n_messages, thread->folded };
  g_autofree char *child = ehcp_desk_name_child (thread->child);

  ehcp_message_row_show (row, &shown, position, now_s);
  ehcp_message_row_show_about (row, child, thread->is_our_turn ? _("our turn") : _("the family’s turn"));
  g_object_set_data_full (G_OBJECT (row), "case", g_strdup (ehcp_record_get_id (thread->child)), g_free);
}

static void
remove_rows_except (EhcpInboxView *self, GHashTable *kept)
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

/* Rows of threads that stay stay too, with the focus and the selection. Returns how many there are. */
static guint
show_rows (EhcpInboxView *self, GPtrArray *threads, guint *n_unread)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  guint n = 0;

  *n_unread = 0;
  for (guint i = 0; i < threads->len; i++)
    {
      const EhcpInboxThread *thread = threads->pdata[i];
      EhcpMessageRow *row;
      gboolean is_new;

      if (!ehcp_search_matches (thread->folded, self->folded))
        continue;
      *n_unread += thread->is_unread;
      if (++n > MOST_ROWS)
        continue;
      row = find_row (self, thread->id);
      is_new = row == NULL;
      if (is_new)
        row = ehcp_message_row_new ();
      show_row (self, row, thread, i);
      if (is_new)
        gtk_list_box_append (self->list, GTK_WIDGET (row));
      g_hash_table_add (kept, row);
    }
  remove_rows_except (self, kept);
  gtk_list_box_invalidate_sort (self->list);
  return n;
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  return (int) ehcp_message_row_get_position (EHCP_MESSAGE_ROW (a)) -
         (int) ehcp_message_row_get_position (EHCP_MESSAGE_ROW (b));
}

static void
select_open_row (EhcpInboxView *self)
{
  const char *id = ehcp_message_thread_get_id (self->thread);
  EhcpMessageRow *row = id != NULL ? find_row (self, id) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    gtk_list_box_unselect_all (self->list);
}

static void
show_summary (EhcpInboxView *self, guint n, guint n_unread)
{
  g_autofree char *all = g_strdup_printf (ngettext ("%u conversation", "%u conversations", n), n);
  /* Translators: how many conversations, and how many of them are unread */
  g_autofree char *words = g_strdup_printf (_("%s, %u unread"), all, n_unread);

  gtk_label_set_label (self->summary, words);
  adw_status_page_set_title (self->empty, *self->folded != '\0' ? _("Nothing found") : _("No messages yet"));
  adw_status_page_set_description (self->empty,
                                   *self->folded != '\0' ? _("Try fewer words, or look in Team.")
                                                         : _("What families write about these cases is here."));
  gtk_stack_set_visible_child_name (self->pages, n > 0 ? "list" : "empty");
}

static void
refresh (EhcpInboxView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  g_autoptr (GPtrArray) threads = NULL;
  guint n, n_unread;

  if (self->folded == NULL)
    return;
  threads = ehcp_inbox_list (book, self->case_id,
                             self->case_id == NULL && gtk_toggle_button_get_active (self->own));
  n = show_rows (self, threads, &n_unread);
  show_summary (self, n, n_unread);
  gtk_widget_set_visible (self->templates, ehcp_desk_is_manager (book));
  ehcp_message_thread_refresh (self->thread);
  select_open_row (self);
}

/* Acts */

static void
open_thread (EhcpInboxView *self, const char *case_id, const char *id)
{
  ehcp_panes_set_shows_content (self->panes, TRUE);
  ehcp_message_thread_open (self->thread, ehcp_view_get_link (EHCP_VIEW (self)), case_id, id);
  select_open_row (self);
  if (ehcp_panes_is_narrow (self->panes))
    gtk_widget_child_focus (GTK_WIDGET (self->thread), GTK_DIR_TAB_FORWARD);
}

static void
close_thread (EhcpInboxView *self)
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
row_activated_cb (EhcpInboxView *self, GtkListBoxRow *row)
{
  open_thread (self, g_object_get_data (G_OBJECT (row), "case"),
               ehcp_message_row_get_id (EHCP_MESSAGE_ROW (row)));
}

static void
thread_closed_cb (EhcpInboxView *self)
{
  close_thread (self);
}

static void
search_changed_cb (EhcpInboxView *self)
{
  g_free (self->folded);
  self->folded = g_strstrip (ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  refresh (self);
}

static void
stop_search_cb (EhcpInboxView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
compose_cb (EhcpInboxView *self)
{
  if (self->case_id != NULL)
    ehcp_view_go (EHCP_VIEW (self), "write/%s", self->case_id);
  else
    ehcp_view_go (EHCP_VIEW (self), "write-many");
}

static void
compose_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  compose_cb (EHCP_INBOX_VIEW (widget));
}

static void
open_nth_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (
      EHCP_INBOX_VIEW (widget)->list,
      (int) g_ascii_strtoll (g_variant_get_string (parameter, NULL), NULL, 10));

  if (row != NULL)
    gtk_widget_activate (GTK_WIDGET (row));
}

static void
show_team_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_toggle_button_set_active (EHCP_INBOX_VIEW (widget)->team, TRUE);
}

static void
narrow_cb (EhcpInboxView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->compose_label), !ehcp_panes_is_narrow (self->panes));
}

/* As a screen */

static void
ehcp_inbox_view_shown (EhcpView *view)
{
  refresh (EHCP_INBOX_VIEW (view));
}

static gboolean
ehcp_inbox_view_search (EhcpView *view)
{
  EhcpInboxView *self = EHCP_INBOX_VIEW (view);

  return ehcp_panes_focus_search (self->panes, GTK_WIDGET (self->search));
}

static gboolean
ehcp_inbox_view_close_inner (EhcpView *view)
{
  EhcpInboxView *self = EHCP_INBOX_VIEW (view);

  if (!ehcp_panes_hides_list (self->panes))
    return FALSE;
  close_thread (self);
  return TRUE;
}

static void
show_head (EhcpInboxView *self)
{
  EhcpView *view = EHCP_VIEW (self);
  EhcpRecord *child = self->case_id != NULL
                          ? ehcp_book_find (ehcp_view_get_book (view), EHCP_KIND_CASE, self->case_id) : NULL;
  g_autofree char *name = child != NULL ? ehcp_desk_name_child (child) : NULL;
  g_autofree char *about = name != NULL ? g_strdup_printf (_("About %s"), name) : NULL;

  ehcp_view_set_title (view, _("Messages"));
  ehcp_view_set_subtitle (view, about);
  ehcp_view_set_avatar (view, name);
  ehcp_view_set_back_label (view, self->case_id != NULL ? _("Case") : _("Caseload"));
  gtk_widget_set_visible (self->boxes, self->case_id == NULL);
  gtk_widget_set_visible (self->more, self->case_id == NULL);
  gtk_widget_set_visible (self->write_many, self->case_id == NULL);
  gtk_widget_set_visible (self->compose, self->case_id != NULL);
  ehcp_view_set_header_end (view, self->compose);
  if (self->case_id == NULL)
    ehcp_staff_header_show (view, "inbox");
}

static void
ehcp_inbox_view_constructed (GObject *object)
{
  EhcpInboxView *self = EHCP_INBOX_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  const char *argument = ehcp_view_get_argument (view);
  g_auto (GStrv) parts = g_strsplit (argument != NULL ? argument : "", "/", 2);

  G_OBJECT_CLASS (ehcp_inbox_view_parent_class)->constructed (object);
  self->case_id = g_strdup (parts[0]);
  /* A manager has no cases of their own. */
  if (ehcp_desk_is_manager (ehcp_view_get_book (view)))
    gtk_toggle_button_set_active (self->team, TRUE);
  show_head (self);
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  if (parts[0] != NULL && parts[1] != NULL)
    open_thread (self, parts[0], parts[1]);
}

static void
ehcp_inbox_view_dispose (GObject *object)
{
  EhcpInboxView *self = EHCP_INBOX_VIEW (object);

  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->folded, g_free);
  G_OBJECT_CLASS (ehcp_inbox_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpInboxView, name)

static void
ehcp_inbox_view_class_init (EhcpInboxViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_inbox_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_inbox_view_dispose;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_inbox_view_shown;
  EHCP_VIEW_CLASS (klass)->search = ehcp_inbox_view_search;
  EHCP_VIEW_CLASS (klass)->close_inner = ehcp_inbox_view_close_inner;
  g_type_ensure (EHCP_TYPE_PANES);
  g_type_ensure (EHCP_TYPE_MESSAGE_THREAD);
  gtk_widget_class_install_action (widget_class, "inbox.open", "s", open_nth_cb);
  gtk_widget_class_install_action (widget_class, "inbox.team", NULL, show_team_cb);
  gtk_widget_class_install_action (widget_class, "inbox.compose", NULL, compose_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "inbox.compose", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/staff/ehcp-inbox-view.ui");
  BIND (panes);
  BIND (boxes);
  BIND (own);
  BIND (team);
  BIND (search);
  BIND (summary);
  BIND (pages);
  BIND (list);
  BIND (empty);
  BIND (more);
  BIND (templates);
  BIND (thread);
  BIND (compose);
  BIND (compose_label);
  BIND (write_many);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, thread_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, compose_cb);
}

static void
ehcp_inbox_view_init (EhcpInboxView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->folded = g_strdup ("");
  ehcp_stack_pages_hide_others (self->pages);
  gtk_list_box_set_sort_func (self->list, sort_cb, NULL, NULL);
  g_signal_connect_object (self->panes, "notify::is-narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
}
