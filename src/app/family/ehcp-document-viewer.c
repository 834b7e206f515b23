/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own viewer. PDF, JPEG, PNG and plain text are shown; everything else can be saved. That
 * it was opened is reported to the council once it is seen. */
#include "ehcp-document-viewer.h"

#include <glib/gi18n.h>

#include "ehcp-document-contents.h"
#include "ehcp-document-find-bar.h"
#include "ehcp-document-pages.h"
#include "ehcp-document-print.h"
#include "ehcp-document-reading.h"
#include "ehcp-document-saving.h"
#include "ehcp-document-text.h"
#include "ehcp-document-words.h"
#include "ehcp-stack-pages.h"

#define MAX_TEXT (512 * 1024) /* bytes that are shown of a text; all of it can be saved */

struct _EhcpDocumentViewer
{
  AdwBin parent_instance;

  GtkWidget *tools;
  GtkWidget *zoom_box;
  GtkWidget *find_button, *places;
  GtkPopover *popover;
  EhcpDocumentContents *contents;
  EhcpDocumentFindBar *find_bar;
  GtkLabel *page_label;
  GtkToggleButton *keep;
  GtkWidget *keep_label;
  GtkWidget *print, *print_label;
  GtkWidget *save_label;
  GtkStack *stack;
  EhcpDocumentPages *pages;
  GtkTextView *text;
  AdwStatusPage *problem;
  GtkWidget *retry;

  EhcpLink *link;
  EhcpRecord *document; /* NULL: none is open */
  GBytes *content;
  char *words; /* to be marked, or NULL */
  guint n_places; /* of them in a plain text, */
  guint place;    /* and the one that is shown */
  GCancellable *cancellable; /* of what is being loaded or opened */
  gboolean is_missing;       /* it could not be had */
  gboolean is_narrow;
};

G_DEFINE_FINAL_TYPE (EhcpDocumentViewer, ehcp_document_viewer, ADW_TYPE_BIN)

/* Tools */

static EhcpDocumentFormat
get_format (EhcpDocumentViewer *self)
{
  return ehcp_document_format (ehcp_record_get_text (self->document, "media_type"));
}

static void
show_tools (EhcpDocumentViewer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_pages = ehcp_document_pages_get_n_pages (self->pages) > 0;
  gboolean can_print = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "text") || has_pages;

  gtk_widget_set_visible (self->tools, self->document != NULL);
  gtk_widget_set_visible (self->zoom_box, has_pages);
  gtk_widget_set_visible (self->places, has_pages);
  gtk_widget_set_visible (self->find_button, can_print);
  gtk_widget_action_set_enabled (widget, "viewer.find", can_print);
  gtk_widget_action_set_enabled (widget, "viewer.go-to", has_pages);
  gtk_widget_action_set_enabled (widget, "viewer.select-all", has_pages);
  gtk_widget_action_set_enabled (widget, "viewer.copy", ehcp_document_pages_has_selection (self->pages));
  gtk_widget_action_set_enabled (widget, "viewer.zoom-in", ehcp_document_pages_may_zoom (self->pages, 1));
  gtk_widget_action_set_enabled (widget, "viewer.zoom-out", ehcp_document_pages_may_zoom (self->pages, -1));
  gtk_widget_action_set_enabled (widget, "viewer.zoom-fit", ehcp_document_pages_may_zoom (self->pages, 0));
  gtk_widget_action_set_enabled (widget, "viewer.print", can_print && self->content != NULL);
}

/* How many places were found stands in the bar for finding, when that is open. */
static char *
make_page_words (EhcpDocumentViewer *self, guint n_pages)
{
  guint n_hits = ehcp_document_pages_get_n_hits (self->pages);
  guint page = ehcp_document_pages_get_current (self->pages) + 1;
  g_autofree char *words = NULL;

  if (self->is_narrow)
    /* Translators: page 3 of 12, where there is little room */
    return g_strdup_printf (C_("page", "%u of %u"), page, n_pages);
  words = g_strdup_printf (_("Page %u of %u"), page, n_pages);
  if (n_hits == 0 || gtk_widget_get_visible (GTK_WIDGET (self->find_bar)))
    return g_steal_pointer (&words);
  return g_strdup_printf (ngettext ("%s, %u place found", "%s, %u places found", n_hits), words, n_hits);
}

static void
show_page_number (EhcpDocumentViewer *self)
{
  guint n_pages = ehcp_document_pages_get_n_pages (self->pages);
  g_autofree char *words = n_pages > 0 ? make_page_words (self, n_pages) : g_strdup ("");

  if (g_strcmp0 (gtk_label_get_label (self->page_label), words) != 0)
    gtk_label_set_label (self->page_label, words);
}

static void
moved_cb (EhcpDocumentViewer *self)
{
  gboolean is_text = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "text");

  show_page_number (self);
  ehcp_document_find_bar_show_hits (
      self->find_bar, is_text ? self->place : ehcp_document_pages_get_hit (self->pages),
      is_text ? self->n_places : ehcp_document_pages_get_n_hits (self->pages));
  show_tools (self);
}

/* GTK 4.8 calls a toggle button pressed; walkers and readers look for checked. */
static void
speak_keep (EhcpDocumentViewer *self)
{
  gboolean is_on = gtk_toggle_button_get_active (self->keep);

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->keep), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
keep_toggled_cb (EhcpDocumentViewer *self)
{
  gboolean is_on = gtk_toggle_button_get_active (self->keep);

  speak_keep (self);
  if (self->document != NULL && is_on != ehcp_record_is_kept (self->document))
    ehcp_link_keep_document (self->link, self->document, is_on);
}

static void
kept_cb (EhcpDocumentViewer *self)
{
  if (self->document != NULL)
    gtk_toggle_button_set_active (self->keep, ehcp_record_is_kept (self->document));
  speak_keep (self);
}

/* Pages of the viewer */

static void
show (EhcpDocumentViewer *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  moved_cb (self);
}

static void
show_problem (EhcpDocumentViewer *self, const char *title, const char *text, gboolean can_retry)
{
  ehcp_document_pages_clear (self->pages);
  adw_status_page_set_title (self->problem, title);
  adw_status_page_set_description (self->problem, text);
  gtk_widget_set_visible (self->retry, can_retry);
  show (self, "problem");
}

/* Finding and going to */

static void
mark (EhcpDocumentViewer *self)
{
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "text"))
    {
      ehcp_document_pages_find (self->pages, self->words);
      return;
    }
  self->place = 0;
  self->n_places = ehcp_document_text_mark (self->text, self->words, 0);
  moved_cb (self);
}

static void
find_changed_cb (EhcpDocumentViewer *self)
{
  ehcp_document_viewer_find (self, ehcp_document_find_bar_get_words (self->find_bar));
}

static void
find_step_cb (EhcpDocumentViewer *self, int step)
{
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "text"))
    ehcp_document_pages_step (self->pages, step);
  else if (self->n_places > 0)
    {
      self->place = (self->place + self->n_places + (step > 0 ? 1 : self->n_places - 1)) % self->n_places;
      ehcp_document_text_mark (self->text, self->words, self->place);
      moved_cb (self);
    }
}

static void
find_closed_cb (EhcpDocumentViewer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->find_bar), FALSE);
  ehcp_document_viewer_find (self, "");
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
show_places_cb (EhcpDocumentViewer *self)
{
  ehcp_document_contents_show_page (self->contents, ehcp_document_pages_get_current (self->pages),
                                    ehcp_document_pages_get_n_pages (self->pages));
}

static void
go_cb (EhcpDocumentViewer *self, guint page)
{
  gtk_popover_popdown (self->popover);
  ehcp_document_pages_go_to (self->pages, page);
}

static void
outline_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDocumentViewer) self = data;
  g_autoptr (GPtrArray) chapters =
      ehcp_render_document_read_outline_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);

  if (chapters != NULL && self->document != NULL)
    ehcp_document_contents_set_chapters (self->contents, chapters);
}

/* Reading */

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDocumentViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = ehcp_render_document_open_finish (result, &error);
  const char *title, *text;

  if (is_cancelled (error) || self->document == NULL)
    return;
  if (document == NULL)
    {
      gboolean can_retry = ehcp_document_words_for_drawing (error, &title, &text);

      show_problem (self, title, text, can_retry);
      return;
    }
  ehcp_document_pages_show_document (self->pages, document);
  ehcp_document_contents_set_chapters (self->contents, NULL);
  show (self, "pages");
  mark (self);
  ehcp_render_document_read_outline_async (document, self->cancellable, outline_cb, g_object_ref (self));
  ehcp_document_report_reading (self->link, self->document);
}

static void
show_text (EhcpDocumentViewer *self)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (self->content, &length);
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) MIN (length, MAX_TEXT));

  ehcp_document_pages_clear (self->pages);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  show (self, "text");
  mark (self);
  ehcp_document_report_reading (self->link, self->document);
}

static void
show_other (EhcpDocumentViewer *self)
{
  const char *type = ehcp_document_type_words (ehcp_record_get_text (self->document, "media_type"));
  g_autofree char *title = g_strdup_printf (_("Files of this kind (%s) are not shown here"),
                                            type != NULL ? type : ehcp_record_get_text (self->document,
                                                                                        "file_name"));

  show_problem (self, title, _("Save it to Downloads and open it with another program."), FALSE);
}

void
ehcp_document_viewer_take_content (EhcpDocumentViewer *self, GBytes *content)
{
  g_return_if_fail (self->document != NULL);
  g_clear_pointer (&self->content, g_bytes_unref);
  self->content = g_bytes_ref (content);
  switch (get_format (self))
    {
    case EHCP_FORMAT_PDF:
    case EHCP_FORMAT_PICTURE:
      ehcp_render_document_open_async (content, self->cancellable, opened_cb, g_object_ref (self));
      break;
    case EHCP_FORMAT_TEXT:
      show_text (self);
      break;
    case EHCP_FORMAT_OTHER:
    default:
      show_other (self);
      break;
    }
}

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (EhcpDocumentViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = ehcp_link_load_document_finish (link, result, &error);
  g_autofree char *words = NULL;

  if (is_cancelled (error) || self->document == NULL)
    return;
  if (content != NULL)
    {
      ehcp_document_viewer_take_content (self, content);
      return;
    }
  self->is_missing = TRUE;
  words = ehcp_document_words_for_error (error, ehcp_link_is_online (link));
  show_problem (self, _("This document could not be opened"), words, TRUE);
}

static void
load (EhcpDocumentViewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_missing = FALSE;
  g_clear_pointer (&self->content, g_bytes_unref);
  if (ehcp_record_has (self->document, "check"))
    {
      g_autofree char *words = ehcp_document_state_words (self->document);

      show_problem (self, _("This document cannot be opened"), words, FALSE);
      return;
    }
  ehcp_document_pages_clear (self->pages);
  show (self, "loading");
  ehcp_link_load_document_async (self->link, self->document, self->cancellable, loaded_cb,
                                 g_object_ref (self));
}

/* What could not be had is tried again when there is a connection. */
static void
online_cb (EhcpDocumentViewer *self)
{
  if (self->is_missing && self->document != NULL && ehcp_link_is_online (self->link))
    load (self);
}

static void
forget (EhcpDocumentViewer *self)
{
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_func (self->document, kept_cb, self);
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_func (self->link, online_cb, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);
  g_clear_object (&self->link);
  g_clear_pointer (&self->content, g_bytes_unref);
}

void
ehcp_document_viewer_open (EhcpDocumentViewer *self, EhcpLink *link, EhcpRecord *document)
{
  if (document == self->document)
    return;
  forget (self);
  self->link = g_object_ref (link);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::is-online", G_CALLBACK (online_cb), self, G_CONNECT_SWAPPED);
  kept_cb (self);
  load (self);
}

void
ehcp_document_viewer_close (EhcpDocumentViewer *self)
{
  forget (self);
  ehcp_document_pages_clear (self->pages);
  show (self, "none");
}

void
ehcp_document_viewer_find (EhcpDocumentViewer *self, const char *text)
{
  g_free (self->words);
  self->words = g_strdup (text);
  mark (self);
}

/* Returns whether there is something to look in. */
gboolean
ehcp_document_viewer_start_find (EhcpDocumentViewer *self)
{
  if (!gtk_widget_get_visible (self->find_button))
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->find_bar), TRUE);
  show_page_number (self);
  ehcp_document_find_bar_start (self->find_bar);
  return TRUE;
}

EhcpRecord *
ehcp_document_viewer_get_document (EhcpDocumentViewer *self)
{
  return self->document;
}

void
ehcp_document_viewer_set_narrow (EhcpDocumentViewer *self, gboolean is_narrow)
{
  gtk_widget_set_css_classes (self->tools, is_narrow ? (const char *[]){ "viewer-tools", "narrow", NULL }
                                                     : (const char *[]){ "viewer-tools", NULL });
  gtk_widget_set_visible (self->keep_label, !is_narrow);
  gtk_widget_set_visible (self->print_label, !is_narrow);
  gtk_widget_set_visible (self->save_label, !is_narrow);
  self->is_narrow = is_narrow;
  show_page_number (self);
}

/* Actions */

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);
  int steps = g_str_equal (name, "viewer.zoom-in") ? 1 : g_str_equal (name, "viewer.zoom-out") ? -1 : 0;

  ehcp_document_pages_zoom (self->pages, steps);
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);

  if (self->content != NULL)
    ehcp_document_print (widget, self->content, ehcp_record_get_text (self->document, "media_type"),
                         ehcp_record_get_text (self->document, "title"));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);

  if (self->content != NULL)
    ehcp_document_save_content (widget, self->link, ehcp_record_get_case (self->document), self->content,
                                ehcp_record_get_text (self->document, "file_name"));
  else if (self->document != NULL)
    ehcp_document_save (widget, self->link, self->document);
}

static void
find_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);

  if (g_str_equal (name, "viewer.find"))
    ehcp_document_viewer_start_find (self);
  else
    find_step_cb (self, g_str_equal (name, "viewer.find-next") ? 1 : -1);
}

static void
go_to_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (EHCP_DOCUMENT_VIEWER (widget)->places));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);

  if (g_str_equal (name, "viewer.select-all"))
    ehcp_document_pages_select_all (self->pages);
  else
    ehcp_document_pages_copy (self->pages);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDocumentViewer *self = EHCP_DOCUMENT_VIEWER (widget);

  if (self->document != NULL)
    load (self);
}

static void
ehcp_document_viewer_dispose (GObject *object)
{
  forget (EHCP_DOCUMENT_VIEWER (object));
  g_clear_pointer (&EHCP_DOCUMENT_VIEWER (object)->words, g_free);
  G_OBJECT_CLASS (ehcp_document_viewer_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *widget_class, guint key, GdkModifierType state, const char *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, state, action, NULL);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-fit", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "viewer.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "viewer.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "viewer.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "viewer.find-next", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "viewer.find-previous", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "viewer.go-to", NULL, go_to_cb);
  gtk_widget_class_install_action (widget_class, "viewer.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "viewer.select-all", NULL, copy_cb);
  bind (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "viewer.find-next");
  bind (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "viewer.find-previous");
  bind (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "viewer.go-to");
  bind (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "viewer.copy");
  bind (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "viewer.select-all");
  bind (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "viewer.zoom-in");
  bind (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "viewer.zoom-in");
  bind (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "viewer.zoom-out");
  bind (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "viewer.zoom-fit");
  bind (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "viewer.print");
  bind (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save");
}

static void
ehcp_document_viewer_class_init (EhcpDocumentViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_document_viewer_dispose;
  g_type_ensure (EHCP_TYPE_DOCUMENT_PAGES);
  g_type_ensure (EHCP_TYPE_DOCUMENT_CONTENTS);
  g_type_ensure (EHCP_TYPE_DOCUMENT_FIND_BAR);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-document-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, tools);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, zoom_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, find_button);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, places);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, popover);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, contents);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, find_bar);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, page_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, keep);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, keep_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, print);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, print_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, save_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, text);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, problem);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentViewer, retry);
  gtk_widget_class_bind_template_callback (widget_class, keep_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_places_cb);
}

static void
ehcp_document_viewer_init (EhcpDocumentViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->stack);
  show (self, "none");
}
