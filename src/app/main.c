/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the program. */
#include <glib/gi18n.h>
#include <locale.h>

#include "ehcp-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (EhcpApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, EHCP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("ehcp-portal");

  application = ehcp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
