/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands for the fields of a template in one case: pure over the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

/* A plain struct, borrowed. */
typedef struct
{
  EhcpBook *book;
  const char *case_id;
  const char *council;   /* its name, or NULL */
  EhcpDay today;
} EhcpTemplateCase;

/* (transfer full) (nullable): an EhcpTemplateValue; @data: an EhcpTemplateCase. */
char *ehcp_template_value_of_case (const char *name, gpointer data);

G_END_DECLS
