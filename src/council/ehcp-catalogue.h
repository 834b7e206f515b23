/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the council ships to everyone: form definitions, stage texts and message types, read from files and
 * configuration at the start and put as records when they are new. */
#pragma once

#include "ehcp-form-definition.h"

#include "ehcp-council.h"

G_BEGIN_DECLS

gboolean ehcp_catalogue_load (EhcpCouncil *council, GError **error);
/* (transfer full); NULL without an error when there is no such form. */
EhcpFormDefinition *ehcp_catalogue_find_form (EhcpDb *db, const char *definition, GError **error);

G_END_DECLS
