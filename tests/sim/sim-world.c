/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world that is made once, and the devices: started, crashed. */
#include "sim-world.h"

#include "ehcp-catalogue.h"
#include "ehcp-manifest.h"
#include "ehcp-sessions.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"
#include "sim-people.h"
#include "sim-threads.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define URL "http://127.0.0.1:8080"
#define DATA "1/data"

SimWorld sim_world;

static const char form_text[] =
    "{\"name\":\"" SIM_FORM "\",\"title\":\"A short form\",\"intro\":\"One question.\",\"submit\":\"Submit\","
    "\"next\":\"We read it.\",\"pages\":[{\"id\":\"one\",\"title\":\"One\",\"group\":\"All\",\"questions\":["
    "{\"id\":\"wish\",\"kind\":\"long-text\",\"label\":\"What do you wish for?\",\"required\":true,\"max\":4000,"
    "\"missing\":\"Tell us what you wish for\"}]}]}";

void
sim_fail (const char *format, ...)
{
  va_list args;

  if (sim_world.problem != NULL)
    return;
  va_start (args, format);
  sim_world.problem = g_strdup_vprintf (format, args);
  va_end (args);
  sim_step ("PROBLEM: %s", sim_world.problem);
}

/* --- files that are not SQLite's --- */

gssize __wrap_pwrite (int fd, const void *bytes, size_t n, gint64 at);
gssize __real_pwrite (int fd, const void *bytes, size_t n, gint64 at);
int __wrap_fsync (int fd);
int __wrap_link (const char *from, const char *to);
int __real_link (const char *from, const char *to);
gboolean __wrap_g_file_set_contents_full (const char *path, const char *bytes, gssize n, GFileSetContentsFlags flags,
                                          int mode, GError **error);
gboolean __real_g_file_set_contents_full (const char *path, const char *bytes, gssize n, GFileSetContentsFlags flags,
                                          int mode, GError **error);

gssize
__wrap_pwrite (int fd, const void *bytes, size_t n, gint64 at)
{
  if (sim_disk_fails ())
    {
      errno = ENOSPC;
      return -1;
    }
  return __real_pwrite (fd, bytes, n, at);
}

int
__wrap_fsync (int fd)
{
  errno = EIO;
  return sim_disk_fails () ? -1 : 0;
}

int
__wrap_link (const char *from, const char *to)
{
  errno = ENOSPC;
  return sim_disk_fails () ? -1 : __real_link (from, to);
}

gboolean
__wrap_g_file_set_contents_full (const char *path, const char *bytes, gssize n, GFileSetContentsFlags flags, int mode,
                                 GError **error)
{
  if (!sim_disk_fails ())
    return __real_g_file_set_contents_full (path, bytes, n, G_FILE_SET_CONTENTS_NONE, mode, error);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "the simulated disk is full");
  return FALSE;
}

/* --- numbers of libsodium --- */

static const char *
random_name (void)
{
  return "simulated";
}

static uint32_t
random_number (void)
{
  uint32_t n;

  sim_random_bytes (&n, sizeof n);
  return n;
}

static void
random_buffer (void *const bytes, const size_t n)
{
  sim_random_bytes (bytes, n);
}

static struct randombytes_implementation randomness = {
  .implementation_name = random_name,
  .random = random_number,
  .buf = random_buffer,
};

/* --- devices --- */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!ehcp_link_start_finish (EHCP_LINK (source), result, &error))
    sim_step ("a start failed: %s", error->message);
}

void
sim_device_start (SimDevice *device)
{
  guint before = sim_set_host (device->host);

  sim_step ("%s starts, the clock %+" G_GINT64_FORMAT " s", device->name, device->clock_shift_s);
  sim_clear_dying (device->host);
  g_set_object (&device->clock, NULL);
  device->clock = ehcp_clock_new_shifted (sim_now_us () / G_USEC_PER_SEC + device->clock_shift_s);
  device->link = ehcp_link_new (URL, device->dir, device->clock);
  ehcp_link_start_async (device->link, NULL, started_cb, NULL);
  sim_set_host (before);
}

void
sim_device_crash (SimDevice *device, gboolean is_power_lost)
{
  sim_step ("%s crashes%s", device->name, is_power_lost ? ", and the power goes" : "");
  sim_kill (device->host);
  sim_disk_crash (device->host, is_power_lost);
  device->link = NULL; /* as memory goes when a program is killed */
  sim_clear_dying (device->host);
}

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  ehcp_link_log_out_finish (EHCP_LINK (source), result, NULL);
  *(gboolean *) done = TRUE;
}

/* And signed in again, with a new key and a new token. */
void
sim_device_log_out (SimDevice *device)
{
  g_autoptr (EhcpSession) session = NULL;
  static gboolean is_done; /* a program that dies meanwhile never tells */
  EhcpLink *link = device->link;
  guint before = sim_set_host (device->host);

  is_done = FALSE;
  sim_step ("%s logs out", device->name);
  sim_excuse_device (device);
  ehcp_link_log_out_async (device->link, NULL, logged_out_cb, &is_done);
  sim_excuse_device (device); /* what was stored while it began, too */
  sim_set_host (before);
  while (!is_done && device->link == link && !sim_is_dying (device->host))
    if (!sim_spin (1) && !sim_wait_next ())
      break;
  if (device->link == link)
    sim_device_crash (device, FALSE);
  ehcp_key_make (&device->key);
  device->token = device->spare_tokens[--device->n_spare];
  session = ehcp_session_new (device->actor.account, device->token, &device->key, 0);
  sim_keyring_set (device->host, session);
}

/* Threads of the link that are made in the driver belong to the link's host. */
EhcpSync *__wrap_ehcp_sync_start (const char *url, const char *token, EhcpWorker *writer, EhcpCache *cache,
                                  EhcpClock *clock, EhcpSyncFunc func, gpointer owner);
EhcpSync *__real_ehcp_sync_start (const char *url, const char *token, EhcpWorker *writer, EhcpCache *cache,
                                  EhcpClock *clock, EhcpSyncFunc func, gpointer owner);

EhcpSync *
__wrap_ehcp_sync_start (const char *url, const char *token, EhcpWorker *writer, EhcpCache *cache, EhcpClock *clock,
                        EhcpSyncFunc func, gpointer owner)
{
  guint host = 0, before;
  EhcpSync *sync;

  for (guint i = 0; i < sim_world.n_devices; i++)
    if (sim_world.devices[i].link == owner)
      host = sim_world.devices[i].host;
  before = sim_set_host (host != 0 ? host : SIM_MAX_HOSTS - 1);
  sync = __real_ehcp_sync_start (url, token, writer, cache, clock, func, owner);
  sim_set_host (before);
  return sync;
}

void
sim_notice_deaths (void)
{
  if (sim_is_dying (SIM_COUNCIL))
    sim_council_crash (sim_chance (500));
  for (guint i = 0; i < sim_world.n_devices; i++)
    if (sim_is_dying (sim_world.devices[i].host))
      sim_device_crash (&sim_world.devices[i], sim_chance (500));
}

gboolean
sim_spin (guint n)
{
  gboolean is_busy = TRUE;

  for (guint i = 0; i < n && is_busy; i++)
    {
      gboolean is_main_first = sim_chance (300);

      is_busy = is_main_first && g_main_context_iteration (NULL, FALSE);
      is_busy |= sim_run_one ();
      if (!is_busy)
        is_busy = g_main_context_iteration (NULL, FALSE);
      sim_notice_deaths ();
    }
  return is_busy;
}

/* --- once --- */

typedef struct
{
  const EhcpActorId *actor;
  char *token;
} NewSession;

static gboolean
write_session (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  NewSession *made = data;
  gint64 expires_at;
  g_autofree char *json = ehcp_session_begin (council, db, made->actor->account, "Laptop",
                                               made->actor->role != EHCP_ROLE_FAMILY, &expires_at, error);

  made->token = g_strdup (json);
  return json != NULL;
}

static char *
make_token (const EhcpActorId *actor)
{
  NewSession made = { actor, NULL };
  gboolean is_made = ehcp_council_write_sync (sim_world.council.council, write_session, &made, NULL);

  g_assert_true (is_made);
  return made.token;
}

static void
make_device (guint n, const char *name, const EhcpActorId *actor, gboolean is_staff)
{
  SimDevice *device = &sim_world.devices[n];
  g_autoptr (EhcpSession) session = NULL;

  device->host = SIM_COUNCIL + 1 + n;
  device->name = name;
  device->actor = *actor;
  device->is_staff = is_staff;
  device->token = make_token (actor);
  for (; device->n_spare < G_N_ELEMENTS (device->spare_tokens); device->n_spare++)
    device->spare_tokens[device->n_spare] = make_token (actor);
  device->dir = g_strdup_printf ("%u/cache", device->host);
  ehcp_key_make (&device->key);
  session = ehcp_session_new (actor->account, device->token, &device->key, 0);
  sim_keyring_set (device->host, session);
}

static void
make_people (CouncilFixture *f)
{
  g_autoptr (JsonObject) result = NULL;

  sim_add_account (f->council, &f->priya, "priya.nair@wyreshire.example", "Priya", "Nair", "caseworker");
  sim_add_account (f->council, &f->omar, "omar.aziz@wyreshire.example", "Omar", "Aziz", "caseworker");
  sim_add_account (f->council, &f->helen, "helen.marlow@family.example", "Helen", "Marlow", "family");
  sim_add_account (f->council, &f->david, "david.marlow@family.example", "David", "Marlow", "family");
  for (guint i = 0; i < 2; i++)
    {
      sim_world.cases[i] = council_open_case (f, i == 0 ? "Isla" : "Tom", "2026-11-02");
      sim_world.people[i][0] = council_join (f, sim_world.cases[i], &f->helen, FALSE);
    }
  sim_world.people[0][1] = council_join (f, sim_world.cases[0], &f->david, FALSE);
  sim_world.form = ehcp_text_new_id ();
  result = council_send (f, &f->priya, sim_world.form,
                         "{'kind':'form.ask','case':'%s','definition':'" SIM_FORM "','person':'%s'}",
                         sim_world.cases[0], sim_world.people[0][0]);
}

static void
make_tables (void)
{
  sim_world.promises = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  sim_world.drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim_world.answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim_world.acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim_net_set_ears (sim_get_ears ());
}

void
sim_world_make (guint n_devices)
{
  CouncilFixture *f = &sim_world.council;
  const EhcpActorId *actors[] = { &f->helen, &f->priya, &f->david, &f->omar };
  static const char *const names[] = { "helen", "priya", "david", "omar" };

  sim_world.n_devices = n_devices;

  randombytes_set_implementation (&randomness);
  sim_disk_start ();
  sim_random_start (G_GUINT64_CONSTANT (0xfeedfacecafe));
  g_mkdir_with_parents ("1/forms", 0700);
  g_assert_true (g_file_set_contents ("1/forms/" SIM_FORM ".json", form_text, -1, NULL));
  f->clock = ehcp_clock_new ();
  sim_council_start ();
  while (!sim_world.is_council_up)
    g_assert_true (sim_spin (1));
  make_people (f);
  for (guint i = 0; i < n_devices; i++)
    make_device (i, names[i % 4], actors[i % 4], i % 2 == 1);
  make_tables ();
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      sim_world.devices[i].is_used = TRUE;
      sim_device_start (&sim_world.devices[i]);
    }
  g_assert_true (sim_settle ());
  /* Looked at here too, so that connections and statements that this needs are open when the seeds are forked: it was half
   * of each seed's time. */
  sim_check ();
  g_assert_cmpstr (sim_world.problem, ==, NULL);
}

static void
sign_in (SimDevice *device)
{
  g_autoptr (EhcpSession) session = ehcp_session_new (device->actor.account, device->token, &device->key, 0);

  sim_keyring_set (device->host, session);
}

/* Files that are not SQLite's are the seed's own. */
static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir_with_parents (to, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize n = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        copy_tree (path, target);
      else if (g_file_get_contents (path, &text, &n, NULL))
        g_file_set_contents (target, text, n, NULL);
    }
}

static void
copy_folders (void)
{
  for (guint i = SIM_COUNCIL; i <= SIM_COUNCIL + sim_world.n_devices; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *from = g_build_filename ("..", name, NULL);

      copy_tree (from, name);
    }
}

/* A second computer of helen's, in david's place. */
static void
become_helens (SimDevice *device)
{
  SimDevice *first = &sim_world.devices[0];

  sim_device_crash (device, FALSE);
  device->name = "helen-2";
  device->actor = first->actor;
  device->n_spare = 1;
  device->spare_tokens[0] = first->spare_tokens[2];
  device->token = first->spare_tokens[3];
  first->n_spare = 2;
  sign_in (device);
}

/* As everybody was when the template was made, or started again, or with nothing. */
static void
begin_device (SimDevice *device)
{
  g_autofree char *folder = g_strdup_printf ("%u/", device->host);

  if (!device->is_used || sim_chance (200))
    {
      if (device->link != NULL)
        sim_device_crash (device, FALSE);
      if (sim_chance (300))
        sim_disk_remove (folder);
    }
  if (sim_chance (250))
    device->clock_shift_s = (sim_chance (500) ? 1 : -1) * (gint64) sim_random (10 * 365 * 86400);
  if (device->link != NULL)
    ehcp_clock_advance (device->clock, device->clock_shift_s);
  else if (device->is_used)
    sim_device_start (device);
}

/* In a folder of the seed's own. */
void
sim_world_begin (void)
{
  guint n_devices = sim_world.n_devices > SIM_FEW_DEVICES ? sim_world.n_devices : 2 + sim_random (3);

  copy_folders ();
  make_tables ();
  if (sim_chance (150))
    {
      sim_council_crash (sim_chance (500));
      sim_council_start ();
    }
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      sim_world.devices[i].is_used = i < n_devices;
      if (i == 2 && n_devices == 3 && sim_chance (300))
        become_helens (&sim_world.devices[i]);
      begin_device (&sim_world.devices[i]);
    }
}
