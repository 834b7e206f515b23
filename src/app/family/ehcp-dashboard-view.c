/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case at a glance. Follows the book: each change of records brings every part up to date. */
#include "ehcp-dashboard-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-activity-box.h"
#include "ehcp-activity-words.h"
#include "ehcp-calendar.h"
#include "ehcp-caseworker-card.h"
#include "ehcp-columns.h"
#include "ehcp-count-box.h"
#include "ehcp-dashboard-paper.h"
#include "ehcp-dashboard-words.h"
#include "ehcp-document-saving.h"
#include "ehcp-key-dates-box.h"
#include "ehcp-refused-notice.h"
#include "ehcp-stack-pages.h"
#include "ehcp-time-words.h"
#include "ehcp-timeline-card.h"

struct _EhcpDashboardView
{
  EhcpView parent_instance;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *refused;
  GtkWidget *timeline;
  GtkWidget *messages;
  GtkWidget *documents;
  GtkWidget *actions;
  GtkWidget *recent;
  GtkWidget *dates;
  GtkWidget *caseworker;
  GtkWidget *activity;
};

G_DEFINE_FINAL_TYPE (EhcpDashboardView, ehcp_dashboard_view, EHCP_TYPE_VIEW)

static const char *
get_case_id (EhcpDashboardView *self)
{
  return ehcp_view_get_argument (EHCP_VIEW (self));
}

static EhcpDay
get_today (EhcpDashboardView *self)
{
  return ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
}

/* "14:05" on the same day, otherwise with the day. */
static char *
say_updated (EhcpLink *link)
{
  gint64 updated_at = ehcp_link_get_updated_at (link);
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (link));

  if (ehcp_clock_day_of (updated_at) == ehcp_clock_day_of (now))
    return ehcp_time_words_clock (updated_at);
  return ehcp_time_words (updated_at, now);
}

static void
show_header (EhcpDashboardView *self, EhcpRecord *case_record)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  const char *reference = ehcp_record_get_text (case_record, "reference");
  g_autofree char *name = ehcp_dashboard_words_child (case_record);
  g_autofree char *subtitle = NULL;

  if (ehcp_link_get_updated_at (link) > 0)
    {
      g_autofree char *when = say_updated (link);

      subtitle = g_strdup_printf (_("%s, updated %s"), reference, when);
    }
  ehcp_view_set_title (EHCP_VIEW (self), name);
  ehcp_view_set_avatar (EHCP_VIEW (self), name);
  ehcp_view_set_subtitle (EHCP_VIEW (self), subtitle != NULL ? subtitle : reference);
}

static void
show_message_count (EhcpDashboardView *self, EhcpBook *book)
{
  guint n = ehcp_book_count_unread (book, EHCP_KIND_MESSAGE, get_case_id (self));

  ehcp_count_box_set_count (EHCP_COUNT_BOX (self->messages), n,
                            n > 0 ? _("new, from your caseworker") : _("nothing new"));
}

static void
show_document_count (EhcpDashboardView *self, EhcpBook *book)
{
  guint n_all = ehcp_dashboard_count_documents (book, get_case_id (self));
  g_autofree char *note = g_strdup_printf (_("new, of %u"), n_all);

  ehcp_count_box_set_count (EHCP_COUNT_BOX (self->documents),
                            ehcp_book_count_unread (book, EHCP_KIND_DOCUMENT, get_case_id (self)),
                            n_all > 0 ? note : _("nothing here yet"));
}

static void
show_counts (EhcpDashboardView *self, EhcpBook *book, EhcpDay today)
{
  GListModel *activities = ehcp_book_get_list (book, EHCP_KIND_ACTIVITY, get_case_id (self));
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  gint64 since = now - (gint64) EHCP_DASHBOARD_ACTIVITY_DAYS * 24 * 60 * 60;
  g_autofree char *actions = NULL;
  EhcpDay due;
  guint n;

  show_message_count (self, book);
  show_document_count (self, book);
  n = ehcp_dashboard_count_actions (book, get_case_id (self), &due);
  actions = ehcp_dashboard_words_actions (n, due, today);
  ehcp_count_box_set_count (EHCP_COUNT_BOX (self->actions), n, actions);
  ehcp_count_box_set_count (EHCP_COUNT_BOX (self->recent), ehcp_activity_count_since (activities, since),
                            _("in the last 7 days"));
}

static void
refresh (EhcpDashboardView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpRecord *case_record = ehcp_book_find (book, EHCP_KIND_CASE, get_case_id (self));
  EhcpDay today = get_today (self);
  g_autoptr (GPtrArray) dates = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), case_record != NULL ? "case" : "gone");
  if (case_record == NULL)
    return;
  show_header (self, case_record);
  ehcp_timeline_card_show_case (EHCP_TIMELINE_CARD (self->timeline), book, case_record, today);
  show_counts (self, book, today);
  dates = ehcp_key_dates_list (book, get_case_id (self), today);
  ehcp_key_dates_box_set_dates (EHCP_KEY_DATES_BOX (self->dates), dates);
  ehcp_caseworker_card_show_case (EHCP_CASEWORKER_CARD (self->caseworker), case_record);
}

static void
go_to (EhcpDashboardView *self, const char *place)
{
  ehcp_view_go (EHCP_VIEW (self), "%s/%s", place, get_case_id (self));
}

static void
messages_clicked_cb (EhcpDashboardView *self)
{
  go_to (self, "messages");
}

static void
documents_clicked_cb (EhcpDashboardView *self)
{
  go_to (self, "documents");
}

static void
actions_clicked_cb (EhcpDashboardView *self)
{
  go_to (self, "actions");
}

/* Its section is on this page: the focus goes there, and the page scrolls with it. */
static void
recent_clicked_cb (EhcpDashboardView *self)
{
  ehcp_activity_box_take_focus (EHCP_ACTIVITY_BOX (self->activity));
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDashboardView *self = EHCP_DASHBOARD_VIEW (widget);
  EhcpPaper *paper = ehcp_dashboard_paper_new (ehcp_view_get_link (EHCP_VIEW (self)), get_case_id (self));
  GtkRoot *window = gtk_widget_get_root (widget);

  if (paper != NULL)
    ehcp_paper_print (paper, GTK_IS_WINDOW (window) ? GTK_WINDOW (window) : NULL);
}

static void
calendar_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpDashboardView *self = EHCP_DASHBOARD_VIEW (widget);
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self)));
  char *text = ehcp_calendar_make (book, get_case_id (self), get_today (self), ehcp_clock_now (clock));
  g_autoptr (GBytes) content = g_bytes_new_take (text, strlen (text));
  g_autofree char *file_name = ehcp_calendar_make_file_name (book, get_case_id (self));

  ehcp_document_save_content (widget, ehcp_view_get_link (EHCP_VIEW (self)), get_case_id (self), content, file_name);
}

static void
shown (EhcpView *view)
{
  refresh (EHCP_DASHBOARD_VIEW (view));
}

static void
constructed (GObject *object)
{
  EhcpDashboardView *self = EHCP_DASHBOARD_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpLink *link = ehcp_view_get_link (view);

  G_OBJECT_CLASS (ehcp_dashboard_view_parent_class)->constructed (object);
  ehcp_view_set_back_label (view, _("Portal page"));
  ehcp_refused_notice_watch (EHCP_REFUSED_NOTICE (self->refused), link, get_case_id (self));
  ehcp_activity_box_show_list (EHCP_ACTIVITY_BOX (self->activity), link, get_case_id (self));
  ehcp_caseworker_card_set_case (EHCP_CASEWORKER_CARD (self->caseworker), get_case_id (self));
  g_signal_connect_object (ehcp_link_get_book (link), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::updated-at", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_dashboard_view_class_init (EhcpDashboardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  EHCP_VIEW_CLASS (klass)->shown = shown;
  g_type_ensure (EHCP_TYPE_ACTIVITY_BOX);
  g_type_ensure (EHCP_TYPE_CASEWORKER_CARD);
  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_COUNT_BOX);
  g_type_ensure (EHCP_TYPE_KEY_DATES_BOX);
  g_type_ensure (EHCP_TYPE_REFUSED_NOTICE);
  g_type_ensure (EHCP_TYPE_TIMELINE_CARD);
  gtk_widget_class_install_action (widget_class, "dashboard.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "dashboard.calendar", NULL, calendar_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "dashboard.print", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-dashboard-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, refused);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, timeline);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, messages);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, documents);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, actions);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, recent);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, dates);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, caseworker);
  gtk_widget_class_bind_template_child (widget_class, EhcpDashboardView, activity);
  gtk_widget_class_bind_template_callback (widget_class, messages_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, documents_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, actions_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, recent_clicked_cb);
}

static void
ehcp_dashboard_view_init (EhcpDashboardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (GTK_STACK (self->stack));
}
