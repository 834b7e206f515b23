/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two plans, section by section: what is the same, went and came; other line breaks are no change. */
#include "ehcp-plan-compare.h"

#include <string.h>

static EhcpPlanSection *
find (GPtrArray *sections, char letter)
{
  for (guint i = 0; i < sections->len; i++)
    if (((EhcpPlanSection *) g_ptr_array_index (sections, i))->letter == letter)
      return g_ptr_array_index (sections, i);
  return NULL;
}

static const char *
nth (EhcpPlanSection *section, guint n, EhcpPieceKind kind)
{
  EhcpPlanPiece *piece = g_ptr_array_index (section->pieces, n);

  g_assert_cmpint (piece->kind, ==, kind);
  return piece->text;
}

static void
test_changes (void)
{
  g_autoptr (GPtrArray) sections = ehcp_plan_compare (
      "Plan for Isla\nSection A: Views\nIsla likes swimming\nand horses.\n"
      "Section F: Provision\nSpeech therapy once a week for 30 minutes.\n",
      "Plan for Isla\nSection A: Views\nIsla likes\nswimming and horses.\n"
      "Section F: Provision\nSpeech therapy twice a week for 45 minutes.\nA laptop.\n");
  EhcpPlanSection *views = find (sections, 'A'), *provision = find (sections, 'F');

  g_assert_cmpuint (sections->len, ==, 3);
  g_assert_cmpuint (find (sections, '\0')->n_changes, ==, 0);
  g_assert_cmpuint (views->n_changes, ==, 0);
  g_assert_cmpuint (views->pieces->len, ==, 1);
  g_assert_cmpuint (provision->n_changes, ==, 3);
  g_assert_cmpstr (provision->heading, ==, "Section F: Provision");
  g_assert_cmpstr (nth (provision, 0, EHCP_PIECE_SAME), ==, "Speech therapy");
  g_assert_cmpstr (nth (provision, 1, EHCP_PIECE_REMOVED), ==, "once");
  g_assert_cmpstr (nth (provision, 2, EHCP_PIECE_ADDED), ==, "twice");
  g_assert_cmpstr (nth (provision, 7, EHCP_PIECE_ADDED), ==, "A laptop.");
  g_assert_cmpuint (ehcp_plan_count_changes (sections), ==, 3);
}

static void
test_sections (void)
{
  g_autoptr (GPtrArray) sections = ehcp_plan_compare (
      "SECTION B Special needs\nReading.\nC. Health needs\nNone.\n",
      "Section B \u2013 Special needs\nReading.\nA. first point of a list\nSection I\nOakmere School\n");
  EhcpPlanSection *needs = find (sections, 'B'), *health = find (sections, 'C'), *school = find (sections, 'I');

  g_assert_true (needs->is_in_first && needs->is_in_second);
  g_assert_null (find (sections, 'A'));
  g_assert_true (health->is_in_first && !health->is_in_second);
  g_assert_true (!school->is_in_first && school->is_in_second);
  g_assert_cmpstr (nth (school, 0, EHCP_PIECE_ADDED), ==, "Oakmere School");
}

static void
test_without_sections (void)
{
  g_autoptr (GPtrArray) none = ehcp_plan_compare ("", "");
  g_autoptr (GPtrArray) plain = ehcp_plan_compare ("one two", "one three");
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (GPtrArray) huge = NULL;

  g_assert_cmpuint (ehcp_plan_count_changes (none), ==, 0);
  g_assert_cmpuint (plain->len, ==, 1);
  g_assert_cmpuint (ehcp_plan_count_changes (plain), ==, 1);
  for (int i = 0; i < 20000; i++)
    g_string_append_printf (large, "word%d ", i);
  huge = ehcp_plan_compare (large->str, "other");
  g_assert_cmpuint (ehcp_plan_count_changes (huge), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-compare/changes", test_changes);
  g_test_add_func ("/plan-compare/sections", test_sections);
  g_test_add_func ("/plan-compare/without-sections", test_without_sections);
  return g_test_run ();
}
