/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a box of messages. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-message-threads.h"

G_BEGIN_DECLS

/* A row that a screen reader can press: GTK 4.8 gives rows no action of their own. */
#define EHCP_TYPE_MESSAGE_ROW (ehcp_message_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMessageRow, ehcp_message_row, EHCP, MESSAGE_ROW, GtkListBoxRow)

EhcpMessageRow *ehcp_message_row_new (void);
/* @position: in the box, from 0; @now_s: seconds since 1970. */
void ehcp_message_row_show (EhcpMessageRow *row, const EhcpThread *thread, guint position, gint64 now_s);
/* In a list about several children: the child's name first, then the subject, and whose turn it is. */
void ehcp_message_row_show_about (EhcpMessageRow *row, const char *child, const char *turn);
const char *ehcp_message_row_get_id (EhcpMessageRow *row);
const char *ehcp_message_row_get_folded (EhcpMessageRow *row);
guint ehcp_message_row_get_position (EhcpMessageRow *row);

G_END_DECLS
