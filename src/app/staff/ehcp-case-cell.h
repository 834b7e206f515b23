/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the caseload's table. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-case-slot.h"
#include "ehcp-tag.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_CASE_LOOK_PLAIN = 0,
  EHCP_CASE_LOOK_BOLD = 1 << 0,
  EHCP_CASE_LOOK_LATE = 1 << 1,
  EHCP_CASE_LOOK_DIM = 1 << 2,
  EHCP_CASE_LOOK_ICON = 1 << 3,
} EhcpCaseLook;

/* What the cells of a column say; static. */
typedef struct
{
  char *(*say) (const EhcpCaseSummary *summary);
  EhcpCaseLook (*look) (const EhcpCaseSummary *summary); /* or NULL: plain */
  char *(*more) (const EhcpCaseSummary *summary);        /* in the tooltip, or NULL: the same */
  const char *icon;                                      /* where the look has one */
  EhcpTagTone (*tag) (const EhcpCaseSummary *summary);   /* or NULL: it is no tag */
} EhcpCaseSpeech;

#define EHCP_TYPE_CASE_CELL (ehcp_case_cell_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseCell, ehcp_case_cell, EHCP, CASE_CELL, GtkWidget)

GtkWidget *ehcp_case_cell_new (const EhcpCaseSpeech *speech);
/* @slot: (nullable): what it shows from now on. To be called again when that has changed. */
void ehcp_case_cell_show (EhcpCaseCell *cell, EhcpCaseSlot *slot);

G_END_DECLS
