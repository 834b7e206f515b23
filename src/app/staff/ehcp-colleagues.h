/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's staff to choose from, in the order of their names. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"

G_BEGIN_DECLS

/* Those who can have cases, whose accounts are active (transfer container). */
GPtrArray *ehcp_colleagues_list (EhcpBook *book);
/* Fills the row with their names. */
void ehcp_colleagues_show (AdwComboRow *row, EhcpBook *book);
/* (transfer full): the account of the one who is chosen, or NULL. */
char *ehcp_colleagues_get_chosen (AdwComboRow *row, EhcpBook *book);

G_END_DECLS
