/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees a record, by its audience and the reader's standing on its case. One table, for the feed, for
 * single reads and for waking. */
#pragma once

#include "ehcp-access.h"

G_BEGIN_DECLS

/* @named: ids with a space before and after each, or NULL; @person: of the reader, "" or NULL for staff.
 * For records of a case; those of an account and of everyone go by their owner. */
gboolean ehcp_audience_includes (const char *audience, const char *named, EhcpStanding standing,
                                 const char *person);
/* Owners of records without a case that are no single account's. */
#define EHCP_OWNER_EVERYONE "*"
#define EHCP_OWNER_STAFF "#staff"

/* Whether records of @kind are of no case and for all of the council's staff. */
gboolean ehcp_audience_is_council_wide (EhcpKind kind);
/* Whether a record is one of them: also a file of a request, for as long as there is no case that it belongs to. */
gboolean ehcp_audience_is_for_all_staff (EhcpKind kind, const char *audience, const char *case_id);
/* Whether a record of @kind can have @audience at all. */
gboolean ehcp_audience_fits (EhcpKind kind, const char *audience);
/* (transfer full) (nullable): the record's `named` in that form; NULL when it is empty. */
char *ehcp_audience_pack (const char *const *named);
GStrv ehcp_audience_unpack (const char *named);

G_END_DECLS
