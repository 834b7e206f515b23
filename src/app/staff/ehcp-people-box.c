/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row a person. Verifying and withdrawing have pages of their own, since they need words; activating is one
 * press. */
#include "ehcp-people-box.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-columns.h"
#include "ehcp-person-words.h"
#include "ehcp-staff-button.h"

#define AVATAR_SIZE 36

struct _EhcpPeopleBox
{
  AdwBin parent_instance;
  EhcpView *view; /* it holds us */
  char *case_id;
  char *shown;    /* what the rows say */
  GtkWidget *list;
  GtkLabel *audience;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (EhcpPeopleBox, ehcp_people_box, ADW_TYPE_BIN)

static void
finalize (GObject *object)
{
  g_free (EHCP_PEOPLE_BOX (object)->case_id);
  g_free (EHCP_PEOPLE_BOX (object)->shown);
  G_OBJECT_CLASS (ehcp_people_box_parent_class)->finalize (object);
}

static void
ehcp_people_box_class_init (EhcpPeopleBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
invite_cb (EhcpPeopleBox *box)
{
  ehcp_view_go (box->view, "invite/%s", box->case_id);
}

static GtkWidget *
make_head (EhcpPeopleBox *box)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("People and access"), "xalign", 0., "hexpand", TRUE,
                                   "wrap", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  GtkWidget *button = ehcp_staff_button_new ("list-add-symbolic", _("Invite"));

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (invite_cb), box);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), button);
  return head;
}

static void
ehcp_people_box_init (EhcpPeopleBox *box)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  box->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (box->list, "boxed-list");
  box->none = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0., "label",
                            _("Nobody is on this case yet. Invite the parents or carers, so that they can follow it."),
                            NULL);
  box->audience = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0., NULL);
  gtk_widget_add_css_class (GTK_WIDGET (box->audience), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (box->audience), "dim");
  gtk_box_append (GTK_BOX (content), make_head (box));
  gtk_box_append (GTK_BOX (content), box->none);
  gtk_box_append (GTK_BOX (content), box->list);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (box->audience));
  adw_bin_set_child (ADW_BIN (box), content);
}

/* What a row's buttons do; the person's id is the button's name. */

static void
verify_cb (GtkButton *button, EhcpPeopleBox *box)
{
  ehcp_view_go (box->view, "verify/%s", gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
withdraw_cb (GtkButton *button, EhcpPeopleBox *box)
{
  ehcp_view_go (box->view, "withdraw/%s", gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
activated_cb (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting, gpointer data)
{
  EhcpPeopleBox *box = EHCP_PEOPLE_BOX (owner);
  g_autofree char *words = error != NULL ? ehcp_act_words (EHCP_COMMAND_ACCESS_ACTIVATE, error) : NULL;

  ehcp_view_toast (box->view, error != NULL ? words
                              : is_waiting  ? _("Kept on this computer. It goes out when the connection is back.")
                                            : _("The SEND Dashboard is open for them. They get an e-mail."));
}

static void
activate_cb (GtkButton *button, EhcpPeopleBox *box)
{
  EhcpRecord *person = ehcp_book_find (ehcp_view_get_book (box->view), EHCP_KIND_PERSON,
                                       gtk_widget_get_name (GTK_WIDGET (button)));
  g_autoptr (EhcpRecord) command = NULL;

  if (person == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (button)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  /* Made anew once the answer is there, whatever it is. */
  g_clear_pointer (&box->shown, g_free);
  command = ehcp_act_new (EHCP_COMMAND_ACCESS_ACTIVATE, box->case_id, person);
  ehcp_record_set_text (command, "person", ehcp_record_get_id (person));
  ehcp_act_send (ehcp_view_get_link (box->view), command, NULL, ehcp_view_get_cancellable (box->view),
                 GTK_WIDGET (box), activated_cb, NULL);
}

static void
add_button (EhcpPeopleBox *box, GtkWidget *row, EhcpRecord *person, const char *label, GCallback clicked,
            const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = ehcp_person_words_name (person);

  gtk_widget_set_name (button, ehcp_record_get_id (person));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  g_signal_connect (button, "clicked", clicked, box);
  gtk_box_append (GTK_BOX (row), button);
}

static gboolean
has_access (EhcpRecord *person, const char *access)
{
  return g_strcmp0 (ehcp_record_get_text (person, "access"), access) == 0;
}

static GtkWidget *
make_end (EhcpPeopleBox *box, EhcpRecord *person)
{
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (end, GTK_ALIGN_END);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (end), ehcp_tag_new (ehcp_person_words_tone (person), ehcp_person_words_access (person)));
  if (has_access (person, "invited") || has_access (person, "verified") || has_access (person, "declined"))
    add_button (box, end, person, _("Verify identity"), G_CALLBACK (verify_cb), NULL);
  if (has_access (person, "accepted"))
    add_button (box, end, person, _("Activate"), G_CALLBACK (activate_cb), NULL);
  if (!has_access (person, "withdrawn"))
    add_button (box, end, person, _("Withdraw access"), G_CALLBACK (withdraw_cb), "flat");
  return end;
}

static GtkWidget *
make_texts (EhcpRecord *person, const char *line)
{
  GtkWidget *start = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = ehcp_person_words_name (person);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0., "wrap", TRUE, NULL);
  GtkWidget *caption = g_object_new (GTK_TYPE_LABEL, "label", line, "xalign", 0., "wrap", TRUE, "wrap-mode",
                                     PANGO_WRAP_WORD_CHAR, NULL);
  GtkWidget *avatar = adw_avatar_new (AVATAR_SIZE, name, TRUE);

  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), caption);
  gtk_box_append (GTK_BOX (start), avatar);
  gtk_box_append (GTK_BOX (start), texts);
  gtk_widget_set_hexpand (start, TRUE);
  return start;
}

static GtkWidget *
make_row (EhcpPeopleBox *box, EhcpRecord *person, const char *line)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *columns = ehcp_columns_new (9, FALSE, 0, 0);
  g_autofree char *name = ehcp_person_words_name (person);

  gtk_widget_add_css_class (row, "person");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  ehcp_columns_append (EHCP_COLUMNS (columns), make_texts (person, line));
  ehcp_columns_append (EHCP_COLUMNS (columns), make_end (box, person));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), columns);
  return row;
}

static char *
describe (EhcpBook *book, GListModel *people, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (EhcpRecord) person = g_list_model_get_item (people, i);
      g_autofree char *line = ehcp_person_words_line (book, person, now);
      g_autofree char *name = ehcp_person_words_name (person);

      g_string_append_printf (text, "%s %s %s %s\n", ehcp_record_get_id (person), name,
                              ehcp_record_get_text (person, "access"), line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
make_rows (EhcpPeopleBox *box, EhcpBook *book, GListModel *people, gint64 now)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (box->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (box->list), row);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (EhcpRecord) person = g_list_model_get_item (people, i);
      g_autofree char *line = ehcp_person_words_line (book, person, now);

      gtk_list_box_append (GTK_LIST_BOX (box->list), make_row (box, person, line));
    }
}

void
ehcp_people_box_show_case (EhcpPeopleBox *box, EhcpView *view, const char *case_id)
{
  EhcpBook *book = ehcp_view_get_book (view);
  GListModel *people = ehcp_book_get_list (book, EHCP_KIND_PERSON, case_id);
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (view)));
  g_autofree char *text = describe (book, people, now);
  g_autofree char *audience = ehcp_person_words_audience (book, case_id);

  box->view = view;
  if (box->case_id == NULL)
    box->case_id = g_strdup (case_id);
  gtk_label_set_label (box->audience, audience);
  gtk_widget_set_visible (box->list, g_list_model_get_n_items (people) > 0);
  gtk_widget_set_visible (box->none, g_list_model_get_n_items (people) == 0);
  if (g_strcmp0 (text, box->shown) == 0)
    return;
  make_rows (box, book, people, now);
  g_free (box->shown);
  box->shown = g_steal_pointer (&text);
}
