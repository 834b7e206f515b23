/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of the templates over the fields of one of them: a row puts it there to be changed. */
#include "ehcp-templates-view.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-action-row.h"
#include "ehcp-desk-page.h"
#include "ehcp-rules.h"
#include "ehcp-template.h"

struct _EhcpTemplatesView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  GtkListBox *list;
  GtkLabel *heading;
  GtkEditable *title, *subject;
  AdwComboRow *type;
  GtkTextView *text;
  EhcpErrorRow *title_error, *type_error, *subject_error, *text_error;
  GtkWidget *remove, *fresh;
  char *id;    /* of the one that is changed; NULL: a new one */
  gint64 base; /* its version when it was put into the fields */
};

G_DEFINE_FINAL_TYPE (EhcpTemplatesView, ehcp_templates_view, EHCP_TYPE_VIEW)

static void
show_types (EhcpTemplatesView *self, const char *chosen)
{
  GListModel *types = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_MESSAGE_TYPE, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (EhcpRecord) type = g_list_model_get_item (types, i);

      g_ptr_array_add (names, (char *) ehcp_record_get_text (type, "name"));
      if (g_strcmp0 (ehcp_record_get_text (type, "name"), chosen) == 0)
        selected = i;
    }
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (self->type, (const char *const *) names->pdata);
  if (chosen != NULL)
    adw_combo_row_set_selected (self->type, selected);
}

/* NULL: empty fields for a new one. */
static void
put_into_fields (EhcpTemplatesView *self, EhcpRecord *template)
{
  g_free (self->id);
  self->id = template != NULL ? g_strdup (ehcp_record_get_id (template)) : NULL;
  self->base = template != NULL ? ehcp_record_get_int (template, "seq") : 0;
  gtk_editable_set_text (self->title, template != NULL ? ehcp_record_get_text (template, "title") : "");
  gtk_editable_set_text (self->subject, template != NULL ? ehcp_record_get_text (template, "subject") : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                            template != NULL ? ehcp_record_get_text (template, "text") : "", -1);
  show_types (self, template != NULL ? ehcp_record_get_text (template, "message_type") : NULL);
  gtk_label_set_label (self->heading, template != NULL ? _("Change the template") : _("New template"));
  gtk_widget_set_visible (self->remove, template != NULL);
  gtk_widget_set_visible (self->fresh, template != NULL);
  ehcp_error_summary_clear (self->page.summary, self->page.box);
}

static void
row_cb (EhcpTemplatesView *self, GtkWidget *row)
{
  EhcpRecord *template = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_TEMPLATE,
                                         g_object_get_data (G_OBJECT (row), "template"));

  if (template == NULL)
    return;
  put_into_fields (self, template);
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

static void
refresh (EhcpTemplatesView *self)
{
  GListModel *templates = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_TEMPLATE, NULL);

  ehcp_desk_page_clear_list (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (templates); i++)
    {
      g_autoptr (EhcpRecord) template = g_list_model_get_item (templates, i);
      GtkWidget *row = ehcp_action_row_new (ehcp_record_get_text (template, "title"),
                                            ehcp_record_get_text (template, "subject"));

      g_object_set_data_full (G_OBJECT (row), "template", g_strdup (ehcp_record_get_id (template)), g_free);
      g_signal_connect_swapped (row, "activated", G_CALLBACK (row_cb), self);
      gtk_list_box_append (self->list, row);
    }
  if (g_list_model_get_n_items (templates) == 0)
    gtk_list_box_append (self->list, g_object_new (ADW_TYPE_ACTION_ROW, "title", _("No templates yet"), NULL));
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return *stripped == '\0';
}

/* A field that nothing can be put in for would reach a family as it stands. @missing: what is said of no text. */
static void
check_words (EhcpErrorRow *error, const char *text, const char *missing)
{
  g_autofree char *wrong = ehcp_template_find_wrong (text, ehcp_rule_is_known);
  g_autofree char *unknown = wrong != NULL
                                 ? g_strdup_printf (_("There is no field %s. Correct its name or remove it."), wrong)
                                 : NULL;

  ehcp_error_row_set_message (error, is_blank (text) ? missing : unknown);
}

static gboolean
check (EhcpTemplatesView *self)
{
  g_autofree char *text = ehcp_desk_page_get_text (self->text);

  ehcp_error_row_set_message (self->title_error, is_blank (gtk_editable_get_text (self->title))
                                                     ? _("Enter a name for the template.") : NULL);
  check_words (self->subject_error, gtk_editable_get_text (self->subject), _("Enter a subject."));
  check_words (self->text_error, text, _("Write the text."));
  return ehcp_desk_page_check (&self->page);
}

static void
saved_cb (EhcpView *view)
{
  ehcp_desk_page_say_done (&EHCP_TEMPLATES_VIEW (view)->page, _("The template is saved"));
  put_into_fields (EHCP_TEMPLATES_VIEW (view), NULL);
}

static void
save_cb (EhcpTemplatesView *self)
{
  g_autoptr (EhcpRecord) command = NULL;
  g_autofree char *text = NULL;
  GtkStringObject *type = adw_combo_row_get_selected_item (self->type);

  if (!check (self))
    return;
  text = g_strstrip (ehcp_desk_page_get_text (self->text));
  command = ehcp_act_new (EHCP_COMMAND_TEMPLATE_SAVE, NULL, NULL);
  ehcp_record_set_text (command, "title", gtk_editable_get_text (self->title));
  ehcp_record_set_text (command, "message_type", type != NULL ? gtk_string_object_get_string (type) : "");
  ehcp_record_set_text (command, "subject", gtk_editable_get_text (self->subject));
  ehcp_record_set_text (command, "text", text);
  if (self->id != NULL)
    {
      ehcp_record_set_text (command, "template", self->id);
      ehcp_record_set_int (command, "base", self->base);
    }
  ehcp_desk_page_send (&self->page, command, NULL, saved_cb);
}

static void
removed_cb (EhcpView *view)
{
  ehcp_desk_page_say_done (&EHCP_TEMPLATES_VIEW (view)->page, _("The template is removed"));
  put_into_fields (EHCP_TEMPLATES_VIEW (view), NULL);
}

static void
remove_cb (EhcpTemplatesView *self)
{
  g_autoptr (EhcpRecord) command = ehcp_act_new (EHCP_COMMAND_TEMPLATE_REMOVE, NULL, NULL);

  ehcp_record_set_text (command, "template", self->id);
  ehcp_desk_page_send (&self->page, command, NULL, removed_cb);
}

static void
fresh_cb (EhcpTemplatesView *self)
{
  put_into_fields (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

static char *
say_fields (void)
{
  g_autofree char *names = g_strjoinv ("}, {", (char **) ehcp_template_list_fields ());

  return g_strdup_printf (_("These are filled in before a message is sent: {%s}, and the last day of a step, such "
                            "as {due:final-plan} or {due:assess-decision}."), names);
}

static void
ehcp_templates_view_constructed (GObject *object)
{
  EhcpTemplatesView *self = EHCP_TEMPLATES_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  g_autofree char *fields = say_fields ();
  GtkListBox *list;

  G_OBJECT_CLASS (ehcp_templates_view_parent_class)->constructed (object);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_view_set_title (view, _("Templates"));
  ehcp_view_set_back_label (view, _("Messages"));
  self->list = ehcp_desk_page_add_list (&self->page, NULL, _("Templates"));
  self->heading = GTK_LABEL (ehcp_desk_page_add_heading (&self->page, ""));
  list = ehcp_desk_page_add_list (&self->page, NULL, _("The template"));
  self->title = ehcp_desk_page_add_entry (list, _("Name of the template"), "title", TRUE, &self->title_error);
  self->type = ehcp_desk_page_add_choice (list, _("Message Type"), "message_type", &self->type_error);
  self->subject = ehcp_desk_page_add_entry (list, _("Subject"), "subject", TRUE, &self->subject_error);
  self->text = ehcp_desk_page_add_text (&self->page, _("Text of the template"), "text", TRUE, &self->text_error);
  ehcp_desk_page_add_note (&self->page, fields);
  self->fresh = ehcp_desk_page_add_button (&self->page, _("New template"), FALSE, G_CALLBACK (fresh_cb));
  self->remove = ehcp_desk_page_add_button (&self->page, _("Remove template"), FALSE, G_CALLBACK (remove_cb));
  ehcp_desk_page_add_button (&self->page, _("Save template"), TRUE, G_CALLBACK (save_cb));
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  put_into_fields (self, NULL);
}

static void
ehcp_templates_view_finalize (GObject *object)
{
  g_free (EHCP_TEMPLATES_VIEW (object)->id);
  G_OBJECT_CLASS (ehcp_templates_view_parent_class)->finalize (object);
}

static void
ehcp_templates_view_class_init (EhcpTemplatesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_templates_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_templates_view_finalize;
}

static void
ehcp_templates_view_init (EhcpTemplatesView *self)
{
}
