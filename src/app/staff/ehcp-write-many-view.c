/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families are chosen, the message is written once with fields, and each gets one of its own, which is seen
 * before anything goes. Nobody learns who else got it. */
#include "ehcp-write-many-view.h"

#include <glib/gi18n.h>

#include "ehcp-audience-box.h"
#include "ehcp-case-picker.h"
#include "ehcp-message-fields.h"
#include "ehcp-text-row.h"

#define MOST_PREVIEWS 200

struct _EhcpWriteManyView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  EhcpCasePicker *cases;
  EhcpMessageFields *fields;
  GtkWidget *preview_button;
  GtkWidget *preview_box;
  GtkLabel *preview_heading;
  GtkListBox *previews;
  GtkButton *send;
  GPtrArray *commands; /* of EhcpRecord: what is previewed and would be sent; NULL: none */
  guint n_sending;
};

G_DEFINE_FINAL_TYPE (EhcpWriteManyView, ehcp_write_many_view, EHCP_TYPE_VIEW)

/* What was previewed is not what would go out any more. */
static void
forget_preview (EhcpWriteManyView *self)
{
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  gtk_widget_set_visible (self->preview_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->send), FALSE);
}

static void
changed (EhcpView *view)
{
  EhcpWriteManyView *self = EHCP_WRITE_MANY_VIEW (view);

  if (self->send != NULL)
    forget_preview (self);
}

static void
changed_cb (EhcpWriteManyView *self)
{
  changed (EHCP_VIEW (self));
}

static char *
name_case (EhcpWriteManyView *self, const char *case_id)
{
  EhcpRecord *child = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_CASE, case_id);

  return child != NULL ? ehcp_desk_name_child (child) : g_strdup (case_id);
}

/* "Isla Marlow, to Helen Marlow (Mother)" over the text. */
static GtkWidget *
make_preview (EhcpWriteManyView *self, EhcpRecord *command)
{
  const char *case_id = ehcp_record_get_text (command, "case");
  GListModel *all = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_PERSON, case_id);
  g_autoptr (GPtrArray) people = ehcp_audience_list_people (all, "adults", NULL);
  g_autofree char *who = ehcp_audience_say_people (people);
  g_autofree char *child = name_case (self, case_id);
  g_autofree char *title = NULL;
  g_autofree char *body = g_strdup_printf ("%s\n%s", ehcp_record_get_text (command, "subject"),
                                           ehcp_record_get_text (command, "text"));

  title = who != NULL ? g_strdup_printf (_("%s, to %s"), child, who)
                      : g_strdup_printf (_("%s: nobody of the family has access yet"), child);
  return ehcp_text_row_new (title, body);
}

static void
show_previews (EhcpWriteManyView *self)
{
  g_autofree char *heading =
      g_strdup_printf (ngettext ("%u message", "%u messages", self->commands->len), self->commands->len);
  g_autofree char *label = g_strdup_printf (
      ngettext ("Send %u message", "Send %u messages", self->commands->len), self->commands->len);

  ehcp_desk_page_clear_list (self->previews);
  for (guint i = 0; i < self->commands->len; i++)
    gtk_list_box_append (self->previews, make_preview (self, self->commands->pdata[i]));
  gtk_label_set_label (self->preview_heading, heading);
  gtk_button_set_label (self->send, label);
  gtk_widget_set_visible (self->preview_box, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->send), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->send));
}

/* Makes all of them, or says for which children a field is empty. */
static gboolean
make_commands (EhcpWriteManyView *self, const char *const *cases)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) problems = g_string_new (NULL);

  for (guint i = 0; cases[i] != NULL; i++)
    {
      g_auto (GStrv) missing = NULL;
      g_autoptr (EhcpRecord) command = ehcp_message_fields_make_command (self->fields, cases[i], &missing);

      ehcp_record_set_text (command, "audience", "adults");
      if (missing[0] != NULL)
        {
          g_autofree char *child = name_case (self, cases[i]);
          g_autofree char *names = g_strjoinv ("}, {", missing);

          /* Translators: a child, and names of fields */
          g_string_append_printf (problems, _("%s: nothing is known for {%s}. "), child, names);
        }
      g_ptr_array_add (commands, g_steal_pointer (&command));
    }
  if (problems->len > 0)
    {
      g_string_append (problems, _("Take these families out, or write it without the field."));
      ehcp_error_summary_say (self->page.summary, problems->str);
      return FALSE;
    }
  self->commands = g_steal_pointer (&commands);
  return TRUE;
}

static void
preview_cb (EhcpWriteManyView *self)
{
  g_auto (GStrv) cases = ehcp_case_picker_get_chosen (self->cases);

  forget_preview (self);
  ehcp_message_fields_check (self->fields, NULL);
  if (!ehcp_desk_page_check (&self->page))
    return;
  if (cases[0] == NULL)
    ehcp_error_summary_say (self->page.summary, _("Choose at least one family."));
  else if (g_strv_length (cases) > MOST_PREVIEWS)
    ehcp_error_summary_say (self->page.summary, _("At most 200 families at once. Send it in several parts."));
  else if (make_commands (self, (const char *const *) cases))
    show_previews (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpWriteManyView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);
  g_autofree char *words = NULL;
  guint n;

  self->n_sending--;
  if (self->commands == NULL)
    return;
  if (id == NULL)
    ehcp_error_summary_show_error (self->page.summary, self->page.box, error);
  if (self->n_sending > 0)
    return;
  gtk_widget_set_sensitive (self->page.box, TRUE);
  n = self->commands->len;
  if (id == NULL)
    return;
  words = g_strdup_printf (ngettext ("%u message is on its way", "%u messages are on their way", n), n);
  forget_preview (self);
  ehcp_view_toast (EHCP_VIEW (self), words);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
send_cb (EhcpWriteManyView *self)
{
  if (self->commands == NULL || self->n_sending > 0)
    return;
  gtk_widget_set_sensitive (self->page.box, FALSE);
  self->n_sending = self->commands->len;
  for (guint i = 0; i < self->commands->len; i++)
    ehcp_link_send_async (ehcp_view_get_link (EHCP_VIEW (self)), self->commands->pdata[i], NULL, 0, NULL,
                          sent_cb, g_object_ref (self));
}

static void
ehcp_write_many_view_constructed (GObject *object)
{
  EhcpWriteManyView *self = EHCP_WRITE_MANY_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);

  G_OBJECT_CLASS (ehcp_write_many_view_parent_class)->constructed (object);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_view_set_title (view, _("Write to several families"));
  ehcp_view_set_back_label (view, _("Messages"));
  self->cases = EHCP_CASE_PICKER (ehcp_case_picker_new (ehcp_view_get_book (view), _("Families")));
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->cases));
  ehcp_desk_page_add_note (&self->page, _("Each family gets a message of its own, for everyone of the family "
                                          "with access. Fields such as {child} or {due:final-plan} are filled "
                                          "in for each."));
  self->fields = ehcp_message_fields_new (&self->page, changed);
  self->preview_button = ehcp_desk_page_add_button (&self->page, _("Preview"), FALSE, G_CALLBACK (preview_cb));
  self->preview_heading = GTK_LABEL (ehcp_desk_page_add_heading (&self->page, ""));
  self->previews = ehcp_desk_page_add_list (&self->page, NULL, _("What each family gets"));
  self->preview_box = gtk_widget_get_parent (GTK_WIDGET (self->previews));
  g_object_bind_property (self->preview_box, "visible", self->preview_heading, "visible",
                          G_BINDING_SYNC_CREATE);
  self->send = GTK_BUTTON (ehcp_desk_page_add_button (&self->page, _("Send"), TRUE, G_CALLBACK (send_cb)));
  g_signal_connect_object (self->cases, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  forget_preview (self);
}

static void
ehcp_write_many_view_dispose (GObject *object)
{
  EhcpWriteManyView *self = EHCP_WRITE_MANY_VIEW (object);

  g_clear_pointer (&self->fields, ehcp_message_fields_free);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_write_many_view_parent_class)->dispose (object);
}

static void
ehcp_write_many_view_class_init (EhcpWriteManyViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_write_many_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_write_many_view_dispose;
}

static void
ehcp_write_many_view_init (EhcpWriteManyView *self)
{
}
