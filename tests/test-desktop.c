/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the desktop's side that need no window: settings, notifications' words, keys, help, language. */
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <string.h>
#include <sys/stat.h>

#include "ehcp-debug-info.h"
#include "ehcp-help-topics.h"
#include "ehcp-keys.h"
#include "ehcp-language.h"
#include "ehcp-notice-words.h"
#include "ehcp-places.h"
#include "ehcp-settings.h"

#define URL "https://send.wyreshire.example"

static void
test_settings (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ehcp-settings-XXXXXX", NULL);
  g_autoptr (EhcpSettings) first = ehcp_settings_load (folder);
  g_autoptr (EhcpSettings) again = NULL;
  struct stat info;

  g_assert_true (first->notify);
  g_assert_false (first->notify_details);
  g_assert_null (first->url);
  ehcp_settings_set (first, URL, "Wyreshire Council", "01632 960 400", NULL);
  ehcp_settings_know (first, URL, "Wyreshire Council", "a", "Helen Marlow");
  ehcp_settings_know (first, URL, "Wyreshire Council", "b", "Joanne Tolley");
  ehcp_settings_know (first, URL, NULL, "a", "Helen Marlow-Smith");
  first->notify_details = TRUE;
  first->width = 900;
  ehcp_settings_replace (&first->place, "messages/x");
  ehcp_settings_save (first);
  g_assert_cmpint (g_stat (first->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  again = ehcp_settings_load (folder);
  g_assert_cmpstr (again->url, ==, URL);
  g_assert_cmpstr (again->account, ==, "a");
  g_assert_cmpuint (again->accounts->len, ==, 2);
  g_assert_cmpstr (((EhcpKnownAccount *) again->accounts->pdata[0])->name, ==, "Helen Marlow-Smith");
  g_assert_cmpstr (((EhcpKnownAccount *) again->accounts->pdata[0])->council, ==, "Wyreshire Council");
  g_assert_true (again->notify_details);
  g_assert_cmpint (again->width, ==, 900);
  ehcp_settings_forget (again, URL, "a");
  g_assert_null (again->account);
  g_assert_cmpuint (again->accounts->len, ==, 1);
  g_remove (first->path);
  g_rmdir (folder);
}

/* A broken file is no reason to stop. */
static void
test_settings_broken (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ehcp-settings-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);
  g_autoptr (EhcpSettings) settings = NULL;

  g_assert_true (g_file_set_contents (path, "[window\nwidth=x\n\xff", -1, NULL));
  settings = ehcp_settings_load (folder);
  g_assert_null (settings->url);
  g_assert_true (settings->notify);
  g_assert_cmpint (settings->width, ==, 0);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_notices (void)
{
  for (EhcpNotice notice = EHCP_NOTICE_MESSAGE; notice <= EHCP_NOTICE_DUE_SOON; notice++)
    {
      g_autofree char *bare = ehcp_notice_title (notice, NULL);
      g_autofree char *full = ehcp_notice_title (notice, "Isla");
      g_autofree char *body = ehcp_notice_body (notice, NULL);
      g_autofree char *detail = ehcp_notice_body (notice, "The visit");

      g_assert_null (strstr (bare, "Isla"));
      g_assert_nonnull (strstr (full, "Isla"));
      g_assert_null (strstr (body, "visit"));
      g_assert_cmpstr (detail, ==, "The visit");
    }
}

/* A key does one thing wherever one is: what holds everywhere is nobody else's, and a screen says each once. */
static void
test_keys (void)
{
  const char *everywhere = ehcp_keys_get ()->group;

  for (const EhcpKey *key = ehcp_keys_get (); key->group != NULL; key++)
    {
      guint value = 0;
      GdkModifierType modifiers = 0;

      g_assert_true (gtk_accelerator_parse (key->accel, &value, &modifiers));
      for (const EhcpKey *other = ehcp_keys_get (); other != key; other++)
        if (g_str_equal (other->group, key->group) || g_str_equal (other->group, everywhere) ||
            g_str_equal (key->group, everywhere))
          g_assert_cmpstr (other->accel, !=, key->accel);
    }
}

/* Every place has help, and each topic belongs to places that there are. */
static void
test_help (void)
{
  static const char *const without[] = { "help", "account", "password", "devices", NULL };

  g_assert_cmpstr (ehcp_help_topics_of_place ("messages/x/y")->name, ==, "messages");
  g_assert_cmpstr (ehcp_help_topics_of_place ("start")->name, ==, "account");
  g_assert_null (ehcp_help_topics_of_place ("nothing"));
  g_assert_null (ehcp_help_topics_find ("nothing"));
  for (const EhcpHelpTopic *topic = ehcp_help_topics_get (); topic->name != NULL; topic++)
    {
      g_assert_true (ehcp_help_topics_find (topic->name) == topic);
      g_assert_nonnull (topic->text[0]);
    }
  for (guint i = 0; without[i] != NULL; i++)
    g_assert_nonnull (ehcp_places_find (without[i]));
}

static void
test_language (void)
{
  g_assert_true (ehcp_language_is_checked (""));
  g_assert_true (ehcp_language_is_checked ("Language: pl\nX-Checked-By-Native-Speaker: yes\n"));
  g_assert_false (ehcp_language_is_checked ("Language: pl\nX-Checked-By-Native-Speaker: no\n"));
  g_assert_false (ehcp_language_is_checked ("Language: pl\n"));
  g_assert_null (ehcp_language_note ());
}

static void
test_debug_info (void)
{
  g_autofree char *info = ehcp_debug_info (NULL);

  g_assert_nonnull (strstr (info, "GTK: 4."));
  g_assert_null (strstr (info, g_get_host_name ()));
  g_assert_null (strstr (info, g_get_home_dir ()));
  g_assert_null (strstr (info, "https://"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/settings", test_settings);
  g_test_add_func ("/desktop/settings/broken", test_settings_broken);
  g_test_add_func ("/desktop/notices", test_notices);
  g_test_add_func ("/desktop/keys", test_keys);
  g_test_add_func ("/desktop/help", test_help);
  g_test_add_func ("/desktop/language", test_language);
  g_test_add_func ("/desktop/debug-info", test_debug_info);
  return g_test_run ();
}
