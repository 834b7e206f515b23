/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a page of a case's history. */
#include "ehcp-link-private.h"

#define PAGE_ROWS 500

typedef struct
{
  GPtrArray *acts;
  gboolean has_more;
} Page;

static void
free_page (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->acts, g_ptr_array_unref);
  g_free (page);
}

static gpointer
read_page (EhcpAnswer *answer, GError **error)
{
  g_autofree Page *page = g_new0 (Page, 1);

  page->acts = ehcp_past_acts_parse (answer->body, &page->has_more, error);
  return page->acts != NULL ? g_steal_pointer (&page) : NULL;
}

/**
 * ehcp_link_case_history_async:
 * @link: the link
 * @case_id: a case that this member of staff sees
 * @before: the number of the last row that is there already; 0: from the newest on
 * @cancellable: (nullable): ends the wait
 * @callback: called when the page is there
 * @data: for @callback
 *
 * Asks the council; there is no offline copy.
 */
void
ehcp_link_case_history_async (EhcpLink *link, const char *case_id, gint64 before, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_case_history_async, cancellable, callback, data);
  g_autofree char *from = before > 0 ? g_strdup_printf ("&before=%" G_GINT64_FORMAT, before) : g_strdup ("");

  ehcp_link_call (link, task, "GET",
                  g_strdup_printf ("/v1/cases/%s/history?limit=%u%s", case_id, PAGE_ROWS, from), NULL, read_page,
                  free_page);
}

/** ehcp_link_case_history_finish: Returns: (transfer full) (element-type EhcpPastAct): the rows, the newest first;
 * or %NULL with %EHCP_ERROR_NOT_FOUND, %EHCP_ERROR_OFFLINE or another error. */
GPtrArray *
ehcp_link_case_history_finish (EhcpLink *link, GAsyncResult *result, gboolean *has_more, GError **error)
{
  Page *page = ehcp_link_take_pointer (link, result, error);
  GPtrArray *acts;

  if (page == NULL)
    return NULL;
  *has_more = page->has_more;
  acts = g_steal_pointer (&page->acts);
  free_page (page);
  return acts;
}
