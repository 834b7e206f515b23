/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case's dates as a file for calendars (RFC 5545). */
#pragma once

#include "ehcp-book.h"
#include "ehcp-key-dates.h"

G_BEGIN_DECLS

/* (transfer full): the text of an .ics file. Importing a later one brings the same entries up to date. No
 * name stands in it: @now is a Unix time. */
char *ehcp_calendar_make (EhcpBook *book, const char *case_id, EhcpDay today, gint64 now);
/* (transfer full): "Key dates WY-2026-00001.ics" */
char *ehcp_calendar_make_file_name (EhcpBook *book, const char *case_id);

G_END_DECLS
