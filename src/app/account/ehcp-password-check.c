/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a password one that the council takes? Length counts, composition does not (NCSC, NIST 800-63B);
 * what is easy to guess and what is personal is judged by the same code as on the server. */
#include "ehcp-password-check.h"

#include <string.h>

#include "ehcp-password-strength.h"

EhcpPasswordMet
ehcp_password_check (const char *password, const char *again, const char *const *personal,
                     const char *const *local, int min, int max)
{
  glong length = g_utf8_strlen (password, -1);
  EhcpPasswordMet met = 0;

  if (length == 0)
    return 0;
  if (length >= min && length <= max)
    met |= EHCP_PASSWORD_LONG;
  if (!ehcp_password_is_easy (password, local))
    met |= EHCP_PASSWORD_UNCOMMON;
  if (!ehcp_password_is_personal (password, personal))
    met |= EHCP_PASSWORD_IMPERSONAL;
  if (strcmp (password, again) == 0)
    met |= EHCP_PASSWORD_SAME;
  return met;
}
