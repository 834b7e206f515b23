/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: its command line, the council that it talks to, its one window. */
#pragma once

#include <adwaita.h>

#include "ehcp-settings.h"

G_BEGIN_DECLS

#define EHCP_TYPE_APPLICATION (ehcp_application_get_type ())
G_DECLARE_FINAL_TYPE (EhcpApplication, ehcp_application, EHCP, APPLICATION, AdwApplication)

EhcpApplication *ehcp_application_new (void);
EhcpSettings *ehcp_application_get_settings (EhcpApplication *application);

/* Talks to another council from now on; @url is normalised. */
void ehcp_application_use_council (EhcpApplication *application, const char *url);

G_END_DECLS
