/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form that is filled in at more than one place or time: answers that were changed on both sides, and where
 * the person was when the program was killed. */
#include "ehcp-form-filling-private.h"

gboolean
ehcp_form_filling_find_conflict (EhcpFormFilling *filling, const char *question, EhcpFormConflict *conflict)
{
  EhcpRecord *answer = ehcp_form_filling_find_answer (filling, question);
  const EhcpQuestion *asked = ehcp_form_definition_find (filling->definition, question);
  EhcpRecord *under;

  if (answer == NULL || asked == NULL || asked->kind == EHCP_QUESTION_FILE || filling->is_request || ehcp_record_get_delivery (answer) != EHCP_DELIVERY_REFUSED ||
      g_strcmp0 (ehcp_record_get_refusal (answer), "stale") != 0)
    return FALSE;
  under = ehcp_link_find_under (filling->link, EHCP_KIND_ANSWER, ehcp_record_get_id (answer));
  conflict->theirs = under != NULL ? ehcp_record_get_text (under, "value") : NULL;
  conflict->theirs = conflict->theirs != NULL ? conflict->theirs : "";
  conflict->who = under != NULL ? ehcp_record_get_text (under, "saved_by") : NULL;
  conflict->saved_at = under != NULL ? ehcp_record_get_text (under, "saved_at") : NULL;
  return TRUE;
}

guint
ehcp_form_filling_count_conflicts (EhcpFormFilling *filling)
{
  EhcpFormConflict conflict;
  guint n = 0;

  for (guint i = 0; i < filling->parts->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (filling->parts, i);

      for (guint j = 0; j < page->questions->len; j++)
        n += ehcp_form_filling_find_conflict (
            filling, ((EhcpQuestion *) g_ptr_array_index (page->questions, j))->id, &conflict);
    }
  return n;
}

void
ehcp_form_filling_settle (EhcpFormFilling *filling, const char *question, const char *value)
{
  g_autofree char *kept = g_strdup (value);
  EhcpRecord *answer = ehcp_form_filling_find_answer (filling, question);
  EhcpRecord *draft = ehcp_form_filling_find_draft (filling, question);

  g_return_if_fail (answer != NULL);

  g_hash_table_remove (filling->typed, question);
  if (draft != NULL)
    ehcp_link_delete_draft (filling->link, ehcp_record_get_id (draft));
  ehcp_link_discard_about (filling->link, EHCP_KIND_ANSWER, ehcp_record_get_id (answer));
  ehcp_form_filling_type (filling, question, kept, TRUE);
  ehcp_form_filling_save (filling);
  ehcp_form_filling_changed (filling);
}

static char *
make_place_id (EhcpFormFilling *filling)
{
  return ehcp_answer_id (ehcp_record_get_id (filling->form), ehcp_record_get_text (filling->form, "person"),
                         "/place");
}

void
ehcp_form_filling_set_place (EhcpFormFilling *filling, const char *page, const char *question)
{
  g_autofree char *id = make_place_id (filling);
  g_autofree char *now = ehcp_clock_now_text (ehcp_link_get_clock (filling->link));
  g_autoptr (EhcpRecord) place = NULL;

  if (page == NULL)
    {
      if (ehcp_book_find (ehcp_link_get_book (filling->link), EHCP_KIND_DRAFT, id) != NULL)
        ehcp_link_delete_draft (filling->link, id);
      return;
    }
  place = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  ehcp_record_set_text (place, "id", id);
  ehcp_record_set_text (place, "case", ehcp_record_get_case (filling->form));
  ehcp_record_set_int (place, "seq", 0);
  ehcp_record_set_text (place, "audience", "private");
  ehcp_record_set_text (place, "form", ehcp_record_get_id (filling->form));
  ehcp_record_set_text (place, "subject", page);
  ehcp_record_set_text (place, "text", question);
  ehcp_record_set_text (place, "saved_at", now);
  ehcp_link_save_draft (filling->link, place);
}

gboolean
ehcp_form_filling_find_place (EhcpFormFilling *filling, char **page, char **question)
{
  g_autofree char *id = make_place_id (filling);
  EhcpRecord *place = ehcp_book_find (ehcp_link_get_book (filling->link), EHCP_KIND_DRAFT, id);

  if (place == NULL || ehcp_form_filling_find_part (filling, ehcp_record_get_text (place, "subject")) < 0)
    return FALSE;
  *page = g_strdup (ehcp_record_get_text (place, "subject"));
  *question = g_strdup (ehcp_record_get_text (place, "text"));
  return TRUE;
}
