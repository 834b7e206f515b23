/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the case's records know is filled in; only what they do not know is asked for. The letter is seen as the PDF
 * that the family will get before it can be published. */
#include "ehcp-letter-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-act.h"
#include "ehcp-audience-box.h"
#include "ehcp-day-words.h"
#include "ehcp-desk-page.h"
#include "ehcp-document-pages.h"
#include "ehcp-letter-template.h"
#include "ehcp-letter.h"
#include "ehcp-template-values.h"

#define PREVIEW_HEIGHT 560

struct _EhcpLetterView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  AdwComboRow *which;
  EhcpErrorRow *which_error;
  GtkListBox *fields;
  EhcpAudienceBox *audience;
  GtkWidget *preview;
  EhcpDocumentPages *pages;
  GtkWidget *publish;
  GPtrArray *letters;
  GPtrArray *typed;    /* of Typed */
  GBytes *content;     /* what is previewed; NULL: nothing */
};

/* A field that has to be typed. */
typedef struct
{
  char *name;
  GtkEditable *entry;  /* or */
  GtkTextView *text;
  EhcpErrorRow *error;
} Typed;

G_DEFINE_FINAL_TYPE (EhcpLetterView, ehcp_letter_view, EHCP_TYPE_VIEW)

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  g_free (typed->name);
  g_free (typed);
}

static const EhcpLetterTemplate *
get_letter (EhcpLetterView *self)
{
  return self->letters->pdata[MIN (adw_combo_row_get_selected (self->which), self->letters->len - 1)];
}

static EhcpTemplateCase
get_case (EhcpLetterView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  EhcpService *service = ehcp_link_get_service (link);

  return (EhcpTemplateCase){ ehcp_view_get_book (EHCP_VIEW (self)), ehcp_view_get_argument (EHCP_VIEW (self)),
                             service != NULL ? ehcp_service_get_name (service) : NULL,
                             ehcp_clock_today (ehcp_link_get_clock (link)) };
}

/* The preview is of what stood in the fields then. */
static void
forget_preview (EhcpLetterView *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  gtk_widget_set_visible (self->preview, FALSE);
  gtk_widget_set_visible (self->publish, FALSE);
}

/* Fields */

static const char *
get_label (const char *name)
{
  if (g_str_has_prefix (name, "line:") || g_str_has_prefix (name, "text:"))
    return name + strlen ("line:");
  return name;
}

static void
add_long (EhcpLetterView *self, Typed *typed)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", get_label (typed->name), "xalign", 0., "wrap", TRUE,
                                   "margin-top", 9, "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab", FALSE,
                                  "height-request", 84, "left-margin", 12, "right-margin", 12, "bottom-margin", 9,
                                  NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim");
  gtk_widget_add_css_class (text, "composer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (typed->name), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, get_label (typed->name), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->fields, row);
  typed->text = GTK_TEXT_VIEW (text);
  typed->error = g_object_new (EHCP_TYPE_ERROR_ROW, "field", text, "label", get_label (typed->name), NULL);
  gtk_list_box_append (self->fields, GTK_WIDGET (typed->error));
  g_signal_connect_object (gtk_text_view_get_buffer (typed->text), "changed", G_CALLBACK (forget_preview), self,
                           G_CONNECT_SWAPPED);
}

static void
add_field (EhcpLetterView *self, const char *name)
{
  Typed *typed = g_new0 (Typed, 1);

  typed->name = g_strdup (name);
  if (g_str_has_prefix (name, "text:"))
    add_long (self, typed);
  else
    {
      typed->entry = ehcp_desk_page_add_entry (self->fields, get_label (name), NULL, TRUE, &typed->error);
      g_signal_connect_object (typed->entry, "changed", G_CALLBACK (forget_preview), self, G_CONNECT_SWAPPED);
    }
  g_ptr_array_add (self->typed, typed);
}

/* What was typed for one letter stays for a field of the same name in another. */
static void
which_cb (EhcpLetterView *self)
{
  EhcpTemplateCase of = get_case (self);
  g_auto (GStrv) open = ehcp_letter_template_list_open (get_letter (self), ehcp_template_value_of_case, &of);
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = self->typed->pdata[i];

      if (typed->entry != NULL)
        g_hash_table_insert (before, g_strdup (typed->name), g_strdup (gtk_editable_get_text (typed->entry)));
    }
  g_ptr_array_set_size (self->typed, 0);
  ehcp_desk_page_clear_list (self->fields);
  for (guint i = 0; open[i] != NULL; i++)
    add_field (self, open[i]);
  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = self->typed->pdata[i];
      const char *text = g_hash_table_lookup (before, typed->name);

      if (typed->entry != NULL && text != NULL)
        gtk_editable_set_text (typed->entry, text);
    }
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->fields)), self->typed->len > 0);
  ehcp_error_summary_clear (self->page.summary, self->page.box);
  forget_preview (self);
}

static char *
get_typed (Typed *typed)
{
  return g_strstrip (typed->entry != NULL ? g_strdup (gtk_editable_get_text (typed->entry))
                                          : ehcp_desk_page_get_text (typed->text));
}

static char *
get_value (const char *name, gpointer data)
{
  EhcpLetterView *self = data;
  EhcpTemplateCase of = get_case (self);

  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = self->typed->pdata[i];

      if (g_str_equal (typed->name, name))
        return get_typed (typed);
    }
  return ehcp_template_value_of_case (name, &of);
}

static gboolean
check (EhcpLetterView *self)
{
  g_autofree char *audience = ehcp_audience_box_get_problem (self->audience);

  for (guint i = 0; i < self->typed->len; i++)
    {
      Typed *typed = self->typed->pdata[i];
      g_autofree char *text = get_typed (typed);

      ehcp_error_row_take_message (typed->error, *text == '\0'
                                                     ? g_strdup_printf (_("Fill this in: %s."), get_label (typed->name))
                                                     : NULL);
    }
  if (!ehcp_desk_page_check (&self->page))
    return FALSE;
  if (audience != NULL)
    ehcp_error_summary_say (self->page.summary, audience);
  return audience == NULL;
}

/* The letter */

static char *
make_title (EhcpLetterView *self)
{
  g_auto (GStrv) missing = NULL;

  return ehcp_template_fill (get_letter (self)->title, get_value, self, &missing);
}

static char *
say_sender (EhcpService *service)
{
  if (service == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%s · %s · %s", ehcp_service_get_team (service), ehcp_service_get_telephone (service),
                          ehcp_service_get_email (service));
}

static char *
name_signer (EhcpLetterView *self)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (EHCP_VIEW (self)));

  return account != NULL ? g_strdup_printf ("%s %s", ehcp_record_get_text (account, "forename"),
                                            ehcp_record_get_text (account, "surname")) : NULL;
}

static GBytes *
make_content (EhcpLetterView *self)
{
  EhcpTemplateCase of = get_case (self);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (EHCP_VIEW (self)));
  EhcpRecord *child = ehcp_book_find (of.book, EHCP_KIND_CASE, of.case_id);
  g_auto (GStrv) missing = NULL;
  g_autofree char *text = ehcp_template_fill (get_letter (self)->text, get_value, self, &missing);
  g_auto (GStrv) paragraphs = ehcp_letter_template_split (text);
  g_autofree char *title = make_title (self);
  g_autofree char *to = ehcp_template_value_of_case ("family", &of);
  g_autofree char *date = ehcp_day_words_long (of.today);
  g_autofree char *sender = say_sender (service);
  g_autofree char *signer = name_signer (self);
  EhcpLetter letter = {
    .council = of.council != NULL ? of.council : "",
    .sender = sender,
    .to = to,
    .date = date,
    .reference = child != NULL ? ehcp_record_get_text (child, "reference") : NULL,
    .title = title,
    .paragraphs = (const char *const *) paragraphs,
    .closing = _("Yours sincerely,"),
    .signed_by = signer,
    .role = service != NULL ? ehcp_service_get_team (service) : NULL,
  };

  return ehcp_letter_make (&letter);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpLetterView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = ehcp_render_document_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->content == NULL)
    return;
  if (document == NULL)
    {
      ehcp_error_summary_say (self->page.summary, _("The letter cannot be shown on this computer."));
      return;
    }
  ehcp_document_pages_show_document (self->pages, document);
  gtk_widget_set_visible (self->preview, TRUE);
  gtk_widget_set_visible (self->publish, TRUE);
  gtk_widget_grab_focus (self->publish);
}

static void
preview_cb (EhcpLetterView *self)
{
  forget_preview (self);
  if (!check (self))
    return;
  self->content = make_content (self);
  ehcp_render_document_open_async (self->content, ehcp_view_get_cancellable (EHCP_VIEW (self)), opened_cb,
                                   g_object_ref (self));
}

static void
published_cb (EhcpView *view)
{
  ehcp_desk_page_say_done (&EHCP_LETTER_VIEW (view)->page, _("The letter is published"));
  gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
}

static void
publish_cb (EhcpLetterView *self)
{
  EhcpTemplateCase of = get_case (self);
  g_autoptr (EhcpRecord) command = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_auto (GStrv) named = ehcp_audience_box_get_named (self->audience);
  g_autofree char *title = make_title (self);
  g_autofree char *file_name = g_strconcat (title, ".pdf", NULL);

  if (self->content == NULL || !check (self))
    return;
  command = ehcp_act_new (EHCP_COMMAND_DOCUMENT_PUBLISH, of.case_id, NULL);
  ehcp_record_set_text (command, "title", title);
  ehcp_record_set_text (command, "document_kind", get_letter (self)->kind);
  ehcp_record_set_date (command, "issued", of.today);
  ehcp_record_set_text (command, "audience", ehcp_audience_box_get_audience (self->audience));
  if (named != NULL)
    ehcp_record_set_list (command, "named", (const char *const *) named);
  g_strdelimit (file_name, "/\\:?*\"<>|", ' ');
  g_ptr_array_add (files, ehcp_file_new (file_name, "application/pdf", self->content));
  ehcp_desk_page_send (&self->page, command, files, published_cb);
}

/* For pictures: shows the letter of that number. */
static void
choose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpLetterView *self = EHCP_LETTER_VIEW (widget);

  adw_combo_row_set_selected (self->which, (guint) g_ascii_strtoull (g_variant_get_string (parameter, NULL), NULL, 10));
}

static void
add_preview (EhcpLetterView *self)
{
  self->pages = g_object_new (EHCP_TYPE_DOCUMENT_PAGES, "height-request", PREVIEW_HEIGHT, NULL);
  self->preview = gtk_frame_new (NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The letter as the family will get it"), -1);
  gtk_frame_set_child (GTK_FRAME (self->preview), GTK_WIDGET (self->pages));
  gtk_box_append (GTK_BOX (self->page.box), self->preview);
}

static void
ehcp_letter_view_constructed (GObject *object)
{
  EhcpLetterView *self = EHCP_LETTER_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  const char *case_id = ehcp_view_get_argument (view);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GtkListBox *list;

  G_OBJECT_CLASS (ehcp_letter_view_parent_class)->constructed (object);
  self->letters = ehcp_letter_template_list ();
  self->typed = g_ptr_array_new_with_free_func (typed_free);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_desk_page_show_head (&self->page, _("Write a letter"), case_id);
  list = ehcp_desk_page_add_list (&self->page, NULL, _("Which letter"));
  self->which = ehcp_desk_page_add_choice (list, _("Letter"), "letter", &self->which_error);
  for (guint i = 0; i < self->letters->len; i++)
    g_ptr_array_add (names, ((EhcpLetterTemplate *) self->letters->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (self->which, (const char *const *) names->pdata);
  self->fields = ehcp_desk_page_add_list (&self->page, _("What the letter still needs"), _("What the letter needs"));
  self->audience = EHCP_AUDIENCE_BOX (ehcp_audience_box_new (ehcp_view_get_book (view), case_id, FALSE));
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->audience));
  ehcp_desk_page_add_button (&self->page, _("Preview"), FALSE, G_CALLBACK (preview_cb));
  add_preview (self);
  self->publish = ehcp_desk_page_add_button (&self->page, _("Publish letter"), TRUE, G_CALLBACK (publish_cb));
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (which_cb), self, G_CONNECT_SWAPPED);
  which_cb (self);
}

static void
ehcp_letter_view_finalize (GObject *object)
{
  EhcpLetterView *self = EHCP_LETTER_VIEW (object);

  g_ptr_array_unref (self->letters);
  g_ptr_array_unref (self->typed);
  g_clear_pointer (&self->content, g_bytes_unref);
  G_OBJECT_CLASS (ehcp_letter_view_parent_class)->finalize (object);
}

static void
ehcp_letter_view_class_init (EhcpLetterViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_letter_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_letter_view_finalize;
  gtk_widget_class_install_action (widget_class, "letter.choose", "s", choose_cb);
}

static void
ehcp_letter_view_init (EhcpLetterView *self)
{
}
