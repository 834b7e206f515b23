/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the pages of one act alike, so that each screen says only what is its own. */
#include "ehcp-desk-page.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-day.h"
#include "ehcp-typed-day.h"

void
ehcp_desk_page_init (EhcpDeskPage *page, EhcpView *view, int width)
{
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", width, "tightening-threshold", width, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child",
                                      clamp, NULL);

  page->view = view;
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  page->summary = g_object_new (EHCP_TYPE_ERROR_SUMMARY, NULL);
  gtk_widget_add_css_class (page->box, "page");
  gtk_box_append (GTK_BOX (page->box), GTK_WIDGET (page->summary));
  adw_clamp_set_child (ADW_CLAMP (clamp), page->box);
  adw_bin_set_child (ADW_BIN (view), scroller);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0., "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
ehcp_desk_page_add_heading (EhcpDeskPage *page, const char *text)
{
  GtkWidget *label = make_label (text, "heading");

  gtk_box_append (GTK_BOX (page->box), label);
  return label;
}

GtkLabel *
ehcp_desk_page_add_note (EhcpDeskPage *page, const char *text)
{
  GtkWidget *label = make_label (text, "dim");

  gtk_box_append (GTK_BOX (page->box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_group (EhcpDeskPage *page, const char *heading, GtkWidget *content)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (heading != NULL)
    gtk_box_append (GTK_BOX (group), make_label (heading, "heading"));
  gtk_box_append (GTK_BOX (group), content);
  gtk_box_append (GTK_BOX (page->box), group);
  return group;
}

GtkListBox *
ehcp_desk_page_add_list (EhcpDeskPage *page, const char *heading, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  add_group (page, heading, list);
  return GTK_LIST_BOX (list);
}

static EhcpErrorRow *
add_error (GtkListBox *list, GtkWidget *field, const char *member, const char *label, gboolean is_required)
{
  EhcpErrorRow *row = g_object_new (EHCP_TYPE_ERROR_ROW, "field", field, "member", member, "label", label,
                                    "required", is_required, NULL);

  gtk_list_box_append (list, GTK_WIDGET (row));
  return row;
}

GtkEditable *
ehcp_desk_page_add_entry (GtkListBox *list, const char *title, const char *member, gboolean is_required,
                          EhcpErrorRow **error)
{
  GtkWidget *entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL);

  gtk_list_box_append (list, entry);
  *error = add_error (list, entry, member, title, is_required);
  return GTK_EDITABLE (entry);
}

AdwComboRow *
ehcp_desk_page_add_choice (GtkListBox *list, const char *title, const char *member, EhcpErrorRow **error)
{
  /* What is chosen stands under the label: beside it, it is cut after 20 letters. */
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "use-subtitle", TRUE, "subtitle-lines", 0, NULL);

  gtk_list_box_append (list, row);
  *error = add_error (list, row, member, title, FALSE);
  return ADW_COMBO_ROW (row);
}

void
ehcp_desk_page_set_choices (AdwComboRow *row, const char *const *names)
{
  GtkStringObject *before = adw_combo_row_get_selected_item (row);
  g_autofree char *chosen = before != NULL ? g_strdup (gtk_string_object_get_string (before)) : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  guint selected = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], chosen) == 0)
      selected = i;
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

GtkTextView *
ehcp_desk_page_add_text (EhcpDeskPage *page, const char *heading, const char *member, gboolean is_required,
                         EhcpErrorRow **error)
{
  GtkListBox *list = ehcp_desk_page_add_list (page, heading, heading);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE,
                                  "height-request", 140, "top-margin", 12, "bottom-margin", 12, "left-margin",
                                  12, "right-margin", 12, NULL);

  gtk_widget_add_css_class (text, "composer");
  gtk_widget_add_css_class (GTK_WIDGET (list), "composer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, is_required, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), text);
  gtk_list_box_append (list, row);
  *error = add_error (list, text, member, heading, FALSE);
  return GTK_TEXT_VIEW (text);
}

char *
ehcp_desk_page_get_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

GtkWidget *
ehcp_desk_page_add_button (EhcpDeskPage *page, const char *label, gboolean is_suggested, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, is_suggested ? GTK_ALIGN_END : GTK_ALIGN_START);
  if (is_suggested)
    {
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_add_css_class (button, "pill");
    }
  g_signal_connect_object (button, "clicked", callback, page->view, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (page->box), button);
  return button;
}

void
ehcp_desk_page_clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

gboolean
ehcp_desk_page_check (EhcpDeskPage *page)
{
  return !ehcp_error_summary_gather (page->summary, page->box);
}

gint32
ehcp_desk_page_take_day (GtkEditable *entry, EhcpErrorRow *error, gboolean is_required)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  EhcpDay day = *typed != '\0' ? ehcp_typed_day_parse (typed) : EHCP_DAY_NONE;

  ehcp_error_row_set_message (error, day != EHCP_DAY_NONE ? NULL
                                     : *typed != '\0' ? _("Enter a date, for example 14/12/2026.")
                                     : is_required ? _("Enter the date.") : NULL);
  return day;
}

/* Sending */

static void
set_busy (EhcpDeskPage *page, gboolean is_busy)
{
  page->is_busy = is_busy;
  gtk_widget_set_sensitive (page->box, !is_busy);
}

static void
acted_cb (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting, gpointer data)
{
  EhcpDeskPage *page = data; /* in its owner, which is kept */

  set_busy (page, FALSE);
  page->is_waiting = is_waiting;
  if (error == NULL)
    page->done (page->view);
  else
    ehcp_error_summary_show_error (page->summary, page->box, error);
}

void
ehcp_desk_page_send (EhcpDeskPage *page, EhcpRecord *command, GPtrArray *files, EhcpDeskDone done)
{
  if (page->is_busy)
    return;
  set_busy (page, TRUE);
  page->done = done;
  ehcp_act_send (ehcp_view_get_link (page->view), command, files, ehcp_view_get_cancellable (page->view),
                 GTK_WIDGET (page->view), acted_cb, page);
}

void
ehcp_desk_page_say_done (EhcpDeskPage *page, const char *words)
{
  ehcp_view_toast (page->view, page->is_waiting
                                   ? _("Kept on this computer. It goes out when the connection is back.") : words);
}

char *
ehcp_desk_name_child (EhcpRecord *child)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                          ehcp_record_get_text (child, "child_surname"));
}

void
ehcp_desk_page_show_head (EhcpDeskPage *page, const char *title, const char *case_id)
{
  EhcpRecord *child = case_id != NULL ? ehcp_book_find (ehcp_view_get_book (page->view), EHCP_KIND_CASE, case_id)
                                      : NULL;
  g_autofree char *name = child != NULL ? ehcp_desk_name_child (child) : NULL;
  g_autofree char *about = name != NULL ? g_strdup_printf (_("About %s"), name) : NULL;

  ehcp_view_set_title (page->view, title);
  ehcp_view_set_subtitle (page->view, about);
  ehcp_view_set_avatar (page->view, name);
  ehcp_view_set_back_label (page->view, name != NULL ? _("Case") : _("Back"));
}

gboolean
ehcp_desk_is_manager (EhcpBook *book)
{
  EhcpRecord *account = ehcp_book_get_account (book);

  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "manager") == 0;
}
