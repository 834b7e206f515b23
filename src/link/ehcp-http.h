/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests to one council: they block, answers are bounded, refusals become errors. */
#pragma once

#include <gio/gio.h>

#include "ehcp-error.h"
#include "ehcp-record.h"

G_BEGIN_DECLS

typedef struct _EhcpHttp EhcpHttp;

typedef struct
{
  const char *method;
  const char *path;         /* from "/v1/" on */
  const char *token;        /* of the session, or NULL */
  const char *content_type; /* of the body; NULL: application/json */
  GBytes *body;             /* or NULL */
  const char *headers[9];   /* pairs of a name and a value, then NULL */
  gsize max_bytes;          /* of the answer; 0: 1 MiB */
} EhcpRequest;

typedef struct
{
  guint status;        /* 200 to 299 */
  GBytes *body;
  char *location;      /* or NULL */
  char *content_range; /* or NULL */
  gint64 upload_offset; /* -1: not said */
  gint64 session_ends_in; /* seconds, by its Session-Ends and Date; 0: it said none */
  gint64 date;         /* the server's clock, s since 1970; 0: it said none */
  gint64 server_now;   /* the same; this computer's clock when it said none */
} EhcpAnswer;

/* How a body grows: called for each piece, in the order of the bytes; FALSE with an error stops. */
typedef gboolean (*EhcpPieceFunc) (gpointer data, guint status, const void *bytes, gsize length,
                                   GError **error);

gboolean ehcp_http_is_allowed (const char *url);
EhcpHttp *ehcp_http_new (const char *url, guint timeout_s);
void ehcp_http_free (EhcpHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpHttp, ehcp_http_free)

EhcpAnswer *ehcp_http_send (EhcpHttp *http, const EhcpRequest *request, GCancellable *cancellable,
                            GError **error);
EhcpAnswer *ehcp_http_receive (EhcpHttp *http, const EhcpRequest *request, EhcpPieceFunc piece,
                               gpointer data, GCancellable *cancellable, GError **error);
GBytes *ehcp_http_encode (EhcpRecord *body);
void ehcp_answer_free (EhcpAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpAnswer, ehcp_answer_free)

G_END_DECLS
