/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice between one PDF and a ZIP, how far it is, and where it is in the end. It goes on while somebody
 * looks at other screens, and ends when this one is closed. */
#include "ehcp-take-out-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-day-words.h"
#include "ehcp-error-words.h"
#include "ehcp-family-header.h"
#include "ehcp-papers-job.h"
#include "ehcp-stack-pages.h"
#include "ehcp-text.h"

struct _EhcpTakeOutView
{
  EhcpView parent_instance;

  GtkStack *pages;
  GtkCheckButton *zip;
  GtkProgressBar *bar;
  GtkLabel *progress;
  GtkLabel *result;
  GtkLabel *problem;

  char *case_id;
  GCancellable *cancellable; /* NULL: nothing is being made */
};

G_DEFINE_FINAL_TYPE (EhcpTakeOutView, ehcp_take_out_view, EHCP_TYPE_VIEW)

static void
progress_cb (gpointer data, guint n_done, guint n_all)
{
  EhcpTakeOutView *self = data;
  g_autofree char *words = g_strdup_printf (_("%u of %u parts are done"), n_done, n_all);

  if (self->pages == NULL)
    return;
  gtk_progress_bar_set_fraction (self->bar, n_all > 0 ? (double) n_done / n_all : 0);
  gtk_label_set_label (self->progress, words);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpTakeOutView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ehcp_papers_make_finish (EHCP_LINK (source), result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *words = NULL;

  if (self->pages == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (path != NULL)
    {
      /* Translators: the name of a file */
      words = g_strdup_printf (_("“%s” is in your Downloads folder"), name);
      gtk_label_set_label (self->result, words);
      gtk_stack_set_visible_child_name (self->pages, "done");
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = ehcp_error_words (error);
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  gtk_stack_set_visible_child_name (self->pages, "choose");
}

static const char *
find_folder (void)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  return folder != NULL ? folder : g_get_home_dir ();
}

static void
make_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpTakeOutView *self = EHCP_TAKE_OUT_VIEW (widget);
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (widget));
  g_autofree char *child = ehcp_family_header_child (EHCP_VIEW (widget), self->case_id);
  g_autofree char *now = ehcp_clock_now_text (ehcp_link_get_clock (link));
  g_autofree char *today = g_strndup (now, strlen ("2026-11-24"));
  g_autofree char *day = ehcp_day_words_long (ehcp_date_parse (today));
  g_autofree char *title = g_strdup_printf (_("Papers about %s"), child != NULL ? child : "");
  g_autofree char *made = g_strdup_printf (_("Everything that this account can see, made on %s"), day);
  EhcpPapersForm form = gtk_check_button_get_active (self->zip) ? EHCP_PAPERS_ZIP : EHCP_PAPERS_PDF;

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_stack_set_visible_child_name (self->pages, "making");
  ehcp_papers_make_async (link, self->case_id, form, find_folder (), title, made, progress_cb,
                          self->cancellable, made_cb, g_object_ref (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  g_cancellable_cancel (EHCP_TAKE_OUT_VIEW (widget)->cancellable);
}

static void
again_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_stack_set_visible_child_name (EHCP_TAKE_OUT_VIEW (widget)->pages, "choose");
}

static void
ehcp_take_out_view_shown (EhcpView *view)
{
  ehcp_family_header_show (view, EHCP_TAKE_OUT_VIEW (view)->case_id, _("Your papers"));
  ehcp_family_header_show_back (view);
}

static void
ehcp_take_out_view_constructed (GObject *object)
{
  EhcpTakeOutView *self = EHCP_TAKE_OUT_VIEW (object);
  const char *argument = ehcp_view_get_argument (EHCP_VIEW (object));

  G_OBJECT_CLASS (ehcp_take_out_view_parent_class)->constructed (object);
  self->case_id = g_strdup (argument != NULL ? argument : "");
  ehcp_view_set_back_label (EHCP_VIEW (object), _("Documents to View"));
  ehcp_family_header_show (EHCP_VIEW (object), self->case_id, _("Your papers"));
}

static void
ehcp_take_out_view_dispose (GObject *object)
{
  EhcpTakeOutView *self = EHCP_TAKE_OUT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  self->pages = NULL;
  g_clear_pointer (&self->case_id, g_free);
  G_OBJECT_CLASS (ehcp_take_out_view_parent_class)->dispose (object);
}

static void
ehcp_take_out_view_finalize (GObject *object)
{
  g_clear_object (&EHCP_TAKE_OUT_VIEW (object)->cancellable);
  G_OBJECT_CLASS (ehcp_take_out_view_parent_class)->finalize (object);
}

static void
ehcp_take_out_view_class_init (EhcpTakeOutViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_take_out_view_constructed;
  G_OBJECT_CLASS (klass)->dispose = ehcp_take_out_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_take_out_view_finalize;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_take_out_view_shown;
  gtk_widget_class_install_action (widget_class, "papers.make", NULL, make_cb);
  gtk_widget_class_install_action (widget_class, "papers.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "papers.again", NULL, again_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-take-out-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, zip);
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, bar);
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, progress);
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, result);
  gtk_widget_class_bind_template_child (widget_class, EhcpTakeOutView, problem);
}

static void
ehcp_take_out_view_init (EhcpTakeOutView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (self->pages);
}
