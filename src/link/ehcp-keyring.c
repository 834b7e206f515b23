/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions in the Secret Service, or in what libsecret uses in its place inside a Flatpak. Only
 * ehcp_keyring_unlock() may bring up a prompt: looking and storing fail while the keyring is locked. */
#include "ehcp-keyring.h"

#include "ehcp-wait.h"

#include <libsecret/secret.h>
#include <string.h>

#define CALL_LIMIT_S 10
#define PROMPT_LIMIT_S 180

static const SecretSchema schema = {
  "io.github.ehcp_portal.Session",
  SECRET_SCHEMA_NONE,
  { { "council", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static EhcpKeyringState
judge_error (const GError *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return EHCP_KEYRING_LOCKED;
  return EHCP_KEYRING_NONE;
}

static GHashTable *
make_attributes (const EhcpKeyringPlace *place, const char *account)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "council", g_strdup (place->council));
  g_hash_table_insert (attributes, (gpointer) "folder",
                       g_compute_checksum_for_string (G_CHECKSUM_SHA256, place->folder, -1));
  if (account != NULL)
    g_hash_table_insert (attributes, (gpointer) "account", g_strdup (account));
  return attributes;
}

/* Inside a sandbox libsecret keeps secrets in a file of its own, whose key comes from the Secret portal:
 * there is no service to look at and nothing to unlock. This is libsecret's own rule. */
static gboolean
has_service (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");

  if (backend != NULL)
    return g_str_equal (backend, "service");
  return !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) && g_getenv ("SNAP_NAME") == NULL;
}

/* NULL with *state when there is no Secret Service. */
static SecretService *
open_service (EhcpKeyringState *state, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  g_autoptr (GError) error = NULL;
  SecretService *service = NULL;
  GAsyncResult *result;

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, ehcp_wait_get_cancellable (wait),
                      ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    service = secret_service_get_finish (result, &error);
  *state = service != NULL ? EHCP_KEYRING_WORKS : error != NULL ? judge_error (error) : EHCP_KEYRING_NONE;
  return service;
}

/* NULL without an error: there is none yet, and making it asks for its password. */
static SecretCollection *
open_collection (SecretService *service, GCancellable *cancellable, GError **error)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  GAsyncResult *result;

  secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    return secret_collection_for_alias_finish (result, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the keyring does not answer");
  return NULL;
}

static EhcpKeyringState
look_at (SecretService *service, GCancellable *cancellable)
{
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;

  collection = open_collection (service, cancellable, &error);
  if (error != NULL)
    return judge_error (error);
  return collection != NULL && !secret_collection_get_locked (collection) ? EHCP_KEYRING_WORKS
                                                                          : EHCP_KEYRING_LOCKED;
}

static EhcpKeyringState
get_state (GCancellable *cancellable)
{
  g_autoptr (SecretService) service = NULL;
  EhcpKeyringState state = EHCP_KEYRING_WORKS;

  if (has_service ())
    service = open_service (&state, cancellable);
  return service != NULL ? look_at (service, cancellable) : state;
}

static GList *
search (const EhcpKeyringPlace *place, const char *account, SecretSearchFlags flags, GCancellable *cancellable,
        GError **error)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  g_autoptr (GHashTable) attributes = make_attributes (place, account);
  GAsyncResult *result;

  secret_password_searchv (&schema, attributes, flags, ehcp_wait_get_cancellable (wait),
                           ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    return secret_password_search_finish (result, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the keyring does not answer");
  return NULL;
}

static EhcpSession *
read_item (SecretRetrievable *item, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  g_autoptr (SecretValue) value = NULL;
  const char *text;
  GAsyncResult *result;

  secret_retrievable_retrieve_secret (item, ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    value = secret_retrievable_retrieve_secret_finish (item, result, NULL);
  text = value != NULL ? secret_value_get_text (value) : NULL;
  return text != NULL ? ehcp_session_parse (text) : NULL;
}

static void
look_into (SecretRetrievable *item, EhcpKeyringFound *found, GCancellable *cancellable)
{
  g_autoptr (EhcpSession) session = NULL;

  if (SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item)))
    {
      found->is_hidden = TRUE;
      return;
    }
  session = read_item (item, cancellable);
  if (session == NULL ||
      (found->session != NULL && found->session->signed_in_at > session->signed_in_at))
    return;
  g_clear_pointer (&found->session, ehcp_session_free);
  found->session = g_steal_pointer (&session);
}

/**
 * ehcp_keyring_find:
 * @place: the council's address, and the folder of the offline copies
 * @account: (nullable): of one account; %NULL: whoever signed in last
 * @found: (out): the keyring's state, and the session when there is one that can be read
 * @cancellable: (nullable): ends the wait
 *
 * Never brings up a prompt. Blocks, for some seconds at most.
 */
void
ehcp_keyring_find (const EhcpKeyringPlace *place, const char *account, EhcpKeyringFound *found,
                   GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GList *items;

  *found = (EhcpKeyringFound){ .state = get_state (cancellable) };
  if (found->state == EHCP_KEYRING_NONE)
    return;
  items = search (place, account, SECRET_SEARCH_ALL, cancellable, &error);
  if (error != NULL)
    found->state = judge_error (error);
  for (GList *l = items; l != NULL; l = l->next)
    look_into (l->data, found, cancellable);
  g_list_free_full (items, g_object_unref);
  if (found->is_hidden && found->session == NULL)
    found->state = EHCP_KEYRING_LOCKED;
}

static gboolean
create_collection (SecretService *service, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (PROMPT_LIMIT_S, cancellable);
  g_autoptr (SecretCollection) collection = NULL;
  GAsyncResult *result;

  secret_collection_create (service, "Login", SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_CREATE_NONE,
                            ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    collection = secret_collection_create_finish (result, NULL);
  return collection != NULL;
}

static void
unlock_objects (SecretService *service, GList *objects, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (PROMPT_LIMIT_S, cancellable);
  GAsyncResult *result;

  secret_service_unlock (service, objects, ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    secret_service_unlock_finish (service, result, NULL, NULL);
}

static void
unlock_service (SecretService *service, const EhcpKeyringPlace *place, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  SecretCollection *collection = open_collection (service, cancellable, &error);
  GList *objects;

  if (collection == NULL && error == NULL)
    {
      create_collection (service, cancellable);
      return;
    }
  objects = search (place, NULL, SECRET_SEARCH_ALL, cancellable, NULL);
  if (collection != NULL)
    objects = g_list_prepend (objects, collection);
  if (objects != NULL)
    unlock_objects (service, objects, cancellable);
  g_list_free_full (objects, g_object_unref);
}

/**
 * ehcp_keyring_unlock:
 * @place: the council's address, and the folder of the offline copies
 * @cancellable: (nullable): ends the wait
 *
 * Lets the keyring ask the person for its password. Blocks until they answered, for three minutes at most.
 *
 * Returns: %EHCP_KEYRING_WORKS, %EHCP_KEYRING_NONE, or %EHCP_KEYRING_DISMISSED when it is still locked
 */
EhcpKeyringState
ehcp_keyring_unlock (const EhcpKeyringPlace *place, GCancellable *cancellable)
{
  EhcpKeyringState state = EHCP_KEYRING_NONE;
  g_autoptr (SecretService) service = NULL;

  if (!has_service ())
    return EHCP_KEYRING_WORKS;
  service = open_service (&state, cancellable);
  if (service == NULL)
    return state;
  state = look_at (service, cancellable);
  if (state == EHCP_KEYRING_LOCKED)
    {
      unlock_service (service, place, cancellable);
      state = look_at (service, cancellable);
    }
  return state == EHCP_KEYRING_LOCKED ? EHCP_KEYRING_DISMISSED : state;
}

static EhcpKeyringState
store_text (const EhcpKeyringPlace *place, const EhcpSession *session, const char *text, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  g_autoptr (GHashTable) attributes = make_attributes (place, session->account);
  g_autofree char *label = g_strdup_printf ("EHCP Portal: %s", place->council);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result;

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, text,
                          ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb, wait);
  result = ehcp_wait_run (wait);
  if (result == NULL)
    return EHCP_KEYRING_LOCKED;
  if (!secret_password_store_finish (result, &error))
    return judge_error (error);
  return EHCP_KEYRING_WORKS;
}

/**
 * ehcp_keyring_store:
 * @place: the council's address, and the folder of the offline copies
 * @session: what to keep, in the place of an older one of the same account
 * @cancellable: (nullable): ends the wait
 *
 * Never brings up a prompt. Blocks, for some seconds at most.
 *
 * Returns: %EHCP_KEYRING_WORKS when it is kept
 */
EhcpKeyringState
ehcp_keyring_store (const EhcpKeyringPlace *place, const EhcpSession *session, GCancellable *cancellable)
{
  EhcpKeyringState state = get_state (cancellable);
  g_autofree char *text = NULL;

  if (state != EHCP_KEYRING_WORKS)
    return state;
  text = ehcp_session_format (session);
  state = store_text (place, session, text, cancellable);
  explicit_bzero (text, strlen (text));
  return state;
}

/** ehcp_keyring_remove: Forgets the session of one account; one that is not there is no mistake. Blocks,
 * for some seconds at most. */
void
ehcp_keyring_remove (const EhcpKeyringPlace *place, const char *account, GCancellable *cancellable)
{
  g_autoptr (EhcpWait) wait = ehcp_wait_begin (CALL_LIMIT_S, cancellable);
  g_autoptr (GHashTable) attributes = make_attributes (place, account);
  GAsyncResult *result;

  secret_password_clearv (&schema, attributes, ehcp_wait_get_cancellable (wait), ehcp_wait_ready_cb,
                          wait);
  result = ehcp_wait_run (wait);
  if (result != NULL)
    secret_password_clear_finish (result, NULL);
}
