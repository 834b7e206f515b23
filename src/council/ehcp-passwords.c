/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords. Length and commonness alone decide (NCSC, NIST SP 800-63B): no rules of composition. Hashing
 * takes memory and time on purpose, so callers are threads of their own, never the server's workers. */
#include "ehcp-passwords.h"

#include "ehcp-error.h"

#include <pwquality.h>
#include <sodium.h>
#include <string.h>

#define MIN_CORE 6 /* the shortest that pwquality judges */

struct _EhcpPasswords
{
  unsigned long long n_passes;
  size_t memory_bytes;
  char dummy[crypto_pwhash_STRBYTES]; /* checked for unknown addresses, so that they take as long */
  pwquality_settings_t *quality;
  GMutex quality_lock; /* cracklib keeps its dictionary in static memory */
};

static pwquality_settings_t *
make_quality (void)
{
  static const int off[] = { PWQ_SETTING_DIFF_OK,    PWQ_SETTING_DIG_CREDIT, PWQ_SETTING_UP_CREDIT,
                             PWQ_SETTING_LOW_CREDIT, PWQ_SETTING_OTH_CREDIT, PWQ_SETTING_MIN_CLASS,
                             PWQ_SETTING_MAX_REPEAT, PWQ_SETTING_MAX_CLASS_REPEAT,
                             PWQ_SETTING_GECOS_CHECK };
  pwquality_settings_t *quality = pwquality_default_settings ();

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    pwquality_set_int_value (quality, off[i], 0);
  /* Cores of passwords are looked up too; the length of the whole is our own business. */
  pwquality_set_int_value (quality, PWQ_SETTING_MIN_LENGTH, MIN_CORE);
  pwquality_set_int_value (quality, PWQ_SETTING_DICT_CHECK, 1);
  pwquality_set_int_value (quality, PWQ_SETTING_USER_CHECK, 1);
  return quality;
}

static gboolean
judge (EhcpPasswords *passwords, const char *text, const char *user, char reason[PWQ_MAX_ERROR_MESSAGE_LEN])
{
  void *detail = NULL;
  int verdict;

  g_mutex_lock (&passwords->quality_lock);
  verdict = pwquality_check (passwords->quality, text, NULL, user, &detail);
  if (verdict < 0)
    pwquality_strerror (reason, PWQ_MAX_ERROR_MESSAGE_LEN, verdict, detail);
  g_mutex_unlock (&passwords->quality_lock);
  return verdict >= 0;
}

/* "Passw0rd!2024" is one common word with the usual ornaments: the part between the outer digits and signs, in
 * small letters, with the usual stand-ins for letters undone. */
static char *
get_core (const char *password)
{
  static const char stand_ins[] = "0o1i3e4a5s@a$s7t!i";
  g_autoptr (GString) letters = g_string_new (NULL);
  const char *first = password;
  const char *last = password + strlen (password);

  while (*first != '\0' && g_ascii_isprint (*first) && !g_ascii_isalpha (*first))
    first++;
  while (last > first && g_ascii_isprint (last[-1]) && !g_ascii_isalpha (last[-1]))
    last--;
  for (const char *p = first; p < last; p++)
    {
      const char *stand_in = strchr (stand_ins, *p);

      if (*p != ' ')
        g_string_append_c (letters, stand_in != NULL && (stand_in - stand_ins) % 2 == 0
                                        ? stand_in[1]
                                        : g_ascii_tolower (*p));
    }
  return g_strdup (letters->str);
}

/* "letmeinletmein" is "letmein". Cuts @core down to what it repeats. */
static gboolean
cut_repeats (char *core)
{
  gsize length = strlen (core);

  for (gsize unit = 1; unit <= length / 2; unit++)
    if (length % unit == 0 && memcmp (core, core + unit, length - unit) == 0)
      {
        core[unit] = '\0';
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_common (EhcpPasswords *passwords, const char *password, const char *user,
           char reason[PWQ_MAX_ERROR_MESSAGE_LEN])
{
  g_autofree char *core = get_core (password);
  gboolean is_repeated = cut_repeats (core);

  if (!judge (passwords, password, user, reason))
    return TRUE;
  if (strlen (core) < MIN_CORE && is_repeated)
    {
      g_strlcpy (reason, "The password repeats a few letters", PWQ_MAX_ERROR_MESSAGE_LEN);
      return TRUE;
    }
  return strlen (core) >= MIN_CORE && !judge (passwords, core, NULL, reason);
}

/* A dictionary that is not there would refuse every password, or none: say so at the start. */
static gboolean
check_dictionary (EhcpPasswords *passwords, GError **error)
{
  char reason[PWQ_MAX_ERROR_MESSAGE_LEN];

  if (judge (passwords, "vjq7 lomtu werzick 30", NULL, reason) &&
      !judge (passwords, "password", NULL, reason))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL,
                  "the dictionary of common passwords is missing: install cracklib-runtime and a word "
                  "list such as wamerican, then run update-cracklib");
  return FALSE;
}

/**
 * ehcp_passwords_new:
 * @memory_bytes: of Argon2id, at least 8 KiB; the product uses 64 MiB
 * @n_passes: of Argon2id, at least 1; the product uses 3
 * @error: return location
 *
 * Returns: (transfer full): what hashes and judges passwords, for any number of threads at once; or %NULL with
 *   %EHCP_ERROR_FAILED when there is no dictionary of common passwords or no memory for a hash.
 */
EhcpPasswords *
ehcp_passwords_new (guint64 memory_bytes, guint n_passes, GError **error)
{
  g_autoptr (EhcpPasswords) passwords = g_new0 (EhcpPasswords, 1);
  g_autofree char *dummy = NULL;
  char secret[33] = "";

  g_mutex_init (&passwords->quality_lock);
  passwords->memory_bytes = memory_bytes;
  passwords->n_passes = n_passes;
  passwords->quality = make_quality ();
  if (sodium_init () < 0)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "libsodium does not start");
      return NULL;
    }
  if (!check_dictionary (passwords, error))
    return NULL;
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
  g_clear_pointer (&passwords->quality, pwquality_free_settings);
  g_mutex_clear (&passwords->quality_lock);
  g_free (passwords);
}

static char *
get_local_part (const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;

  return at != NULL && at - email >= 4 ? g_strndup (email, at - email) : NULL;
}

/**
 * ehcp_passwords_check_policy:
 * @passwords: the passwords
 * @password: what somebody wants to use
 * @email: (nullable): their address: a password made of it is refused
 * @field: JSON Pointer of the member, for the error
 * @error: return location
 *
 * Returns: whether it has 12 to 128 characters and is not a common one; otherwise %EHCP_ERROR_RANGE with the
 *   reason in plain words. Any thread.
 */
gboolean
ehcp_passwords_check_policy (EhcpPasswords *passwords, const char *password, const char *email,
                             const char *field, GError **error)
{
  g_autofree char *user = get_local_part (email);
  char reason[PWQ_MAX_ERROR_MESSAGE_LEN];
  glong length = g_utf8_strlen (password, -1);

  if (length < EHCP_PASSWORD_MIN || length > EHCP_PASSWORD_MAX)
    {
      ehcp_set_error (error, EHCP_ERROR_RANGE, field, "The password does not have %d to %d characters.",
                      EHCP_PASSWORD_MIN, EHCP_PASSWORD_MAX);
      return FALSE;
    }
  if (!is_common (passwords, password, user, reason))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, field, "%s.", reason);
  return FALSE;
}

/**
 * ehcp_passwords_hash:
 * @passwords: the passwords
 * @password: a password
 * @error: return location
 *
 * Returns: (transfer full): Argon2id with its own salt, as text; or %NULL with %EHCP_ERROR_BUSY when there is
 *   no memory for it. Any thread; takes about a tenth of a second.
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
 * @hash: (nullable): the stored hash; %NULL when there is none, which takes as long and is always wrong
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
