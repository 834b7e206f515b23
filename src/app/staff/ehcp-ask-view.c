/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ask/CASE": the people of one case, over the forms that were asked for; "ask": the adults of several families. Each
 * person gets a form of their own. */
#include "ehcp-ask-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-act.h"
#include "ehcp-action-row.h"
#include "ehcp-audience-box.h"
#include "ehcp-case-picker.h"
#include "ehcp-day-words.h"
#include "ehcp-desk-page.h"
#include "ehcp-form-definition.h"
#include "ehcp-text-row.h"

#define MAX_BECAUSE 500

struct _EhcpAskView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  GtkListBox *forms;          /* of one case */
  EhcpAudienceBox *people;    /* of one case, or */
  EhcpCasePicker *cases;      /* several */
  AdwComboRow *which;
  GtkEditable *due, *because;
  EhcpErrorRow *which_error, *due_error, *because_error;
  GPtrArray *definitions;     /* names, as the combo has them */
  GPtrArray *waiting;         /* of EhcpRecord: commands */
  guint n_asked;
};

G_DEFINE_FINAL_TYPE (EhcpAskView, ehcp_ask_view, EHCP_TYPE_VIEW)

static void ask_next (EhcpAskView *self);

static EhcpDay
get_today (EhcpAskView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

/* Which forms there are: of each id the newest version. */

static gboolean
is_older (const char *a, const char *b)
{
  const char *at_a = strchr (a, '@'), *at_b = strchr (b, '@');

  return at_a != NULL && at_b != NULL && at_a - a == at_b - b && strncmp (a, b, at_a - a) == 0 &&
         g_ascii_strtoll (at_a + 1, NULL, 10) < g_ascii_strtoll (at_b + 1, NULL, 10);
}

static gboolean
is_outdated (GListModel *all, EhcpRecord *definition)
{
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EhcpRecord) other = g_list_model_get_item (all, i);

      if (is_older (ehcp_record_get_text (definition, "definition"), ehcp_record_get_text (other, "definition")))
        return TRUE;
    }
  return FALSE;
}

static void
show_definitions (EhcpAskView *self)
{
  GListModel *all = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_FORM_DEFINITION, NULL);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (self->definitions, 0);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EhcpRecord) record = g_list_model_get_item (all, i);
      const char *body = ehcp_record_get_text (record, "body");
      g_autoptr (EhcpFormDefinition) definition = ehcp_form_definition_parse (body, strlen (body), NULL);

      if (definition == NULL || is_outdated (all, record))
        continue;
      g_ptr_array_add (self->definitions, g_strdup (ehcp_record_get_text (record, "definition")));
      g_ptr_array_add (titles, g_strdup (definition->title));
    }
  g_ptr_array_add (titles, NULL);
  ehcp_desk_page_set_choices (self->which, (const char *const *) titles->pdata);
}

/* The forms of the case */

static const char *
say_state (const char *state)
{
  if (g_strcmp0 (state, "submitted") == 0)
    return _("has come back, to review");
  if (g_strcmp0 (state, "accepted") == 0)
    return _("accepted");
  if (g_strcmp0 (state, "returned") == 0)
    return _("returned to the family");
  return g_strcmp0 (state, "withdrawn") == 0 ? _("withdrawn") : _("with the family");
}

static void
form_cb (EhcpAskView *self, GtkWidget *row)
{
  ehcp_view_go (EHCP_VIEW (self), "review/%s", (const char *) g_object_get_data (G_OBJECT (row), "form"));
}

static GtkWidget *
make_form_row (EhcpAskView *self, EhcpRecord *form)
{
  EhcpRecord *person = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_PERSON,
                                       ehcp_record_get_text (form, "person"));
  EhcpDay due = ehcp_record_get_date (form, "due");
  g_autofree char *day = ehcp_record_has (form, "due") ? ehcp_day_words_full (due, get_today (self)) : NULL;
  const char *title = ehcp_record_get_text (form, "title");
  const char *state = say_state (ehcp_record_get_text (form, "state"));
  g_autofree char *who = person != NULL ? g_strdup_printf ("%s %s", ehcp_record_get_text (person, "forename"),
                                                           ehcp_record_get_text (person, "surname"))
                                        : g_strdup (_("somebody who has no access any more"));
  g_autofree char *line = day != NULL ? g_strdup_printf (_("%s, %s, due %s"), who, state, day)
                                      : g_strdup_printf ("%s, %s", who, state);
  GtkWidget *row = ehcp_action_row_new (title, line);

  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), title, line);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_object_set_data_full (G_OBJECT (row), "form", g_strdup (ehcp_record_get_id (form)), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (form_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
refresh (EhcpAskView *self)
{
  GListModel *forms;

  if (self->forms == NULL)
    return;
  forms = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_FORM,
                              ehcp_view_get_argument (EHCP_VIEW (self)));
  ehcp_desk_page_clear_list (self->forms);
  for (guint i = 0; i < g_list_model_get_n_items (forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (forms, i);

      gtk_list_box_append (self->forms, make_form_row (self, form));
    }
  if (g_list_model_get_n_items (forms) == 0)
    gtk_list_box_append (self->forms, ehcp_text_row_new (_("No form was asked for yet"), NULL));
}

/* Asking */

static EhcpRecord *
make_command (EhcpAskView *self, EhcpRecord *person)
{
  EhcpRecord *command = ehcp_act_new (EHCP_COMMAND_FORM_ASK, ehcp_record_get_case (person), NULL);
  g_autofree char *because = g_strstrip (g_strdup (gtk_editable_get_text (self->because)));
  EhcpDay due = ehcp_desk_page_take_day (self->due, self->due_error, FALSE);

  ehcp_record_set_text (command, "definition", self->definitions->pdata[adw_combo_row_get_selected (self->which)]);
  ehcp_record_set_text (command, "person", ehcp_record_get_id (person));
  if (due != EHCP_DAY_NONE)
    ehcp_record_set_date (command, "due", due);
  if (*because != '\0')
    ehcp_record_set_text (command, "because", because);
  return command;
}

static void
add_commands (EhcpAskView *self, const char *case_id, const char *audience, const char *const *named)
{
  GListModel *all = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_PERSON, case_id);
  g_autoptr (GPtrArray) people = ehcp_audience_list_people (all, audience, named);

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (self->waiting, make_command (self, people->pdata[i]));
}

static void
make_commands (EhcpAskView *self)
{
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->people != NULL)
    {
      g_auto (GStrv) named = ehcp_audience_box_get_named (self->people);

      add_commands (self, ehcp_view_get_argument (EHCP_VIEW (self)), ehcp_audience_box_get_audience (self->people),
                    (const char *const *) named);
    }
  else
    {
      g_auto (GStrv) cases = ehcp_case_picker_get_chosen (self->cases);

      for (guint i = 0; cases[i] != NULL; i++)
        add_commands (self, cases[i], "adults", NULL);
    }
  self->n_asked = self->waiting->len;
}

static gboolean
check (EhcpAskView *self)
{
  EhcpDay due = ehcp_desk_page_take_day (self->due, self->due_error, FALSE);

  if (due != EHCP_DAY_NONE && due < get_today (self))
    ehcp_error_row_set_message (self->due_error, _("This day is over. Enter today or a later day."));
  ehcp_error_row_set_message (self->because_error,
                              g_utf8_strlen (gtk_editable_get_text (self->because), -1) > MAX_BECAUSE
                                  ? _("This is too long. Shorten it.") : NULL);
  ehcp_error_row_set_message (self->which_error, self->definitions->len == 0 ? _("There is no form yet.") : NULL);
  return ehcp_desk_page_check (&self->page);
}

static void
asked_cb (EhcpView *view)
{
  EhcpAskView *self = EHCP_ASK_VIEW (view);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u person is asked for the form", "%u people are asked for the form", self->n_asked),
      self->n_asked);

  if (self->waiting->len > 0)
    {
      ask_next (self);
      return;
    }
  ehcp_desk_page_say_done (&self->page, words);
  if (self->cases != NULL)
    gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
}

static void
ask_next (EhcpAskView *self)
{
  g_autoptr (EhcpRecord) command = g_ptr_array_steal_index (self->waiting, 0);

  ehcp_desk_page_send (&self->page, command, NULL, asked_cb);
}

static void
ask_cb (EhcpAskView *self)
{
  if (self->page.is_busy || !check (self))
    return;
  make_commands (self);
  if (self->waiting->len > 0)
    ask_next (self);
  else
    ehcp_error_summary_say (self->page.summary, self->people != NULL
                                                    ? _("Choose somebody who has access to the case.")
                                                    : _("Choose at least one family in which somebody has access."));
}

static void
ehcp_ask_view_constructed (GObject *object)
{
  EhcpAskView *self = EHCP_ASK_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpBook *book = ehcp_view_get_book (view);
  const char *case_id = ehcp_view_get_argument (view);
  GtkListBox *list;

  G_OBJECT_CLASS (ehcp_ask_view_parent_class)->constructed (object);
  self->definitions = g_ptr_array_new_with_free_func (g_free);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_desk_page_show_head (&self->page, _("Ask for a form"), case_id);
  if (case_id != NULL)
    {
      self->forms = ehcp_desk_page_add_list (&self->page, _("Forms of this case"), _("Forms of this case"));
      self->people = EHCP_AUDIENCE_BOX (ehcp_audience_box_new (book, case_id, FALSE));
      gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->people));
    }
  else
    {
      self->cases = EHCP_CASE_PICKER (ehcp_case_picker_new (book, _("Families")));
      gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->cases));
    }
  list = ehcp_desk_page_add_list (&self->page, _("What is asked"), _("What is asked"));
  self->which = ehcp_desk_page_add_choice (list, _("Form"), "definition", &self->which_error);
  self->due = ehcp_desk_page_add_entry (list, _("Due on"), "due", FALSE, &self->due_error);
  self->because = ehcp_desk_page_add_entry (list, _("Why we ask"), "because", FALSE, &self->because_error);
  show_definitions (self);
  ehcp_desk_page_add_button (&self->page, _("Ask"), TRUE, G_CALLBACK (ask_cb));
  g_signal_connect_object (book, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_ask_view_finalize (GObject *object)
{
  EhcpAskView *self = EHCP_ASK_VIEW (object);

  g_ptr_array_unref (self->definitions);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_ask_view_parent_class)->finalize (object);
}

static void
ehcp_ask_view_class_init (EhcpAskViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_ask_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_ask_view_finalize;
}

static void
ehcp_ask_view_init (EhcpAskView *self)
{
}
