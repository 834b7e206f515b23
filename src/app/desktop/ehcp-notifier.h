/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the desktop about what came, and takes it back when it was seen. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-link.h"
#include "ehcp-settings.h"

G_BEGIN_DECLS

typedef struct _EhcpNotifier EhcpNotifier;

/* Notifications have the default action "app.open-item" with a place as its target. */
EhcpNotifier *ehcp_notifier_new (GtkApplication *application, EhcpSettings *settings);
void ehcp_notifier_free (EhcpNotifier *notifier);
/* Whom it is about from now on; or NULL. */
void ehcp_notifier_set_link (EhcpNotifier *notifier, EhcpLink *link);
/* A place is on the screen: what is shown there need not be told. */
void ehcp_notifier_seen (EhcpNotifier *notifier, const char *target);

G_END_DECLS
