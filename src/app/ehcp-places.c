/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each place. A new screen adds its include and its row; nothing else has to know it. */
#include "ehcp-places.h"

#include <string.h>

#include "ehcp-actions-view.h"
#include "ehcp-form-view.h"
#include "ehcp-messages-view.h"

static const EhcpPlace places[] = {
  { "actions", ehcp_actions_view_get_type, 0 },
  { "form", ehcp_form_view_get_type, 0 },
  { "messages", ehcp_messages_view_get_type, 0 },
  { NULL, NULL, 0 },
};

/* The place of "NAME" or "NAME/ARGUMENT", or NULL when there is none of that name. */
const EhcpPlace *
ehcp_places_find (const char *target)
{
  size_t length = strcspn (target, "/");

  for (const EhcpPlace *place = places; place->name != NULL; place++)
    if (strlen (place->name) == length && strncmp (place->name, target, length) == 0)
      return place;
  return NULL;
}

/* A new screen for that place (floating), or NULL when there is no such place. */
EhcpView *
ehcp_places_make (const char *target, EhcpLink *link)
{
  const EhcpPlace *place = ehcp_places_find (target);
  const char *slash = strchr (target, '/');

  if (place == NULL)
    return NULL;
  return g_object_new (place->get_type (), "link", link, "argument", slash != NULL ? slash + 1 : NULL,
                       NULL);
}
