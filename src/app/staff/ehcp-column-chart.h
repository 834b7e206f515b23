/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as columns, drawn. The same numbers stand in words beside it or in a table: to a screen reader
 * the chart is one picture with a description. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_COLUMN_DONE,   /* filled */
  EHCP_COLUMN_OPEN,   /* hatched: the time is not over yet */
  EHCP_COLUMN_LATE,   /* filled, in the colour of what is late */
  EHCP_COLUMN_COMING, /* outlined */
} EhcpColumnLook;

#define EHCP_COLUMN_N_PARTS 2

typedef struct
{
  char *name;                             /* under it: "Nov so far" */
  char *note;                             /* under the name, dim; or NULL */
  char *text;                             /* above it: "61 %" */
  double parts[EHCP_COLUMN_N_PARTS];      /* from the bottom up */
  EhcpColumnLook looks[EHCP_COLUMN_N_PARTS];
} EhcpColumn;

#define EHCP_TYPE_COLUMN_CHART (ehcp_column_chart_get_type ())
G_DECLARE_FINAL_TYPE (EhcpColumnChart, ehcp_column_chart, EHCP, COLUMN_CHART, GtkWidget)

/* Takes the texts of @columns. @most: the value of the top line; @suffix: of the numbers beside
 * the lines, "%" or "". */
void ehcp_column_chart_set (EhcpColumnChart *chart, EhcpColumn *columns, guint n_columns, int most,
                            const char *suffix);
/* Its name and what it says, for a screen reader. */
void ehcp_column_chart_set_spoken (EhcpColumnChart *chart, const char *name, const char *description);

G_END_DECLS
