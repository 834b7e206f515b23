/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens the form as soon as it and its definition are there, and shows the page that the place names. */
#include "ehcp-form-view.h"

#include <glib/gi18n.h>

#include "ehcp-form-parts.h"
#include "ehcp-form-words.h"

struct _EhcpFormView
{
  EhcpView parent_instance;

  EhcpFormFilling *filling;
  char *form_id;
  char *page;              /* a page's id, "check", "sent", or NULL: the task list */
  char *question;          /* the field that takes the focus, or NULL */
  guint resume_source;
  gulong book_handler;
};

G_DEFINE_FINAL_TYPE (EhcpFormView, ehcp_form_view, EHCP_TYPE_VIEW)

static GtkWidget *
make_status (const char *icon, const char *title, const char *text)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "description", text, NULL);
}

static void
set_child_words (EhcpFormView *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  EhcpRecord *child = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_CASE,
                                      ehcp_record_get_case (form));
  g_autofree char *about = NULL;

  if (child == NULL)
    return;
  about = g_strdup_printf (_("About %s %s"), ehcp_record_get_text (child, "child_forename"),
                           ehcp_record_get_text (child, "child_surname"));
  ehcp_view_set_subtitle (EHCP_VIEW (self), about);
}

static void
set_back_to_forms (EhcpFormView *self)
{
  ehcp_view_set_back_label (EHCP_VIEW (self), ehcp_form_filling_is_request (self->filling)
                                                  ? _("Portal page")
                                                  : _("Actions to Complete"));
}

static GtkWidget *
make_task_list (EhcpFormView *self)
{
  ehcp_view_set_title (EHCP_VIEW (self), ehcp_record_get_text (
                                             ehcp_form_filling_get_form (self->filling), "title"));
  set_back_to_forms (self);
  return ehcp_form_tasks_new (EHCP_VIEW (self), self->filling);
}

static GtkWidget *
make_page (EhcpFormView *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  EhcpFormStanding standing = ehcp_form_words_get_standing (form);
  int part = ehcp_form_filling_find_part (self->filling, self->page);

  set_child_words (self);
  if (standing != EHCP_STANDING_TO_DO && standing != EHCP_STANDING_RETURNED && standing != EHCP_STANDING_NOT_SENT)
    {
      ehcp_view_set_title (EHCP_VIEW (self), _("Form sent"));
      set_back_to_forms (self);
      return ehcp_form_sent_new (EHCP_VIEW (self), self->filling);
    }
  if (self->page == NULL)
    return make_task_list (self);
  ehcp_view_set_back_label (EHCP_VIEW (self), ehcp_record_get_text (form, "title"));
  if (g_strcmp0 (self->page, "check") == 0)
    {
      ehcp_view_set_title (EHCP_VIEW (self), _("Check your answers"));
      return ehcp_form_check_new (EHCP_VIEW (self), self->filling);
    }
  if (part < 0)
    return make_task_list (self);
  ehcp_view_set_title (EHCP_VIEW (self), ehcp_form_filling_nth_part (self->filling, (guint) part)->title);
  return ehcp_form_page_box_new (EHCP_VIEW (self), self->filling, (guint) part);
}

/* Where the person was when the program was killed: a page that is left tells that it was. */
static gboolean
resume_cb (gpointer data)
{
  EhcpFormView *self = data;
  g_autofree char *page = NULL;
  g_autofree char *question = NULL;

  self->resume_source = 0;
  if (self->filling != NULL && ehcp_form_filling_find_place (self->filling, &page, &question))
    {
      ehcp_form_filling_set_place (self->filling, NULL, NULL);
      ehcp_view_go (EHCP_VIEW (self), "form/%s/%s/%s", self->form_id, page, question);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
focus_cb (gpointer data)
{
  EhcpFormView *self = data;
  GtkWidget *page = adw_bin_get_child (ADW_BIN (self));

  self->resume_source = 0;
  if (EHCP_IS_FORM_PAGE_BOX (page))
    ehcp_form_page_box_focus (EHCP_FORM_PAGE_BOX (page), self->question);
  return G_SOURCE_REMOVE;
}

/* Once this place is in the history, or its page has its size. */
static void
resume (EhcpFormView *self)
{
  if (self->resume_source != 0)
    return;
  if (self->question != NULL)
    self->resume_source = g_idle_add (focus_cb, self);
  else if (self->page == NULL && EHCP_IS_FORM_TASKS (adw_bin_get_child (ADW_BIN (self))))
    self->resume_source = g_idle_add (resume_cb, self);
}

static void
open_form (EhcpFormView *self)
{
  g_autoptr (GError) error = NULL;

  if (self->filling != NULL)
    return;
  self->filling = ehcp_form_filling_new (ehcp_view_get_link (EHCP_VIEW (self)), self->form_id, &error);
  if (self->filling != NULL)
    {
      adw_bin_set_child (ADW_BIN (self), make_page (self));
      resume (self);
    }
  else if (error != NULL)
    adw_bin_set_child (ADW_BIN (self),
                       make_status ("dialog-warning-symbolic", _("This form cannot be shown"),
                                    _("It needs a newer version of this program. Your caseworker can send "
                                      "it to you on paper.")));
}

/* A request that was sent, or thrown away, is not come back to. */
static gboolean
back_cb (gpointer data)
{
  EhcpFormView *self = data;

  self->resume_source = 0;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
  return G_SOURCE_REMOVE;
}

/* A task list that was left for the check of answers is come back to after the form was sent. */
static void
ehcp_form_view_shown (EhcpView *view)
{
  EhcpFormView *self = EHCP_FORM_VIEW (view);

  if (self->filling != NULL && ehcp_form_filling_is_gone (self->filling) && self->resume_source == 0)
    self->resume_source = g_idle_add (back_cb, self);
  if (self->filling != NULL && !ehcp_form_filling_is_open (self->filling) &&
      !EHCP_IS_FORM_SENT (adw_bin_get_child (ADW_BIN (self))))
    adw_bin_set_child (ADW_BIN (self), make_page (self));
}

static void
ehcp_form_view_leave (EhcpView *view)
{
  EhcpFormView *self = EHCP_FORM_VIEW (view);

  if (self->filling == NULL)
    return;
  ehcp_form_filling_save (self->filling);
  ehcp_form_filling_set_place (self->filling, NULL, NULL);
}

static void
ehcp_form_view_constructed (GObject *object)
{
  EhcpFormView *self = EHCP_FORM_VIEW (object);
  g_auto (GStrv) parts = NULL;

  G_OBJECT_CLASS (ehcp_form_view_parent_class)->constructed (object);
  parts = g_strsplit (ehcp_view_get_argument (EHCP_VIEW (self)) != NULL
                          ? ehcp_view_get_argument (EHCP_VIEW (self))
                          : "", "/", 3);
  self->form_id = g_strdup (parts[0] != NULL ? parts[0] : "");
  self->page = parts[0] != NULL ? g_strdup (parts[1]) : NULL;
  self->question = self->page != NULL ? g_strdup (parts[2]) : NULL;
  ehcp_view_set_title (EHCP_VIEW (self), _("Form"));
  adw_bin_set_child (ADW_BIN (self),
                     make_status ("x-office-document-symbolic", _("Opening the form"),
                                  _("It comes from the council. Without a connection it opens as soon as "
                                    "there is one.")));
  open_form (self);
  self->book_handler = g_signal_connect_swapped (ehcp_view_get_book (EHCP_VIEW (self)), "changed",
                                                 G_CALLBACK (open_form), self);
}

static void
ehcp_form_view_dispose (GObject *object)
{
  EhcpFormView *self = EHCP_FORM_VIEW (object);

  if (self->book_handler != 0)
    g_clear_signal_handler (&self->book_handler, ehcp_view_get_book (EHCP_VIEW (self)));
  g_clear_handle_id (&self->resume_source, g_source_remove);
  g_clear_object (&self->filling);
  G_OBJECT_CLASS (ehcp_form_view_parent_class)->dispose (object);
}

static void
ehcp_form_view_finalize (GObject *object)
{
  EhcpFormView *self = EHCP_FORM_VIEW (object);

  g_clear_pointer (&self->form_id, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->question, g_free);
  G_OBJECT_CLASS (ehcp_form_view_parent_class)->finalize (object);
}

static void
ehcp_form_view_class_init (EhcpFormViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = ehcp_form_view_constructed;
  object_class->dispose = ehcp_form_view_dispose;
  object_class->finalize = ehcp_form_view_finalize;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_form_view_shown;
  EHCP_VIEW_CLASS (klass)->leave = ehcp_form_view_leave;
}

static void
ehcp_form_view_init (EhcpFormView *self)
{
}
