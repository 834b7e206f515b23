/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's resident caseworker: a thread that does through the public API what a person would. */
#pragma once

#include "ehcp-demo-client.h"
#include "ehcp-demo-data.h"

G_BEGIN_DECLS

typedef struct _EhcpDemoResident EhcpDemoResident;

EhcpDemoResident *ehcp_demo_resident_start (EhcpDemoClient *client, EhcpDemoData *data);
void ehcp_demo_resident_say_goodbye (EhcpDemoResident *resident);
void ehcp_demo_resident_stop (EhcpDemoResident *resident);

G_END_DECLS
