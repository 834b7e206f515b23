/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: pieces of uploads, and whole documents stored by their SHA-256 within a case. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *file_name;  /* cleaned: no path, no control characters */
  char *media_type; /* by content, not by name */
  char *sha256;
  gint64 size;
} EhcpUpload;

void ehcp_upload_free (EhcpUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpUpload, ehcp_upload_free)

/* Makes a complete upload of @account's into a document's content of @case_id: the file is in its place,
 * synced, before this returns; the upload is used up. Inside the write transaction. Errors: not-found (also
 * another account's), conflict (not complete). */
EhcpUpload *ehcp_upload_take (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                              const char *case_id, GError **error);
/* Path of a document's content; the file's name is its hash. */
char *ehcp_upload_get_path (EhcpCouncil *council, const char *case_id, const char *sha256);

G_END_DECLS
