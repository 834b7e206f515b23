/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers what there is: how the case stands and what happened, each conversation, each document, each form
 * that was begun or sent. What waits to be sent is left out: the council does not have it. */
#include "ehcp-papers-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-activity-words.h"
#include "ehcp-dashboard-paper.h"
#include "ehcp-day-words.h"
#include "ehcp-form-copy.h"
#include "ehcp-form-filling.h"
#include "ehcp-message-threads.h"
#include "ehcp-text.h"
#include "ehcp-time-words.h"

#define WIDEST_NUMBER 99999 /* stands for a page number that is not known yet */

typedef struct
{
  EhcpLink *link;
  EhcpBook *book;
  const char *case_id;
  GPtrArray *entries;
} Gathering;

static void
entry_free (gpointer data)
{
  EhcpPapersEntry *entry = data;

  g_clear_pointer (&entry->title, g_free);
  g_clear_pointer (&entry->paper, ehcp_paper_free);
  g_clear_object (&entry->document);
  g_free (entry);
}

static EhcpPapersEntry *
add (Gathering *all, const char *group, const char *folder, const char *title, gint32 day)
{
  EhcpPapersEntry *entry = g_new0 (EhcpPapersEntry, 1);

  entry->group = group;
  entry->folder = folder;
  entry->title = g_strdup (title);
  entry->day = day;
  g_ptr_array_add (all->entries, entry);
  return entry;
}

static gint32
day_of (const char *time)
{
  g_autofree char *day = time != NULL ? g_strndup (time, strlen ("2026-11-24")) : NULL;

  return day != NULL ? MAX (ehcp_date_parse (day), 0) : 0;
}

static char *
format_time (Gathering *all, const char *time)
{
  return time != NULL ? ehcp_time_words_of_text (time, ehcp_clock_now (ehcp_link_get_clock (all->link)))
                      : g_strdup ("");
}

/* Timeline */

static int
compare_by_time (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (ehcp_record_get_text (*(EhcpRecord **) a, "at"),
                    ehcp_record_get_text (*(EhcpRecord **) b, "at"));
}

static void
add_happenings (Gathering *all, EhcpPaper *paper)
{
  GListModel *list = ehcp_book_get_list (all->book, EHCP_KIND_ACTIVITY, all->case_id);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (list, i));
  g_ptr_array_sort (sorted, compare_by_time);
  for (guint i = 0; i < sorted->len; i++)
    {
      EhcpRecord *activity = g_ptr_array_index (sorted, i);
      gint32 on = day_of (ehcp_record_get_text (activity, "at"));
      g_autofree char *day = on > 0 ? ehcp_day_words_long (on) : g_strdup ("");
      g_autofree char *words = ehcp_activity_words (all->book, activity);

      ehcp_paper_add (paper, EHCP_PAPER_LABEL, day);
      ehcp_paper_add (paper, EHCP_PAPER_TEXT, words);
    }
}

static void
gather_timeline (Gathering *all)
{
  EhcpPaper *paper = ehcp_paper_new (_("What happened"), _("What happened"));

  add (all, _("Timeline"), "timeline", _("How the case stands"), 0)->paper =
      ehcp_dashboard_paper_new (all->link, all->case_id);
  ehcp_paper_add (paper, EHCP_PAPER_TITLE, _("What happened"));
  add_happenings (all, paper);
  add (all, _("Timeline"), "timeline", _("What happened"), 0)->paper = paper;
}

/* Messages */

static void
add_message (Gathering *all, EhcpPaper *paper, EhcpRecord *message)
{
  const char *received = ehcp_record_get_text (message, "received_at");
  g_autofree char *when = format_time (all, received != NULL ? received
                                                             : ehcp_record_get_text (message, "composed_at"));
  gint32 on = day_of (ehcp_record_get_text (message, "composed_at"));
  g_autofree char *day = on > 0 ? ehcp_day_words_long (on) : g_strdup ("");
  g_autofree char *head = g_strdup_printf ("%s, %s (%s)", ehcp_record_get_text (message, "sender_name"), day, when);
  GListModel *documents = ehcp_book_get_list (all->book, EHCP_KIND_DOCUMENT, all->case_id);

  ehcp_paper_add (paper, EHCP_PAPER_HEADING, head);
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, ehcp_record_get_text (message, "text"));
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);
      g_autofree char *words = NULL;

      if (g_strcmp0 (ehcp_record_get_text (document, "message"), ehcp_record_get_id (message)) != 0)
        continue;
      words = g_strdup_printf (_("Attached: %s"), ehcp_record_get_text (document, "title"));
      ehcp_paper_add (paper, EHCP_PAPER_SMALL, words);
    }
}

static void
add_thread (Gathering *all, GListModel *messages, EhcpRecord *first)
{
  const char *subject = ehcp_record_get_text (first, "subject");
  EhcpPaper *paper = ehcp_paper_new (subject, subject);
  g_autoptr (GPtrArray) thread = ehcp_threads_get_messages (messages, ehcp_record_get_text (first, "thread"));

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, subject);
  ehcp_paper_add (paper, EHCP_PAPER_SMALL, ehcp_record_get_text (first, "message_type"));
  for (guint i = 0; i < thread->len; i++)
    if (ehcp_record_get_delivery (g_ptr_array_index (thread, i)) == EHCP_DELIVERY_DONE)
      add_message (all, paper, g_ptr_array_index (thread, i));
  add (all, _("Messages"), "messages", subject, day_of (ehcp_record_get_text (first, "composed_at")))->paper = paper;
}

/* Each conversation under its first message. */
static void
gather_messages (Gathering *all)
{
  GListModel *messages = ehcp_book_get_list (all->book, EHCP_KIND_MESSAGE, all->case_id);
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (messages, i);
      const char *thread = ehcp_record_get_text (message, "thread");
      g_autoptr (GPtrArray) all_of_it = NULL;

      if (ehcp_record_get_delivery (message) != EHCP_DELIVERY_DONE || thread == NULL ||
          !g_hash_table_add (done, g_strdup (thread)))
        continue;
      all_of_it = ehcp_threads_get_messages (messages, thread);
      add_thread (all, messages, all_of_it->len > 0 ? g_ptr_array_index (all_of_it, 0) : message);
    }
}

/* Documents and forms */

static void
gather_documents (Gathering *all)
{
  GListModel *documents = ehcp_book_get_list (all->book, EHCP_KIND_DOCUMENT, all->case_id);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      if (ehcp_record_get_delivery (document) == EHCP_DELIVERY_DONE)
        add (all, _("Documents"), "documents", ehcp_record_get_text (document, "title"),
             ehcp_record_get_date (document, "issued"))->document = g_object_ref (document);
    }
}

static void
gather_forms (Gathering *all)
{
  GListModel *forms = ehcp_book_get_list (all->book, EHCP_KIND_FORM, all->case_id);

  for (guint i = 0; i < g_list_model_get_n_items (forms); i++)
    {
      g_autoptr (EhcpRecord) form = g_list_model_get_item (forms, i);
      g_autoptr (EhcpFormFilling) filling = ehcp_form_filling_new (all->link, ehcp_record_get_id (form), NULL);

      if (filling != NULL)
        add (all, _("Forms"), "forms", ehcp_record_get_text (form, "title"),
             day_of (ehcp_record_get_text (form, "submitted_at")))->paper = ehcp_form_copy_new (all->link, filling);
    }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const EhcpPapersEntry *one = *(EhcpPapersEntry *const *) a;
  const EhcpPapersEntry *other = *(EhcpPapersEntry *const *) b;
  static const char *const order[] = { "timeline", "messages", "documents", "forms", NULL };
  int difference = 0;

  for (int i = 0; order[i] != NULL; i++)
    difference += i * (g_str_equal (one->folder, order[i]) - g_str_equal (other->folder, order[i]));
  if (difference != 0)
    return difference;
  return one->day != other->day ? (one->day < other->day ? -1 : 1) : 0;
}

GPtrArray *
ehcp_papers_list_new (EhcpLink *link, const char *case_id)
{
  Gathering all = { link, ehcp_link_get_book (link), case_id, NULL };

  all.entries = g_ptr_array_new_with_free_func (entry_free);
  gather_timeline (&all);
  gather_messages (&all);
  gather_documents (&all);
  gather_forms (&all);
  g_ptr_array_sort (all.entries, compare_entries);
  return all.entries;
}

/* The front */

static void
add_line (EhcpPaper *paper, const EhcpPapersEntry *entry, gboolean by_date)
{
  g_autofree char *day = entry->day > 0 ? ehcp_day_words_year (entry->day) : g_strdup ("");
  guint page = entry->page > 0 ? entry->page : WIDEST_NUMBER;
  g_autofree char *line =
      by_date ? g_strdup_printf (_("%s: %s, page %u"), day, entry->title, page)
      : *day != '\0' ? g_strdup_printf (_("%s (%s), page %u"), entry->title, day, page)
                     : g_strdup_printf (_("%s, page %u"), entry->title, page);

  ehcp_paper_add (paper, EHCP_PAPER_TEXT, line);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const EhcpPapersEntry *one = *(EhcpPapersEntry *const *) a;
  const EhcpPapersEntry *other = *(EhcpPapersEntry *const *) b;

  return one->day != other->day ? (one->day < other->day ? -1 : 1) : 0;
}

EhcpPaper *
ehcp_papers_list_make_front (GPtrArray *entries, const char *title, const char *made)
{
  EhcpPaper *paper = ehcp_paper_new (title, title);
  g_autoptr (GPtrArray) by_date = g_ptr_array_copy (entries, NULL, NULL);
  const char *group = NULL;

  /* The copy must not free them. */
  g_ptr_array_set_free_func (by_date, NULL);
  ehcp_paper_add (paper, EHCP_PAPER_TITLE, title);
  ehcp_paper_add (paper, EHCP_PAPER_SMALL, made);
  for (guint i = 0; i < entries->len; i++)
    {
      const EhcpPapersEntry *entry = g_ptr_array_index (entries, i);

      if (entry->group != group)
        ehcp_paper_add (paper, EHCP_PAPER_HEADING, entry->group);
      group = entry->group;
      add_line (paper, entry, FALSE);
    }
  g_ptr_array_sort (by_date, compare_days);
  ehcp_paper_add (paper, EHCP_PAPER_HEADING, _("By date"));
  for (guint i = 0; i < by_date->len; i++)
    if (((EhcpPapersEntry *) g_ptr_array_index (by_date, i))->day > 0)
      add_line (paper, g_ptr_array_index (by_date, i), TRUE);
  return paper;
}
