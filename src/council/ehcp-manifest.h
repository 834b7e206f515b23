/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a backup's files with their SHA-256, as `sha256sum -c` reads it, and copies that are checked
 * on the way. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EHCP_MANIFEST "MANIFEST"

typedef struct
{
  char *sha256;
  char *name; /* from the backup's folder on */
} EhcpManifestLine;

GPtrArray *ehcp_manifest_read (const char *dir, GError **error);
gboolean ehcp_manifest_write (const char *dir, GPtrArray *lines, const char *made_at, const char *head,
                              GError **error);
void ehcp_manifest_add (GPtrArray *lines, const char *sha256, const char *name);
GPtrArray *ehcp_manifest_new (void);

char *ehcp_file_hash (const char *path, GError **error);
char *ehcp_file_copy (const char *from, const char *to, GError **error);
gboolean ehcp_folder_sync (const char *path, GError **error);
void ehcp_folder_remove (const char *path);

G_END_DECLS
