/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF by poppler. */
#include "ehcp-render-box.h"

#include <poppler.h>

typedef struct
{
  EhcpBoxDocument base;

  PopplerDocument *poppler;
  PopplerPage *page; /* the one that was used last */
  guint number;
} Pdf;

/* Debian 12's poppler does not define it for its own name, later ones do. */
typedef PopplerDocument Document;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)

static PopplerPage *
get_page (EhcpBoxDocument *document, guint number)
{
  Pdf *pdf = (Pdf *) document;

  if (pdf->page == NULL || pdf->number != number)
    {
      g_clear_object (&pdf->page);
      pdf->page = poppler_document_get_page (pdf->poppler, (int) number);
      pdf->number = number;
    }
  return pdf->page;
}

/* As it is seen: poppler has turned it already. */
static void
get_size (EhcpBoxDocument *document, guint number, double *width, double *height)
{
  PopplerPage *page = get_page (document, number);

  *width = *height = 0;
  if (page != NULL)
    poppler_page_get_size (page, width, height);
}

static gboolean
draw (EhcpBoxDocument *document, guint number, cairo_t *cr, gboolean is_paper)
{
  PopplerPage *page = get_page (document, number);

  if (page == NULL)
    return FALSE;
  if (is_paper)
    poppler_page_render_for_printing (page, cr);
  else
    poppler_page_render (page, cr);
  return TRUE;
}

static char *
read_text (EhcpBoxDocument *document, guint number, GArray *boxes)
{
  PopplerPage *page = get_page (document, number);
  PopplerRectangle *found = NULL;
  guint n_found = 0;
  char *text = page != NULL ? poppler_page_get_text (page) : NULL;

  if (text == NULL || !poppler_page_get_text_layout (page, &found, &n_found))
    return text;
  for (guint i = 0; i < n_found; i++)
    {
      EhcpRenderBox box = { (float) found[i].x1, (float) found[i].y1, (float) found[i].x2,
                            (float) found[i].y2 };

      g_array_append_val (boxes, box);
    }
  g_free (found);
  return text;
}

static void
find (EhcpBoxDocument *document, guint number, const char *text, GVariantBuilder *hits)
{
  PopplerPage *page = get_page (document, number);
  double width, height;
  guint n = 0;
  GList *found;

  if (page == NULL)
    return;
  poppler_page_get_size (page, &width, &height);
  found = poppler_page_find_text_with_options (page, text, POPPLER_FIND_IGNORE_DIACRITICS);
  for (GList *l = found; l != NULL && n < EHCP_RENDER_MAX_HITS; l = l->next, n++)
    {
      PopplerRectangle *box = l->data;

      /* The format counts from the foot of the page. */
      g_variant_builder_add (hits, "(dddd)", box->x1, height - box->y2, box->x2 - box->x1,
                             box->y2 - box->y1);
    }
  g_list_free_full (found, (GDestroyNotify) poppler_rectangle_free);
}

static guint
find_page (Pdf *pdf, PopplerAction *action)
{
  PopplerDest *dest = action->goto_dest.dest;
  PopplerDest *named = dest != NULL && dest->type == POPPLER_DEST_NAMED
                           ? poppler_document_find_dest (pdf->poppler, dest->named_dest)
                           : NULL;
  int number = named != NULL ? named->page_num : dest != NULL ? dest->page_num : 0;

  if (named != NULL)
    poppler_dest_free (named);
  return (guint) CLAMP (number, 1, (int) pdf->base.n_pages) - 1;
}

static void
add_chapters (Pdf *pdf, PopplerIndexIter *iter, guint depth, guint *n, GVariantBuilder *chapters)
{
  do
    {
      PopplerAction *action = poppler_index_iter_get_action (iter);
      PopplerIndexIter *child = poppler_index_iter_get_child (iter);

      if (action != NULL && action->type == POPPLER_ACTION_GOTO_DEST && action->any.title != NULL)
        {
          g_autofree char *title = g_utf8_make_valid (action->any.title, -1);

          g_variant_builder_add (chapters, "(usu)", depth, title, find_page (pdf, action));
          ++*n;
        }
      if (child != NULL && depth < EHCP_RENDER_MAX_DEPTH)
        add_chapters (pdf, child, depth + 1, n, chapters);
      g_clear_pointer (&child, poppler_index_iter_free);
      g_clear_pointer (&action, poppler_action_free);
    }
  while (*n < EHCP_RENDER_MAX_OUTLINE && poppler_index_iter_next (iter));
}

static void
read_outline (EhcpBoxDocument *document, GVariantBuilder *chapters)
{
  Pdf *pdf = (Pdf *) document;
  PopplerIndexIter *iter = poppler_index_iter_new (pdf->poppler);
  guint n = 0;

  if (iter != NULL)
    add_chapters (pdf, iter, 0, &n, chapters);
  g_clear_pointer (&iter, poppler_index_iter_free);
}

static GError *
explain (const GError *error)
{
  return g_error_new (EHCP_RENDER_ERROR,
                      g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                          ? EHCP_RENDER_ERROR_ENCRYPTED
                          : EHCP_RENDER_ERROR_DAMAGED,
                      "opening a document: %s", error->message);
}

/**
 * ehcp_box_pdf_open:
 * @content: the bytes, which have to stay
 * @error: DAMAGED or ENCRYPTED
 *
 * Returns: it, to the end of the process; or %NULL
 */
EhcpBoxDocument *
ehcp_box_pdf_open (GBytes *content, GError **error)
{
  static Pdf pdf = { .base = { 0, get_size, draw, read_text, find, read_outline } };
  g_autoptr (GError) failure = NULL;
  g_autoptr (Document) poppler = poppler_document_new_from_bytes (content, NULL, &failure);

  if (poppler == NULL)
    {
      g_propagate_error (error, explain (failure));
      return NULL;
    }
  pdf.poppler = g_steal_pointer (&poppler);
  pdf.base.n_pages = (guint) MAX (poppler_document_get_n_pages (pdf.poppler), 0);
  return &pdf.base;
}

/* Small, and with a font that it does not bring. */
static const char sample[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 27>>stream\nBT/F 9 Tf 9 9 Td(Aa)Tj ET  \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

/**
 * ehcp_box_pdf_warm_up:
 *
 * Draws a page, so that the libraries have read what they read once. Afterwards they open fonts alone.
 */
void
ehcp_box_pdf_warm_up (void)
{
  g_autoptr (GBytes) content = g_bytes_new_static (sample, sizeof sample - 1);
  g_autoptr (Document) poppler = poppler_document_new_from_bytes (content, NULL, NULL);
  PopplerPage *page = poppler != NULL ? poppler_document_get_page (poppler, 0) : NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 99, 99);
  cairo_t *cr = cairo_create (surface);

  if (page != NULL)
    poppler_page_render (page, cr);
  /* The foot of a page that is written anew. */
  cairo_select_font_face (cr, "Cantarell", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_show_text (cr, "1");
  g_clear_object (&page);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}
