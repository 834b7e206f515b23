/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords that many people use, by libpwquality with cracklib's dictionary. Length is the caller's
 * business; rules of composition are nobody's (NCSC, NIST SP 800-63B). */
#include "ehcp-common-passwords.h"

#include <pwquality.h>
#include <string.h>

#define MIN_CORE 6 /* the shortest that pwquality judges */

struct _EhcpCommonPasswords
{
  pwquality_settings_t *quality;
  GMutex lock; /* cracklib keeps its dictionary in static memory */
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

/* NULL (otherwise transfer full) when @text is not refused. */
static char *
judge (EhcpCommonPasswords *common, const char *text, const char *user)
{
  char reason[PWQ_MAX_ERROR_MESSAGE_LEN];
  void *detail = NULL;
  int verdict;

  g_mutex_lock (&common->lock);
  verdict = pwquality_check (common->quality, text, NULL, user, &detail);
  if (verdict < 0)
    pwquality_strerror (reason, sizeof reason, verdict, detail);
  g_mutex_unlock (&common->lock);
  return verdict < 0 ? g_strdup (reason) : NULL;
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

static char *
get_local_part (const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;

  return at != NULL && at - email >= 4 ? g_strndup (email, at - email) : NULL;
}

/* A dictionary that is not there would refuse every password, or none. */
static gboolean
has_dictionary (EhcpCommonPasswords *common)
{
  g_autofree char *rare = judge (common, "vjq7 lomtu werzick 30", NULL);
  g_autofree char *plain = judge (common, "password", NULL);

  return rare == NULL && plain != NULL;
}

/**
 * ehcp_common_passwords_new:
 *
 * Returns: (transfer full) (nullable): what judges passwords, for any number of threads at once; %NULL when this
 *   computer has no dictionary of common passwords
 */
EhcpCommonPasswords *
ehcp_common_passwords_new (void)
{
  g_autoptr (EhcpCommonPasswords) common = g_new0 (EhcpCommonPasswords, 1);

  g_mutex_init (&common->lock);
  common->quality = make_quality ();
  return has_dictionary (common) ? g_steal_pointer (&common) : NULL;
}

/** ehcp_common_passwords_free: Gives it back. */
void
ehcp_common_passwords_free (EhcpCommonPasswords *common)
{
  g_clear_pointer (&common->quality, pwquality_free_settings);
  g_mutex_clear (&common->lock);
  g_free (common);
}

/**
 * ehcp_common_passwords_has:
 * @common: the judge
 * @password: what somebody wants to use
 * @email: (nullable): their address: a password made of it is common too
 * @reason: (out) (optional) (transfer full): why, as a short English sentence without a full stop; %NULL when
 *   it is not common
 *
 * Returns: whether it is one that many people use, or would be guessed as soon. Any thread.
 */
gboolean
ehcp_common_passwords_has (EhcpCommonPasswords *common, const char *password, const char *email,
                           char **reason)
{
  g_autofree char *user = get_local_part (email);
  g_autofree char *core = get_core (password);
  gboolean is_repeated = cut_repeats (core);
  g_autofree char *found = judge (common, password, user);
  gboolean is_common;

  if (found == NULL && strlen (core) >= MIN_CORE)
    found = judge (common, core, NULL);
  else if (found == NULL && is_repeated)
    found = g_strdup ("The password repeats a few letters");
  is_common = found != NULL;
  if (reason != NULL)
    *reason = g_steal_pointer (&found);
  return is_common;
}
