/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each task, in plain words. A new screen adds its name to the topic that explains it. */
#include "ehcp-help-topics.h"

#include <glib/gi18n.h>
#include <string.h>

static const EhcpHelpTopic topics[] = {
  { "account", " start council register invited invitation ",
    N_("Getting an account"),
    { N_("First the council sends a code of 8 letters and numbers. Quote it to the SEND team on the phone: it "
         "shows them who you are. Then an e-mail invites you."),
      N_("Register with the e-mail address that the invitation went to. Then sign in, tick the children and "
         "submit. The SEND team activates your access, and an e-mail says so."),
      N_("If the link in the e-mail does not open the program, choose “I have an invitation” and type the code.") } },
  { "sign-in", " sign-in reset password devices locked staff-link accounts ",
    N_("Signing in"),
    { N_("Enter your e-mail address and password. Then a code comes by e-mail, a new one each time. Paste it or "
         "type it; spaces do not matter."),
      N_("No code? Look in the spam folder, check the address, and ask for a new code. An older code stops "
         "working."),
      N_("Under “Signed-in devices” you see where your account is open and can sign out a device that you lost."),
      N_("Several people can use this computer: each adds an account of their own, and none sees another’s.") } },
  { "dashboard", " portal dashboard ",
    N_("Following the plan"),
    { N_("The timeline has six stages and 20 small bars, one for each week. A ring with a dot is where the case "
         "is now. A diamond means late; a dashed ring, excused by law."),
      N_("Under Key Dates, press a date to see why it falls there, whose turn it is, and what you can do."),
      N_("“Add to calendar” saves the dates for your calendar program, without any name.") } },
  { "messages", " messages compose ",
    N_("Writing to the council"),
    { N_("Choose New Message, say what it is about, and write. It is kept as you type, for each child. After "
         "Send you have 10 seconds to undo."),
      N_("Each message says how it stands: waiting to be sent, sent, read. What was not sent stays on top with "
         "the reason, and nothing that you wrote is lost."),
      N_("Search looks through all messages, also without a connection.") } },
  { "documents", " documents document ",
    N_("Reading documents"),
    { N_("Press a document to read it here. “Save to Downloads” puts the file into your Downloads folder."),
      N_("“Keep offline” keeps a sealed copy on this computer, so that it opens without a connection.") } },
  { "forms", " actions form request ",
    N_("Filling in forms"),
    { N_("A form has parts. Begin anywhere and stop at any time: every answer is kept as you type."),
      N_("When every part is completed, check your answers and send the form. You get a reference number and can "
         "save a copy as PDF.") } },
  { "offline", " ",
    N_("Without a connection"),
    { N_("What you have read before stays readable. You can write and fill in forms; it goes out by itself when "
         "the connection is back."),
      N_("A line at the top says since when you are offline. If it stays although the internet works, call the "
         "SEND team.") } },
  { "privacy", " preferences shortcuts ",
    N_("Privacy on this computer"),
    { N_("The copy on this computer is sealed, and its key lies in the keyring of your desktop. Logging out "
         "removes all of it."),
      N_("Ctrl+L covers the screen until the password of your account is entered."),
      N_("Notifications say neither the child’s name nor what it is about, unless you choose so under "
         "Preferences.") } },
  { "staff", " caseload case team templates cover allocate new-case colleagues ",
    N_("For caseworkers"),
    { N_("The caseload lists every case with its next statutory date. Sort by a column, narrow it down with the "
         "chips, or type to search. Enter opens a case."),
      N_("Moving a case on first shows which dates it sets. A wrong entry is corrected by a further entry; the "
         "history keeps both."),
      N_("The family sees at once what you publish to it. Who saw what, and when, stands in the history.") } },
  { NULL, NULL, NULL, { NULL } },
};

const EhcpHelpTopic *
ehcp_help_topics_get (void)
{
  return topics;
}

/* NULL when there is none of that name. */
const EhcpHelpTopic *
ehcp_help_topics_find (const char *name)
{
  for (const EhcpHelpTopic *topic = topics; topic->name != NULL; topic++)
    if (g_strcmp0 (topic->name, name) == 0)
      return topic;
  return NULL;
}

/* The topic that explains "NAME" or "NAME/ARGUMENT", or NULL. */
const EhcpHelpTopic *
ehcp_help_topics_of_place (const char *target)
{
  g_autofree char *name = g_strndup (target, strcspn (target, "/"));
  g_autofree char *word = g_strdup_printf (" %s ", name);

  for (const EhcpHelpTopic *topic = topics; topic->name != NULL; topic++)
    if (strstr (topic->places, word) != NULL)
      return topic;
  return NULL;
}
