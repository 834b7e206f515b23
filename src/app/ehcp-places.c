/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each place. A new screen adds its include and its row; nothing else has to know it. */
#include "ehcp-authenticator-view.h"
#include "ehcp-places.h"

#include <string.h>

#include "ehcp-account-view.h"
#include "ehcp-accounts-view.h"
#include "ehcp-actions-view.h"
#include "ehcp-allocate-view.h"
#include "ehcp-ask-view.h"
#include "ehcp-case-acts.h"
#include "ehcp-case-view.h"
#include "ehcp-caseload-view.h"
#include "ehcp-add-document-view.h"
#include "ehcp-compare-view.h"
#include "ehcp-compose-view.h"
#include "ehcp-council-view.h"
#include "ehcp-cover-view.h"
#include "ehcp-dashboard-view.h"
#include "ehcp-devices-view.h"
#include "ehcp-documents-view.h"
#include "ehcp-form-view.h"
#include "ehcp-help-view.h"
#include "ehcp-history-view.h"
#include "ehcp-inbox-view.h"
#include "ehcp-invitation-view.h"
#include "ehcp-invited-view.h"
#include "ehcp-letter-view.h"
#include "ehcp-locked-view.h"
#include "ehcp-messages-view.h"
#include "ehcp-overdue-view.h"
#include "ehcp-papers-view.h"
#include "ehcp-password-view.h"
#include "ehcp-person-views.h"
#include "ehcp-portal-view.h"
#include "ehcp-preferences-view.h"
#include "ehcp-publish-view.h"
#include "ehcp-register-view.h"
#include "ehcp-reset-view.h"
#include "ehcp-review-view.h"
#include "ehcp-shortcuts-view.h"
#include "ehcp-sign-in-view.h"
#include "ehcp-staff-link-view.h"
#include "ehcp-start-view.h"
#include "ehcp-take-out-view.h"
#include "ehcp-team-view.h"
#include "ehcp-templates-view.h"
#include "ehcp-write-many-view.h"
#include "ehcp-write-view.h"

static const EhcpPlace places[] = {
  { "start", ehcp_start_view_get_type, EHCP_PLACE_OPEN | EHCP_PLACE_ROOT },
  { "accounts", ehcp_accounts_view_get_type, EHCP_PLACE_OPEN },
  { "council", ehcp_council_view_get_type, EHCP_PLACE_OPEN },
  { "help", ehcp_help_view_get_type, EHCP_PLACE_OPEN },
  { "invited", ehcp_invited_view_get_type, EHCP_PLACE_OPEN },
  { "locked", ehcp_locked_view_get_type, EHCP_PLACE_OPEN | EHCP_PLACE_ROOT },
  { "overdue", ehcp_overdue_view_get_type, EHCP_PLACE_OPEN | EHCP_PLACE_ROOT },
  { "preferences", ehcp_preferences_view_get_type, EHCP_PLACE_OPEN },
  { "register", ehcp_register_view_get_type, EHCP_PLACE_OPEN },
  { "reset", ehcp_reset_view_get_type, EHCP_PLACE_OPEN },
  { "shortcuts", ehcp_shortcuts_view_get_type, EHCP_PLACE_OPEN },
  { "sign-in", ehcp_sign_in_view_get_type, EHCP_PLACE_OPEN },
  { "staff-link", ehcp_staff_link_view_get_type, EHCP_PLACE_OPEN },

  { "account", ehcp_account_view_get_type, 0 },
  { "authenticator", ehcp_authenticator_view_get_type, 0 },
  { "devices", ehcp_devices_view_get_type, 0 },
  { "invitation", ehcp_invitation_view_get_type, 0, "invited" },
  { "password", ehcp_password_view_get_type, 0 },

  { "actions", ehcp_actions_view_get_type, 0, NULL, "dashboard" },
  { "add-document", ehcp_add_document_view_get_type, 0, NULL, "dashboard" },
  { "compare", ehcp_compare_view_get_type, 0, NULL, "dashboard" },
  { "compose", ehcp_compose_view_get_type, 0, NULL, "dashboard" },
  { "dashboard", ehcp_dashboard_view_get_type, 0 },
  { "documents", ehcp_documents_view_get_type, EHCP_PLACE_INNER, NULL, "dashboard" },
  { "form", ehcp_form_view_get_type, 0 },
  { "messages", ehcp_messages_view_get_type, EHCP_PLACE_INNER, NULL, "dashboard" },
  { "take-out", ehcp_take_out_view_get_type, 0, NULL, "dashboard" },
  { "portal", ehcp_portal_view_get_type, EHCP_PLACE_ROOT },

  { "case", ehcp_case_view_get_type, 0 },
  { "caseload", ehcp_caseload_view_get_type, EHCP_PLACE_ROOT },
  { "give", ehcp_give_view_get_type, 0, NULL, "case" },
  { "invite", ehcp_invite_view_get_type, 0, NULL, "case" },
  { "new-case", ehcp_new_case_view_get_type, 0 },
  { "request-file", ehcp_request_file_view_get_type, 0 },
  { "verify", ehcp_verify_view_get_type, 0 },
  { "withdraw", ehcp_withdraw_view_get_type, 0 },
  { "history", ehcp_history_view_get_type, 0, NULL, "case" },
  { "allocate", ehcp_allocate_view_get_type, 0 },
  { "ask", ehcp_ask_view_get_type, 0, NULL, "case" },
  { "cover", ehcp_cover_view_get_type, 0 },
  { "inbox", ehcp_inbox_view_get_type, EHCP_PLACE_INNER },
  { "letter", ehcp_letter_view_get_type, 0, NULL, "case" },
  { "papers", ehcp_papers_view_get_type, 0, NULL, "case" },
  { "publish", ehcp_publish_view_get_type, 0, NULL, "case" },
  { "review", ehcp_review_view_get_type, 0 },
  { "team", ehcp_team_view_get_type, 0 },
  { "templates", ehcp_templates_view_get_type, 0 },
  { "write", ehcp_write_view_get_type, 0, NULL, "case" },
  { "write-many", ehcp_write_many_view_get_type, 0 },
  { NULL, NULL, 0 },
};

/* The place of "NAME" or "NAME/ARGUMENT", or NULL when there is none of that name. */
const EhcpPlace *
ehcp_places_find (const char *target)
{
  size_t length = strcspn (target, "/");

  for (const EhcpPlace *place = places; place->name != NULL; place++)
    if (strlen (place->name) == length && strncmp (place->name, target, length) == 0)
      return place;
  return NULL;
}

/* A new screen for that place (floating), or NULL when there is no such place. */
EhcpView *
ehcp_places_make (const char *target, EhcpLink *link)
{
  const EhcpPlace *place = ehcp_places_find (target);
  const char *slash = strchr (target, '/');

  if (place == NULL)
    return NULL;
  return g_object_new (place->get_type (), "link", link, "argument", slash != NULL ? slash + 1 : NULL,
                       NULL);
}

/* The place that a place of a case is reached from, or NULL when it is reached from home. */
char *
ehcp_places_find_way (const char *target)
{
  const EhcpPlace *place = ehcp_places_find (target);
  g_auto (GStrv) parts = g_strsplit (target, "/", 3);

  if (place == NULL || place->behind == NULL || parts[1] == NULL)
    return NULL;
  return g_strconcat (place->behind, "/", parts[1], NULL);
}

/* Where somebody of that role begins after signing in. */
const char *
ehcp_places_get_home (const char *role)
{
  return g_strcmp0 (role, "caseworker") == 0 || g_strcmp0 (role, "manager") == 0 ? "caseload" : "portal";
}
