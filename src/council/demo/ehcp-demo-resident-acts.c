/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the resident caseworker does: each act is one or two commands, as any caseworker's program would
 * send them. */
#include "ehcp-demo-resident-private.h"

#include "ehcp-demo-words.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_CODES 4

/* A command in the making: begin, add members to `json`, send. */
typedef struct
{
  GString *body;
  EhcpJson json;
} Command;

static Command
begin (const char *kind, JsonObject *record)
{
  Command command = { .body = g_string_new (NULL) };

  command.json = ehcp_json (command.body);
  ehcp_json_begin (&command.json, NULL, '{');
  ehcp_json_text (&command.json, "kind", kind);
  ehcp_json_text (&command.json, "case", ehcp_json_get_text (record, "case"));
  return command;
}

static gboolean
send_command (EhcpDemoResident *resident, Command *command, GError **error)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (GString) body = g_steal_pointer (&command->body);
  g_autoptr (JsonObject) answer = NULL;

  command->json.out = body;
  ehcp_json_end (&command->json, '}');
  answer = ehcp_demo_client_command (resident->client, id, body->str, error);
  return answer != NULL;
}

static gboolean
send_on (EhcpDemoResident *resident, const char *kind, const char *member, JsonObject *record,
         GError **error)
{
  Command command = begin (kind, record);

  ehcp_json_text (&command.json, member, ehcp_json_get_text (record, "id"));
  return send_command (resident, &command, error);
}

static gboolean
try_code (EhcpDemoResident *resident, JsonObject *person, const char *code, GError **error)
{
  Command command = begin ("identity.verify", person);

  ehcp_json_text (&command.json, "person", ehcp_json_get_text (person, "id"));
  ehcp_json_text (&command.json, "code", code);
  ehcp_json_text (&command.json, "checked", "Date of birth and address, on the telephone");
  return send_command (resident, &command, error);
}

/** ehcp_demo_resident_verify: The family rings and quotes the code of the e-mail: the newest that fits. */
gboolean
ehcp_demo_resident_verify (EhcpDemoResident *resident, JsonObject *person, GError **error)
{
  JsonObject *contact = g_hash_table_lookup (resident->contacts, ehcp_json_get_text (person, "id"));
  g_auto (GStrv) codes = NULL;

  codes = ehcp_demo_client_list_unique_codes (resident->client, ehcp_json_get_text (contact, "email"));
  for (guint i = 0; codes[i] != NULL && i < MAX_CODES; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (try_code (resident, person, codes[i], &failure))
        return TRUE;
      if (!g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_WRONG_CODE))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  ehcp_set_error (error, EHCP_ERROR_WRONG_CODE, NULL, "no code in the mailbox fits");
  return FALSE;
}

/** ehcp_demo_resident_activate: Opens the case to a person who has accepted. */
gboolean
ehcp_demo_resident_activate (EhcpDemoResident *resident, JsonObject *person, GError **error)
{
  return send_on (resident, "access.activate", "person", person, error);
}

/** ehcp_demo_resident_read: Opens a message, so that the family sees "Read". */
gboolean
ehcp_demo_resident_read (EhcpDemoResident *resident, JsonObject *message, GError **error)
{
  return send_on (resident, "message.read", "message", message, error);
}

static EhcpDemoNames
make_names (EhcpDemoResident *resident, const char *case_id, const char *person_id)
{
  JsonObject *in_case = g_hash_table_lookup (resident->records, case_id);
  JsonObject *person = person_id != NULL ? g_hash_table_lookup (resident->records, person_id) : NULL;

  return (EhcpDemoNames){
    .child = in_case != NULL ? ehcp_json_get_text (in_case, "child_forename") : "your child",
    .name = person != NULL ? ehcp_json_get_text (person, "forename") : "parent",
  };
}

static gboolean
has_word (JsonObject *reply, const char *text)
{
  JsonArray *words = ehcp_json_get_array (reply, "words");

  for (guint i = 0; i < json_array_get_length (words); i++)
    if (strstr (text, json_array_get_string_element (words, i)) != NULL)
      return TRUE;
  return FALSE;
}

/* The next answer without a word that fits, so that no thread gets the same one twice in a row. */
static const char *
choose_other (EhcpDemoResident *resident, const char *thread)
{
  JsonArray *others = ehcp_json_get_array (ehcp_demo_data_get_replies (resident->data), "others");
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (resident->n_replies, thread));

  g_hash_table_insert (resident->n_replies, g_strdup (thread), GUINT_TO_POINTER (n + 1));
  return json_array_get_string_element (others, n % json_array_get_length (others));
}

/* By what the message is about: its subject and its text. */
static const char *
choose_reply (EhcpDemoResident *resident, JsonObject *message)
{
  JsonArray *replies = ehcp_json_get_array (ehcp_demo_data_get_replies (resident->data), "replies");
  g_autofree char *both = g_strdup_printf ("%s %s", ehcp_json_get_text (message, "subject"),
                                           ehcp_json_get_text (message, "text"));
  g_autofree char *text = g_utf8_strdown (both, -1);

  for (guint i = 0; i < json_array_get_length (replies); i++)
    {
      JsonObject *reply = json_array_get_object_element (replies, i);

      if (has_word (reply, text))
        return ehcp_json_get_text (reply, "text");
    }
  return choose_other (resident, ehcp_json_get_text (message, "thread"));
}

static gboolean
write_to (EhcpDemoResident *resident, Command *command, const char *person, const char *subject,
          const char *text, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *composed_at = ehcp_time_format (g_date_time_to_unix (now));
  const char *const named[] = { person, NULL };

  ehcp_json_text (&command->json, "subject", subject);
  ehcp_json_text (&command->json, "text", text);
  ehcp_json_text (&command->json, "composed_at", composed_at);
  ehcp_json_text (&command->json, "audience", "named");
  ehcp_json_list (&command->json, "named", named);
  return send_command (resident, command, error);
}

/** ehcp_demo_resident_reply: Answers in the same thread, to the one who wrote. */
gboolean
ehcp_demo_resident_reply (EhcpDemoResident *resident, JsonObject *message, GError **error)
{
  const char *sender = ehcp_json_get_text (message, "sender");
  EhcpDemoNames names = make_names (resident, ehcp_json_get_text (message, "case"), sender);
  g_autofree char *text = ehcp_demo_words_fill (choose_reply (resident, message), &names);
  Command command = begin ("message.send", message);

  ehcp_json_text (&command.json, "thread", ehcp_json_get_text (message, "thread"));
  ehcp_json_text (&command.json, "message_type", ehcp_json_get_text (message, "message_type"));
  return write_to (resident, &command, sender, ehcp_json_get_text (message, "subject"), text, error);
}

/** ehcp_demo_resident_accept_form: Accepts a form that came in, and says so in a message. */
gboolean
ehcp_demo_resident_accept_form (EhcpDemoResident *resident, JsonObject *form, GError **error)
{
  JsonObject *words = ehcp_json_get_object (ehcp_demo_data_get_replies (resident->data), "form");
  const char *person = ehcp_json_get_text (form, "person");
  EhcpDemoNames names = make_names (resident, ehcp_json_get_text (form, "case"), person);
  g_autofree char *text = NULL;
  Command command;

  names.title = ehcp_json_get_text (form, "title");
  names.reference = ehcp_json_get_text (form, "reference");
  text = ehcp_demo_words_fill (ehcp_json_get_text (words, "text"), &names);
  if (!send_on (resident, "form.accept", "form", form, error))
    return FALSE;
  command = begin ("message.send", form);
  ehcp_json_text (&command.json, "message_type", resident->message_type);
  return write_to (resident, &command, person, ehcp_json_get_text (words, "subject"), text, error);
}
