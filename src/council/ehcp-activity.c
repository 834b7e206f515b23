/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recent activity. The words for people are made by the program; here is what happened, to what, by whom. */
#include "ehcp-activity.h"

#include "ehcp-store.h"
#include "ehcp-text.h"

/**
 * ehcp_activity_add:
 * @council: the council
 * @db: the writer's connection, inside its transaction
 * @what: one of the names in src/PROTOCOL.md, "Activity"
 * @about: the record that it is about, which lends case, audience and `named`
 * @who: (nullable): name of the person who did it
 * @title: (nullable): of the thing, at most 200 characters
 * @error: return location
 *
 * Adds one line that everybody reads who may see @about, now or after a later grant.
 *
 * Returns: whether it was added. Writer thread.
 */
gboolean
ehcp_activity_add (EhcpCouncil *council, EhcpDb *db, const char *what, EhcpRecord *about, const char *who,
                   const char *title, GError **error)
{
  g_autoptr (EhcpRecord) activity = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACTIVITY));
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autofree char *id = ehcp_text_new_id ();
  gboolean is_case = g_str_equal (ehcp_record_get_kind (about), "case");

  ehcp_record_set_text (activity, "id", id);
  ehcp_record_set_text (activity, "case",
                        is_case ? ehcp_record_get_id (about) : ehcp_record_get_case (about));
  ehcp_record_set_text (activity, "audience", ehcp_record_get_text (about, "audience"));
  ehcp_record_set_list (activity, "named", ehcp_record_get_list (about, "named"));
  ehcp_record_set_text (activity, "what", what);
  ehcp_record_set_text (activity, "who", who);
  ehcp_record_set_text (activity, "at", now);
  ehcp_record_set_text (activity, "item", ehcp_record_get_id (about));
  ehcp_record_set_text (activity, "title", title);
  return ehcp_store_add (council, db, activity, NULL, error);
}
