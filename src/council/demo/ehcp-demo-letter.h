/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's letters and reports as PDF documents. */
#pragma once

#include "ehcp-demo-words.h"
#include "ehcp-json.h"

G_BEGIN_DECLS

/* What stands round the text: the council's head, or the adviser's own. */
typedef struct
{
  const char *council;
  const char *sender;
  const char *to;        /* name and address, a line each */
  const char *reference; /* of the case */
  const char *signed_by;
  const char *role;
  const char *created;
} EhcpDemoSheet;

GBytes *ehcp_demo_letter_make (JsonObject *letter, const EhcpDemoNames *names, const EhcpDemoSheet *sheet);

G_END_DECLS
