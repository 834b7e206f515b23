/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of EhcpLink share. Members belong to the main thread. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

struct _EhcpLink
{
  GObject parent_instance;
  char *url;
  char *cache_dir;
  EhcpClock *clock;
  EhcpBook *book;
  EhcpService *service;
  EhcpLinkStatus status;
  EhcpKeyringState keyring;
  gboolean is_memory_only;
  gboolean is_online;
  gboolean is_syncing;
  gboolean has_first_sync;
  gint64 updated_at;
  guint n_waiting;
  guint n_refused;
};

void ehcp_link_set_service (EhcpLink *link, EhcpService *service);
void ehcp_link_set_status (EhcpLink *link, EhcpLinkStatus status);
void ehcp_link_set_keyring (EhcpLink *link, EhcpKeyringState keyring);
void ehcp_link_set_memory_only (EhcpLink *link, gboolean is_memory_only);
void ehcp_link_set_online (EhcpLink *link, gboolean is_online);
void ehcp_link_set_syncing (EhcpLink *link, gboolean is_syncing);
void ehcp_link_set_first_sync (EhcpLink *link, gboolean has_first_sync);
void ehcp_link_set_updated_at (EhcpLink *link, gint64 updated_at);
void ehcp_link_set_counts (EhcpLink *link, guint n_waiting, guint n_refused);

G_END_DECLS
