/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to a message. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

/* Whether who is signed in is the council's staff: what families sent is theirs to read. */
gboolean ehcp_message_is_for_staff (EhcpBook *book);
void ehcp_message_mark_read (EhcpLink *link, EhcpRecord *message);
EhcpRecord *ehcp_message_make_draft (EhcpLink *link, EhcpRecord *message);
void ehcp_message_edit (GtkWidget *from, EhcpLink *link, EhcpRecord *message);
void ehcp_message_cancel (GtkWidget *from, EhcpLink *link, EhcpRecord *message);
void ehcp_message_delete (GtkWidget *from, EhcpLink *link, EhcpRecord *message);
void ehcp_draft_delete (GtkWidget *from, EhcpLink *link, EhcpRecord *draft);
void ehcp_message_offer_undo (GtkWidget *from, EhcpLink *link, const char *command_id, EhcpRecord *draft);
char *ehcp_message_refusal_words (EhcpRecord *message);

G_END_DECLS
