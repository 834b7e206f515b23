/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section of two plans, side by side, with the family's comments under it. */
#pragma once

#include <adwaita.h>

#include "ehcp-plan-compare.h"
#include "ehcp-record.h"

G_BEGIN_DECLS

/* A change that can be gone to: characters of a label. */
typedef struct
{
  GtkLabel *label;
  int from;
  int to;
} EhcpCompareChange;

/* @changes: (element-type EhcpCompareChange): gets those of this section. */
GtkWidget *ehcp_compare_section_new (const EhcpPlanSection *section, GArray *changes);
void ehcp_compare_section_add_comment (GtkWidget *section, EhcpRecord *comment);

G_END_DECLS
