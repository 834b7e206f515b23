/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two of one name are told apart by their addresses. */
#include "ehcp-colleagues.h"

#include "ehcp-desk-page.h"

GPtrArray *
ehcp_colleagues_list (EhcpBook *book)
{
  GListModel *all = ehcp_book_get_list (book, EHCP_KIND_COLLEAGUE, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (EhcpRecord) colleague = g_list_model_get_item (all, i);

      if (ehcp_record_get_bool (colleague, "active") &&
          g_strcmp0 (ehcp_record_get_text (colleague, "role"), "administrator") != 0)
        g_ptr_array_add (list, g_steal_pointer (&colleague));
    }
  return list;
}

static gboolean
has_namesake (GPtrArray *list, guint n)
{
  for (guint i = 0; i < list->len; i++)
    if (i != n && g_strcmp0 (ehcp_record_get_text (list->pdata[i], "name"),
                             ehcp_record_get_text (list->pdata[n], "name")) == 0)
      return TRUE;
  return FALSE;
}

static char *
say_colleague (GPtrArray *list, guint n)
{
  const char *name = ehcp_record_get_text (list->pdata[n], "name");

  return has_namesake (list, n) ? g_strdup_printf ("%s (%s)", name, ehcp_record_get_text (list->pdata[n], "email"))
                                : g_strdup (name);
}

void
ehcp_colleagues_show (AdwComboRow *row, EhcpBook *book)
{
  g_autoptr (GPtrArray) list = ehcp_colleagues_list (book);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (names, say_colleague (list, i));
  g_ptr_array_add (names, NULL);
  ehcp_desk_page_set_choices (row, (const char *const *) names->pdata);
}

/* By the words that are shown: the list may have moved since. */
char *
ehcp_colleagues_get_chosen (AdwComboRow *row, EhcpBook *book)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);
  g_autoptr (GPtrArray) list = ehcp_colleagues_list (book);

  for (guint i = 0; item != NULL && i < list->len; i++)
    {
      g_autofree char *name = say_colleague (list, i);

      if (g_strcmp0 (name, gtk_string_object_get_string (item)) == 0)
        return g_strdup (ehcp_record_get_text (list->pdata[i], "account"));
    }
  return NULL;
}
