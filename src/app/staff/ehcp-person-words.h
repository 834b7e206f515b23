/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of a case as staff read of them. Pure functions over the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-tag.h"

G_BEGIN_DECLS

char *ehcp_person_words_name (EhcpRecord *person);
const char *ehcp_person_words_access (EhcpRecord *person);
EhcpTagTone ehcp_person_words_tone (EhcpRecord *person);
/* "Father, invited Tue 8 Dec" (transfer full). */
char *ehcp_person_words_line (EhcpBook *book, EhcpRecord *person, gint64 now_s);
EhcpRecord *ehcp_person_words_contact (EhcpBook *book, EhcpRecord *person);
/* Who on the case has that address, and is not withdrawn; or NULL. */
EhcpRecord *ehcp_person_words_find_email (EhcpBook *book, const char *case_id, const char *email);
EhcpRecord *ehcp_person_words_find_name (EhcpBook *book, const char *case_id, const char *forename,
                                         const char *surname);
/* Who sees what is for all adults: "Helen Marlow and Martin Marlow" as a sentence (transfer full). */
char *ehcp_person_words_audience (EhcpBook *book, const char *case_id);

G_END_DECLS
