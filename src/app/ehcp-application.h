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
/* Opens another session. @account: an id; "" for a new one; NULL for whoever signed in last. */
void ehcp_application_use_account (EhcpApplication *application, const char *url, const char *account);
/* Whether the program goes on when its window is closed. */
gboolean ehcp_application_goes_on (EhcpApplication *application);

/* Of the window that @widget is in; NULL in a window of another program, such as a test's. */
EhcpApplication *ehcp_application_of (GtkWidget *widget);

G_END_DECLS
