/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document into the Downloads folder. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

void ehcp_document_save (GtkWidget *from, EhcpLink *link, EhcpRecord *document);
void ehcp_document_save_content (GtkWidget *from, GBytes *content, const char *file_name);
char *ehcp_document_words_for_error (const GError *error, gboolean is_online);

G_END_DECLS
