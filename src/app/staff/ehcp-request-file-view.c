/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file that came with a request, read before there is a case: the viewer alone. When the case is opened meanwhile
 * the file is in it, and this one is gone. */
#include <glib/gi18n.h>

#include "ehcp-case-acts.h"
#include "ehcp-document-viewer.h"
#include "ehcp-window.h"

struct _EhcpRequestFileView
{
  EhcpView parent_instance;

  EhcpDocumentViewer *viewer;
};

G_DEFINE_FINAL_TYPE (EhcpRequestFileView, ehcp_request_file_view, EHCP_TYPE_VIEW)

static EhcpRecord *
find_document (EhcpRequestFileView *self)
{
  return ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT,
                         ehcp_view_get_argument (EHCP_VIEW (self)));
}

static GtkWidget *
make_gone (void)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "x-office-document-symbolic", "title",
                       _("This file is not here any more"), "description",
                       _("When a case is opened of a request, its files are among the documents of the case."), NULL);
}

static void
changed_cb (EhcpRequestFileView *self)
{
  if (self->viewer == NULL || find_document (self) != NULL)
    return;
  ehcp_document_viewer_close (self->viewer);
  self->viewer = NULL;
  adw_bin_set_child (ADW_BIN (self), make_gone ());
}

static void
narrow_cb (EhcpRequestFileView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->viewer != NULL && EHCP_IS_WINDOW (root))
    ehcp_document_viewer_set_narrow (self->viewer, ehcp_window_is_narrow (EHCP_WINDOW (root)));
}

static void
root_cb (EhcpRequestFileView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (EHCP_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  narrow_cb (self);
}

static gboolean
search (EhcpView *view)
{
  EhcpRequestFileView *self = EHCP_REQUEST_FILE_VIEW (view);

  return self->viewer != NULL && ehcp_document_viewer_start_find (self->viewer);
}

static void
constructed (GObject *object)
{
  EhcpRequestFileView *self = EHCP_REQUEST_FILE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *document = find_document (self);

  G_OBJECT_CLASS (ehcp_request_file_view_parent_class)->constructed (object);
  ehcp_view_set_back_label (view, _("New case"));
  ehcp_view_set_title (view, document != NULL ? ehcp_record_get_text (document, "title") : _("File"));
  if (document == NULL)
    {
      adw_bin_set_child (ADW_BIN (self), make_gone ());
      return;
    }
  self->viewer = g_object_new (EHCP_TYPE_DOCUMENT_VIEWER, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->viewer));
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  ehcp_document_viewer_open (self->viewer, ehcp_view_get_link (view), document);
}

static void
ehcp_request_file_view_class_init (EhcpRequestFileViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
  EHCP_VIEW_CLASS (klass)->search = search;
}

static void
ehcp_request_file_view_init (EhcpRequestFileView *self)
{
}
