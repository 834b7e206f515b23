/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts without passwords; in a file of their own, since the council's and the link's headers share names. */
#include "sim-people.h"

#include "ehcp-staff.h"
#include "ehcp-policy.h"
#include "ehcp-text.h"

void
sim_add_account (EhcpCouncil *council, EhcpActorId *actor, const char *email, const char *forename,
                 const char *surname, const char *role)
{
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *session = ehcp_text_new_id ();
  g_autofree char *link = NULL;

  ehcp_record_set_text (record, "email", email);
  ehcp_record_set_text (record, "forename", forename);
  ehcp_record_set_text (record, "surname", surname);
  ehcp_record_set_text (record, "role", role);
  link = ehcp_staff_add (council, record, NULL);
  g_assert_nonnull (link);
  g_strlcpy (actor->account, ehcp_record_get_id (record), sizeof actor->account);
  g_strlcpy (actor->session, session, sizeof actor->session);
  actor->role = ehcp_policy_parse_role (role);
}
