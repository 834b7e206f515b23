/* SPDX-License-Identifier: GPL-3.0-or-later */
/* It compares the book with what it saw before: what was there when the session opened is not told, nor what
 * comes while the window is in front. A notification goes when its item is read, here or on another device. */
#include "ehcp-notifier.h"

#include <string.h>

#include "ehcp-day-words.h"
#include "ehcp-day.h"
#include "ehcp-notice-words.h"
#include "ehcp-places.h"

#define SOON_DAYS 3
#define LOOK_EVERY_S 3600

struct _EhcpNotifier
{
  GtkApplication *application;
  EhcpSettings *settings;
  EhcpLink *link;
  GHashTable *seen;  /* set of "what-ID" or "due-ID-DAY" */
  GHashTable *shown; /* id of a notification → its target */
  gboolean has_baseline;
  guint timer;
};

static gboolean
is_in_front (EhcpNotifier *notifier)
{
  GtkWindow *window = gtk_application_get_active_window (notifier->application);

  return window != NULL && gtk_widget_get_mapped (GTK_WIDGET (window)) && gtk_window_is_active (window);
}

static char *
child_of (EhcpNotifier *notifier, const char *case_id)
{
  EhcpRecord *record = ehcp_book_find (ehcp_link_get_book (notifier->link), EHCP_KIND_CASE, case_id);

  if (!notifier->settings->notify_details || notifier->settings->is_covered || record == NULL)
    return NULL;
  return g_strdup (ehcp_record_get_text (record, "child_forename"));
}

static void
tell (EhcpNotifier *notifier, const char *id, EhcpNotice notice, const char *case_id, const char *target,
      const char *detail)
{
  g_autofree char *child = child_of (notifier, case_id);
  g_autofree char *title = ehcp_notice_title (notice, child);
  g_autofree char *body = ehcp_notice_body (notice, child != NULL ? detail : NULL);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (!notifier->settings->notify || is_in_front (notifier))
    return;
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.open-item", "s", target);
  g_application_send_notification (G_APPLICATION (notifier->application), id, notification);
  g_hash_table_insert (notifier->shown, g_strdup (id), g_strdup (target));
}

static void
withdraw (EhcpNotifier *notifier, const char *id)
{
  g_application_withdraw_notification (G_APPLICATION (notifier->application), id);
}

/* Whether it is new since the baseline. Takes @key. */
static gboolean
is_news (EhcpNotifier *notifier, char *key)
{
  return g_hash_table_add (notifier->seen, key) && notifier->has_baseline;
}

static const char *
get_role (EhcpNotifier *notifier)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (notifier->link));

  return account != NULL ? ehcp_record_get_text (account, "role") : NULL;
}

static gboolean
is_staff (EhcpNotifier *notifier)
{
  const char *role = get_role (notifier);

  return role != NULL && strcmp (role, "family") != 0;
}

/* Staff have screens of their own for a case. */
static char *
make_target (EhcpNotifier *notifier, const char *name, const char *case_id, const char *item)
{
  if (is_staff (notifier))
    return ehcp_places_find ("case") != NULL ? g_strdup_printf ("case/%s", case_id)
                                             : g_strdup (ehcp_places_get_home (get_role (notifier)));
  return item != NULL ? g_strdup_printf ("%s/%s/%s", name, case_id, item)
                      : g_strdup_printf ("%s/%s", name, case_id);
}

static void
look_at_item (EhcpNotifier *notifier, EhcpRecord *item, const char *what, EhcpNotice notice,
              const char *place, const char *detail, gboolean is_incoming)
{
  EhcpBook *book = ehcp_link_get_book (notifier->link);
  const char *id = ehcp_record_get_id (item);
  const char *case_id = ehcp_record_get_text (item, "case");
  g_autofree char *key = g_strdup_printf ("%s-%s", what, id);

  if (!is_incoming || case_id == NULL)
    return;
  if (is_news (notifier, g_strdup (key)) && !ehcp_book_is_read (book, item))
    {
      const char *inner = notice == EHCP_NOTICE_MESSAGE ? ehcp_record_get_text (item, "thread") : id;
      g_autofree char *target = make_target (notifier, place, case_id, inner);

      tell (notifier, key, notice, case_id, target, detail);
    }
  else if (g_hash_table_contains (notifier->shown, key) && ehcp_book_is_read (book, item))
    {
      withdraw (notifier, key);
      g_hash_table_remove (notifier->shown, key);
    }
}

static void
look_at_message (EhcpNotifier *notifier, EhcpRecord *message)
{
  gboolean from_council = ehcp_record_get_bool (message, "from_council");

  look_at_item (notifier, message, "message", EHCP_NOTICE_MESSAGE, "messages",
                ehcp_record_get_text (message, "subject"), from_council != is_staff (notifier));
}

/* Attachments come with their message. */
static void
look_at_document (EhcpNotifier *notifier, EhcpRecord *document)
{
  look_at_item (notifier, document, "document", EHCP_NOTICE_DOCUMENT, "documents",
                ehcp_record_get_text (document, "title"),
                !is_staff (notifier) && ehcp_record_get_text (document, "message") == NULL &&
                    g_strcmp0 (ehcp_record_get_text (document, "kind"), "form") != 0);
}

/* An event moves several dates at once: one notification for a case. */
static void
look_at_deadline (EhcpNotifier *notifier, EhcpRecord *deadline)
{
  const char *case_id = ehcp_record_get_text (deadline, "case");
  EhcpDay due = ehcp_record_get_date (deadline, "due");
  g_autofree char *id = g_strdup_printf ("dates-%s", case_id);
  g_autofree char *target = NULL, *words = NULL;

  if (is_staff (notifier) || case_id == NULL ||
      g_strcmp0 (ehcp_record_get_text (deadline, "state"), "due") != 0 ||
      !is_news (notifier, g_strdup_printf ("due-%s-%u", ehcp_record_get_id (deadline), (guint) due)))
    return;
  target = make_target (notifier, "dashboard", case_id, NULL);
  words = ehcp_day_words_long (due);
  tell (notifier, id, EHCP_NOTICE_DATES, case_id, target, words);
}

static void
look_at_form (EhcpNotifier *notifier, EhcpRecord *form)
{
  const char *state = ehcp_record_get_text (form, "state");
  const char *case_id = ehcp_record_get_text (form, "case");
  EhcpDay due = ehcp_record_get_date (form, "due");
  EhcpDay today = ehcp_clock_today (ehcp_link_get_clock (notifier->link));
  g_autofree char *id = g_strdup_printf ("soon-%s", ehcp_record_get_id (form));
  g_autofree char *target = NULL, *words = NULL;

  if (is_staff (notifier) || due == 0 || case_id == NULL ||
      (g_strcmp0 (state, "asked") != 0 && g_strcmp0 (state, "returned") != 0))
    {
      if (g_hash_table_remove (notifier->shown, id))
        withdraw (notifier, id);
      return;
    }
  if (due < today || due > today + SOON_DAYS || !is_news (notifier, g_strdup (id)))
    return;
  target = g_strdup_printf ("form/%s", ehcp_record_get_id (form));
  words = ehcp_day_words_long (due);
  tell (notifier, id, EHCP_NOTICE_DUE_SOON, case_id, target, words);
}

static void
look_at_all (EhcpNotifier *notifier, EhcpKind kind, void (*look_at) (EhcpNotifier *, EhcpRecord *))
{
  GListModel *list = ehcp_book_get_list (ehcp_link_get_book (notifier->link), kind, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) record = g_list_model_get_item (list, i);

      look_at (notifier, record);
    }
}

static void
look (EhcpNotifier *notifier)
{
  gboolean has_first_sync = FALSE;

  g_object_get (notifier->link, "has-first-sync", &has_first_sync, NULL);
  if (ehcp_link_get_status (notifier->link) != EHCP_LINK_SIGNED_IN || !has_first_sync)
    return;
  look_at_all (notifier, EHCP_KIND_MESSAGE, look_at_message);
  look_at_all (notifier, EHCP_KIND_DOCUMENT, look_at_document);
  look_at_all (notifier, EHCP_KIND_DEADLINE, look_at_deadline);
  look_at_all (notifier, EHCP_KIND_FORM, look_at_form);
  notifier->has_baseline = TRUE;
}

static void
forget (EhcpNotifier *notifier)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, notifier->shown);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    withdraw (notifier, id);
  g_hash_table_remove_all (notifier->shown);
  g_hash_table_remove_all (notifier->seen);
  notifier->has_baseline = FALSE;
}

static void
status_cb (EhcpNotifier *notifier)
{
  if (ehcp_link_get_status (notifier->link) == EHCP_LINK_SIGNED_OUT)
    forget (notifier);
}

static gboolean
timer_cb (gpointer data)
{
  EhcpNotifier *notifier = data;

  if (notifier->link != NULL)
    look (notifier);
  return G_SOURCE_CONTINUE;
}

EhcpNotifier *
ehcp_notifier_new (GtkApplication *application, EhcpSettings *settings)
{
  EhcpNotifier *notifier = g_new0 (EhcpNotifier, 1);

  notifier->application = application;
  notifier->settings = settings;
  notifier->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  notifier->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  notifier->timer = g_timeout_add_seconds (LOOK_EVERY_S, timer_cb, notifier);
  return notifier;
}

void
ehcp_notifier_set_link (EhcpNotifier *notifier, EhcpLink *link)
{
  if (notifier->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (notifier->link, notifier);
      g_signal_handlers_disconnect_by_data (ehcp_link_get_book (notifier->link), notifier);
    }
  forget (notifier);
  g_set_object (&notifier->link, link);
  if (link == NULL)
    return;
  g_signal_connect_swapped (link, "notify::status", G_CALLBACK (status_cb), notifier);
  g_signal_connect_swapped (link, "notify::has-first-sync", G_CALLBACK (look), notifier);
  g_signal_connect_swapped (ehcp_link_get_book (link), "changed", G_CALLBACK (look), notifier);
}

void
ehcp_notifier_seen (EhcpNotifier *notifier, const char *target)
{
  GHashTableIter iter;
  gpointer id, place;

  g_hash_table_iter_init (&iter, notifier->shown);
  while (g_hash_table_iter_next (&iter, &id, &place))
    if (strcmp (place, target) == 0)
      {
        withdraw (notifier, id);
        g_hash_table_iter_remove (&iter);
      }
}

void
ehcp_notifier_free (EhcpNotifier *notifier)
{
  ehcp_notifier_set_link (notifier, NULL);
  g_source_remove (notifier->timer);
  g_hash_table_unref (notifier->seen);
  g_hash_table_unref (notifier->shown);
  g_free (notifier);
}
