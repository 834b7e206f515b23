/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a form for those who write it and those who have to agree to it: one HTML page that any browser opens,
 * with every part as a family meets it, its controls, and in words when it is asked. Nothing is loaded from elsewhere. */
#include "ehcp-form-preview.h"

#include <string.h>

static const char style[] =
    "body{font:16px/1.5 Cantarell,sans-serif;max-width:680px;margin:24px auto;padding:0 18px;color:#1c1b1f;"
    "background:#fafafa}section{background:#fff;border:1px solid #d5d4da;border-radius:12px;padding:18px;margin:18px 0}"
    "h1{font-size:1.6em}h2{font-size:1.25em;margin:0}.dim{color:#5b5a61}.when{background:#f1f0f4;border-radius:6px;"
    "padding:6px 12px}fieldset{border:0;margin:18px 0;padding:0}legend,label.name{font-weight:bold;display:block}"
    "input[type=text],textarea{width:100%;box-sizing:border-box;font:inherit;padding:9px;border:1px solid #8a898f;"
    "border-radius:6px}.choice{display:block;padding:3px 0}.star{color:#a51d2d}.words{color:#a51d2d}"
    "button{font:inherit;padding:9px 24px;border-radius:24px;border:0;background:#1a5fb4;color:#fff}";

/* Everything in it is the form's own words. */
static void
add (GString *page, const char *before, const char *words, const char *after)
{
  g_autofree char *escaped = words != NULL ? g_markup_escape_text (words, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (page, "%s%s%s\n", before, escaped, after);
}

/** ehcp_form_describe_condition: Returns: (transfer full) (nullable): "Only when “…” is “Yes” or “No”."; %NULL when
 * there is no condition. */
char *
ehcp_form_describe_condition (const EhcpCondition *condition)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  if (condition->on == NULL)
    return NULL;
  for (guint i = 0; condition->values[i] != NULL; i++)
    {
      g_autofree char *label = ehcp_question_format_answer (condition->on, condition->values[i]);

      g_string_append_printf (labels, "%s“%s”", i > 0 ? " or " : "", label);
    }
  return g_strdup_printf ("Only when “%s” is %s.", condition->on->label, labels->str);
}

static void
add_condition (GString *page, const EhcpCondition *condition)
{
  g_autofree char *words = ehcp_form_describe_condition (condition);

  add (page, "<p class=\"when dim\">", words, "</p>");
}

static void
add_choice (GString *page, const EhcpQuestion *question, const char *label, const char *hint, const char *type)
{
  g_string_append_printf (page, "<label class=\"choice\"><input type=\"%s\" name=\"%s\"> ", type, question->id);
  add (page, "", label, "");
  add (page, "<br><span class=\"dim\">", hint, "</span>");
  g_string_append (page, "</label>\n");
}

static void
add_choices (GString *page, const EhcpQuestion *question)
{
  const char *type = question->kind == EHCP_QUESTION_SEVERAL ? "checkbox" : "radio";

  if (question->kind == EHCP_QUESTION_YES_NO)
    {
      add_choice (page, question, "Yes", NULL, type);
      add_choice (page, question, "No", NULL, type);
    }
  for (guint i = 0; i < question->choices->len; i++)
    {
      const EhcpChoice *choice = question->choices->pdata[i];

      add_choice (page, question, choice->label, choice->hint, type);
    }
}

static void
add_lines (GString *page, const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    add (page, "<label>", lines[i], " <input type=\"text\"></label>");
}

static void
add_control (GString *page, const EhcpQuestion *question)
{
  static const char *const address[] = { "Building and street", "More of the address", "Town or city", "Postcode", NULL };
  static const char *const person[] = { "Forename", "Surname", "Who they are", "Telephone", "Email address", NULL };

  switch (question->kind)
    {
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_DATE:
    case EHCP_QUESTION_SCHOOL:
      add (page, "<input type=\"text\" aria-label=\"", question->label, "\">");
      break;
    case EHCP_QUESTION_LONG_TEXT:
      add (page, "<textarea rows=\"4\" aria-label=\"", question->label, "\"></textarea>");
      g_string_append_printf (page, "<p class=\"dim\">At most %d letters</p>\n", question->max);
      break;
    case EHCP_QUESTION_DECLARATION:
      add_choice (page, question, question->label, NULL, "checkbox");
      break;
    case EHCP_QUESTION_ADDRESS:
      add_lines (page, address);
      break;
    case EHCP_QUESTION_PERSON:
      add_lines (page, person);
      break;
    case EHCP_QUESTION_FILE:
      add (page, "<input type=\"file\" multiple aria-label=\"", question->label, "\">");
      g_string_append_printf (page, "<p class=\"dim\">Up to %d files of 50 MB each</p>\n", question->max);
      break;
    case EHCP_QUESTION_CHOICE:
    case EHCP_QUESTION_SEVERAL:
    case EHCP_QUESTION_YES_NO:
    default:
      add_choices (page, question);
    }
}

static void
add_question (GString *page, const EhcpQuestion *question)
{
  g_string_append (page, "<fieldset>\n");
  add_condition (page, &question->condition);
  add (page, "<legend>", question->label, question->is_required ? " <span class=\"star\">*</span></legend>" : "</legend>");
  add (page, "<p class=\"dim\">", question->help, "</p>");
  add_control (page, question);
  add (page, "<p class=\"words\">If it is not answered: ", question->missing, "</p>");
  add (page, "<p class=\"words\">If it cannot be right: ", question->wrong, "</p>");
  if (question->section != NULL)
    g_string_append_printf (page, "<p class=\"dim\">Becomes %s on section %s of the plan.</p>\n",
                            question->is_evidence ? "the evidence for a comment" : "a comment", question->section);
  g_string_append (page, "</fieldset>\n");
}

static void
add_part (GString *page, const EhcpFormDefinition *form, guint n)
{
  const EhcpFormPage *part = form->pages->pdata[n];

  g_string_append_printf (page, "<section>\n<p class=\"dim\">Part %u of %u", n + 1, form->pages->len);
  add (page, ": ", part->group, "</p>");
  add (page, "<h2>", part->heading != NULL ? part->heading : part->title, "</h2>");
  add_condition (page, &part->condition);
  add (page, "<p>", part->text, "</p>");
  for (guint i = 0; i < part->questions->len; i++)
    add_question (page, part->questions->pdata[i]);
  g_string_append (page, "</section>\n");
}

/**
 * ehcp_form_preview_make:
 * @form: a definition
 *
 * Returns: (transfer full): an HTML page that shows every part of it with its controls. Any thread.
 */
char *
ehcp_form_preview_make (const EhcpFormDefinition *form)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">\n"
                                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                "style-src 'unsafe-inline'\">\n");

  g_string_append_printf (page, "<style>%s</style>\n", style);
  add (page, "<title>", form->title, "</title>\n</head>\n<body>");
  add (page, "<p class=\"dim\">Preview of ", form->name, ". Nothing that is typed here is sent.</p>");
  add (page, "<h1>", form->title, "</h1>");
  add (page, "<p>", form->intro, "</p>");
  for (guint i = 0; i < form->pages->len; i++)
    add_part (page, form, i);
  add (page, "<section>\n<h2>Check your answers</h2>\n<p><button type=\"button\">", form->submit, "</button></p>");
  add (page, "<h2>What happens next</h2>\n<p>", form->next, "</p>\n</section>");
  g_string_append (page, "</body>\n</html>\n");
  return g_string_free (page, FALSE);
}
