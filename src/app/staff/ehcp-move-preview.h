/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry would do to the dates of a case. Pure functions over the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-facts-check.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_MOVE_NEW,
  EHCP_MOVE_CHANGED,
  EHCP_MOVE_MET,       /* done by it */
  EHCP_MOVE_DROPPED,   /* no longer due */
  EHCP_MOVE_UNCHANGED,
} EhcpMoveKind;

typedef struct
{
  EhcpMoveKind kind;
  char *title;     /* "Final plan" */
  char *source;    /* "20 weeks from Mon 7 Sep. SEND Regulations 2014, reg 13(2)" */
  EhcpDay due;
  EhcpDay before;  /* of CHANGED */
} EhcpMoveLine;

void ehcp_move_line_free (EhcpMoveLine *line);
/* The word before the source: "New", "Unchanged". */
const char *ehcp_move_kind_words (EhcpMoveKind kind);

/* (element-type EhcpFact): the entries of the case that hold, without the one of id @without; they borrow from the
 * book's records. */
GArray *ehcp_move_facts (EhcpBook *book, const char *case_id, const char *without);
/* @entry: what is about to be entered, or NULL; @corrects: the id of the event that it stands for, or NULL.
 * (transfer full): EhcpMoveLines, what changes first, each by its day. */
GPtrArray *ehcp_move_preview (EhcpBook *book, const char *case_id, const EhcpFact *entry, const char *corrects,
                              EhcpDay today);
/* A due's name as staff say it: (transfer full). */
char *ehcp_move_title (const char *rule, const char *part, const char *about);

G_END_DECLS
