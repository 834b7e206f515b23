/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's request for an assessment, as staff read it. Pure functions over the book. */
#pragma once

#include "ehcp-book.h"

G_BEGIN_DECLS

/* Who asks, and how they are reached: a sentence (transfer full). */
char *ehcp_request_words_sender (EhcpRecord *request);
/* (transfer full) (nullable): each question with its answer, in the order of the form; NULL without its definition. */
char *ehcp_request_words_answers (EhcpBook *book, EhcpRecord *request);
guint ehcp_request_words_count (EhcpBook *book);

G_END_DECLS
