/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request is of no case, so it stands beside the children: as a draft of this computer, as a form that is on
 * its way, and as one that the council has, until the case of it can be seen. */
#include "ehcp-requests-box.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-day-words.h"
#include "ehcp-form-filling.h"
#include "ehcp-form-words.h"
#include "ehcp-text.h"

#define DAYS_TO_DECIDE 42 /* Regs 4 and 5: 6 weeks from the day of receipt */

struct _EhcpRequestsBox
{
  AdwBin parent_instance;

  EhcpView *view; /* not owned: it holds this */
  GtkWidget *heading;
  GtkWidget *rows;
  GtkWidget *more;
  guint n_rows;
  char *shown;    /* what the rows were made of */
};

G_DEFINE_FINAL_TYPE (EhcpRequestsBox, ehcp_requests_box, ADW_TYPE_BIN)

static void
open_cb (EhcpRequestsBox *self, GtkWidget *row)
{
  ehcp_view_go (self->view, "form/%s", (const char *) g_object_get_data (G_OBJECT (row), "form"));
}

static void
ask_cb (EhcpRequestsBox *self)
{
  g_autofree char *id = ehcp_form_filling_begin_request (ehcp_view_get_link (self->view));

  if (id != NULL)
    ehcp_view_go (self->view, "form/%s", id);
  else
    ehcp_view_toast (self->view, _("The form has not come from the council yet. It comes with the first "
                                   "connection; you can also ring the SEND team."));
}

static char *
find_child_name (EhcpFormFilling *filling)
{
  const char *forename = ehcp_form_filling_get_answer ("child-forename", filling);
  const char *surname = ehcp_form_filling_get_answer ("child-surname", filling);

  if (forename == NULL || *forename == '\0')
    return NULL;
  return g_strdup_printf ("%s %s", forename, surname != NULL ? surname : "");
}

static char *
describe_sent (EhcpRecord *form)
{
  gint64 at = ehcp_time_parse (ehcp_record_get_text (form, "submitted_at"));
  const char *reference = ehcp_record_get_text (form, "reference");
  g_autofree char *sent = ehcp_form_words_sent_at (ehcp_record_get_text (form, "submitted_at"));
  g_autofree char *day = ehcp_day_words_long (ehcp_clock_day_of (at) + DAYS_TO_DECIDE);

  if (g_strcmp0 (ehcp_record_get_text (form, "state"), "accepted") == 0)
    return g_strdup_printf (_("The SEND team has opened a case. Accept the invitation to follow it. Reference "
                              "number %s"), reference != NULL ? reference : "");
  return g_strdup_printf (_("Sent %s, reference number %s. We tell you by %s whether we will assess."), sent,
                          reference != NULL ? reference : "", day);
}

static char *
describe (EhcpRecord *form, EhcpFormFilling *filling)
{
  g_autofree char *parts = NULL;

  switch (ehcp_form_words_get_standing (form))
    {
    case EHCP_STANDING_WAITING:
      return g_strdup (_("Waiting to be sent. It goes by itself as soon as there is a connection"));
    case EHCP_STANDING_NOT_SENT:
      return g_strdup (_("Not sent: the council could not take it. Open it to see why"));
    case EHCP_STANDING_SENT:
    case EHCP_STANDING_ACCEPTED:
      return describe_sent (form);
    default:
      parts = ehcp_form_words_parts (ehcp_form_filling_count_completed (filling),
                                     ehcp_form_filling_count_parts (filling));
      return g_strdup_printf (_("Not sent yet. %s"), parts);
    }
}

/* Takes the id of a form or of a draft. */
static void
describe_one (EhcpRequestsBox *self, const char *id, GString *shown)
{
  g_autoptr (EhcpFormFilling) filling = ehcp_form_filling_new (ehcp_view_get_link (self->view), id, NULL);
  g_autofree char *child = filling != NULL ? find_child_name (filling) : NULL;
  g_autofree char *detail = NULL;

  if (filling == NULL)
    return;
  detail = describe (ehcp_form_filling_get_form (filling), filling);
  g_string_append_printf (shown, "%s\n%s\n%s\n", id,
                          child != NULL ? child
                                        : ehcp_record_get_text (ehcp_form_filling_get_form (filling), "title"),
                          detail);
}

static gboolean
is_request (EhcpRecord *form)
{
  return ehcp_record_get_case (form) == NULL &&
         g_strcmp0 (ehcp_record_get_text (form, "audience"), "account") == 0;
}

static char *
describe_all (EhcpRequestsBox *self)
{
  EhcpLink *link = ehcp_view_get_link (self->view);
  GListModel *forms = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_FORM, NULL);
  g_autoptr (GPtrArray) drafts = ehcp_form_filling_list_requests (link);
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (forms, i);

      if (is_request (form))
        describe_one (self, ehcp_record_get_id (form), shown);
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      const char *id = ehcp_record_get_id (drafts->pdata[i]);

      if (ehcp_book_find (ehcp_link_get_book (link), EHCP_KIND_FORM, id) == NULL)
        describe_one (self, id, shown);
    }
  return g_string_free (shown, FALSE);
}

static void
add_row (EhcpRequestsBox *self, const char *form, const char *child, const char *detail)
{
  g_autofree char *name = g_strdup_printf (_("Request for %s"), child);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = g_markup_escape_text (detail, -1);
  GtkWidget *row = ehcp_action_row_new (title, subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), name, detail);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_object_set_data_full (G_OBJECT (row), "form", g_strdup (form), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (open_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
  self->n_rows++;
}

static void
make_rows (EhcpRequestsBox *self)
{
  g_auto (GStrv) lines = g_strsplit (self->shown, "\n", -1);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  self->n_rows = 0;
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL && lines[i + 2] != NULL; i += 3)
    add_row (self, lines[i], lines[i + 1], lines[i + 2]);
  gtk_widget_set_visible (self->heading, self->n_rows > 0);
  gtk_widget_set_visible (self->rows, self->n_rows > 0);
}

void
ehcp_requests_box_update (EhcpRequestsBox *self, EhcpView *view)
{
  g_autofree char *shown = NULL;

  self->view = view;
  shown = describe_all (self);
  /* Rows that say the same stay, with the focus that one may have. */
  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  make_rows (self);
}

guint
ehcp_requests_box_count (EhcpRequestsBox *self)
{
  return self->n_rows;
}

static void
ehcp_requests_box_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_REQUESTS_BOX (object)->shown, g_free);
  G_OBJECT_CLASS (ehcp_requests_box_parent_class)->finalize (object);
}

static void
ehcp_requests_box_class_init (EhcpRequestsBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_requests_box_finalize;
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
make_ask_row (EhcpRequestsBox *self)
{
  GtkWidget *row = ehcp_action_row_new (_("Ask for an assessment"),
                                        _("For a child or young person who has no case here yet"));

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "document-edit-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_signal_connect_swapped (row, "activated", G_CALLBACK (ask_cb), self);
  return row;
}

static void
ehcp_requests_box_init (EhcpRequestsBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->heading = g_object_new (GTK_TYPE_LABEL, "label", _("Your requests for an assessment"), "xalign", 0.0,
                                "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->heading, "heading");
  self->rows = make_list (_("Your requests for an assessment"));
  gtk_widget_set_visible (self->rows, FALSE);
  self->more = make_list (_("Ask for help"));
  gtk_list_box_append (GTK_LIST_BOX (self->more), make_ask_row (self));
  gtk_box_append (GTK_BOX (box), self->heading);
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), self->more);
  adw_bin_set_child (ADW_BIN (self), box);
}
