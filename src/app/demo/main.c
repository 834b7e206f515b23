/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the mails in the folder that is given. */
#include "ehcp-demo-mailbox.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>
#include <locale.h>

static void
open_cb (GApplication *application, GFile **files, int n_files, const char *hint, gpointer data)
{
  EhcpDemoMailbox *mailbox =
      ehcp_demo_mailbox_new (GTK_APPLICATION (application), g_file_peek_path (files[0]));

  gtk_window_present (GTK_WINDOW (mailbox));
}

static void
activate_cb (GApplication *application, gpointer data)
{
  g_printerr ("%s\n", _("Usage: ehcp-demo-mailbox FOLDER"));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, EHCP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("ehcp-demo-mailbox");
  g_mime_init ();

  application = adw_application_new ("io.github.ehcp_portal.DemoMailbox",
                                     G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "open", G_CALLBACK (open_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
