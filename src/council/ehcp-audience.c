/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule of sight as a table: audience by standing; and which audiences a kind can have. */
#include "ehcp-audience.h"

#include <string.h>

typedef enum
{
  NEVER,
  ALWAYS,
  IF_NAMED,
} Sight;

typedef struct
{
  const char *audience;
  Sight staff;
  Sight adult;
  Sight professional;
} Row;

static const Row rows[] = {
  { "staff", ALWAYS, NEVER, NEVER },
  { "adults", ALWAYS, ALWAYS, IF_NAMED },
  { "named", ALWAYS, IF_NAMED, IF_NAMED },
  { "private", NEVER, IF_NAMED, IF_NAMED },
};

#define FOR_STAFF "staff"
#define FOR_FAMILY "staff", "adults", "named"

/* What is about the person alone, or about the council's own work, cannot be for others by a slip. */
static const char *const kinds[EHCP_N_WIRE_KINDS][4] = {
  [EHCP_KIND_ACCOUNT] = { "account" },
  [EHCP_KIND_ACTIVITY] = { FOR_FAMILY },
  [EHCP_KIND_ANSWER] = { "private", "named", "account" },
  [EHCP_KIND_CASE] = { "staff", "adults" },
  [EHCP_KIND_COLLEAGUE] = { FOR_STAFF },
  [EHCP_KIND_COMMENT] = { "named" },
  [EHCP_KIND_CONTACT] = { FOR_STAFF },
  [EHCP_KIND_COVER] = { FOR_STAFF },
  [EHCP_KIND_DEADLINE] = { "staff", "adults" },
  [EHCP_KIND_DOCUMENT] = { FOR_FAMILY, "account" },
  [EHCP_KIND_EVENT] = { FOR_FAMILY },
  [EHCP_KIND_FORM] = { "named", "account" },
  [EHCP_KIND_FORM_DEFINITION] = { "everyone" },
  [EHCP_KIND_INVITATION] = { "account" },
  [EHCP_KIND_INVITATION_CHILD] = { "account" },
  [EHCP_KIND_MESSAGE] = { "adults", "named" },
  [EHCP_KIND_MESSAGE_TYPE] = { "everyone" },
  [EHCP_KIND_NOTE] = { FOR_STAFF },
  [EHCP_KIND_PERSON] = { "staff", "named" },
  [EHCP_KIND_READING] = { "staff", "named" },
  [EHCP_KIND_REQUEST] = { FOR_STAFF },
  [EHCP_KIND_SCHOOL] = { "everyone" },
  [EHCP_KIND_STAGE_TEXT] = { "everyone" },
  [EHCP_KIND_TEMPLATE] = { FOR_STAFF },
};

/** ehcp_audience_fits: See the header. Any thread. */
gboolean
ehcp_audience_fits (EhcpKind kind, const char *audience)
{
  g_return_val_if_fail (kind < EHCP_N_WIRE_KINDS, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds[kind]); i++)
    if (kinds[kind][i] != NULL && g_strcmp0 (kinds[kind][i], audience) == 0)
      return TRUE;
  return FALSE;
}

/** ehcp_audience_is_council_wide: See the header. Any thread. */
gboolean
ehcp_audience_is_council_wide (EhcpKind kind)
{
  return kind == EHCP_KIND_COLLEAGUE || kind == EHCP_KIND_COVER || kind == EHCP_KIND_REQUEST ||
         kind == EHCP_KIND_TEMPLATE;
}

/** ehcp_audience_is_for_all_staff: See the header. Any thread. */
gboolean
ehcp_audience_is_for_all_staff (EhcpKind kind, const char *audience, const char *case_id)
{
  return ehcp_audience_is_council_wide (kind) ||
         (kind == EHCP_KIND_DOCUMENT && case_id == NULL && g_strcmp0 (audience, "staff") == 0);
}

static Sight
get_sight (const char *audience, EhcpStanding standing)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_strcmp0 (rows[i].audience, audience) != 0)
        continue;
      switch (standing)
        {
        case EHCP_STANDING_STAFF:
          return rows[i].staff;
        case EHCP_STANDING_ADULT:
          return rows[i].adult;
        case EHCP_STANDING_PROFESSIONAL:
          return rows[i].professional;
        case EHCP_STANDING_NONE:
        default:
          return NEVER;
        }
    }
  return NEVER;
}

/** ehcp_audience_includes: See the header. Returns: whether the reader may see it. Any thread. */
gboolean
ehcp_audience_includes (const char *audience, const char *named, EhcpStanding standing,
                        const char *person)
{
  char spaced[40];

  switch (get_sight (audience, standing))
    {
    case ALWAYS:
      return TRUE;
    case IF_NAMED:
      if (named == NULL || person == NULL || *person == '\0')
        return FALSE;
      g_snprintf (spaced, sizeof spaced, " %s ", person);
      return strstr (named, spaced) != NULL;
    case NEVER:
    default:
      return FALSE;
    }
}

/** ehcp_audience_pack: " a b ": each id has a space on both sides, so that it can be searched for. */
char *
ehcp_audience_pack (const char *const *named)
{
  g_autofree char *joined = NULL;

  if (named == NULL || named[0] == NULL)
    return NULL;
  joined = g_strjoinv (" ", (char **) named);
  return g_strdup_printf (" %s ", joined);
}

/** ehcp_audience_unpack: Returns: (transfer full) (nullable): the ids. */
GStrv
ehcp_audience_unpack (const char *named)
{
  g_autofree char *trimmed = named != NULL ? g_strstrip (g_strdup (named)) : NULL;

  return trimmed != NULL && *trimmed != '\0' ? g_strsplit (trimmed, " ", -1) : NULL;
}
