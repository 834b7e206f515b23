/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a case's history, read leniently: a row without its kind or time is left out. */
#include "ehcp-past-act.h"

#include "ehcp-error.h"
#include "ehcp-json.h"

#define MAX_BODY (1024 * 1024)

G_DEFINE_FINAL_TYPE (EhcpPastAct, ehcp_past_act, G_TYPE_OBJECT)

static void
ehcp_past_act_finalize (GObject *object)
{
  EhcpPastAct *act = EHCP_PAST_ACT (object);

  g_clear_pointer (&act->at, g_free);
  g_clear_pointer (&act->what, g_free);
  g_clear_pointer (&act->account, g_free);
  g_clear_pointer (&act->who, g_free);
  g_clear_pointer (&act->role, g_free);
  g_clear_pointer (&act->detail, g_free);
  g_clear_pointer (&act->item, g_free);
  g_clear_pointer (&act->item_kind, g_free);
  g_clear_pointer (&act->title, g_free);
  G_OBJECT_CLASS (ehcp_past_act_parent_class)->finalize (object);
}

static void
ehcp_past_act_class_init (EhcpPastActClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_past_act_finalize;
}

static void
ehcp_past_act_init (EhcpPastAct *act)
{
}

static EhcpPastAct *
read_row (JsonNode *node)
{
  JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  EhcpPastAct *act;

  if (row == NULL || ehcp_json_get_text (row, "what") == NULL || ehcp_json_get_text (row, "at") == NULL)
    return NULL;
  act = g_object_new (EHCP_TYPE_PAST_ACT, NULL);
  act->number = ehcp_json_get_int (row, "number");
  act->at = g_strdup (ehcp_json_get_text (row, "at"));
  act->what = g_strdup (ehcp_json_get_text (row, "what"));
  act->account = g_strdup (ehcp_json_get_text (row, "account"));
  act->who = g_strdup (ehcp_json_get_text (row, "who"));
  act->role = g_strdup (ehcp_json_get_text (row, "role"));
  act->detail = g_strdup (ehcp_json_get_text (row, "detail"));
  act->item = g_strdup (ehcp_json_get_text (row, "item"));
  act->item_kind = g_strdup (ehcp_json_get_text (row, "item_kind"));
  act->title = g_strdup (ehcp_json_get_text (row, "title"));
  return act;
}

/** ehcp_past_acts_parse: See the header. */
GPtrArray *
ehcp_past_acts_parse (GBytes *body, gboolean *has_more, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  JsonArray *rows = object != NULL ? ehcp_json_get_array (object, "rows") : NULL;
  GPtrArray *acts;

  if (rows == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has no rows");
      return NULL;
    }
  acts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      EhcpPastAct *act = read_row (json_array_get_element (rows, i));

      if (act != NULL)
        g_ptr_array_add (acts, act);
    }
  *has_more = ehcp_json_get_bool (object, "has_more");
  return acts;
}
