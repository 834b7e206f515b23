/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page on the screen. Its pixels come from the document's thread; while they are drawn anew, the old
 * ones stay, stretched. Its text lies over it unseen, for screen readers: a picture alone is silent. */
#include "ehcp-document-page.h"

#include "ehcp-document-selection.h"

#include <glib/gi18n.h>
#include <math.h>

struct _EhcpDocumentPage
{
  GtkWidget parent_instance;

  EhcpRenderDocument *document;
  guint number;
  GdkTexture *texture;
  double texture_scale; /* that it was drawn at; 0: none */
  double width; /* points */
  double height;
  double scale;
  gboolean is_near;
  gboolean has_text;
  gboolean is_broken; /* it says so instead */
  GCancellable *cancellable;
  GArray *hits; /* EhcpRenderHit, of all pages; or NULL */
  guint hit;    /* the one that is shown */
  EhcpRenderText *content;
  guint selected_from;
  guint selected_to;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (EhcpDocumentPage, ehcp_document_page, GTK_TYPE_WIDGET)

static void
ehcp_document_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                            int *natural, int *minimum_baseline, int *natural_baseline)
{
  EhcpDocumentPage *page = EHCP_DOCUMENT_PAGE (widget);
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? page->width : page->height;

  *minimum = *natural = MAX ((int) ceil (points * page->scale), 1);
}

/* The label asks for what its text needs, which is nobody's business: it is clipped. */
static void
ehcp_document_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EhcpDocumentPage *page = EHCP_DOCUMENT_PAGE (widget);
  int min_width, min_height;

  gtk_widget_measure (page->text, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  min_width = MAX (min_width, width);
  gtk_widget_measure (page->text, GTK_ORIENTATION_VERTICAL, min_width, &min_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (page->text, &(GtkAllocation){ 0, 0, min_width, MAX (min_height, height) }, -1);
}

static void
snapshot_box (EhcpDocumentPage *page, GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y,
              double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float) (x * page->scale), (float) (y * page->scale),
                                                  (float) (width * page->scale),
                                                  (float) (height * page->scale)));
}

/* Yellow, as with a marker pen: the paper is white in every style. The one that is shown is orange. */
static void
snapshot_hits (EhcpDocumentPage *page, GtkSnapshot *snapshot)
{
  for (guint i = 0; page->hits != NULL && i < page->hits->len; i++)
    {
      const EhcpRenderHit *hit = &g_array_index (page->hits, EhcpRenderHit, i);
      const GdkRGBA other = { 1, .91f, .5f, 1 };
      const GdkRGBA shown = { 1, .72f, .35f, 1 };

      if (hit->page == page->number)
        snapshot_box (page, snapshot, i == page->hit ? &shown : &other, hit->x, hit->y, hit->width,
                      hit->height);
    }
}

/* Characters of one line as one box. */
static void
snapshot_selection (EhcpDocumentPage *page, GtkSnapshot *snapshot)
{
  const GdkRGBA blue = { .73f, .81f, .91f, 1 };
  guint last = page->content != NULL ? MIN (page->selected_to, page->content->n_boxes) : 0;

  for (guint i = page->selected_from; i < last;)
    {
      EhcpRenderBox box = page->content->boxes[i];

      for (i++; i < last && fabsf (page->content->boxes[i].y1 - box.y1) < 1 &&
                page->content->boxes[i].x1 >= box.x1; i++)
        {
          box.x2 = MAX (box.x2, page->content->boxes[i].x2);
          box.y2 = MAX (box.y2, page->content->boxes[i].y2);
        }
      snapshot_box (page, snapshot, &blue, box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
    }
}

static gboolean
has_marks (EhcpDocumentPage *page)
{
  return (page->hits != NULL && page->hits->len > 0) ||
         (page->content != NULL && page->selected_from < page->selected_to);
}

/* Marks lie under the ink: black stays black. */
static void
ehcp_document_page_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  EhcpDocumentPage *page = EHCP_DOCUMENT_PAGE (widget);
  graphene_rect_t paper = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                              (float) gtk_widget_get_height (widget));
  gboolean is_marked = page->texture != NULL && has_marks (page);

  if (is_marked)
    gtk_snapshot_push_blend (snapshot, GSK_BLEND_MODE_MULTIPLY);
  gtk_snapshot_append_color (snapshot, &white, &paper);
  if (page->texture != NULL)
    gtk_snapshot_append_texture (snapshot, page->texture, &paper);
  if (!is_marked)
    return;
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &white, &paper);
  snapshot_hits (page, snapshot);
  snapshot_selection (page, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Drawing */

static double
get_wanted_scale (EhcpDocumentPage *page)
{
  return ehcp_render_document_limit_scale (page->document, page->number,
                                           page->scale * gtk_widget_get_scale_factor (GTK_WIDGET (page)));
}

/* On the paper itself, for everybody. */
static void
show_problem (EhcpDocumentPage *page, const GError *error)
{
  page->is_broken = TRUE;
  gtk_label_set_label (GTK_LABEL (page->text),
                       g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED)
                           ? _("This page took too long to draw or needs too much memory, so it was stopped. "
                               "It cannot be shown here.")
                           : _("This page is damaged and cannot be shown."));
  gtk_widget_add_css_class (page->text, "paper-problem");
  gtk_widget_set_opacity (page->text, 1);
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDocumentPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderPicture) picture =
      ehcp_render_document_render_page_finish (EHCP_RENDER_DOCUMENT (source), result, &error);

  if (picture == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (page, error);
      return;
    }
  g_clear_object (&page->texture);
  page->texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_DEFAULT,
                                          picture->pixels, picture->stride);
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpDocumentPage) page = data;
  g_autoptr (EhcpRenderText) text =
      ehcp_render_document_read_page_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);
  g_autofree char *words = text != NULL ? g_strstrip (g_strdup (text->text)) : NULL;

  if (words == NULL || page->text == NULL || page->is_broken)
    return;
  gtk_label_set_label (GTK_LABEL (page->text),
                       *words != '\0' ? words : _("This page is a picture without text."));
  page->content = g_steal_pointer (&text);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (page), *words != '\0' ? "text" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

static void
render (EhcpDocumentPage *page)
{
  double scale;

  if (!page->is_near || page->is_broken)
    return;
  scale = get_wanted_scale (page);
  if (fabs (scale - page->texture_scale) < 0.001)
    return;
  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  page->cancellable = g_cancellable_new ();
  page->texture_scale = scale;
  ehcp_render_document_render_page_async (page->document, page->number, scale, page->cancellable,
                                          rendered_cb, g_object_ref (page));
  if (page->has_text)
    return;
  page->has_text = TRUE;
  ehcp_render_document_read_page_async (page->document, page->number, NULL, read_cb, g_object_ref (page));
}

static void
ehcp_document_page_dispose (GObject *object)
{
  EhcpDocumentPage *page = EHCP_DOCUMENT_PAGE (object);

  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_pointer (&page->hits, g_array_unref);
  g_clear_pointer (&page->content, ehcp_render_text_free);
  g_clear_object (&page->document);
  g_clear_object (&page->texture);
  g_clear_pointer (&page->text, gtk_widget_unparent);
  G_OBJECT_CLASS (ehcp_document_page_parent_class)->dispose (object);
}

static void
ehcp_document_page_class_init (EhcpDocumentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_document_page_dispose;
  widget_class->measure = ehcp_document_page_measure;
  widget_class->size_allocate = ehcp_document_page_size_allocate;
  widget_class->snapshot = ehcp_document_page_snapshot;
  gtk_widget_class_set_css_name (widget_class, "page");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ehcp_document_page_init (EhcpDocumentPage *page)
{
  page->scale = 1;
  page->text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (page->text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (page->text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_opacity (page->text, 0);
  gtk_widget_set_can_target (page->text, FALSE);
  gtk_widget_set_parent (page->text, GTK_WIDGET (page));
  gtk_widget_set_overflow (GTK_WIDGET (page), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (page), GTK_ALIGN_CENTER);
  g_signal_connect (page, "notify::scale-factor", G_CALLBACK (render), NULL);
}

EhcpDocumentPage *
ehcp_document_page_new (EhcpRenderDocument *document, guint number)
{
  EhcpDocumentPage *page = g_object_new (EHCP_TYPE_DOCUMENT_PAGE, NULL);
  g_autofree char *name = g_strdup_printf (_("Page %u"), number + 1);

  page->document = g_object_ref (document);
  page->number = number;
  ehcp_render_document_get_page_size (document, number, &page->width, &page->height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return page;
}

void
ehcp_document_page_set_scale (EhcpDocumentPage *page, double scale)
{
  if (page->scale == scale)
    return;
  page->scale = scale;
  gtk_widget_queue_resize (GTK_WIDGET (page));
  render (page);
}

void
ehcp_document_page_set_near (EhcpDocumentPage *page, gboolean is_near)
{
  page->is_near = is_near;
  if (is_near)
    {
      render (page);
      return;
    }
  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->texture);
  page->texture_scale = 0;
}

void
ehcp_document_page_set_hits (EhcpDocumentPage *page, GArray *hits, guint shown)
{
  GArray *before = page->hits;

  page->hits = hits != NULL ? g_array_ref (hits) : NULL;
  page->hit = shown;
  g_clear_pointer (&before, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

void
ehcp_document_page_select (EhcpDocumentPage *page, guint from, guint to)
{
  if (page->selected_from == from && page->selected_to == to)
    return;
  page->selected_from = from;
  page->selected_to = to;
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

/* The place in its text that is nearest to a point of the widget. */
guint
ehcp_document_page_get_place (EhcpDocumentPage *page, double x, double y)
{
  return page->content != NULL ? ehcp_text_place_at (page->content, x / page->scale, y / page->scale) : 0;
}

/* Its width in points. */
double
ehcp_document_page_get_points (EhcpDocumentPage *page)
{
  return page->width;
}
