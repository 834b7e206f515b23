/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every route and every command for everybody who may come to the door, about what is theirs, another family's, gone and
 * never there, over HTTP. Foreign and absent answer with the same bytes; what is refused leaves no trace. */
#include "scene.h"

#include "commands.h"
#include "ehcp-text.h"
#include "routes.h"

#include <string.h>

#include "matrix-rows.h"

static Scene *scene;

/* Who sees which case. */
static const char *const sees_case[N_OWNERS] = { [OF_OWN] = "-Y-YYYY-YY----", [OF_FOREIGN] = "--Y----Y-Y----" };

/* One question: who may, and about what. */
typedef struct
{
  const char *name;
  Owner case_of;
  Owner of;
} Question;

typedef WireAnswer *(*AskFunc) (gconstpointer row, Role role, Owner case_of, Owner of);

static char
get_letter (const WireAnswer *answer)
{
  static const struct
  {
    int status;
    char letter;
  } letters[] = { { 401, '1' }, { 403, '3' }, { 404, '4' }, { 409, 'C' }, { 410, 'E' }, { 422, 'R' } };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].status == answer->status)
      return letters[i].letter;
  return answer->status >= 200 && answer->status < 300 ? 'Y' : '?';
}

/* What the answer says, but for its time. */
static char *
format_answer (const WireAnswer *answer)
{
  static const char *const heads[] = { "content-type", "upload-offset", "upload-length", "etag", "location", "retry-after" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%ld", answer->status);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    g_string_append_printf (text, "|%s", (char *) g_hash_table_lookup (answer->headers, heads[i]));
  g_string_append_c (text, '|');
  g_string_append_len (text, (const char *) answer->body->data, answer->body->len);
  return g_string_free (text, FALSE);
}

/* Whether @role may do such a thing at all is the same for what they do not see: 3, 4 or 1. */
static char
get_blind (const char *own, Role role)
{
  if (strchr ("1A", own[role]) != NULL)
    return own[role];
  if (role < ROLE_CASEWORKER || role == ROLE_WITHDRAWN)
    return own[ROLE_WITHDRAWN] == '3' ? '3' : '4';
  return own[role] == '3' ? '3' : '4';
}

/* For Theo's family the other parent, for Theo's team the caseworker. */
static char
get_foreign (const char *own, Role role)
{
  if (role == ROLE_OTHER_FAMILY)
    return own[ROLE_PARENT];
  if (role == ROLE_OTHER_TEAM)
    return own[ROLE_CASEWORKER];
  return role == ROLE_MANAGER || role == ROLE_ADMINISTRATOR ? own[role] : get_blind (own, role);
}

static char *
turn_round (const char *own, char (*get) (const char *, Role))
{
  char *letters = g_new0 (char, N_ROLES + 1);

  for (guint i = 0; i < N_ROLES; i++)
    letters[i] = get (own, i);
  return letters;
}

/* What is refused is refused as for what never was: to those who see the case, a thing on it; to all others, a case. */
static void
check_refusal (gconstpointer row, AskFunc ask, Role role, Owner case_of, const WireAnswer *answer)
{
  gboolean is_seen = sees_case[case_of] != NULL && sees_case[case_of][role] == 'Y';
  g_autoptr (WireAnswer) absent = ask (row, role, is_seen ? case_of : OF_NOBODY, OF_NOBODY);
  g_autofree char *text = format_answer (answer);
  g_autofree char *of_absent = format_answer (absent);

  g_assert_cmpstr (text, ==, of_absent);
}

static void
check_same (const WireAnswer *answer, char **first)
{
  g_autofree char *text = format_answer (answer);

  if (*first == NULL)
    *first = g_strdup (text);
  g_assert_cmpstr (text, ==, *first);
}

/* Each role asks; what was done is undone before the next one does. */
static void
check (gconstpointer row, AskFunc ask, const Question *question, const char *expected, const char *blind, int status)
{
  char got[N_ROLES + 1] = { 0 };
  g_autofree char *for_nobody = NULL;

  g_assert_cmpuint (strlen (expected), ==, N_ROLES);
  for (guint role = 0; role < N_ROLES; role++)
    {
      gint64 mark = scene_mark (scene);
      g_autoptr (WireAnswer) answer = ask (row, role, question->case_of, question->of);

      got[role] = expected[role] == 'A' && answer->status == status ? 'A' : get_letter (answer);
      if (got[role] == 'A')
        check_same (answer, &for_nobody);
      if (got[role] != 'Y' && got[role] != 'A')
        g_assert_cmpint (scene_mark (scene), ==, mark);
      /* What somebody sees and may not change is refused for what it is. */
      if (got[role] == blind[role])
        check_refusal (row, ask, role, question->case_of, answer);
      if (got[role] == 'Y')
        scene_renew (scene);
    }
  g_test_message ("%s: %s", question->name, got);
  g_assert_cmpstr (got, ==, expected);
}

static gboolean
is_about_something (const char *text)
{
  const char *brace = text;

  while ((brace = strchr (brace, '{')) != NULL)
    {
      if (g_ascii_isalpha (brace[1]) && !g_str_has_prefix (brace, "{case}") && !g_str_has_prefix (brace, "{priya}") &&
          !g_str_has_prefix (brace, "{sam}") && !g_str_has_prefix (brace, "{audience}") &&
          !g_str_has_prefix (brace, "{new}"))
        return TRUE;
      brace++;
    }
  return FALSE;
}

/* Every question that the text of the row allows. No case ever goes. */
static void
check_row (gconstpointer row, AskFunc ask, const char *text, const Expected *expected)
{
  static const Question of_own = { "own", OF_OWN, OF_OWN }, narrow = { "narrow", OF_OWN, OF_NARROW },
                        foreign = { "foreign", OF_FOREIGN, OF_FOREIGN }, mixed = { "foreign in own", OF_OWN, OF_FOREIGN },
                        gone = { "gone", OF_OWN, OF_GONE }, absent = { "absent", OF_OWN, OF_NOBODY },
                        nowhere = { "absent case", OF_NOBODY, OF_NOBODY };
  g_autofree char *blind = expected->blind != NULL ? g_strdup (expected->blind) : turn_round (expected->own, get_blind);
  g_autofree char *turned =
      expected->foreign != NULL ? g_strdup (expected->foreign) : turn_round (expected->own, get_foreign);
  gboolean has_case = strstr (text, "{case}") != NULL;
  gboolean has_thing = is_about_something (text);
  int status = expected->status;

  check (row, ask, &of_own, expected->own, blind, status);
  if (expected->narrow != NULL)
    check (row, ask, &narrow, expected->narrow, blind, status);
  if (has_case)
    {
      check (row, ask, &foreign, turned, blind, status);
      check (row, ask, &nowhere, blind, blind, status);
    }
  if (has_thing)
    {
      check (row, ask, &mixed, has_case ? blind : turned, blind, status);
      check (row, ask, &gone, blind, blind, status);
      check (row, ask, &absent, blind, blind, status);
    }
}

typedef struct
{
  const char *name;
  const CommandRow *row;
} Command;

static WireAnswer *
ask_command (gconstpointer data, Role role, Owner case_of, Owner of)
{
  const Command *command = data;
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *path = g_strconcat ("/v1/commands/", id, NULL);
  g_autofree char *text = scene_fill (scene, command->row->body, role, case_of, of);
  g_autofree char *body = g_strdup_printf ("{'kind':'%s',%s}", command->name, text);

  return wire_call (&scene->wire, "PUT", path, scene->tokens[role], body, NULL);
}

static void
test_command (gconstpointer data)
{
  const CommandRow *row = command_rows[GPOINTER_TO_UINT (data)];
  const Command command = { command_names[GPOINTER_TO_UINT (data)], row };

  check_row (&command, ask_command, row->body, &row->expected);
}

typedef struct
{
  const RouteName *name;
  const RouteRow *row;
} Route;

static WireAnswer *
ask_route (gconstpointer data, Role role, Owner case_of, Owner of)
{
  const Route *route = data;
  const RouteRow *row = route->row;
  g_autofree char *path = scene_fill (scene, row->path, role, case_of, of);

  return wire_call (&scene->wire, route->name->method, path, scene->tokens[role], row->body, row->headers[0],
                    row->headers[1], row->headers[2], NULL);
}

static void
test_route (gconstpointer data)
{
  const RouteRow *row = route_rows[GPOINTER_TO_UINT (data)];
  const Route route = { &route_names[GPOINTER_TO_UINT (data)], row };

  check_row (&route, ask_route, row->path, &row->expected);
}

static void
find_readers (GPtrArray *bodies, Owner of, Thing thing, char got[N_ROLES + 1])
{
  g_autofree char *id = g_strdup_printf ("\"id\":\"%s\"", scene->things[of][thing]);

  for (guint role = 0; role < N_ROLES; role++)
    got[role] = strstr (bodies->pdata[role], id) != NULL ? 'Y' : '-';
}

/* What the feed brings to whom: the case, what is for all adults, what is for one. */
static void
test_feed (void)
{
  static const struct
  {
    Owner of;
    Thing thing;
    const char *sees;
  } rows[] = {
    { OF_OWN, THING_DOCUMENT, "-Y-YY-Y-YY----" },
    { OF_OWN, THING_MESSAGE, "-Y-YY-Y-YY----" },  { OF_OWN, THING_FORM, "-Y----Y-YY----" },
    { OF_OWN, THING_COMMENT, "-Y----Y-YY----" },  { OF_NARROW, THING_DOCUMENT, "-Y----Y-YY----" },
    { OF_NARROW, THING_MESSAGE, "-Y----Y-YY----" }, { OF_OWN, THING_INVITATION, "-Y------------" },
    { OF_OWN, THING_REQUEST, "------YYYYY---" },  { OF_OWN, THING_COVER, "------YYYYY---" },
    { OF_FOREIGN, THING_DOCUMENT, "--Y----Y-Y----" },
    { OF_FOREIGN, THING_MESSAGE, "--Y----Y-Y----" }, { OF_FOREIGN, THING_COMMENT, "--Y----Y-Y----" },
    { OF_GONE, THING_MESSAGE, "--------------" },   { OF_GONE, THING_DOCUMENT, "--------------" },
  };
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  char got[N_ROLES + 1] = { 0 };

  for (guint role = 0; role < N_ROLES; role++)
    {
      g_autoptr (WireAnswer) answer =
          wire_call (&scene->wire, "GET", "/v1/changes?limit=1000", scene->tokens[role], NULL, NULL);

      g_ptr_array_add (bodies, g_strndup ((char *) answer->body->data, answer->body->len));
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      find_readers (bodies, rows[i].of, rows[i].thing, got);
      g_test_message ("%u of %u", rows[i].thing, rows[i].of);
      g_assert_cmpstr (got, ==, rows[i].sees);
    }
  for (guint i = 0; i < N_OWNERS; i++)
    if (sees_case[i] != NULL)
      {
        find_readers (bodies, i, THING_CASE, got);
        g_assert_cmpstr (got, ==, sees_case[i]);
      }
}

int
main (int argc, char *argv[])
{
  int code;

  g_test_init (&argc, &argv, NULL);
  scene = scene_new ();
  g_test_set_nonfatal_assertions (); /* each question that is answered otherwise is named, not the first alone */
  g_test_add_func ("/matrix/feed", test_feed);
  for (guint i = 0; i < G_N_ELEMENTS (command_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/matrix/command/", command_names[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_command);
    }
  for (guint i = 0; i < G_N_ELEMENTS (route_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/matrix/route/", route_names[i].method, route_names[i].pattern, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_route);
    }
  code = g_test_run ();
  scene_free (scene);
  return code;
}
