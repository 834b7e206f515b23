/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's definition, and behind a line end that JSON cannot have (0x1e) answers to its questions in turn. */
#include "fuzz.h"

#include "ehcp-form-definition.h"
#include "ehcp-text.h"

#define SEPARATOR '\x1e'
#define TODAY 740000

typedef struct
{
  const EhcpFormDefinition *definition;
  GPtrArray *answers;
} Filled;

static const char *
find_answer (const char *question, gpointer data)
{
  Filled *filled = data;
  guint n = 0;

  for (guint p = 0; p < filled->definition->pages->len; p++)
    {
      const EhcpFormPage *page = filled->definition->pages->pdata[p];

      for (guint q = 0; q < page->questions->len; q++, n++)
        if (strcmp (((EhcpQuestion *) page->questions->pdata[q])->id, question) == 0)
          return n < filled->answers->len ? filled->answers->pdata[n] : NULL;
    }
  return NULL;
}

static void
look_at_page (const EhcpFormPage *page, Filled *filled)
{
  ehcp_form_page_get_state (page, find_answer, filled, TODAY);
  ehcp_form_page_check (page, find_answer, filled, TODAY, NULL);
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      const char *answer = find_answer (question->id, filled);
      g_autofree char *words = NULL;

      FUZZ_HOLDS (ehcp_form_definition_find (filled->definition, question->id) == question);
      if (answer == NULL)
        continue;
      ehcp_question_check (question, answer, TODAY, NULL);
      words = ehcp_question_format_answer (question, answer);
      FUZZ_HOLDS (words != NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = fuzz_input (data, size);
  const char *separator = memchr (data, SEPARATOR, size);
  gsize length = separator != NULL ? (gsize) (separator - input.at) : size;
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpFormDefinition) definition = ehcp_form_definition_parse (input.at, length, &error);
  Filled filled = { definition, answers };
  g_autofree char *digest = NULL;
  char *answer;

  FUZZ_HOLDS ((definition == NULL) == (error != NULL));
  if (definition == NULL)
    return 0;
  input.at += MIN (length + 1, size);
  while ((answer = fuzz_valid (&input, SEPARATOR)) != NULL)
    g_ptr_array_add (answers, answer);
  ehcp_form_definition_check (definition, find_answer, &filled, TODAY, NULL);
  digest = ehcp_form_definition_digest (definition, find_answer, &filled);
  FUZZ_HOLDS (strlen (digest) == 64);
  for (guint i = 0; i < definition->pages->len; i++)
    look_at_page (definition->pages->pdata[i], &filled);
  return 0;
}
