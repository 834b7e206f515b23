/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases are chosen from those that nobody has, or from all; one after the other goes to the council. What it
 * refuses is said with the child's name, the others are done. */
#include "ehcp-allocate-view.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-case-picker.h"
#include "ehcp-colleagues.h"
#include "ehcp-desk-page.h"
#include "ehcp-error-words.h"

#define MOST_REASON 500

struct _EhcpAllocateView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  EhcpCasePicker *cases;
  AdwComboRow *which, *caseworker;
  GtkEditable *reason;
  EhcpErrorRow *which_error, *caseworker_error, *reason_error;
  GQueue waiting; /* ids of cases */
  char *current;
  char *account;
  guint n_done;
  GString *problems;
};

G_DEFINE_FINAL_TYPE (EhcpAllocateView, ehcp_allocate_view, EHCP_TYPE_VIEW)

static void send_next (EhcpAllocateView *self);

static gboolean
is_wanted (EhcpRecord *child, gpointer data)
{
  EhcpAllocateView *self = data;

  return adw_combo_row_get_selected (self->which) == 1 || !ehcp_record_has (child, "caseworker");
}

static void
which_cb (EhcpAllocateView *self)
{
  ehcp_case_picker_set_filter (self->cases, is_wanted, self);
}

static void
finish (EhcpAllocateView *self)
{
  gtk_widget_set_sensitive (self->page.box, TRUE);
  self->page.is_busy = FALSE;
  if (self->n_done > 0)
    {
      g_autofree char *words = g_strdup_printf (
          ngettext ("%u case is allocated", "%u cases are allocated", self->n_done), self->n_done);

      ehcp_view_toast (EHCP_VIEW (self), words);
    }
  if (self->problems->len > 0)
    ehcp_error_summary_say (self->page.summary, self->problems->str);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
note_problem (EhcpAllocateView *self, const GError *error)
{
  EhcpRecord *child = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_CASE, self->current);
  g_autofree char *name = child != NULL ? ehcp_desk_name_child (child) : g_strdup (self->current);
  g_autofree char *words = g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED)
                               ? g_strdup (_("only a manager can give it to somebody else"))
                               : ehcp_error_words (error);

  g_string_append_printf (self->problems, "%s: %s ", name, words);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAllocateView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    self->n_done++;
  else
    note_problem (self, error);
  send_next (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpAllocateView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);
  GCancellable *cancellable = ehcp_view_get_cancellable (EHCP_VIEW (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (id == NULL)
    {
      note_problem (self, error);
      send_next (self);
      return;
    }
  ehcp_link_await_async (EHCP_LINK (source), id, cancellable, answered_cb, g_steal_pointer (&self));
}

static EhcpRecord *
make_command (EhcpAllocateView *self, const char *case_id)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpRecord *child = ehcp_book_find (book, EHCP_KIND_CASE, case_id);
  gboolean is_given = child != NULL && ehcp_record_has (child, "caseworker");
  EhcpRecord *command = ehcp_act_new (is_given ? EHCP_COMMAND_CASE_REALLOCATE : EHCP_COMMAND_CASE_ALLOCATE,
                                      case_id, NULL);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));

  ehcp_record_set_text (command, "caseworker", self->account);
  if (is_given && *reason != '\0')
    ehcp_record_set_text (command, "reason", reason);
  return command;
}

static void
send_next (EhcpAllocateView *self)
{
  EhcpView *view = EHCP_VIEW (self);
  g_autoptr (EhcpRecord) command = NULL;

  g_free (self->current);
  self->current = g_queue_pop_head (&self->waiting);
  if (self->current == NULL)
    {
      finish (self);
      return;
    }
  command = make_command (self, self->current);
  ehcp_link_send_async (ehcp_view_get_link (view), command, NULL, 0, ehcp_view_get_cancellable (view), sent_cb,
                        g_object_ref (self));
}

static void
allocate_cb (EhcpAllocateView *self)
{
  g_auto (GStrv) cases = ehcp_case_picker_get_chosen (self->cases);
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));

  g_free (self->account);
  self->account = ehcp_colleagues_get_chosen (self->caseworker, book);
  ehcp_error_row_set_message (self->caseworker_error, self->account == NULL ? _("Choose a caseworker.") : NULL);
  ehcp_error_row_set_message (self->reason_error,
                              g_utf8_strlen (gtk_editable_get_text (self->reason), -1) > MOST_REASON
                                  ? _("The reason is too long. Shorten it.") : NULL);
  if (!ehcp_desk_page_check (&self->page) || self->page.is_busy)
    return;
  if (cases[0] == NULL)
    {
      ehcp_error_summary_say (self->page.summary, _("Choose at least one case."));
      return;
    }
  self->n_done = 0;
  g_string_truncate (self->problems, 0);
  for (guint i = 0; cases[i] != NULL; i++)
    g_queue_push_tail (&self->waiting, g_strdup (cases[i]));
  self->page.is_busy = TRUE;
  gtk_widget_set_sensitive (self->page.box, FALSE);
  send_next (self);
}

static void
book_cb (EhcpAllocateView *self)
{
  if (!self->page.is_busy)
    ehcp_colleagues_show (self->caseworker, ehcp_view_get_book (EHCP_VIEW (self)));
}

static gboolean
ehcp_allocate_view_search (EhcpView *view)
{
  return ehcp_case_picker_focus_search (EHCP_ALLOCATE_VIEW (view)->cases);
}

static void
ehcp_allocate_view_constructed (GObject *object)
{
  EhcpAllocateView *self = EHCP_ALLOCATE_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpBook *book = ehcp_view_get_book (view);
  const char *const which[] = { _("Cases that nobody has"), _("All open cases"), NULL };
  GtkListBox *list;

  G_OBJECT_CLASS (ehcp_allocate_view_parent_class)->constructed (object);
  self->problems = g_string_new (NULL);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_view_set_title (view, _("Allocate cases"));
  ehcp_view_set_back_label (view, _("Team view"));
  list = ehcp_desk_page_add_list (&self->page, NULL, _("Which cases"));
  self->which = ehcp_desk_page_add_choice (list, _("Show"), "which", &self->which_error);
  ehcp_desk_page_set_choices (self->which, which);
  self->cases = EHCP_CASE_PICKER (ehcp_case_picker_new (book, _("Cases")));
  gtk_box_append (GTK_BOX (self->page.box), GTK_WIDGET (self->cases));
  list = ehcp_desk_page_add_list (&self->page, NULL, _("To whom"));
  self->caseworker = ehcp_desk_page_add_choice (list, _("Caseworker"), "caseworker", &self->caseworker_error);
  self->reason = ehcp_desk_page_add_entry (list, _("Reason, if a case changes hands"), "reason", FALSE,
                                           &self->reason_error);
  ehcp_colleagues_show (self->caseworker, book);
  ehcp_desk_page_add_button (&self->page, _("Allocate"), TRUE, G_CALLBACK (allocate_cb));
  which_cb (self);
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (which_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "changed", G_CALLBACK (book_cb), self, G_CONNECT_SWAPPED);
}

static void
ehcp_allocate_view_finalize (GObject *object)
{
  EhcpAllocateView *self = EHCP_ALLOCATE_VIEW (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_string_free (self->problems, TRUE);
  g_free (self->current);
  g_free (self->account);
  G_OBJECT_CLASS (ehcp_allocate_view_parent_class)->finalize (object);
}

static void
ehcp_allocate_view_class_init (EhcpAllocateViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_allocate_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_allocate_view_finalize;
  EHCP_VIEW_CLASS (klass)->search = ehcp_allocate_view_search;
}

static void
ehcp_allocate_view_init (EhcpAllocateView *self)
{
  g_queue_init (&self->waiting);
}
