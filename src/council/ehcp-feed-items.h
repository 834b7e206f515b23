/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader has to be told since a place of the feed, in its order. Of the feed only. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Where an item stands for one reader: `own` is its number; `effective` the later one of it and the grant by
 * which the reader sees it, so that a grant brings the whole case at the grant's place. */
typedef struct
{
  gint64 effective;
  gint64 own;
} EhcpFeedPlace;

typedef struct
{
  EhcpFeedPlace place;
  char id[37];
  gint8 kind; /* EhcpKind */
  gboolean is_gone;
} EhcpFeedItem;

typedef struct
{
  gint64 seq;
  char case_id[37];
} EhcpFeedTurn; /* of a grant that came, or ended */

typedef struct
{
  EhcpDb *db;
  const char *account;
  gboolean is_staff; /* sees what all of the council's staff see */
  EhcpFeedPlace since;
  gint64 base;     /* what went before that number, the reader never had */
  guint limit;
  GArray *items;   /* of EhcpFeedItem: in their order, at most one more than the limit */
  GArray *granted; /* of EhcpFeedTurn: what may concern these items, and more */
  GArray *revoked;
  EhcpFeedPlace cutoff; /* nothing behind it is among the first */
} EhcpFeedReading;

void ehcp_feed_reading_init (EhcpFeedReading *reading, EhcpDb *db, const EhcpActorId *actor, guint limit);
void ehcp_feed_reading_clear (EhcpFeedReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpFeedReading, ehcp_feed_reading_clear)
gboolean ehcp_feed_collect (EhcpFeedReading *reading, GError **error);

G_END_DECLS
