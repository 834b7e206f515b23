/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The route of a case's history. */
#include "ehcp-case-history.h"
#include "ehcp-routes.h"

#define DEFAULT_LIMIT 100

static gboolean
read_number (EhcpExchange *exchange, const char *name, guint64 fallback, guint64 most, guint64 *number,
             GError **error)
{
  const char *text = ehcp_exchange_get_query (exchange, name);
  g_autofree char *field = g_strconcat ("/", name, NULL);

  *number = fallback;
  if (text == NULL || *text == '\0' || g_ascii_string_to_unsigned (text, 10, 1, most, number, NULL))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, field, "%s: not a number from 1 on, or too large", name);
  return FALSE;
}

/** ehcp_route_history: GET /v1/cases/ID/history. */
void
ehcp_route_history (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (ehcp_exchange_get_council (exchange), &error);
  guint64 before, limit;
  char *json = NULL;

  if (db != NULL && read_number (exchange, "before", G_MAXINT64, G_MAXINT64, &before, &error) &&
      read_number (exchange, "limit", DEFAULT_LIMIT, EHCP_HISTORY_MOST, &limit, &error))
    json = ehcp_case_history_read (db, ehcp_exchange_get_actor (exchange), ehcp_exchange_get_parameter (exchange),
                                   (gint64) before, (guint) limit, &error);
  if (json != NULL)
    ehcp_exchange_answer_json (exchange, 200, json);
  else
    ehcp_exchange_refuse (exchange, error);
}
