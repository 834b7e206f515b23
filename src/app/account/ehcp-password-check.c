/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a password one that the council takes? Length counts, composition does not (NCSC, NIST 800-63B);
 * what is common is judged by the same code as on the server. */
#include "ehcp-password-check.h"

#include <string.h>

#define SHORTEST_PERSONAL 4

/* An address counts by what stands before the @ too; two or three letters are in too many words. */
static gboolean
holds (const char *folded, const char *personal)
{
  g_autofree char *text = g_utf8_casefold (personal, -1);
  g_auto (GStrv) parts = g_strsplit_set (text, "@ ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_utf8_strlen (parts[i], -1) >= SHORTEST_PERSONAL && strstr (folded, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

EhcpPasswordMet
ehcp_password_check (EhcpCommonPasswords *common, const char *password, const char *again,
                     const char *const *personal, int min, int max)
{
  g_autofree char *folded = g_utf8_casefold (password, -1);
  glong length = g_utf8_strlen (password, -1);
  EhcpPasswordMet met = EHCP_PASSWORD_IMPERSONAL;

  if (length == 0)
    return 0;
  if (length >= min && length <= max)
    met |= EHCP_PASSWORD_LONG;
  if (common == NULL || !ehcp_common_passwords_has (common, password, NULL, NULL))
    met |= EHCP_PASSWORD_UNCOMMON;
  for (guint i = 0; personal[i] != NULL; i++)
    if (holds (folded, personal[i]))
      met &= ~(guint) EHCP_PASSWORD_IMPERSONAL;
  if (strcmp (password, again) == 0)
    met |= EHCP_PASSWORD_SAME;
  return met;
}
