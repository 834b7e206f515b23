/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a form or a message on their way to the council. */
#pragma once

#include <adwaita.h>

#include "ehcp-record.h"

G_BEGIN_DECLS

/* Emits "cancel" when the person wants what they belong to back. */
#define EHCP_TYPE_MOVING_FILES (ehcp_moving_files_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMovingFiles, ehcp_moving_files, EHCP, MOVING_FILES, AdwBin)

/* What `Cancel` does, for those who do not see what it stands beside. */
void ehcp_moving_files_describe_cancel (EhcpMovingFiles *moving, const char *words);
/* @documents: of EhcpRecord; none: it is not seen. */
void ehcp_moving_files_show (EhcpMovingFiles *moving, GPtrArray *documents);

G_END_DECLS
