/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notification stands on a screen that anybody in the room can read: without the person's consent it says
 * that there is something, and neither about whom nor what. */
#include "ehcp-notice-words.h"

#include <glib/gi18n.h>

/* @child: a forename, or NULL when it must not be said. (transfer full) */
char *
ehcp_notice_title (EhcpNotice notice, const char *child)
{
  if (child == NULL)
    switch (notice)
      {
      case EHCP_NOTICE_MESSAGE:
        return g_strdup (_("New message"));
      case EHCP_NOTICE_DOCUMENT:
        return g_strdup (_("New document"));
      case EHCP_NOTICE_DATES:
        return g_strdup (_("A date has changed"));
      case EHCP_NOTICE_DUE_SOON:
        return g_strdup (_("Something is due soon"));
      }
  switch (notice)
    {
    case EHCP_NOTICE_MESSAGE:
      return g_strdup_printf (_("New message about %s"), child);
    case EHCP_NOTICE_DOCUMENT:
      return g_strdup_printf (_("New document about %s"), child);
    case EHCP_NOTICE_DATES:
      return g_strdup_printf (_("A date about %s has changed"), child);
    case EHCP_NOTICE_DUE_SOON:
      return g_strdup_printf (_("Something about %s is due soon"), child);
    }
  g_return_val_if_reached (NULL);
}

/* @detail: a subject, a title or a day; NULL when it must not be said. (transfer full) */
char *
ehcp_notice_body (EhcpNotice notice, const char *detail)
{
  if (detail != NULL)
    return g_strdup (detail);
  switch (notice)
    {
    case EHCP_NOTICE_MESSAGE:
    case EHCP_NOTICE_DOCUMENT:
      return g_strdup (_("Open EHCP Portal to read it."));
    case EHCP_NOTICE_DATES:
    case EHCP_NOTICE_DUE_SOON:
      return g_strdup (_("Open EHCP Portal to see it."));
    }
  g_return_val_if_reached (NULL);
}
