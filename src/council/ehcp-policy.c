/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may send which command, as a table, and records as one person sees them. Sight by audience is
 * ehcp-audience.c's table. */
#include "ehcp-policy.h"

#include "ehcp-audience.h"
#include "ehcp-store.h"

#define FAMILY (1u << EHCP_ROLE_FAMILY)
#define STAFF (1u << EHCP_ROLE_CASEWORKER | 1u << EHCP_ROLE_MANAGER)
#define MANAGER (1u << EHCP_ROLE_MANAGER)
#define ADMINISTRATOR (1u << EHCP_ROLE_ADMINISTRATOR)
#define EVERYBODY (FAMILY | STAFF | 1u << EHCP_ROLE_ADMINISTRATOR)

/* Professionals are of the family role; what they may see of a case is their standing's. */
static const guint senders[] = {
  [EHCP_COMMAND_ACCESS_ACTIVATE] = STAFF,
  [EHCP_COMMAND_ACCESS_WITHDRAW] = STAFF,
  [EHCP_COMMAND_ACCOUNT_UPDATE] = EVERYBODY,
  [EHCP_COMMAND_ASSESSMENT_REQUEST] = FAMILY,
  [EHCP_COMMAND_CASE_ALLOCATE] = STAFF,
  [EHCP_COMMAND_CASE_OPEN] = STAFF,
  [EHCP_COMMAND_CASE_REALLOCATE] = MANAGER,
  [EHCP_COMMAND_COMMENT_DECIDE] = STAFF,
  [EHCP_COMMAND_COVER_SET] = STAFF,
  [EHCP_COMMAND_DOCUMENT_ADD] = FAMILY,
  [EHCP_COMMAND_DOCUMENT_PUBLISH] = STAFF,
  [EHCP_COMMAND_DOCUMENT_READ] = FAMILY | STAFF,
  [EHCP_COMMAND_DOCUMENT_WITHDRAW] = STAFF,
  [EHCP_COMMAND_EVENT_CORRECT] = STAFF,
  [EHCP_COMMAND_EVENT_RECORD] = STAFF,
  [EHCP_COMMAND_EXEMPTION_RECORD] = STAFF,
  [EHCP_COMMAND_FORM_ACCEPT] = STAFF,
  [EHCP_COMMAND_FORM_ASK] = STAFF,
  [EHCP_COMMAND_FORM_RETURN] = STAFF,
  [EHCP_COMMAND_FORM_SAVE] = FAMILY,
  [EHCP_COMMAND_FORM_SHARE] = FAMILY,
  [EHCP_COMMAND_FORM_START] = FAMILY,
  [EHCP_COMMAND_FORM_SUBMIT] = FAMILY,
  [EHCP_COMMAND_IDENTITY_VERIFY] = STAFF,
  [EHCP_COMMAND_INVITATION_ANSWER] = FAMILY,
  [EHCP_COMMAND_INVITATION_OPEN] = FAMILY,
  [EHCP_COMMAND_MESSAGE_READ] = FAMILY | STAFF,
  [EHCP_COMMAND_MESSAGE_SEND] = FAMILY | STAFF,
  [EHCP_COMMAND_NOTE_ADD] = STAFF,
  [EHCP_COMMAND_PERSON_INVITE] = STAFF,
  [EHCP_COMMAND_STAFF_ADD] = ADMINISTRATOR,
  [EHCP_COMMAND_STAFF_DISABLE] = ADMINISTRATOR,
  [EHCP_COMMAND_TEMPLATE_REMOVE] = MANAGER,
  [EHCP_COMMAND_TEMPLATE_SAVE] = MANAGER,
};
G_STATIC_ASSERT (G_N_ELEMENTS (senders) == EHCP_N_COMMANDS);

/** ehcp_policy_may_send: Returns: whether the role may send such a command at all; whether to this case is
 * decided by what it may see. Any thread. */
gboolean
ehcp_policy_may_send (EhcpRole role, EhcpCommand command)
{
  g_return_val_if_fail (command < EHCP_N_COMMANDS, FALSE);
  return role != EHCP_ROLE_NONE && (senders[command] & (1u << role)) != 0;
}

/** ehcp_policy_is_staff: Returns: whether the role is one of the council's own. Any thread. */
gboolean
ehcp_policy_is_staff (EhcpRole role)
{
  return role != EHCP_ROLE_NONE && role != EHCP_ROLE_FAMILY;
}

/** ehcp_policy_parse_role: Returns: the role of an account record's `role`; EHCP_ROLE_NONE for a name that
 * is none. Any thread. */
EhcpRole
ehcp_policy_parse_role (const char *name)
{
  static const char *const names[] = { "none", "family", "caseworker", "manager", "administrator" };

  for (guint i = EHCP_ROLE_FAMILY; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (EhcpRole) i;
  return EHCP_ROLE_NONE;
}

/** ehcp_policy_may_see: Returns: whether the person sees the record; %FALSE without an error also when
 * there is none. Any thread. */
gboolean
ehcp_policy_may_see (EhcpDb *db, const EhcpActorId *actor, const char *id, GError **error)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, error, "SELECT case_id, audience, owner, named FROM record WHERE id = ?", "s", id);
  const char *owner;
  EhcpAccess access;

  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  owner = ehcp_statement_get_text (row, 2);
  if (owner != NULL)
    return g_strcmp0 (owner, EHCP_OWNER_EVERYONE) == 0 || g_strcmp0 (owner, actor->account) == 0 ||
           (g_strcmp0 (owner, EHCP_OWNER_STAFF) == 0 && ehcp_policy_is_staff (actor->role));
  return ehcp_access_find (db, actor->account, ehcp_statement_get_text (row, 0), &access, error) &&
         ehcp_audience_includes (ehcp_statement_get_text (row, 1), ehcp_statement_get_text (row, 3),
                                 access.standing, access.person);
}

/** ehcp_policy_find: Returns: (transfer full): the record, when the person sees it; else %NULL with
 * %EHCP_ERROR_NOT_FOUND, the same for one that is not there. Any thread. */
EhcpRecord *
ehcp_policy_find (EhcpDb *db, const EhcpActorId *actor, EhcpKind kind, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  EhcpRecord *record = NULL;

  if (ehcp_policy_may_see (db, actor, id, &failure))
    record = ehcp_store_find (db, kind, id, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (record == NULL)
    ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "There is nothing of that id for you.");
  return record;
}
