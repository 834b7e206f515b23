/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords that many people use: by rules of our own, and by libpwquality with cracklib's dictionary, which knows
 * words and not passwords. Length is the caller's business; rules of composition are nobody's (NCSC, NIST SP 800-63B). */
#include "ehcp-common-passwords.h"

#include "ehcp-common-phrase.h"
#include "ehcp-key-walk.h"
#include "ehcp-password-text.h"

#include <pwquality.h>
#include <string.h>

#define MIN_CORE 6 /* the shortest that pwquality judges */
#define SHORT_UNIT 8
#define SHORTEST_PERSONAL 4

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
                             PWQ_SETTING_GECOS_CHECK, PWQ_SETTING_USER_CHECK };
  pwquality_settings_t *quality = pwquality_default_settings ();

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    pwquality_set_int_value (quality, off[i], 0);
  /* Cores of passwords are looked up too; the length of the whole is our own business. */
  pwquality_set_int_value (quality, PWQ_SETTING_MIN_LENGTH, MIN_CORE);
  pwquality_set_int_value (quality, PWQ_SETTING_DICT_CHECK, 1);
  return quality;
}

/* NULL (otherwise transfer full) when @text is not refused. */
static char *
judge (EhcpCommonPasswords *common, const char *text)
{
  char reason[PWQ_MAX_ERROR_MESSAGE_LEN];
  void *detail = NULL;
  int verdict;

  g_mutex_lock (&common->lock);
  verdict = pwquality_check (common->quality, text, NULL, NULL, &detail);
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

/* What a program can make of it without a dictionary. NULL (otherwise transfer full) when it is not refused. */
static char *
judge_shape (const char *folded, const char *const *local)
{
  if (ehcp_key_walk_is_all (folded))
    return g_strdup ("The password is a walk over the keyboard, or counting");
  if (ehcp_common_phrase_is_all (folded, local))
    return g_strdup ("The password is one that many people use, or made of few well-known words");
  return NULL;
}

/* A few characters again and again are no longer than once; more of them are judged as if typed once. */
static char *
judge_repeats (EhcpCommonPasswords *common, const char *text, const char *const *local)
{
  g_autofree char *unit = ehcp_password_text_keep (text, EHCP_KEEP_ALL);
  gsize period = ehcp_password_text_get_period (unit);
  char *found;

  if (period == 0)
    return NULL;
  if (period <= SHORT_UNIT)
    return g_strdup ("The password repeats a few characters");
  unit[period] = '\0';
  found = judge_shape (unit, local);
  return found == NULL && common != NULL ? judge (common, unit) : found;
}

/* "kestrel-kestrel 41" repeats too; but where most of it is digits and signs, they are what counts. */
static char *
judge_repeats_inside (EhcpCommonPasswords *common, const char *folded, const char *const *local)
{
  g_autofree char *core = ehcp_password_text_trim (folded);
  char *found = judge_repeats (common, folded, local);

  return found == NULL && 2 * strlen (core) >= strlen (folded) ? judge_repeats (common, core, local) : found;
}

/* A dictionary that is not there would refuse every password, or none. */
static gboolean
has_dictionary (EhcpCommonPasswords *common)
{
  g_autofree char *rare = judge (common, "vjq7 lomtu werzick 30");
  g_autofree char *plain = judge (common, "password");

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

static char *
judge_words (EhcpCommonPasswords *common, const char *password)
{
  g_autofree char *core = get_core (password);
  gboolean is_repeated = cut_repeats (core);
  char *found = judge (common, password);

  if (found == NULL && strlen (core) >= MIN_CORE)
    found = judge (common, core);
  else if (found == NULL && is_repeated)
    found = g_strdup ("The password repeats a few letters");
  return found;
}

/**
 * ehcp_common_passwords_has:
 * @common: (nullable): the judge; without, the dictionary is not asked
 * @password: what somebody wants to use
 * @local: (nullable): names of the council and its team: a password made of them alone is common here
 * @reason: (out) (optional) (transfer full): why, as a short English sentence without a full stop; %NULL when
 *   it is not common
 *
 * Returns: whether it is one that many people use, or would be guessed as soon: a walk over the keyboard, counting, a
 *   few characters repeated, a word of the dictionary with digits and signs around it, or few well-known words. Any
 *   thread; some milliseconds at most.
 */
gboolean
ehcp_common_passwords_has (EhcpCommonPasswords *common, const char *password, const char *const *local,
                           char **reason)
{
  g_autofree char *folded = ehcp_password_text_fold (password);
  g_autofree char *found = judge_repeats_inside (common, folded, local);
  gboolean is_common;

  if (found == NULL)
    found = judge_shape (folded, local);
  if (found == NULL && common != NULL)
    found = judge_words (common, password);
  is_common = found != NULL;
  if (reason != NULL)
    *reason = g_steal_pointer (&found);
  return is_common;
}

/* An address counts by what stands before the @ too; two or three letters are in too many words. */
static gboolean
holds (const char *folded, const char *personal)
{
  g_autofree char *text = ehcp_password_text_fold (personal);
  g_auto (GStrv) parts = g_strsplit_set (text, "@ ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_utf8_strlen (parts[i], -1) >= SHORTEST_PERSONAL && strstr (folded, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * ehcp_common_passwords_is_personal:
 * @password: what somebody wants to use
 * @personal: %NULL-terminated: their names and address; members may be ""
 *
 * Returns: whether a name or a side of the address of four letters or more is in @password, or whether shorter ones
 *   make it up with well-known words. Any thread; some milliseconds at most.
 */
gboolean
ehcp_common_passwords_is_personal (const char *password, const char *const *personal)
{
  g_autofree char *folded = ehcp_password_text_fold (password);

  for (guint i = 0; personal[i] != NULL; i++)
    if (holds (folded, personal[i]))
      return TRUE;
  return ehcp_common_phrase_is_all (folded, personal) && !ehcp_common_phrase_is_all (folded, NULL);
}
