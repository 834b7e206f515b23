/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes everything into one file, a piece at a time: a PDF, or a ZIP with the originals. Any one thread at a
 * time; all calls wait. */
#pragma once

#include "ehcp-papers-list.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_PAPERS_PDF,
  EHCP_PAPERS_ZIP,
} EhcpPapersForm;

typedef struct _EhcpPapersWriter EhcpPapersWriter;

/* A new file of that name in @folder, with a number when the name is taken. @entries: borrowed. */
EhcpPapersWriter *ehcp_papers_writer_new (EhcpPapersForm form, const char *folder, const char *title,
                                          const char *made, GPtrArray *entries, GError **error);
/* @content: of the entry's document; NULL: it could not be had, which is said in its place. */
gboolean ehcp_papers_writer_add (EhcpPapersWriter *writer, EhcpPapersEntry *entry, GBytes *content,
                                 GError **error);
/* Returns the path (transfer full). */
char *ehcp_papers_writer_finish (EhcpPapersWriter *writer, GError **error);
/* Of one that was not finished, nothing stays. */
void ehcp_papers_writer_free (EhcpPapersWriter *writer);

G_END_DECLS
