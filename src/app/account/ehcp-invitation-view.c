/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To accept the invitation: which children, yes or no, then the same again before it is sent. All open
 * invitations of the account are answered together: a family with two children may have got one for each,
 * and nobody should have to find out why. */
#include "ehcp-invitation-view.h"

#include <glib/gi18n.h>

#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-invitation-reply.h"
#include "ehcp-language.h"
#include "ehcp-stack-pages.h"
#include "ehcp-steps.h"
#include "ehcp-text-row.h"
#include "ehcp-text.h"
#include "ehcp-tick.h"

struct _EhcpInvitationView
{
  EhcpView parent;
  GtkStack *pages;
  GtkWidget *page_code, *page_choose, *page_check, *page_done;
  GtkWidget *box_code, *box_choose, *box_check;

  EhcpErrorSummary *code_summary;
  GtkEditable *code;
  EhcpErrorRow *code_error;
  GtkWidget *open;
  GtkSpinner *code_spinner;

  EhcpErrorSummary *summary;
  GtkLabel *heading;
  GtkListBox *children;
  GtkCheckButton *yes, *no;
  EhcpErrorRow *answer_error;
  GtkLabel *hint;

  EhcpErrorSummary *check_summary;
  GtkListBox *chosen;
  GtkLabel *consequence;
  GtkWidget *submit, *to_portal;
  GtkSpinner *spinner;

  GPtrArray *ticks;      /* of GtkCheckButton, in the children's order */
  GPtrArray *records;    /* of invitation-child records, in the same order */
  GPtrArray *replies;    /* those that have not arrived yet */
};

G_DEFINE_FINAL_TYPE (EhcpInvitationView, ehcp_invitation_view, EHCP_TYPE_VIEW)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static char *
name_of (EhcpRecord *child)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                          ehcp_record_get_text (child, "child_surname"));
}

/* Page 1: the children */

static gboolean
is_open (EhcpInvitationView *view, EhcpRecord *child)
{
  EhcpRecord *invitation = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (view)), EHCP_KIND_INVITATION,
                                           ehcp_record_get_text (child, "invitation"));
  const char *state = invitation != NULL ? ehcp_record_get_text (invitation, "state") : NULL;

  return g_strcmp0 (ehcp_record_get_text (child, "state"), "open") == 0 &&
         (g_strcmp0 (state, "sent") == 0 || g_strcmp0 (state, "opened") == 0);
}

static void
add_child (EhcpInvitationView *view, EhcpRecord *child)
{
  g_autofree char *name = name_of (child);
  const char *relationship = ehcp_record_get_text (child, "relationship");
  g_autofree char *text =
      relationship != NULL ? g_strdup_printf (_("You are named as: %s"), relationship) : NULL;
  GtkWidget *row = ehcp_text_row_new (name, text);
  GtkWidget *tick = g_object_new (EHCP_TYPE_TICK, "active", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *avatar = adw_avatar_new (36, name, TRUE);

  if (view->records->len % 2 == 1)
    gtk_widget_add_css_class (avatar, "second");
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  g_signal_connect_object (row, "activated", G_CALLBACK (gtk_widget_activate), tick, G_CONNECT_SWAPPED);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (view->children, row);
  g_ptr_array_add (view->ticks, tick);
  g_ptr_array_add (view->records, g_object_ref (child));
}

static void
fill_children (EhcpInvitationView *view)
{
  GListModel *children =
      ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (view)), EHCP_KIND_INVITATION_CHILD, NULL);

  clear_list (view->children);
  g_ptr_array_set_size (view->ticks, 0);
  g_ptr_array_set_size (view->records, 0);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (EhcpRecord) child = g_list_model_get_item (children, i);

      if (is_open (view, child))
        add_child (view, child);
    }
}

static void
fill_texts (EhcpInvitationView *view)
{
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (EHCP_VIEW (view)));
  const char *council = service != NULL ? ehcp_service_get_name (service) : _("The council");
  g_autofree char *telephone = service != NULL ? ehcp_left_to_right (ehcp_service_get_telephone (service)) : NULL;
  g_autofree char *heading = g_strdup_printf (_("%s invites you to follow these children"), council);
  g_autofree char *hint =
      telephone != NULL && telephone[0] != '\0'
          ? g_strdup_printf (_("Someone missing, or a wrong name? Do not accept. Call the SEND team on %s."),
                             telephone)
          : g_strdup (_("Someone missing, or a wrong name? Do not accept. Call the SEND team."));

  gtk_label_set_label (view->heading, heading);
  gtk_label_set_label (view->hint, hint);
}

static void
show_first_page (EhcpInvitationView *view)
{
  fill_children (view);
  fill_texts (view);
  if (view->records->len > 0)
    gtk_stack_set_visible_child (view->pages, view->page_choose);
  else
    {
      gtk_stack_set_visible_child (view->pages, view->page_code);
      gtk_widget_grab_focus (GTK_WIDGET (view->code));
    }
}

/* Records that come by the feed while somebody types the code or waits. */
static void
book_cb (EhcpInvitationView *view)
{
  GtkWidget *page = gtk_stack_get_visible_child (view->pages);

  if (page == view->page_code || (page == view->page_choose && view->records->len == 0))
    show_first_page (view);
}

/* The code of a letter, or of the e-mail when it did not come to this address */

static void
set_code_busy (EhcpInvitationView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->open, !is_busy);
  gtk_spinner_set_spinning (view->code_spinner, is_busy);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpInvitationView) view = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ehcp_link_await_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_code_busy (view, FALSE);
  if (error != NULL)
    ehcp_error_summary_show_error (view->code_summary, view->box_code, error);
  else
    show_first_page (view);
}

static void
open_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpInvitationView) view = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (id != NULL)
    {
      ehcp_link_await_async (EHCP_LINK (source), id, ehcp_view_get_cancellable (EHCP_VIEW (view)),
                             opened_cb, g_object_ref (view));
      return;
    }
  set_code_busy (view, FALSE);
  ehcp_error_summary_show_error (view->code_summary, view->box_code, error);
}

static void
send_code (EhcpInvitationView *view, const char *code)
{
  g_autoptr (EhcpRecord) command =
      ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_INVITATION_OPEN));
  EhcpView *base = EHCP_VIEW (view);

  ehcp_record_set_text (command, "kind", "invitation.open");
  ehcp_record_set_text (command, "code", code);
  set_code_busy (view, TRUE);
  ehcp_link_send_async (ehcp_view_get_link (base), command, NULL, 0, ehcp_view_get_cancellable (base),
                        open_sent_cb, g_object_ref (view));
}

static void
open_cb (EhcpInvitationView *view)
{
  const char *typed = gtk_editable_get_text (view->code);
  g_autofree char *code = ehcp_text_normalise_unique_code (typed);

  if (!gtk_widget_get_sensitive (view->open))
    return;
  if (code == NULL)
    ehcp_error_row_set_message (view->code_error,
                                typed[0] == '\0' ? _("Enter the code of your invitation")
                                                 : _("Check the code: it looks like K7QM-4XHD"));
  else
    ehcp_error_row_set_message (view->code_error, NULL);
  if (!ehcp_error_summary_gather (view->code_summary, view->box_code) && code != NULL)
    send_code (view, code);
}

/* Page 2: the same again */

static gboolean
is_ticked (EhcpInvitationView *view, guint n)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (g_ptr_array_index (view->ticks, n)));
}

static gboolean
is_accepted (EhcpInvitationView *view)
{
  return gtk_check_button_get_active (view->yes);
}

static guint
count_ticked (EhcpInvitationView *view)
{
  guint n = 0;

  for (guint i = 0; i < view->ticks->len; i++)
    n += is_ticked (view, i) ? 1 : 0;
  return n;
}

static void
fill_chosen (EhcpInvitationView *view)
{
  clear_list (view->chosen);
  for (guint i = 0; i < view->records->len; i++)
    {
      g_autofree char *name = name_of (g_ptr_array_index (view->records, i));
      gboolean is_yes = is_accepted (view) && is_ticked (view, i);
      GtkWidget *row = ehcp_text_row_new (name, is_yes ? _("Yes: I want to follow this plan")
                                                       : _("No: do not show it in my account"));
      GtkWidget *sign = g_object_new (GTK_TYPE_IMAGE, "icon-name",
                                      is_yes ? "ehcp-done-symbolic" : "ehcp-ring-symbolic",
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (sign, is_yes ? "good" : "dim");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), sign);
      gtk_list_box_append (view->chosen, row);
    }
  gtk_label_set_label (view->consequence,
                       is_accepted (view)
                           ? _("After you submit, the SEND team activates your account. You get an e-mail "
                               "when the SEND Dashboard can be used.")
                           : _("After you submit, nothing is shared with this account. To change your mind, "
                               "call the SEND team."));
}

static void
make_replies (EhcpInvitationView *view)
{
  g_autofree gboolean *accepted = g_new0 (gboolean, view->records->len);

  for (guint i = 0; i < view->records->len; i++)
    accepted[i] = is_accepted (view) && is_ticked (view, i);
  g_clear_pointer (&view->replies, g_ptr_array_unref);
  view->replies = ehcp_invitation_replies_new (view->records, accepted);
}

static void
confirm_cb (EhcpInvitationView *view)
{
  gboolean has_answer = is_accepted (view) || gtk_check_button_get_active (view->no);

  if (!has_answer)
    ehcp_error_row_set_message (view->answer_error, _("Choose Yes or No"));
  else if (is_accepted (view) && count_ticked (view) == 0)
    ehcp_error_row_set_message (view->answer_error, _("Tick a child, or choose No"));
  else
    ehcp_error_row_set_message (view->answer_error, NULL);
  if (ehcp_error_summary_gather (view->summary, view->box_choose))
    return;
  fill_chosen (view);
  make_replies (view);
  gtk_stack_set_visible_child (view->pages, view->page_check);
  gtk_widget_grab_focus (view->submit);
}

/* Sending */

static void
set_busy (EhcpInvitationView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->submit, !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
show_done (EhcpInvitationView *view)
{
  ehcp_view_set_has_back (EHCP_VIEW (view), FALSE);
  adw_status_page_set_description (
      ADW_STATUS_PAGE (view->page_done),
      is_accepted (view) ? _("Your answer has arrived. The SEND team now activates your account, and you get "
                             "an e-mail when the SEND Dashboard can be used.")
                         : _("Your answer has arrived. Nothing is shared with this account. To change your "
                             "mind, call the SEND team."));
  gtk_stack_set_visible_child (view->pages, view->page_done);
  gtk_widget_grab_focus (view->to_portal);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpInvitationView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = ehcp_invitation_replies_send_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  if (is_done)
    show_done (view);
  else
    ehcp_error_summary_show_error (view->check_summary, view->box_check, error);
}

static void
submit_cb (EhcpInvitationView *view)
{
  EhcpView *base = EHCP_VIEW (view);

  if (!gtk_widget_get_sensitive (view->submit))
    return;
  ehcp_error_summary_clear (view->check_summary, view->box_check);
  set_busy (view, TRUE);
  ehcp_invitation_replies_send_async (view->replies, ehcp_view_get_link (base),
                                      ehcp_view_get_cancellable (base), answered_cb, g_object_ref (view));
}

/* The view */

static void
ehcp_invitation_view_shown (EhcpView *base)
{
  EhcpInvitationView *view = EHCP_INVITATION_VIEW (base);
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (base));
  const char *code = ehcp_view_get_argument (base);

  ehcp_view_set_subtitle (base, service != NULL ? ehcp_service_get_name (service) : NULL);
  if (gtk_stack_get_visible_child (view->pages) == view->page_check)
    return;
  show_first_page (view);
  if (code != NULL && gtk_stack_get_visible_child (view->pages) == view->page_code &&
      gtk_editable_get_text (view->code)[0] == '\0')
    {
      g_autofree char *grouped = ehcp_text_group_unique_code (code);

      gtk_editable_set_text (view->code, grouped);
      open_cb (view);
    }
}

static gboolean
ehcp_invitation_view_close_inner (EhcpView *base)
{
  EhcpInvitationView *view = EHCP_INVITATION_VIEW (base);

  if (gtk_stack_get_visible_child (view->pages) != view->page_check)
    return FALSE;
  gtk_stack_set_visible_child (view->pages, view->page_choose);
  return TRUE;
}

static void
ehcp_invitation_view_constructed (GObject *object)
{
  EhcpInvitationView *view = EHCP_INVITATION_VIEW (object);

  G_OBJECT_CLASS (ehcp_invitation_view_parent_class)->constructed (object);
  g_signal_connect_object (ehcp_view_get_book (EHCP_VIEW (view)), "changed", G_CALLBACK (book_cb), view,
                           G_CONNECT_SWAPPED);
}

static void
ehcp_invitation_view_finalize (GObject *object)
{
  EhcpInvitationView *view = EHCP_INVITATION_VIEW (object);

  g_ptr_array_unref (view->ticks);
  g_ptr_array_unref (view->records);
  g_clear_pointer (&view->replies, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_invitation_view_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpInvitationView, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (pages);
  BIND (page_code);
  BIND (page_choose);
  BIND (page_check);
  BIND (page_done);
  BIND (box_code);
  BIND (box_choose);
  BIND (box_check);
  BIND (code_summary);
  BIND (code);
  BIND (code_error);
  BIND (open);
  BIND (code_spinner);
  BIND (summary);
  BIND (heading);
  BIND (children);
  BIND (yes);
  BIND (no);
  BIND (answer_error);
  BIND (hint);
  BIND (check_summary);
  BIND (chosen);
  BIND (consequence);
  BIND (submit);
  BIND (to_portal);
  BIND (spinner);
}

static void
ehcp_invitation_view_class_init (EhcpInvitationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_invitation_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_invitation_view_finalize;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_invitation_view_shown;
  EHCP_VIEW_CLASS (klass)->close_inner = ehcp_invitation_view_close_inner;
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  g_type_ensure (EHCP_TYPE_STEPS);
  g_type_ensure (EHCP_TYPE_TICK);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-invitation-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
ehcp_invitation_view_init (EhcpInvitationView *view)
{
  view->ticks = g_ptr_array_new ();
  view->records = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (view));
  ehcp_stack_pages_hide_others (view->pages);
}
