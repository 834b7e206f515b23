/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two texts of a plan, section by section. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_PIECE_SAME,
  EHCP_PIECE_REMOVED, /* only in the first */
  EHCP_PIECE_ADDED,   /* only in the second */
} EhcpPieceKind;

typedef struct
{
  EhcpPieceKind kind;
  char *text;
} EhcpPlanPiece;

/* One section of both, or of one of them. */
typedef struct
{
  char letter;    /* 'A' to 'K'; '\0': what stands before the first section */
  char *heading;  /* of the second, or of the first where the second has none */
  gboolean is_in_first;
  gboolean is_in_second;
  GPtrArray *pieces; /* of EhcpPlanPiece, in order */
  guint n_changes;   /* runs of pieces that are not the same */
} EhcpPlanSection;

/* (transfer full) (element-type EhcpPlanSection): in the order A to K; may be empty. */
GPtrArray *ehcp_plan_compare (const char *first, const char *second);
guint ehcp_plan_count_changes (GPtrArray *sections);

G_END_DECLS
