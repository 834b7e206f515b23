/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The story's state, for the two files that play it. */
#pragma once

#include "ehcp-demo-story.h"

G_BEGIN_DECLS

typedef struct
{
  JsonObject *object; /* borrowed from the data */
  char *id;
  char *reference;    /* once it is open */
  gint32 received;
  GHashTable *people; /* name in the data → id of the person record */
} EhcpDemoCase;

typedef struct
{
  JsonObject *object; /* borrowed */
  EhcpDemoCase *in_case;
  gint64 at;
  guint position;     /* keeps the order of steps of one time */
} EhcpDemoStep;

struct _EhcpDemoStory
{
  EhcpDemoData *data;       /* borrowed, like all that is not freed in ehcp_demo_story_free() */
  const EhcpConfig *config;
  EhcpClock *clock;
  char *url;
  gint32 today;
  gint64 now;               /* where the story ends */
  GHashTable *clients;      /* name → EhcpDemoClient */
  GHashTable *ids;          /* "as" of a step → id of what it made */
  GPtrArray *cases;
  GPtrArray *steps;
};

const char *ehcp_demo_story_get_caseworker (EhcpDemoStory *story);
EhcpDemoClient *ehcp_demo_story_get_client (EhcpDemoStory *story, const char *name);
gboolean ehcp_demo_step_send (EhcpDemoStory *story, EhcpDemoStep *step, GError **error);

G_END_DECLS
