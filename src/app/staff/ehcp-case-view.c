/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the parts of a case together, and brings each up to date when the book changes. */
#include "ehcp-case-view.h"

#include <glib/gi18n.h>

#include "ehcp-case-lists.h"
#include "ehcp-columns.h"
#include "ehcp-move-box.h"
#include "ehcp-note-box.h"
#include "ehcp-people-box.h"
#include "ehcp-places.h"
#include "ehcp-refused-notice.h"
#include "ehcp-stack-pages.h"
#include "ehcp-staff-button.h"
#include "ehcp-timeline-card.h"

#define WIDTH 1064
#define WIDE_FROM 760

/* Where the buttons lead; a place that there is not has no button. */
static const struct
{
  const char *place, *label, *icon;
} links[] = {
  { "inbox", N_("Messages"), "mail-unread-symbolic" },
  { "papers", N_("Documents"), "x-office-document-symbolic" },
  { "publish", N_("Publish documents"), "document-send-symbolic" },
  { "ask", N_("Ask for a form"), "document-edit-symbolic" },
  { "history", N_("History"), "document-open-recent-symbolic" },
};

struct _EhcpCaseView
{
  EhcpView parent_instance;
  GtkWidget *stack;
  GtkWidget *timeline;
  GtkWidget *messages; /* the button, which counts */
  GtkWidget *people;
  GtkWidget *move;
  GtkWidget *lists[4];
  GtkLabel *caseworker;
  GtkWidget *allocate;
};

G_DEFINE_FINAL_TYPE (EhcpCaseView, ehcp_case_view, EHCP_TYPE_VIEW)

static const char *
get_case_id (EhcpCaseView *self)
{
  return ehcp_view_get_argument (EHCP_VIEW (self));
}

static EhcpDay
get_today (EhcpCaseView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

static gboolean
is_manager (EhcpCaseView *self)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_view_get_book (EHCP_VIEW (self)));

  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "manager") == 0;
}

/* Bringing up to date */

static void
show_header (EhcpCaseView *self, EhcpRecord *case_record)
{
  const char *school = ehcp_record_get_text (case_record, "school");
  const char *reference = ehcp_record_get_text (case_record, "reference");
  g_autofree char *name = g_strdup_printf ("%s %s", ehcp_record_get_text (case_record, "child_forename"),
                                           ehcp_record_get_text (case_record, "child_surname"));
  g_autofree char *subtitle = school != NULL ? g_strdup_printf ("%s, %s", reference, school) : g_strdup (reference);

  ehcp_view_set_title (EHCP_VIEW (self), name);
  ehcp_view_set_avatar (EHCP_VIEW (self), name);
  ehcp_view_set_subtitle (EHCP_VIEW (self), subtitle);
}

/* A case that somebody has is given on by managers alone. */
static void
show_caseworker (EhcpCaseView *self, EhcpRecord *case_record)
{
  gboolean has_one = ehcp_record_get_text (case_record, "caseworker") != NULL;
  g_autofree char *text = has_one ? g_strdup_printf (_("Caseworker: %s"),
                                                     ehcp_record_get_text (case_record, "caseworker_name"))
                                  : g_strdup (_("Nobody has this case yet."));

  gtk_label_set_label (self->caseworker, text);
  gtk_widget_set_visible (self->allocate, (!has_one || is_manager (self)));
}

static void
show_unread (EhcpCaseView *self, EhcpBook *book)
{
  const GPtrArray *messages = ehcp_book_peek_case (book, EHCP_KIND_MESSAGE, get_case_id (self));
  g_autofree char *label = NULL;
  guint n = 0;

  for (guint i = 0; messages != NULL && i < messages->len; i++)
    n += !ehcp_record_get_bool (messages->pdata[i], "from_council") &&
                 !ehcp_record_has (messages->pdata[i], "read_at") && !ehcp_book_is_read (book, messages->pdata[i])
             ? 1 : 0;
  label = n > 0 ? g_strdup_printf (_("Messages (%u new)"), n) : g_strdup (_("Messages"));
  ehcp_staff_button_set_label (self->messages, label);
}

static void
refresh (EhcpCaseView *self)
{
  EhcpView *view = EHCP_VIEW (self);
  EhcpBook *book = ehcp_view_get_book (view);
  EhcpRecord *case_record = ehcp_book_find (book, EHCP_KIND_CASE, get_case_id (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), case_record != NULL ? "case" : "gone");
  if (case_record == NULL)
    return;
  show_header (self, case_record);
  show_caseworker (self, case_record);
  show_unread (self, book);
  ehcp_timeline_card_show_case (EHCP_TIMELINE_CARD (self->timeline), book, case_record, get_today (self));
  ehcp_people_box_show_case (EHCP_PEOPLE_BOX (self->people), view, get_case_id (self));
  ehcp_move_box_show_case (EHCP_MOVE_BOX (self->move), view, get_case_id (self));
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    ehcp_case_list_show_case (EHCP_CASE_LIST (self->lists[i]), view, get_case_id (self));
}

static void
shown (EhcpView *view)
{
  refresh (EHCP_CASE_VIEW (view));
}

/* Making it */

static void
link_cb (GtkButton *button, EhcpCaseView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "%s/%s", gtk_widget_get_name (GTK_WIDGET (button)), get_case_id (self));
}

static GtkWidget *
make_link (EhcpCaseView *self, const char *place, const char *label, const char *icon)
{
  GtkWidget *button = ehcp_staff_button_new (icon, label);

  gtk_widget_set_name (button, place);
  g_signal_connect (button, "clicked", G_CALLBACK (link_cb), self);
  return button;
}

static GtkWidget *
make_links (EhcpCaseView *self)
{
  GtkWidget *box = ehcp_columns_new (9, FALSE, 0, 300);

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      GtkWidget *button;

      if (ehcp_places_find (links[i].place) == NULL)
        continue;
      button = make_link (self, links[i].place, _(links[i].label), links[i].icon);
      if (i == 0)
        self->messages = button;
      ehcp_columns_append (EHCP_COLUMNS (box), button);
    }
  return box;
}

static GtkWidget *
make_caseworker (EhcpCaseView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->caseworker = g_object_new (GTK_TYPE_LABEL, "xalign", 0., "wrap", TRUE, "hexpand", TRUE, NULL);
  self->allocate = gtk_button_new_with_label (_("Allocate"));
  gtk_widget_set_name (self->allocate, "give");
  gtk_widget_set_valign (self->allocate, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->allocate), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Allocate"), -1);
  g_signal_connect (self->allocate, "clicked", G_CALLBACK (link_cb), self);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->caseworker));
  gtk_box_append (GTK_BOX (row), self->allocate);
  return row;
}

static void
correct_cb (EhcpCaseList *list, const char *event_id, EhcpCaseView *self)
{
  ehcp_move_box_correct (EHCP_MOVE_BOX (self->move), event_id);
}

static GtkWidget *
make_left (EhcpCaseView *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->people = g_object_new (EHCP_TYPE_PEOPLE_BOX, NULL);
  self->lists[0] = ehcp_case_list_new (EHCP_CASE_LIST_DEADLINES, _("Dates by law"), _("There is no date by law yet."));
  self->lists[1] = ehcp_case_list_new (EHCP_CASE_LIST_FORMS, _("Forms"), _("No form was asked for yet."));
  self->lists[2] = ehcp_case_list_new (EHCP_CASE_LIST_ENTRIES, _("What happened"), _("Nothing was entered yet."));
  self->lists[3] = ehcp_case_list_new (EHCP_CASE_LIST_NOTES, _("Notes (staff only)"), _("There is no note yet."));
  g_signal_connect (self->lists[2], "correct", G_CALLBACK (correct_cb), self);
  gtk_box_append (GTK_BOX (left), make_caseworker (self));
  gtk_box_append (GTK_BOX (left), self->people);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    gtk_box_append (GTK_BOX (left), self->lists[i]);
  gtk_box_append (GTK_BOX (left), ehcp_note_box_new (EHCP_VIEW (self), get_case_id (self)));
  gtk_widget_set_hexpand (left, TRUE);
  return left;
}

static GtkWidget *
make_case (EhcpCaseView *self)
{
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", WIDTH, "tightening-threshold", WIDTH, NULL);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *columns = ehcp_columns_new (18, FALSE, WIDE_FROM, 0);
  GtkWidget *refused = g_object_new (EHCP_TYPE_REFUSED_NOTICE, NULL);

  gtk_widget_add_css_class (page, "page");
  self->timeline = g_object_new (EHCP_TYPE_TIMELINE_CARD, NULL);
  ehcp_timeline_card_hide_words (EHCP_TIMELINE_CARD (self->timeline));
  self->move = g_object_new (EHCP_TYPE_MOVE_BOX, "valign", GTK_ALIGN_START, NULL);
  ehcp_refused_notice_watch (EHCP_REFUSED_NOTICE (refused), ehcp_view_get_link (EHCP_VIEW (self)), get_case_id (self));
  gtk_box_append (GTK_BOX (page), refused);
  gtk_box_append (GTK_BOX (page), self->timeline);
  gtk_box_append (GTK_BOX (page), make_links (self));
  ehcp_columns_append (EHCP_COLUMNS (columns), make_left (self));
  ehcp_columns_append (EHCP_COLUMNS (columns), self->move);
  gtk_box_append (GTK_BOX (page), columns);
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
make_gone (void)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "title", _("This case is not here"), "description",
                       _("It may not have come yet, or it was given to another team."), NULL);
}

static void
constructed (GObject *object)
{
  EhcpCaseView *self = EHCP_CASE_VIEW (object);
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));

  G_OBJECT_CLASS (ehcp_case_view_parent_class)->constructed (object);
  ehcp_view_set_back_label (EHCP_VIEW (self), _("Caseload"));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_case (self), "case");
  gtk_stack_add_named (GTK_STACK (self->stack), make_gone (), "gone");
  ehcp_stack_pages_hide_others (GTK_STACK (self->stack));
  adw_bin_set_child (ADW_BIN (self), self->stack);
  g_signal_connect_object (ehcp_link_get_book (link), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_case_view_class_init (EhcpCaseViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = constructed;
  EHCP_VIEW_CLASS (klass)->shown = shown;
}

static void
ehcp_case_view_init (EhcpCaseView *self)
{
}
