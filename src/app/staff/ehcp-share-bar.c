/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a grey bar. Silent to a screen reader: the number beside it says the same. */
#include "ehcp-share-bar.h"

#include <adwaita.h>

#include "ehcp-palette.h"

#define HEIGHT 14
#define RADIUS 4

struct _EhcpShareBar
{
  GtkWidget parent_instance;
  double share;
};

G_DEFINE_FINAL_TYPE (EhcpShareBar, ehcp_share_bar, GTK_TYPE_WIDGET)

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *shot)
{
  EhcpShareBar *bar = EHCP_SHARE_BAR (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float used = MAX (RADIUS, (float) bar->share * width);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect area;
  GdkRGBA colour;

  ehcp_palette_get ("outline_fg", &colour);
  /* A quiet grey: the numbers are what is read. High contrast has it whole. */
  if (!adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    colour.alpha = .6f;
  gsk_rounded_rect_init_from_rect (&area,
                                   &GRAPHENE_RECT_INIT (is_mirrored ? width - used : 0,
                                                        (height - HEIGHT) / 2, used, HEIGHT), RADIUS);
  gtk_snapshot_push_rounded_clip (shot, &area);
  gtk_snapshot_append_color (shot, &colour, &area.bounds);
  gtk_snapshot_pop (shot);
}

static void
ehcp_share_bar_class_init (EhcpShareBarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = measure;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "share");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ehcp_share_bar_init (EhcpShareBar *bar)
{
}

GtkWidget *
ehcp_share_bar_new (double share)
{
  EhcpShareBar *bar = g_object_new (EHCP_TYPE_SHARE_BAR, "hexpand", TRUE, NULL);

  bar->share = CLAMP (share, 0, 1);
  return GTK_WIDGET (bar);
}
