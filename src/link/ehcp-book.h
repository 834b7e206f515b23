/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book: every record that this person may see, live. One object for each record, changed in place. */
#pragma once

#include <gio/gio.h>

#include "ehcp-kinds.h"

G_BEGIN_DECLS

#define EHCP_TYPE_BOOK (ehcp_book_get_type ())
G_DECLARE_FINAL_TYPE (EhcpBook, ehcp_book, EHCP, BOOK, GObject)

/* Emits "changed" (no arguments) once, from idle, after one or more records came, changed or went: for
 * counts and sentences over many records; and before it "case-changed" (string: its id) for each case that
 * one of them belongs to, for those who keep sums of many cases. Single records notify by their own properties, and the lists
 * by items-changed. Main thread only. */
EhcpBook *ehcp_book_new (void);

GListModel *ehcp_book_get_list (EhcpBook *book, EhcpKind kind, const char *case_id);
const GPtrArray *ehcp_book_peek_case (EhcpBook *book, EhcpKind kind, const char *case_id);
GPtrArray *ehcp_book_peek_all (EhcpBook *book, EhcpKind kind);
EhcpRecord *ehcp_book_find (EhcpBook *book, EhcpKind kind, const char *id);
EhcpRecord *ehcp_book_find_where (EhcpBook *book, EhcpKind kind, const char *field, const char *value);

EhcpRecord *ehcp_book_put (EhcpBook *book, EhcpRecord *record);
void ehcp_book_remove (EhcpBook *book, EhcpKind kind, const char *id);
void ehcp_book_remove_case (EhcpBook *book, const char *case_id);
void ehcp_book_clear (EhcpBook *book);
void ehcp_book_tell (EhcpBook *book);

/**
 * ehcp_book_begin_page:
 * @book: a book
 *
 * Up to ehcp_book_end_page(), changes are noted and not told: a page of the feed. Main thread only.
 */
void ehcp_book_begin_page (EhcpBook *book);

/**
 * ehcp_book_end_page:
 * @book: a book
 * @has_more: whether other pages of the same pull follow at once
 *
 * "changed" comes when the main loop is idle: after the last page, and before it as soon as very much has changed since.
 * Without ehcp_book_begin_page() it ends a pull that was cut off. Main thread only.
 */
void ehcp_book_end_page (EhcpBook *book, gboolean has_more);

EhcpRecord *ehcp_book_get_account (EhcpBook *book);
EhcpRecord *ehcp_book_get_own_person (EhcpBook *book, const char *case_id);
gboolean ehcp_book_is_read (EhcpBook *book, EhcpRecord *item);
guint ehcp_book_count_unread (EhcpBook *book, EhcpKind kind, const char *case_id);

G_END_DECLS
