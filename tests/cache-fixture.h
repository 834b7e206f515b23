/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An offline copy in a folder of its own, and what the feed may bring to it. */
#pragma once

#include "ehcp-cache-private.h"

#define CASE_A "aaaaaaaa-0000-4000-8000-000000000001"
#define CASE_B "bbbbbbbb-0000-4000-8000-000000000001"
#define DOCUMENT "dddddddd-0000-4000-8000-000000000001"
#define COMMAND "11111111-0000-4000-8000-000000000001"
#define SECRET "Plantedsecretstring"
#define SECOND "11111111-0000-4000-8000-000000000002"

#define NOTE(id, case_id, seq, text)                                                                  \
  "{\"id\":\"" id "\",\"case\":\"" case_id "\",\"seq\":" seq ",\"audience\":\"staff\",\"text\":\"" text \
  "\",\"author\":\"P\",\"written_at\":\"2026-11-24T14:05:00Z\"}"
#define NOTE_1 "eeeeeeee-0000-4000-8000-000000000001"
#define NOTE_2 "eeeeeeee-0000-4000-8000-000000000002"
#define CASE(id) \
  "{\"id\":\"" id "\",\"case\":\"" id "\",\"seq\":1,\"audience\":\"adults\",\"reference\":\"WY-1\"," \
  "\"child_forename\":\"Isla\",\"child_surname\":\"Marlow\",\"date_of_birth\":\"2018-03-14\"," \
  "\"stage\":\"advice\",\"status\":\"open\"}"
#define BATCH(state, epoch, more, records, rest)                                            \
  "{\"epoch\":\"" epoch "\",\"state\":\"" state "\",\"has_more\":" more ",\"records\":{" records \
  "}" rest "}"

typedef struct
{
  char *dir;
  EhcpKey key;
  EhcpCache *cache;
} CacheFixture;

void cache_open (CacheFixture *fixture);
void cache_set_up (CacheFixture *fixture, gconstpointer data);
void cache_tear_down (CacheFixture *fixture, gconstpointer data);
EhcpBatch *cache_parse (const char *text);
void cache_store (CacheFixture *fixture, const char *text);
EhcpLoaded *cache_load (CacheFixture *fixture);
gboolean cache_is_on_disk (const char *dir, const char *needle);
EhcpOutgoing *cache_make_command (const char *id, const char *case_id, const char *text);
void cache_add_command (CacheFixture *fixture, const char *id, const char *case_id, gint64 not_before);
guint cache_count_rows (CacheFixture *fixture, const char *table);
guint cache_count_files (CacheFixture *fixture);
