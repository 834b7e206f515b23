/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council and the programs of a simulation, and what they promised. */
#pragma once

#include "council-fixture.h"
#include "ehcp-link-private.h"
#include "ehcp-server.h"
#include "sim-disk.h"
#include "sim-net.h"

#define SIM_FEW_DEVICES 4 /* of a seed */
#define SIM_MAX_DEVICES 20 /* that come back after a restore */
#define SIM_FORM "short-form@1"

typedef struct
{
  guint host;
  const char *name;
  EhcpActorId actor;
  char *token;
  char *spare_tokens[4]; /* for signing in again */
  guint n_spare;
  EhcpKey key;
  gboolean is_staff;
  gboolean is_used;      /* by this seed */
  gint64 clock_shift_s;
  char *dir;
  EhcpClock *clock;
  EhcpLink *link;        /* NULL: not running */
} SimDevice;

/* A command of which the person was told that it is safe. */
typedef struct
{
  char *id;
  char *text;            /* of a message or an answer; NULL: of another kind */
  char *case_id;
  guint device;
  EhcpCommand kind;
  gboolean is_safe;      /* the screen said so */
  gboolean is_taken_back;
  gboolean is_away;      /* taken back, and off the disk */
  gboolean is_excused;   /* the sender lost the case or logged out since */
} SimPromise;

typedef struct
{
  guint device;
  char *case_id;
  gboolean is_excused;
} SimDraft;

typedef struct
{
  CouncilFixture council;
  gboolean is_council_starting;
  gboolean is_council_up;
  EhcpServer *server;
  guint n_devices;
  gboolean is_peaceful;  /* nobody takes anything away */
  SimDevice devices[SIM_MAX_DEVICES];
  char *cases[2];
  char *people[2][2];    /* of each case: helen's, david's; or NULL */
  char *form;            /* asked of helen in the first case */
  GHashTable *promises;  /* id → SimPromise */
  GHashTable *drafts;    /* id → SimDraft: those that are safe */
  GHashTable *answers;   /* id → the council's answer, since the last restore */
  GHashTable *acknowledged; /* ids of what was ever answered with 200 */
  guint n_texts;
  guint n_restores;
  SimImage *backup;
  GHashTable *backed_up_files;
  char *problem;         /* the first one */
} SimWorld;

extern SimWorld sim_world;

void sim_draft_is_safe (SimDevice *device, const char *id, const char *case_id);
void sim_excuse (const char *account, const char *case_id); /* case_id NULL: all of the device */
gboolean sim_is_being_revoked (const SimDevice *device);
void sim_excuse_device (SimDevice *device);
const SimEars *sim_get_ears (void);
void sim_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);
void sim_keyring_set (guint host, const EhcpSession *session);
EhcpSession *sim_keyring_get (guint host);

/* Before the seeds: once. */
void sim_world_make (guint n_devices);
/* In a seed. */
void sim_world_begin (void);
void sim_council_start (void);
void sim_council_crash (gboolean is_power_lost);
void sim_council_back_up (void);
void sim_council_restore (void);
void sim_device_start (SimDevice *device);
void sim_device_crash (SimDevice *device, gboolean is_power_lost);
void sim_device_log_out (SimDevice *device);
void sim_notice_deaths (void);
gboolean sim_spin (guint n); /* n turns of whoever can; FALSE: nobody can */

gboolean sim_may_act (const SimDevice *device);
void sim_act (void);         /* somebody does something */
void sim_fault (void);       /* something breaks, or is mended */
void sim_mend (void);        /* everything */
void sim_leave_memory (void); /* programs whose disk could not be read start again */
void sim_start_what_died (void);
gboolean sim_settle (void);  /* until nobody has anything to do */
void sim_check (void);       /* the invariants */
void sim_check_restored (void); /* everything that was ever acknowledged is there once */
