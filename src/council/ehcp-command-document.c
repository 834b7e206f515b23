/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of the council: published, read, withdrawn. */
#include "ehcp-command-private.h"

#include "ehcp-case-facts.h"
#include "ehcp-uploads.h"

static void
fill_document (EhcpTask *task, EhcpRecord *document, const EhcpUpload *upload)
{
  ehcp_record_set_text (document, "title", ehcp_record_get_text (task->command, "title"));
  ehcp_record_set_text (document, "kind", ehcp_record_get_text (task->command, "document_kind"));
  ehcp_record_set_date (document, "issued", ehcp_record_get_date (task->command, "issued"));
  ehcp_task_fill_document (task, document, upload);
}

static EhcpRecord *
make_document (EhcpTask *task, const EhcpUpload *upload)
{
  EhcpRecord *document = ehcp_task_make (task, EHCP_KIND_DOCUMENT, task->id,
                                         ehcp_record_get_text (task->command, "audience"), NULL);

  fill_document (task, document, upload);
  ehcp_record_set_list (document, "named", ehcp_record_get_list (task->command, "named"));
  ehcp_record_set_date (document, "served_on", ehcp_record_get_date (task->command, "served_on"));
  return document;
}

/** ehcp_command_document_add: A family's own document: a report of their own, a letter. Staff and the sender
 * see it, like a message. */
gboolean
ehcp_command_document_add (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpUpload) upload = NULL;
  g_autoptr (EhcpRecord) document = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *name = ehcp_task_sender_name (task);

  if (!ehcp_task_check_past (task, "issued", error))
    return FALSE;
  upload = ehcp_upload_take (task->council, task->db, task->actor->account,
                             ehcp_record_get_text (task->command, "upload"),
                             ehcp_record_get_id (task->case_record), &failure);
  if (upload == NULL)
    return ehcp_task_refuse_at (error, failure, "/upload");
  document = ehcp_task_make (task, EHCP_KIND_DOCUMENT, task->id, "named", task->access.person);
  fill_document (task, document, upload);
  if (ehcp_record_get_date (document, "issued") == EHCP_DAY_NONE)
    ehcp_record_set_date (document, "issued", task->today);
  ehcp_record_set_text (document, "added_by", name);
  ehcp_task_audit (task, task->id, "sha256 %s", upload->sha256);
  return ehcp_task_add (task, document, error) &&
         ehcp_task_tell (task, "document-added", document, ehcp_record_get_text (document, "title"), error);
}

static const char *
word_kind (EhcpRecord *document)
{
  static const struct
  {
    const char *kind, *words;
  } words[] = {
    { "letter", "letter" },         { "report", "report" }, { "draft-plan", "draft plan" },
    { "final-plan", "final plan" }, { "form", "form" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (ehcp_record_get_text (document, "kind"), words[i].kind))
      return words[i].words;
  return "document";
}

static gboolean
mail_readers (EhcpTask *task, EhcpRecord *document, GError **error)
{
  g_autoptr (GPtrArray) readers = ehcp_task_list_readers (task, document, error);
  g_autofree char *link = ehcp_task_make_link (task);

  if (readers == NULL)
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *email = ehcp_task_find_email (task, readers->pdata[i], error);
      g_autofree char *name = ehcp_person_format_address (readers->pdata[i]);

      if (email == NULL ||
          !ehcp_mail_queue (task->council, task->db, EHCP_MAIL_DOCUMENT, email, error, "name", name,
                            "link", link, "kind", word_kind (document), NULL))
        return FALSE;
    }
  return TRUE;
}

/* What serving the document is, in law: a draft or final plan, or those of an amendment while a notice
 * of one is open (reg 22). NULL when it is nothing that the rules count from. */
static const char *
find_served_fact (EhcpTask *task, const EhcpCaseFacts *facts)
{
  const char *kind = ehcp_record_get_text (task->command, "document_kind");
  gint32 notice = ehcp_case_facts_last (facts, "amendment-notice");
  gint32 final = MAX (ehcp_case_facts_last (facts, "final-issued"),
                      ehcp_case_facts_last (facts, "amended-final-issued"));
  gboolean is_amendment = notice != EHCP_DAY_NONE && notice >= final;

  if (g_str_equal (kind, "draft-plan"))
    return is_amendment ? "amendment-served" : "draft-served";
  if (g_str_equal (kind, "final-plan"))
    return is_amendment ? "amended-final-issued" : "final-issued";
  return NULL;
}

/* Refusals of the event name its members; here the day came as `served_on`. */
static gboolean
append_served (EhcpTask *task, const char *fact, gint32 day, GError **error)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (GError) failure = NULL;

  if (ehcp_task_append_event (task, id, fact, day, 0, "portal", NULL, NULL, &failure))
    return TRUE;
  return ehcp_task_refuse_at (error, failure, "/served_on");
}

static gboolean
record_served (EhcpTask *task, GError **error)
{
  gint32 day = ehcp_record_get_date (task->command, "served_on");
  g_autoptr (EhcpCaseFacts) facts = NULL;
  const char *fact;

  if (day == EHCP_DAY_NONE)
    return TRUE;
  facts = ehcp_case_facts_read (task->db, ehcp_record_get_id (task->case_record), error);
  if (facts == NULL)
    return FALSE;
  fact = find_served_fact (task, facts);
  /* The caseworker may have entered it before: two publications of one day are one service. */
  if (fact == NULL || ehcp_case_facts_last (facts, fact) == day)
    return TRUE;
  return append_served (task, fact, day, error);
}

/** ehcp_command_document_publish: A complete upload becomes a document under the command's id. */
gboolean
ehcp_command_document_publish (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpUpload) upload = NULL;
  g_autoptr (EhcpRecord) document = NULL;
  g_autoptr (GError) failure = NULL;
  const char *title = ehcp_record_get_text (task->command, "title");

  if (!ehcp_task_check_past (task, "issued", error) ||
      !ehcp_task_check_past (task, "served_on", error) || !ehcp_task_check_named (task, error) ||
      !record_served (task, error))
    return FALSE;
  upload = ehcp_upload_take (task->council, task->db, task->actor->account,
                             ehcp_record_get_text (task->command, "upload"),
                             ehcp_record_get_id (task->case_record), &failure);
  if (upload == NULL)
    return ehcp_task_refuse_at (error, failure, "/upload");
  document = make_document (task, upload);
  ehcp_task_audit (task, task->id, "sha256 %s", upload->sha256);
  return ehcp_task_add (task, document, error) &&
         ehcp_task_tell (task, "document-published", document, title, error) &&
         mail_readers (task, document, error);
}

/** ehcp_command_document_read: A reading; the first by a family or professional marks the document. */
gboolean
ehcp_command_document_read (EhcpTask *task, GError **error)
{
  EhcpRecord *document = task->subject;

  if (!ehcp_task_add_reading (task, document, error))
    return FALSE;
  if (ehcp_task_is_staff (task) || ehcp_record_has (document, "read_at"))
    return TRUE;
  ehcp_record_set_text (document, "read_at", task->now);
  return ehcp_task_put (task, document, error);
}

/* Titles of activity would go on saying what the document was. */
static gboolean
remove_activity (EhcpTask *task, GError **error)
{
  g_autoptr (GPtrArray) list = ehcp_store_list_where (task->db, EHCP_KIND_ACTIVITY, "item",
                                                      ehcp_record_get_id (task->subject), error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!ehcp_store_remove (task->council, task->db, EHCP_KIND_ACTIVITY,
                            ehcp_record_get_id (list->pdata[i]), error))
      return FALSE;
  return TRUE;
}

/* The file goes with the last document of the case that has this content. */
static gboolean
spend_file (EhcpTask *task, GError **error)
{
  const char *sha256 = ehcp_record_get_text (task->subject, "sha256");
  const char *case_id = ehcp_record_get_id (task->case_record);
  g_autoptr (GPtrArray) alike = ehcp_store_list_where (task->db, EHCP_KIND_DOCUMENT, "sha256", sha256,
                                                       error);

  if (alike == NULL)
    return FALSE;
  for (guint i = 0; i < alike->len; i++)
    if (g_strcmp0 (ehcp_record_get_case (alike->pdata[i]), case_id) == 0)
      return TRUE;
  g_ptr_array_add (task->spent_files, ehcp_upload_get_path (task->council, case_id, sha256));
  return TRUE;
}

/* Who had seen it is what the caseworker needs to know next. */
static gboolean
write_readers (EhcpTask *task, GError **error)
{
  g_autoptr (GPtrArray) readings = ehcp_store_list_where (task->db, EHCP_KIND_READING, "item",
                                                          ehcp_record_get_id (task->subject), error);
  g_autoptr (GHashTable) readers = g_hash_table_new (g_str_hash, g_str_equal);

  if (readings == NULL)
    return FALSE;
  ehcp_json_begin (&task->json, "read_by", '[');
  for (guint i = 0; i < readings->len; i++)
    if (g_hash_table_add (readers, (char *) ehcp_record_get_text (readings->pdata[i], "reader")))
      ehcp_json_text (&task->json, NULL, ehcp_record_get_text (readings->pdata[i], "reader"));
  ehcp_json_end (&task->json, ']');
  ehcp_task_audit (task, NULL, "read by %u: %s", g_hash_table_size (readers),
                   ehcp_record_get_text (task->command, "reason"));
  return TRUE;
}

/** ehcp_command_document_withdraw: Takes a document away from everybody, with its file. */
gboolean
ehcp_command_document_withdraw (EhcpTask *task, GError **error)
{
  return write_readers (task, error) &&
         ehcp_store_remove (task->council, task->db, EHCP_KIND_DOCUMENT,
                            ehcp_record_get_id (task->subject), error) &&
         remove_activity (task, error) && spend_file (task, error);
}
