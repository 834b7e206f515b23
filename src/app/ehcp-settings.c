/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key file of a few lines, written at each change. When it can't be read or written the program runs
 * all the same and asks again for the council: that is no reason to stop anybody. */
#include "ehcp-settings.h"

#include <stddef.h>

#define ACCOUNT_GROUP "account "

/* One line for each member; accounts have groups of their own. */
typedef struct
{
  const char *group;
  const char *key;
  enum { TEXT, FLAG, NUMBER } kind;
  size_t offset;
  gboolean fallback; /* of a FLAG */
} Line;

#define AT(member) offsetof (EhcpSettings, member)

static const Line lines[] = {
  { "council", "url", TEXT, AT (url), FALSE },
  { "council", "name", TEXT, AT (name), FALSE },
  { "council", "telephone", TEXT, AT (telephone), FALSE },
  { "council", "hours", TEXT, AT (hours), FALSE },
  { "council", "account", TEXT, AT (account), FALSE },
  { "preferences", "notify", FLAG, AT (notify), TRUE },
  { "preferences", "notify-details", FLAG, AT (notify_details), FALSE },
  { "preferences", "run-in-background", FLAG, AT (run_in_background), FALSE },
  { "window", "covered", FLAG, AT (is_covered), FALSE },
  { "window", "width", NUMBER, AT (width), FALSE },
  { "window", "height", NUMBER, AT (height), FALSE },
  { "window", "maximized", FLAG, AT (is_maximized), FALSE },
  { "window", "place", TEXT, AT (place), FALSE },
  { "window", "account", TEXT, AT (place_account), FALSE },
};

static void
free_known (gpointer data)
{
  EhcpKnownAccount *known = data;

  g_free (known->url);
  g_free (known->council);
  g_free (known->id);
  g_free (known->name);
  g_free (known);
}

static void
read_line (EhcpSettings *settings, GKeyFile *file, const Line *line)
{
  gpointer member = G_STRUCT_MEMBER_P (settings, line->offset);

  if (line->kind == TEXT)
    *(char **) member = g_key_file_get_string (file, line->group, line->key, NULL);
  else if (line->kind == NUMBER)
    *(int *) member = g_key_file_get_integer (file, line->group, line->key, NULL);
  else
    *(gboolean *) member = g_key_file_has_key (file, line->group, line->key, NULL)
                               ? g_key_file_get_boolean (file, line->group, line->key, NULL)
                               : line->fallback;
}

static void
write_line (EhcpSettings *settings, GKeyFile *file, const Line *line)
{
  gpointer member = G_STRUCT_MEMBER_P (settings, line->offset);

  if (line->kind == FLAG)
    g_key_file_set_boolean (file, line->group, line->key, *(gboolean *) member);
  else if (line->kind == NUMBER)
    g_key_file_set_integer (file, line->group, line->key, *(int *) member);
  else if (*(char **) member != NULL)
    g_key_file_set_string (file, line->group, line->key, *(char **) member);
}

static void
read_accounts (EhcpSettings *settings, GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], ACCOUNT_GROUP))
      {
        EhcpKnownAccount *known = g_new0 (EhcpKnownAccount, 1);

        known->url = g_key_file_get_string (file, groups[i], "url", NULL);
        known->council = g_key_file_get_string (file, groups[i], "council", NULL);
        known->id = g_key_file_get_string (file, groups[i], "id", NULL);
        known->name = g_key_file_get_string (file, groups[i], "name", NULL);
        if (known->url != NULL && known->id != NULL && known->name != NULL)
          g_ptr_array_add (settings->accounts, known);
        else
          free_known (known);
      }
}

static void
write_accounts (EhcpSettings *settings, GKeyFile *file)
{
  for (guint i = 0; i < settings->accounts->len; i++)
    {
      EhcpKnownAccount *known = g_ptr_array_index (settings->accounts, i);
      g_autofree char *group = g_strdup_printf (ACCOUNT_GROUP "%u", i + 1);

      g_key_file_set_string (file, group, "url", known->url);
      if (known->council != NULL)
        g_key_file_set_string (file, group, "council", known->council);
      g_key_file_set_string (file, group, "id", known->id);
      g_key_file_set_string (file, group, "name", known->name);
    }
}

/* @folder: where it lives; made when something is remembered. */
EhcpSettings *
ehcp_settings_load (const char *folder)
{
  EhcpSettings *settings = g_new0 (EhcpSettings, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  settings->path = g_build_filename (folder, "settings.ini", NULL);
  settings->accounts = g_ptr_array_new_with_free_func (free_known);
  g_key_file_load_from_file (file, settings->path, G_KEY_FILE_NONE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    read_line (settings, file, &lines[i]);
  read_accounts (settings, file);
  return settings;
}

void
ehcp_settings_free (EhcpSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].kind == TEXT)
      g_free (G_STRUCT_MEMBER (char *, settings, lines[i].offset));
  g_ptr_array_unref (settings->accounts);
  g_free (settings->path);
  g_free (settings);
}

/* Writes everything. */
void
ehcp_settings_save (EhcpSettings *settings)
{
  g_autofree char *folder = g_path_get_dirname (settings->path);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    write_line (settings, file, &lines[i]);
  write_accounts (settings, file);
  text = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (folder, 0700);
  /* It names people: for this user's eyes. */
  if (!g_file_set_contents_full (settings->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("the settings could not be remembered: %s", error->message);
}

/* Puts a copy of @value there; returns whether it is another. */
gboolean
ehcp_settings_replace (char **place, const char *value)
{
  char *copy;

  if (g_strcmp0 (*place, value) == 0)
    return FALSE;
  copy = g_strdup (value);
  g_free (*place);
  *place = copy;
  return TRUE;
}

/* Remembers a council; all NULL forgets it. */
void
ehcp_settings_set (EhcpSettings *settings, const char *url, const char *name,
                   const char *telephone, const char *hours)
{
  gboolean has_changed = ehcp_settings_replace (&settings->url, url);

  has_changed |= ehcp_settings_replace (&settings->name, name);
  has_changed |= ehcp_settings_replace (&settings->telephone, telephone);
  has_changed |= ehcp_settings_replace (&settings->hours, hours);
  if (has_changed)
    ehcp_settings_save (settings);
}

static EhcpKnownAccount *
find (EhcpSettings *settings, const char *url, const char *id)
{
  for (guint i = 0; i < settings->accounts->len; i++)
    {
      EhcpKnownAccount *known = g_ptr_array_index (settings->accounts, i);

      if (g_str_equal (known->url, url) && g_str_equal (known->id, id))
        return known;
    }
  return NULL;
}

/* Somebody signed in, or is called otherwise now; theirs is the account that is opened from now on. */
void
ehcp_settings_know (EhcpSettings *settings, const char *url, const char *council, const char *id,
                    const char *name)
{
  EhcpKnownAccount *known = find (settings, url, id);
  gboolean has_changed = known == NULL;

  if (known == NULL)
    {
      known = g_new0 (EhcpKnownAccount, 1);
      known->url = g_strdup (url);
      known->id = g_strdup (id);
      g_ptr_array_add (settings->accounts, known);
    }
  if (council != NULL)
    has_changed |= ehcp_settings_replace (&known->council, council);
  has_changed |= ehcp_settings_replace (&known->name, name);
  has_changed |= ehcp_settings_replace (&settings->account, id);
  if (has_changed)
    ehcp_settings_save (settings);
}

/* Somebody logged out. */
void
ehcp_settings_forget (EhcpSettings *settings, const char *url, const char *id)
{
  EhcpKnownAccount *known = find (settings, url, id);

  if (g_strcmp0 (settings->account, id) == 0)
    g_clear_pointer (&settings->account, g_free);
  if (g_strcmp0 (settings->place_account, id) == 0)
    {
      g_clear_pointer (&settings->place_account, g_free);
      g_clear_pointer (&settings->place, g_free);
    }
  if (known != NULL)
    g_ptr_array_remove (settings->accounts, known);
  ehcp_settings_save (settings);
}
