/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents about one child. Files of messages are not in the list, where people look for letters and
 * reports, but can be opened here from their message. */
#include "ehcp-documents-view.h"

#include <glib/gi18n.h>

#include "ehcp-document-row.h"
#include "ehcp-document-viewer.h"
#include "ehcp-document-words.h"
#include "ehcp-family-header.h"
#include "ehcp-panes.h"
#include "ehcp-search-words.h"
#include "ehcp-size-words.h"
#include "ehcp-stack-pages.h"

struct _EhcpDocumentsView
{
  EhcpView parent_instance;

  EhcpPanes *panes;
  GtkSearchEntry *search;
  GtkLabel *hits;
  GtkStack *pages;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkButton *next_step;
  GtkSwitch *keep_all;
  GtkLabel *space;
  GtkWidget *compare;
  EhcpDocumentViewer *viewer;

  char *case_id;
  char *wanted; /* a document that the place names and that has not come yet */
  char *folded; /* what is searched for; "" for nothing */
};

G_DEFINE_FINAL_TYPE (EhcpDocumentsView, ehcp_documents_view, EHCP_TYPE_VIEW)

static GListModel *
get_documents (EhcpDocumentsView *self)
{
  return ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT, self->case_id);
}

/* What somebody added is not news to them. */
static gboolean
is_new (EhcpDocumentsView *self, EhcpRecord *document)
{
  return !ehcp_record_has (document, "added_by") &&
         !ehcp_book_is_read (ehcp_view_get_book (EHCP_VIEW (self)), document);
}

static gboolean
is_listed (EhcpRecord *document)
{
  return !ehcp_record_has (document, "message");
}

static EhcpDocumentRow *
find_row (EhcpDocumentsView *self, EhcpRecord *document)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (EHCP_IS_DOCUMENT_ROW (child) &&
        ehcp_document_row_get_document (EHCP_DOCUMENT_ROW (child)) == document)
      return EHCP_DOCUMENT_ROW (child);
  return NULL;
}

static void
remove_rows_except (EhcpDocumentsView *self, GHashTable *kept)
{
  GtkWidget *next = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (next != NULL)
    {
      GtkWidget *row = next;

      next = gtk_widget_get_next_sibling (row);
      if (EHCP_IS_DOCUMENT_ROW (row) && !g_hash_table_contains (kept, row))
        gtk_list_box_remove (self->list, row);
    }
}

/* Of the files of this child: what they need, sealed, is the same but for a few bytes each. */
static void
show_space (EhcpDocumentsView *self)
{
  GListModel *documents = get_documents (self);
  g_autofree char *size = NULL;
  g_autofree char *words = NULL;
  gint64 n_bytes = 0;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      if (!ehcp_record_is_kept (document))
        continue;
      n++;
      n_bytes += ehcp_record_get_int (document, "size");
    }
  size = ehcp_size_words (n_bytes);
  words = n == 0 ? g_strdup (_("No file is kept on this computer"))
                 : g_strdup_printf (ngettext ("%u file on this computer, %s", "%u files on this computer, %s", n),
                                    n, size);
  gtk_label_set_label (self->space, words);
}

static void
kept_cb (EhcpDocumentsView *self, GParamSpec *pspec, EhcpRecord *document)
{
  EhcpDocumentRow *row = find_row (self, document);

  if (row != NULL)
    ehcp_document_row_refresh (row, is_new (self, document));
  show_space (self);
}

static EhcpDocumentRow *
add_row (EhcpDocumentsView *self, EhcpRecord *document)
{
  EhcpDocumentRow *row = ehcp_document_row_new (document);

  g_signal_connect_object (document, "notify::kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  return row;
}

/* Returns how many there are. */
static guint
show_rows (EhcpDocumentsView *self)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  GListModel *documents = get_documents (self);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);
      EhcpDocumentRow *row = find_row (self, document);

      if (!is_listed (document))
        continue;
      if (row == NULL)
        row = add_row (self, document);
      ehcp_document_row_refresh (row, is_new (self, document));
      g_hash_table_add (kept, row);
    }
  remove_rows_except (self, kept);
  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
  return g_hash_table_size (kept);
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  return ehcp_document_compare (ehcp_document_row_get_document (EHCP_DOCUMENT_ROW (a)),
                                ehcp_document_row_get_document (EHCP_DOCUMENT_ROW (b)));
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  return ehcp_document_row_matches (EHCP_DOCUMENT_ROW (row), ((EhcpDocumentsView *) data)->folded);
}

/* Pages of the list */

static guint
count_hits (EhcpDocumentsView *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  guint n = 0;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    n += EHCP_IS_DOCUMENT_ROW (child) &&
         ehcp_document_row_matches (EHCP_DOCUMENT_ROW (child), self->folded);
  return n;
}

static void
show_empty (EhcpDocumentsView *self, const char *title, const char *text, const char *next)
{
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, text);
  gtk_button_set_label (self->next_step, next);
  gtk_stack_set_visible_child_name (self->pages, "empty");
}

static void
show_page (EhcpDocumentsView *self, guint n_documents)
{
  gboolean is_searching = *self->folded != '\0';
  guint n_hits = count_hits (self);
  gboolean has_view = FALSE;
  g_autofree char *hits =
      g_strdup_printf (ngettext ("%u document found", "%u documents found", n_hits), n_hits);

  g_object_get (ehcp_view_get_link (EHCP_VIEW (self)), "has-first-sync", &has_view, NULL);
  gtk_label_set_label (self->hits, hits);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), is_searching && n_hits > 0);
  if (n_documents == 0 && !has_view &&
      ehcp_family_header_get_case (EHCP_VIEW (self), self->case_id) == NULL)
    gtk_stack_set_visible_child_name (self->pages, "loading");
  else if (n_documents == 0)
    show_empty (self, _("No documents yet"),
                _("Letters, reports and the draft plan are here as soon as the council sends them. You get an "
                  "e-mail each time."), _("Ask about a document"));
  else if (n_hits == 0)
    show_empty (self, _("No document found"),
                _("Names and kinds are searched here, and the text of the document that is open. Try fewer "
                  "words, or part of a word."), _("Clear the search"));
  else
    gtk_stack_set_visible_child_name (self->pages, "list");
}

static void
select_open_row (EhcpDocumentsView *self)
{
  EhcpRecord *document = ehcp_document_viewer_get_document (self->viewer);
  EhcpDocumentRow *row = document != NULL ? find_row (self, document) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    gtk_list_box_unselect_all (self->list);
}

static void
open_document (EhcpDocumentsView *self, EhcpRecord *document)
{
  ehcp_panes_set_shows_content (self->panes, TRUE);
  ehcp_document_viewer_open (self->viewer, ehcp_view_get_link (EHCP_VIEW (self)), document);
  select_open_row (self);
  if (ehcp_panes_is_narrow (self->panes))
    gtk_widget_child_focus (GTK_WIDGET (self->viewer), GTK_DIR_TAB_FORWARD);
}

static void
close_document (EhcpDocumentsView *self)
{
  EhcpRecord *document = ehcp_document_viewer_get_document (self->viewer);
  EhcpDocumentRow *row = document != NULL ? find_row (self, document) : NULL;

  ehcp_document_viewer_close (self->viewer);
  ehcp_panes_set_shows_content (self->panes, FALSE);
  gtk_list_box_unselect_all (self->list);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* A document that the council withdrew goes from the screen too. */
static void
follow_open_document (EhcpDocumentsView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpRecord *document = ehcp_document_viewer_get_document (self->viewer);
  EhcpRecord *wanted = ehcp_book_find (book, EHCP_KIND_DOCUMENT, self->wanted);

  if (document != NULL && ehcp_book_find (book, EHCP_KIND_DOCUMENT, ehcp_record_get_id (document)) == NULL)
    {
      close_document (self);
      ehcp_view_toast (EHCP_VIEW (self), _("The council took this document back"));
    }
  if (wanted != NULL)
    {
      g_clear_pointer (&self->wanted, g_free);
      open_document (self, wanted);
    }
}

static void
show_keep_all (EhcpDocumentsView *self)
{
  gboolean keep_all = ehcp_link_get_keep_all (ehcp_view_get_link (EHCP_VIEW (self)), self->case_id);

  if (gtk_switch_get_active (self->keep_all) != keep_all)
    gtk_switch_set_active (self->keep_all, keep_all);
}

static gboolean
has_two_plans (EhcpDocumentsView *self)
{
  GListModel *documents = get_documents (self);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);
      const char *kind = ehcp_record_get_text (document, "kind");

      n += g_strcmp0 (kind, "draft-plan") == 0 || g_strcmp0 (kind, "final-plan") == 0;
    }
  return n > 1;
}

static void
refresh (EhcpDocumentsView *self)
{
  guint n_documents = show_rows (self);

  ehcp_family_header_show (EHCP_VIEW (self), self->case_id, _("Documents to View"));
  show_page (self, n_documents);
  follow_open_document (self);
  select_open_row (self);
  show_space (self);
  gtk_widget_set_visible (self->compare, has_two_plans (self));
}

/* Acts */

static void
row_activated_cb (EhcpDocumentsView *self, GtkListBoxRow *row)
{
  open_document (self, ehcp_document_row_get_document (EHCP_DOCUMENT_ROW (row)));
}

static void
search_changed_cb (EhcpDocumentsView *self)
{
  g_free (self->folded);
  self->folded = ehcp_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_strstrip (self->folded);
  gtk_list_box_invalidate_filter (self->list);
  show_page (self, g_list_model_get_n_items (get_documents (self)));
  ehcp_document_viewer_find (self->viewer, self->folded);
}

static void
stop_search_cb (EhcpDocumentsView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
next_step_cb (EhcpDocumentsView *self)
{
  if (*self->folded != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    ehcp_view_go (EHCP_VIEW (self), "compose/%s", self->case_id);
}

static void
keep_all_cb (EhcpDocumentsView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  gboolean keep_all = gtk_switch_get_active (self->keep_all);

  if (self->case_id != NULL && ehcp_link_get_keep_all (link, self->case_id) != keep_all)
    ehcp_link_set_keep_all (link, self->case_id, keep_all);
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  ehcp_view_go (EHCP_VIEW (widget), "add-document/%s", EHCP_DOCUMENTS_VIEW (widget)->case_id);
}

static void
go_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  ehcp_view_go (EHCP_VIEW (widget), "%s/%s", g_str_equal (name, "documents.papers") ? "take-out" : "compare",
                EHCP_DOCUMENTS_VIEW (widget)->case_id);
}

/* A file under way, or one that was refused. Once the council has it, it is too late. */
static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (widget));
  const char *id = g_variant_get_string (target, NULL);

  ehcp_link_discard_about (link, EHCP_KIND_DOCUMENT, id);
  ehcp_link_undo_about (link, EHCP_KIND_DOCUMENT, id);
  if (ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (widget)), EHCP_KIND_DOCUMENT, id) != NULL)
    ehcp_view_toast (EHCP_VIEW (widget), _("The council has this document already"));
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  ehcp_link_retry (ehcp_view_get_link (EHCP_VIEW (widget)), g_variant_get_string (target, NULL));
}

static void
narrow_cb (EhcpDocumentsView *self)
{
  ehcp_document_viewer_set_narrow (self->viewer, ehcp_panes_is_narrow (self->panes));
}

/* As a screen */

static void
ehcp_documents_view_shown (EhcpView *view)
{
  ehcp_family_header_show_back (view);
  show_keep_all (EHCP_DOCUMENTS_VIEW (view));
  refresh (EHCP_DOCUMENTS_VIEW (view));
}

static gboolean
ehcp_documents_view_search (EhcpView *view)
{
  EhcpDocumentsView *self = EHCP_DOCUMENTS_VIEW (view);
  gboolean shows_document = ehcp_panes_is_narrow (self->panes)
                                ? ehcp_panes_get_shows_content (self->panes)
                                : gtk_widget_get_focus_child (GTK_WIDGET (self->viewer)) != NULL;

  if (shows_document && ehcp_document_viewer_start_find (self->viewer))
    return TRUE;
  return ehcp_panes_focus_search (self->panes, GTK_WIDGET (self->search));
}

static gboolean
ehcp_documents_view_close_inner (EhcpView *view)
{
  EhcpDocumentsView *self = EHCP_DOCUMENTS_VIEW (view);

  if (!ehcp_panes_hides_list (self->panes))
    return FALSE;
  close_document (self);
  return TRUE;
}

/* The keys of the document that is open work beside it too, in the list that it was chosen from. */
static gboolean
pass_to_viewer_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EhcpDocumentsView *self = EHCP_DOCUMENTS_VIEW (widget);
  const char *action = NULL;

  if (ehcp_document_viewer_get_document (self->viewer) == NULL)
    return FALSE;
  g_variant_get (arguments, "(&s)", &action);
  return gtk_widget_activate_action (GTK_WIDGET (self->viewer), action, NULL);
}

static void
ehcp_documents_view_constructed (GObject *object)
{
  EhcpDocumentsView *self = EHCP_DOCUMENTS_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  const char *argument = ehcp_view_get_argument (view);
  g_auto (GStrv) parts = g_strsplit (argument != NULL ? argument : "", "/", 2);

  G_OBJECT_CLASS (ehcp_documents_view_parent_class)->constructed (object);
  self->case_id = g_strdup (parts[0] != NULL ? parts[0] : "");
  self->wanted = g_strdup (parts[0] != NULL ? parts[1] : NULL);
  ehcp_view_set_back_label (view, _("Return to Dashboard"));
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ehcp_view_get_link (view), "notify::has-first-sync", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  show_keep_all (self);
  refresh (self);
}

static void
ehcp_documents_view_dispose (GObject *object)
{
  EhcpDocumentsView *self = EHCP_DOCUMENTS_VIEW (object);

  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->folded, g_free);
  G_OBJECT_CLASS (ehcp_documents_view_parent_class)->dispose (object);
}

static void
ehcp_documents_view_class_init (EhcpDocumentsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EhcpViewClass *view_class = EHCP_VIEW_CLASS (klass);

  object_class->constructed = ehcp_documents_view_constructed;
  object_class->dispose = ehcp_documents_view_dispose;
  view_class->shown = ehcp_documents_view_shown;
  view_class->search = ehcp_documents_view_search;
  view_class->close_inner = ehcp_documents_view_close_inner;

  gtk_widget_class_install_action (widget_class, "documents.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "documents.papers", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "documents.compare", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "documents.cancel", "s", cancel_cb);
  gtk_widget_class_install_action (widget_class, "documents.retry", "s", retry_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, pass_to_viewer_cb, "(s)", "viewer.print");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, pass_to_viewer_cb, "(s)", "viewer.save");
  g_type_ensure (EHCP_TYPE_PANES);
  g_type_ensure (EHCP_TYPE_DOCUMENT_VIEWER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-documents-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, panes);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, search);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, hits);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, empty);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, next_step);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, keep_all);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, space);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, compare);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentsView, viewer);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_all_cb);
}

static void
ehcp_documents_view_init (EhcpDocumentsView *self)
{
  self->folded = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->pages);
  gtk_list_box_set_sort_func (self->list, sort_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  g_signal_connect_object (self->panes, "notify::is-narrow", G_CALLBACK (narrow_cb), self,
                           G_CONNECT_SWAPPED);
}
