/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and what was chosen from it. Wide: side by side, with a hairline between. Narrow: one of both at
 * a time. It decides by the width that it is given, and asks for no more than the wider of its two. */
#include "ehcp-panes.h"

#include "ehcp-text-scale.h"

#define NARROW_BELOW 700 /* px, at a text size of 96 dots an inch */
#define LIST_WIDTH 366

struct _EhcpPanes
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *content;
  GtkWidget *line;
  gboolean shows_content;
  gboolean is_narrow;
};

enum
{
  PROP_LIST = 1,
  PROP_CONTENT,
  PROP_SHOWS_CONTENT,
  PROP_IS_NARROW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpPanes, ehcp_panes, GTK_TYPE_WIDGET)

/* Larger text needs more width for the same words. */
static double
get_text_scale (EhcpPanes *panes)
{
  return ehcp_text_scale_get (gtk_widget_get_pango_context (GTK_WIDGET (panes)));
}

static GtkSizeRequestMode
ehcp_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
ehcp_panes_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  EhcpPanes *panes = EHCP_PANES (widget);
  int list_min = 0, list_nat = 0, content_min = 0, content_nat = 0;

  if (panes->list != NULL)
    gtk_widget_measure (panes->list, orientation, -1, &list_min, &list_nat, NULL, NULL);
  if (panes->content != NULL)
    gtk_widget_measure (panes->content, orientation, -1, &content_min, &content_nat, NULL, NULL);
  *minimum = MAX (list_min, content_min);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LIST_WIDTH + MAX (content_nat, LIST_WIDTH)
                                                       : MAX (list_nat, content_nat);
}

/* GTK 4.8 tells assistive technology of hidden widgets, not of those that are out of the layout. */
static void
set_seen (GtkWidget *child, gboolean is_seen)
{
  gtk_widget_set_child_visible (child, is_seen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, !is_seen, -1);
}

static void
show_pages (EhcpPanes *panes, gboolean is_narrow)
{
  set_seen (panes->list, !is_narrow || !panes->shows_content);
  set_seen (panes->content, !is_narrow || panes->shows_content);
  set_seen (panes->line, !is_narrow);
}

static void
allocate (GtkWidget *child, int x, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
allocate_both (EhcpPanes *panes, int width, int height)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (panes)) == GTK_TEXT_DIR_RTL;
  int list_min, content_min, list_width;

  gtk_widget_measure (panes->list, GTK_ORIENTATION_HORIZONTAL, -1, &list_min, NULL, NULL, NULL);
  gtk_widget_measure (panes->content, GTK_ORIENTATION_HORIZONTAL, -1, &content_min, NULL, NULL, NULL);
  list_width = MIN ((int) (LIST_WIDTH * get_text_scale (panes)), width * 45 / 100);
  list_width = MAX (MIN (list_width, width - content_min - 1), list_min);
  allocate (panes->list, is_rtl ? width - list_width : 0, list_width, height);
  allocate (panes->line, is_rtl ? width - list_width - 1 : list_width, 1, height);
  allocate (panes->content, is_rtl ? 0 : list_width + 1, width - list_width - 1, height);
}

static gboolean
fits_both (EhcpPanes *panes, int width)
{
  int list_min, content_min;

  gtk_widget_measure (panes->list, GTK_ORIENTATION_HORIZONTAL, -1, &list_min, NULL, NULL, NULL);
  gtk_widget_measure (panes->content, GTK_ORIENTATION_HORIZONTAL, -1, &content_min, NULL, NULL, NULL);
  return width >= NARROW_BELOW * get_text_scale (panes) && width >= list_min + content_min + 1;
}

static gboolean
notify_narrow_cb (gpointer data)
{
  g_object_notify_by_pspec (data, props[PROP_IS_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
ehcp_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EhcpPanes *panes = EHCP_PANES (widget);
  gboolean is_narrow;

  if (panes->list == NULL || panes->content == NULL)
    return;
  is_narrow = !fits_both (panes, width);
  show_pages (panes, is_narrow);
  if (!is_narrow)
    allocate_both (panes, width, height);
  else
    allocate (panes->shows_content ? panes->content : panes->list, 0, width, height);

  if (is_narrow == panes->is_narrow)
    return;
  panes->is_narrow = is_narrow;
  /* Those who follow change their own layout, which is not allowed in the middle of one. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_narrow_cb, g_object_ref (panes), g_object_unref);
}

static void
take_child (EhcpPanes *panes, GtkWidget **place, GtkWidget *child)
{
  if (*place != NULL)
    gtk_widget_unparent (*place);
  *place = child;
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (panes), place == &panes->list ? panes->line : NULL);
}

static void
ehcp_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpPanes *panes = EHCP_PANES (object);

  switch (id)
    {
    case PROP_LIST:
      g_value_set_object (value, panes->list);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, panes->content);
      break;
    case PROP_SHOWS_CONTENT:
      g_value_set_boolean (value, panes->shows_content);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, panes->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpPanes *panes = EHCP_PANES (object);

  switch (id)
    {
    case PROP_LIST:
      take_child (panes, &panes->list, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      take_child (panes, &panes->content, g_value_get_object (value));
      break;
    case PROP_SHOWS_CONTENT:
      ehcp_panes_set_shows_content (panes, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_panes_dispose (GObject *object)
{
  EhcpPanes *panes = EHCP_PANES (object);

  g_clear_pointer (&panes->list, gtk_widget_unparent);
  g_clear_pointer (&panes->line, gtk_widget_unparent);
  g_clear_pointer (&panes->content, gtk_widget_unparent);
  G_OBJECT_CLASS (ehcp_panes_parent_class)->dispose (object);
}

static void
ehcp_panes_class_init (EhcpPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ehcp_panes_get_property;
  object_class->set_property = ehcp_panes_set_property;
  object_class->dispose = ehcp_panes_dispose;
  widget_class->get_request_mode = ehcp_panes_get_request_mode;
  widget_class->measure = ehcp_panes_measure;
  widget_class->size_allocate = ehcp_panes_size_allocate;

  props[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SHOWS_CONTENT] = g_param_spec_boolean ("shows-content", NULL, NULL, FALSE, flags);
  props[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "panes");
}

static void
ehcp_panes_init (EhcpPanes *panes)
{
  panes->line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (panes->line, GTK_WIDGET (panes));
  gtk_widget_set_overflow (GTK_WIDGET (panes), GTK_OVERFLOW_HIDDEN);
}

gboolean
ehcp_panes_is_narrow (EhcpPanes *panes)
{
  return panes->is_narrow;
}

gboolean
ehcp_panes_get_shows_content (EhcpPanes *panes)
{
  return panes->shows_content;
}

void
ehcp_panes_set_shows_content (EhcpPanes *panes, gboolean shows_content)
{
  if (panes->shows_content == shows_content)
    return;
  panes->shows_content = shows_content;
  /* At once, so that what comes to the front can take the focus. */
  if (panes->is_narrow)
    show_pages (panes, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (panes));
  g_object_notify_by_pspec (G_OBJECT (panes), props[PROP_SHOWS_CONTENT]);
}

gboolean
ehcp_panes_hides_list (EhcpPanes *panes)
{
  return ehcp_panes_is_narrow (panes) && ehcp_panes_get_shows_content (panes);
}

gboolean
ehcp_panes_focus_search (EhcpPanes *panes, GtkWidget *search)
{
  if (ehcp_panes_is_narrow (panes))
    ehcp_panes_set_shows_content (panes, FALSE);
  return gtk_widget_grab_focus (search);
}
