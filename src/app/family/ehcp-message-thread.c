/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open thread: its messages from the first to the last, and the answer. What is new in it is reported
 * as read when it is shown. */
#include "ehcp-message-thread.h"

#include <glib/gi18n.h>

#include "ehcp-message-acts.h"
#include "ehcp-message-card.h"
#include "ehcp-message-threads.h"
#include "ehcp-stack-pages.h"

struct _EhcpMessageThread
{
  AdwBin parent_instance;

  GtkStack *pages;
  GtkLabel *subject;
  GtkLabel *type;
  GtkScrolledWindow *scroller;
  GtkBox *cards;
  GtkWidget *foot;
  GtkLabel *hours;

  EhcpLink *link;
  char *case_id;
  char *thread_id; /* NULL: none is open */
  guint scroll_source;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EhcpMessageThread, ehcp_message_thread, ADW_TYPE_BIN)

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
reply_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EhcpMessageThread *thread = EHCP_MESSAGE_THREAD (widget);
  gboolean is_staff = ehcp_message_is_for_staff (ehcp_link_get_book (thread->link));
  g_autofree char *place = g_strdup_printf ("%s/%s/%s", is_staff ? "write" : "compose", thread->case_id,
                                            thread->thread_id);

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

static void
ehcp_message_thread_dispose (GObject *object)
{
  EhcpMessageThread *thread = EHCP_MESSAGE_THREAD (object);

  g_clear_handle_id (&thread->scroll_source, g_source_remove);
  g_clear_object (&thread->link);
  g_clear_pointer (&thread->case_id, g_free);
  g_clear_pointer (&thread->thread_id, g_free);
  G_OBJECT_CLASS (ehcp_message_thread_parent_class)->dispose (object);
}

static void
ehcp_message_thread_class_init (EhcpMessageThreadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_message_thread_dispose;
  signals[CLOSED] = g_signal_new ("closed", EHCP_TYPE_MESSAGE_THREAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "thread.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "thread.reply", NULL, reply_cb);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-message-thread.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, subject);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, type);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, scroller);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, cards);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, foot);
  gtk_widget_class_bind_template_child (widget_class, EhcpMessageThread, hours);
}

static void
ehcp_message_thread_init (EhcpMessageThread *thread)
{
  gtk_widget_init_template (GTK_WIDGET (thread));
  ehcp_stack_pages_hide_others (thread->pages);
  /* What was opened while it could not be seen counts as read only now. */
  g_signal_connect (thread, "map", G_CALLBACK (ehcp_message_thread_refresh), NULL);
}

const char *
ehcp_message_thread_get_id (EhcpMessageThread *thread)
{
  return thread->thread_id;
}

static EhcpMessageCard *
find_card (EhcpMessageThread *thread, EhcpRecord *message)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (thread->cards));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ehcp_message_card_get_message (EHCP_MESSAGE_CARD (child)) == message)
      return EHCP_MESSAGE_CARD (child);
  return NULL;
}

/* Cards of messages that stay stay too, with their selected text and focus. */
static void
show_cards (EhcpMessageThread *thread, GPtrArray *messages)
{
  GtkWidget *before = NULL;
  GtkWidget *next;

  for (guint i = 0; i < messages->len; i++)
    {
      EhcpRecord *message = g_ptr_array_index (messages, i);
      EhcpMessageCard *card = find_card (thread, message);

      if (card != NULL)
        {
          ehcp_message_card_refresh (card);
          gtk_box_reorder_child_after (thread->cards, GTK_WIDGET (card), before);
        }
      else
        {
          card = ehcp_message_card_new (thread->link, message);
          gtk_box_insert_child_after (thread->cards, GTK_WIDGET (card), before);
        }
      before = GTK_WIDGET (card);
    }
  next = before != NULL ? gtk_widget_get_next_sibling (before)
                        : gtk_widget_get_first_child (GTK_WIDGET (thread->cards));
  while (next != NULL)
    {
      GtkWidget *gone = next;

      next = gtk_widget_get_next_sibling (gone);
      gtk_box_remove (thread->cards, gone);
    }
}

static void
show_head (EhcpMessageThread *thread, EhcpRecord *first)
{
  const char *subject = ehcp_record_get_text (first, "subject");
  const char *type = ehcp_record_get_text (first, "message_type");
  g_autofree char *line = g_strdup_printf (_("Message Type: %s"), type != NULL ? type : "");

  gtk_label_set_label (thread->subject, subject);
  gtk_label_set_label (thread->type, line);
}

static void
show_foot (EhcpMessageThread *thread)
{
  EhcpRecord *child = ehcp_book_find (ehcp_link_get_book (thread->link), EHCP_KIND_CASE, thread->case_id);
  const char *name = child != NULL ? ehcp_record_get_text (child, "caseworker_name") : NULL;
  const char *hours = child != NULL ? ehcp_record_get_text (child, "caseworker_hours") : NULL;
  g_autofree char *line = NULL;

  if (name != NULL && hours != NULL)
    line = g_strdup_printf ("%s: %s", name, hours);
  gtk_label_set_label (thread->hours, line != NULL ? line : name != NULL ? name : "");
}

static gboolean
has_sent_one (GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    if (ehcp_record_get_delivery (g_ptr_array_index (messages, i)) == EHCP_DELIVERY_DONE)
      return TRUE;
  return FALSE;
}

static void
mark_read (EhcpMessageThread *thread, GPtrArray *messages)
{
  if (!gtk_widget_get_child_visible (GTK_WIDGET (thread)) || !gtk_widget_get_mapped (GTK_WIDGET (thread)))
    return;
  for (guint i = 0; i < messages->len; i++)
    ehcp_message_mark_read (thread->link, g_ptr_array_index (messages, i));
}

/* After the book has changed. */
void
ehcp_message_thread_refresh (EhcpMessageThread *thread)
{
  g_autoptr (GPtrArray) messages = NULL;

  if (thread->thread_id == NULL)
    return;
  messages = ehcp_threads_get_messages (
      ehcp_book_get_list (ehcp_link_get_book (thread->link), EHCP_KIND_MESSAGE, thread->case_id),
      thread->thread_id);
  if (messages->len == 0)
    {
      g_signal_emit (thread, signals[CLOSED], 0);
      return;
    }
  show_head (thread, g_ptr_array_index (messages, 0));
  show_cards (thread, messages);
  show_foot (thread);
  /* A thread that the council does not have yet cannot be answered. */
  gtk_widget_set_visible (thread->foot, has_sent_one (messages));
  gtk_stack_set_visible_child_name (thread->pages, "thread");
  mark_read (thread, messages);
}

/* The newest message is what people come for; it is below the others. */
static gboolean
scroll_cb (gpointer data)
{
  EhcpMessageThread *thread = data;
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (thread->cards));
  graphene_point_t at;

  thread->scroll_source = 0;
  if (last != NULL &&
      gtk_widget_compute_point (last, GTK_WIDGET (thread->cards), &GRAPHENE_POINT_INIT (0, 0), &at))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (thread->scroller), at.y);
  return G_SOURCE_REMOVE;
}

void
ehcp_message_thread_open (EhcpMessageThread *thread, EhcpLink *link, const char *case_id,
                          const char *thread_id)
{
  gboolean is_other = g_strcmp0 (thread->thread_id, thread_id) != 0;

  g_set_object (&thread->link, link);
  if (is_other)
    {
      g_free (thread->case_id);
      thread->case_id = g_strdup (case_id);
      g_free (thread->thread_id);
      thread->thread_id = g_strdup (thread_id);
    }
  ehcp_message_thread_refresh (thread);
  if (is_other && thread->scroll_source == 0)
    thread->scroll_source = g_timeout_add (100, scroll_cb, thread);
}

void
ehcp_message_thread_close (EhcpMessageThread *thread)
{
  g_clear_pointer (&thread->thread_id, g_free);
  gtk_stack_set_visible_child_name (thread->pages, "none");
}
