/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, in a sentence for people: by the error's code and the field at fault, never by its
 * message, which is for a log. Each says what to do next. */
#include "ehcp-error-words.h"

#include <glib/gi18n.h>

#include "ehcp-error.h"

typedef struct
{
  int code;
  const char *field; /* NULL: any */
  const char *words;
} Words;

/* The first that fits: those with a field stand before those without. */
static const Words table[] = {
  { EHCP_ERROR_WRONG_CREDENTIALS, NULL,
    N_("This e-mail address and password do not match an account. Check both and try again.") },

  { EHCP_ERROR_WRONG_CODE, NULL,
    N_("That is not the code that we sent last. Check the newest e-mail.") },
  { EHCP_ERROR_EXPIRED, NULL,
    N_("This code does not work any more. Ask for a new one.") },

  { EHCP_ERROR_NOT_FOUND, "code",
    N_("This code is not for your e-mail address. Check it, and that you signed in with the address "
       "that the invitation came to.") },
  { EHCP_ERROR_MALFORMED, "code", N_("Check the code: it does not look complete.") },
  { EHCP_ERROR_MISSING, "code", N_("Enter the code.") },

  { EHCP_ERROR_MALFORMED, "email", N_("Enter an e-mail address, such as name@example.org.") },
  { EHCP_ERROR_MISSING, "email", N_("Enter your e-mail address.") },
  { EHCP_ERROR_CONFLICT, "email", N_("This e-mail address is in use already.") },
  { EHCP_ERROR_CONFLICT, "title", N_("There is one of this name already. Choose another name.") },
  { EHCP_ERROR_MALFORMED, "postcode", N_("Enter a full postcode, such as WY4 2QR.") },
  { EHCP_ERROR_MISSING, "postcode", N_("Enter your postcode.") },
  { EHCP_ERROR_MISSING, "forename", N_("Enter your forename.") },
  { EHCP_ERROR_MISSING, "surname", N_("Enter your surname.") },
  { EHCP_ERROR_MISSING, "date_of_birth", N_("Enter your date of birth.") },
  { EHCP_ERROR_RANGE, "date_of_birth", N_("Check your date of birth.") },
  { EHCP_ERROR_MALFORMED, "date_of_birth", N_("Check your date of birth.") },
  { EHCP_ERROR_MISSING, "telephone", N_("Enter your telephone number.") },
  { EHCP_ERROR_MISSING, "address", N_("Enter your address.") },
  { EHCP_ERROR_MISSING, "relationship", N_("Enter your relationship to the child.") },
  { EHCP_ERROR_MISSING, "password", N_("Enter your password.") },
  { EHCP_ERROR_RANGE, "password",
    N_("Choose another password: this one is too short, too long, or easy to guess.") },
  { EHCP_ERROR_MISSING, "new_password", N_("Enter a new password.") },
  { EHCP_ERROR_RANGE, "new_password",
    N_("Choose another password: this one is too short, too long, or easy to guess.") },
  { EHCP_ERROR_WRONG_CREDENTIALS, "password", N_("This is not your password now.") },
  { EHCP_ERROR_MISSING, "subject", N_("Enter a subject.") },
  { EHCP_ERROR_MISSING, "text", N_("Write your message.") },
  { EHCP_ERROR_RANGE, "subject", N_("The subject is too long. Shorten it.") },
  { EHCP_ERROR_RANGE, "text", N_("The text is too long. Shorten it, or send it in two parts.") },

  { EHCP_ERROR_TOO_LARGE, "case",
    N_("The room for documents about this child is full. Ask your caseworker to make room.") },
  { EHCP_ERROR_INFECTED, NULL,
    N_("A virus was found in this file, so it was not stored. Check your computer, then send a clean copy.") },
  { EHCP_ERROR_MALFORMED, NULL, N_("Something here could not be read by the council. Check what you typed.") },
  { EHCP_ERROR_MISSING, NULL, N_("Something is missing. Check what you typed.") },
  { EHCP_ERROR_RANGE, NULL, N_("Something is too long or not possible. Check what you typed.") },
  { EHCP_ERROR_NOT_SIGNED_IN, NULL, N_("You have been signed out. Sign in again to go on.") },
  { EHCP_ERROR_ACCOUNT_DISABLED, NULL, N_("Your council has ended this account.") },
  { EHCP_ERROR_NOT_ALLOWED, NULL, N_("Your account may not do this. Ask the SEND team.") },
  { EHCP_ERROR_NOT_FOUND, NULL, N_("The council no longer shares this with you.") },
  { EHCP_ERROR_STALE, NULL, N_("This was changed in the meantime. Look at it again.") },
  { EHCP_ERROR_CONFLICT, NULL, N_("This was done already, or cannot be done now.") },
  { EHCP_ERROR_TOO_LARGE, NULL, N_("This is too large to be sent.") },
  { EHCP_ERROR_UNSUPPORTED_TYPE, NULL, N_("The council does not accept this kind of file.") },
  { EHCP_ERROR_BUSY, NULL, N_("The council’s server is busy. Wait a moment and try again.") },
  { EHCP_ERROR_STORAGE, NULL,
    N_("The council’s server could not store this. Nothing is lost here. Wait a moment and try again.") },
  { EHCP_ERROR_OFFLINE, NULL,
    N_("The council cannot be reached. Check your connection to the internet and try again.") },
  { EHCP_ERROR_KEYRING, NULL, N_("The keyring of this computer is locked or does not answer.") },
};

static char *
words_for_too_many (const GError *error)
{
  int seconds = ehcp_error_get_retry_after (error);
  int minutes = (seconds + 59) / 60;

  if (seconds <= 0)
    return g_strdup (_("That was tried too often. Wait a little and try again."));
  if (seconds < 60)
    return g_strdup_printf (ngettext ("That was tried too often. You can try again in %d second.",
                                      "That was tried too often. You can try again in %d seconds.",
                                      (gulong) seconds),
                            seconds);
  return g_strdup_printf (ngettext ("That was tried too often. You can try again in %d minute.",
                                    "That was tried too often. You can try again in %d minutes.",
                                    (gulong) minutes),
                          minutes);
}

static char *
words_for_file (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_("There is no space left on this computer."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_("This computer does not let the program write or read there."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_("The file is not there any more."));
  return g_strdup (_("That did not work. Nothing that you typed is lost."));
}

/* One or two whole sentences (transfer full), for any error. */
char *
ehcp_error_words (const GError *error)
{
  const char *field = ehcp_error_words_get_field (error);

  g_return_val_if_fail (error != NULL, NULL);
  if (error->domain != EHCP_ERROR)
    return words_for_file (error);
  if (error->code == EHCP_ERROR_TOO_MANY)
    return words_for_too_many (error);
  if (field != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
      if (table[i].code == error->code && g_strcmp0 (table[i].field, field) == 0)
        return g_strdup (_(table[i].words));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].code == error->code && table[i].field == NULL)
      return g_strdup (_(table[i].words));
  return g_strdup (_("The council’s server gave an answer that this program does not understand. "
                     "Try again; if it happens again, call the SEND team."));
}

/* The name of the field at fault, "email" of "/email"; NULL when no one field is. */
const char *
ehcp_error_words_get_field (const GError *error)
{
  const char *field = ehcp_error_get_field (error);

  if (field == NULL || field[0] != '/' || field[1] == '\0')
    return NULL;
  return field + 1;
}
