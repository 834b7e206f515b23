/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council: started, crashed, backed up, restored. */
#include "sim-world.h"

#include "ehcp-catalogue.h"
#include "ehcp-manifest.h"
#include "ehcp-uploads.h"
#include "sim-threads.h"

#include <glib/gstdio.h>
#include <string.h>

#define DATA "1/data"

static EhcpConfig *
make_config (void)
{
  static const char *const types[] = { COUNCIL_MESSAGE_TYPE, NULL };
  EhcpConfig *config = g_new0 (EhcpConfig, 1);

  config->name = g_strdup ("Wyreshire Council");
  config->team = g_strdup ("SEND Assessment Team");
  config->telephone = g_strdup ("01632 960 400");
  config->email = g_strdup ("send@wyreshire.example");
  config->url = g_strdup ("https://portal.wyreshire.example");
  config->reference_prefix = g_strdup ("WY");
  config->data_dir = g_strdup (DATA);
  config->message_types = g_strdupv ((GStrv) types);
  config->address = g_strdup ("127.0.0.1");
  config->n_threads = 2;
  config->n_connections = 100;
  config->mail_transport = EHCP_MAIL_FOLDER;
  config->mail_folder = g_strdup ("1/mails");
  config->mail_from = g_strdup ("send@wyreshire.example");
  config->forms_dir = g_strdup ("1/forms");
  config->stage_text_file = g_strdup (TEST_DATADIR "/stage-text/stages.json");
  config->session_idle_s = 90 * 86400;
  config->session_max_s = 90 * 86400;
  config->staff_idle_s = 90 * 86400;
  config->staff_max_s = 90 * 86400;
  config->sign_in_resend_s = 30;
  config->password_memory = 8192;
  config->password_passes = 1;
  return config;
}

/* One incarnation: in a thread, so that it can die anywhere. */
static gpointer
run_council (gpointer data)
{
  CouncilFixture *f = &sim_world.council;
  g_autoptr (GError) error = NULL;
  EhcpServer *server = NULL;

  f->config = make_config ();
  f->council = ehcp_council_new (f->config, f->clock, &error);
  if (f->council == NULL || !ehcp_upload_make_folders (f->config, &error) ||
      !ehcp_catalogue_load (f->council, &error) || (server = ehcp_server_start (f->council, &error)) == NULL)
    {
      sim_step ("the council does not start: %s", error->message);
      sim_die ();
      return NULL;
    }
  sim_world.server = server;
  sim_world.is_council_up = TRUE;
  sim_world.is_council_starting = FALSE;
  sim_step ("the council serves");
  return NULL;
}

void
sim_council_start (void)
{
  guint before = sim_set_host (SIM_COUNCIL);

  sim_clear_dying (SIM_COUNCIL);
  sim_world.is_council_starting = TRUE;
  g_thread_new ("council", run_council, NULL);
  sim_set_host (before);
}

void
sim_council_crash (gboolean is_power_lost)
{
  sim_step ("the council crashes%s", is_power_lost ? ", and the power goes" : "");
  sim_kill (SIM_COUNCIL);
  sim_net_council_died ();
  sim_disk_crash (SIM_COUNCIL, is_power_lost);
  sim_world.is_council_up = sim_world.is_council_starting = FALSE;
  sim_world.server = NULL;
  sim_world.council.council = NULL;
  sim_clear_dying (SIM_COUNCIL);
}

static void
list_files (const char *folder, GHashTable *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *text = NULL;
      gsize n = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_files (path, found);
      else if (g_file_get_contents (path, &text, &n, NULL))
        g_hash_table_insert (found, g_steal_pointer (&path), g_bytes_new_take (text, n));
    }
}

/* As of this moment, whatever is under way: what a copy of the disk would hold. */
void
sim_council_back_up (void)
{
  sim_step ("a backup is made");
  sim_world.backup = sim_disk_save (DATA);
  sim_world.backed_up_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  list_files (DATA "/documents", sim_world.backed_up_files);
}

static gpointer
renew (gpointer data)
{
  g_autoptr (EhcpDb) db = ehcp_db_open (DATA "/council.db", FALSE, NULL);
  gboolean is_renewed = db != NULL && ehcp_db_begin (db, NULL) && ehcp_store_renew_epoch (db, NULL) &&
                        ehcp_db_run (db, NULL, "DELETE FROM upload", "") && ehcp_db_commit (db, NULL);

  g_assert_true (is_renewed);
  return NULL;
}

void
sim_council_restore (void)
{
  GHashTableIter iter;
  gpointer key, value;
  guint before;

  if (sim_world.backup == NULL)
    return;
  if (sim_world.is_council_up || sim_world.is_council_starting)
    sim_council_crash (FALSE);
  sim_step ("the council is restored from a backup");
  sim_disk_heal (SIM_COUNCIL);
  sim_disk_load (DATA, sim_world.backup);
  ehcp_folder_remove (DATA);
  g_mkdir_with_parents (DATA "/documents", 0700);
  g_hash_table_iter_init (&iter, sim_world.backed_up_files);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *folder = g_path_get_dirname (key);

      g_mkdir_with_parents (folder, 0700);
      g_file_set_contents (key, g_bytes_get_data (value, NULL), g_bytes_get_size (value), NULL);
    }
  before = sim_set_host (SIM_COUNCIL);
  g_thread_join (g_thread_new ("restore", renew, NULL));
  sim_set_host (before);
  sim_world.n_restores++;
  g_hash_table_remove_all (sim_world.answers);
  sim_council_start ();
}
