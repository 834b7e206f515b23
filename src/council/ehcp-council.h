/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council core: what routes call. It owns the writer thread and the reading connections; it knows
 * nothing of HTTP. */
#pragma once

#include <gio/gio.h>

#include "ehcp-clock.h"
#include "ehcp-commands.h"
#include "ehcp-config.h"
#include "ehcp-db.h"
#include "ehcp-error.h"
#include "ehcp-kinds.h"

G_BEGIN_DECLS

#define EHCP_TYPE_COUNCIL (ehcp_council_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCouncil, ehcp_council, EHCP, COUNCIL, GObject)

typedef enum
{
  EHCP_ROLE_NONE,
  EHCP_ROLE_FAMILY,
  EHCP_ROLE_CASEWORKER,
  EHCP_ROLE_MANAGER,
  EHCP_ROLE_ADMINISTRATOR,
} EhcpRole;

/* Who is asking: filled in from the session on each request. */
typedef struct
{
  char account[37];
  char session[37];
  EhcpRole role;
} EhcpActorId;

/* Runs in the writer thread inside a transaction (a savepoint of its own): reads and writes through @db.
 * FALSE with @error rolls back what it wrote, unless it returned TRUE. */
typedef gboolean (*EhcpWriteFunc) (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error);
/* Called in the writer thread after the commit is durable (error NULL), or with the error. */
typedef void (*EhcpWrittenFunc) (gpointer data, const GError *error);

EhcpCouncil *ehcp_council_new (EhcpConfig *config, EhcpClock *clock, GError **error);
void ehcp_council_stop (EhcpCouncil *council);
EhcpConfig *ehcp_council_get_config (EhcpCouncil *council);
EhcpClock *ehcp_council_get_clock (EhcpCouncil *council);
const char *ehcp_council_get_epoch (EhcpCouncil *council);
/* The calling thread's own reading connection, opened on first use. */
EhcpDb *ehcp_council_get_reader (EhcpCouncil *council, GError **error);

void ehcp_council_write (EhcpCouncil *council, EhcpWriteFunc write, EhcpWrittenFunc written,
                         gpointer data);
gboolean ehcp_council_write_sync (EhcpCouncil *council, EhcpWriteFunc write, gpointer data,
                                  GError **error);

/* Commands: see ehcp-command.h. Feed: see ehcp-feed.h. */

G_END_DECLS
