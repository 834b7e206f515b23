/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command on its way: what is sent, the files that go with it, how far it is. */
#pragma once

#include "ehcp-commands.h"

G_BEGIN_DECLS

typedef struct
{
  char *file;       /* its sealed copy in the cache's folder */
  char *name;
  char *media_type;
  gint64 size;
  char *sha256;
  char *upload;     /* id of the upload on the server, once it was begun; or NULL */
} EhcpOutgoingFile;

typedef struct
{
  char *id;
  EhcpRecord *command;
  GPtrArray *files;      /* of EhcpOutgoingFile; may be empty */
  GPtrArray *echo;       /* of EhcpRecord: what it makes, as far as the program can tell; see ehcp-echo.h */
  EhcpDelivery delivery; /* waiting, sending or refused */
  char *refusal;         /* the protocol's code, when refused */
  char *field;           /* the member at fault, or NULL */
  gboolean is_again;     /* a council that was restored had acknowledged it, or it waited behind such ones */
  gboolean is_on_way;    /* its own request was made once: the council may have it */
  int n_deferred;        /* how often the refusal of such a one was not believed yet */
  char *epoch;           /* of the numbers in `echo`; NULL until it is in the cache */
  gint64 position;       /* in the order of sending */
  gint64 not_before;     /* monotonic µs: it can be undone until then */
} EhcpOutgoing;

EhcpOutgoing *ehcp_outgoing_new (const char *id, EhcpRecord *command);
EhcpOutgoing *ehcp_outgoing_copy (const EhcpOutgoing *outgoing);
void ehcp_outgoing_free (EhcpOutgoing *outgoing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpOutgoing, ehcp_outgoing_free)

void ehcp_outgoing_add_file (EhcpOutgoing *outgoing, const char *name, const char *media_type,
                             GBytes *content);
EhcpCommand ehcp_outgoing_get_command (const EhcpOutgoing *outgoing);
const char *ehcp_outgoing_get_case (const EhcpOutgoing *outgoing);
gboolean ehcp_outgoing_is_silent (const EhcpOutgoing *outgoing);
char *ehcp_outgoing_format (const EhcpOutgoing *outgoing);
EhcpOutgoing *ehcp_outgoing_parse (const char *id, GBytes *text);

G_END_DECLS
