/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed may hold fields of templates as well; nothing goes out while one of them is empty. */
#include "ehcp-message-fields.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-template.h"

#define MAX_SUBJECT 200
#define MAX_TEXT 20000

struct _EhcpMessageFields
{
  EhcpDeskPage *page;
  EhcpFieldsChanged changed;
  AdwComboRow *template, *type;
  GtkEditable *subject;
  GtkTextView *text;
  EhcpErrorRow *template_error, *type_error, *subject_error, *text_error;
  const char *case_id;
  gboolean is_fixed;
  gboolean is_filling;
};

static EhcpBook *
get_book (EhcpMessageFields *fields)
{
  return ehcp_view_get_book (fields->page->view);
}

static void
tell_changed (EhcpMessageFields *fields)
{
  if (!fields->is_filling && fields->changed != NULL)
    fields->changed (fields->page->view);
}

/* What of a text could not be filled in is in @missing. */
static char *
fill_for (EhcpMessageFields *fields, const char *case_id, const char *text, GStrv *missing)
{
  EhcpLink *link = ehcp_view_get_link (fields->page->view);
  EhcpService *service = ehcp_link_get_service (link);
  EhcpTemplateCase of = { get_book (fields), case_id, service != NULL ? ehcp_service_get_name (service) : NULL,
                          ehcp_clock_today (ehcp_link_get_clock (link)) };

  return ehcp_template_fill (text, ehcp_template_value_of_case, &of, missing);
}

static char *
fill_if_case (EhcpMessageFields *fields, const char *text)
{
  g_auto (GStrv) missing = NULL;

  return fields->case_id != NULL ? fill_for (fields, fields->case_id, text, &missing) : g_strdup (text);
}

static void
choose_type (EhcpMessageFields *fields, const char *name)
{
  GListModel *model = adw_combo_row_get_model (fields->type);

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_strcmp0 (gtk_string_object_get_string (item), name) == 0)
        adw_combo_row_set_selected (fields->type, i);
    }
}

static void
template_cb (EhcpMessageFields *fields)
{
  guint selected = adw_combo_row_get_selected (fields->template);
  GListModel *templates = ehcp_book_get_list (get_book (fields), EHCP_KIND_TEMPLATE, NULL);
  g_autoptr (EhcpRecord) template = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;

  /* The first choice is none. */
  if (fields->is_filling || selected == 0 || selected > g_list_model_get_n_items (templates))
    return;
  template = g_list_model_get_item (templates, selected - 1);
  subject = fill_if_case (fields, ehcp_record_get_text (template, "subject"));
  text = fill_if_case (fields, ehcp_record_get_text (template, "text"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (fields->text), text, -1);
  if (!fields->is_fixed)
    {
      gtk_editable_set_text (fields->subject, subject);
      choose_type (fields, ehcp_record_get_text (template, "message_type"));
    }
}

static void
show_choices (EhcpMessageFields *fields)
{
  GListModel *templates = ehcp_book_get_list (get_book (fields), EHCP_KIND_TEMPLATE, NULL);
  GListModel *types = ehcp_book_get_list (get_book (fields), EHCP_KIND_MESSAGE_TYPE, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (char *) _("No template"));
  for (guint i = 0; i < g_list_model_get_n_items (templates); i++)
    {
      g_autoptr (EhcpRecord) template = g_list_model_get_item (templates, i);

      g_ptr_array_add (names, (char *) ehcp_record_get_text (template, "title"));
    }
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (fields->template, (const char *const *) names->pdata);
  g_ptr_array_set_size (names, 0);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (EhcpRecord) type = g_list_model_get_item (types, i);

      g_ptr_array_add (names, (char *) ehcp_record_get_text (type, "name"));
    }
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (fields->type, (const char *const *) names->pdata);
}

EhcpMessageFields *
ehcp_message_fields_new (EhcpDeskPage *page, EhcpFieldsChanged changed)
{
  EhcpMessageFields *fields = g_new0 (EhcpMessageFields, 1);
  GtkListBox *list = ehcp_desk_page_add_list (page, NULL, _("About the message"));

  fields->page = page;
  fields->changed = changed;
  fields->template = ehcp_desk_page_add_choice (list, _("Template"), "template", &fields->template_error);
  fields->type = ehcp_desk_page_add_choice (list, _("Message Type"), "message_type", &fields->type_error);
  fields->subject = ehcp_desk_page_add_entry (list, _("Subject"), "subject", TRUE, &fields->subject_error);
  fields->text = ehcp_desk_page_add_text (page, _("Your message"), "text", TRUE, &fields->text_error);
  fields->is_filling = TRUE;
  show_choices (fields);
  fields->is_filling = FALSE;
  g_signal_connect_swapped (fields->template, "notify::selected", G_CALLBACK (template_cb), fields);
  g_signal_connect_swapped (fields->type, "notify::selected", G_CALLBACK (tell_changed), fields);
  g_signal_connect_swapped (fields->subject, "changed", G_CALLBACK (tell_changed), fields);
  g_signal_connect_swapped (gtk_text_view_get_buffer (fields->text), "changed", G_CALLBACK (tell_changed),
                            fields);
  return fields;
}

void
ehcp_message_fields_free (EhcpMessageFields *fields)
{
  g_signal_handlers_disconnect_by_data (fields->template, fields);
  g_signal_handlers_disconnect_by_data (fields->type, fields);
  g_signal_handlers_disconnect_by_data (fields->subject, fields);
  g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (fields->text), fields);
  g_free (fields);
}

void
ehcp_message_fields_set_case (EhcpMessageFields *fields, const char *case_id)
{
  fields->case_id = case_id;
}

void
ehcp_message_fields_fix (EhcpMessageFields *fields, const char *message_type, const char *subject)
{
  const char *const types[] = { message_type, NULL };

  fields->is_filling = TRUE;
  fields->is_fixed = TRUE;
  ehcp_desk_page_set_choices (fields->type, types);
  gtk_editable_set_text (fields->subject, subject);
  fields->is_filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (fields->type), FALSE);
  gtk_editable_set_editable (fields->subject, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (fields->subject), "fixed");
}

void
ehcp_message_fields_fill (EhcpMessageFields *fields, const char *message_type, const char *subject,
                          const char *text)
{
  fields->is_filling = TRUE;
  choose_type (fields, message_type);
  gtk_editable_set_text (fields->subject, subject != NULL ? subject : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (fields->text), text != NULL ? text : "", -1);
  fields->is_filling = FALSE;
}

const char *
ehcp_message_fields_get_type_name (EhcpMessageFields *fields)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (fields->type);

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

const char *
ehcp_message_fields_get_subject (EhcpMessageFields *fields)
{
  return gtk_editable_get_text (fields->subject);
}

char *
ehcp_message_fields_get_text (EhcpMessageFields *fields)
{
  return ehcp_desk_page_get_text (fields->text);
}

gboolean
ehcp_message_fields_is_empty (EhcpMessageFields *fields)
{
  g_autofree char *text = ehcp_message_fields_get_text (fields);

  return *g_strstrip (text) == '\0' &&
         (fields->is_fixed || *gtk_editable_get_text (fields->subject) == '\0');
}

char *
ehcp_message_fields_say_missing (const char *const *missing)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; missing[i] != NULL; i++)
    g_string_append_printf (names, "%s{%s}", i > 0 ? ", " : "", missing[i]);
  /* Translators: names of fields in braces */
  return g_strdup_printf (_("Nothing is known for %s in this case. Write it yourself, or take it out."), names->str);
}

/* Returns what is wrong with a text of the message, or NULL. */
static char *
find_problem (EhcpMessageFields *fields, const char *text, guint most, const char *empty, const char *long_words,
              const char *for_case)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (GStrv) missing = NULL;
  g_autofree char *filled = NULL;

  if (*stripped == '\0')
    return g_strdup (empty);
  if (g_utf8_strlen (stripped, -1) > most)
    return g_strdup (long_words);
  if (for_case == NULL)
    return NULL;
  filled = fill_for (fields, for_case, stripped, &missing);
  return missing[0] != NULL ? ehcp_message_fields_say_missing ((const char *const *) missing) : NULL;
}

void
ehcp_message_fields_check (EhcpMessageFields *fields, const char *for_case)
{
  g_autofree char *text = ehcp_message_fields_get_text (fields);

  ehcp_error_row_take_message (fields->subject_error,
                               find_problem (fields, gtk_editable_get_text (fields->subject), MAX_SUBJECT,
                                             _("Enter a subject."), _("The subject is too long. Shorten it."),
                                             for_case));
  ehcp_error_row_take_message (
      fields->text_error,
      find_problem (fields, text, MAX_TEXT, _("Write your message."),
                    _("The text is too long. Shorten it, or send it in two parts."), for_case));
}

static GStrv
join_names (GStrv a, GStrv b)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  g_strv_builder_addv (all, (const char **) a);
  for (guint i = 0; b[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) a, b[i]))
      g_strv_builder_add (all, b[i]);
  return g_strv_builder_end (all);
}

EhcpRecord *
ehcp_message_fields_make_command (EhcpMessageFields *fields, const char *case_id, GStrv *missing)
{
  EhcpRecord *command = ehcp_act_new (EHCP_COMMAND_MESSAGE_SEND, case_id, NULL);
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (fields->page->view));
  g_autofree char *now = ehcp_clock_now_text (clock);
  g_autofree char *typed = g_strstrip (ehcp_message_fields_get_text (fields));
  g_autofree char *typed_subject = g_strstrip (g_strdup (gtk_editable_get_text (fields->subject)));
  g_auto (GStrv) in_subject = NULL;
  g_auto (GStrv) in_text = NULL;
  g_autofree char *subject = fill_for (fields, case_id, typed_subject, &in_subject);
  g_autofree char *text = fill_for (fields, case_id, typed, &in_text);

  ehcp_record_set_text (command, "message_type", ehcp_message_fields_get_type_name (fields));
  ehcp_record_set_text (command, "subject", subject);
  ehcp_record_set_text (command, "text", text);
  ehcp_record_set_text (command, "composed_at", now);
  *missing = join_names (in_subject, in_text);
  return command;
}
