/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recent activity as a family reads it: one record for each thing that happened. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* @what: such as "document-published"; @about: the record that it is about, whose case, audience and
 * `named` it takes; @who: a name, or NULL; @title: of the thing, or NULL. Inside the write transaction. */
gboolean ehcp_activity_add (EhcpCouncil *council, EhcpDb *db, const char *what, EhcpRecord *about,
                            const char *who, const char *title, GError **error);

G_END_DECLS
