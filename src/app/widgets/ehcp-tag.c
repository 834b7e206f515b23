/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tag. Its colours are the style sheet's; the icon is silent to a screen reader, the word is not. */
#include "ehcp-tag.h"

#define ICON_SIZE 14

struct _EhcpTag
{
  GtkWidget parent_instance;
  GtkWidget *icon;
  GtkWidget *label;
  EhcpTagTone tone;
};

G_DEFINE_FINAL_TYPE (EhcpTag, ehcp_tag, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon;
} looks[] = {
  [EHCP_TAG_PLAIN] = { "plain", NULL },
  [EHCP_TAG_CURRENT] = { "current", NULL },
  [EHCP_TAG_LATE] = { "late", "ehcp-late-symbolic" },
  [EHCP_TAG_SOON] = { "soon", "ehcp-soon-symbolic" },
  [EHCP_TAG_GOOD] = { "good", "ehcp-good-symbolic" },
  [EHCP_TAG_EXCUSED] = { "excused", "ehcp-excused-symbolic" },
};

static void
dispose (GObject *object)
{
  EhcpTag *tag = EHCP_TAG (object);

  g_clear_pointer (&tag->icon, gtk_widget_unparent);
  g_clear_pointer (&tag->label, gtk_widget_unparent);
  G_OBJECT_CLASS (ehcp_tag_parent_class)->dispose (object);
}

static void
ehcp_tag_class_init (EhcpTagClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ehcp_tag_init (EhcpTag *tag)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (tag))), 4);
  tag->icon = g_object_new (GTK_TYPE_IMAGE, "pixel-size", ICON_SIZE, "visible", FALSE, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (tag->icon, GTK_WIDGET (tag));
  tag->label = gtk_label_new (NULL);
  gtk_widget_set_parent (tag->label, GTK_WIDGET (tag));
  gtk_widget_add_css_class (GTK_WIDGET (tag), "tag");
  gtk_widget_set_valign (GTK_WIDGET (tag), GTK_ALIGN_CENTER);
}

GtkWidget *
ehcp_tag_new (EhcpTagTone tone, const char *text)
{
  EhcpTag *tag = g_object_new (EHCP_TYPE_TAG, NULL);

  ehcp_tag_set (tag, tone, text);
  return GTK_WIDGET (tag);
}

void
ehcp_tag_set (EhcpTag *tag, EhcpTagTone tone, const char *text)
{
  g_return_if_fail (EHCP_IS_TAG (tag) && tone < G_N_ELEMENTS (looks));

  gtk_label_set_label (GTK_LABEL (tag->label), text);
  if (tone == tag->tone && gtk_widget_has_css_class (GTK_WIDGET (tag), looks[tone].css_class))
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (tag), looks[tag->tone].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (tag), looks[tone].css_class);
  tag->tone = tone;
  gtk_widget_set_visible (tag->icon, looks[tone].icon != NULL);
  if (looks[tone].icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (tag->icon), looks[tone].icon);
}

/* (nullable): for what is drawn as a tag without being one. */
const char *
ehcp_tag_get_icon (EhcpTagTone tone)
{
  g_return_val_if_fail (tone < G_N_ELEMENTS (looks), NULL);

  return looks[tone].icon;
}
