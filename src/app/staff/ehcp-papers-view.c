/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each document says who it is for and who has opened it. Taking one back asks for the reason, and shows once more who
 * has seen it: that cannot be undone. */
#include "ehcp-papers-view.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-action-row.h"
#include "ehcp-audience-box.h"
#include "ehcp-day-words.h"
#include "ehcp-desk-page.h"
#include "ehcp-document-words.h"
#include "ehcp-text-row.h"
#include "ehcp-time-words.h"

#define MAX_REASON 500

struct _EhcpPapersView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  GtkListBox *list;
  GtkWidget *withdrawing; /* shown while a document is about to be taken back */
  GtkLabel *what;
  GtkEditable *reason;
  EhcpErrorRow *reason_error;
  char *document;         /* the id of that one */
};

G_DEFINE_FINAL_TYPE (EhcpPapersView, ehcp_papers_view, EHCP_TYPE_VIEW)

static char *
name_reader (EhcpBook *book, const char *id)
{
  EhcpRecord *person = ehcp_book_find (book, EHCP_KIND_PERSON, id);

  return person != NULL ? g_strdup_printf ("%s %s", ehcp_record_get_text (person, "forename"),
                                           ehcp_record_get_text (person, "surname")) : NULL;
}

/* "Seen by Helen Marlow, Mon 14:05"; staff who looked at it are in the history. */
static char *
say_readers (EhcpPapersView *self, EhcpRecord *document)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  GListModel *readings = ehcp_book_get_list (book, EHCP_KIND_READING, ehcp_record_get_case (document));
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (readings); i++)
    {
      g_autoptr (EhcpRecord) reading = g_list_model_get_item (readings, i);
      g_autofree char *name = NULL;
      g_autofree char *when = NULL;

      if (g_strcmp0 (ehcp_record_get_text (reading, "item"), ehcp_record_get_id (document)) != 0)
        continue;
      name = name_reader (book, ehcp_record_get_text (reading, "reader"));
      if (name == NULL)
        continue;
      when = ehcp_time_words_of_text (ehcp_record_get_text (reading, "read_at"), now);
      g_string_append_printf (text, "%s%s, %s", text->len > 0 ? "; " : "", name, when);
    }
  return text->len > 0 ? g_strdup_printf (_("Seen by %s"), text->str) : g_strdup (_("Not seen by the family yet"));
}

static char *
say_audience (EhcpPapersView *self, EhcpRecord *document)
{
  GListModel *all = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_PERSON,
                                        ehcp_record_get_case (document));
  g_autoptr (GPtrArray) people = ehcp_audience_list_people (all, ehcp_record_get_text (document, "audience"),
                                                            ehcp_record_get_list (document, "named"));
  g_autofree char *names = ehcp_audience_say_people (people);

  return names != NULL ? g_strdup_printf (_("For %s"), names) : g_strdup (_("For the council’s staff"));
}

static char *
say_document (EhcpPapersView *self, EhcpRecord *document)
{
  g_autofree char *issued = ehcp_day_words_year (ehcp_record_get_date (document, "issued"));
  g_autofree char *audience = say_audience (self, document);
  g_autofree char *readers = say_readers (self, document);

  return g_strdup_printf ("%s, %s\n%s\n%s", ehcp_document_kind_words (ehcp_record_get_text (document, "kind")), issued,
                          audience, readers);
}

/* Taking back */

static void
show_withdrawing (EhcpPapersView *self, EhcpRecord *document)
{
  gtk_widget_set_visible (self->withdrawing, document != NULL);
  g_free (self->document);
  self->document = document != NULL ? g_strdup (ehcp_record_get_id (document)) : NULL;
  if (document != NULL)
    {
      g_autofree char *readers = say_readers (self, document);
      g_autofree char *words = g_strdup_printf (_("“%s” goes from everybody’s computer and cannot be brought back. %s."),
                                                ehcp_record_get_text (document, "title"), readers);

      gtk_label_set_label (self->what, words);
      gtk_editable_set_text (self->reason, "");
      ehcp_error_row_set_message (self->reason_error, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
    }
}

static void
withdraw_cb (EhcpPapersView *self, GtkWidget *button)
{
  show_withdrawing (self, ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT,
                                          g_object_get_data (G_OBJECT (button), "document")));
}

static void
keep_cb (EhcpPapersView *self)
{
  show_withdrawing (self, NULL);
}

static void
withdrawn_cb (EhcpView *view)
{
  ehcp_desk_page_say_done (&EHCP_PAPERS_VIEW (view)->page, _("The document is withdrawn"));
  show_withdrawing (EHCP_PAPERS_VIEW (view), NULL);
}

static void
confirm_cb (EhcpPapersView *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
  g_autoptr (EhcpRecord) command = NULL;

  ehcp_error_row_set_message (self->reason_error, *reason == '\0' ? _("Say why it is withdrawn.")
                                                  : g_utf8_strlen (reason, -1) > MAX_REASON
                                                      ? _("The reason is too long. Shorten it.") : NULL);
  if (!ehcp_desk_page_check (&self->page) || self->document == NULL)
    return;
  command = ehcp_act_new (EHCP_COMMAND_DOCUMENT_WITHDRAW, ehcp_view_get_argument (EHCP_VIEW (self)), NULL);
  ehcp_record_set_text (command, "document", self->document);
  ehcp_record_set_text (command, "reason", reason);
  ehcp_desk_page_send (&self->page, command, NULL, withdrawn_cb);
}

/* The list */

static void
open_cb (EhcpPapersView *self, GtkWidget *row)
{
  ehcp_view_go (EHCP_VIEW (self), "documents/%s/%s", ehcp_view_get_argument (EHCP_VIEW (self)),
                (const char *) g_object_get_data (G_OBJECT (row), "document"));
}

static GtkWidget *
make_row (EhcpPapersView *self, EhcpRecord *document)
{
  const char *title = ehcp_record_get_text (document, "title");
  g_autofree char *line = say_document (self, document);
  GtkWidget *row = ehcp_action_row_new (title, line);
  GtkWidget *button = gtk_button_new_with_label (_("Withdraw"));

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  g_object_set_data_full (G_OBJECT (button), "document", g_strdup (ehcp_record_get_id (document)), g_free);
  g_object_set_data_full (G_OBJECT (row), "document", g_strdup (ehcp_record_get_id (document)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
refresh (EhcpPapersView *self)
{
  GListModel *documents = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT,
                                              ehcp_view_get_argument (EHCP_VIEW (self)));
  guint n = 0;

  ehcp_desk_page_clear_list (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      /* Attachments go with their message. */
      if (ehcp_record_has (document, "message"))
        continue;
      gtk_list_box_append (self->list, make_row (self, document));
      n++;
    }
  if (n == 0)
    gtk_list_box_append (self->list, ehcp_text_row_new (_("No documents yet"), _("Publish a file, or write a letter.")));
}

static void
publish_cb (EhcpPapersView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "publish/%s", ehcp_view_get_argument (EHCP_VIEW (self)));
}

static void
letter_cb (EhcpPapersView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "letter/%s", ehcp_view_get_argument (EHCP_VIEW (self)));
}

static GtkWidget *
add_withdrawing (EhcpPapersView *self)
{
  EhcpDeskPage inner = self->page;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkListBox *list;

  gtk_widget_add_css_class (box, "panel");
  gtk_box_append (GTK_BOX (self->page.box), box);
  inner.box = box;
  ehcp_desk_page_add_heading (&inner, _("Withdraw this document?"));
  self->what = ehcp_desk_page_add_note (&inner, "");
  list = ehcp_desk_page_add_list (&inner, NULL, _("Why"));
  self->reason = ehcp_desk_page_add_entry (list, _("Why it is withdrawn"), "reason", TRUE, &self->reason_error);
  ehcp_desk_page_add_button (&inner, _("Keep it"), FALSE, G_CALLBACK (keep_cb));
  ehcp_desk_page_add_button (&inner, _("Withdraw document"), TRUE, G_CALLBACK (confirm_cb));
  return box;
}

static void
ehcp_papers_view_constructed (GObject *object)
{
  EhcpPapersView *self = EHCP_PAPERS_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  EhcpDeskPage inner;

  G_OBJECT_CLASS (ehcp_papers_view_parent_class)->constructed (object);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_desk_page_show_head (&self->page, _("Documents"), ehcp_view_get_argument (view));
  inner = self->page;
  inner.box = buttons;
  ehcp_desk_page_add_button (&inner, _("Publish documents"), FALSE, G_CALLBACK (publish_cb));
  ehcp_desk_page_add_button (&inner, _("Write a letter"), FALSE, G_CALLBACK (letter_cb));
  gtk_box_append (GTK_BOX (self->page.box), buttons);
  self->withdrawing = add_withdrawing (self);
  self->list = ehcp_desk_page_add_list (&self->page, NULL, _("Documents"));
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  show_withdrawing (self, NULL);
}

static void
ehcp_papers_view_finalize (GObject *object)
{
  g_free (EHCP_PAPERS_VIEW (object)->document);
  G_OBJECT_CLASS (ehcp_papers_view_parent_class)->finalize (object);
}

static void
ehcp_papers_view_class_init (EhcpPapersViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_papers_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_papers_view_finalize;
}

static void
ehcp_papers_view_init (EhcpPapersView *self)
{
}
