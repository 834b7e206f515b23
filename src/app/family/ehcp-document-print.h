/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on paper. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ehcp_document_print (GtkWidget *from, GBytes *content, const char *media_type, const char *title);

G_END_DECLS
