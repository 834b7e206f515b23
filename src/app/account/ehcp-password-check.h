/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a password one that the council takes? Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_PASSWORD_LONG = 1 << 0,     /* at least the least number of characters, at most the most */
  EHCP_PASSWORD_UNCOMMON = 1 << 1, /* not one of those that many people use */
  EHCP_PASSWORD_IMPERSONAL = 1 << 2, /* without the name or the e-mail address */
  EHCP_PASSWORD_SAME = 1 << 3,     /* typed twice alike */
} EhcpPasswordMet;

#define EHCP_PASSWORD_ALL \
  (EHCP_PASSWORD_LONG | EHCP_PASSWORD_UNCOMMON | EHCP_PASSWORD_IMPERSONAL | EHCP_PASSWORD_SAME)

/* @personal: NULL-terminated; the forename, surname and address; members may be "".
 * @local: NULL-terminated, or NULL while they are not known: the names of the council and its team. */
EhcpPasswordMet ehcp_password_check (const char *password, const char *again, const char *const *personal,
                                     const char *const *local, int min, int max);

G_END_DECLS
