/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds one row against what is wanted. It is called for each of ten thousand rows at every key. */
#include "ehcp-caseload-filter.h"

#include "ehcp-case-row.h"
#include "ehcp-search-words.h"

gboolean
ehcp_caseload_filter_has_chip (EhcpChip chip, const EhcpCaseSummary *summary)
{
  switch (chip)
    {
    case EHCP_CHIP_LATE:
      return summary->status == EHCP_CASE_LATE;
    case EHCP_CHIP_DUE:
      return summary->status == EHCP_CASE_SOON;
    case EHCP_CHIP_UNREAD:
      return summary->n_unread > 0;
    case EHCP_CHIP_REVIEW:
      return summary->n_review > 0;
    case EHCP_CHIP_ALL:
    case EHCP_N_CHIPS:
    default:
      return TRUE;
    }
}

static gboolean
is_in_scope (const EhcpCaseloadFilter *filter, const EhcpCaseSummary *summary)
{
  switch (filter->scope)
    {
    case EHCP_SCOPE_OWN:
      return summary->caseworker == NULL ? filter->with_unallocated
                                         : g_strcmp0 (summary->caseworker, filter->caseworker) == 0;
    case EHCP_SCOPE_NOBODY:
      return summary->caseworker == NULL;
    case EHCP_SCOPE_ALL:
    default:
      return TRUE;
    }
}

/* All but the chip. */
static gboolean
is_counted (const EhcpCaseloadFilter *filter, const EhcpCaseSummary *summary)
{
  return (filter->stage < 0 || filter->stage == summary->stage) && is_in_scope (filter, summary) &&
         (*filter->words == '\0' || ehcp_search_matches (summary->search, filter->words));
}

gboolean
ehcp_caseload_filter_matches (const EhcpCaseloadFilter *filter, const EhcpCaseSummary *summary)
{
  return ehcp_caseload_filter_has_chip (filter->chip, summary) && is_counted (filter, summary);
}

/* How many each chip would show, the rest of the filter as it is. @rows: of EhcpCaseRow. */
void
ehcp_caseload_filter_count (const EhcpCaseloadFilter *filter, GListModel *rows, guint counts[EHCP_N_CHIPS])
{
  for (guint chip = 0; chip < EHCP_N_CHIPS; chip++)
    counts[chip] = 0;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (EhcpCaseRow) row = g_list_model_get_item (rows, i);
      const EhcpCaseSummary *summary = ehcp_case_row_get (row);

      if (!is_counted (filter, summary))
        continue;
      for (guint chip = 0; chip < EHCP_N_CHIPS; chip++)
        counts[chip] += ehcp_caseload_filter_has_chip ((EhcpChip) chip, summary) ? 1 : 0;
    }
}
