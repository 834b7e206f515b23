/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request begins as a draft without a question, whose subject is the definition. It is filled in with the
 * newest version that the council uses: answers of an earlier one stay with the questions of the same id. */
#include "ehcp-form-request.h"

#include <string.h>

#include "ehcp-form-filling.h"
#include "ehcp-json.h"
#include "ehcp-text.h"

static EhcpFormDefinition *
parse (EhcpRecord *record)
{
  const char *body = ehcp_record_get_text (record, "body");

  return ehcp_form_definition_parse (body, strlen (body), NULL);
}

/* The council's form for requests, as it is used now. */
static EhcpFormDefinition *
find_definition (EhcpLink *link)
{
  GListModel *list = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_FORM_DEFINITION, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) record = g_list_model_get_item (list, i);
      g_autoptr (EhcpFormDefinition) definition = NULL;

      if (g_strcmp0 (ehcp_record_get_text (record, "state"), "current") != 0)
        continue;
      definition = parse (record);
      if (definition != NULL && definition->use == EHCP_FORM_REQUEST)
        return g_steal_pointer (&definition);
    }
  return NULL;
}

static gboolean
is_head (EhcpRecord *draft)
{
  return ehcp_record_get_case (draft) == NULL && ehcp_record_has (draft, "form") &&
         g_strcmp0 (ehcp_record_get_text (draft, "form"), ehcp_record_get_id (draft)) == 0;
}

static gboolean
is_answer_of (EhcpRecord *draft, const char *form)
{
  return ehcp_record_has (draft, "question") &&
         g_strcmp0 (ehcp_record_get_text (draft, "form"), form) == 0;
}

static gboolean
has_answers (EhcpLink *link, const char *form)
{
  GListModel *drafts = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_DRAFT, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i);

      if (is_answer_of (draft, form))
        return TRUE;
    }
  return FALSE;
}

/* @is_begun: of those in which something was typed, or of those in which nothing was. */
static GPtrArray *
list_heads (EhcpLink *link, gboolean is_begun)
{
  GListModel *drafts = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_DRAFT, NULL);
  GPtrArray *heads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i);

      if (is_head (draft) && has_answers (link, ehcp_record_get_id (draft)) == is_begun)
        g_ptr_array_add (heads, g_steal_pointer (&draft));
    }
  return heads;
}

static char *
store_head (EhcpLink *link, const char *definition)
{
  g_autoptr (EhcpRecord) head = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  char *id = ehcp_text_new_id ();

  ehcp_record_set_text (head, "id", id);
  ehcp_record_set_text (head, "form", id);
  ehcp_record_set_text (head, "subject", definition);
  ehcp_link_save_draft (link, head);
  return id;
}

char *
ehcp_form_request_make_again (EhcpLink *link, const EhcpFormDefinition *definition, EhcpAnswerFunc answer,
                              gpointer data)
{
  g_autofree char *id = store_head (link, definition->name);
  g_autoptr (EhcpFormFilling) filling = ehcp_form_filling_new (link, id, NULL);

  for (guint i = 0; filling != NULL && i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (definition->pages, i);

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = g_ptr_array_index (page->questions, j);
          const char *value = answer (question->id, data);

          if (question->kind != EHCP_QUESTION_FILE && value != NULL)
            ehcp_form_filling_type (filling, question->id, value, TRUE);
        }
    }
  return g_steal_pointer (&id);
}

char *
ehcp_form_filling_begin_request (EhcpLink *link)
{
  g_autoptr (EhcpFormDefinition) definition = find_definition (link);
  g_autoptr (GPtrArray) unused = list_heads (link, FALSE);

  if (definition == NULL)
    return NULL;
  if (unused->len > 0)
    return g_strdup (ehcp_record_get_id (unused->pdata[0]));
  return store_head (link, definition->name);
}

GPtrArray *
ehcp_form_filling_list_requests (EhcpLink *link)
{
  return list_heads (link, TRUE);
}

EhcpRecord *
ehcp_form_request_make (EhcpLink *link, const char *id)
{
  EhcpBook *book = ehcp_link_get_book (link);
  EhcpRecord *head = ehcp_book_find (book, EHCP_KIND_DRAFT, id);
  EhcpRecord *account = ehcp_book_get_account (book);
  g_autoptr (EhcpFormDefinition) definition = head != NULL && is_head (head) ? find_definition (link) : NULL;
  EhcpRecord *form;

  if (definition == NULL || account == NULL)
    return NULL;
  form = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_FORM));
  ehcp_record_set_text (form, "id", id);
  ehcp_record_set_int (form, "seq", 0);
  ehcp_record_set_text (form, "audience", "account");
  ehcp_record_set_text (form, "definition", definition->name);
  ehcp_record_set_text (form, "title", definition->title);
  ehcp_record_set_text (form, "person", ehcp_record_get_id (account));
  ehcp_record_set_text (form, "state", "asked");
  return form;
}

char *
ehcp_form_request_format (const EhcpFormDefinition *definition, EhcpAnswerFunc answer, gpointer data)
{
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (definition->pages, i);

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = g_ptr_array_index (page->questions, j);
          const char *value = answer (question->id, data);

          /* Files go beside it. */
          if (question->kind != EHCP_QUESTION_FILE && value != NULL && *value != '\0' &&
              ehcp_question_is_asked (question, answer, data))
            ehcp_json_text (&json, question->id, value);
        }
    }
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

void
ehcp_form_request_clear (EhcpLink *link, EhcpRecord *form)
{
  GListModel *drafts = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_DRAFT, NULL);
  g_autofree char *id = g_strdup (ehcp_record_get_id (form));

  for (guint i = g_list_model_get_n_items (drafts); i > 0; i--)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i - 1);

      if (g_strcmp0 (ehcp_record_get_text (draft, "form"), id) == 0)
        ehcp_link_delete_draft (link, ehcp_record_get_id (draft));
    }
  if (ehcp_record_get_delivery (form) == EHCP_DELIVERY_REFUSED)
    ehcp_link_discard (link, id);
}
