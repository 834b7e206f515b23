/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a note is typed. It is in the list at once, under way to the council. */
#include "ehcp-note-box.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"

#define HEIGHT 66

struct _EhcpNoteBox
{
  AdwBin parent_instance;
  EhcpView *view; /* it holds us */
  char *case_id;
  GtkWidget *text, *add;
};

G_DEFINE_FINAL_TYPE (EhcpNoteBox, ehcp_note_box, ADW_TYPE_BIN)

static void
finalize (GObject *object)
{
  g_free (EHCP_NOTE_BOX (object)->case_id);
  G_OBJECT_CLASS (ehcp_note_box_parent_class)->finalize (object);
}

static void
ehcp_note_box_class_init (EhcpNoteBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static char *
get_text (EhcpNoteBox *box)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (box->text));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strdup (g_strstrip (text));
}

static void
changed_cb (EhcpNoteBox *box)
{
  g_autofree char *text = get_text (box);

  gtk_widget_set_sensitive (box->add, *text != '\0');
}

static void
done_cb (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting, gpointer data)
{
  EhcpNoteBox *box = EHCP_NOTE_BOX (owner);
  g_autofree char *words = NULL;

  if (error == NULL)
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (box->text)), "", 0);
      return;
    }
  words = ehcp_act_words (EHCP_COMMAND_NOTE_ADD, error);
  ehcp_view_toast (box->view, words);
  changed_cb (box);
}

static void
add_cb (EhcpNoteBox *box)
{
  g_autofree char *text = get_text (box);
  g_autoptr (EhcpRecord) command = NULL;

  if (*text == '\0' || !gtk_widget_get_sensitive (box->add))
    return;
  gtk_widget_set_sensitive (box->add, FALSE);
  command = ehcp_act_new (EHCP_COMMAND_NOTE_ADD, box->case_id, NULL);
  ehcp_record_set_text (command, "text", text);
  ehcp_act_send (ehcp_view_get_link (box->view), command, NULL, ehcp_view_get_cancellable (box->view),
                 GTK_WIDGET (box), done_cb, NULL);
}

static void
ehcp_note_box_init (EhcpNoteBox *box)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "min-content-height", HEIGHT, "has-frame", TRUE,
                                      "hscrollbar-policy", GTK_POLICY_NEVER, NULL);

  box->text = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE, "left-margin", 9,
                            "right-margin", 9, "top-margin", 6, "bottom-margin", 6, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("New note, seen by staff alone"), -1);
  box->add = gtk_button_new_with_label (_("Add note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add note"), -1);
  gtk_widget_set_halign (box->add, GTK_ALIGN_END);
  gtk_widget_set_sensitive (box->add, FALSE);
  g_signal_connect_swapped (box->add, "clicked", G_CALLBACK (add_cb), box);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (box->text)), "changed", G_CALLBACK (changed_cb),
                            box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box->text);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_box_append (GTK_BOX (content), box->add);
  adw_bin_set_child (ADW_BIN (box), content);
}

GtkWidget *
ehcp_note_box_new (EhcpView *view, const char *case_id)
{
  EhcpNoteBox *box = g_object_new (EHCP_TYPE_NOTE_BOX, NULL);

  box->view = view;
  box->case_id = g_strdup (case_id);
  return GTK_WIDGET (box);
}
