/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a summary. */
#include "ehcp-case-row.h"

struct _EhcpCaseRow
{
  GObject parent_instance;
  EhcpCaseSummary *summary;
};

G_DEFINE_FINAL_TYPE (EhcpCaseRow, ehcp_case_row, G_TYPE_OBJECT)

static void
ehcp_case_row_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_CASE_ROW (object)->summary, ehcp_case_summary_free);
  G_OBJECT_CLASS (ehcp_case_row_parent_class)->finalize (object);
}

static void
ehcp_case_row_class_init (EhcpCaseRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_case_row_finalize;
}

static void
ehcp_case_row_init (EhcpCaseRow *row)
{
}

EhcpCaseRow *
ehcp_case_row_new (EhcpCaseSummary *summary)
{
  EhcpCaseRow *row = g_object_new (EHCP_TYPE_CASE_ROW, NULL);

  row->summary = summary;
  return row;
}

const EhcpCaseSummary *
ehcp_case_row_get (EhcpCaseRow *row)
{
  return row->summary;
}

/* Takes a newer summary; whether it says anything else. */
gboolean
ehcp_case_row_take (EhcpCaseRow *row, EhcpCaseSummary *summary)
{
  if (ehcp_case_summary_equal (row->summary, summary))
    {
      ehcp_case_summary_free (summary);
      return FALSE;
    }
  ehcp_case_summary_free (row->summary);
  row->summary = summary;
  return TRUE;
}
