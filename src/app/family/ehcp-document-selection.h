/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in a document: from a character of one page to a character of another. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-render-document.h"

G_BEGIN_DECLS

/* A place between two characters. */
typedef struct
{
  guint page;
  guint at; /* characters of the page's text before it; G_MAXUINT: its end */
} EhcpTextPlace;

typedef struct
{
  EhcpTextPlace anchor; /* where it began */
  EhcpTextPlace end;    /* where it is now, before or behind */
} EhcpTextSelection;

gboolean ehcp_text_selection_is_empty (const EhcpTextSelection *selection);
/* The part of it on one page: FALSE when there is none. @to may be G_MAXUINT. */
gboolean ehcp_text_selection_get_part (const EhcpTextSelection *selection, guint page, guint *from, guint *to);
/* The place nearest to a point, in points from the top left corner. */
guint ehcp_text_place_at (const EhcpRenderText *text, double x, double y);
/* Characters @from to @to, transfer full. */
char *ehcp_text_part (const char *text, guint from, guint to);
/* Copy and Select all, on a right click or the menu key. */
void ehcp_text_selection_add_menu (GtkWidget *widget);
/* Reads the pages and puts what is selected into the clipboard of @widget. */
void ehcp_text_selection_copy (const EhcpTextSelection *selection, EhcpRenderDocument *document,
                               GtkWidget *widget);

G_END_DECLS
