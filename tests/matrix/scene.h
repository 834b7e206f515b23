/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A council with two families that have nothing to do with each other, everybody who may come to its door, and one of
 * each thing that can be asked for. */
#pragma once

#include "wire-fixture.h"

/* The columns of commands.h and routes.h. */
typedef enum
{
  ROLE_NOBODY,        /* no token */
  ROLE_PARENT,        /* of Isla */
  ROLE_OTHER_FAMILY,  /* a parent of Theo */
  ROLE_OTHER_PARENT,  /* of Isla too; some things are for the first one alone */
  ROLE_YOUNG,         /* Isla, grown up */
  ROLE_PROFESSIONAL,  /* of Isla's school */
  ROLE_CASEWORKER,    /* of Isla's team */
  ROLE_OTHER_TEAM,    /* a caseworker of Theo's team */
  ROLE_COVERING,      /* of a third team, stands in for Isla's caseworker */
  ROLE_MANAGER,
  ROLE_ADMINISTRATOR,
  ROLE_WITHDRAWN,     /* was a parent of Isla */
  ROLE_EXPIRED,       /* Isla's parent, whose session has ended */
  ROLE_OTHER_COUNCIL, /* a token that holds at another council */
  N_ROLES
} Role;

/* What is named by {case} and so on in a row. */
typedef enum
{
  THING_CASE,
  THING_PERSON,     /* with access */
  THING_INVITED,    /* not verified */
  THING_ACCEPTED,   /* not let in yet */
  THING_FORM,       /* asked for */
  THING_SUBMITTED,  /* a form */
  THING_COMMENT,
  THING_DOCUMENT,
  THING_MESSAGE,
  THING_EVENT,
  THING_INVITATION, /* to another child, open */
  THING_CHILD,      /* of the invitation */
  THING_CODE,       /* not an id: of the link of that invitation */
  THING_UNIQUE,     /* not an id: the code of THING_INVITED */
  THING_REQUEST,
  THING_TEMPLATE,
  THING_COVER,
  THING_ACCOUNT,    /* of a member of staff */
  THING_UPLOAD,     /* the sender's own, complete */
  THING_OPEN_UPLOAD, /* the sender's own, begun */
  THING_SESSION,    /* the sender's own */
  N_THINGS
} Thing;

typedef enum
{
  OF_OWN,     /* Isla's, for all of her adults */
  OF_NARROW,  /* Isla's, for the first parent alone */
  OF_FOREIGN, /* Theo's */
  OF_GONE,    /* was Isla's */
  OF_NOBODY,  /* never was */
  N_OWNERS
} Owner;

typedef struct
{
  WireFixture wire;
  EhcpActorId nina, young, covering, withdrawn, accepted[2];
  char *tokens[N_ROLES];
  char *sessions[N_ROLES];
  char *ended_session;
  char *uploads[N_ROLES];
  char *open_uploads[N_ROLES];
  char *things[N_OWNERS][N_THINGS];
  char *data_dir;
  char *snapshot; /* of it */
} Scene;

extern const char *const scene_role_names[N_ROLES];

Scene *scene_new (void);
void scene_free (Scene *scene);
/* Everything as it was when the scene was made. */
void scene_renew (Scene *scene);
/* (transfer full): @text with what stands between braces: {case} is of @case_of, everything else of @of; what belongs to an
 * account is @role's own, also where both are the other family's. */
char *scene_fill (Scene *scene, const char *text, Role role, Owner case_of, Owner of);
/* The newest number and the length of the audit: what a refused act must not move. */
gint64 scene_mark (Scene *scene);
