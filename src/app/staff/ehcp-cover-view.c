/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseworker gives their own cases into other hands for some days; a manager does it for everybody. */
#include "ehcp-cover-view.h"

#include <glib/gi18n.h>

#include "ehcp-act.h"
#include "ehcp-colleagues.h"
#include "ehcp-day-words.h"
#include "ehcp-desk-page.h"
#include "ehcp-text-row.h"

struct _EhcpCoverView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  GtkListBox *list;
  char *listed; /* what its rows were made of */
  AdwComboRow *covered, *covering; /* `covered` is NULL for somebody who can speak for themselves only */
  GtkEditable *from, *until;
  EhcpErrorRow *covered_error, *covering_error, *from_error, *until_error;
};

G_DEFINE_FINAL_TYPE (EhcpCoverView, ehcp_cover_view, EHCP_TYPE_VIEW)

static char *
get_covered (EhcpCoverView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpRecord *account = ehcp_book_get_account (book);

  if (self->covered != NULL)
    return ehcp_colleagues_get_chosen (self->covered, book);
  return account != NULL ? g_strdup (ehcp_record_get_id (account)) : NULL;
}

static void
ended_cb (EhcpView *view)
{
  ehcp_desk_page_say_done (&EHCP_COVER_VIEW (view)->page, _("The cover has ended"));
}

static void
end_cb (EhcpCoverView *self, GtkWidget *button)
{
  EhcpRecord *cover = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_COVER,
                                      g_object_get_data (G_OBJECT (button), "cover"));
  g_autoptr (EhcpRecord) command = NULL;

  if (cover == NULL)
    return;
  command = ehcp_act_new (EHCP_COMMAND_COVER_SET, NULL, NULL);
  ehcp_record_set_text (command, "cover", ehcp_record_get_id (cover));
  ehcp_record_set_text (command, "covered", ehcp_record_get_text (cover, "covered"));
  ehcp_record_set_text (command, "covering", ehcp_record_get_text (cover, "covering"));
  ehcp_record_set_date (command, "from", ehcp_record_get_date (cover, "from"));
  ehcp_record_set_date (command, "until", ehcp_record_get_date (cover, "until"));
  ehcp_record_set_bool (command, "end", TRUE);
  ehcp_desk_page_send (&self->page, command, NULL, ended_cb);
}

static const char *
say_state (EhcpRecord *cover)
{
  const char *state = ehcp_record_get_text (cover, "state");

  return g_strcmp0 (state, "active") == 0 ? _("now") : g_strcmp0 (state, "planned") == 0 ? _("planned") : _("ended");
}

static gboolean
may_end (EhcpCoverView *self, EhcpRecord *cover)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (EHCP_VIEW (self)));

  return g_strcmp0 (ehcp_record_get_text (cover, "state"), "ended") != 0 && account != NULL &&
         (self->covered != NULL ||
          g_strcmp0 (ehcp_record_get_text (cover, "covered"), ehcp_record_get_id (account)) == 0);
}

static GtkWidget *
make_row (EhcpCoverView *self, EhcpRecord *cover)
{
  g_autofree char *from = ehcp_day_words_year (ehcp_record_get_date (cover, "from"));
  g_autofree char *until = ehcp_day_words_year (ehcp_record_get_date (cover, "until"));
  /* Translators: one member of staff for another */
  g_autofree char *title = g_strdup_printf (_("%s for %s"), ehcp_record_get_text (cover, "covering_name"),
                                            ehcp_record_get_text (cover, "covered_name"));
  g_autofree char *line = g_strdup_printf (_("%s to %s, %s"), from, until, say_state (cover));
  GtkWidget *row = ehcp_text_row_new (title, line);

  if (may_end (self, cover))
    {
      GtkWidget *button = gtk_button_new_with_label (_("End now"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
      g_object_set_data_full (G_OBJECT (button), "cover", g_strdup (ehcp_record_get_id (cover)), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static char *
sum_up (GListModel *covers)
{
  GString *sum = g_string_new ("covers");

  for (guint i = 0; i < g_list_model_get_n_items (covers); i++)
    {
      g_autoptr (EhcpRecord) cover = g_list_model_get_item (covers, i);

      g_string_append_printf (sum, " %s %" G_GINT64_FORMAT, ehcp_record_get_id (cover),
                              ehcp_record_get_int (cover, "seq"));
    }
  return g_string_free (sum, FALSE);
}

/* A button that somebody is about to press stays when something else in the book changes. */
static void
fill_list (EhcpCoverView *self, GListModel *covers)
{
  g_autofree char *sum = sum_up (covers);

  if (g_strcmp0 (sum, self->listed) == 0)
    return;
  g_free (self->listed);
  self->listed = g_steal_pointer (&sum);
  ehcp_desk_page_clear_list (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (covers); i++)
    {
      g_autoptr (EhcpRecord) cover = g_list_model_get_item (covers, i);

      gtk_list_box_append (self->list, make_row (self, cover));
    }
  if (g_list_model_get_n_items (covers) == 0)
    gtk_list_box_append (self->list, g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Nobody is away"), NULL));
}

static void
refresh (EhcpCoverView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));

  fill_list (self, ehcp_book_get_list (book, EHCP_KIND_COVER, NULL));
  if (self->page.is_busy)
    return;
  ehcp_colleagues_show (self->covering, book);
  if (self->covered != NULL)
    ehcp_colleagues_show (self->covered, book);
}

static void
saved_cb (EhcpView *view)
{
  EhcpCoverView *self = EHCP_COVER_VIEW (view);

  gtk_editable_set_text (self->from, "");
  gtk_editable_set_text (self->until, "");
  ehcp_desk_page_say_done (&self->page, _("The cover is set"));
}

static void
save_cb (EhcpCoverView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  g_autofree char *covered = get_covered (self);
  g_autofree char *covering = ehcp_colleagues_get_chosen (self->covering, book);
  gint32 from = ehcp_desk_page_take_day (self->from, self->from_error, TRUE);
  gint32 until = ehcp_desk_page_take_day (self->until, self->until_error, TRUE);
  g_autoptr (EhcpRecord) command = NULL;

  ehcp_error_row_set_message (self->covering_error,
                              covering == NULL ? _("Choose who stands in.")
                              : g_strcmp0 (covering, covered) == 0
                                  ? _("Nobody can stand in for themselves. Choose somebody else.") : NULL);
  if (from > 0 && until > 0 && until < from)
    ehcp_error_row_set_message (self->until_error, _("The last day lies before the first."));
  if (!ehcp_desk_page_check (&self->page) || covered == NULL)
    return;
  command = ehcp_act_new (EHCP_COMMAND_COVER_SET, NULL, NULL);
  ehcp_record_set_text (command, "covered", covered);
  ehcp_record_set_text (command, "covering", covering);
  ehcp_record_set_date (command, "from", from);
  ehcp_record_set_date (command, "until", until);
  ehcp_desk_page_send (&self->page, command, NULL, saved_cb);
}

static void
ehcp_cover_view_constructed (GObject *object)
{
  EhcpCoverView *self = EHCP_COVER_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  GtkListBox *list;

  G_OBJECT_CLASS (ehcp_cover_view_parent_class)->constructed (object);
  ehcp_desk_page_init (&self->page, view, 720);
  ehcp_view_set_title (view, _("Cover"));
  ehcp_view_set_back_label (view, _("Messages"));
  self->list = ehcp_desk_page_add_list (&self->page, _("Who stands in for whom"), _("Covers"));
  list = ehcp_desk_page_add_list (&self->page, _("New cover"), _("New cover"));
  if (ehcp_desk_is_manager (ehcp_view_get_book (view)))
    self->covered = ehcp_desk_page_add_choice (list, _("Who is away"), "covered", &self->covered_error);
  self->covering = ehcp_desk_page_add_choice (list, _("Who stands in"), "covering", &self->covering_error);
  self->from = ehcp_desk_page_add_entry (list, _("First day"), "from", TRUE, &self->from_error);
  self->until = ehcp_desk_page_add_entry (list, _("Last day"), "until", TRUE, &self->until_error);
  ehcp_desk_page_add_note (&self->page, _("Who stands in sees and works on all cases of the other, from the first "
                                          "day up to the last, both included. Families see no difference."));
  ehcp_desk_page_add_button (&self->page, _("Set cover"), TRUE, G_CALLBACK (save_cb));
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_cover_view_finalize (GObject *object)
{
  g_free (EHCP_COVER_VIEW (object)->listed);
  G_OBJECT_CLASS (ehcp_cover_view_parent_class)->finalize (object);
}

static void
ehcp_cover_view_class_init (EhcpCoverViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_cover_view_finalize;
  G_OBJECT_CLASS (klass)->constructed = ehcp_cover_view_constructed;
}

static void
ehcp_cover_view_init (EhcpCoverView *self)
{
}
