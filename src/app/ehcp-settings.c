/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key file of a few lines, written at each change. When it can't be read or written the program runs
 * all the same and asks again for the council: that is no reason to stop anybody. */
#include "ehcp-settings.h"

#define GROUP "council"

/* @folder: where it lives; made when something is remembered. */
EhcpSettings *
ehcp_settings_load (const char *folder)
{
  EhcpSettings *settings = g_new0 (EhcpSettings, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  settings->path = g_build_filename (folder, "settings.ini", NULL);
  if (g_key_file_load_from_file (file, settings->path, G_KEY_FILE_NONE, NULL))
    {
      settings->url = g_key_file_get_string (file, GROUP, "url", NULL);
      settings->name = g_key_file_get_string (file, GROUP, "name", NULL);
      settings->telephone = g_key_file_get_string (file, GROUP, "telephone", NULL);
      settings->hours = g_key_file_get_string (file, GROUP, "hours", NULL);
    }
  return settings;
}

void
ehcp_settings_free (EhcpSettings *settings)
{
  g_free (settings->path);
  g_free (settings->url);
  g_free (settings->name);
  g_free (settings->telephone);
  g_free (settings->hours);
  g_free (settings);
}

static void
save (EhcpSettings *settings)
{
  g_autofree char *folder = g_path_get_dirname (settings->path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  const struct
  {
    const char *key;
    const char *value;
  } lines[] = { { "url", settings->url },
                { "name", settings->name },
                { "telephone", settings->telephone },
                { "hours", settings->hours } };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].value != NULL)
      g_key_file_set_string (file, GROUP, lines[i].key, lines[i].value);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, settings->path, &error))
    g_message ("the council could not be remembered: %s", error->message);
}

static gboolean
replace (char **place, const char *value)
{
  if (g_strcmp0 (*place, value) == 0)
    return FALSE;
  g_free (*place);
  *place = g_strdup (value);
  return TRUE;
}

/* Remembers a council; all NULL forgets it. */
void
ehcp_settings_set (EhcpSettings *settings, const char *url, const char *name,
                   const char *telephone, const char *hours)
{
  gboolean has_changed = replace (&settings->url, url);

  has_changed |= replace (&settings->name, name);
  has_changed |= replace (&settings->telephone, telephone);
  has_changed |= replace (&settings->hours, hours);
  if (has_changed)
    save (settings);
}
