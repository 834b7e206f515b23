/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers travel as one JSON object of question and answer; the form's definition has the words. */
#include "ehcp-request-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-form-definition.h"
#include "ehcp-json.h"
#include "ehcp-language.h"

#define MAX_BYTES (1024 * 1024)

char *
ehcp_request_words_sender (EhcpRecord *request)
{
  g_autofree char *telephone = ehcp_left_to_right (ehcp_record_get_text (request, "telephone"));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, _("%s (%s) asked for this assessment with the program, as %s. Address: %s."),
                   ehcp_record_get_text (request, "sender_name"), ehcp_record_get_text (request, "relationship"),
                   ehcp_record_get_text (request, "reference"), ehcp_record_get_text (request, "email"));
  if (telephone != NULL && *telephone != '\0')
    g_string_append_printf (text, _(" Telephone: %s."), telephone);
  g_string_append (text, _(" The address was proved when the account was registered: opening the case invites them at "
                           "once."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_page (GString *text, const EhcpFormPage *page, JsonObject *answers)
{
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      JsonNode *node = json_object_get_member (answers, question->id);
      const char *value = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autofree char *answer = value != NULL && *value != '\0' ? ehcp_question_format_answer (question, value) : NULL;

      if (answer != NULL)
        g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n\n" : "", question->label, answer);
    }
}

char *
ehcp_request_words_answers (EhcpBook *book, EhcpRecord *request)
{
  EhcpRecord *record = ehcp_book_find_where (book, EHCP_KIND_FORM_DEFINITION, "definition",
                                             ehcp_record_get_text (request, "definition"));
  const char *body = record != NULL ? ehcp_record_get_text (record, "body") : NULL;
  const char *typed = ehcp_record_get_text (request, "answers");
  g_autoptr (EhcpFormDefinition) definition = body != NULL ? ehcp_form_definition_parse (body, strlen (body), NULL)
                                                           : NULL;
  g_autoptr (JsonObject) answers = typed != NULL ? ehcp_json_parse_object (typed, strlen (typed), MAX_BYTES, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (definition == NULL || answers == NULL)
    return NULL;
  for (guint i = 0; i < definition->pages->len; i++)
    add_page (text, definition->pages->pdata[i], answers);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* How many wait for a case. */
guint
ehcp_request_words_count (EhcpBook *book)
{
  GListModel *requests = ehcp_book_get_list (book, EHCP_KIND_REQUEST, NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (EhcpRecord) request = g_list_model_get_item (requests, i);

      n += g_strcmp0 (ehcp_record_get_text (request, "state"), "received") == 0 ? 1 : 0;
    }
  return n;
}
