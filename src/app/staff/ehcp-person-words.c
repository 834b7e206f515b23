/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far somebody has come on the way into a case, and who sees what there. */
#include "ehcp-person-words.h"

#include <glib/gi18n.h>

#include "ehcp-search-words.h"
#include "ehcp-time-words.h"

static gboolean
has_access (EhcpRecord *person, const char *access)
{
  return g_strcmp0 (ehcp_record_get_text (person, "access"), access) == 0;
}

char *
ehcp_person_words_name (EhcpRecord *person)
{
  return g_strdup_printf ("%s %s", ehcp_record_get_text (person, "forename"),
                          ehcp_record_get_text (person, "surname"));
}

const char *
ehcp_person_words_access (EhcpRecord *person)
{
  static const char *const words[][2] = {
    { "invited", N_("Invited") },   { "verified", N_("Verified") }, { "accepted", N_("Accepted") },
    { "declined", N_("Declined") }, { "active", N_("Active") },     { "withdrawn", N_("Withdrawn") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (has_access (person, words[i][0]))
      return _(words[i][1]);
  return "";
}

EhcpTagTone
ehcp_person_words_tone (EhcpRecord *person)
{
  if (has_access (person, "active"))
    return EHCP_TAG_GOOD;
  return has_access (person, "accepted") ? EHCP_TAG_SOON : EHCP_TAG_PLAIN;
}

EhcpRecord *
ehcp_person_words_contact (EhcpBook *book, EhcpRecord *person)
{
  const GPtrArray *contacts = ehcp_book_peek_case (book, EHCP_KIND_CONTACT, ehcp_record_get_case (person));

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (contacts->pdata[i], "person"), ehcp_record_get_id (person)) == 0)
      return contacts->pdata[i];
  return NULL;
}

static char *
say_since (EhcpRecord *person, EhcpRecord *contact, gint64 now_s)
{
  const char *sent = ehcp_record_get_text (contact, "code_sent_at");
  const char *invited = ehcp_record_get_text (contact, "invited_at");
  g_autofree char *when = NULL;

  if (has_access (person, "invited") && sent != NULL)
    {
      when = ehcp_time_words_of_text (sent, now_s);
      return g_strdup_printf (_("unique code sent %s"), when);
    }
  if (has_access (person, "verified") && invited != NULL)
    {
      when = ehcp_time_words_of_text (invited, now_s);
      return g_strdup_printf (_("invitation sent %s"), when);
    }
  return NULL;
}

char *
ehcp_person_words_line (EhcpBook *book, EhcpRecord *person, gint64 now_s)
{
  EhcpRecord *contact = ehcp_person_words_contact (book, person);
  g_autoptr (GString) line = g_string_new (ehcp_record_get_text (person, "relationship"));
  g_autofree char *since = contact != NULL ? say_since (person, contact, now_s) : NULL;

  if (ehcp_record_get_bool (person, "professional"))
    g_string_append_printf (line, ", %s", _("professional"));
  if (since != NULL)
    g_string_append_printf (line, ", %s", since);
  if (contact != NULL)
    g_string_append_printf (line, "\n%s", ehcp_record_get_text (contact, "email"));
  if (contact != NULL && ehcp_record_get_text (contact, "bounced_at") != NULL)
    {
      g_autofree char *when = ehcp_time_words_of_text (ehcp_record_get_text (contact, "bounced_at"), now_s);

      g_string_append_printf (line, _("\nAn e-mail to this address could not be delivered: %s"), when);
    }
  if (contact != NULL && ehcp_record_get_text (contact, "checked") != NULL)
    g_string_append_printf (line, _("\nIdentity checked by: %s"), ehcp_record_get_text (contact, "checked"));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

EhcpRecord *
ehcp_person_words_find_email (EhcpBook *book, const char *case_id, const char *email)
{
  const GPtrArray *people = ehcp_book_peek_case (book, EHCP_KIND_PERSON, case_id);
  g_autofree char *wanted = g_utf8_strdown (email, -1);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      EhcpRecord *contact = ehcp_person_words_contact (book, people->pdata[i]);
      g_autofree char *own = contact != NULL ? g_utf8_strdown (ehcp_record_get_text (contact, "email"), -1) : NULL;

      if (!has_access (people->pdata[i], "withdrawn") && g_strcmp0 (own, wanted) == 0)
        return people->pdata[i];
    }
  return NULL;
}

EhcpRecord *
ehcp_person_words_find_name (EhcpBook *book, const char *case_id, const char *forename, const char *surname)
{
  const GPtrArray *people = ehcp_book_peek_case (book, EHCP_KIND_PERSON, case_id);
  g_autofree char *name = g_strdup_printf ("%s %s", forename, surname);
  g_autofree char *wanted = ehcp_search_fold (name);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      g_autofree char *other = ehcp_person_words_name (people->pdata[i]);
      g_autofree char *own = ehcp_search_fold (other);

      if (!has_access (people->pdata[i], "withdrawn") && g_str_equal (own, wanted))
        return people->pdata[i];
    }
  return NULL;
}

static char *
join (GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append (text, i + 1 == names->len ? _(" and ") : ", ");
      g_string_append (text, names->pdata[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Parents who live apart see the same unless something was sent to one of them: that is always said. */
char *
ehcp_person_words_audience (EhcpBook *book, const char *case_id)
{
  const GPtrArray *people = ehcp_book_peek_case (book, EHCP_KIND_PERSON, case_id);
  g_autoptr (GPtrArray) adults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) professionals = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *adult_names = NULL;
  g_autofree char *professional_names = NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    if (has_access (people->pdata[i], "active"))
      g_ptr_array_add (ehcp_record_get_bool (people->pdata[i], "professional") ? professionals : adults,
                       ehcp_person_words_name (people->pdata[i]));
  if (adults->len == 0)
    return g_strdup (_("Nobody of the family has access yet: what is published now is seen by staff alone until then."));
  adult_names = join (adults);
  if (professionals->len == 0)
    return g_strdup_printf (ngettext ("What is for all adults is seen by %s.",
                                      "What is for all adults is seen by %s, each of them.", adults->len),
                            adult_names);
  professional_names = join (professionals);
  return g_strdup_printf (_("What is for all adults is seen by %s. Seen only when shared by name: %s."), adult_names,
                          professional_names);
}
