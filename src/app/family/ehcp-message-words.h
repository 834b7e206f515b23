/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a message stands, and what a list says of it. Pure functions. */
#pragma once

#include "ehcp-record.h"

G_BEGIN_DECLS

/* In the order of a list: what needs somebody first. */
typedef enum
{
  EHCP_MESSAGE_NOT_SENT,
  EHCP_MESSAGE_SENDING,
  EHCP_MESSAGE_WAITING,
  EHCP_MESSAGE_DRAFT,
  EHCP_MESSAGE_NEW,    /* from the council, and this person has not opened it */
  EHCP_MESSAGE_OPENED, /* from the council, and this person has */
  EHCP_MESSAGE_SENT,
  EHCP_MESSAGE_READ,   /* by the council */
} EhcpMessageState;

EhcpMessageState ehcp_message_state (EhcpRecord *message, gboolean is_read);
EhcpMessageState ehcp_message_state_for_staff (EhcpRecord *message, gboolean is_read);
const char *ehcp_message_state_words (EhcpMessageState state);
const char *ehcp_message_state_icon (EhcpMessageState state);
const char *ehcp_message_state_style (EhcpMessageState state);
int ehcp_message_state_rank (EhcpMessageState state);

gint64 ehcp_message_time (EhcpRecord *message);
int ehcp_message_compare_times (EhcpRecord *a, EhcpRecord *b);
char *ehcp_message_excerpt (const char *text);
char *ehcp_message_when_short (gint64 unix_s, gint64 now_s);
char *ehcp_message_when_long (gint64 unix_s, gint64 now_s);

G_END_DECLS
