/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the offline copy is shown without a word from the council. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_LEASE_FAMILY_DAYS 30
#define EHCP_LEASE_STAFF_DAYS 7

/* By this computer's clock, s since 1970; 0: never. */
typedef struct
{
  gint64 answered_at; /* the council's last answer */
  gint64 seen_at;     /* the latest that this clock has shown since */
} EhcpLease;

gboolean ehcp_lease_is_over (const EhcpLease *lease, gboolean is_staff, gint64 now);
char *ehcp_lease_format (const EhcpLease *lease);
gboolean ehcp_lease_parse (const char *text, EhcpLease *lease);

G_END_DECLS
