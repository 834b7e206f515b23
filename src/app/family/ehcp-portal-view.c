/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card for each child; and in plain words what is still to come: an invitation to answer, or the SEND
 * team's activation. Follows the book. */
#include "ehcp-portal-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-child-card.h"
#include "ehcp-columns.h"
#include "ehcp-dashboard-words.h"
#include "ehcp-requests-box.h"
#include "ehcp-stack-pages.h"
#include "ehcp-time-words.h"

#define SIZE_OF_TWO 960
#define SIZE_OF_ONE 620

struct _EhcpPortalView
{
  EhcpView parent_instance;
  GtkWidget *stack;
  AdwStatusPage *unreachable;
  GtkWidget *clamp;
  GtkWidget *greeting;
  GtkWidget *updated;
  GtkWidget *invited;
  GtkWidget *invited_text;
  GtkWidget *cards;
  GtkWidget *waiting;
  GtkWidget *empty;
  GtkWidget *empty_text;
  GtkWidget *requests;
  GtkWidget *more;
  GtkWidget *invitation_row;
};

G_DEFINE_FINAL_TYPE (EhcpPortalView, ehcp_portal_view, EHCP_TYPE_VIEW)

static void
invitation_cb (EhcpPortalView *self)
{
  ehcp_view_go (EHCP_VIEW (self), "invitation");
}

static void
try_again_cb (EhcpPortalView *self)
{
  ehcp_link_wake (ehcp_view_get_link (EHCP_VIEW (self)));
}

static gboolean
has_first_sync (EhcpPortalView *self)
{
  gboolean has = FALSE;

  g_object_get (ehcp_view_get_link (EHCP_VIEW (self)), "has-first-sync", &has, NULL);
  return has;
}

/* The names of the children whose invitation is in that state: "Isla and Theo". */
static char *
list_children (EhcpBook *book, const char *state)
{
  GListModel *children = ehcp_book_get_list (book, EHCP_KIND_INVITATION_CHILD, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (children, i);

      if (g_strcmp0 (ehcp_record_get_text (child, "state"), state) != 0)
        continue;
      if (n++ > 0)
        g_string_append (names, _(" and "));
      g_string_append (names, ehcp_record_get_text (child, "child_forename"));
    }
  return n > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static void
show_head (EhcpPortalView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (link));
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (link));
  g_autofree char *when = ehcp_time_words_saved (ehcp_link_get_updated_at (link), now);
  g_autofree char *updated = g_strdup_printf (_("Updated %s"), when);
  g_autofree char *greeting = NULL;

  if (account != NULL)
    greeting = ehcp_dashboard_words_greeting (now, ehcp_record_get_text (account, "forename"));
  gtk_label_set_label (GTK_LABEL (self->greeting), greeting != NULL ? greeting : "");
  gtk_label_set_label (GTK_LABEL (self->updated), updated);
  gtk_widget_set_visible (self->updated, ehcp_link_get_updated_at (link) > 0);
}

static gboolean
are_cards_right (EhcpPortalView *self, GListModel *cases)
{
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++, card = gtk_widget_get_next_sibling (card))
    {
      g_autoptr (EhcpRecord) case_record = g_list_model_get_item (cases, i);

      if (card == NULL || g_strcmp0 (ehcp_child_card_get_case (EHCP_CHILD_CARD (card)),
                                     ehcp_record_get_id (case_record)) != 0)
        return FALSE;
    }
  return card == NULL;
}

static void
make_cards (EhcpPortalView *self, GListModel *cases)
{
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (self->cards)) != NULL)
    ehcp_columns_remove (EHCP_COLUMNS (self->cards), card);
  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (EhcpRecord) case_record = g_list_model_get_item (cases, i);

      ehcp_columns_append (EHCP_COLUMNS (self->cards),
                           ehcp_child_card_new (ehcp_record_get_id (case_record), i));
    }
}

static guint
show_cards (EhcpPortalView *self, EhcpBook *book)
{
  GListModel *cases = ehcp_book_get_list (book, EHCP_KIND_CASE, NULL);
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  guint n = g_list_model_get_n_items (cases);

  if (!are_cards_right (self, cases))
    make_cards (self, cases);
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    ehcp_child_card_show_case (EHCP_CHILD_CARD (card), book,
                               ehcp_book_find (book, EHCP_KIND_CASE,
                                               ehcp_child_card_get_case (EHCP_CHILD_CARD (card))),
                               today);
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), n > 1 ? SIZE_OF_TWO : SIZE_OF_ONE);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), n > 1 ? SIZE_OF_TWO : SIZE_OF_ONE);
  gtk_widget_set_visible (self->cards, n > 0);
  return n;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0., NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_waiting_card (EhcpPortalView *self, EhcpRecord *child)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *name = g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                                           ehcp_record_get_text (child, "child_surname"));

  gtk_widget_add_css_class (card, "panel");
  gtk_box_append (GTK_BOX (card), make_label (name, "title-3"));
  gtk_box_append (GTK_BOX (card), make_label (_("You have accepted the invitation. The SEND team still has "
                                                "to activate your access."), NULL));
  gtk_box_append (GTK_BOX (card), make_label (_("What happens next: the SEND team checks your answer. Then we "
                                                "send you an e-mail, and the SEND Dashboard opens here. There "
                                                "is nothing more that you need to do."),
                                              "dim"));
  gtk_box_append (GTK_BOX (self->waiting), card);
}

static guint
show_waiting (EhcpPortalView *self, EhcpBook *book)
{
  GListModel *children = ehcp_book_get_list (book, EHCP_KIND_INVITATION_CHILD, NULL);
  GtkWidget *card;
  guint n = 0;

  while ((card = gtk_widget_get_first_child (self->waiting)) != NULL)
    gtk_box_remove (GTK_BOX (self->waiting), card);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (children, i);

      if (g_strcmp0 (ehcp_record_get_text (child, "state"), "accepted") != 0)
        continue;
      add_waiting_card (self, child);
      n++;
    }
  gtk_widget_set_visible (self->waiting, n > 0);
  return n;
}

/* One label, one control: the row stands back while the notice has the same button. */
static gboolean
show_invited (EhcpPortalView *self, EhcpBook *book)
{
  g_autofree char *names = list_children (book, "open");
  g_autofree char *text = NULL;

  if (names != NULL)
    text = g_strdup_printf (_("You have an invitation to follow the case of %s."), names);
  gtk_label_set_label (GTK_LABEL (self->invited_text), text != NULL ? text : "");
  gtk_widget_set_visible (self->invited, names != NULL);
  gtk_widget_set_visible (self->more, names == NULL);
  return names != NULL;
}

static void
show_empty (EhcpPortalView *self, gboolean is_empty)
{
  gtk_label_set_label (GTK_LABEL (self->empty_text),
                       _("You can ask for an assessment below. If you have asked for one already, the SEND team sends you an invitation by "
                         "e-mail when they have checked who you are. It appears here by itself when it was "
                         "sent to the address of this account."));
  gtk_widget_set_visible (self->empty, is_empty);
}

static void
show_page (EhcpPortalView *self)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  GListModel *cases = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_CASE, NULL);
  const char *page = "page";

  if (!has_first_sync (self) && g_list_model_get_n_items (cases) == 0)
    page = ehcp_link_is_online (link) || ehcp_link_get_updated_at (link) > 0 ? "loading" : "unreachable";
  /* A picture is loaded even behind another page, which a start need not wait for. */
  if (g_str_equal (page, "unreachable"))
    adw_status_page_set_icon_name (self->unreachable, "network-offline-symbolic");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

static void
show_council (EhcpPortalView *self)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (EHCP_VIEW (self)));

  ehcp_view_set_subtitle (EHCP_VIEW (self), service != NULL ? ehcp_service_get_name (service) : NULL);
}

static void
refresh (EhcpPortalView *self)
{
  EhcpBook *book = ehcp_view_get_book (EHCP_VIEW (self));
  guint n_cases, n_waiting;
  gboolean is_invited;

  show_council (self);
  show_page (self);
  show_head (self);
  n_cases = show_cards (self, book);
  n_waiting = show_waiting (self, book);
  is_invited = show_invited (self, book);
  ehcp_requests_box_update (EHCP_REQUESTS_BOX (self->requests), EHCP_VIEW (self));
  show_empty (self, n_cases == 0 && n_waiting == 0 && !is_invited &&
                        ehcp_requests_box_count (EHCP_REQUESTS_BOX (self->requests)) == 0);
}

static void
shown (EhcpView *view)
{
  refresh (EHCP_PORTAL_VIEW (view));
}

static void
constructed (GObject *object)
{
  EhcpPortalView *self = EHCP_PORTAL_VIEW (object);
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (self));
  static const char *const watched[] = { "notify::updated-at", "notify::is-online",
                                         "notify::has-first-sync", "notify::service" };

  G_OBJECT_CLASS (ehcp_portal_view_parent_class)->constructed (object);
  ehcp_view_set_title (EHCP_VIEW (self), _("Portal page"));
  ehcp_view_set_has_back (EHCP_VIEW (self), FALSE);
  g_signal_connect_object (ehcp_link_get_book (link), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (link, watched[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_portal_view_class_init (EhcpPortalViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = constructed;
  EHCP_VIEW_CLASS (klass)->shown = shown;
  g_type_ensure (EHCP_TYPE_ACTION_ROW);
  g_type_ensure (EHCP_TYPE_COLUMNS);
  g_type_ensure (EHCP_TYPE_REQUESTS_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-portal-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, unreachable);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, clamp);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, greeting);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, updated);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, invited);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, invited_text);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, cards);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, waiting);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, empty);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, empty_text);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, requests);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, more);
  gtk_widget_class_bind_template_child (widget_class, EhcpPortalView, invitation_row);
  gtk_widget_class_bind_template_callback (widget_class, invitation_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
ehcp_portal_view_init (EhcpPortalView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ehcp_stack_pages_hide_others (GTK_STACK (self->stack));
}
