/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page number that can be typed, and under it the document's own contents, where it has some. */
#include "ehcp-document-contents.h"

#include <glib/gi18n.h>

#define INDENT 18 /* px a level */

struct _EhcpDocumentContents
{
  AdwBin parent_instance;

  GtkEditable *number;
  GtkLabel *of;
  GtkWidget *chapters;
  GtkListBox *list;

  guint current;
  guint n_pages;
};

static guint go_signal;

G_DEFINE_FINAL_TYPE (EhcpDocumentContents, ehcp_document_contents, ADW_TYPE_BIN)

static void
go_cb (EhcpDocumentContents *self)
{
  guint64 number;

  /* What is no number leads nowhere else; one beyond the end leads to the end. */
  if (g_ascii_string_to_unsigned (gtk_editable_get_text (self->number), 10, 1, G_MAXUINT, &number, NULL))
    g_signal_emit (self, go_signal, 0, (guint) MIN (number, self->n_pages) - 1);
  else
    ehcp_document_contents_show_page (self, self->current, self->n_pages);
}

static void
row_cb (EhcpDocumentContents *self, GtkListBoxRow *row)
{
  g_signal_emit (self, go_signal, 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "page")));
}

static void
ehcp_document_contents_class_init (EhcpDocumentContentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  go_signal = g_signal_new ("go", EHCP_TYPE_DOCUMENT_CONTENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                            G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-document-contents.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentContents, number);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentContents, of);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentContents, chapters);
  gtk_widget_class_bind_template_child (widget_class, EhcpDocumentContents, list);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
}

static void
ehcp_document_contents_init (EhcpDocumentContents *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ehcp_document_contents_show_page (EhcpDocumentContents *self, guint current, guint n_pages)
{
  g_autofree char *of = g_strdup_printf (_("of %u"), n_pages);

  g_autofree char *number = g_strdup_printf ("%u", current + 1);

  self->current = current;
  self->n_pages = n_pages;
  gtk_editable_set_text (self->number, number);
  gtk_editable_select_region (self->number, 0, -1);
  gtk_label_set_label (self->of, of);
}

static GtkWidget *
make_row (const EhcpRenderChapter *chapter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (chapter->title);
  g_autofree char *number = g_strdup_printf ("%u", chapter->page + 1);
  g_autofree char *name = g_strdup_printf (_("%s, page %u"), chapter->title, chapter->page + 1);

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_margin_start (box, (int) chapter->depth * INDENT);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "page", GUINT_TO_POINTER (chapter->page));
  return row;
}

void
ehcp_document_contents_set_chapters (EhcpDocumentContents *self, GPtrArray *chapters)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; chapters != NULL && i < chapters->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (chapters, i)));
  gtk_widget_set_visible (self->chapters, chapters != NULL && chapters->len > 0);
}
