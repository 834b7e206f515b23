/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialogs: to confirm, to choose and save files, to open a link, about the program. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @accept: the act as a verb, "Log out"; the other button says "Cancel". Finishes with TRUE when it was
 * chosen; FALSE without an error otherwise. */
void ehcp_ask_confirm_async (GtkWidget *parent, const char *heading, const char *body,
                             const char *accept, gboolean is_destructive, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_ask_confirm_finish (GAsyncResult *result, GError **error);

/* (transfer full): GFiles, at least one; NULL without an error when nothing was chosen. */
void ehcp_ask_files_async (GtkWidget *parent, const char *title, gboolean several,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GListModel *ehcp_ask_files_finish (GAsyncResult *result, GError **error);

/* @name: the file's name to begin with. (transfer full); NULL without an error when given up. */
void ehcp_ask_save_async (GtkWidget *parent, const char *title, const char *name,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GFile *ehcp_ask_save_finish (GAsyncResult *result, GError **error);

void ehcp_ask_open_link (GtkWidget *parent, const char *uri);
/* @note: a paragraph, or NULL; @debug_info: without anything about people. */
void ehcp_ask_about (GtkWidget *parent, const char *note, const char *debug_info);

G_END_DECLS
