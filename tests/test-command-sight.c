/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the staff may act on a case: for every command of the table, the case's own caseworker, one of the
 * same team, one of another team, one who stands in, and the manager. What is another team's answers like
 * what is not there, with the same bytes. A command without its row does not pass. */
#include "council-fixture.h"

#include "ehcp-commands.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#define SOME "aaaaaaaa-0000-4000-8000-000000000001"
#define TODAY "'date':'" COUNCIL_TODAY "'"

/* What follows the case; NULL for a command that is of no case. Nothing of it has to be true: what counts is how far
 * the command came. */
static const struct
{
  const char *kind;
  const char *more;
} rows[] = {
  { "access.activate", ",'person':'" SOME "'" },
  { "access.withdraw", ",'person':'" SOME "'" },
  { "account.update", NULL },
  { "assessment.request", NULL },
  { "case.allocate", ",'caseworker':'" SOME "'" },
  { "case.open", NULL },
  { "case.reallocate", ",'caseworker':'" SOME "'" },
  { "comment.decide", ",'comment':'" SOME "','state':'accepted'" },
  { "cover.set", NULL },
  { "document.add", ",'upload':'" SOME "','title':'t','document_kind':'report'" },
  { "document.publish", ",'upload':'" SOME "','title':'t','document_kind':'letter','issued':'" COUNCIL_TODAY
                        "','audience':'staff'" },
  { "document.read", ",'document':'" SOME "'" },
  { "document.withdraw", ",'document':'" SOME "','reason':'r'" },
  { "event.correct", ",'corrects':'" SOME "','what':'void'," TODAY ",'note':'n'" },
  { "event.record", ",'what':'unheard-of'," TODAY },
  { "exemption.record", ",'rule':'final-plan','ground':'personal'," TODAY ",'reason':'r'" },
  { "form.accept", ",'form':'" SOME "'" },
  { "form.ask", ",'definition':'none@1','person':'" SOME "'" },
  { "form.return", ",'form':'" SOME "','reason':'r'" },
  { "form.save", ",'form':'" SOME "','question':'q','value':'v'" },
  { "form.share", ",'form':'" SOME "','share':true" },
  { "form.start", ",'definition':'d@1'" },
  { "form.submit", ",'form':'" SOME "','composed_at':'2026-11-24T14:00:00Z'" },
  { "identity.verify", ",'person':'" SOME "','code':'K7QM4XHD','checked':'c'" },
  { "invitation.answer", NULL },
  { "invitation.open", NULL },
  { "message.read", ",'message':'" SOME "'" },
  { "message.send", ",'message_type':'none','subject':'s','text':'t','audience':'adults',"
                    "'composed_at':'2026-11-24T14:00:00Z'" },
  { "note.add", ",'text':'t'" },
  { "person.invite", ",'forename':'F','surname':'S','email':'none','relationship':'r'" },
  { "staff.add", NULL },
  { "staff.disable", NULL },
  { "template.remove", NULL },
  { "template.save", NULL },
};

typedef enum
{
  SEES,
  DOES_NOT_SEE,
} Sight;

static GError *
try (CouncilFixture *f, const EhcpActorId *actor, guint row, const char *case_id)
{
  g_autofree char *body = g_strdup_printf ("{'kind':'%s','case':'%s'%s}", rows[row].kind, case_id, rows[row].more);
  GError *error = NULL;
  g_autofree char *answer = council_put (f, actor, NULL, body, &error);

  return error;
}

static gboolean
is_about_case (const GError *error)
{
  return g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND) &&
         g_strcmp0 (ehcp_error_get_field (error), "/case") == 0;
}

static void
check (CouncilFixture *f, const EhcpActorId *actor, const char *case_id, Sight sight)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *absent = ehcp_text_new_id ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) of_absent = NULL;

      if (rows[i].more == NULL)
        continue;
      g_test_message ("%s", rows[i].kind);
      error = try (f, actor, i, case_id);
      of_absent = try (f, actor, i, absent);
      if (g_error_matches (of_absent, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED))
        {
          g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED);
          continue;
        }
      g_assert_true (is_about_case (of_absent));
      g_assert_cmpint (is_about_case (error), ==, sight == DOES_NOT_SEE);
      if (sight == DOES_NOT_SEE)
        g_assert_cmpstr (error->message, ==, of_absent->message);
    }
  g_assert_cmpint (council_sees (f, actor, EHCP_KIND_CASE, case_id), ==, sight == SEES);
}

static void
test_every_command_has_a_row (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, EHCP_N_COMMANDS);
  for (guint i = 0; i < EHCP_N_COMMANDS; i++)
    {
      const EhcpShape *shape = ehcp_command_get_shape (i);

      g_assert_cmpstr (rows[i].kind, ==, shape->name);
      g_assert_cmpint (rows[i].more != NULL, ==, ehcp_shape_find (shape, "case") != EHCP_FIELD_NONE);
    }
}

static void
set_cover (CouncilFixture *f, const char *id, const char *until)
{
  g_autoptr (JsonObject) set = council_send (
      f, &f->manager, id,
      "{'kind':'cover.set','covered':'%s','covering':'%s','from':'" COUNCIL_TODAY "','until':'%s'}",
      f->priya.account, f->omar.account, until);
}

/* Teams North and South. */
static char *
open_in_north (CouncilFixture *f)
{
  council_set_team (f, &f->priya, "North");
  council_set_team (f, &f->omar, "South");
  return council_open_case (f, "Isla", "2026-09-07");
}

static void
allocate (CouncilFixture *f, const char *kind, const char *case_id, const EhcpActorId *to)
{
  g_autoptr (JsonObject) result = council_send (
      f, &f->manager, NULL, "{'kind':'%s','case':'%s','caseworker':'%s'}", kind, case_id, to->account);
}

static void
test_another_team (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = open_in_north (f);

  check (f, &f->omar, id, DOES_NOT_SEE);
  check (f, &f->admin, id, DOES_NOT_SEE);
  check (f, &f->helen, id, DOES_NOT_SEE);
  check (f, &f->priya, id, SEES);
  check (f, &f->manager, id, SEES);
}

static void
test_same_team (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  council_set_team (f, &f->omar, "North");
  council_set_team (f, &f->priya, "North");
  id = council_open_case (f, "Isla", "2026-09-07");
  check (f, &f->omar, id, SEES);
}

static void
test_cover (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = open_in_north (f);
  g_autofree char *cover = ehcp_text_new_id ();

  allocate (f, "case.allocate", id, &f->priya);
  check (f, &f->omar, id, DOES_NOT_SEE);
  set_cover (f, cover, "2026-11-25");
  check (f, &f->omar, id, SEES);
  /* The last day counts; after it, whatever was noticed, nothing can be done. */
  ehcp_clock_advance (f->clock, 24 * 60 * 60);
  check (f, &f->omar, id, SEES);
  ehcp_clock_advance (f->clock, 24 * 60 * 60);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = rows[i].more != NULL ? try (f, &f->omar, i, id) : NULL;

      g_assert_true (rows[i].more == NULL || is_about_case (error) ||
                     g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED));
    }
}

static void
test_given_to_another_team (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = open_in_north (f);

  allocate (f, "case.allocate", id, &f->priya);
  allocate (f, "case.reallocate", id, &f->omar);
  check (f, &f->priya, id, DOES_NOT_SEE);
  check (f, &f->omar, id, SEES);
  check (f, &f->manager, id, SEES);
}

#define ADD(path, func) \
  g_test_add ("/sight" path, CouncilFixture, NULL, council_fixture_set_up, func, council_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sight/rows", test_every_command_has_a_row);
  ADD ("/another-team", test_another_team);
  ADD ("/same-team", test_same_team);
  ADD ("/cover", test_cover);
  ADD ("/given-to-another-team", test_given_to_another_team);
  return g_test_run ();
}
