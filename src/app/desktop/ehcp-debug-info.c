/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions and states only: no name, no address, no path, nothing that was typed. English, because it goes
 * to the people who mend the program. */
#include "ehcp-debug-info.h"

#include <adwaita.h>

static void
add (GString *text, const char *what, const char *value)
{
  g_string_append_printf (text, "%s: %s\n", what, value != NULL ? value : "unknown");
}

static void
add_version (GString *text, const char *what, guint major, guint minor, guint micro)
{
  g_string_append_printf (text, "%s: %u.%u.%u\n", what, major, minor, micro);
}

static const char *
keyring_word (EhcpKeyringState state)
{
  static const char *const words[] = {
    [EHCP_KEYRING_WORKS] = "works", [EHCP_KEYRING_NONE] = "none",
    [EHCP_KEYRING_LOCKED] = "locked", [EHCP_KEYRING_DISMISSED] = "prompt was closed",
  };

  return words[state];
}

static const char *
status_word (EhcpLinkStatus status)
{
  static const char *const words[] = {
    [EHCP_LINK_STARTING] = "starting", [EHCP_LINK_SIGNED_OUT] = "signed out",
    [EHCP_LINK_LOCKED] = "locked",     [EHCP_LINK_SIGNED_IN] = "signed in",
    [EHCP_LINK_ENDED] = "ended",       [EHCP_LINK_OVERDUE] = "overdue",
  };

  return words[status];
}

static void
add_link (GString *text, EhcpLink *link)
{
  add (text, "Session", status_word (ehcp_link_get_status (link)));
  add (text, "Keyring", keyring_word (ehcp_link_get_keyring (link)));
  add (text, "Connection", ehcp_link_is_online (link) ? "yes" : "no");
  add (text, "Kept in memory only", ehcp_link_is_memory_only (link) ? "yes" : "no");
  g_string_append_printf (text, "Waiting to be sent: %u, refused: %u\n", ehcp_link_get_n_waiting (link),
                          ehcp_link_get_n_refused (link));
}

static void
add_display (GString *text)
{
  GdkDisplay *display = gdk_display_get_default ();
  int dpi = 0;

  if (display == NULL)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  add (text, "Display", G_OBJECT_TYPE_NAME (display));
  g_string_append_printf (text, "Text: %d dpi\n", dpi / 1024);
  add (text, "High contrast",
       adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? "yes" : "no");
  add (text, "Dark", adw_style_manager_get_dark (adw_style_manager_get_default ()) ? "yes" : "no");
}

/* (transfer full): lines "what: value". @link: or NULL. */
char *
ehcp_debug_info (EhcpLink *link)
{
  GString *text = g_string_new (NULL);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, "EHCP Portal", EHCP_VERSION);
  add_version (text, "GTK", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  add_version (text, "libadwaita", adw_get_major_version (), adw_get_minor_version (),
               adw_get_micro_version ());
  add_version (text, "GLib", glib_major_version, glib_minor_version, glib_micro_version);
  add (text, "System", system);
  add (text, "Sandbox", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "none");
  add (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add (text, "Session type", g_getenv ("XDG_SESSION_TYPE"));
  add (text, "Language", g_get_language_names ()[0]);
  add_display (text);
  if (link != NULL)
    add_link (text, link);
  return g_string_free (text, FALSE);
}
