/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and days come from the records as they are now. A deadline that lapsed is none; of several of one rule
 * the one that is still open counts, and of those the first. */
#include "ehcp-template-values.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-audience-box.h"
#include "ehcp-day-words.h"

static char *
find_due (const EhcpTemplateCase *of, const char *rule)
{
  GListModel *deadlines = ehcp_book_get_list (of->book, EHCP_KIND_DEADLINE, of->case_id);
  EhcpDay found = EHCP_DAY_NONE;
  gboolean is_open = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      EhcpDay due = ehcp_record_get_date (deadline, "due");
      gboolean is_now_open = !ehcp_record_has (deadline, "met_on");

      if (g_strcmp0 (ehcp_record_get_text (deadline, "rule"), rule) != 0 ||
          g_strcmp0 (ehcp_record_get_text (deadline, "state"), "lapsed") == 0)
        continue;
      if (found == EHCP_DAY_NONE || (is_now_open && !is_open) || (is_now_open == is_open && due < found))
        {
          found = due;
          is_open = is_now_open;
        }
    }
  return found != EHCP_DAY_NONE ? ehcp_day_words_long (found) : NULL;
}

/* "Mrs Helen Marlow and Martin Marlow": the family's adults who have access. */
static char *
name_family (const EhcpTemplateCase *of)
{
  g_autoptr (GPtrArray) people = ehcp_audience_list_people (
      ehcp_book_get_list (of->book, EHCP_KIND_PERSON, of->case_id), "adults", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const char *title = ehcp_record_get_text (people->pdata[i], "title");

      g_string_append (text, i == 0 ? "" : i + 1 == people->len ? _(" and ") : ", ");
      if (title != NULL && *title != '\0')
        g_string_append_printf (text, "%s ", title);
      g_string_append_printf (text, "%s %s", ehcp_record_get_text (people->pdata[i], "forename"),
                              ehcp_record_get_text (people->pdata[i], "surname"));
    }
  return people->len > 0 ? g_strdup (text->str) : NULL;
}

char *
ehcp_template_value_of_case (const char *name, gpointer data)
{
  static const struct
  {
    const char *name, *field;
  } fields[] = {
    { "child-forename", "child_forename" },
    { "reference", "reference" },
    { "school", "school" },
    { "caseworker", "caseworker_name" },
    { "caseworker-telephone", "caseworker_telephone" },
    { "team", "team" },
  };
  const EhcpTemplateCase *of = data;
  EhcpRecord *child = ehcp_book_find (of->book, EHCP_KIND_CASE, of->case_id);

  if (child == NULL)
    return NULL;
  if (g_str_has_prefix (name, "due:"))
    return find_due (of, name + strlen ("due:"));
  if (g_str_equal (name, "child"))
    return g_strdup_printf ("%s %s", ehcp_record_get_text (child, "child_forename"),
                            ehcp_record_get_text (child, "child_surname"));
  if (g_str_equal (name, "family"))
    return name_family (of);
  if (g_str_equal (name, "council"))
    return g_strdup (of->council);
  if (g_str_equal (name, "today"))
    return ehcp_day_words_long (of->today);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (name, fields[i].name))
      return g_strdup (ehcp_record_get_text (child, fields[i].field));
  return NULL;
}
