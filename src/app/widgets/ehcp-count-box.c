/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title, count and note in a card. The name stays the title alone; the count is the description. */
#include "ehcp-count-box.h"

#define ICON_SIZE 16

struct _EhcpCountBox
{
  GtkButton parent_instance;
  char *title;
  char *icon;
  GtkWidget *count;
  GtkWidget *note;
};

enum
{
  PROP_TITLE = 1,
  PROP_ICON,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpCountBox, ehcp_count_box, GTK_TYPE_BUTTON)

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0., "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_head (EhcpCountBox *box)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", box->icon, "pixel-size", ICON_SIZE,
                                  "valign", GTK_ALIGN_CENTER, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), make_label (box->title, "heading"));
  return head;
}

static void
constructed (GObject *object)
{
  EhcpCountBox *box = EHCP_COUNT_BOX (object);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  G_OBJECT_CLASS (ehcp_count_box_parent_class)->constructed (object);
  box->count = make_label ("0", "title-1");
  box->note = make_label ("", "caption");
  gtk_widget_add_css_class (box->count, "numeric");
  gtk_widget_add_css_class (box->note, "dim");
  gtk_label_set_wrap_mode (GTK_LABEL (box->note), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (box->note, TRUE);
  gtk_box_append (GTK_BOX (foot), box->count);
  gtk_box_append (GTK_BOX (foot), box->note);
  gtk_box_append (GTK_BOX (content), make_head (box));
  gtk_box_append (GTK_BOX (content), foot);
  gtk_button_set_child (GTK_BUTTON (box), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, box->title, -1);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpCountBox *box = EHCP_COUNT_BOX (object);

  if (id == PROP_TITLE)
    box->title = g_value_dup_string (value);
  else if (id == PROP_ICON)
    box->icon = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject *object)
{
  EhcpCountBox *box = EHCP_COUNT_BOX (object);

  g_clear_pointer (&box->title, g_free);
  g_clear_pointer (&box->icon, g_free);
  G_OBJECT_CLASS (ehcp_count_box_parent_class)->finalize (object);
}

static void
ehcp_count_box_class_init (EhcpCountBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  object_class->constructed = constructed;
  object_class->set_property = set_property;
  object_class->finalize = finalize;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_count_box_init (EhcpCountBox *box)
{
  gtk_widget_add_css_class (GTK_WIDGET (box), "panel");
  gtk_widget_add_css_class (GTK_WIDGET (box), "count-box");
}

void
ehcp_count_box_set_count (EhcpCountBox *box, guint count, const char *note)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *spoken = g_strdup_printf ("%u %s", count, note);

  g_return_if_fail (EHCP_IS_COUNT_BOX (box));

  gtk_label_set_label (GTK_LABEL (box->count), number);
  gtk_label_set_label (GTK_LABEL (box->note), note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}
