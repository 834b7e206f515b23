/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document into the Downloads folder. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

void ehcp_document_save (GtkWidget *from, EhcpLink *link, EhcpRecord *document);
/* @case_id (nullable): what the desktop notes of the file goes with that case. */
void ehcp_document_save_content (GtkWidget *from, EhcpLink *link, const char *case_id, GBytes *content,
                                 const char *file_name);
char *ehcp_document_words_for_error (const GError *error, gboolean is_online);

G_END_DECLS
