/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real server in this process on a free port, and a client that speaks HTTP to it. */
#pragma once

#include "council-fixture.h"

#include "ehcp-server.h"

typedef struct
{
  CouncilFixture council;
  EhcpServer *server;
  guint port;
} WireFixture;

typedef struct
{
  long status;         /* 0: no answer came */
  GHashTable *headers; /* small letters → value */
  GByteArray *body;
  JsonObject *json; /* NULL when the body is no object */
} WireAnswer;

void wire_answer_free (WireAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireAnswer, wire_answer_free)

void wire_fixture_set_up (WireFixture *f, gconstpointer data);
void wire_fixture_tear_down (WireFixture *f, gconstpointer data);
/* As council_fixture_stop() and council_fixture_start(). The port is another one then. */
void wire_fixture_stop (WireFixture *f);
void wire_fixture_start (WireFixture *f);

/* (transfer full): a token of a session of that account, made without a code. */
char *wire_make_session (WireFixture *f, const EhcpActorId *actor);

/* @body: NULL for none; with ' for ". @...: header lines, then NULL. */
WireAnswer *wire_call (WireFixture *f, const char *method, const char *path, const char *token,
                       const char *body, ...) G_GNUC_NULL_TERMINATED;
WireAnswer *wire_send (WireFixture *f, const char *method, const char *path, const char *token,
                       const void *body, gsize length, ...) G_GNUC_NULL_TERMINATED;
const char *wire_header (WireAnswer *answer, const char *name);
const char *wire_text (WireAnswer *answer, const char *member);
/* Asserts the status, the code and (NULL: none) the field of a refusal. */
void wire_refused (WireAnswer *answer, EhcpError code, const char *field);

/* A request in a thread of its own, for those that are held. */
typedef struct _WireHeld WireHeld;
WireHeld *wire_hold (WireFixture *f, const char *path, const char *token);
WireAnswer *wire_held_finish (WireHeld *held);

char *wire_upload (WireFixture *f, const char *token, const char *file_name, const char *content,
                   gsize length);
