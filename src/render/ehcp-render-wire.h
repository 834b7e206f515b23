/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the program and ehcp-render: one question at a time, one answer each, over a socket pair. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_RENDER_FD 3                           /* ehcp-render's end of the pair */
#define EHCP_RENDER_MAX_FRAME (16 * 1024 * 1024)   /* bytes of a question or an answer */
#define EHCP_RENDER_MAX_HITS 1000
#define EHCP_RENDER_MAX_OUTLINE 2000
#define EHCP_RENDER_MAX_DEPTH 8
#define EHCP_PICTURE_POINTS_A_PIXEL 0.75           /* pictures count 96 pixels an inch */

/* What is asked, the type of the question and of the answer. FAILED is only an answer: code and words. */
typedef enum
{
  EHCP_WIRE_FAILED,  /* -         → (us)       */
  EHCP_WIRE_OPEN,    /* () + file → a(dd)      sizes of the pages in points */
  EHCP_WIRE_RENDER,  /* (uduuu) + pixels → ()  page, scale, width, height, stride */
  EHCP_WIRE_READ,    /* (u)       → (say)      text; four floats for each character */
  EHCP_WIRE_FIND,    /* (us)      → a(dddd)    from the top left corner */
  EHCP_WIRE_OUTLINE, /* ()        → a(usu)     depth, title, page */
  EHCP_WIRE_EXPORT,  /* (us) + file → ()   number of the first page, foot: all pages as a PDF of A4 pages */
  EHCP_N_WIRE_KINDS
} EhcpWireKind;

const char *ehcp_wire_question_type (EhcpWireKind kind);
const char *ehcp_wire_answer_type (EhcpWireKind kind);

/* @fd: a file that goes along, or -1; it stays the sender's. */
gboolean ehcp_wire_send (int socket, EhcpWireKind kind, GVariant *body, int fd);
/* @body comes with its bytes as they are: the receiver gives them a type, see ehcp_wire_take().
 * @fd: the file that came along, or -1. @deadline: of g_get_monotonic_time(), or -1. */
gboolean ehcp_wire_receive (int socket, gint64 deadline, EhcpWireKind *kind, GBytes **body, int *fd);
/* What does not have the type, to the byte, is nothing. */
GVariant *ehcp_wire_take (const char *type, GBytes *body);

G_END_DECLS
