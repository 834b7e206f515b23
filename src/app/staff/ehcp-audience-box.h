/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who will see this: everyone on the case, or only some people, always with their names. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"

G_BEGIN_DECLS

/* The people of a case whom a record of that audience reaches today (transfer container). Pure. */
GPtrArray *ehcp_audience_list_people (GListModel *people, const char *audience, const char *const *named);
/* "Helen Marlow (mother) and Judith Abbot (SENCO)"; NULL when nobody (transfer full). */
char *ehcp_audience_say_people (GPtrArray *people);

/* Emits "changed". */
#define EHCP_TYPE_AUDIENCE_BOX (ehcp_audience_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAudienceBox, ehcp_audience_box, EHCP, AUDIENCE_BOX, AdwBin)

/* @with_staff: "Only the council's staff" may be chosen too. */
GtkWidget *ehcp_audience_box_new (EhcpBook *book, const char *case_id, gboolean with_staff);
/* "adults", "named" or "staff" */
const char *ehcp_audience_box_get_audience (EhcpAudienceBox *box);
/* (transfer full): ids of people; NULL unless "named". */
GStrv ehcp_audience_box_get_named (EhcpAudienceBox *box);
/* Why it cannot go like this, or NULL (transfer full). */
char *ehcp_audience_box_get_problem (EhcpAudienceBox *box);

G_END_DECLS
