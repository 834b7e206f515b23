/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A password as it is compared: without what people add to a common one so that it looks like another. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_KEEP_ALL,      /* letters and digits */
  EHCP_KEEP_LETTERS,  /* letters alone */
  EHCP_KEEP_AS_I,     /* letters, with "1" and other stand-ins undone: "1" is "i" */
  EHCP_KEEP_AS_L,     /* the same, but "1" is "l" */
  EHCP_N_KEEP,
} EhcpKeep;

char *ehcp_password_text_fold (const char *text);
char *ehcp_password_text_keep (const char *folded, EhcpKeep keep);
char *ehcp_password_text_trim (const char *folded);
gsize ehcp_password_text_get_period (const char *text);

G_END_DECLS
