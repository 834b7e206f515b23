/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that are to go with a message or a form: chosen, dropped, and taken away again. */
#pragma once

#include <adwaita.h>

#include "ehcp-attachment.h"

G_BEGIN_DECLS

/* Emits "changed" when a file came, went, or was read. */
#define EHCP_TYPE_ATTACHMENT_LIST (ehcp_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAttachmentList, ehcp_attachment_list, EHCP, ATTACHMENT_LIST, AdwBin)

void ehcp_attachment_list_set_max_bytes (EhcpAttachmentList *list, gint64 max_bytes);
/* For the question of a form instead of a message: its words stand above, and it says how many files it takes. */
void ehcp_attachment_list_set_question (EhcpAttachmentList *list, const char *name, guint most);
/* The button of a file's row; its accessible name says which file. */
GtkWidget *ehcp_attachment_make_remove_button (const char *file_name);
GtkWidget *ehcp_attachment_list_get_button (EhcpAttachmentList *list);
void ehcp_attachment_list_add (EhcpAttachmentList *list, GFile *file);
guint ehcp_attachment_list_get_n_files (EhcpAttachmentList *list);
gboolean ehcp_attachment_list_is_reading (EhcpAttachmentList *list);
char *ehcp_attachment_list_get_problem (EhcpAttachmentList *list);
GStrv ehcp_attachment_list_get_paths (EhcpAttachmentList *list);
GStrv ehcp_attachment_list_get_uris (EhcpAttachmentList *list);
GPtrArray *ehcp_attachment_list_make_files (EhcpAttachmentList *list);

G_END_DECLS
