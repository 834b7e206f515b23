/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the codec's two readers share: one value into a record, by the rules of its field. */
#pragma once

#include "ehcp-codec.h"

G_BEGIN_DECLS

/* Text, a value of an enum, or a date. FALSE: refused. */
gboolean ehcp_codec_put_text (EhcpRecord *record, guint n, const EhcpField *field, const char *text, GError **error);
gboolean ehcp_codec_put_int (EhcpRecord *record, guint n, const EhcpField *field, gint64 value, GError **error);
/* @items: (transfer full) */
gboolean ehcp_codec_put_list (EhcpRecord *record, guint n, const EhcpField *field, GStrv items, GError **error);

EhcpRecord *ehcp_codec_read_plain (const EhcpShape *shape, const char *text, gsize length, EhcpDecodeFlags flags);

G_END_DECLS
