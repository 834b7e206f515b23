/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files are chosen or dropped on the page. Each becomes a document; with one file the title can be typed, several are
 * named by their files. */
#include "ehcp-publish-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-act.h"
#include "ehcp-attachment-list.h"
#include "ehcp-audience-box.h"
#include "ehcp-desk-page.h"
#include "ehcp-typed-day.h"

#define MAX_TITLE 200

struct _EhcpPublishView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  EhcpAttachmentList *files;
  GtkEditable *title, *issued, *served;
  AdwComboRow *kind;
  EhcpErrorRow *title_error, *kind_error, *issued_error, *served_error;
  EhcpAudienceBox *audience;
  GPtrArray *waiting;  /* of EhcpFile: what is not published yet */
  guint n_files;
};

G_DEFINE_FINAL_TYPE (EhcpPublishView, ehcp_publish_view, EHCP_TYPE_VIEW)

static const struct
{
  const char *kind, *words;
} kinds[] = {
  { "letter", N_("Letter") },         { "report", N_("Report or advice") }, { "draft-plan", N_("Draft plan") },
  { "final-plan", N_("Final plan") }, { "form", N_("Form") },              { "other", N_("Something else") },
};

static void publish_next (EhcpPublishView *self);

static EhcpDay
get_today (EhcpPublishView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

/* "Speech advice" of "Speech advice.pdf" */
static char *
name_file (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot != NULL && dot > file_name ? g_strndup (file_name, dot - file_name) : g_strdup (file_name);
}

/* The first file gives the title, unless one was typed. */
static void
files_cb (EhcpPublishView *self)
{
  g_auto (GStrv) paths = ehcp_attachment_list_get_paths (self->files);
  guint n_files = ehcp_attachment_list_get_n_files (self->files);

  if (n_files > 0 && paths[0] != NULL && *gtk_editable_get_text (self->title) == '\0')
    {
      g_autofree char *base = g_path_get_basename (paths[0]);
      g_autofree char *name = name_file (base);

      gtk_editable_set_text (self->title, name);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->title), n_files <= 1);
  ehcp_error_summary_unsay (self->page.summary);
}

/* Days */

static EhcpDay
take_day (EhcpPublishView *self, GtkEditable *entry, EhcpErrorRow *error, gboolean is_required)
{
  EhcpDay day = ehcp_desk_page_take_day (entry, error, is_required);

  if (day > get_today (self))
    ehcp_error_row_set_message (error, _("This day is in the future. Enter today or an earlier day."));
  return day;
}

static void
check_title (EhcpPublishView *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title)));

  if (ehcp_attachment_list_get_n_files (self->files) > 1)
    ehcp_error_row_set_message (self->title_error, NULL);
  else
    ehcp_error_row_set_message (self->title_error, *title == '\0' ? _("Enter a title.")
                                                   : g_utf8_strlen (title, -1) > MAX_TITLE
                                                       ? _("The title is too long. Shorten it.") : NULL);
}

static gboolean
check (EhcpPublishView *self)
{
  g_autofree char *audience = ehcp_audience_box_get_problem (self->audience);
  g_autofree char *file = ehcp_attachment_list_get_problem (self->files);
  const char *alone = file != NULL ? file : audience;

  check_title (self);
  take_day (self, self->issued, self->issued_error, TRUE);
  take_day (self, self->served, self->served_error, FALSE);
  if (!ehcp_desk_page_check (&self->page))
    return FALSE;
  if (ehcp_attachment_list_get_n_files (self->files) == 0)
    alone = _("Choose or drop a file first.");
  else if (alone == NULL && ehcp_attachment_list_is_reading (self->files))
    alone = _("A file is still being read. Publish it in a moment.");
  if (alone != NULL)
    ehcp_error_summary_say (self->page.summary, alone);
  return alone == NULL;
}

/* Publishing, one file after the other */

static EhcpRecord *
make_command (EhcpPublishView *self, const EhcpFile *file)
{
  EhcpRecord *command = ehcp_act_new (EHCP_COMMAND_DOCUMENT_PUBLISH,
                                      ehcp_view_get_argument (EHCP_VIEW (self)), NULL);
  g_auto (GStrv) named = ehcp_audience_box_get_named (self->audience);
  g_autofree char *title = self->n_files > 1 ? name_file (file->name)
                                             : g_strstrip (g_strdup (gtk_editable_get_text (self->title)));
  EhcpDay served = ehcp_typed_day_parse (gtk_editable_get_text (self->served));

  ehcp_record_set_text (command, "title", title);
  ehcp_record_set_text (command, "document_kind", kinds[adw_combo_row_get_selected (self->kind)].kind);
  ehcp_record_set_date (command, "issued", ehcp_typed_day_parse (gtk_editable_get_text (self->issued)));
  if (served != EHCP_DAY_NONE)
    ehcp_record_set_date (command, "served_on", served);
  ehcp_record_set_text (command, "audience", ehcp_audience_box_get_audience (self->audience));
  if (named != NULL)
    ehcp_record_set_list (command, "named", (const char *const *) named);
  return command;
}

static void
published_cb (EhcpView *view)
{
  EhcpPublishView *self = EHCP_PUBLISH_VIEW (view);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u document is published", "%u documents are published", self->n_files), self->n_files);

  if (self->waiting->len > 0)
    {
      publish_next (self);
      return;
    }
  ehcp_desk_page_say_done (&self->page, words);
  gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
}

static void
publish_next (EhcpPublishView *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autoptr (EhcpRecord) command = NULL;

  g_ptr_array_add (files, g_ptr_array_steal_index (self->waiting, 0));
  command = make_command (self, files->pdata[0]);
  ehcp_desk_page_send (&self->page, command, files, published_cb);
}

static void
publish_cb (EhcpPublishView *self)
{
  if (self->page.is_busy || !check (self))
    return;
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  self->waiting = ehcp_attachment_list_make_files (self->files);
  self->n_files = self->waiting->len;
  publish_next (self);
}

/* For tests and pictures: as if that file had been chosen. */
static void
add_file_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  ehcp_attachment_list_add (EHCP_PUBLISH_VIEW (widget)->files, file);
}

static void
add_about (EhcpPublishView *self)
{
  GtkListBox *list = ehcp_desk_page_add_list (&self->page, NULL, _("About the document"));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  self->title = ehcp_desk_page_add_entry (list, _("Title"), "title", TRUE, &self->title_error);
  self->kind = ehcp_desk_page_add_choice (list, _("Kind"), "document_kind", &self->kind_error);
  self->issued = ehcp_desk_page_add_entry (list, _("Issued on"), "issued", TRUE, &self->issued_error);
  self->served = ehcp_desk_page_add_entry (list, _("Served on the family on"), "served_on", FALSE,
                                           &self->served_error);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (names, (char *) _(kinds[i].words));
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (self->kind, (const char *const *) names->pdata);
}

static void
set_today (EhcpPublishView *self)
{
  int year, month, day;
  g_autofree char *text = NULL;

  ehcp_day_to_ymd (get_today (self), &year, &month, &day);
  text = g_strdup_printf ("%d/%d/%d", day, month, year);
  gtk_editable_set_text (self->issued, text);
}

static void
ehcp_publish_view_constructed (GObject *object)
{
  EhcpPublishView *self = EHCP_PUBLISH_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (view));

  G_OBJECT_CLASS (ehcp_publish_view_parent_class)->constructed (object);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_desk_page_show_head (&self->page, _("Publish documents"), ehcp_view_get_argument (view));
  self->files = g_object_new (EHCP_TYPE_ATTACHMENT_LIST, NULL);
  ehcp_attachment_list_set_max_bytes (self->files,
                                      service != NULL ? ehcp_service_get_max_file_bytes (service) : 0);
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->files));
  add_about (self);
  set_today (self);
  ehcp_desk_page_add_note (&self->page, _("A draft or final plan that is served also moves the case on: the family’s "
                                          "15 days begin with the day on which the draft is served."));
  self->audience = EHCP_AUDIENCE_BOX (ehcp_audience_box_new (ehcp_view_get_book (view),
                                                             ehcp_view_get_argument (view), TRUE));
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->audience));
  ehcp_desk_page_add_button (&self->page, _("Publish"), TRUE, G_CALLBACK (publish_cb));
  g_signal_connect_object (self->files, "changed", G_CALLBACK (files_cb), self, G_CONNECT_SWAPPED);
}

static void
ehcp_publish_view_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_PUBLISH_VIEW (object)->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_publish_view_parent_class)->finalize (object);
}

static void
ehcp_publish_view_class_init (EhcpPublishViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_publish_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_publish_view_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "publish.add", "s", add_file_cb);
}

static void
ehcp_publish_view_init (EhcpPublishView *self)
{
}
