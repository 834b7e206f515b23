/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the program. */
#include <glib/gi18n.h>
#include <locale.h>

#include "ehcp-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (EhcpApplication) application = NULL;
  const char *locale_dir;

  setlocale (LC_ALL, "");
  locale_dir = g_getenv ("TEXTDOMAINDIR");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : EHCP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("ehcp-portal");

  application = ehcp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
