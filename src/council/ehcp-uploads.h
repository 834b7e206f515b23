/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: pieces of uploads, and whole documents stored by their SHA-256 within a case. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

#define EHCP_UPLOAD_MAX_BYTES (50 * 1024 * 1024)
#define EHCP_UPLOAD_HOURS 48

typedef struct
{
  char *id;
  char *file_name;  /* cleaned: no path, no control characters */
  char *media_type; /* by content, not by name */
  char *sha256;
  gint64 size;
  gboolean is_waiting; /* to be looked through for viruses */
} EhcpUpload;

void ehcp_upload_free (EhcpUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpUpload, ehcp_upload_free)

/* Makes a complete upload of @account's into a document's content of @case_id: the file is in its
 * place, synced, before this returns; the upload is used up. Inside the write transaction. Errors:
 * not-found (also another account's), conflict (not complete), too-large (the case is full). */
EhcpUpload *ehcp_upload_take (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                              const char *case_id, GError **error);
/* Path of a document's content; the folder is that of the case, or of the request's form while there is none; the
 * file's name is its hash. */
char *ehcp_upload_get_path (EhcpCouncil *council, const char *folder, const char *sha256);
char *ehcp_document_get_path (EhcpCouncil *council, EhcpRecord *document);
/* The same content for another case. Inside the write transaction. Errors as of ehcp_upload_take(). */
gboolean ehcp_document_copy_content (EhcpCouncil *council, EhcpDb *db, EhcpRecord *document, const char *case_id,
                                     GError **error);

/* Beginning: waits for the commit. @file_name: as it was given; @sha256: of the whole, in
 * lower-case hexadecimal. */
char *ehcp_upload_begin (EhcpCouncil *council, const char *account, const char *file_name,
                         gint64 size, const char *sha256, GError **error);
/* How far it is; any connection. */
typedef struct
{
  gint64 offset;
  gint64 size;
  gint64 expires_at;
  gboolean is_complete;
} EhcpUploadState;

gboolean ehcp_upload_look (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                           EhcpUploadState *state, GError **error);

/* One piece at its place. Opened and written by a worker, finished by a thread that may wait. */
typedef struct _EhcpPiece EhcpPiece;

EhcpPiece *ehcp_piece_open (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                            gint64 offset, const char *checksum, GError **error);
gboolean ehcp_piece_write (EhcpPiece *piece, const char *bytes, gsize length, GError **error);
gboolean ehcp_piece_finish (EhcpPiece *piece, EhcpUploadState *state, GError **error);
void ehcp_piece_free (EhcpPiece *piece);

/* Folders with safe modes; what is too old goes. */
gboolean ehcp_upload_make_folders (EhcpConfig *config, GError **error);
gboolean ehcp_upload_purge (EhcpCouncil *council, GError **error);

G_END_DECLS
