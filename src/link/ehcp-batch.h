/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One answer of the feed, read. */
#pragma once

#include "ehcp-kinds.h"

G_BEGIN_DECLS

/* One record as it came: unknown kinds and members are stored, so that a newer version can show them. */
typedef struct
{
  char *kind;
  char *id;
  char *case_id;      /* "" for none */
  gint64 seq;
  char *json;
  EhcpRecord *record; /* NULL: of a kind, or with a value, that this version does not know */
} EhcpEntry;

typedef struct
{
  char *kind;
  char *id;
} EhcpGone;

typedef struct
{
  char *epoch;
  char *state;
  gboolean has_more;
  GPtrArray *entries; /* of EhcpEntry */
  GPtrArray *gone;    /* of EhcpGone */
  GStrv revoked;      /* case ids */
} EhcpBatch;

EhcpBatch *ehcp_batch_new (void);
EhcpBatch *ehcp_batch_parse (GBytes *body, GError **error);
void ehcp_batch_add_record (EhcpBatch *batch, EhcpRecord *record);
void ehcp_batch_add_gone (EhcpBatch *batch, const char *kind, const char *id);
gboolean ehcp_batch_is_empty (EhcpBatch *batch);
void ehcp_batch_free (EhcpBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpBatch, ehcp_batch_free)

void ehcp_entry_free (EhcpEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpEntry, ehcp_entry_free)

G_END_DECLS
