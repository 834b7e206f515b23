/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made by the commands themselves once, then kept as a folder that is copied back: a fresh start costs some
 * milliseconds. */
#include "scene.h"

#include "ehcp-catalogue.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "'" COUNCIL_TODAY "'"
#define NOW "'2026-11-24T14:00:00Z'"

const char *const scene_role_names[N_ROLES] = {
  "nobody",     "parent",     "other family", "other parent", "young person",  "professional", "caseworker",
  "other team", "covering",   "manager",      "administrator", "withdrawn",    "expired",      "other council",
};

static const char *const thing_names[N_THINGS] = {
  "case",       "person", "invited", "accepted", "form",     "submitted", "comment", "document", "message",     "event",
  "invitation", "child",  "code",    "unique",   "request",  "template",  "cover",   "account",  "upload",      "open-upload",
  "session",
};

static const struct
{
  const char *name;
  const char *text;
} forms[] = {
  { "little@1", "{'name':'little@1','title':'Views','intro':'i','submit':'Send','next':'n','start':true,'pages':["
                "{'id':'p','title':'t','group':'g','questions':[{'id':'about','kind':'long-text','label':'l'}]}]}" },
  { "draft@1", "{'name':'draft@1','title':'Comments','intro':'i','submit':'Send','next':'n','pages':["
               "{'id':'b','title':'t','group':'g','questions':["
               "{'id':'b-change','kind':'long-text','label':'l','comments':'B'}]}]}" },
  { "ask@1",
    "{'name':'ask@1','title':'Request','intro':'i','submit':'Send','next':'n','use':'request','pages':["
    "{'id':'p','title':'t','group':'g','questions':["
    "{'id':'child-forename','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-surname','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-birth','kind':'date','label':'l','required':true,'missing':'m'},"
    "{'id':'relationship','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'school','kind':'school','label':'l'}]}]}" },
};

#define F(scene) (&(scene)->wire.council)

static void
write_forms (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (F (scene)->config->forms_dir, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.json", F (scene)->config->forms_dir, forms[i].name);
      g_autofree char *json = g_strdelimit (g_strdup (forms[i].text), "'", '"');

      g_file_set_contents (path, json, -1, &error);
      g_assert_no_error (error);
    }
  ehcp_catalogue_load (F (scene)->council, &error);
  g_assert_no_error (error);
}

static void
add_people (Scene *scene)
{
  council_add_account (F (scene), &scene->nina, "nina.hale@family.example", "Nina", "Hale", "family");
  council_add_account (F (scene), &scene->young, "isla.marlow@family.example", "Isla", "Marlow", "family");
  council_add_account (F (scene), &scene->covering, "sam.reed@wyreshire.example", "Sam", "Reed", "caseworker");
  council_add_account (F (scene), &scene->withdrawn, "greg.marlow@family.example", "Greg", "Marlow", "family");
  council_add_account (F (scene), &scene->accepted[0], "ann.lowe@family.example", "Ann", "Lowe", "family");
  council_add_account (F (scene), &scene->accepted[1], "tom.hale@family.example", "Tom", "Hale", "family");
  council_set_team (F (scene), &F (scene)->priya, "North");
  council_set_team (F (scene), &F (scene)->omar, "South");
  council_set_team (F (scene), &scene->covering, "East");
}

/* Sends @text as @actor, for the things of @of; (transfer full): the command's id. */
static char *
act (Scene *scene, const EhcpActorId *actor, Owner of, const char *text)
{
  char *id = ehcp_text_new_id ();
  g_autofree char *body = scene_fill (scene, text, ROLE_NOBODY, of, of);
  g_autoptr (JsonObject) result = council_send (F (scene), actor, id, "%s", body);

  return id;
}

static void
set (Scene *scene, Owner of, Thing thing, char *value)
{
  g_free (scene->things[of][thing]);
  scene->things[of][thing] = value;
}

static char *
find_id (Scene *scene, EhcpKind kind, const char *field, const char *value)
{
  g_autoptr (EhcpRecord) record = council_find_where (F (scene), kind, field, value);

  g_assert_nonnull (record);
  return g_strdup (ehcp_record_get_id (record));
}

static char *
publish (Scene *scene, Owner of, const char *audience)
{
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%%%u %s\n%%%%EOF\n", of, audience);
  g_autofree char *upload = council_upload (F (scene), &F (scene)->priya, "Letter.pdf", content);
  g_autofree char *body =
      g_strdup_printf ("{'kind':'document.publish','case':'{case}','upload':'%s','title':'t','document_kind':'letter',"
                       "'issued':" TODAY ",%s}", upload, audience);

  set (scene, OF_GONE, THING_UPLOAD, g_strdup (upload));
  return act (scene, &F (scene)->priya, of, body);
}

static void
submit_comment (Scene *scene, const EhcpActorId *parent, Owner of)
{
  g_autofree char *saved = NULL;
  g_autofree char *submitted = NULL;

  set (scene, of, THING_SUBMITTED,
       act (scene, &F (scene)->priya, of,
            "{'kind':'form.ask','case':'{case}','definition':'draft@1','person':'{person}'}"));
  saved = act (scene, parent, of,
               "{'kind':'form.save','case':'{case}','form':'{submitted}','question':'b-change','value':'v'}");
  submitted = act (scene, parent, of,
                   "{'kind':'form.submit','case':'{case}','form':'{submitted}','composed_at':" NOW "}");
  set (scene, of, THING_COMMENT,
       find_id (scene, EHCP_KIND_COMMENT, "form", scene->things[of][THING_SUBMITTED]));
}

#define MESSAGE(audience)                                                                                     \
  "{'kind':'message.send','case':'{case}','message_type':'Appointment','subject':'s','text':'t','composed_at':" NOW \
  audience "}"

/* One of each on the case of @of, whose parent's account is @parent. */
static void
make_things (Scene *scene, Owner of, const EhcpActorId *parent)
{
  const EhcpActorId *priya = &F (scene)->priya;
  g_autofree char *invited = g_strdup_printf ("invited-%u@family.example", of);

  set (scene, of, THING_INVITED, council_invite (F (scene), scene->things[of][THING_CASE], invited, FALSE));
  set (scene, of, THING_UNIQUE, council_unique_code (F (scene), invited));
  set (scene, of, THING_FORM,
       act (scene, priya, of, "{'kind':'form.ask','case':'{case}','definition':'little@1','person':'{person}'}"));
  submit_comment (scene, parent, of);
  set (scene, of, THING_DOCUMENT, publish (scene, of, "'audience':'adults'"));
  set (scene, of, THING_MESSAGE, act (scene, priya, of, MESSAGE (",'audience':'adults'")));
  set (scene, of, THING_EVENT, act (scene, priya, of,
                                    "{'kind':'event.record','case':'{case}','what':'school-consulted','value':'Oakmere',"
                                    "'date':'2026-11-02'}"));
}

static void
accept (Scene *scene, Owner of, const EhcpActorId *actor, const char *email)
{
  const char *case_id = scene->things[of][THING_CASE];
  char *person = council_invite (F (scene), case_id, email, FALSE);

  council_verify (F (scene), case_id, person, email);
  council_accept (F (scene), actor);
  set (scene, of, THING_ACCEPTED, person);
}

/* Another child of the same parent, to whose case they are invited. */
static void
invite_again (Scene *scene, Owner of, const char *email, const EhcpActorId *parent)
{
  g_autofree char *case_id = council_open_case (F (scene), "Sibling", "2026-10-01");
  g_autofree char *person = council_invite (F (scene), case_id, email, FALSE);
  g_autoptr (JsonObject) opened = NULL;

  council_verify (F (scene), case_id, person, email);
  set (scene, of, THING_CODE, council_link_code (F (scene), email));
  opened = council_send (F (scene), parent, NULL, "{'kind':'invitation.open','code':'%s'}", scene->things[of][THING_CODE]);
  set (scene, of, THING_INVITATION, g_strdup (ehcp_json_get_text (opened, "invitation")));
  set (scene, of, THING_CHILD, find_id (scene, EHCP_KIND_INVITATION_CHILD, "invitation", scene->things[of][THING_INVITATION]));
}

static void
make_isla (Scene *scene)
{
  g_autofree char *david = NULL;
  g_autofree char *young = NULL;
  g_autofree char *senco = NULL;
  g_autofree char *named = NULL;
  g_autofree char *greg = NULL;
  g_autofree char *withdrawn = NULL;

  set (scene, OF_OWN, THING_CASE, council_open_case (F (scene), "Isla", "2026-09-07"));
  set (scene, OF_OWN, THING_PERSON, council_join (F (scene), scene->things[OF_OWN][THING_CASE], &F (scene)->helen, FALSE));
  david = council_join (F (scene), scene->things[OF_OWN][THING_CASE], &F (scene)->david, FALSE);
  young = council_join (F (scene), scene->things[OF_OWN][THING_CASE], &scene->young, FALSE);
  senco = council_join (F (scene), scene->things[OF_OWN][THING_CASE], &F (scene)->senco, TRUE);
  greg = council_join (F (scene), scene->things[OF_OWN][THING_CASE], &scene->withdrawn, FALSE);
  accept (scene, OF_OWN, &scene->accepted[0], "ann.lowe@family.example");
  make_things (scene, OF_OWN, &F (scene)->helen);
  invite_again (scene, OF_OWN, "helen.marlow@family.example", &F (scene)->helen);
  named = scene_fill (scene, "'audience':'named','named':['{person}']", ROLE_NOBODY, OF_OWN, OF_OWN);
  set (scene, OF_NARROW, THING_DOCUMENT, publish (scene, OF_OWN, named));
  set (scene, OF_NARROW, THING_MESSAGE, act (scene, &F (scene)->helen, OF_OWN, MESSAGE ("")));
  withdrawn = g_strdup_printf ("{'kind':'access.withdraw','case':'{case}','person':'%s'}", greg);
  g_free (act (scene, &F (scene)->priya, OF_OWN, withdrawn));
}

static void
make_theo (Scene *scene)
{
  set (scene, OF_FOREIGN, THING_CASE, council_open_case (F (scene), "Theo", "2026-09-07"));
  set (scene, OF_FOREIGN, THING_PERSON,
       council_join (F (scene), scene->things[OF_FOREIGN][THING_CASE], &scene->nina, FALSE));
  accept (scene, OF_FOREIGN, &scene->accepted[1], "tom.hale@family.example");
  make_things (scene, OF_FOREIGN, &scene->nina);
  invite_again (scene, OF_FOREIGN, "nina.hale@family.example", &scene->nina);
}

static gboolean
remove_things (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  static const struct
  {
    Thing thing;
    EhcpKind kind;
  } kinds[] = {
    { THING_INVITED, EHCP_KIND_PERSON },         { THING_FORM, EHCP_KIND_FORM },
    { THING_SUBMITTED, EHCP_KIND_FORM },         { THING_COMMENT, EHCP_KIND_COMMENT },
    { THING_MESSAGE, EHCP_KIND_MESSAGE },        { THING_EVENT, EHCP_KIND_EVENT },
    { THING_CHILD, EHCP_KIND_INVITATION_CHILD }, { THING_INVITATION, EHCP_KIND_INVITATION },
    { THING_REQUEST, EHCP_KIND_REQUEST },        { THING_COVER, EHCP_KIND_COVER },
  };
  Scene *scene = data;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!ehcp_store_remove (council, db, kinds[i].kind, scene->things[OF_GONE][kinds[i].thing], error))
      return FALSE;
  return TRUE;
}

static char *
ask_for_assessment (Scene *scene, const EhcpActorId *parent)
{
  /* Answers are JSON within JSON: the fixture turns ' into ", and the backslash before it is the JSON's own. */
  g_autofree char *form = act (scene, parent, OF_OWN,
                               "{'kind':'assessment.request','composed_at':" NOW ",'definition':'ask@1','answers':'{"
                               "\\'child-forename\\':\\'Max\\',\\'child-surname\\':\\'M\\',"
                               "\\'child-birth\\':\\'2021-05-04\\',\\'relationship\\':\\'Mother\\'}'}");

  return find_id (scene, EHCP_KIND_REQUEST, "form", form);
}

static char *
set_cover (Scene *scene, const EhcpActorId *covered, const EhcpActorId *covering)
{
  g_autofree char *body =
      g_strdup_printf ("{'kind':'cover.set','covered':'%s','covering':'%s','from':" TODAY ",'until':'2026-12-24'}",
                       covered->account, covering->account);

  return act (scene, &F (scene)->manager, OF_OWN, body);
}

static char *
save_template (Scene *scene, const char *title)
{
  g_autofree char *body = g_strdup_printf (
      "{'kind':'template.save','title':'%s','message_type':'Appointment','subject':'s','text':'t'}", title);

  return act (scene, &F (scene)->manager, OF_OWN, body);
}

/* Things that were Isla's, and others of which nothing is left. */
static void
make_gone (Scene *scene)
{
  char **gone = scene->things[OF_GONE];
  g_autoptr (GError) error = NULL;

  set (scene, OF_GONE, THING_CASE, g_strdup (scene->things[OF_OWN][THING_CASE]));
  set (scene, OF_GONE, THING_PERSON, g_strdup (scene->things[OF_OWN][THING_PERSON]));
  make_things (scene, OF_GONE, &F (scene)->helen);
  g_free (act (scene, &F (scene)->priya, OF_GONE,
               "{'kind':'document.withdraw','case':'{case}','document':'{document}','reason':'r'}"));
  set (scene, OF_GONE, THING_PERSON, g_strdup (gone[THING_INVITED]));
  set (scene, OF_GONE, THING_ACCEPTED, g_strdup (gone[THING_INVITED]));
  invite_again (scene, OF_GONE, "tom.hale@family.example", &scene->accepted[1]);
  set (scene, OF_GONE, THING_REQUEST, ask_for_assessment (scene, &scene->nina));
  set (scene, OF_GONE, THING_TEMPLATE, save_template (scene, "Old"));
  g_free (act (scene, &F (scene)->manager, OF_GONE, "{'kind':'template.remove','template':'{template}'}"));
  set (scene, OF_GONE, THING_COVER, set_cover (scene, &F (scene)->priya, &F (scene)->omar));
  ehcp_council_write_sync (F (scene)->council, remove_things, scene, &error);
  g_assert_no_error (error);
}

/* What belongs to no case; and Theo goes to the other team. */
static void
make_council (Scene *scene)
{
  g_autofree char *give = g_strdup_printf ("{'kind':'case.reallocate','case':'{case}','caseworker':'%s'}",
                                           F (scene)->omar.account);
  g_autofree char *take = g_strdup_printf ("{'kind':'case.allocate','case':'{case}','caseworker':'%s'}",
                                           F (scene)->priya.account);

  g_free (act (scene, &F (scene)->manager, OF_FOREIGN, give));
  g_free (act (scene, &F (scene)->priya, OF_OWN, take));
  set (scene, OF_OWN, THING_COVER, set_cover (scene, &F (scene)->priya, &scene->covering));
  set (scene, OF_FOREIGN, THING_COVER, set_cover (scene, &F (scene)->omar, &F (scene)->manager));
  set (scene, OF_OWN, THING_TEMPLATE, save_template (scene, "New"));
  set (scene, OF_FOREIGN, THING_TEMPLATE, save_template (scene, "Newer"));
  set (scene, OF_FOREIGN, THING_REQUEST, ask_for_assessment (scene, &scene->nina));
  set (scene, OF_OWN, THING_REQUEST, ask_for_assessment (scene, &F (scene)->helen));
  set (scene, OF_OWN, THING_ACCOUNT, g_strdup (F (scene)->omar.account));
  set (scene, OF_FOREIGN, THING_ACCOUNT, g_strdup (scene->nina.account));
}

/* The sessions' ids are not told with their tokens. */
static char *
find_session (Scene *scene, const char *token)
{
  g_autoptr (WireAnswer) answer = wire_call (&scene->wire, "GET", "/v1/sessions", token, NULL, NULL);
  JsonArray *sessions;

  g_assert_cmpint (answer->status, ==, 200);
  sessions = ehcp_json_get_array (answer->json, "sessions");
  for (guint i = 0; i < json_array_get_length (sessions); i++)
    {
      JsonObject *session = json_array_get_object_element (sessions, i);

      if (ehcp_json_get_bool (session, "is_this"))
        return g_strdup (ehcp_json_get_text (session, "id"));
    }
  g_assert_not_reached ();
}

/* A session of a council that has other people. */
static char *
sign_in_elsewhere (void)
{
  WireFixture other = { 0 };
  char *token;

  wire_fixture_set_up (&other, NULL);
  token = wire_make_session (&other, &other.council.helen);
  wire_fixture_tear_down (&other, NULL);
  return token;
}

static void
sign_in (Scene *scene)
{
  const EhcpActorId *actors[N_ROLES] = {
    [ROLE_PARENT] = &F (scene)->helen,        [ROLE_OTHER_FAMILY] = &scene->nina,
    [ROLE_OTHER_PARENT] = &F (scene)->david,  [ROLE_YOUNG] = &scene->young,
    [ROLE_PROFESSIONAL] = &F (scene)->senco,  [ROLE_CASEWORKER] = &F (scene)->priya,
    [ROLE_OTHER_TEAM] = &F (scene)->omar,     [ROLE_COVERING] = &scene->covering,
    [ROLE_MANAGER] = &F (scene)->manager,     [ROLE_ADMINISTRATOR] = &F (scene)->admin,
    [ROLE_WITHDRAWN] = &scene->withdrawn,
  };
  gint64 longest = F (scene)->config->session_max_s;
  g_autofree char *used = wire_make_session (&scene->wire, &F (scene)->helen);
  g_autoptr (WireAnswer) ended = NULL;

  scene->ended_session = find_session (scene, used);
  ended = wire_call (&scene->wire, "DELETE", "/v1/session", used, NULL, NULL);
  g_assert_cmpint (ended->status, ==, 204);
  F (scene)->config->session_max_s = 1;
  scene->tokens[ROLE_EXPIRED] = wire_make_session (&scene->wire, &F (scene)->helen);
  F (scene)->config->session_max_s = longest;
  ehcp_clock_advance (F (scene)->clock, 60);
  scene->tokens[ROLE_OTHER_COUNCIL] = sign_in_elsewhere ();
  for (guint i = 0; i < N_ROLES; i++)
    if (actors[i] != NULL)
      {
        scene->tokens[i] = wire_make_session (&scene->wire, actors[i]);
        scene->sessions[i] = find_session (scene, scene->tokens[i]);
        scene->uploads[i] = council_upload (F (scene), actors[i], "Report.pdf", "%PDF-1.4\n%%EOF\n");
        scene->open_uploads[i] = council_begin_upload (F (scene), actors[i], "Report.pdf", "%PDF-1.4\n%%EOF\n");
      }
}

static void
run (const char *const argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
copy_folder (const char *from, const char *to)
{
  const char *const remove[] = { "rm", "-rf", "--", to, NULL };
  const char *const copy[] = { "cp", "-a", "--", from, to, NULL };

  run (remove);
  run (copy);
}

Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  wire_fixture_set_up (&scene->wire, NULL);
  write_forms (scene);
  add_people (scene);
  make_isla (scene);
  make_theo (scene);
  make_gone (scene);
  make_council (scene);
  sign_in (scene);
  scene->snapshot = g_build_filename (F (scene)->dir, "snapshot", NULL);
  scene->data_dir = g_strdup (F (scene)->config->data_dir);
  wire_fixture_stop (&scene->wire);
  copy_folder (scene->data_dir, scene->snapshot);
  wire_fixture_start (&scene->wire);
  return scene;
}

void
scene_renew (Scene *scene)
{
  wire_fixture_stop (&scene->wire);
  copy_folder (scene->snapshot, scene->data_dir);
  wire_fixture_start (&scene->wire);
}

void
scene_free (Scene *scene)
{
  wire_fixture_tear_down (&scene->wire, NULL);
  for (guint i = 0; i < N_ROLES; i++)
    {
      g_free (scene->tokens[i]);
      g_free (scene->sessions[i]);
      g_free (scene->uploads[i]);
      g_free (scene->open_uploads[i]);
    }
  for (guint i = 0; i < N_OWNERS * N_THINGS; i++)
    g_free (scene->things[i / N_THINGS][i % N_THINGS]);
  g_free (scene->ended_session);
  g_free (scene->snapshot);
  g_free (scene->data_dir);
  g_free (scene);
}

/* What is an account's own: of @role's, of somebody's with whom it has nothing to do, of a time that is past. */
static const char *
find_personal (Scene *scene, char *const values[N_ROLES], const char *gone, Role role, Owner of)
{
  if (of == OF_GONE)
    return gone;
  if (of == OF_FOREIGN)
    return values[role == ROLE_OTHER_FAMILY ? ROLE_PARENT : ROLE_OTHER_FAMILY];
  return of == OF_OWN ? values[role] : NULL;
}

static char *
find_thing (Scene *scene, Thing thing, Role role, Owner case_of, Owner of)
{
  const char *found = NULL;
  Owner sender = case_of == OF_FOREIGN && of == OF_FOREIGN ? OF_OWN : of;

  if (thing == THING_CASE)
    found = scene->things[case_of == OF_NARROW ? OF_OWN : case_of][thing];
  else if (thing == THING_UPLOAD)
    found = find_personal (scene, scene->uploads, scene->things[OF_GONE][THING_UPLOAD], role, sender);
  else if (thing == THING_OPEN_UPLOAD)
    found = find_personal (scene, scene->open_uploads, scene->things[OF_GONE][THING_UPLOAD], role, sender);
  else if (thing == THING_SESSION)
    found = find_personal (scene, scene->sessions, scene->ended_session, role, sender);
  else if (scene->things[of][thing] != NULL)
    found = scene->things[of][thing];
  else if (of == OF_NARROW)
    found = scene->things[OF_OWN][thing];
  if (found != NULL)
    return g_strdup (found);
  return thing == THING_CODE || thing == THING_UNIQUE ? g_strdup ("QQQQWWWW") : ehcp_text_new_id ();
}

char *
scene_fill (Scene *scene, const char *text, Role role, Owner case_of, Owner of)
{
  gboolean is_staff = role >= ROLE_CASEWORKER && role <= ROLE_ADMINISTRATOR;
  g_autoptr (GString) filled = g_string_new (text);

  for (guint i = 0; i < N_THINGS; i++)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", thing_names[i]);
      g_autofree char *value = NULL;

      if (strstr (filled->str, name) == NULL)
        continue;
      value = find_thing (scene, i, role, case_of, of);
      g_string_replace (filled, name, value, 0);
    }
  if (strstr (filled->str, "{new}") != NULL)
    {
      g_autofree char *id = ehcp_text_new_id ();

      g_string_replace (filled, "{new}", id, 0);
    }
  g_string_replace (filled, "{priya}", F (scene)->priya.account, 0);
  g_string_replace (filled, "{sam}", scene->covering.account, 0);
  g_string_replace (filled, "{audience}", is_staff ? ",'audience':'adults'" : "", 0);
  return g_strdup (filled->str);
}

gint64
scene_mark (Scene *scene)
{
  return council_sql (F (scene), "SELECT (SELECT count(*) FROM audit) * 1000000 + "
                                 "(SELECT count(*) FROM record) * 1000 + (SELECT count(*) FROM receipt)");
}
