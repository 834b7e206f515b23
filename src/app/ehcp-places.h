/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places that the window can show, and the screen that shows each. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_PLACE_OPEN = 1 << 0, /* can be shown to somebody who has not signed in */
  EHCP_PLACE_ROOT = 1 << 1, /* going there ends the history: nothing leads back from it */
  EHCP_PLACE_INNER = 1 << 2, /* "NAME/CASE/ITEM" is the screen "NAME/CASE" with an item open, not another */
} EhcpPlaceFlags;

typedef struct
{
  const char *name;
  GType (*get_type) (void); /* an EhcpView */
  EhcpPlaceFlags flags;
  const char *instead; /* for somebody who has not signed in; NULL: "sign-in" */
  const char *behind;  /* of a place of a case, "NAME/CASE…": the place of the same case that leads to it */
} EhcpPlace;

const EhcpPlace *ehcp_places_find (const char *target);
char *ehcp_places_find_way (const char *target);
EhcpView *ehcp_places_make (const char *target, EhcpLink *link);

const char *ehcp_places_get_home (const char *role);

G_END_DECLS
