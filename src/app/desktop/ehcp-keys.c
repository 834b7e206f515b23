/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each thing that a key does. A screen that binds a key adds its row. */
#include "ehcp-keys.h"

#include <glib/gi18n.h>

#define EVERYWHERE N_("Everywhere")
#define MESSAGES N_("Messages")
#define DOCUMENTS N_("Documents")
#define CASELOAD N_("Caseload")

static const EhcpKey keys[] = {
  { EVERYWHERE, "<Control>f", N_("Search") },
  { EVERYWHERE, "<Alt>Left", N_("Back") },
  { EVERYWHERE, "Escape", N_("Close, or back") },
  { EVERYWHERE, "F1", N_("Help with this page") },
  { EVERYWHERE, "<Control>question", N_("Keyboard shortcuts") },
  { EVERYWHERE, "<Control>comma", N_("Preferences") },
  { EVERYWHERE, "<Control>l", N_("Cover the screen") },
  { EVERYWHERE, "<Control>q", N_("Quit") },
  { MESSAGES, "<Control>n", N_("New message") },
  { MESSAGES, "<Control>Return", N_("Send") },
  { DOCUMENTS, "<Control>p", N_("Print") },
  { DOCUMENTS, "<Control>s", N_("Save to Downloads") },
  { DOCUMENTS, "<Control>g", N_("Next place") },
  { DOCUMENTS, "<Control><Shift>g", N_("Previous place") },
  { DOCUMENTS, "<Control>j", N_("Go to page") },
  { DOCUMENTS, "<Control>c", N_("Copy") },
  { DOCUMENTS, "<Control>a", N_("Select all") },
  { DOCUMENTS, "<Control>plus", N_("Zoom in") },
  { DOCUMENTS, "<Control>minus", N_("Zoom out") },
  { DOCUMENTS, "<Control>0", N_("Fit the width") },
  { CASELOAD, "<Control>n", N_("New case") },
  { CASELOAD, "<Control>o", N_("Sort by") },
  { NULL, NULL, NULL },
};

const EhcpKey *
ehcp_keys_get (void)
{
  return keys;
}
