/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the offline copy for those who give jobs to the writer: closing it does not wait for them. */
#pragma once

#include "ehcp-cache.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount n_refs;
  EhcpCache *cache; /* the writer's thread; NULL once it was closed */
} EhcpShelf;

EhcpShelf *ehcp_shelf_new (EhcpCache *cache);
EhcpShelf *ehcp_shelf_ref (EhcpShelf *shelf);
void ehcp_shelf_unref (EhcpShelf *shelf);
void ehcp_shelf_check (gpointer shelf);
void ehcp_shelf_close (EhcpShelf *shelf);
void ehcp_shelf_wipe (EhcpShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpShelf, ehcp_shelf_unref)

G_END_DECLS
