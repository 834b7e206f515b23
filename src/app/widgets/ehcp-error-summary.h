/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "There is a problem": what is wrong on a page, each with a link to its field. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EHCP_TYPE_ERROR_SUMMARY (ehcp_error_summary_get_type ())
G_DECLARE_FINAL_TYPE (EhcpErrorSummary, ehcp_error_summary, EHCP, ERROR_SUMMARY, AdwBin)

/* Gathers the messages of all EhcpErrorRows in @page, in their order. With any it shows itself, takes the
 * focus and returns TRUE; without, it goes. */
gboolean ehcp_error_summary_gather (EhcpErrorSummary *summary, GtkWidget *page);
/* Shows what a request was refused for: at its field when @page has one of that name, otherwise alone. */
void ehcp_error_summary_show_error (EhcpErrorSummary *summary, GtkWidget *page, const GError *error);
/* The same for fields without an EhcpErrorRow: empties it; adds a line that calls @focus with @field; shows
 * itself and takes the focus when there is a line. */
void ehcp_error_summary_begin (EhcpErrorSummary *summary);
void ehcp_error_summary_add (EhcpErrorSummary *summary, const char *text, GCallback focus, gpointer field);
gboolean ehcp_error_summary_end (EhcpErrorSummary *summary);
/* The line of @field, whose fault was mended; the last one takes the summary with it. */
void ehcp_error_summary_drop (EhcpErrorSummary *summary, gpointer field);
void ehcp_error_summary_say (EhcpErrorSummary *summary, const char *text);
/* What was said alone holds no longer: it goes. What stands at fields stays. */
void ehcp_error_summary_unsay (EhcpErrorSummary *summary);
/* Takes the messages of all rows in @page away, and goes. */
void ehcp_error_summary_clear (EhcpErrorSummary *summary, GtkWidget *page);

G_END_DECLS
