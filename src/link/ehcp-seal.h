/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealing: what lies on the disk is unreadable without the key, and cannot be moved or changed unseen. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EHCP_KEY_BYTES 32

typedef struct
{
  guint8 bytes[EHCP_KEY_BYTES];
} EhcpKey;

void ehcp_key_make (EhcpKey *key);
GBytes *ehcp_seal (const EhcpKey *key, const char *place, const void *data, gsize length);
GBytes *ehcp_seal_open (const EhcpKey *key, const char *place, GBytes *sealed, GError **error);

G_END_DECLS
