/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters and plans as PDF documents: A4, tagged, with the council's head. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All texts are UTF-8; those that may be NULL are left out of the page. */
typedef struct
{
  const char *council;            /* in the head */
  const char *sender;             /* line under it: team and address */
  const char *to;                 /* name and address, a line each; or NULL */
  const char *date;               /* as it is printed */
  const char *reference;          /* or NULL */
  const char *title;              /* subject line, the document's title */
  const char *const *paragraphs;  /* "# " starts a heading, "**" switches bold on and off */
  const char *closing;            /* "Yours sincerely,"; or NULL */
  const char *signed_by;          /* or NULL */
  const char *role;               /* under the name; or NULL */
  const char *created;            /* RFC 3339, in the file's own data; NULL: now */
} EhcpLetter;

GBytes *ehcp_letter_make (const EhcpLetter *letter);

G_END_DECLS
