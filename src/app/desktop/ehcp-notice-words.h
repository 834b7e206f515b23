/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of notifications. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_NOTICE_MESSAGE,
  EHCP_NOTICE_DOCUMENT,
  EHCP_NOTICE_DATES,
  EHCP_NOTICE_DUE_SOON,
} EhcpNotice;

char *ehcp_notice_title (EhcpNotice notice, const char *child);
char *ehcp_notice_body (EhcpNotice notice, const char *detail);

G_END_DECLS
