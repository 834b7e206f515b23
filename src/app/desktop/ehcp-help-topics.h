/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help, a page for each task. It comes with the program and needs no connection. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;      /* the place is "help/NAME"; NULL ends the table */
  const char *places;    /* names of the places that F1 explains by it, with spaces around each */
  const char *title;     /* untranslated, as the paragraphs are */
  const char *text[6];
} EhcpHelpTopic;

const EhcpHelpTopic *ehcp_help_topics_get (void);
const EhcpHelpTopic *ehcp_help_topics_find (const char *name);
const EhcpHelpTopic *ehcp_help_topics_of_place (const char *target);

G_END_DECLS
