/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went stands on the left, what came on the right, each in words too: colour alone says nothing to
 * whoever does not see it. */
#include "ehcp-compare-section.h"

#include <glib/gi18n.h>

typedef struct
{
  GString *text;
  PangoAttrList *attributes;
  int n_chars;
} Side;

static void
append (Side *side, const char *text)
{
  g_string_append (side->text, text);
  side->n_chars += (int) g_utf8_strlen (text, -1);
}

static void
colour (Side *side, guint from, gboolean is_added)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  PangoColor ground, text;
  PangoAttribute *attributes[4];

  pango_color_parse (&ground, is_added ? (is_dark ? "#2b4434" : "#e8f4ec") : is_dark ? "#4d2c2e" : "#fbeaea");
  pango_color_parse (&text, is_added ? (is_dark ? "#9adcae" : "#1d6b35") : is_dark ? "#ffa39c" : "#a51d2d");
  attributes[0] = pango_attr_background_new (ground.red, ground.green, ground.blue);
  attributes[1] = pango_attr_foreground_new (text.red, text.green, text.blue);
  /* Else both are as faint as the label's own colour, which is not all opaque. */
  attributes[2] = pango_attr_background_alpha_new (G_MAXUINT16);
  attributes[3] = pango_attr_foreground_alpha_new (G_MAXUINT16);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->start_index = from;
      attributes[i]->end_index = (guint) side->text->len;
      pango_attr_list_insert (side->attributes, attributes[i]);
    }
}

/* Returns where it begins, in characters. */
static int
append_change (Side *side, const EhcpPlanPiece *piece)
{
  gboolean is_added = piece->kind == EHCP_PIECE_ADDED;
  g_autofree char *words = g_strdup_printf (is_added ? _("[Added: %s]") : _("[Removed: %s]"), piece->text);
  int begin = side->n_chars;
  guint from = (guint) side->text->len;

  append (side, words);
  colour (side, from, is_added);
  append (side, " ");
  return begin;
}

static GtkLabel *
make_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_label_set_yalign (label, 0);
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  return label;
}

static void
show_side (GtkLabel *label, Side *side, gboolean is_there)
{
  gtk_label_set_label (label, is_there ? side->text->str : _("This section is not in this document."));
  if (is_there)
    gtk_label_set_attributes (label, side->attributes);
  else
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim");
  g_string_free (side->text, TRUE);
  pango_attr_list_unref (side->attributes);
}

static void
fill (const EhcpPlanSection *section, GtkLabel *left, GtkLabel *right, GArray *changes)
{
  Side first = { g_string_new (NULL), pango_attr_list_new (), 0 };
  Side second = { g_string_new (NULL), pango_attr_list_new (), 0 };

  for (guint i = 0; i < section->pieces->len; i++)
    {
      const EhcpPlanPiece *piece = g_ptr_array_index (section->pieces, i);
      gboolean is_added = piece->kind == EHCP_PIECE_ADDED;
      EhcpCompareChange change;

      if (piece->kind == EHCP_PIECE_SAME)
        {
          append (&first, piece->text);
          append (&first, " ");
          append (&second, piece->text);
          append (&second, " ");
          continue;
        }
      change.label = is_added ? right : left;
      change.from = append_change (is_added ? &second : &first, piece);
      change.to = (is_added ? &second : &first)->n_chars - 1;
      g_array_append_val (changes, change);
    }
  show_side (left, &first, section->is_in_first);
  show_side (right, &second, section->is_in_second);
}

GtkWidget *
ehcp_compare_section_new (const EhcpPlanSection *section, GArray *changes)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *heading = gtk_label_new (section->heading != NULL ? section->heading : _("Before the sections"));
  g_autofree char *count =
      section->n_changes == 0 ? g_strdup (_("No change"))
                              : g_strdup_printf (ngettext ("%u change", "%u changes", section->n_changes),
                                                 section->n_changes);
  GtkWidget *n_changes = gtk_label_new (count);
  GtkLabel *left = make_label (), *right = make_label ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "title-4");
  gtk_label_set_xalign (GTK_LABEL (n_changes), 0);
  gtk_widget_set_css_classes (n_changes, (const char *[]){ "caption", "dim", NULL });
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (left));
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (right));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), n_changes);
  gtk_box_append (GTK_BOX (box), columns);
  fill (section, left, right, changes);
  gtk_widget_add_css_class (box, "compare-section");
  return box;
}

static char *
format_state (EhcpRecord *comment)
{
  const char *state = ehcp_record_get_text (comment, "state");
  const char *reason = ehcp_record_get_text (comment, "reason");

  if (g_strcmp0 (state, "accepted") == 0)
    return g_strdup (_("Accepted"));
  if (g_strcmp0 (state, "declined") == 0)
    return g_strdup_printf (_("Declined: %s"), reason != NULL ? reason : "");
  return g_strdup (_("Received"));
}

void
ehcp_compare_section_add_comment (GtkWidget *section, EhcpRecord *comment)
{
  g_autofree char *state = format_state (comment);
  g_autofree char *words = g_strdup_printf (_("You asked: %s"), ehcp_record_get_text (comment, "text"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkLabel *text = make_label (), *tag = make_label ();

  gtk_label_set_label (text, words);
  gtk_label_set_label (tag, state);
  gtk_widget_set_css_classes (GTK_WIDGET (tag), (const char *[]){ "caption-heading", NULL });
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (tag));
  gtk_widget_add_css_class (box, "compare-comment");
  gtk_box_append (GTK_BOX (section), box);
}
