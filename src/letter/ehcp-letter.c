/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters by cairo and pango. Structure tags go with each block, so that a screen reader can follow.
 * cairo 1.16 writes no language and no wish to show the title: they are added afterwards. What is missing for
 * PDF/UA-1 is its mark in the XMP metadata, and that the foot of each page is called an artifact. */
#include "ehcp-letter.h"

#include "ehcp-pdf-join.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 64.0
#define FOOT 72.0
#define CLOSING_HEIGHT 40.0
#define SIGNATURE_HEIGHT 48.0
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define FONT "Cantarell, Noto Sans, DejaVu Sans"

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  PangoLayout *layout;
  const EhcpLetter *letter;
  const char *tag; /* of the block that is being written, or NULL */
  double y;
  int page;
  int n_pages;
} Paper;

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static char *
make_markup (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "**", -1);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (parts[i], -1);

      g_string_append_printf (markup, i % 2 == 1 ? "<b>%s</b>" : "%s", escaped);
    }
  return g_string_free (markup, FALSE);
}

static void
show_foot_line (Paper *paper, const char *text, gboolean is_right)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (paper->cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT " 8.5");
  int width;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (paper->cr, is_right ? PAGE_WIDTH - MARGIN - (double) width / PANGO_SCALE : MARGIN,
                 PAGE_HEIGHT - 48);
  pango_cairo_show_layout (paper->cr, layout);
}

static void
write_foot (Paper *paper)
{
  const EhcpLetter *letter = paper->letter;
  g_autofree char *page = g_strdup_printf ("Page %d of %d", paper->page, paper->n_pages);
  g_autofree char *left = letter->reference != NULL
                              ? g_strdup_printf ("%s · %s", letter->council, letter->reference)
                              : g_strdup (letter->council);

  cairo_save (paper->cr);
  cairo_set_source_rgb (paper->cr, 0.35, 0.35, 0.38);
  show_foot_line (paper, left, FALSE);
  show_foot_line (paper, page, TRUE);
  cairo_restore (paper->cr);
}

/* A block that goes on is tagged once more on the next page: the foot between is no part of it. */
static void
turn_page (Paper *paper)
{
  if (paper->tag != NULL)
    cairo_tag_end (paper->cr, paper->tag);
  write_foot (paper);
  cairo_show_page (paper->cr);
  paper->page++;
  paper->y = MARGIN;
  if (paper->tag != NULL)
    cairo_tag_begin (paper->cr, paper->tag, NULL);
}

static void
keep_together (Paper *paper, double height)
{
  if (paper->y > PAGE_HEIGHT - FOOT - height)
    turn_page (paper);
}

/* Lines that do not fit go to the next page one by one, so that a long paragraph is never cut. */
static void
show_lines (Paper *paper, double x)
{
  int n_lines = pango_layout_get_line_count (paper->layout);

  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (paper->layout, i);
      PangoRectangle extents;
      double height;

      pango_layout_line_get_extents (line, NULL, &extents);
      height = (double) extents.height / PANGO_SCALE;
      if (paper->y + height > PAGE_HEIGHT - FOOT)
        turn_page (paper);
      cairo_move_to (paper->cr, x, paper->y - (double) extents.y / PANGO_SCALE);
      pango_cairo_show_layout_line (paper->cr, line);
      paper->y += height * 1.12;
    }
}

static void
write_block (Paper *paper, const char *tag, const char *font_name, const char *markup, double x,
             double space_after)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (font_name);
  /* A ligature is one sign for two letters: poppler's reading of the structure ends a paragraph at it. */
  g_autofree char *spelled = g_strdup_printf ("<span font_features=\"liga=0,clig=0,dlig=0\">%s</span>", markup);

  pango_layout_set_font_description (paper->layout, font);
  pango_layout_set_markup (paper->layout, spelled, -1);
  pango_layout_set_width (paper->layout, (int) ((PAGE_WIDTH - MARGIN - x) * PANGO_SCALE));
  cairo_tag_begin (paper->cr, tag, NULL);
  paper->tag = tag;
  show_lines (paper, x);
  paper->tag = NULL;
  cairo_tag_end (paper->cr, tag);
  paper->y += space_after;
}

static void
write_text (Paper *paper, const char *tag, const char *font_name, const char *text, double x,
            double space_after)
{
  g_autofree char *markup = make_markup (text);

  write_block (paper, tag, font_name, markup, x, space_after);
}

static void
write_head (Paper *paper, const EhcpLetter *letter)
{
  write_text (paper, "P", FONT " Bold 15", letter->council, MARGIN, 0);
  write_text (paper, "P", FONT " 8.5", letter->sender, MARGIN, 6);
  cairo_set_source_rgb (paper->cr, 0.10, 0.37, 0.71);
  cairo_rectangle (paper->cr, MARGIN, paper->y, TEXT_WIDTH, 1.6);
  cairo_fill (paper->cr);
  cairo_set_source_rgb (paper->cr, 0.12, 0.12, 0.14);
  paper->y += 20;
}

/* Address on the left, date and reference on the right of the same lines. */
static void
write_address (Paper *paper, const EhcpLetter *letter)
{
  double top = paper->y;
  double bottom = top;

  if (letter->to != NULL)
    {
      write_text (paper, "P", FONT " 10", letter->to, MARGIN, 0);
      bottom = paper->y;
      paper->y = top;
    }
  write_text (paper, "P", FONT " 10", letter->date, MARGIN + TEXT_WIDTH * 0.58, 0);
  if (letter->reference != NULL)
    {
      g_autofree char *line = g_strdup_printf ("Our reference %s", letter->reference);

      write_text (paper, "P", FONT " 10", line, MARGIN + TEXT_WIDTH * 0.58, 0);
    }
  paper->y = MAX (paper->y, bottom) + 22;
}

static void
write_body (Paper *paper, const EhcpLetter *letter)
{
  for (guint i = 0; letter->paragraphs != NULL && letter->paragraphs[i] != NULL; i++)
    {
      const char *text = letter->paragraphs[i];

      if (g_str_has_prefix (text, "# "))
        {
          keep_together (paper, 60);
          paper->y += 8;
          write_text (paper, "H2", FONT " Bold 11.5", text + 2, MARGIN, 4);
        }
      else
        write_text (paper, "P", FONT " 10", text, MARGIN, 8);
    }
}

static void
write_signature (Paper *paper, const EhcpLetter *letter)
{
  keep_together (paper, (letter->closing != NULL ? CLOSING_HEIGHT : 0) +
                            (letter->signed_by != NULL ? SIGNATURE_HEIGHT : 0));
  if (letter->closing != NULL)
    write_text (paper, "P", FONT " 10", letter->closing, MARGIN, 22);
  if (letter->signed_by != NULL)
    write_text (paper, "P", FONT " Italic 14", letter->signed_by, MARGIN, 2);
  if (letter->role != NULL)
    write_text (paper, "P", FONT " 10", letter->role, MARGIN, 0);
}

/* Distances of the font itself, not rounded to a screen's pixels: a page has many more of them. */
static void
set_font_options (PangoLayout *layout)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  cairo_font_options_destroy (options);
  pango_layout_context_changed (layout);
}

static void
set_metadata (cairo_surface_t *surface, const EhcpLetter *letter)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, letter->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, letter->council);
  if (letter->created != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, letter->created);
}

static void
open_paper (Paper *paper, GByteArray *out, const EhcpLetter *letter)
{
  paper->letter = letter;
  paper->surface = cairo_pdf_surface_create_for_stream (append_cb, out, PAGE_WIDTH, PAGE_HEIGHT);
  /* Newer ones pack objects into streams, where the language could not be put in. */
  cairo_pdf_surface_restrict_to_version (paper->surface, CAIRO_PDF_VERSION_1_4);
  set_metadata (paper->surface, letter);
  paper->cr = cairo_create (paper->surface);
  paper->layout = pango_cairo_create_layout (paper->cr);
  set_font_options (paper->layout);
  pango_layout_set_wrap (paper->layout, PANGO_WRAP_WORD_CHAR);
  paper->y = MARGIN;
  paper->page = 1;
}

static void
close_paper (Paper *paper)
{
  write_foot (paper);
  g_clear_object (&paper->layout);
  cairo_destroy (paper->cr);
  cairo_surface_finish (paper->surface);
  cairo_surface_destroy (paper->surface);
}

/* Returns how many pages it took. */
static int
write_letter (const EhcpLetter *letter, int n_pages, GByteArray *out)
{
  Paper paper = { .n_pages = n_pages };

  open_paper (&paper, out, letter);
  cairo_tag_begin (paper.cr, "Document", NULL);
  write_head (&paper, letter);
  write_address (&paper, letter);
  write_text (&paper, "H1", FONT " Bold 12", letter->title, MARGIN, 10);
  write_body (&paper, letter);
  write_signature (&paper, letter);
  cairo_tag_end (paper.cr, "Document");
  close_paper (&paper);
  return paper.page;
}

/**
 * ehcp_letter_make:
 * @letter: what stands in it; council, sender, date and title are needed
 *
 * The same letter with the same `created` gives the same bytes, with the same fonts.
 *
 * Returns: (transfer full): a tagged PDF document of one or more A4 pages. Any thread.
 */
GBytes *
ehcp_letter_make (const EhcpLetter *letter)
{
  g_autoptr (GByteArray) trial = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) written = NULL;
  int n_pages;

  g_return_val_if_fail (letter != NULL && letter->title != NULL, NULL);

  /* Written twice: each foot says how many pages there are. */
  n_pages = write_letter (letter, 1, trial);
  write_letter (letter, n_pages, out);
  written = g_byte_array_free_to_bytes (out);
  return ehcp_pdf_mark (written, "en-GB");
}
