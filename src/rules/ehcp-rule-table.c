/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rules: the one place where a limit is written down. A change of the law closes a row
 * with valid_to and adds another; code never asks which law holds. Counting is in ehcp-counting.c,
 * the meaning of a row in ehcp-rules.c. */
#include "ehcp-rule-private.h"

#include <string.h>

#define SEND_REGS_FROM ((EhcpDay) 735477) /* 1 September 2014, SI 2014/1530 reg 1 */

#define WITHIN(n, u) { EHCP_COUNT_WITHIN, n, EHCP_UNIT_##u }
#define BEGINNING_WITH(n, u) { EHCP_COUNT_BEGINNING_WITH, n, EHCP_UNIT_##u }
#define BEFORE(n, u) { EHCP_COUNT_BEFORE, n, EHCP_UNIT_##u }
#define IN_YEAR(month, day) { EHCP_COUNT_IN_YEAR, (month) * 100 + (day), EHCP_UNIT_DAYS }

#define GROUNDS_COUNCIL \
  (EHCP_GROUND_SCHOOL_CLOSED | EHCP_GROUND_EARLY_YEARS_CLOSED | EHCP_GROUND_PERSONAL | \
   EHCP_GROUND_ABSENCE)
#define GROUNDS_ADVISER (EHCP_GROUND_PERSONAL | EHCP_GROUND_ABSENCE | EHCP_GROUND_APPOINTMENT)

#define LAW .valid_from = SEND_REGS_FROM, .is_law = TRUE, .is_verified = TRUE
#define LAW_UNVERIFIED .valid_from = SEND_REGS_FROM, .is_law = TRUE
#define NOT_LAW .valid_from = SEND_REGS_FROM, .is_verified = TRUE

static const EhcpRule rules[] = {
  { .id = "assess-decision", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_PROCESS,
    .triggers = { "request-received", "became-responsible" }, .limit = WITHIN (6, WEEKS),
    .done = { "assess-decided" },
    .overtaken_by = { "plan-decided", "no-plan-notified", "draft-served", "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 5(4)", LAW,
    .source = "SEND Regulations 2014, regs 4 and 5(1)" },

  { .id = "advice", .actor = EHCP_ACTOR_ADVISER, .pick = EHCP_PICK_EACH,
    .triggers = { "advice-asked" }, .limit = WITHIN (6, WEEKS),
    .done = { "advice-received" }, .is_by_member = TRUE,
    .overtaken_by = { "assess-decided=no", "plan-decided", "no-plan-notified", "draft-served",
                      "final-issued" },
    .grounds = GROUNDS_ADVISER, .exemption = "reg 8(2)", LAW,
    .source = "SEND Regulations 2014, reg 8(1)" },

  { .id = "draft-practice", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_PROCESS,
    .triggers = { "request-received", "became-responsible" }, .limit = WITHIN (14, WEEKS),
    .done = { "draft-served" }, .overtaken_by = { "final-issued" }, NOT_LAW,
    .source = "Practice: leaves room for the 15 days before week 20" },

  /* Reg 10 speaks only of the decision that there will be no plan; families wait for the other as
   * much, so a decision either way meets it; a draft without one shows that it is not needed. */
  { .id = "no-plan-decision", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_PROCESS,
    .triggers = { "request-received", "became-responsible" }, .limit = WITHIN (16, WEEKS),
    .done = { "no-plan-notified", "plan-decided" },
    .overtaken_by = { "draft-served", "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 10(4)", LAW,
    .source = "SEND Regulations 2014, reg 10(1)" },

  /* A draft that is served again gives the whole time again. */
  { .id = "draft-comments", .actor = EHCP_ACTOR_FAMILY, .pick = EHCP_PICK_EACH,
    .triggers = { "draft-served" }, .limit = BEGINNING_WITH (15, DAYS),
    .done = { "draft-comments-received" },
    .overtaken_by = { "draft-served", "no-plan-notified", "final-issued" }, LAW,
    .source = "SEND Regulations 2014, reg 13(1)" },

  { .id = "school-answer", .actor = EHCP_ACTOR_SCHOOL, .pick = EHCP_PICK_EACH,
    .triggers = { "school-consulted" }, .limit = WITHIN (15, DAYS),
    .done = { "school-answered" }, .is_by_member = TRUE,
    .overtaken_by = { "final-issued", "amended-final-issued" }, NOT_LAW,
    .source = "SEND Code of Practice 2015, 9.83 (guidance)" },

  { .id = "final-plan", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_PROCESS,
    .triggers = { "request-received", "became-responsible" }, .limit = WITHIN (20, WEEKS),
    .done = { "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 13(3)", LAW,
    .source = "SEND Regulations 2014, reg 13(2)" },

  { .id = "review-year", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_LATEST,
    .triggers = { "plan-made", "last-reviewed" }, .limit = BEGINNING_WITH (12, MONTHS),
    .done = { "review-decided" }, LAW_UNVERIFIED,
    .source = "Children and Families Act 2014, s44(1); Code of Practice 2015, 9.169" },

  /* Guidance: within 3 to 6 months. The later end is the day that counts. */
  { .id = "review-under-5", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_LATEST,
    .triggers = { "plan-made", "last-reviewed" }, .limit = WITHIN (6, MONTHS),
    .done = { "review-considered", "review-decided" },
    .applies = { { "birth" }, EHCP_LOOK_ANY, WITHIN (60, MONTHS) }, NOT_LAW,
    .source = "SEND Code of Practice 2015, 9.178 (guidance)" },

  { .id = "review-notice", .actor = EHCP_ACTOR_SCHOOL, .pick = EHCP_PICK_EACH,
    .triggers = { "review-meeting" }, .limit = BEFORE (2, WEEKS),
    .done = { "review-invited" }, .overtaken_by = { "review-report-sent", "review-decided" }, LAW,
    .source = "SEND Regulations 2014, reg 20(3) and (4)" },

  { .id = "review-report", .actor = EHCP_ACTOR_SCHOOL, .pick = EHCP_PICK_EACH,
    .triggers = { "review-meeting" }, .limit = WITHIN (2, WEEKS),
    .done = { "review-report-sent" }, .overtaken_by = { "review-decided" }, LAW,
    .source = "SEND Regulations 2014, reg 20" },

  { .id = "review-decision", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "review-meeting" }, .limit = WITHIN (4, WEEKS),
    .done = { "review-decided" }, LAW,
    .source = "SEND Regulations 2014, regs 20(10) and 22(2)(a); [2022] EWHC 493 (Admin)" },

  { .id = "amend-comments", .actor = EHCP_ACTOR_FAMILY, .pick = EHCP_PICK_EACH,
    .triggers = { "amendment-served" }, .limit = BEGINNING_WITH (15, DAYS),
    .done = { "amend-comments-received" },
    .overtaken_by = { "amendment-served", "amended-final-issued" }, LAW,
    .source = "SEND Regulations 2014, reg 22(2)(c)" },

  { .id = "amended-final", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "amendment-notice" }, .limit = WITHIN (8, WEEKS),
    .done = { "amended-final-issued" },
    .cap = { { "review-meeting" }, EHCP_LOOK_BEFORE, WITHIN (12, WEEKS) }, LAW,
    .source = "SEND Regulations 2014, reg 22(3) and (4)" },

  /* "before 15 February" and, into post-16, "before 31 March": the last days are 14 February and 30
   * March. The trigger is any day of the year of the transfer, its value the phase. */
  { .id = "phase-transfer", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "transfer-year" }, .limit = IN_YEAR (2, 14),
    .floor = { { "transfer-year=secondary-to-post16" }, EHCP_LOOK_BEFORE, IN_YEAR (3, 30) },
    .done = { "amended-final-issued" }, .overtaken_by = { "ceased" }, LAW,
    .source = "SEND Regulations 2014, reg 18(1)" },

  { .id = "post16-move", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "move" }, .limit = BEFORE (5, MONTHS),
    .done = { "amended-final-issued" }, .overtaken_by = { "ceased" }, LAW,
    .source = "SEND Regulations 2014, reg 18(2)" },

  { .id = "reassess-decision", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "reassessment-asked" }, .limit = WITHIN (15, DAYS),
    .done = { "reassess-decided", "reassessment-notified" }, LAW,
    .source = "SEND Regulations 2014, regs 24 and 25" },

  { .id = "reassess-final", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "reassessment-notified" }, .limit = WITHIN (14, WEEKS),
    .done = { "final-issued", "amended-final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 27(3)", LAW,
    .source = "SEND Regulations 2014, reg 27(2)" },

  /* On the day of the move, or 15 working days after the old council knew, if that is later. */
  { .id = "transfer-plan", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "old-council-knew" }, .limit = BEGINNING_WITH (15, WORKING_DAYS),
    .done = { "plan-transferred" },
    .floor = { { "moved" }, EHCP_LOOK_ANY, WITHIN (0, DAYS) }, LAW,
    .source = "SEND Regulations 2014, reg 15(2)" },

  { .id = "transfer-tell", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "plan-transferred" }, .limit = WITHIN (6, WEEKS),
    .done = { "transfer-told" }, LAW,
    .source = "SEND Regulations 2014, reg 15(4)" },

  { .id = "transfer-review", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "plan-transferred" }, .limit = BEGINNING_WITH (3, MONTHS),
    .done = { "transfer-reviewed", "review-decided" },
    .floor = { { "plan-made", "last-reviewed" }, EHCP_LOOK_BEFORE, BEGINNING_WITH (12, MONTHS) },
    LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 15(5)" },

  /* Where only the placement is disputed no mediation adviser has to be asked first. */
  { .id = "mediation-contact", .actor = EHCP_ACTOR_FAMILY, .pick = EHCP_PICK_EACH,
    .triggers = { "decision-sent!placement" }, .limit = WITHIN (2, MONTHS),
    .done = { "mediation-asked", "certificate" }, .overtaken_by = { "appeal-sent" }, LAW,
    .source = "SEND Regulations 2014, reg 33" },

  { .id = "mediation-certificate", .actor = EHCP_ACTOR_ADVISER, .pick = EHCP_PICK_EACH,
    .triggers = { "adviser-told", "mediation-ended" }, .limit = WITHIN (3, WORKING_DAYS),
    .done = { "certificate" }, LAW,
    .source = "SEND Regulations 2014, regs 34 and 39" },

  { .id = "mediation-meeting", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "mediation-asked" }, .limit = WITHIN (30, DAYS),
    .done = { "mediation-held", "mediation-ended" }, .overtaken_by = { "certificate" }, LAW,
    .source = "SEND Regulations 2014, regs 36 to 38" },

  { .id = "appeal", .actor = EHCP_ACTOR_FAMILY, .pick = EHCP_PICK_EACH,
    .triggers = { "decision-sent" }, .limit = WITHIN (2, MONTHS),
    .floor = { { "certificate" }, EHCP_LOOK_AFTER, WITHIN (1, MONTHS) }, .rolls = TRUE,
    .done = { "appeal-sent" }, LAW,
    .source = "Tribunal Procedure (HESC Chamber) Rules 2008, rules 12 and 20" },

  { .id = "tribunal-answer", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "appeal-sent" }, .limit = WITHIN (30, WORKING_DAYS),
    .done = { "appeal-answered" }, .overtaken_by = { "order" }, LAW_UNVERIFIED,
    .source = "Tribunal Procedure (HESC Chamber) Rules 2008, rule 21" },

  { .id = "order-assess", .part = "notify", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=assess" }, .limit = WITHIN (2, WEEKS),
    .done = { "assess-decided=yes" }, .overtaken_by = { "plan-decided", "no-plan-notified",
                                                        "draft-served", "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-assess", .part = "no-plan", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=assess" }, .limit = WITHIN (10, WEEKS),
    .done = { "no-plan-notified", "plan-decided" },
    .overtaken_by = { "draft-served", "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-assess", .part = "final", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=assess" }, .limit = WITHIN (14, WEEKS),
    .done = { "final-issued" }, .overtaken_by = { "no-plan-notified" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-make-plan", .part = "draft", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=make-plan" }, .limit = WITHIN (5, WEEKS),
    .done = { "draft-served" }, .overtaken_by = { "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-make-plan", .part = "final", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=make-plan" }, .limit = WITHIN (11, WEEKS),
    .done = { "final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-amend", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=amend" }, .limit = WITHIN (5, WEEKS),
    .done = { "amended-final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  { .id = "order-school", .actor = EHCP_ACTOR_COUNCIL, .pick = EHCP_PICK_EACH,
    .triggers = { "order=school" }, .limit = WITHIN (2, WEEKS),
    .done = { "amended-final-issued" },
    .grounds = GROUNDS_COUNCIL, .exemption = "reg 44(3)", LAW_UNVERIFIED,
    .source = "SEND Regulations 2014, reg 44" },

  /* The rights in the process pass to the young person. Nobody has to do anything for it. */
  { .id = "young-person", .actor = EHCP_ACTOR_FAMILY, .pick = EHCP_PICK_LATEST,
    .triggers = { "birth" }, .limit = { EHCP_COUNT_SCHOOL_LEAVING, 16, EHCP_UNIT_MONTHS },
    .comes_by_itself = TRUE, .done = { "ceased" }, LAW,
    .source = "Children and Families Act 2014, s83; Education Act 1996, s8" },
};

static const char *const unit_names[] = {
  [EHCP_UNIT_DAYS] = "days", [EHCP_UNIT_WEEKS] = "weeks", [EHCP_UNIT_MONTHS] = "months",
  [EHCP_UNIT_WORKING_DAYS] = "working days"
};

const EhcpRule *
ehcp_rule_find (const char *id, const char *part)
{
  g_return_val_if_fail (id != NULL, NULL);

  /* Newer law stands after the older, so that the last row of a name is the one that holds. */
  for (guint i = G_N_ELEMENTS (rules); i > 0; i--)
    if (strcmp (rules[i - 1].id, id) == 0 && g_strcmp0 (rules[i - 1].part, part) == 0)
      return &rules[i - 1];
  return NULL;
}

const EhcpRule *
ehcp_rule_nth (guint n)
{
  return n < G_N_ELEMENTS (rules) ? &rules[n] : NULL;
}

gboolean
ehcp_rule_is_known (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

guint
ehcp_rule_count (void)
{
  return G_N_ELEMENTS (rules);
}

const char *
ehcp_rule_get_id (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return rule->id;
}

const char *
ehcp_rule_get_part (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return rule->part;
}

const char *
ehcp_rule_get_source (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return rule->source;
}

EhcpActor
ehcp_rule_get_actor (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, EHCP_ACTOR_COUNCIL);
  return rule->actor;
}

gboolean
ehcp_rule_is_law (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, FALSE);
  return rule->is_law;
}

gboolean
ehcp_rule_is_verified (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, FALSE);
  return rule->is_verified;
}

EhcpGround
ehcp_rule_get_grounds (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, EHCP_GROUND_NONE);
  return rule->grounds;
}

const char *
ehcp_rule_get_exemption (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return rule->exemption;
}

const char *
ehcp_rule_get_trigger (const EhcpRule *rule, guint n)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return n < G_N_ELEMENTS (rule->triggers) ? rule->triggers[n] : NULL;
}

const char *
ehcp_rule_get_done (const EhcpRule *rule, guint n)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return n < G_N_ELEMENTS (rule->done) ? rule->done[n] : NULL;
}

int
ehcp_rule_get_length (const EhcpRule *rule, const char **unit)
{
  g_return_val_if_fail (rule != NULL, 0);
  if (unit != NULL)
    *unit = unit_names[rule->limit.unit];
  return rule->limit.length;
}

gboolean
ehcp_rule_is_beginning_with (const EhcpRule *rule)
{
  g_return_val_if_fail (rule != NULL, FALSE);
  return rule->limit.counting == EHCP_COUNT_BEGINNING_WITH;
}
