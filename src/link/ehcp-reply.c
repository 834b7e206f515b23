/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reply holds, whichever line it came by. */
#include "ehcp-transport.h"

/** ehcp_reply_clear: Gives back what it holds; the rest of the body is not read. */
void
ehcp_reply_clear (EhcpReply *reply)
{
  g_clear_pointer (&reply->location, g_free);
  g_clear_pointer (&reply->content_range, g_free);
  g_clear_pointer (&reply->upload_offset, g_free);
  g_clear_pointer (&reply->session_ends, g_free);
  g_clear_pointer (&reply->retry_after, g_free);
  g_clear_object (&reply->body);
}
