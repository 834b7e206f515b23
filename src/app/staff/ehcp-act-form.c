/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of staff differ in their fields alone: sending, waiting, refusals at the field and the way back are the
 * same. What was typed stays until the council has taken it. */
#include "ehcp-act-form.h"

#include <glib/gi18n.h>

#include "ehcp-details-check.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-error-words.h"
#include "ehcp-row-names.h"
#include "ehcp-tick.h"

#define MARGIN 18
#define MARGIN_BOTTOM 24
#define WIDTH 600

struct _EhcpActForm
{
  AdwBin parent_instance;
  EhcpView *view; /* it holds us */
  GtkWidget *page;
  EhcpErrorSummary *summary;
  GtkListBox *list;
  GtkWidget *submit;
  GtkSpinner *spinner;
  GHashTable *errors; /* member → EhcpErrorRow */
  EhcpActMakeFunc make;
  EhcpCommand command;
  char *done;
};

G_DEFINE_FINAL_TYPE (EhcpActForm, ehcp_act_form, ADW_TYPE_BIN)

static void
finalize (GObject *object)
{
  EhcpActForm *form = EHCP_ACT_FORM (object);

  g_hash_table_unref (form->errors);
  g_free (form->done);
  G_OBJECT_CLASS (ehcp_act_form_parent_class)->finalize (object);
}

static void
ehcp_act_form_class_init (EhcpActFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
ehcp_act_form_init (EhcpActForm *form)
{
  form->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
set_busy (EhcpActForm *form, gboolean is_busy)
{
  gtk_widget_set_sensitive (form->submit, !is_busy);
  gtk_spinner_set_spinning (form->spinner, is_busy);
}

static void
show_refusal (EhcpActForm *form, const GError *error)
{
  const char *field = ehcp_error_words_get_field (error);
  g_autofree char *words = ehcp_act_words (form->command, error);
  EhcpErrorRow *row = field != NULL ? g_hash_table_lookup (form->errors, field) : NULL;

  if (row == NULL)
    {
      ehcp_error_summary_say (form->summary, words);
      return;
    }
  ehcp_error_row_set_message (row, words);
  ehcp_error_summary_gather (form->summary, form->page);
}

static void
done_cb (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting, gpointer data)
{
  EhcpActForm *form = EHCP_ACT_FORM (owner);

  set_busy (form, FALSE);
  if (error != NULL)
    {
      show_refusal (form, error);
      return;
    }
  ehcp_view_toast (form->view, is_waiting ? _("Kept on this computer. It goes out when the connection is back.")
                                          : form->done);
  gtk_widget_activate_action (GTK_WIDGET (form->view), "win.back", NULL);
}

static void
submit_cb (EhcpActForm *form)
{
  g_autoptr (EhcpRecord) command = NULL;
  GHashTableIter iter;
  gpointer row;

  if (!gtk_widget_get_sensitive (form->submit))
    return;
  g_hash_table_iter_init (&iter, form->errors);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    ehcp_error_row_set_message (row, NULL);
  command = form->make (form->view);
  if (ehcp_error_summary_gather (form->summary, form->page) || command == NULL)
    return;
  form->command = (EhcpCommand) ehcp_command_find (ehcp_record_get_text (command, "kind"));
  set_busy (form, TRUE);
  ehcp_act_send (ehcp_view_get_link (form->view), command, NULL, ehcp_view_get_cancellable (form->view),
                 GTK_WIDGET (form), done_cb, NULL);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0., NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_page (EhcpActForm *form, const char *heading, const char *intro)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", heading, "wrap", TRUE, "xalign", 0., "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (title, "title-2");
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN_BOTTOM);
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_box_append (GTK_BOX (box), title);
  if (intro != NULL)
    gtk_box_append (GTK_BOX (box), make_label (intro, NULL));
  form->summary = g_object_new (EHCP_TYPE_ERROR_SUMMARY, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form->summary));
  form->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (form->list), "boxed-list");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form->list));
  return box;
}

EhcpActForm *
ehcp_act_form_new (EhcpView *view, const char *heading, const char *intro)
{
  EhcpActForm *form = g_object_new (EHCP_TYPE_ACT_FORM, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", WIDTH, "tightening-threshold", WIDTH, NULL);

  form->view = view;
  form->page = make_page (form, heading, intro);
  adw_clamp_set_child (ADW_CLAMP (clamp), form->page);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (form), scroller);
  adw_bin_set_child (ADW_BIN (view), GTK_WIDGET (form));
  return form;
}

/* A paragraph after the fields. */
void
ehcp_act_form_add_note (EhcpActForm *form, const char *text)
{
  gtk_box_append (GTK_BOX (form->page), make_label (text, "dim"));
}

void
ehcp_act_form_add_widget (EhcpActForm *form, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (form->page), widget);
}

static void
add_row (EhcpActForm *form, const char *member, const char *label, GtkWidget *row, gboolean is_required)
{
  GtkWidget *error;

  gtk_widget_set_visible (GTK_WIDGET (form->list), TRUE);
  gtk_list_box_append (form->list, row);
  error = g_object_new (EHCP_TYPE_ERROR_ROW, "field", row, "member", member, "label", label, "required",
                        is_required, NULL);
  gtk_list_box_append (form->list, error);
  g_hash_table_insert (form->errors, g_strdup (member), error);
  ehcp_row_names_tidy (row);
}

AdwEntryRow *
ehcp_act_form_add_entry (EhcpActForm *form, const char *member, const char *label, gboolean is_required)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", label, NULL);

  add_row (form, member, label, row, is_required);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), form);
  return ADW_ENTRY_ROW (row);
}

AdwComboRow *
ehcp_act_form_add_combo (EhcpActForm *form, const char *member, const char *label, GListModel *model)
{
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", label, "model", model, NULL);

  add_row (form, member, label, row, FALSE);
  return ADW_COMBO_ROW (row);
}

/* (transfer none): a GtkCheckButton in a row of its own. */
GtkWidget *
ehcp_act_form_add_switch (EhcpActForm *form, const char *label, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", label, "subtitle", subtitle, NULL);
  GtkWidget *tick = g_object_new (EHCP_TYPE_TICK, "valign", GTK_ALIGN_CENTER, NULL);

  /* The row's title names it, as its activatable widget. */
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  gtk_list_box_append (form->list, row);
  return tick;
}

void
ehcp_act_form_set_submit (EhcpActForm *form, const char *label, gboolean is_destructive, EhcpActMakeFunc make,
                          const char *done)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  form->make = make;
  ehcp_act_form_set_done (form, done);
  form->spinner = GTK_SPINNER (gtk_spinner_new ());
  form->submit = gtk_button_new_with_label (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->submit), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (form->submit, "pill");
  gtk_widget_add_css_class (form->submit, is_destructive ? "destructive-action" : "suggested-action");
  g_signal_connect_swapped (form->submit, "clicked", G_CALLBACK (submit_cb), form);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form->spinner));
  gtk_box_append (GTK_BOX (box), form->submit);
  gtk_box_append (GTK_BOX (form->page), box);
}

void
ehcp_act_form_set_done (EhcpActForm *form, const char *done)
{
  g_free (form->done);
  form->done = g_strdup (done);
}

void
ehcp_act_form_set_error (EhcpActForm *form, const char *member, const char *message)
{
  EhcpErrorRow *row = g_hash_table_lookup (form->errors, member);

  g_return_if_fail (row != NULL);
  ehcp_error_row_set_message (row, message);
}

char *
ehcp_act_form_get_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

gboolean
ehcp_act_form_check (EhcpActForm *form, const char *member, AdwEntryRow *row, const char *when_missing, gsize max)
{
  g_autofree char *message = ehcp_details_check_text (gtk_editable_get_text (GTK_EDITABLE (row)), when_missing, max);

  ehcp_act_form_set_error (form, member, message);
  return message == NULL;
}
