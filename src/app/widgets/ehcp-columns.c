/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arranges its children by the width that it gets. The width is counted in characters, so that large text
 * goes under each other as on a narrow window. */
#include "ehcp-columns.h"

#include "ehcp-text-scale.h"

struct _EhcpColumns
{
  GtkWidget parent_instance;
  int spacing;
  gboolean homogeneous;
  int wide_from;
  int half_from;
};

enum
{
  PROP_SPACING = 1,
  PROP_HOMOGENEOUS,
  PROP_WIDE_FROM,
  PROP_HALF_FROM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpColumns, ehcp_columns, GTK_TYPE_WIDGET)

typedef enum
{
  STACKED,
  HALVES,
  IN_A_ROW
} Arrangement;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_shown (EhcpColumns *columns)
{
  return next_shown (gtk_widget_get_first_child (GTK_WIDGET (columns)));
}

#define FOREACH_SHOWN(columns, child) \
  for (GtkWidget *child = first_shown (columns); child != NULL; \
       child = next_shown (gtk_widget_get_next_sibling (child)))

static int
count_shown (EhcpColumns *columns)
{
  int n = 0;

  FOREACH_SHOWN (columns, child)
    n++;
  return n;
}

static int
measure_width (GtkWidget *child, gboolean is_natural)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return is_natural ? natural : minimum;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (width, measure_width (child, FALSE)), NULL,
                      &natural, NULL, NULL);
  return natural;
}

static int
sum_widths (EhcpColumns *columns, gboolean is_natural)
{
  int n = count_shown (columns);
  int sum = 0, widest = 0;

  FOREACH_SHOWN (columns, child)
    {
      int width = measure_width (child, is_natural);

      sum += width;
      widest = MAX (widest, width);
    }
  return (columns->homogeneous ? widest * n : sum) + MAX (n - 1, 0) * columns->spacing;
}

static int
find_widest (EhcpColumns *columns, gboolean is_natural)
{
  int widest = 0;

  FOREACH_SHOWN (columns, child)
    widest = MAX (widest, measure_width (child, is_natural));
  return widest;
}

static Arrangement
choose_arrangement (EhcpColumns *columns, int width)
{
  double scale = ehcp_text_scale_get (gtk_widget_get_pango_context (GTK_WIDGET (columns)));
  gboolean is_wide = columns->wide_from > 0 ? width >= columns->wide_from * scale
                                            : width >= sum_widths (columns, TRUE);

  if (is_wide && width >= sum_widths (columns, FALSE))
    return IN_A_ROW;
  if (columns->half_from > 0 && width >= columns->half_from * scale &&
      width >= 2 * find_widest (columns, FALSE) + columns->spacing)
    return HALVES;
  return STACKED;
}

/* In a row of unequal ones: what each of those that expand gets on top of nothing. */
static int
share_rest (EhcpColumns *columns, int width)
{
  int n_expand = 0;
  int rest = width - MAX (count_shown (columns) - 1, 0) * columns->spacing;

  FOREACH_SHOWN (columns, child)
    {
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        n_expand++;
      else
        rest -= measure_width (child, TRUE);
    }
  return n_expand > 0 ? rest / n_expand : 0;
}

static int
find_child_width (EhcpColumns *columns, GtkWidget *child, Arrangement arrangement, int width)
{
  int n = count_shown (columns);

  if (arrangement == STACKED)
    return width;
  if (arrangement == HALVES)
    return (width - columns->spacing) / 2;
  if (columns->homogeneous)
    return (width - (n - 1) * columns->spacing) / n;
  if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    return MAX (share_rest (columns, width), measure_width (child, FALSE));
  return measure_width (child, TRUE);
}

typedef void (*PlaceFunc) (GtkWidget *child, const GtkAllocation *place);

/* Goes through rows of children, as high as the highest of each row. Returns the height of all. */
static int
arrange (EhcpColumns *columns, int width, PlaceFunc place)
{
  Arrangement arrangement = choose_arrangement (columns, width);
  int n_across = arrangement == IN_A_ROW ? MAX (count_shown (columns), 1) : arrangement == HALVES ? 2 : 1;
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (columns)) == GTK_TEXT_DIR_RTL;
  GtkWidget *row = first_shown (columns);
  int y = 0;

  while (row != NULL)
    {
      GtkWidget *child = row;
      int height = 0, x = 0;

      for (int i = 0; i < n_across && child != NULL; i++, child = next_shown (gtk_widget_get_next_sibling (child)))
        height = MAX (height, measure_height (child, find_child_width (columns, child, arrangement, width)));
      child = row;
      for (int i = 0; i < n_across && child != NULL; i++, child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int child_width = find_child_width (columns, child, arrangement, width);

          if (place != NULL)
            place (child, &(GtkAllocation){ is_rtl ? width - x - child_width : x, y, child_width, height });
          x += child_width + columns->spacing;
        }
      y += height + columns->spacing;
      row = child;
    }
  return MAX (y - columns->spacing, 0);
}

static void
allocate_child (GtkWidget *child, const GtkAllocation *place)
{
  gtk_widget_size_allocate (child, place, -1);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  EhcpColumns *columns = EHCP_COLUMNS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = find_widest (columns, FALSE);
      *natural = MAX (sum_widths (columns, TRUE), *minimum);
    }
  else
    *minimum = *natural = arrange (columns, for_size >= 0 ? for_size : sum_widths (columns, TRUE), NULL);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (EHCP_COLUMNS (widget), width, allocate_child);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpColumns *columns = EHCP_COLUMNS (object);

  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, columns->spacing);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, columns->homogeneous);
      break;
    case PROP_WIDE_FROM:
      g_value_set_int (value, columns->wide_from);
      break;
    case PROP_HALF_FROM:
      g_value_set_int (value, columns->half_from);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpColumns *columns = EHCP_COLUMNS (object);

  switch (id)
    {
    case PROP_SPACING:
      columns->spacing = g_value_get_int (value);
      break;
    case PROP_HOMOGENEOUS:
      columns->homogeneous = g_value_get_boolean (value);
      break;
    case PROP_WIDE_FROM:
      columns->wide_from = g_value_get_int (value);
      break;
    case PROP_HALF_FROM:
      columns->half_from = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ehcp_columns_parent_class)->dispose (object);
}

static void
ehcp_columns_class_init (EhcpColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  props[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, flags);
  props[PROP_WIDE_FROM] = g_param_spec_int ("wide-from", NULL, NULL, 0, G_MAXINT16, 0, flags);
  props[PROP_HALF_FROM] = g_param_spec_int ("half-from", NULL, NULL, 0, G_MAXINT16, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_columns_init (EhcpColumns *columns)
{
}

GtkWidget *
ehcp_columns_new (int spacing, gboolean homogeneous, int wide_from, int half_from)
{
  return g_object_new (EHCP_TYPE_COLUMNS, "spacing", spacing, "homogeneous", homogeneous, "wide-from",
                       wide_from, "half-from", half_from, NULL);
}

void
ehcp_columns_append (EhcpColumns *columns, GtkWidget *child)
{
  g_return_if_fail (EHCP_IS_COLUMNS (columns));
  gtk_widget_set_parent (child, GTK_WIDGET (columns));
}

void
ehcp_columns_remove (EhcpColumns *columns, GtkWidget *child)
{
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (columns));
  gtk_widget_unparent (child);
}
