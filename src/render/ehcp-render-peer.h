/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's end of one ehcp-render process. All calls wait: not for the main thread. */
#pragma once

#include "ehcp-render-document.h"
#include "ehcp-render-wire.h"

G_BEGIN_DECLS

typedef struct _EhcpRenderPeer EhcpRenderPeer;

EhcpRenderPeer *ehcp_render_peer_start (GError **error);
void ehcp_render_peer_stop (EhcpRenderPeer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpRenderPeer, ehcp_render_peer_stop)

gboolean ehcp_render_peer_is_over (EhcpRenderPeer *peer);
/* How long an answer may take, of every process from now on; 0: as long as usual. For tests. */
void ehcp_render_peer_set_patience (guint seconds);
GVariant *ehcp_render_peer_ask (EhcpRenderPeer *peer, EhcpWireKind kind, GVariant *question, int fd,
                                GError **error);

/* A file without a name that the other end can neither shrink nor grow. Returns -1 with errno. */
int ehcp_render_memory_new (const char *name, gsize size);
int ehcp_render_memory_new_from_bytes (const char *name, GBytes *bytes);
GBytes *ehcp_render_memory_map (int fd, gsize size);

G_END_DECLS
