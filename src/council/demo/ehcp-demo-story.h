/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in the demo council up to today, played through its public API. */
#pragma once

#include "ehcp-config.h"
#include "ehcp-clock.h"
#include "ehcp-demo-client.h"
#include "ehcp-demo-data.h"

G_BEGIN_DECLS

typedef struct _EhcpDemoStory EhcpDemoStory;

EhcpDemoStory *ehcp_demo_story_new (EhcpDemoData *data, const EhcpConfig *config, const char *url,
                                    EhcpClock *clock);
void ehcp_demo_story_free (EhcpDemoStory *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpDemoStory, ehcp_demo_story_free)

gboolean ehcp_demo_story_begin (EhcpDemoStory *story, const char *staff_code, GError **error);
gboolean ehcp_demo_story_play (EhcpDemoStory *story, GError **error);
EhcpDemoClient *ehcp_demo_story_steal_caseworker (EhcpDemoStory *story);

G_END_DECLS
