/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A computer that was lost is not shown the papers of a child for ever: what is kept is shown for some weeks after the
 * council's last answer. A clock that is set back gives nothing back that it has shown once. */
#include "ehcp-lease.h"

#define DAY_S (24 * 60 * 60)

/**
 * ehcp_lease_is_over:
 * @lease: of an offline copy in which there is something
 * @is_staff: whose time is shorter, since they see many children
 * @now: by this computer's clock, s since 1970
 *
 * Returns: whether the council has to answer before anything is shown again; %TRUE also when it is not known when it
 *   answered. Any thread.
 */
gboolean
ehcp_lease_is_over (const EhcpLease *lease, gboolean is_staff, gint64 now)
{
  gint64 days = is_staff ? EHCP_LEASE_STAFF_DAYS : EHCP_LEASE_FAMILY_DAYS;

  return lease->answered_at <= 0 || MAX (now, lease->seen_at) - lease->answered_at >= days * DAY_S;
}

/** ehcp_lease_format: Returns: (transfer full): a text for ehcp_lease_parse(). Any thread. */
char *
ehcp_lease_format (const EhcpLease *lease)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, lease->answered_at, lease->seen_at);
}

/** ehcp_lease_parse: Returns: whether @text is a lease; otherwise @lease is one that is over. Any thread. */
gboolean
ehcp_lease_parse (const char *text, EhcpLease *lease)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (g_strv_length (words) == 2 && g_ascii_string_to_signed (words[0], 10, 0, G_MAXINT64, &lease->answered_at, NULL) &&
      g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &lease->seen_at, NULL))
    return TRUE;
  *lease = (EhcpLease){ 0 };
  return FALSE;
}
