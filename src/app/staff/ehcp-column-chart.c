/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Geometry and drawing of the columns. Names that do not fit under their column are shortened by the
 * layout; the table has them whole. */
#include "ehcp-column-chart.h"

#include <adwaita.h>

#include "ehcp-palette.h"

#define N_LINES 4
#define HEIGHT 210
#define MIN_WIDTH 260
#define GAP 6.0
#define MOST_WIDTH 44.0
#define HATCH 6.0

struct _EhcpColumnChart
{
  GtkWidget parent_instance;
  EhcpColumn *columns;
  guint n_columns;
  int most;
  char *suffix; /* of the lines' labels */
};

G_DEFINE_FINAL_TYPE (EhcpColumnChart, ehcp_column_chart, GTK_TYPE_WIDGET)

typedef struct
{
  cairo_t *cr;
  GtkWidget *widget;
  GdkRGBA text, accent, late, outline;
  double left, top, right, bottom; /* of the field */
  int n_name_lines;
  gboolean is_mirrored;
} Pen;

static PangoLayout *
make_layout (GtkWidget *widget, const char *text, gboolean is_bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.87));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  return layout;
}

static int
line_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = make_layout (widget, "0", FALSE);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
set_colour (cairo_t *cr, const GdkRGBA *colour, double opacity)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * opacity);
}

/* Of at most @n_lines lines; centred on @x when @width is above 0, otherwise ending at @x. */
static void
show_text (Pen *pen, const char *text, int n_lines, gboolean is_bold, double opacity, double x, double y,
           double width)
{
  g_autoptr (PangoLayout) layout = make_layout (pen->widget, text, is_bold);
  int text_width;

  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_height (layout, -n_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  set_colour (pen->cr, &pen->text, opacity);
  cairo_move_to (pen->cr, width > 0 ? x - width / 2 : pen->is_mirrored ? x : x - text_width, y);
  pango_cairo_show_layout (pen->cr, layout);
}

static double
find_axis_width (EhcpColumnChart *chart)
{
  int most = 0;

  for (int i = 0; i <= N_LINES; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d%s", chart->most * i / N_LINES, chart->suffix);
      g_autoptr (PangoLayout) layout = make_layout (GTK_WIDGET (chart), label, FALSE);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      most = MAX (most, width);
    }
  return most + GAP;
}

static void
draw_lines (EhcpColumnChart *chart, Pen *pen, double line)
{
  for (int i = 0; i <= N_LINES; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d%s", chart->most * i / N_LINES, chart->suffix);
      double y = pen->bottom - (pen->bottom - pen->top) * i / N_LINES;

      set_colour (pen->cr, &pen->text, .15);
      cairo_rectangle (pen->cr, pen->left, floor (y), pen->right - pen->left, 1);
      cairo_fill (pen->cr);
      show_text (pen, label, 1, FALSE, .78, pen->is_mirrored ? pen->right + GAP : pen->left - GAP,
                 y - line / 2, 0);
    }
}

static void
trace_part (cairo_t *cr, double x, double y, double width, double height)
{
  double r = MIN (4, MIN (width, height) / 2);

  cairo_new_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_line_to (cr, x + width, y + height);
  cairo_line_to (cr, x, y + height);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
hatch (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_new_path (cr);
  for (double at = x - height; at < x + width; at += HATCH)
    {
      cairo_move_to (cr, at, y + height);
      cairo_line_to (cr, at + height, y);
    }
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* What they mean is told by the filling as well as by the colour. */
static void
draw_part (Pen *pen, EhcpColumnLook look, double x, double y, double width, double height)
{
  set_colour (pen->cr, look == EHCP_COLUMN_LATE ? &pen->late : &pen->accent, 1);
  if (look == EHCP_COLUMN_DONE || look == EHCP_COLUMN_LATE)
    {
      trace_part (pen->cr, x, y, width, height);
      cairo_fill (pen->cr);
      return;
    }
  trace_part (pen->cr, x + .75, y + .75, width - 1.5, MAX (height - .75, 0));
  if (look == EHCP_COLUMN_OPEN)
    hatch (pen->cr, x, y, width, height);
  trace_part (pen->cr, x + .75, y + .75, width - 1.5, MAX (height - .75, 0));
  cairo_set_line_width (pen->cr, 1.5);
  cairo_stroke (pen->cr);
}

static void
draw_column (EhcpColumnChart *chart, Pen *pen, const EhcpColumn *column, double middle, double room,
             double line)
{
  double width = MIN (MOST_WIDTH, room * .6);
  double y = pen->bottom;

  for (guint i = 0; i < EHCP_COLUMN_N_PARTS; i++)
    {
      double height = column->parts[i] / chart->most * (pen->bottom - pen->top);

      if (height < .5)
        continue;
      draw_part (pen, column->looks[i], middle - width / 2, y - height, width, height);
      y -= height;
    }
  if (column->text != NULL)
    show_text (pen, column->text, 1, TRUE, 1, middle, y - line - 1, room);
  show_text (pen, column->name, pen->n_name_lines, FALSE, 1, middle, pen->bottom + GAP, room);
  if (column->note != NULL)
    show_text (pen, column->note, 1, FALSE, .78, middle, pen->bottom + GAP + pen->n_name_lines * line, room);
}

/* Where one name is wider than its column, all of them have two lines. */
static int
count_name_lines (EhcpColumnChart *chart, double room)
{
  for (guint i = 0; i < chart->n_columns; i++)
    {
      g_autoptr (PangoLayout) layout = make_layout (GTK_WIDGET (chart), chart->columns[i].name, FALSE);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width > room)
        return 2;
    }
  return 1;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *shot)
{
  EhcpColumnChart *chart = EHCP_COLUMN_CHART (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double line = line_height (widget);
  Pen pen = { .widget = widget };
  double axis, room;

  if (chart->n_columns == 0)
    return;
  pen.is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  ehcp_palette_get ("text_fg", &pen.text);
  ehcp_palette_get ("action_fg", &pen.accent);
  ehcp_palette_get ("late_fg", &pen.late);
  axis = find_axis_width (chart);
  pen.left = pen.is_mirrored ? 0 : axis;
  pen.right = pen.is_mirrored ? width - axis : width;
  pen.top = line + 2;
  pen.cr = gtk_snapshot_append_cairo (shot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  room = (pen.right - pen.left) / chart->n_columns;
  pen.n_name_lines = count_name_lines (chart, room - 2);
  pen.bottom = height - (pen.n_name_lines + 1) * line - GAP;
  draw_lines (chart, &pen, line);
  for (guint i = 0; i < chart->n_columns; i++)
    {
      double middle = pen.is_mirrored ? pen.right - room * (i + .5) : pen.left + room * (i + .5);

      draw_column (chart, &pen, &chart->columns[i], middle, room - 2, line);
    }
  cairo_destroy (pen.cr);
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  int line = line_height (widget);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT - 45 + 3 * line;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 2 * MIN_WIDTH : *minimum;
}

static void
clear_columns (EhcpColumnChart *chart)
{
  for (guint i = 0; i < chart->n_columns; i++)
    {
      g_free (chart->columns[i].name);
      g_free (chart->columns[i].note);
      g_free (chart->columns[i].text);
    }
  g_clear_pointer (&chart->columns, g_free);
  g_clear_pointer (&chart->suffix, g_free);
  chart->n_columns = 0;
}

static void
finalize (GObject *object)
{
  clear_columns (EHCP_COLUMN_CHART (object));
  G_OBJECT_CLASS (ehcp_column_chart_parent_class)->finalize (object);
}

static void
ehcp_column_chart_class_init (EhcpColumnChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  GTK_WIDGET_CLASS (klass)->measure = measure;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "columns");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ehcp_column_chart_init (EhcpColumnChart *chart)
{
}

void
ehcp_column_chart_set (EhcpColumnChart *chart, EhcpColumn *columns, guint n_columns, int most,
                       const char *suffix)
{
  g_return_if_fail (EHCP_IS_COLUMN_CHART (chart) && most > 0);

  clear_columns (chart);
  chart->columns = g_memdup2 (columns, n_columns * sizeof (EhcpColumn));
  chart->n_columns = n_columns;
  chart->most = most;
  chart->suffix = g_strdup (suffix);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
}

void
ehcp_column_chart_set_spoken (EhcpColumnChart *chart, const char *name, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}
