/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mail of the demo mailbox. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EHCP_TYPE_DEMO_MAIL (ehcp_demo_mail_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDemoMail, ehcp_demo_mail, EHCP, DEMO_MAIL, GObject)

/* NULL when the file is no mail. */
EhcpDemoMail *ehcp_demo_mail_read (const char *path);
const char *ehcp_demo_mail_get_path (EhcpDemoMail *mail);
const char *ehcp_demo_mail_get_subject (EhcpDemoMail *mail);
const char *ehcp_demo_mail_get_to (EhcpDemoMail *mail);
const char *ehcp_demo_mail_get_text (EhcpDemoMail *mail);
/* NULL when it has none. */
const char *ehcp_demo_mail_get_code (EhcpDemoMail *mail);
/* (transfer full): "Today 14:05" or "24 November 2026". */
char *ehcp_demo_mail_format_time (EhcpDemoMail *mail);

G_END_DECLS
