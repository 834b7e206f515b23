/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections are told by their headings ("Section B", "B. Special educational needs", regulation 12 of SI 2014/1530);
 * within a section words are compared, not lines: where a line breaks means nothing in a PDF. */
#include "ehcp-plan-compare.h"

#include <string.h>

#define N_SECTIONS 12     /* what stands before, and A to K */
#define MAX_WORDS 6000    /* of one section; beyond, the section is taken as a whole */
#define MAX_HEADING 120

typedef struct
{
  char *heading;
  GString *text; /* NULL: there is none */
} Part;

static void
piece_free (gpointer data)
{
  g_free (((EhcpPlanPiece *) data)->text);
  g_free (data);
}

static void
section_free (gpointer data)
{
  EhcpPlanSection *section = data;

  g_free (section->heading);
  g_ptr_array_unref (section->pieces);
  g_free (section);
}

/* Sections */

/* 1 to 11 for the heading of a section, or 0. A list's "A." within a section is no heading of one that came
 * before: sections only go on. */
static int
find_section (const char *line, int current)
{
  const char *at = line + strspn (line, " \t");
  gboolean has_word = g_ascii_strncasecmp (at, "section ", 8) == 0;
  const char *letter = has_word ? at + 8 + strspn (at + 8, " ") : at;
  const char *next = *letter != '\0' ? letter + 1 : letter;
  gboolean is_marked = strchr (".:)-", *next) != NULL || g_str_has_prefix (next, " \u2013");
  int n = g_ascii_toupper (*letter) - 'A' + 1;

  if (strlen (line) > MAX_HEADING || n < 1 || n >= N_SECTIONS || n <= current)
    return 0;
  if (has_word)
    return !g_ascii_isalnum (*next) ? n : 0;
  return g_ascii_isupper (*letter) && *next != '\0' && is_marked && strlen (next) > 3 ? n : 0;
}

static void
split (const char *text, Part parts[N_SECTIONS])
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  int current = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      int found = find_section (lines[i], current);

      if (found > 0)
        {
          current = found;
          parts[found].heading = g_strstrip (g_strdup (lines[i]));
          parts[found].text = g_string_new (NULL);
          continue;
        }
      if (parts[current].text == NULL)
        parts[current].text = g_string_new (NULL);
      g_string_append (parts[current].text, lines[i]);
      g_string_append_c (parts[current].text, '\n');
    }
}

static void
clear_parts (Part parts[N_SECTIONS])
{
  for (int i = 0; i < N_SECTIONS; i++)
    {
      g_free (parts[i].heading);
      if (parts[i].text != NULL)
        g_string_free (parts[i].text, TRUE);
    }
}

/* Words */

static GStrv
split_words (const char *text)
{
  g_auto (GStrv) all = g_strsplit_set (text != NULL ? text : "", " \t\n\r\f", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_strv_builder_add (words, all[i]);
  return g_strv_builder_end (words);
}

static void
add_word (EhcpPlanSection *section, EhcpPieceKind kind, const char *word)
{
  EhcpPlanPiece *last = section->pieces->len > 0
                            ? g_ptr_array_index (section->pieces, section->pieces->len - 1) : NULL;
  char *longer;

  if (last == NULL || last->kind != kind)
    {
      /* Removed and added beside each other are one change. */
      section->n_changes += kind != EHCP_PIECE_SAME && (last == NULL || last->kind == EHCP_PIECE_SAME);
      last = g_new0 (EhcpPlanPiece, 1);
      last->kind = kind;
      last->text = g_strdup (word);
      g_ptr_array_add (section->pieces, last);
      return;
    }
  longer = g_strconcat (last->text, " ", word, NULL);
  g_free (last->text);
  last->text = longer;
}

/* The longest common subsequence, from behind. */
static guint16 *
make_table (GStrv a, guint n_a, GStrv b, guint n_b)
{
  guint width = n_b + 1;
  guint16 *table = g_new0 (guint16, (gsize) (n_a + 1) * width);

  for (guint i = n_a; i-- > 0;)
    for (guint j = n_b; j-- > 0;)
      table[(gsize) i * width + j] =
          strcmp (a[i], b[j]) == 0 ? table[(gsize) (i + 1) * width + j + 1] + 1
                                   : MAX (table[(gsize) (i + 1) * width + j], table[(gsize) i * width + j + 1]);
  return table;
}

static void
compare_words (EhcpPlanSection *section, GStrv a, GStrv b)
{
  guint n_a = g_strv_length (a), n_b = g_strv_length (b);
  gboolean is_long = n_a > MAX_WORDS || n_b > MAX_WORDS;
  g_autofree guint16 *table = is_long ? NULL : make_table (a, n_a, b, n_b);
  guint i = 0, j = 0;

  while (i < n_a || j < n_b)
    {
      if (i < n_a && j < n_b && strcmp (a[i], b[j]) == 0)
        {
          add_word (section, EHCP_PIECE_SAME, a[i]);
          i++;
          j++;
        }
      else if (i < n_a && (j == n_b || is_long ||
                           table[(gsize) (i + 1) * (n_b + 1) + j] >= table[(gsize) i * (n_b + 1) + j + 1]))
        add_word (section, EHCP_PIECE_REMOVED, a[i++]);
      else
        add_word (section, EHCP_PIECE_ADDED, b[j++]);
    }
}

static EhcpPlanSection *
compare_parts (int n, const Part *first, const Part *second)
{
  EhcpPlanSection *section = g_new0 (EhcpPlanSection, 1);
  g_auto (GStrv) a = split_words (first->text != NULL ? first->text->str : NULL);
  g_auto (GStrv) b = split_words (second->text != NULL ? second->text->str : NULL);

  section->letter = n > 0 ? (char) ('A' + n - 1) : '\0';
  section->heading = g_strdup (second->heading != NULL ? second->heading : first->heading);
  section->is_in_first = first->text != NULL;
  section->is_in_second = second->text != NULL;
  section->pieces = g_ptr_array_new_with_free_func (piece_free);
  compare_words (section, a, b);
  return section;
}

GPtrArray *
ehcp_plan_compare (const char *first, const char *second)
{
  Part a[N_SECTIONS] = { 0 }, b[N_SECTIONS] = { 0 };
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);

  split (first, a);
  split (second, b);
  for (int i = 0; i < N_SECTIONS; i++)
    if (a[i].text != NULL || b[i].text != NULL)
      {
        EhcpPlanSection *section = compare_parts (i, &a[i], &b[i]);

        if (section->pieces->len > 0 || section->letter != '\0')
          g_ptr_array_add (sections, section);
        else
          section_free (section);
      }
  clear_parts (a);
  clear_parts (b);
  return sections;
}

guint
ehcp_plan_count_changes (GPtrArray *sections)
{
  guint n = 0;

  for (guint i = 0; i < sections->len; i++)
    n += ((EhcpPlanSection *) g_ptr_array_index (sections, i))->n_changes;
  return n;
}
