/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type about themselves: is it right, and if not, what to say. Pure functions. Each returns a
 * sentence (transfer full), or NULL when there is nothing to say. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ehcp_details_check_text (const char *typed, const char *when_missing, gsize max);
char *ehcp_details_check_date_of_birth (const char *typed, gint32 today, gint32 *day);
char *ehcp_details_check_telephone (const char *typed);
char *ehcp_details_check_postcode (const char *typed, char **postcode);
char *ehcp_details_check_email (const char *typed, char **email);

/* The six digits out of "123 456", "123-456" or "Your code is 123 456"; NULL when there are none. */
char *ehcp_details_find_code (const char *typed);

G_END_DECLS
