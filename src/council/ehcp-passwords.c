/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords. Length and commonness alone decide (NCSC, NIST SP 800-63B): no rules of composition.
 * Hashing takes memory and time on purpose, so callers are threads of their own, never the server's
 * workers. */
#include "ehcp-passwords.h"

#include <sodium.h>
#include <string.h>

#include "ehcp-error.h"
#include "ehcp-password-strength.h"

struct _EhcpPasswords
{
  unsigned long long n_passes;
  size_t memory_bytes;
  char dummy[crypto_pwhash_STRBYTES]; /* checked for unknown addresses, so that they take as long */
};

/**
 * ehcp_passwords_new:
 * @memory_bytes: of Argon2id, at least 8 KiB; the product uses 64 MiB
 * @n_passes: of Argon2id, at least 1; the product uses 3
 * @error: return location
 *
 * Returns: (transfer full): what hashes and judges passwords, for any number of threads at once; or
 * %NULL with %EHCP_ERROR_FAILED when there is no memory for a hash.
 */
EhcpPasswords *
ehcp_passwords_new (guint64 memory_bytes, guint n_passes, GError **error)
{
  g_autoptr (EhcpPasswords) passwords = g_new0 (EhcpPasswords, 1);
  g_autofree char *dummy = NULL;
  char secret[33] = "";

  passwords->memory_bytes = memory_bytes;
  passwords->n_passes = n_passes;
  if (sodium_init () < 0)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "libsodium does not start");
      return NULL;
    }
  randombytes_buf (secret, sizeof secret - 1);
  for (guint i = 0; i < sizeof secret - 1; i++)
    secret[i] = 'a' + (guchar) secret[i] % 26;
  dummy = ehcp_passwords_hash (passwords, secret, error);
  if (dummy == NULL)
    return NULL;
  g_strlcpy (passwords->dummy, dummy, sizeof passwords->dummy);
  return g_steal_pointer (&passwords);
}

/** ehcp_passwords_free: Gives it back. */
void
ehcp_passwords_free (EhcpPasswords *passwords)
{
  g_free (passwords);
}

/**
 * ehcp_passwords_check_policy:
 * @password: what somebody wants to use
 * @local: (nullable): the names of the council and its team: a password made of them alone is refused
 * @field: JSON Pointer of the member, for the error
 * @error: return location
 *
 * Returns: whether it has 12 to 128 characters and is not easy to guess; otherwise %EHCP_ERROR_RANGE
 * with the reason in plain words. Any thread; cheap.
 */
gboolean
ehcp_passwords_check_policy (const char *password, const char *const *local, const char *field,
                             GError **error)
{
  glong length = g_utf8_strlen (password, -1);

  if (length < EHCP_PASSWORD_MIN || length > EHCP_PASSWORD_MAX)
    {
      ehcp_set_error (error, EHCP_ERROR_RANGE, field,
                      "The password does not have %d to %d characters.", EHCP_PASSWORD_MIN,
                      EHCP_PASSWORD_MAX);
      return FALSE;
    }
  if (!ehcp_password_is_easy (password, local))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, field, "The password is easy to guess: it is used by many, or like one that is.");
  return FALSE;
}

/**
 * ehcp_passwords_check_personal:
 * @password: what somebody wants to use
 * @personal: %NULL-terminated: their names and address; members may be ""
 * @field: JSON Pointer of the member, for the error
 * @error: return location
 *
 * Apart from the policy, because whose password it is may be known only when a code has proved it: before, the answer
 * would tell a stranger the name of whoever has the address.
 *
 * Returns: whether none of them is in it; otherwise %EHCP_ERROR_RANGE. Any thread; cheap.
 */
gboolean
ehcp_passwords_check_personal (const char *password, const char *const *personal, const char *field,
                               GError **error)
{
  if (!ehcp_password_is_personal (password, personal))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, field, "The password holds your name or e-mail address.");
  return FALSE;
}

/**
 * ehcp_passwords_hash:
 * @passwords: the passwords
 * @password: a password
 * @error: return location
 *
 * Returns: (transfer full): Argon2id with its own salt, as text; or %NULL with %EHCP_ERROR_BUSY
 * when there is no memory for it. Any thread; takes about a tenth of a second.
 */
char *
ehcp_passwords_hash (EhcpPasswords *passwords, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str_alg (hash, password, strlen (password), passwords->n_passes,
                             passwords->memory_bytes, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return g_strdup (hash);
  ehcp_set_error (error, EHCP_ERROR_BUSY, NULL, "no memory to hash a password");
  return NULL;
}

/**
 * ehcp_passwords_verify:
 * @passwords: the passwords
 * @hash: (nullable): the stored hash; %NULL when there is none, which takes as long and is always
 * wrong
 * @password: what was typed
 *
 * Returns: whether they go together. Any thread; takes about a tenth of a second.
 */
gboolean
ehcp_passwords_verify (EhcpPasswords *passwords, const char *hash, const char *password)
{
  const char *against = hash != NULL ? hash : passwords->dummy;
  int verdict = crypto_pwhash_str_verify (against, password, strlen (password));

  return verdict == 0 && hash != NULL;
}

/** ehcp_passwords_is_outdated: Returns: whether @hash was made with other costs than today's. */
gboolean
ehcp_passwords_is_outdated (EhcpPasswords *passwords, const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash, passwords->n_passes, passwords->memory_bytes) != 0;
}
