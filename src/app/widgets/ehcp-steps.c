/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Page 1 of 3" over as many bars: the words say all that the bars show. */
#include "ehcp-steps.h"

#include <glib/gi18n.h>

struct _EhcpSteps
{
  AdwBin parent;
  GtkLabel *text;
  GtkLabel *required;
  GtkBox *bars;
  guint n_steps;
  guint step;
};

enum
{
  PROP_N_STEPS = 1,
  PROP_STEP,
  PROP_HAS_REQUIRED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpSteps, ehcp_steps, ADW_TYPE_BIN)

static void
mark_required (EhcpSteps *steps)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autofree char *star = g_strdup_printf ("<span foreground=\"%s\">*</span>", is_dark ? "#ffa39c" : "#a51d2d");
  /* Translators: %s is a red star */
  g_autofree char *markup = g_strdup_printf (_("Fields marked %s are required"), star);

  gtk_label_set_markup (steps->required, markup);
}

static void
update (EhcpSteps *steps)
{
  g_autofree char *text = g_strdup_printf (_("Page %u of %u"), steps->step, steps->n_steps);
  guint number = 1;

  gtk_label_set_label (steps->text, text);
  for (GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (steps->bars)); bar != NULL;
       bar = gtk_widget_get_next_sibling (bar), number++)
    {
      const char *classes[] = { "step", number < steps->step ? "done" : number == steps->step ? "now" : NULL,
                                NULL };

      gtk_widget_set_css_classes (bar, classes);
    }
}

static void
ehcp_steps_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpSteps *steps = EHCP_STEPS (object);

  switch (id)
    {
    case PROP_N_STEPS:
      g_value_set_uint (value, steps->n_steps);
      break;
    case PROP_STEP:
      g_value_set_uint (value, steps->step);
      break;
    case PROP_HAS_REQUIRED:
      g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (steps->required)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_steps_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EhcpSteps *steps = EHCP_STEPS (object);

  switch (id)
    {
    case PROP_N_STEPS:
      steps->n_steps = g_value_get_uint (value);
      for (guint i = 0; i < steps->n_steps; i++)
        gtk_box_append (steps->bars, g_object_new (ADW_TYPE_BIN, "hexpand", TRUE, "accessible-role",
                                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
      break;
    case PROP_STEP:
      ehcp_steps_set_step (steps, g_value_get_uint (value));
      break;
    case PROP_HAS_REQUIRED:
      gtk_widget_set_visible (GTK_WIDGET (steps->required), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_steps_constructed (GObject *object)
{
  G_OBJECT_CLASS (ehcp_steps_parent_class)->constructed (object);
  update (EHCP_STEPS (object));
}

static void
ehcp_steps_class_init (EhcpStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ehcp_steps_get_property;
  object_class->set_property = ehcp_steps_set_property;
  object_class->constructed = ehcp_steps_constructed;

  props[PROP_N_STEPS] =
      g_param_spec_uint ("n-steps", NULL, NULL, 1, 20, 1, flags | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 1, 20, 1, flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_HAS_REQUIRED] = g_param_spec_boolean ("has-required", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static GtkLabel *
add_caption (GtkWidget *box, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
ehcp_steps_init (EhcpSteps *steps)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  steps->step = 1;
  steps->text = add_caption (top, 0);
  steps->required = add_caption (top, 1);
  gtk_widget_set_visible (GTK_WIDGET (steps->required), FALSE);
  steps->bars = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (steps->bars));
  adw_bin_set_child (ADW_BIN (steps), box);
  mark_required (steps);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (mark_required),
                           steps, G_CONNECT_SWAPPED);
}

/* @step: from 1 */
void
ehcp_steps_set_step (EhcpSteps *steps, guint step)
{
  if (steps->step == step)
    return;
  steps->step = step;
  update (steps);
  g_object_notify_by_pspec (G_OBJECT (steps), props[PROP_STEP]);
}
