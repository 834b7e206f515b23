/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is chosen for the person: until a button is pressed, both answers are kept and the form cannot be
 * sent. Two texts can also be kept one after the other. */
#include "ehcp-answer-conflict.h"

#include <glib/gi18n.h>

#include "ehcp-columns.h"
#include "ehcp-form-words.h"

struct _EhcpAnswerConflict
{
  AdwBin parent_instance;
};

static guint settled_signal;

G_DEFINE_FINAL_TYPE (EhcpAnswerConflict, ehcp_answer_conflict, ADW_TYPE_BIN)

static void
keep_cb (EhcpAnswerConflict *self, GtkWidget *button)
{
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (button), "value"));

  g_signal_emit (self, settled_signal, 0, value);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_button (EhcpAnswerConflict *self, const char *label, const char *value)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (keep_cb), self);
  return button;
}

static GtkWidget *
make_side (EhcpAnswerConflict *self, const EhcpQuestion *question, const char *heading, const char *value,
           const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *words = ehcp_question_format_answer (question, value);
  GtkWidget *text = make_label (*words != '\0' ? words : _("Not answered"), NULL);

  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (box, "side");
  gtk_box_append (GTK_BOX (box), make_label (heading, "caption-heading"));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), make_button (self, label, value));
  return box;
}

/* "Sam Marlow, Wed 16 December 2026 at 14:12" */
static char *
describe_theirs (const EhcpFormConflict *conflict)
{
  g_autofree char *at = ehcp_form_words_sent_at (conflict->saved_at);
  const char *who = conflict->who != NULL ? conflict->who : _("The other one");

  return *at != '\0' ? g_strdup_printf ("%s, %s", who, at) : g_strdup (who);
}

static void
ehcp_answer_conflict_class_init (EhcpAnswerConflictClass *klass)
{
  settled_signal = g_signal_new ("settled", EHCP_TYPE_ANSWER_CONFLICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ehcp_answer_conflict_init (EhcpAnswerConflict *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "returned");
}

GtkWidget *
ehcp_answer_conflict_new (const EhcpQuestion *question, const char *mine, const EhcpFormConflict *conflict)
{
  EhcpAnswerConflict *self = g_object_new (EHCP_TYPE_ANSWER_CONFLICT, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *sides = g_object_new (EHCP_TYPE_COLUMNS, "spacing", 12, NULL);
  g_autofree char *theirs = describe_theirs (conflict);

  gtk_box_append (GTK_BOX (box), make_label (_("This answer was changed in two places"), "heading"));
  gtk_box_append (GTK_BOX (box), make_label (_("Both are kept. Choose which one it shall be."), NULL));
  ehcp_columns_append (EHCP_COLUMNS (sides), make_side (self, question, _("What you wrote here"), mine,
                                                        _("Keep mine")));
  ehcp_columns_append (EHCP_COLUMNS (sides), make_side (self, question, theirs, conflict->theirs,
                                                        _("Keep the other one")));
  gtk_box_append (GTK_BOX (box), sides);
  if (question->kind == EHCP_QUESTION_LONG_TEXT && *conflict->theirs != '\0')
    {
      g_autofree char *both = g_strdup_printf ("%s\n\n%s", mine, conflict->theirs);

      gtk_box_append (GTK_BOX (box), make_button (self, _("Keep both, one after the other"), both));
    }
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
