/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the store share. */
#pragma once

#include "ehcp-store.h"

G_BEGIN_DECLS

/* The envelope's fields stand first in every table: id, case, seq, audience, named. */
#define EHCP_STORE_N_ENVELOPE 5

typedef struct
{
  char *select; /* without its condition: envelope, then the kind's own columns */
  char *find;   /* the one of an id */
  char *insert;
  char *update;
} EhcpStoreSql;

const EhcpStoreSql *ehcp_store_get_sql (EhcpKind kind);

G_END_DECLS
