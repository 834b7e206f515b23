/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form as it was sent: for whom, when, under which number, and each question with its answer in full. */
#include "ehcp-form-copy.h"

#include <glib/gi18n.h>

#include "ehcp-form-words.h"

static void
add_head (EhcpPaper *paper, EhcpLink *link, EhcpFormFilling *filling)
{
  EhcpRecord *form = ehcp_form_filling_get_form (filling);
  EhcpRecord *child = ehcp_book_find (ehcp_link_get_book (link), EHCP_KIND_CASE,
                                      ehcp_record_get_case (form));
  EhcpService *service = ehcp_link_get_service (link);
  const char *reference = ehcp_record_get_text (form, "reference");
  g_autofree char *sent_at = ehcp_form_words_sent_at (ehcp_record_get_text (form, "submitted_at"));

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, ehcp_record_get_text (form, "title"));
  if (service != NULL)
    ehcp_paper_add (paper, EHCP_PAPER_TEXT, ehcp_service_get_name (service));
  if (child != NULL)
    {
      g_autofree char *about = g_strdup_printf (
          _("About %s %s, %s"), ehcp_record_get_text (child, "child_forename"),
          ehcp_record_get_text (child, "child_surname"), ehcp_record_get_text (child, "reference"));

      ehcp_paper_add (paper, EHCP_PAPER_TEXT, about);
    }
  else if (ehcp_form_filling_get_answer ("child-forename", filling) != NULL)
    {
      g_autofree char *about = g_strdup_printf (_("About %s %s"),
                                                ehcp_form_filling_get_answer ("child-forename", filling),
                                                ehcp_form_filling_get_answer ("child-surname", filling));

      ehcp_paper_add (paper, EHCP_PAPER_TEXT, about);
    }
  if (reference != NULL)
    {
      g_autofree char *number = g_strdup_printf (_("Reference number: %s"), reference);

      ehcp_paper_add (paper, EHCP_PAPER_TEXT, number);
    }
  if (*sent_at != '\0')
    {
      g_autofree char *sent = g_strdup_printf (_("Sent: %s"), sent_at);

      ehcp_paper_add (paper, EHCP_PAPER_TEXT, sent);
    }
}

static void
add_page (EhcpPaper *paper, EhcpFormFilling *filling, const EhcpFormPage *page)
{
  ehcp_paper_add (paper, EHCP_PAPER_HEADING, page->title);
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = g_ptr_array_index (page->questions, i);
      g_autofree char *answer = NULL;

      if (!ehcp_question_is_asked (question, ehcp_form_filling_get_answer, filling))
        continue;
      answer = ehcp_question_format_answer (question,
                                            ehcp_form_filling_get_answer (question->id, filling));
      ehcp_paper_add (paper, EHCP_PAPER_LABEL, question->label);
      ehcp_paper_add (paper, EHCP_PAPER_TEXT, *answer != '\0' ? answer : _("Not answered"));
    }
}

EhcpPaper *
ehcp_form_copy_new (EhcpLink *link, EhcpFormFilling *filling)
{
  EhcpRecord *form = ehcp_form_filling_get_form (filling);
  const EhcpFormDefinition *definition = ehcp_form_filling_get_definition (filling);
  const char *title = ehcp_record_get_text (form, "title");
  EhcpPaper *paper = ehcp_paper_new (title, title);

  add_head (paper, link, filling);
  for (guint i = 0; i < definition->pages->len; i++)
    add_page (paper, filling, g_ptr_array_index (definition->pages, i));
  return paper;
}

char *
ehcp_form_copy_get_name (EhcpFormFilling *filling)
{
  EhcpRecord *form = ehcp_form_filling_get_form (filling);
  const char *reference = ehcp_record_get_text (form, "reference");

  return reference != NULL
             ? g_strdup_printf ("%s %s.pdf", ehcp_record_get_text (form, "title"), reference)
             : g_strdup_printf ("%s.pdf", ehcp_record_get_text (form, "title"));
}
