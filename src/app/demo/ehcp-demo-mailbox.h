/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window "Demo mailbox": every mail that the demo council sends, as it comes. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EHCP_TYPE_DEMO_MAILBOX (ehcp_demo_mailbox_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDemoMailbox, ehcp_demo_mailbox, EHCP, DEMO_MAILBOX, AdwApplicationWindow)

EhcpDemoMailbox *ehcp_demo_mailbox_new (GtkApplication *application, const char *folder);

G_END_DECLS
