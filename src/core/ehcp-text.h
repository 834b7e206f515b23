/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids, codes, days and times as texts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_DATE_LENGTH 10
#define EHCP_TIME_LENGTH 20
#define EHCP_UNIQUE_CODE_LENGTH 8

gboolean ehcp_text_is_id (const char *text);
char *ehcp_text_new_id (void);
gboolean ehcp_text_is_clean (const char *text, gboolean one_line);
gboolean ehcp_text_is_email (const char *text);
char *ehcp_text_normalise_email (const char *text);
char *ehcp_text_mask_email (const char *email);
char *ehcp_text_normalise_postcode (const char *text);
char *ehcp_text_strip_code (const char *typed);
char *ehcp_text_normalise_unique_code (const char *typed);
char *ehcp_text_group_unique_code (const char *code);

gint32 ehcp_date_parse (const char *text);
const char *ehcp_date_format (gint32 day, char buffer[EHCP_DATE_LENGTH + 1]);
gint64 ehcp_time_parse (const char *text);
char *ehcp_time_format (gint64 unix_s);

G_END_DECLS
