/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for news by the feed, as the program of a caseworker does, and takes each thing up after the
 * seconds that make it a person. What she then does is in ehcp-demo-resident-acts.c. */
#include "ehcp-demo-resident-private.h"

#include "ehcp-error.h"

#include <string.h>

#define HOLD_S 20
#define VERIFY_AFTER_S 8
#define ACTIVATE_AFTER_S 5
#define READ_AFTER_S 3
#define REPLY_AFTER_S 8
#define ACCEPT_FORM_AFTER_S 6
#define REST_MS 500

static gboolean
is_stopping (EhcpDemoResident *resident)
{
  return g_atomic_int_get (&resident->is_stopping) != 0;
}

static void
free_task (gpointer data)
{
  EhcpDemoTask *task = data;

  g_clear_pointer (&task->record, json_object_unref);
  g_free (task);
}

/* Each thing is taken up once, however often its record changes. */
static void
plan (EhcpDemoResident *resident, const char *what, JsonObject *record, guint after_s,
      gboolean (*act) (EhcpDemoResident *, JsonObject *, GError **))
{
  const char *seq = strcmp (what, "form") == 0 ? ehcp_json_get_text (record, "submitted_at") : NULL;
  g_autofree char *key =
      g_strdup_printf ("%s:%s:%s", what, ehcp_json_get_text (record, "id"), seq != NULL ? seq : "");
  EhcpDemoTask *task;

  if (!g_hash_table_add (resident->done, g_steal_pointer (&key)))
    return;
  task = g_new0 (EhcpDemoTask, 1);
  task->act = act;
  task->record = json_object_ref (record);
  task->due = g_get_monotonic_time () + after_s * G_USEC_PER_SEC;
  g_queue_push_tail (&resident->tasks, task);
}

/* In the demo not everybody who was invited picks up the telephone. */
static gboolean
is_phoning (EhcpDemoResident *resident, JsonObject *person)
{
  JsonObject *contact = g_hash_table_lookup (resident->contacts, ehcp_json_get_text (person, "id"));
  JsonObject *known = contact != NULL ? ehcp_demo_data_find_email (resident->data,
                                                                   ehcp_json_get_text (contact, "email"))
                                      : NULL;

  return contact != NULL && (known == NULL || ehcp_json_get_bool (known, "phones"));
}

static void
look_at_person (EhcpDemoResident *resident, JsonObject *person)
{
  const char *access = ehcp_json_get_text (person, "access");

  if (g_strcmp0 (access, "invited") == 0 && is_phoning (resident, person))
    plan (resident, "verify", person, VERIFY_AFTER_S, ehcp_demo_resident_verify);
  else if (g_strcmp0 (access, "accepted") == 0)
    plan (resident, "activate", person, ACTIVATE_AFTER_S, ehcp_demo_resident_activate);
}

static void
look_at_message (EhcpDemoResident *resident, JsonObject *message)
{
  if (ehcp_json_get_bool (message, "from_council") || ehcp_json_get_text (message, "read_at") != NULL)
    return;
  plan (resident, "read", message, READ_AFTER_S, ehcp_demo_resident_read);
  plan (resident, "reply", message, REPLY_AFTER_S, ehcp_demo_resident_reply);
}

static void
look_at (EhcpDemoResident *resident, const char *kind, JsonObject *record)
{
  JsonObject *person = strcmp (kind, "contact") == 0
                           ? g_hash_table_lookup (resident->records, ehcp_json_get_text (record, "person"))
                           : NULL;

  if (strcmp (kind, "person") == 0)
    look_at_person (resident, record);
  else if (person != NULL)
    look_at_person (resident, person);
  else if (strcmp (kind, "message") == 0)
    look_at_message (resident, record);
  else if (strcmp (kind, "form") == 0 &&
           g_strcmp0 (ehcp_json_get_text (record, "state"), "submitted") == 0)
    plan (resident, "form", record, ACCEPT_FORM_AFTER_S, ehcp_demo_resident_accept_form);
}

static void
for_each_record (EhcpDemoResident *resident, JsonObject *records,
                 void (*visit) (EhcpDemoResident *, const char *, JsonObject *))
{
  JsonObjectIter iter;
  const char *kind;
  JsonNode *list;

  json_object_iter_init (&iter, records);
  while (json_object_iter_next (&iter, &kind, &list))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
      visit (resident, kind, json_array_get_object_element (json_node_get_array (list), i));
}

static void
keep (EhcpDemoResident *resident, const char *kind, JsonObject *record)
{
  if (strcmp (kind, "contact") == 0)
    g_hash_table_insert (resident->contacts, g_strdup (ehcp_json_get_text (record, "person")),
                         json_object_ref (record));
  else if (strcmp (kind, "case") == 0 || strcmp (kind, "person") == 0)
    g_hash_table_insert (resident->records, g_strdup (ehcp_json_get_text (record, "id")),
                         json_object_ref (record));
  else if (strcmp (kind, "message-type") == 0 && resident->message_type == NULL)
    resident->message_type = g_strdup (ehcp_json_get_text (record, "name"));
}

/* A page is kept before it is looked at: a person may come before their contact, or on the page before. */
static gboolean
pull (EhcpDemoResident *resident, guint wait_s, gboolean *has_more, GError **error)
{
  g_autoptr (JsonObject) page =
      ehcp_demo_client_pull (resident->client, resident->state, wait_s, error);
  JsonObject *records;

  if (page == NULL)
    return FALSE;
  records = ehcp_json_get_object (page, "records");
  for_each_record (resident, records, keep);
  for_each_record (resident, records, look_at);
  g_free (resident->state);
  resident->state = g_strdup (ehcp_json_get_text (page, "state"));
  *has_more = ehcp_json_get_bool (page, "has_more");
  return TRUE;
}

static EhcpDemoTask *
take_due_task (EhcpDemoResident *resident)
{
  for (GList *link = resident->tasks.head; link != NULL; link = link->next)
    {
      EhcpDemoTask *task = link->data;

      if (task->due > g_get_monotonic_time ())
        continue;
      g_queue_delete_link (&resident->tasks, link);
      return task;
    }
  return NULL;
}

static void
do_due_tasks (EhcpDemoResident *resident)
{
  EhcpDemoTask *task;

  while (!is_stopping (resident) && (task = take_due_task (resident)) != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!task->act (resident, task->record, &error))
        g_message ("the resident caseworker could not go on: %s", error->message);
      free_task (task);
    }
}

/* With something planned she looks up every second, else she waits for news. */
static gpointer
resident_thread (gpointer data)
{
  EhcpDemoResident *resident = data;
  gboolean has_more = TRUE;

  while (!is_stopping (resident))
    {
      guint wait_s = has_more ? 0 : resident->tasks.length > 0 ? 1 : HOLD_S;
      g_autoptr (GError) error = NULL;

      do_due_tasks (resident);
      if (pull (resident, wait_s, &has_more, &error))
        continue;
      if (is_stopping (resident))
        break;
      g_message ("the resident caseworker has no connection: %s", error->message);
      g_usleep (REST_MS * 1000);
    }
  return NULL;
}

/**
 * ehcp_demo_resident_start:
 * @client: (transfer full): a caseworker's, signed in
 * @data: outlives the resident
 *
 * Starts the thread "resident".
 *
 * Returns: (transfer full): the resident caseworker
 */
EhcpDemoResident *
ehcp_demo_resident_start (EhcpDemoClient *client, EhcpDemoData *data)
{
  EhcpDemoResident *resident = g_new0 (EhcpDemoResident, 1);

  resident->client = client;
  resident->data = data;
  resident->records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  resident->contacts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  resident->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  resident->n_replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&resident->tasks);
  resident->thread = g_thread_new ("resident", resident_thread, resident);
  return resident;
}

/** ehcp_demo_resident_say_goodbye: What is under way comes to its end; nothing new is begun. Before the
 * server stops, which ends a request that is held. */
void
ehcp_demo_resident_say_goodbye (EhcpDemoResident *resident)
{
  g_atomic_int_set (&resident->is_stopping, 1);
}

/** ehcp_demo_resident_stop: Waits for the thread and gives everything back. */
void
ehcp_demo_resident_stop (EhcpDemoResident *resident)
{
  ehcp_demo_resident_say_goodbye (resident);
  g_thread_join (resident->thread);
  g_queue_clear_full (&resident->tasks, free_task);
  g_clear_pointer (&resident->n_replies, g_hash_table_unref);
  g_clear_pointer (&resident->done, g_hash_table_unref);
  g_clear_pointer (&resident->contacts, g_hash_table_unref);
  g_clear_pointer (&resident->records, g_hash_table_unref);
  g_clear_pointer (&resident->message_type, g_free);
  g_clear_pointer (&resident->state, g_free);
  ehcp_demo_client_free (resident->client);
  g_free (resident);
}
