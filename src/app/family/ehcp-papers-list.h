/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that the family has about one child, in the order in which it is taken out. */
#pragma once

#include "ehcp-link.h"
#include "ehcp-paper.h"

G_BEGIN_DECLS

/* One piece: text of ours, or a document of somebody's. */
typedef struct
{
  const char *group; /* "Timeline", "Messages", "Documents", "Forms": translated */
  const char *folder; /* the same for a path */
  char *title;
  gint32 day; /* Julian; 0: none */
  EhcpPaper *paper;     /* or: */
  EhcpRecord *document;
  guint page; /* of the whole, from 1; 0: not there yet */
} EhcpPapersEntry;

/* (transfer full) (element-type EhcpPapersEntry). Main thread. */
GPtrArray *ehcp_papers_list_new (EhcpLink *link, const char *case_id);
/* The first pages: contents, and an index by date (transfer full). */
EhcpPaper *ehcp_papers_list_make_front (GPtrArray *entries, const char *title, const char *made);

G_END_DECLS
