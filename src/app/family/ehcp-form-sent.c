/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a form was submitted: its number once the council has it, what happens next and by when, whom to
 * ask, and a copy to keep. Before that it says that it waits; both are one page, which changes by itself. */
#include <glib/gi18n.h>

#include "ehcp-day-words.h"
#include "ehcp-downloads.h"
#include "ehcp-form-copy.h"
#include "ehcp-moving-files.h"
#include "ehcp-form-parts.h"
#include "ehcp-form-words.h"
#include "ehcp-text-row.h"
#include "ehcp-text.h"

#define DAYS_TO_DECIDE 42 /* Regs 4 and 5: 6 weeks from the day of receipt */

struct _EhcpFormSent
{
  AdwBin parent_instance;

  EhcpView *view;         /* not owned: it holds this */
  EhcpFormFilling *filling;
  GtkWidget *sign;
  GtkWidget *heading;
  GtkWidget *detail;
  EhcpMovingFiles *moving;
  GtkWidget *reference_box;
  GtkWidget *reference;
  GtkWidget *copy;
  GtkWidget *next;
  GtkWidget *dates;
  GtkWidget *save;
  GtkWidget *print;
  GtkWidget *dashboard;
};

G_DEFINE_FINAL_TYPE (EhcpFormSent, ehcp_form_sent, ADW_TYPE_BIN)

static EhcpRecord *
find_child (EhcpFormSent *self)
{
  return ehcp_book_find (ehcp_view_get_book (self->view), EHCP_KIND_CASE,
                         ehcp_record_get_case (ehcp_form_filling_get_form (self->filling)));
}

static void
add_row (EhcpFormSent *self, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = ehcp_text_row_new (title, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_append (GTK_LIST_BOX (self->dates), row);
}

/* The council's next day by law, from the deadlines that it concluded itself. */
static EhcpRecord *
find_next_deadline (EhcpFormSent *self)
{
  GListModel *deadlines = ehcp_book_get_list (
      ehcp_view_get_book (self->view), EHCP_KIND_DEADLINE,
      ehcp_record_get_case (ehcp_form_filling_get_form (self->filling)));
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (self->view)));
  EhcpRecord *next = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);

      if (g_strcmp0 (ehcp_record_get_text (deadline, "actor"), "council") != 0 ||
          g_strcmp0 (ehcp_record_get_text (deadline, "state"), "due") != 0 ||
          ehcp_record_get_date (deadline, "due") < today)
        continue;
      if (next == NULL || ehcp_record_get_date (deadline, "due") < ehcp_record_get_date (next, "due"))
        next = deadline;
    }
  return next;
}

static const char *
describe_rule (const char *rule)
{
  if (g_strcmp0 (rule, "assess-decision") == 0)
    return _("We say by then whether we will assess");
  if (g_strcmp0 (rule, "no-plan-decision") == 0)
    return _("We say by then if there will be no plan");
  if (g_strcmp0 (rule, "draft-practice") == 0)
    return _("You should have a draft plan by then");
  if (g_strcmp0 (rule, "final-plan") == 0)
    return _("The final plan is due");
  return _("Our next step is due");
}

/* Of a request there are no deadlines of a case yet, but the law's first one is known. */
static void
add_request_rows (EhcpFormSent *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (self->view));
  gint64 at = ehcp_time_parse (ehcp_record_get_text (form, "submitted_at"));
  g_autofree char *day = at >= 0 ? ehcp_day_words_long (ehcp_clock_day_of (at) + DAYS_TO_DECIDE) : NULL;

  if (day != NULL)
    add_row (self, "x-office-calendar-symbolic", day, _("We say by then whether we will assess"));
  if (service != NULL)
    {
      g_autofree char *whom = g_strjoin (", ", ehcp_service_get_team (service),
                                         ehcp_service_get_telephone (service),
                                         ehcp_service_get_hours (service), NULL);

      add_row (self, "call-start-symbolic", _("Questions?"), whom);
    }
}

static void
fill_dates (EhcpFormSent *self)
{
  gboolean is_request = ehcp_form_filling_is_request (self->filling);
  EhcpRecord *deadline = is_request ? NULL : find_next_deadline (self);
  EhcpRecord *child = find_child (self);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->dates)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->dates), row);
  if (is_request)
    add_request_rows (self);
  else if (deadline != NULL)
    {
      g_autofree char *day = ehcp_day_words_long (ehcp_record_get_date (deadline, "due"));

      add_row (self, "x-office-calendar-symbolic", day,
               describe_rule (ehcp_record_get_text (deadline, "rule")));
    }
  if (child != NULL && ehcp_record_has (child, "caseworker_name"))
    {
      const char *hours = ehcp_record_get_text (child, "caseworker_hours");
      const char *telephone = ehcp_record_get_text (child, "caseworker_telephone");
      g_autofree char *whom = g_strjoin (", ", ehcp_record_get_text (child, "caseworker_name"),
                                         telephone != NULL ? telephone : hours,
                                         telephone != NULL ? hours : NULL, NULL);

      add_row (self, "call-start-symbolic", _("Questions?"), whom);
    }
  gtk_widget_set_visible (self->dates, gtk_widget_get_first_child (self->dates) != NULL);
}

static void
fill_waiting (EhcpFormSent *self, const char *title)
{
  gboolean is_online = ehcp_link_is_online (ehcp_view_get_link (self->view));
  g_autoptr (GPtrArray) moving = ehcp_form_filling_list_moving_files (self->filling);
  gboolean is_moving = is_online && moving->len > 0;
  g_autofree char *heading = g_strdup_printf (is_moving ? _("“%s” is being sent") : _("“%s” is waiting to be sent"),
                                              title);

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  gtk_label_set_label (GTK_LABEL (self->detail),
                       is_moving   ? _("Its files are on their way. You can do other things meanwhile; the reference "
                                       "number comes when they have arrived.")
                       : is_online ? _("It is on its way. The reference number comes in a moment.")
                                 : _("It is safe on this computer, and goes by itself as soon as there is a "
                                     "connection. The reference number comes then."));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), "alarm-symbolic");
  gtk_widget_remove_css_class (self->sign, "good");
  ehcp_moving_files_show (self->moving, moving);
}

static void
fill_sent (EhcpFormSent *self, EhcpRecord *form, const char *title)
{
  g_autofree char *heading = g_strdup_printf (_("“%s” has been sent"), title);
  g_autofree char *at = ehcp_form_words_sent_at (ehcp_record_get_text (form, "submitted_at"));
  g_autofree char *detail = g_strdup_printf (_("%s. We have sent you an e-mail."), at);

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  gtk_label_set_label (GTK_LABEL (self->detail), detail);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), "ehcp-done-symbolic");
  gtk_widget_add_css_class (self->sign, "good");
}

static void
fill_withdrawn (EhcpFormSent *self, const char *title)
{
  g_autofree char *heading = g_strdup_printf (_("“%s” is no longer needed"), title);

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  gtk_label_set_label (GTK_LABEL (self->detail),
                       _("The council does not need this form any more. It was not sent, and you need not do "
                         "anything."));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), "dialog-information-symbolic");
  gtk_widget_remove_css_class (self->sign, "good");
}

static void
update (EhcpFormSent *self)
{
  EhcpRecord *form = ehcp_form_filling_get_form (self->filling);
  const char *reference = ehcp_record_get_text (form, "reference");
  EhcpFormStanding standing = ehcp_form_words_get_standing (form);
  gboolean is_waiting = standing == EHCP_STANDING_WAITING;

  if (is_waiting)
    fill_waiting (self, ehcp_record_get_text (form, "title"));
  else if (standing == EHCP_STANDING_WITHDRAWN)
    fill_withdrawn (self, ehcp_record_get_text (form, "title"));
  else
    fill_sent (self, form, ehcp_record_get_text (form, "title"));
  if (!is_waiting)
    gtk_widget_set_visible (GTK_WIDGET (self->moving), FALSE);
  gtk_widget_set_visible (self->reference_box, !is_waiting && reference != NULL);
  gtk_label_set_label (GTK_LABEL (self->reference), reference != NULL ? reference : "");
  gtk_label_set_label (GTK_LABEL (self->next),
                       ehcp_form_filling_get_definition (self->filling)->next);
  fill_dates (self);
}

static void
cancel_cb (EhcpFormSent *self)
{
  g_autoptr (EhcpFormSent) held = g_object_ref (self);
  g_autofree char *form = ehcp_form_filling_take_back (self->filling);

  if (form == NULL)
    ehcp_view_toast (self->view, _("The council has this form already"));
  else
    {
      ehcp_view_toast (self->view, _("The form is yours again. Choose its files anew before you send it."));
      ehcp_view_replace (self->view, "form/%s", form);
    }
}

static void
copy_clicked_cb (EhcpFormSent *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (GTK_LABEL (self->reference)));
  ehcp_view_toast (self->view, _("The reference number was copied"));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpFormSent) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ehcp_downloads_save_finish (result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (path != NULL)
    {
      ehcp_link_note_saved (ehcp_view_get_link (self->view),
                            ehcp_record_get_case (ehcp_form_filling_get_form (self->filling)), path);
      text = g_strdup_printf (_("Saved to Downloads as %s"), name);
    }
  else
    text = g_strdup (_("The file could not be saved. The disk may be full, or the Downloads folder closed."));
  ehcp_view_toast (self->view, text);
}

static void
save_clicked_cb (EhcpFormSent *self)
{
  g_autoptr (EhcpPaper) paper = ehcp_form_copy_new (ehcp_view_get_link (self->view), self->filling);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = ehcp_paper_make_pdf (paper, &error);
  g_autofree char *name = ehcp_form_copy_get_name (self->filling);

  if (pdf == NULL)
    ehcp_view_toast (self->view, _("The copy could not be made"));
  else
    ehcp_downloads_save_async (pdf, name, ehcp_view_get_cancellable (self->view), saved_cb,
                               g_object_ref (self));
}

static void
print_clicked_cb (EhcpFormSent *self)
{
  ehcp_paper_print (ehcp_form_copy_new (ehcp_view_get_link (self->view), self->filling),
                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
dashboard_clicked_cb (EhcpFormSent *self)
{
  if (ehcp_form_filling_is_request (self->filling))
    {
      ehcp_view_go (self->view, "portal");
      return;
    }
  ehcp_view_go (self->view, "dashboard/%s",
                ehcp_record_get_case (ehcp_form_filling_get_form (self->filling)));
}

static void
ehcp_form_sent_dispose (GObject *object)
{
  g_clear_object (&EHCP_FORM_SENT (object)->filling);
  G_OBJECT_CLASS (ehcp_form_sent_parent_class)->dispose (object);
}

static void
ehcp_form_sent_class_init (EhcpFormSentClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_form_sent_dispose;
  g_type_ensure (EHCP_TYPE_MOVING_FILES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-form-sent.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, sign);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, detail);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, moving);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, reference_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, reference);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, copy);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, next);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, dates);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, save);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, print);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormSent, dashboard);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dashboard_clicked_cb);
}

static void
ehcp_form_sent_init (EhcpFormSent *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ehcp_form_sent_new (EhcpView *view, EhcpFormFilling *filling)
{
  EhcpFormSent *self = g_object_new (EHCP_TYPE_FORM_SENT, NULL);

  self->view = view;
  self->filling = g_object_ref (filling);
  ehcp_moving_files_describe_cancel (self->moving, _("Takes the form back. Nothing of it is sent."));
  if (ehcp_form_filling_is_request (filling))
    gtk_button_set_label (GTK_BUTTON (self->dashboard), _("Return to the portal page"));
  update (self);
  g_signal_connect_object (filling, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
