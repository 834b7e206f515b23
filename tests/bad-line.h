/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line between the program and a real council that breaks when it is told to. It reads nothing into what
 * passes but the words that it waits for. */
#pragma once

#include <gio/gio.h>

typedef struct _BadLine BadLine;

BadLine *bad_line_new (guint port);
void bad_line_free (BadLine *line);
const char *bad_line_get_url (BadLine *line);

/* The next @n_times that a request holds @words, its connection is cut after @n_bytes of the answer. */
void bad_line_cut (BadLine *line, const char *words, gsize n_bytes, guint n_times);
/* How often requests held @words since the line is there, and how many cuts are left. */
void bad_line_watch (BadLine *line, const char *words);
guint bad_line_get_n_seen (BadLine *line);
guint bad_line_get_n_left (BadLine *line);
/* Requests that hold @words stay on the line until it is told otherwise; NULL: all go on. */
void bad_line_hold (BadLine *line, const char *words);
guint bad_line_get_n_held (BadLine *line);
