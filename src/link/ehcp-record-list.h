/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A live list of records of one kind in that kind's order. The book's own: screens see a GListModel. */
#pragma once

#include <gio/gio.h>

#include "ehcp-kinds.h"

G_BEGIN_DECLS

#define EHCP_TYPE_RECORD_LIST (ehcp_record_list_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRecordList, ehcp_record_list, EHCP, RECORD_LIST, GObject)

EhcpRecordList *ehcp_record_list_new (EhcpKind kind);
void ehcp_record_list_fill (EhcpRecordList *list, GPtrArray *records);
void ehcp_record_list_add (EhcpRecordList *list, EhcpRecord *record);
void ehcp_record_list_remove (EhcpRecordList *list, EhcpRecord *record);
void ehcp_record_list_moved (EhcpRecordList *list, EhcpRecord *record);

int ehcp_record_compare (EhcpKind kind, EhcpRecord *a, EhcpRecord *b);

G_END_DECLS
