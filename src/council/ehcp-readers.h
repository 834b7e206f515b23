/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading connections of one database: each thread has its own. Of the council core only. */
#pragma once

#include "ehcp-db.h"

G_BEGIN_DECLS

typedef struct _EhcpReaders EhcpReaders;

EhcpReaders *ehcp_readers_new (const char *path);
EhcpDb *ehcp_readers_get (EhcpReaders *readers, GError **error);
void ehcp_readers_close (EhcpReaders *readers);

G_END_DECLS
