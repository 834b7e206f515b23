/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays the steps of all cases in the order of their times, with the council's clock set to each: so what
 * was received, read and entered when is as it would be. How a step becomes a command is the business of
 * ehcp-demo-step.c. */
#include "ehcp-demo-story-private.h"

#include "ehcp-demo-words.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

static EhcpDemoCase *
make_case (JsonObject *object, gint32 today)
{
  EhcpDemoCase *demo_case = g_new0 (EhcpDemoCase, 1);

  demo_case->object = object;
  demo_case->id = ehcp_text_new_id ();
  demo_case->received = today + ehcp_json_get_int (object, "received");
  demo_case->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return demo_case;
}

static void
free_case (gpointer data)
{
  EhcpDemoCase *demo_case = data;

  g_clear_pointer (&demo_case->id, g_free);
  g_clear_pointer (&demo_case->reference, g_free);
  g_clear_pointer (&demo_case->people, g_hash_table_unref);
  g_free (demo_case);
}

static gint
compare_steps (gconstpointer a, gconstpointer b)
{
  const EhcpDemoStep *one = *(const EhcpDemoStep *const *) a;
  const EhcpDemoStep *two = *(const EhcpDemoStep *const *) b;

  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  return one->position < two->position ? -1 : 1;
}

static void
add_steps (EhcpDemoStory *story, EhcpDemoCase *demo_case)
{
  JsonArray *steps = ehcp_json_get_array (demo_case->object, "steps");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      EhcpDemoStep *step = g_new0 (EhcpDemoStep, 1);

      step->object = json_array_get_object_element (steps, i);
      step->in_case = demo_case;
      step->at = ehcp_demo_words_time (ehcp_json_get_text (step->object, "at"), story->today, story->now);
      step->position = story->steps->len;
      g_ptr_array_add (story->steps, step);
    }
}

static void
set_clock (EhcpDemoStory *story, gint64 unix_s)
{
  ehcp_clock_advance (story->clock, unix_s - ehcp_clock_now (story->clock));
}

/**
 * ehcp_demo_story_new:
 * @data: outlives the story
 * @config: the council's
 * @url: where the council's server listens
 * @clock: the council's; set back here to the day on which the story begins
 *
 * Returns: (transfer full): a story that has not begun
 */
EhcpDemoStory *
ehcp_demo_story_new (EhcpDemoData *data, const EhcpConfig *config, const char *url, EhcpClock *clock)
{
  EhcpDemoStory *story = g_new0 (EhcpDemoStory, 1);
  g_autoptr (GPtrArray) cases = ehcp_demo_data_list_cases (data);

  story->data = data;
  story->config = config;
  story->url = g_strdup (url);
  story->clock = g_object_ref (clock);
  story->now = ehcp_clock_now (clock);
  story->today = ehcp_clock_today (clock);
  story->clients =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ehcp_demo_client_free);
  story->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  story->cases = g_ptr_array_new_with_free_func (free_case);
  story->steps = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cases->len; i++)
    {
      EhcpDemoCase *demo_case = make_case (g_ptr_array_index (cases, i), story->today);

      g_ptr_array_add (story->cases, demo_case);
      add_steps (story, demo_case);
    }
  g_ptr_array_sort (story->steps, compare_steps);
  set_clock (story, ((EhcpDemoStep *) g_ptr_array_index (story->steps, 0))->at - 60);
  return story;
}

/** ehcp_demo_story_free: Gives it back; the sessions of the families stay on the server. */
void
ehcp_demo_story_free (EhcpDemoStory *story)
{
  g_clear_pointer (&story->steps, g_ptr_array_unref);
  g_clear_pointer (&story->cases, g_ptr_array_unref);
  g_clear_pointer (&story->ids, g_hash_table_unref);
  g_clear_pointer (&story->clients, g_hash_table_unref);
  g_clear_object (&story->clock);
  g_clear_pointer (&story->url, g_free);
  g_free (story);
}

/** ehcp_demo_story_get_caseworker: Returns: (transfer none): the caseworker's name in the data. */
const char *
ehcp_demo_story_get_caseworker (EhcpDemoStory *story)
{
  return ehcp_json_get_text (
      json_array_get_object_element (ehcp_demo_data_get_staff (story->data), 0), "name");
}

/** ehcp_demo_story_get_client: Returns: (transfer none): the client of that person; made when it is new. */
EhcpDemoClient *
ehcp_demo_story_get_client (EhcpDemoStory *story, const char *name)
{
  EhcpDemoClient *client = g_hash_table_lookup (story->clients, name);

  if (client == NULL)
    {
      client = ehcp_demo_client_new (story->url, story->config->mail_folder);
      g_hash_table_insert (story->clients, g_strdup (name), client);
    }
  return client;
}

static gboolean
sign_in (EhcpDemoStory *story, JsonObject *person, GError **error)
{
  EhcpDemoClient *client = ehcp_demo_story_get_client (story, ehcp_json_get_text (person, "name"));

  return ehcp_demo_client_sign_in (client, ehcp_json_get_text (person, "email"),
                                   ehcp_json_get_text (person, "password"), error);
}

/**
 * ehcp_demo_story_begin:
 * @story: a new story
 * @staff_code: the code of the caseworker's one-use link
 * @error: return location
 *
 * Gives the caseworker a password and signs in.
 *
 * Returns: whether it could begin
 */
gboolean
ehcp_demo_story_begin (EhcpDemoStory *story, const char *staff_code, GError **error)
{
  JsonObject *person = json_array_get_object_element (ehcp_demo_data_get_staff (story->data), 0);
  EhcpDemoClient *client = ehcp_demo_story_get_client (story, ehcp_json_get_text (person, "name"));
  g_autoptr (GString) body = g_string_new (NULL);
  EhcpJson json = ehcp_json (body);
  g_autoptr (JsonObject) answer = NULL;

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "code", staff_code);
  ehcp_json_text (&json, "password", ehcp_json_get_text (person, "password"));
  ehcp_json_end (&json, '}');
  answer = ehcp_demo_client_call (client, "POST", "/v1/staff-links/finish", body->str, error);
  if (answer == NULL)
    return FALSE;
  return sign_in (story, person, error);
}

static char *
make_registration (JsonObject *person)
{
  static const char *const members[] = { "title", "forename", "surname", "date_of_birth", "telephone",
                                         "address", "postcode", "relationship", "email", "password" };
  g_autoptr (GString) body = g_string_new (NULL);
  EhcpJson json = ehcp_json (body);

  ehcp_json_begin (&json, NULL, '{');
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    ehcp_json_text (&json, members[i], ehcp_json_get_text (person, members[i]));
  ehcp_json_end (&json, '}');
  return g_strdup (body->str);
}

static gboolean
register_person (EhcpDemoStory *story, JsonObject *person, GError **error)
{
  EhcpDemoClient *client = ehcp_demo_story_get_client (story, ehcp_json_get_text (person, "name"));
  g_autofree char *body = make_registration (person);
  g_autoptr (JsonObject) started =
      ehcp_demo_client_call (client, "POST", "/v1/registrations", body, error);
  g_autofree char *digits = NULL;
  g_autofree char *path = NULL;
  g_autofree char *code = NULL;
  g_autoptr (JsonObject) verified = NULL;

  if (started == NULL)
    return FALSE;
  digits = ehcp_demo_client_wait_digits (client, ehcp_json_get_text (person, "email"), error);
  if (digits == NULL)
    return FALSE;
  path = g_strdup_printf ("/v1/registrations/%s/verify", ehcp_json_get_text (started, "id"));
  code = g_strdup_printf ("{\"code\":\"%s\"}", digits);
  verified = ehcp_demo_client_call (client, "POST", path, code, error);
  return verified != NULL && sign_in (story, person, error);
}

static gboolean
play_step (EhcpDemoStory *story, EhcpDemoStep *step, GError **error)
{
  const char *kind = ehcp_json_get_text (step->object, "kind");
  const char *person = ehcp_json_get_text (step->object, "person");
  const char *own = ehcp_json_get_text (step->object, "by");
  const char *by = own != NULL ? own : ehcp_demo_story_get_caseworker (story);
  g_autoptr (GError) failure = NULL;

  /* The clock runs on while steps are played: it is never set back. */
  if (step->at > ehcp_clock_now (story->clock))
    set_clock (story, step->at);
  if (strcmp (kind, "register") == 0)
    return register_person (story, ehcp_demo_data_find_person (story->data, person), error);
  if (ehcp_demo_step_send (story, step, &failure))
    return TRUE;
  if (!g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_NOT_SIGNED_IN))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* Months have passed: the session has ended. */
  return sign_in (story, ehcp_demo_data_find_person (story->data, by), error) &&
         ehcp_demo_step_send (story, step, error);
}

/**
 * ehcp_demo_story_play:
 * @story: a story that has begun
 * @error: return location
 *
 * Plays it to its end and sets the clock to the time at which it was made.
 *
 * Returns: whether each step was accepted; the error names the one that was not
 */
gboolean
ehcp_demo_story_play (EhcpDemoStory *story, GError **error)
{
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < story->steps->len; i++)
    {
      EhcpDemoStep *step = g_ptr_array_index (story->steps, i);

      if (!play_step (story, step, error))
        {
          g_prefix_error (error, "%s of %s at %s: ", ehcp_json_get_text (step->object, "kind"),
                          ehcp_json_get_text (step->in_case->object, "name"),
                          ehcp_json_get_text (step->object, "at"));
          return FALSE;
        }
    }
  set_clock (story, story->now + (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return TRUE;
}

/** ehcp_demo_story_steal_caseworker: Returns: (transfer full): the caseworker's client, signed in. */
EhcpDemoClient *
ehcp_demo_story_steal_caseworker (EhcpDemoStory *story)
{
  g_autofree char *key = NULL;
  EhcpDemoClient *client = NULL;

  g_hash_table_steal_extended (story->clients, ehcp_demo_story_get_caseworker (story), (gpointer *) &key,
                               (gpointer *) &client);
  return client;
}
