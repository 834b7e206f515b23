/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names are made anew only when the people are others, since the choice is lost by it. */
#include "ehcp-caseload-scope.h"

#include <glib/gi18n.h>

#include "ehcp-case-row.h"

/* The fixed ones; the names of caseworkers follow. */
enum
{
  SCOPE_MINE,
  SCOPE_ALL,
  SCOPE_NOBODY,
  N_FIXED_SCOPES
};

static gboolean
is_manager (EhcpRecord *account)
{
  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "manager") == 0;
}

void
ehcp_caseload_scope_clear (EhcpCaseloadScope *scope)
{
  g_clear_pointer (&scope->caseworkers, g_ptr_array_unref);
  g_clear_pointer (&scope->names, g_free);
}

void
ehcp_caseload_scope_read (EhcpCaseloadScope *scope, EhcpRecord *account, EhcpCaseloadFilter *filter)
{
  guint chosen = gtk_drop_down_get_selected (scope->choice);

  filter->with_unallocated = FALSE;
  filter->caseworker = account != NULL ? ehcp_record_get_id (account) : NULL;
  filter->scope = EHCP_SCOPE_OWN;
  if (chosen == SCOPE_ALL || chosen == GTK_INVALID_LIST_POSITION)
    filter->scope = EHCP_SCOPE_ALL;
  else if (chosen == SCOPE_NOBODY)
    filter->scope = EHCP_SCOPE_NOBODY;
  else if (chosen >= N_FIXED_SCOPES)
    filter->caseworker = scope->caseworkers->pdata[chosen - N_FIXED_SCOPES];
  else
    /* What a caseworker sees and nobody has is a case that they opened: it must not be lost. */
    filter->with_unallocated = !is_manager (account);
}

void
ehcp_caseload_scope_choose_all (EhcpCaseloadScope *scope)
{
  gtk_drop_down_set_selected (scope->choice, SCOPE_ALL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((char *const *) a)[0], ((char *const *) b)[0]);
}

/* "NAME\nID" of each caseworker, by name; then NULL. */
static GPtrArray *
collect_caseworkers (GListModel *rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (EhcpCaseRow) row = g_list_model_get_item (rows, i);
      const EhcpCaseSummary *summary = ehcp_case_row_get (row);

      if (summary->caseworker_name != NULL && g_hash_table_add (seen, summary->caseworker))
        g_ptr_array_add (names, g_strdup_printf ("%s\n%s", summary->caseworker_name, summary->caseworker));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return names;
}

static guint
find_caseworker (EhcpCaseloadScope *scope, const char *id)
{
  for (guint i = 0; i < scope->caseworkers->len; i++)
    if (g_strcmp0 (scope->caseworkers->pdata[i], id) == 0)
      return N_FIXED_SCOPES + i;
  return SCOPE_ALL;
}

static GtkStringList *
make_choices (EhcpCaseloadScope *scope, GPtrArray *names)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("My caseload"));
  gtk_string_list_append (list, _("All cases"));
  gtk_string_list_append (list, _("Not allocated"));
  g_ptr_array_set_size (scope->caseworkers, 0);
  for (guint i = 0; names->pdata[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (names->pdata[i], "\n", 2);

      gtk_string_list_append (list, parts[0]);
      g_ptr_array_add (scope->caseworkers, g_strdup (parts[1]));
    }
  return list;
}

void
ehcp_caseload_scope_fill (EhcpCaseloadScope *scope, GListModel *rows, EhcpRecord *account)
{
  g_autoptr (GPtrArray) names = collect_caseworkers (rows);
  guint chosen = gtk_drop_down_get_selected (scope->choice);
  g_autofree char *all = g_strjoinv ("\n", (char **) names->pdata);
  g_autofree char *id = NULL;
  g_autoptr (GtkStringList) list = NULL;

  if (g_strcmp0 (all, scope->names) == 0)
    return;
  if (scope->caseworkers == NULL)
    scope->caseworkers = g_ptr_array_new_with_free_func (g_free);
  else if (chosen != GTK_INVALID_LIST_POSITION && chosen >= N_FIXED_SCOPES)
    id = g_strdup (scope->caseworkers->pdata[chosen - N_FIXED_SCOPES]);
  list = make_choices (scope, names);
  gtk_drop_down_set_model (scope->choice, G_LIST_MODEL (list));
  if (scope->names == NULL)
    chosen = is_manager (account) ? SCOPE_ALL : SCOPE_MINE;
  gtk_drop_down_set_selected (scope->choice, id != NULL ? find_caseworker (scope, id) : chosen);
  g_free (scope->names);
  scope->names = g_steal_pointer (&all);
}
