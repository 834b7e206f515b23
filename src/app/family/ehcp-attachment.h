/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is to go with a message or a form. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_ATTACHMENT_MAX_FILES 10
#define EHCP_ATTACHMENT_MAX_BYTES (50 * 1024 * 1024) /* until the council has said what it takes */
#define EHCP_ATTACHMENT_MAX_PATH 200 /* of a draft's list */

typedef enum
{
  EHCP_ATTACHMENT_READING,
  EHCP_ATTACHMENT_READY,
  EHCP_ATTACHMENT_REFUSED,
} EhcpAttachmentState;

/* Properties, read-only and notifying: "state" int; "words" string: its size, or why it cannot go. */
#define EHCP_TYPE_ATTACHMENT (ehcp_attachment_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAttachment, ehcp_attachment, EHCP, ATTACHMENT, GObject)

EhcpAttachment *ehcp_attachment_new (GFile *file, gint64 max_bytes);
const char *ehcp_attachment_get_name (EhcpAttachment *attachment);
const char *ehcp_attachment_get_words (EhcpAttachment *attachment);
char *ehcp_attachment_get_path (EhcpAttachment *attachment);
char *ehcp_attachment_get_uri (EhcpAttachment *attachment);
EhcpAttachmentState ehcp_attachment_get_state (EhcpAttachment *attachment);
EhcpFile *ehcp_attachment_make_file (EhcpAttachment *attachment);

G_END_DECLS
