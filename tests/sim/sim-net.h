/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line between programs and council: libsoup's and libmicrohttpd's places are taken by it, and the seed
 * decides what gets through. */
#pragma once

#include <glib.h>

/* Chances in a thousand, for each request. */
typedef struct
{
  guint lose_request;
  guint lose_answer;
  guint repeat;   /* delivered once more, later */
  guint cut;      /* the answer's body ends early, with or without an error */
  guint garbage;  /* a proxy answers something of its own */
  guint refuse;   /* 503 or 429 with Retry-After */
  guint slow;     /* seconds instead of milliseconds */
} SimWeather;

void sim_net_set_weather (const SimWeather *weather);
void sim_net_set_reachable (guint host, gboolean is_reachable);
gboolean sim_net_is_up (void);
guint sim_net_count_held (void);     /* requests that the council holds */
void sim_net_council_died (void);

/* Told of each command that the council answered, and of each answer of the feed. */
typedef struct
{
  void (*commanded) (guint host, const char *token, const char *id, const char *body, guint status,
                     const char *answer);
  void (*fed) (guint host, const char *token, const char *answer);
} SimEars;

void sim_net_set_ears (const SimEars *ears);
