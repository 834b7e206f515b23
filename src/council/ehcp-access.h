/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grants: which account has which standing on which case, since which number of the feed. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_STANDING_NONE,
  EHCP_STANDING_STAFF,
  EHCP_STANDING_ADULT,
  EHCP_STANDING_PROFESSIONAL,
} EhcpStanding;

/* A person's standing on one case. */
typedef struct
{
  EhcpStanding standing;
  char person[37]; /* of a family member or professional: the person record; "" for staff */
} EhcpAccess;

gboolean ehcp_access_find (EhcpDb *db, const char *account, const char *case_id, EhcpAccess *access,
                           GError **error);
/* Gives @account the case: a new number, so that the feed sends the whole of it. @person: NULL for staff.
 * Nothing happens when it stands like that already; another standing ends the one before. */
gboolean ehcp_access_grant (EhcpCouncil *council, EhcpDb *db, const char *account, const char *case_id,
                            EhcpStanding standing, const char *person, GError **error);
gboolean ehcp_access_end (EhcpCouncil *council, EhcpDb *db, const char *account, const char *case_id,
                          GError **error);

G_END_DECLS
