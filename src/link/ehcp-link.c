/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The link's frame: properties and what it owns. Signing in, the outbox and documents are in files of
 * their own (ehcp-link-*.c). */
#include "ehcp-link-private.h"

#define ACCOUNT_TIMEOUT_S 20
#define DOCUMENTS_TIMEOUT_S 30

enum
{
  PROP_URL = 1,
  PROP_SERVICE,
  PROP_STATUS,
  PROP_KEYRING,
  PROP_MEMORY_ONLY,
  PROP_ONLINE,
  PROP_SYNCING,
  PROP_SESSION_ENDS_AT,
  PROP_UPDATED_AT,
  PROP_FIRST_SYNC,
  PROP_N_WAITING,
  PROP_N_REFUSED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpLink, ehcp_link, G_TYPE_OBJECT)

static void
ehcp_link_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpLink *link = EHCP_LINK (object);

  switch (id)
    {
    case PROP_URL:
      g_value_set_string (value, link->url);
      break;
    case PROP_SERVICE:
      g_value_set_object (value, link->service);
      break;
    case PROP_STATUS:
      g_value_set_int (value, link->status);
      break;
    case PROP_KEYRING:
      g_value_set_int (value, link->keyring);
      break;
    case PROP_MEMORY_ONLY:
      g_value_set_boolean (value, link->is_memory_only);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, link->is_online);
      break;
    case PROP_SYNCING:
      g_value_set_boolean (value, link->is_syncing);
      break;
    case PROP_SESSION_ENDS_AT:
      g_value_set_int64 (value, link->session_ends_at);
      break;
    case PROP_UPDATED_AT:
      g_value_set_int64 (value, link->updated_at);
      break;
    case PROP_FIRST_SYNC:
      g_value_set_boolean (value, link->has_first_sync);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, link->n_waiting);
      break;
    case PROP_N_REFUSED:
      g_value_set_uint (value, link->n_refused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_link_dispose (GObject *object)
{
  ehcp_link_close (EHCP_LINK (object));
  G_OBJECT_CLASS (ehcp_link_parent_class)->dispose (object);
}

static void
ehcp_link_finalize (GObject *object)
{
  EhcpLink *link = EHCP_LINK (object);

  g_clear_object (&link->closing);
  g_clear_object (&link->unlocking);
  g_clear_pointer (&link->answers, g_hash_table_unref);
  g_clear_pointer (&link->kept, g_hash_table_unref);
  g_clear_pointer (&link->keep_all, g_hash_table_unref);
  g_clear_pointer (&link->authenticator, ehcp_authenticator_free);
  g_clear_pointer (&link->outbox, ehcp_outbox_free);
  g_clear_object (&link->service);
  g_clear_object (&link->book);
  g_clear_object (&link->clock);
  ehcp_link_take_typed (link, NULL);
  g_clear_pointer (&link->wanted, g_free);
  g_clear_pointer (&link->cache_dir, g_free);
  g_clear_pointer (&link->url, g_free);
  G_OBJECT_CLASS (ehcp_link_parent_class)->finalize (object);
}

static void
ehcp_link_class_init (EhcpLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ehcp_link_get_property;
  object_class->dispose = ehcp_link_dispose;
  object_class->finalize = ehcp_link_finalize;
  props[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  props[PROP_SERVICE] = g_param_spec_object ("service", NULL, NULL, EHCP_TYPE_SERVICE, flags);
  props[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, EHCP_LINK_STARTING, EHCP_LINK_OVERDUE,
                                         EHCP_LINK_STARTING, flags);
  props[PROP_KEYRING] = g_param_spec_int ("keyring", NULL, NULL, EHCP_KEYRING_WORKS,
                                          EHCP_KEYRING_DISMISSED, EHCP_KEYRING_WORKS, flags);
  props[PROP_MEMORY_ONLY] = g_param_spec_boolean ("is-memory-only", NULL, NULL, FALSE, flags);
  props[PROP_ONLINE] = g_param_spec_boolean ("is-online", NULL, NULL, TRUE, flags);
  props[PROP_SYNCING] = g_param_spec_boolean ("is-syncing", NULL, NULL, FALSE, flags);
  props[PROP_SESSION_ENDS_AT] = g_param_spec_int64 ("session-ends-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_UPDATED_AT] = g_param_spec_int64 ("updated-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_FIRST_SYNC] = g_param_spec_boolean ("has-first-sync", NULL, NULL, FALSE, flags);
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_REFUSED] = g_param_spec_uint ("n-refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_link_init (EhcpLink *link)
{
  link->book = ehcp_book_new ();
  link->outbox = ehcp_outbox_new (link->book);
  link->answers = ehcp_link_new_answers ();
  link->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->keep_all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->closing = g_cancellable_new ();
  link->is_online = TRUE;
}

static void
start_threads (EhcpLink *link)
{
  link->account_http = ehcp_http_new (link->url, ACCOUNT_TIMEOUT_S);
  link->documents_http = ehcp_http_new (link->url, DOCUMENTS_TIMEOUT_S);
  link->partial = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_byte_array_unref);
  link->writer = ehcp_worker_start ("writer");
  link->account = ehcp_worker_start ("account");
  link->documents = ehcp_worker_start ("documents");
}

/**
 * ehcp_link_new:
 * @url: the council's address without a slash at the end: https, or http to a loopback address
 * @cache_dir: folder for the offline copy; made when it is needed
 * @clock: the clock
 *
 * Nothing is read or sent before ehcp_link_start_async(). Main thread.
 *
 * Returns: (transfer full): the link, with status %EHCP_LINK_STARTING
 */
EhcpLink *
ehcp_link_new (const char *url, const char *cache_dir, EhcpClock *clock)
{
  EhcpLink *link;

  g_return_val_if_fail (url != NULL && cache_dir != NULL && EHCP_IS_CLOCK (clock), NULL);

  link = g_object_new (EHCP_TYPE_LINK, NULL);
  link->url = g_strdup (url);
  link->cache_dir = g_strdup (cache_dir);
  link->clock = g_object_ref (clock);
  start_threads (link);
  return link;
}

/** ehcp_link_set_account: Before ehcp_link_start_async(): whose session is looked for. @account: (nullable):
 * an account's id; "" for nobody's, so that somebody else can sign in beside them; %NULL for whoever signed in
 * last. */
void
ehcp_link_set_account (EhcpLink *link, const char *account)
{
  g_return_if_fail (EHCP_IS_LINK (link) && link->status == EHCP_LINK_STARTING);

  g_free (link->wanted);
  link->wanted = g_strdup (account);
}

static void
close_job (gpointer data)
{
  ehcp_shelf_close (data);
}

/** ehcp_link_close: Ends requests and threads, after what must be on the disk is there; what is in the
 * outbox stays. Nothing can be asked of the link afterwards but what it knows. May be called again. */
void
ehcp_link_close (EhcpLink *link)
{
  g_return_if_fail (EHCP_IS_LINK (link));

  if (link->is_closed)
    return;
  link->is_closed = TRUE;
  g_cancellable_cancel (link->closing);
  if (link->unlocking != NULL)
    g_cancellable_cancel (link->unlocking);
  ehcp_link_stop_sync (link);
  g_clear_pointer (&link->documents, ehcp_worker_stop);
  g_clear_pointer (&link->account, ehcp_worker_stop);
  if (link->shelf != NULL)
    ehcp_worker_push (link->writer, close_job, g_steal_pointer (&link->shelf),
                      (GDestroyNotify) ehcp_shelf_unref);
  g_clear_pointer (&link->writer, ehcp_worker_stop);
  g_clear_pointer (&link->session, ehcp_session_free);
  g_clear_pointer (&link->partial, g_hash_table_unref);
  g_clear_pointer (&link->account_http, ehcp_http_free);
  g_clear_pointer (&link->documents_http, ehcp_http_free);
}

/** ehcp_link_get_url: Returns: (transfer none): the council's address. */
const char *
ehcp_link_get_url (EhcpLink *link)
{
  return link->url;
}

/** ehcp_link_get_book: Returns: (transfer none): the live records; the same object for the link's life. */
EhcpBook *
ehcp_link_get_book (EhcpLink *link)
{
  return link->book;
}

/** ehcp_link_get_clock: Returns: (transfer none): the clock that was handed in. */
EhcpClock *
ehcp_link_get_clock (EhcpLink *link)
{
  return link->clock;
}

/** ehcp_link_get_service: Returns: (nullable) (transfer none): what the council says of itself, once
 * ehcp_link_fetch_service_async() had an answer. */
EhcpService *
ehcp_link_get_service (EhcpLink *link)
{
  return link->service;
}

/** ehcp_link_get_status: Returns: whether somebody is signed in. */
EhcpLinkStatus
ehcp_link_get_status (EhcpLink *link)
{
  return link->status;
}

/** ehcp_link_get_keyring: Returns: what the Secret Service was like when it was last asked. */
EhcpKeyringState
ehcp_link_get_keyring (EhcpLink *link)
{
  return link->keyring;
}

/** ehcp_link_is_online: Returns: whether the last request was answered; %TRUE before the first. */
gboolean
ehcp_link_is_online (EhcpLink *link)
{
  return link->is_online;
}

/** ehcp_link_is_memory_only: Returns: whether nothing is written to disk in this session. */
gboolean
ehcp_link_is_memory_only (EhcpLink *link)
{
  return link->is_memory_only;
}

/** ehcp_link_get_session_ends_at: Returns: when the council will end the session if nobody is at the program from now
 * on, s since 1970 by this computer's clock; 0 while it is not known. */
gint64
ehcp_link_get_session_ends_at (EhcpLink *link)
{
  g_return_val_if_fail (EHCP_IS_LINK (link), 0);
  return link->session_ends_at;
}

/** ehcp_link_get_updated_at: Returns: when the server last answered a pull, s since 1970; 0 never. */
gint64
ehcp_link_get_updated_at (EhcpLink *link)
{
  return link->updated_at;
}

/** ehcp_link_get_n_waiting: Returns: how many commands wait to be sent or are being sent. */
guint
ehcp_link_get_n_waiting (EhcpLink *link)
{
  return link->n_waiting;
}

/** ehcp_link_get_n_refused: Returns: how many commands were refused and wait for the person's decision. */
guint
ehcp_link_get_n_refused (EhcpLink *link)
{
  return link->n_refused;
}

static void
set_boolean (EhcpLink *link, gboolean *member, gboolean value, int prop)
{
  if (*member == value)
    return;
  *member = value;
  g_object_notify_by_pspec (G_OBJECT (link), props[prop]);
}

static void
set_uint (EhcpLink *link, guint *member, guint value, int prop)
{
  if (*member == value)
    return;
  *member = value;
  g_object_notify_by_pspec (G_OBJECT (link), props[prop]);
}

void
ehcp_link_set_service (EhcpLink *link, EhcpService *service)
{
  if (g_set_object (&link->service, service))
    g_object_notify_by_pspec (G_OBJECT (link), props[PROP_SERVICE]);
}

void
ehcp_link_set_status (EhcpLink *link, EhcpLinkStatus status)
{
  if (link->status == status)
    return;
  link->status = status;
  g_object_notify_by_pspec (G_OBJECT (link), props[PROP_STATUS]);
}

void
ehcp_link_set_keyring (EhcpLink *link, EhcpKeyringState keyring)
{
  if (link->keyring == keyring)
    return;
  link->keyring = keyring;
  g_object_notify_by_pspec (G_OBJECT (link), props[PROP_KEYRING]);
}

void
ehcp_link_set_memory_only (EhcpLink *link, gboolean is_memory_only)
{
  set_boolean (link, &link->is_memory_only, is_memory_only, PROP_MEMORY_ONLY);
}

void
ehcp_link_set_online (EhcpLink *link, gboolean is_online)
{
  set_boolean (link, &link->is_online, is_online, PROP_ONLINE);
}

void
ehcp_link_set_syncing (EhcpLink *link, gboolean is_syncing)
{
  set_boolean (link, &link->is_syncing, is_syncing, PROP_SYNCING);
}

void
ehcp_link_set_first_sync (EhcpLink *link, gboolean has_first_sync)
{
  set_boolean (link, &link->has_first_sync, has_first_sync, PROP_FIRST_SYNC);
}

void
ehcp_link_set_session_ends_at (EhcpLink *link, gint64 session_ends_at)
{
  if (link->session_ends_at == session_ends_at)
    return;
  link->session_ends_at = session_ends_at;
  g_object_notify_by_pspec (G_OBJECT (link), props[PROP_SESSION_ENDS_AT]);
}

void
ehcp_link_set_updated_at (EhcpLink *link, gint64 updated_at)
{
  if (link->updated_at == updated_at)
    return;
  link->updated_at = updated_at;
  g_object_notify_by_pspec (G_OBJECT (link), props[PROP_UPDATED_AT]);
}

/* Counts the outbox again. */
void
ehcp_link_count (EhcpLink *link)
{
  guint n_waiting = 0, n_refused = 0;

  ehcp_outbox_count (link->outbox, &n_waiting, &n_refused);
  g_object_freeze_notify (G_OBJECT (link));
  set_uint (link, &link->n_waiting, n_waiting, PROP_N_WAITING);
  set_uint (link, &link->n_refused, n_refused, PROP_N_REFUSED);
  g_object_thaw_notify (G_OBJECT (link));
}
