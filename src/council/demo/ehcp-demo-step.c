/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a command of a step: the command's field table says what is wanted; a member of the step gives it,
 * or it follows from the case. Days in the data are counted from today, "#name" is the id of what an
 * earlier step made. */
#include "ehcp-demo-story-private.h"

#include "ehcp-commands.h"
#include "ehcp-demo-letter.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define DEFAULT_MESSAGE_TYPE "Question about my child’s case"

typedef struct
{
  EhcpDemoStory *story;
  EhcpDemoStep *step;
  EhcpDemoClient *client;
  EhcpJson json;
} Making;

typedef enum
{
  WRITTEN,
  NOT_MINE,
  FAILED
} Writing;

static gint32
find_day (Making *making)
{
  return ehcp_clock_day_of (making->step->at);
}

static EhcpDemoNames
make_names (Making *making, char **child_full, char **adult)
{
  JsonObject *object = making->step->in_case->object;
  GHashTableIter iter;
  gpointer name = NULL;
  JsonObject *person;

  g_hash_table_iter_init (&iter, making->step->in_case->people);
  g_hash_table_iter_next (&iter, &name, NULL);
  person = name != NULL ? ehcp_demo_data_find_person (making->story->data, name) : NULL;
  *child_full = g_strdup_printf ("%s %s", ehcp_json_get_text (object, "child_forename"),
                                 ehcp_json_get_text (object, "child_surname"));
  *adult = person != NULL ? g_strdup_printf ("%s %s", ehcp_json_get_text (person, "title"),
                                             ehcp_json_get_text (person, "surname"))
                          : NULL;
  return (EhcpDemoNames){
    .child = ehcp_json_get_text (object, "child_forename"),
    .child_full = *child_full,
    .adult = *adult,
    .name = person != NULL ? ehcp_json_get_text (person, "forename") : NULL,
    .school = ehcp_json_get_text (object, "school"),
    .today = making->story->today,
    .received = making->step->in_case->received,
    .issued = find_day (making),
  };
}

/* A line for each part. */
static char *
make_address (Making *making)
{
  GHashTableIter iter;
  gpointer name = NULL;
  JsonObject *person;
  g_autoptr (GString) out = NULL;

  g_hash_table_iter_init (&iter, making->step->in_case->people);
  if (!g_hash_table_iter_next (&iter, &name, NULL))
    return NULL;
  person = ehcp_demo_data_find_person (making->story->data, name);
  out = g_string_new (NULL);
  g_string_printf (out, "%s %s %s", ehcp_json_get_text (person, "title"),
                   ehcp_json_get_text (person, "forename"), ehcp_json_get_text (person, "surname"));
  if (ehcp_json_get_text (person, "address") != NULL)
    g_string_append_printf (out, ", %s %s", ehcp_json_get_text (person, "address"),
                            ehcp_json_get_text (person, "postcode"));
  g_string_replace (out, ", ", "\n", 0);
  return g_strdup (out->str);
}

/* Makes the PDF document and uploads it. */
static char *
upload_letter (Making *making, const char *name, GError **error)
{
  JsonObject *letter = ehcp_demo_data_find_letter (making->story->data, name);
  g_autofree char *child_full = NULL;
  g_autofree char *adult = NULL;
  EhcpDemoNames names = make_names (making, &child_full, &adult);
  const EhcpConfig *config = making->story->config;
  g_autofree char *to = make_address (making);
  g_autofree char *sender =
      g_strdup_printf ("%s, County Hall, Wyre Street, Wyre WY1 1AA", config->team);
  g_autofree char *created = ehcp_time_format (making->step->at);
  EhcpDemoSheet sheet = { config->name, sender, to, making->step->in_case->reference, "Priya Nair",
                          "SEND Caseworker", created };
  g_autoptr (GBytes) pdf = NULL;

  if (letter == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "no letter “%s”", name);
      return NULL;
    }
  pdf = ehcp_demo_letter_make (letter, &names, &sheet);
  return ehcp_demo_client_upload (making->client, ehcp_json_get_text (letter, "file"), pdf, error);
}

static Writing
write_upload (Making *making, const EhcpField *field, GError **error)
{
  gboolean is_list = strcmp (field->name, "uploads") == 0;
  const char *letter = ehcp_json_get_text (making->step->object, is_list ? "attach" : "letter");
  g_autofree char *id = NULL;
  const char *ids[] = { NULL, NULL };

  if (letter == NULL || (!is_list && strcmp (field->name, "upload") != 0))
    return NOT_MINE;
  ids[0] = id = upload_letter (making, letter, error);
  if (id == NULL)
    return FAILED;
  if (is_list)
    ehcp_json_list (&making->json, field->name, ids);
  else
    ehcp_json_text (&making->json, field->name, id);
  return WRITTEN;
}

/* To how many cases the person was invited so far. */
static guint
count_invitations (EhcpDemoStory *story, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < story->cases->len; i++)
    n += g_hash_table_contains (((EhcpDemoCase *) g_ptr_array_index (story->cases, i))->people, name);
  return n;
}

/* The newest code that was e-mailed to the person, as they quote it on the telephone. */
static Writing
write_unique_code (Making *making, const EhcpField *field, GError **error)
{
  const char *name = ehcp_json_get_text (making->step->object, "person");
  JsonObject *person = ehcp_demo_data_find_person (making->story->data, name);
  g_autofree char *code = NULL;

  if (strcmp (field->name, "code") != 0)
    return NOT_MINE;
  code = ehcp_demo_client_wait_unique_code (making->client, ehcp_json_get_text (person, "email"),
                                            count_invitations (making->story, name), error);
  if (code == NULL)
    return FAILED;
  ehcp_json_text (&making->json, field->name, code);
  return WRITTEN;
}

/* What follows from the case and the time. */
static Writing
write_known (Making *making, const EhcpField *field)
{
  EhcpDemoCase *demo_case = making->step->in_case;
  const char *name = ehcp_json_get_text (making->step->object, "person");
  const char *own = ehcp_json_get_text (making->step->object, field->name);
  g_autofree char *now = ehcp_time_format (making->step->at);
  char day[EHCP_DATE_LENGTH + 1];
  const char *value = NULL;

  if (strcmp (field->name, "case") == 0)
    value = demo_case->id;
  else if (strcmp (field->name, "person") == 0)
    value = g_hash_table_lookup (demo_case->people, name);
  else if (strcmp (field->name, "caseworker") == 0)
    value = ehcp_demo_client_get_account (making->client);
  else if (strcmp (field->name, "composed_at") == 0)
    value = now;
  else if (strcmp (field->name, "issued") == 0)
    value = ehcp_date_format (find_day (making), day);
  else if (strcmp (field->name, "message_type") == 0 && own == NULL)
    value = DEFAULT_MESSAGE_TYPE;
  else if (strcmp (field->name, "audience") == 0 && own == NULL &&
           ehcp_json_get_text (making->step->object, "letter") != NULL)
    value = "adults";
  if (value == NULL)
    return NOT_MINE;
  ehcp_json_text (&making->json, field->name, value);
  return WRITTEN;
}

static void
write_text (Making *making, const EhcpField *field, const char *text)
{
  g_autofree char *child_full = NULL;
  g_autofree char *adult = NULL;
  EhcpDemoNames names = make_names (making, &child_full, &adult);
  g_autofree char *filled = ehcp_demo_words_fill (text, &names);
  const char *id = *text == '#' ? g_hash_table_lookup (making->story->ids, text + 1) : NULL;

  ehcp_json_text (&making->json, field->name, id != NULL ? id : filled);
}

/* What the step itself says. */
static void
write_own (Making *making, JsonObject *from, const EhcpField *field)
{
  JsonNode *node = json_object_get_member (from, field->name);
  char day[EHCP_DATE_LENGTH + 1];

  if (node == NULL)
    return;
  if (field->kind == EHCP_FIELD_DATE && json_node_get_value_type (node) == G_TYPE_INT64)
    ehcp_json_text (&making->json, field->name,
                    ehcp_date_format (making->story->today + json_node_get_int (node), day));
  else if (field->kind == EHCP_FIELD_BOOL)
    ehcp_json_bool (&making->json, field->name, json_node_get_boolean (node));
  else
    write_text (making, field, json_node_get_string (node));
}

/* Cases and people have their details elsewhere in the data. */
static JsonObject *
find_details (Making *making)
{
  const char *kind = ehcp_json_get_text (making->step->object, "kind");

  if (strcmp (kind, "case.open") == 0)
    return making->step->in_case->object;
  if (strcmp (kind, "person.invite") == 0)
    return ehcp_demo_data_find_person (making->story->data,
                                       ehcp_json_get_text (making->step->object, "person"));
  return making->step->object;
}

static gboolean
write_field (Making *making, const EhcpField *field, GError **error)
{
  Writing writing = write_upload (making, field, error);

  if (writing == NOT_MINE)
    writing = write_unique_code (making, field, error);
  if (writing == NOT_MINE)
    writing = write_known (making, field);
  if (writing == NOT_MINE)
    write_own (making, strcmp (field->name, "kind") == 0 ? making->step->object : find_details (making),
               field);
  return writing != FAILED;
}

static void
list_children (JsonObject *records, const char *invitation, GStrvBuilder *children)
{
  JsonArray *list = ehcp_json_get_array (records, "invitation-child");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *child = json_array_get_object_element (list, i);

      if (g_strcmp0 (ehcp_json_get_text (child, "invitation"), invitation) == 0)
        g_strv_builder_add (children, ehcp_json_get_text (child, "id"));
    }
}

/* A family that has just registered has one invitation: it came by the feed, not with the step. */
static gboolean
write_answer (Making *making, GError **error)
{
  g_autoptr (JsonObject) page = ehcp_demo_client_pull (making->client, NULL, 0, error);
  JsonObject *records = page != NULL ? ehcp_json_get_object (page, "records") : NULL;
  JsonArray *invitations = records != NULL ? ehcp_json_get_array (records, "invitation") : NULL;
  g_autoptr (GStrvBuilder) children = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  const char *invitation;

  if (page == NULL)
    return FALSE;
  if (invitations == NULL || json_array_get_length (invitations) == 0)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "no invitation came by the feed");
      return FALSE;
    }
  invitation = ehcp_json_get_text (json_array_get_object_element (invitations, 0), "id");
  list_children (records, invitation, children);
  ids = g_strv_builder_end (children);
  ehcp_json_text (&making->json, "kind", "invitation.answer");
  ehcp_json_text (&making->json, "invitation", invitation);
  ehcp_json_bool (&making->json, "accept", TRUE);
  ehcp_json_list (&making->json, "children", (const char *const *) ids);
  return TRUE;
}

static gboolean
write_command (Making *making, GError **error)
{
  const char *kind = ehcp_json_get_text (making->step->object, "kind");
  int command = ehcp_command_find (kind);
  const EhcpShape *shape = command >= 0 ? ehcp_command_get_shape (command) : NULL;

  if (command == EHCP_COMMAND_INVITATION_ANSWER)
    return write_answer (making, error);
  if (shape == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "no command “%s”", kind);
      return FALSE;
    }
  for (guint i = 0; i < shape->n_fields; i++)
    if (!write_field (making, &shape->fields[i], error))
      return FALSE;
  return TRUE;
}

/* Remembers what the command made. */
static void
keep_result (Making *making, const char *id, JsonObject *answer)
{
  const char *kind = ehcp_json_get_text (making->step->object, "kind");
  const char *as = ehcp_json_get_text (making->step->object, "as");
  const char *person = ehcp_json_get_text (making->step->object, "person");
  JsonObject *result = ehcp_json_get_object (answer, "result");

  if (as != NULL)
    g_hash_table_insert (making->story->ids, g_strdup (as), g_strdup (id));
  if (strcmp (kind, "person.invite") == 0)
    g_hash_table_insert (making->step->in_case->people, g_strdup (person), g_strdup (id));
  if (strcmp (kind, "case.open") == 0 && result != NULL)
    making->step->in_case->reference = g_strdup (ehcp_json_get_text (result, "reference"));
}

/** ehcp_demo_step_send: Sends a step's command as the person who takes it: "by", else the caseworker. */
gboolean
ehcp_demo_step_send (EhcpDemoStory *story, EhcpDemoStep *step, GError **error)
{
  const char *by = ehcp_json_get_text (step->object, "by");
  gboolean is_opening = g_strcmp0 (ehcp_json_get_text (step->object, "kind"), "case.open") == 0;
  g_autoptr (GString) body = g_string_new (NULL);
  Making making = {
    story, step,
    ehcp_demo_story_get_client (story, by != NULL ? by : ehcp_demo_story_get_caseworker (story)),
    ehcp_json (body),
  };
  g_autofree char *id = is_opening ? g_strdup (step->in_case->id) : ehcp_text_new_id ();
  g_autoptr (JsonObject) answer = NULL;

  ehcp_json_begin (&making.json, NULL, '{');
  if (!write_command (&making, error))
    return FALSE;
  ehcp_json_end (&making.json, '}');
  answer = ehcp_demo_client_command (making.client, id, body->str, error);
  if (answer == NULL)
    return FALSE;
  keep_result (&making, id, answer);
  return TRUE;
}
