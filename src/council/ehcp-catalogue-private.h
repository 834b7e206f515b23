/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the catalogue share: records of everyone under ids that follow from their names. */
#pragma once

#include "ehcp-catalogue.h"

G_BEGIN_DECLS

EhcpRecord *ehcp_catalogue_make (EhcpKind kind, const char *name);
gboolean ehcp_catalogue_put (EhcpCouncil *council, EhcpDb *db, EhcpKind kind, EhcpRecord *record,
                             GError **error);

/* ehcp-catalogue-schools.c */
gboolean ehcp_catalogue_put_schools (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
