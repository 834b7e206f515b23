/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codec: between a record and its JSON, strictly, by the field table. */
#pragma once

#include "ehcp-json.h"
#include "ehcp-record.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_DECODE_STRICT = 0,                /* the server: unknown members are refused */
  EHCP_DECODE_IGNORE_UNKNOWN = 1 << 0,   /* the program: a newer server may say more */
} EhcpDecodeFlags;

EhcpRecord *ehcp_codec_decode_object (const EhcpShape *shape, JsonObject *object,
                                      EhcpDecodeFlags flags, GError **error);
EhcpRecord *ehcp_codec_decode (const EhcpShape *shape, const char *text, gsize length,
                               gsize max_bytes, EhcpDecodeFlags flags, GError **error);
void ehcp_codec_write (EhcpRecord *record, EhcpJson *json, const char *name);
char *ehcp_codec_encode (EhcpRecord *record);
gboolean ehcp_codec_check (EhcpRecord *record, GError **error);

G_END_DECLS
