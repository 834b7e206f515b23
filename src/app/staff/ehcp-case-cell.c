/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table keeps two hundred rows and shows twenty: a cell that is filled anew only notes it, and finds its words when it
 * is drawn. It has no children and always the height of one line, so that no row is measured anew when it is filled. */
#include "ehcp-case-cell.h"

#include <adwaita.h>

#include "ehcp-palette.h"

#define ICON_SIZE 16
#define ICON_GAP 4
#define TAG_ICON_SIZE 14
#define TAG_MARGIN 9
#define TAG_PADDING 2
#define TAG_RADIUS 6
#define TAG_POINTS 9.5

struct _EhcpCaseCell
{
  GtkWidget parent_instance;
  const EhcpCaseSpeech *speech;
  EhcpCaseSlot *slot;
  PangoLayout *layout; /* NULL until it is drawn */
  EhcpCaseLook look;
};

G_DEFINE_FINAL_TYPE (EhcpCaseCell, ehcp_case_cell, GTK_TYPE_WIDGET)

/* The table's own, which all its cells share: to make one for each takes longer than to draw what is seen. */
static PangoContext *
get_context (EhcpCaseCell *cell)
{
  GtkWidget *table = gtk_widget_get_ancestor (GTK_WIDGET (cell), GTK_TYPE_COLUMN_VIEW);

  return gtk_widget_get_pango_context (table != NULL ? table : GTK_WIDGET (cell));
}

static void
ehcp_case_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  PangoContext *context;
  PangoFontMetrics *metrics;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  context = get_context (EHCP_CASE_CELL (widget));
  metrics = pango_context_get_metrics (context, NULL, NULL);
  *minimum = *natural = MAX (PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)), ICON_SIZE);
  pango_font_metrics_unref (metrics);
}

static PangoAttrList *
make_attributes (double points)
{
  PangoAttrList *list = pango_attr_list_new ();

  pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (points > 0)
    pango_attr_list_insert (list, pango_attr_size_new ((int) (points * PANGO_SCALE)));
  return list;
}

static PangoAttrList *
get_attributes (EhcpCaseCell *cell)
{
  static PangoAttrList *bold, *small;

  if (bold == NULL)
    {
      bold = make_attributes (0);
      small = make_attributes (TAG_POINTS);
    }
  return cell->speech->tag != NULL ? small : cell->look & EHCP_CASE_LOOK_BOLD ? bold : NULL;
}

static void
ensure_layout (EhcpCaseCell *cell)
{
  g_autofree char *text = NULL;

  if (cell->layout != NULL)
    return;
  text = cell->speech->say (ehcp_case_slot_get (cell->slot));
  cell->layout = pango_layout_new (get_context (cell));
  pango_layout_set_text (cell->layout, text != NULL ? text : "", -1);
  pango_layout_set_single_paragraph_mode (cell->layout, TRUE);
  pango_layout_set_ellipsize (cell->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_attributes (cell->layout, get_attributes (cell));
}

/* An icon and words, from the side on which reading begins. */
typedef struct
{
  const char *icon; /* or NULL */
  int icon_size;
  GdkRGBA colour;
  int margin; /* on both sides */
} Line;

static int
get_taken (const Line *line)
{
  return 2 * line->margin + (line->icon != NULL ? line->icon_size + ICON_GAP : 0);
}

/* Returns how wide the words are, shortened to what there is room for. */
static int
fit (EhcpCaseCell *cell, const Line *line, int width)
{
  PangoRectangle text;

  ensure_layout (cell);
  pango_layout_set_width (cell->layout, MAX (width - get_taken (line), 0) * PANGO_SCALE);
  pango_layout_get_pixel_extents (cell->layout, NULL, &text);
  return text.width;
}

static void
draw_icon (EhcpCaseCell *cell, GtkSnapshot *snapshot, const Line *line, int x, int y)
{
  GtkWidget *widget = GTK_WIDGET (cell);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon =
      gtk_icon_theme_lookup_icon (theme, line->icon, NULL, line->icon_size, gtk_widget_get_scale_factor (widget),
                                  gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), GDK_SNAPSHOT (snapshot), line->icon_size,
                                            line->icon_size, &line->colour, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_line (EhcpCaseCell *cell, GtkSnapshot *snapshot, const Line *line)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (cell)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (cell));
  int height = gtk_widget_get_height (GTK_WIDGET (cell));
  int begin = get_taken (line) - line->margin;
  PangoRectangle text;
  int x;

  pango_layout_get_pixel_extents (cell->layout, NULL, &text);
  x = is_mirrored ? width - begin - text.width : begin;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - text.x), (float) ((height - text.height) / 2)));
  gtk_snapshot_append_layout (snapshot, cell->layout, &line->colour);
  gtk_snapshot_restore (snapshot);
  if (line->icon != NULL)
    draw_icon (cell, snapshot, line, is_mirrored ? width - line->margin - line->icon_size : line->margin,
               (height - line->icon_size) / 2);
}

/* As EhcpTag looks by the style sheet. */
static void
get_tag_colours (EhcpTagTone tone, GdkRGBA *front, GdkRGBA *back)
{
  static const char *const names[][2] = {
    [EHCP_TAG_LATE] = { "late_fg", "late_bg" },
    [EHCP_TAG_SOON] = { "soon_fg", "soon_bg" },
    [EHCP_TAG_GOOD] = { "good_fg", "good_bg" },
    [EHCP_TAG_EXCUSED] = { NULL, NULL },
  };
  gboolean is_plain = tone >= G_N_ELEMENTS (names) || names[tone][0] == NULL;

  ehcp_palette_get (is_plain ? "text_fg" : names[tone][0], front);
  *back = *front;
  back->alpha *= .09f;
  if (!is_plain)
    ehcp_palette_get (names[tone][1], back);
}

static void
draw_tag (EhcpCaseCell *cell, GtkSnapshot *snapshot)
{
  EhcpTagTone tone = cell->speech->tag (ehcp_case_slot_get (cell->slot));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (cell)) == GTK_TEXT_DIR_RTL;
  gboolean is_outlined = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  Line line = { .icon = ehcp_tag_get_icon (tone), .icon_size = TAG_ICON_SIZE, .margin = TAG_MARGIN };
  int width = gtk_widget_get_width (GTK_WIDGET (cell));
  int height = gtk_widget_get_height (GTK_WIDGET (cell));
  int own = fit (cell, &line, width) + get_taken (&line);
  PangoRectangle text;
  GskRoundedRect field;
  GdkRGBA back;

  get_tag_colours (tone, &line.colour, &back);
  pango_layout_get_pixel_extents (cell->layout, NULL, &text);
  text.height += 2 * TAG_PADDING;
  gsk_rounded_rect_init_from_rect (&field, &GRAPHENE_RECT_INIT ((float) (is_mirrored ? width - own : 0),
                                                                (float) ((height - text.height) / 2), (float) own,
                                                                (float) text.height), TAG_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &field);
  gtk_snapshot_append_color (snapshot, &back, &field.bounds);
  gtk_snapshot_pop (snapshot);
  if (is_outlined)
    gtk_snapshot_append_border (snapshot, &field, (const float[]){ 1, 1, 1, 1 },
                                (const GdkRGBA[]){ line.colour, line.colour, line.colour, line.colour });
  draw_line (cell, snapshot, &line);
}

static void
draw_words (EhcpCaseCell *cell, GtkSnapshot *snapshot)
{
  Line line = { .icon = cell->look & EHCP_CASE_LOOK_ICON ? cell->speech->icon : NULL, .icon_size = ICON_SIZE };

  ehcp_palette_get (cell->look & EHCP_CASE_LOOK_LATE ? "late_fg" : "text_fg", &line.colour);
  fit (cell, &line, gtk_widget_get_width (GTK_WIDGET (cell)));
  draw_line (cell, snapshot, &line);
}

static void
ehcp_case_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EhcpCaseCell *cell = EHCP_CASE_CELL (widget);

  if (cell->slot == NULL)
    return;
  if (cell->speech->tag != NULL)
    draw_tag (cell, snapshot);
  else
    draw_words (cell, snapshot);
}

static gboolean
ehcp_case_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  EhcpCaseCell *cell = EHCP_CASE_CELL (widget);
  g_autofree char *text = NULL;

  if (cell->slot == NULL)
    return FALSE;
  text = (cell->speech->more != NULL ? cell->speech->more : cell->speech->say) (ehcp_case_slot_get (cell->slot));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && *text != '\0';
}

/* Another font, or the other way round. */
static void
ehcp_case_cell_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (ehcp_case_cell_parent_class)->system_setting_changed (widget, setting);
  g_clear_object (&EHCP_CASE_CELL (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
ehcp_case_cell_dispose (GObject *object)
{
  EhcpCaseCell *cell = EHCP_CASE_CELL (object);

  g_clear_object (&cell->slot);
  g_clear_object (&cell->layout);
  G_OBJECT_CLASS (ehcp_case_cell_parent_class)->dispose (object);
}

static void
ehcp_case_cell_class_init (EhcpCaseCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_case_cell_dispose;
  widget_class->measure = ehcp_case_cell_measure;
  widget_class->snapshot = ehcp_case_cell_snapshot;
  widget_class->query_tooltip = ehcp_case_cell_query_tooltip;
  widget_class->system_setting_changed = ehcp_case_cell_system_setting_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ehcp_case_cell_init (EhcpCaseCell *cell)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (cell), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (cell), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ehcp_case_cell_new (const EhcpCaseSpeech *speech)
{
  EhcpCaseCell *cell = g_object_new (EHCP_TYPE_CASE_CELL, NULL);

  cell->speech = speech;
  return GTK_WIDGET (cell);
}

static void
set_look (EhcpCaseCell *cell, EhcpCaseLook look)
{
  if ((look ^ cell->look) & EHCP_CASE_LOOK_DIM)
    {
      if (look & EHCP_CASE_LOOK_DIM)
        gtk_widget_add_css_class (GTK_WIDGET (cell), "dim");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (cell), "dim");
    }
  cell->look = look;
}

void
ehcp_case_cell_show (EhcpCaseCell *cell, EhcpCaseSlot *slot)
{
  g_set_object (&cell->slot, slot);
  g_clear_object (&cell->layout);
  if (slot != NULL)
    set_look (cell, cell->speech->look != NULL ? cell->speech->look (ehcp_case_slot_get (slot)) : EHCP_CASE_LOOK_PLAIN);
  gtk_widget_queue_draw (GTK_WIDGET (cell));
}
