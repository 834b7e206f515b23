/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For those who write forms: reads a definition as the server does, says what is wrong with it and on which
 * line, and otherwise prints it as a person meets it: pages in order, when each is asked, what is required. */
#include "ehcp-form-check.h"

#include "ehcp-error.h"
#include "ehcp-form-preview.h"

#include <stdlib.h>
#include <string.h>

#define EXIT_WRONG 1
#define EXIT_USAGE 2

/* The line on which what a JSON Pointer such as "/pages/1/questions/0/id" names begins; 0 when it is not found.
 * By the members and items that are passed, so that one line end more or less does not matter. */
typedef struct
{
  const char *p;
  int line;
} Scan;

static void
skip_space (Scan *scan)
{
  for (; *scan->p != '\0' && strchr (" \t\r\n:,", *scan->p) != NULL; scan->p++)
    scan->line += *scan->p == '\n';
}

/* Leaves the scan behind the closing quote. Returns: (transfer full): what stood between, as it is written. */
static char *
take_string (Scan *scan)
{
  const char *begin = ++scan->p;

  for (; *scan->p != '\0' && *scan->p != '"'; scan->p++)
    if (*scan->p == '\\' && scan->p[1] != '\0')
      scan->p++;
  if (*scan->p == '"')
    return g_strndup (begin, (gsize) (scan->p++ - begin));
  return g_strdup (begin);
}

static void
skip_value (Scan *scan)
{
  int depth = 0;

  skip_space (scan);
  do
    {
      if (*scan->p == '"')
        {
          g_free (take_string (scan));
          continue;
        }
      if (strchr ("[{", *scan->p) != NULL && *scan->p != '\0')
        depth++;
      else if (*scan->p == ']' || *scan->p == '}')
        depth--;
      else if (*scan->p == '\n')
        scan->line++;
      if (*scan->p != '\0')
        scan->p++;
    }
  while (*scan->p != '\0' && (depth > 0 || strchr (",]}\n", *scan->p) == NULL));
}

static gboolean
enter_member (Scan *scan, const char *name)
{
  skip_space (scan);
  if (*scan->p != '{')
    return FALSE;
  for (scan->p++, skip_space (scan); *scan->p == '"'; skip_space (scan))
    {
      g_autofree char *member = take_string (scan);

      skip_space (scan);
      if (g_str_equal (member, name))
        return TRUE;
      skip_value (scan);
    }
  return FALSE;
}

static gboolean
enter_item (Scan *scan, guint64 n)
{
  skip_space (scan);
  if (*scan->p != '[')
    return FALSE;
  for (scan->p++, skip_space (scan); *scan->p != ']' && *scan->p != '\0'; n--, skip_space (scan))
    {
      if (n == 0)
        return TRUE;
      skip_value (scan);
    }
  return FALSE;
}

/* As deep as it goes: a member that is missing is looked for where it should be. */
static int
find_line (const char *text, const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer != NULL ? pointer : "", "/", -1);
  Scan scan = { text, 1 };
  int line = 1;

  for (guint i = 1; steps[0] != NULL && steps[i] != NULL; i++)
    {
      Scan next = scan;
      guint64 n;
      gboolean is_number = g_ascii_string_to_unsigned (steps[i], 10, 0, G_MAXUINT, &n, NULL);

      if (!(is_number ? enter_item (&next, n) : enter_member (&next, steps[i])))
        break;
      scan = next;
      line = scan.line;
    }
  return line;
}

static int
say_wrong (const char *path, const char *text, const GError *error)
{
  const char *field = error->domain == EHCP_ERROR ? ehcp_error_get_field (error) : NULL;

  if (field != NULL)
    g_printerr ("%s:%d: %s\n", path, find_line (text, field), error->message);
  else
    g_printerr ("%s: %s\n", path, error->message);
  return EXIT_WRONG;
}

static void
print_condition (const EhcpCondition *condition, const char *indent)
{
  g_autofree char *words = ehcp_form_describe_condition (condition);

  if (words != NULL)
    g_print ("%s%s\n", indent, words);
}

static const char *
describe_like (EhcpLike like)
{
  static const char *const words[] = { [EHCP_LIKE_ANY] = "",
                                       [EHCP_LIKE_EMAIL] = ", an e-mail address",
                                       [EHCP_LIKE_TELEPHONE] = ", a telephone number",
                                       [EHCP_LIKE_POSTCODE] = ", a postcode",
                                       [EHCP_LIKE_NUMBER] = ", digits alone",
                                       [EHCP_LIKE_PAST] = ", today or before",
                                       [EHCP_LIKE_FUTURE] = ", today or after" };

  return words[like];
}

static void
print_question (const EhcpQuestion *question)
{
  gboolean has_max = question->kind == EHCP_QUESTION_SHORT_TEXT || question->kind == EHCP_QUESTION_LONG_TEXT;
  g_autofree char *most = has_max ? g_strdup_printf (", at most %d letters", question->max) : g_strdup ("");

  g_print ("    %s%s\n", question->label, question->is_required ? " *" : "");
  if (question->help != NULL)
    g_print ("      %s\n", question->help);
  g_print ("      [%s%s%s]\n", ehcp_question_kind_get_name (question->kind), most, describe_like (question->like));
  for (guint i = 0; i < question->choices->len; i++)
    g_print ("      ( ) %s\n", ((EhcpChoice *) question->choices->pdata[i])->label);
  print_condition (&question->condition, "      ");
  if (question->section != NULL)
    g_print ("      Becomes %s on section %s of the plan.\n",
             question->is_evidence ? "the evidence for a comment" : "a comment", question->section);
  if (question->missing != NULL)
    g_print ("      If it is not answered: “%s”\n", question->missing);
  if (question->wrong != NULL)
    g_print ("      If it cannot be right: “%s”\n", question->wrong);
}

static void
print_form (const EhcpFormDefinition *form)
{
  const char *group = NULL;

  g_print ("%s\n%s\n", form->title, form->intro);
  for (guint i = 0; i < form->pages->len; i++)
    {
      const EhcpFormPage *page = form->pages->pdata[i];

      if (g_strcmp0 (group, page->group) != 0)
        g_print ("\n== %s ==\n", page->group);
      group = page->group;
      g_print ("\n  %u. %s\n", i + 1, page->title);
      print_condition (&page->condition, "    ");
      if (page->text != NULL)
        g_print ("    %s\n", page->text);
      for (guint j = 0; j < page->questions->len; j++)
        print_question (page->questions->pdata[j]);
    }
  g_print ("\nThe button: “%s”\nAfterwards: %s\n", form->submit, form->next);
}

static void
print_summary (const char *path, const EhcpFormDefinition *form)
{
  guint n_questions = 0;

  for (guint i = 0; i < form->pages->len; i++)
    n_questions += ((EhcpFormPage *) form->pages->pdata[i])->questions->len;
  g_print ("%s: good. %s, %u pages, %u questions%s%s%s\n\n", path, form->name, form->pages->len, n_questions,
           form->use == EHCP_FORM_REQUEST ? "; families ask for an assessment with it" : "",
           form->may_start ? "; families may send it without being asked" : "",
           form->is_for_professionals ? "; for professionals" : "");
}

/* Beside the text, when it is wanted: where a browser finds it. */
static int
write_preview (const char *preview, const EhcpFormDefinition *form)
{
  g_autofree char *page = ehcp_form_preview_make (form);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents (preview, page, -1, &error))
    {
      g_print ("The preview is in %s\n", preview);
      return EXIT_SUCCESS;
    }
  g_printerr ("%s\n", error->message);
  return EXIT_WRONG;
}

static int
check_file (const char *path, const char *preview)
{
  g_autoptr (EhcpFormDefinition) form = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_WRONG;
    }
  form = ehcp_form_definition_parse (text, length, &error);
  if (form == NULL)
    return say_wrong (path, text, error);
  print_summary (path, form);
  print_form (form);
  return preview != NULL ? write_preview (preview, form) : EXIT_SUCCESS;
}

/**
 * ehcp_form_check_run:
 * @argc: of the sub-command, its name included
 * @argv: its words: `--preview HTML` before one file, or files
 *
 * Needs no configuration and no database. Faults go to the standard error as `FILE:LINE: PLACE: WHY`.
 *
 * Returns: the program's exit code: 0 when all files are good, 1 when one is not, 2 for a wrong call
 */
int
ehcp_form_check_run (int argc, char **argv)
{
  int code = EXIT_SUCCESS;

  if (argc == 4 && g_str_equal (argv[1], "--preview"))
    return check_file (argv[3], argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "--help"))
    {
      g_print ("Usage: ehcp-council form-check FILE…\n"
               "       ehcp-council form-check --preview PREVIEW.html FILE\n\n"
               "Reads definitions of forms, says what is wrong with them and on which line, and prints those\n"
               "that are good as a family meets them. --preview makes a page of one that a browser shows, with\n"
               "every part and its controls. No --config.\n");
      return EXIT_SUCCESS;
    }
  if (argc < 2 || g_str_equal (argv[1], "--preview"))
    {
      g_printerr ("ehcp-council form-check: which file?\nTry: ehcp-council form-check --help\n");
      return EXIT_USAGE;
    }
  for (int i = 1; i < argc; i++)
    code = MAX (code, check_file (argv[i], NULL));
  return code;
}
