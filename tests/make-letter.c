/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a letter of two pages to the path that is given: a document for tests. */
#include "ehcp-letter.h"

#include <stdio.h>

static const char *const paragraphs[] = {
  "Dear Mrs Marlow,",
  "Thank you for asking us to find out which help Isla needs with learning. We have looked at what you, "
  "Isla’s school and her doctor told us, and **we have decided to carry out an education, health and "
  "care needs assessment**.",
  "# What happens now",
  "We ask people who know Isla, or who can find out what she needs, for their advice: you and Isla, her "
  "school, an educational psychologist, health services and social care. Each of them has 6 weeks to "
  "answer. You can send us anything that you want us to know at any time.",
  "The educational psychologist will get in touch with you and with the school to agree on a day on which "
  "they can meet Isla. Please tell us if there are days on which Isla cannot be seen, or if there is "
  "something that would make such a visit easier for her.",
  "# What you can tell us",
  "You know Isla best. We should like to hear from you what she enjoys and what she is good at, what she "
  "finds hard at home, at school and elsewhere, which help works well, and what you hope for in the "
  "years to come. There is a form for it in the portal; a letter, a recording or a talk on the telephone "
  "are just as good.",
  "If somebody should not be asked, or if there is somebody else whom we should ask, please let us know "
  "within the next 15 days. We share what we hear only with those who need it for this assessment.",
  "# When you will hear from us",
  "When all advice is here, we decide whether Isla needs an education, health and care plan. We tell you "
  "**within 16 weeks** of the day on which your request arrived. If there is to be a plan, you see a draft "
  "first and have at least 15 days to tell us what you think of it and which school you prefer. The final "
  "plan is to be ready **within 20 weeks** of your request.",
  "You can see each step and its date in the SEND Dashboard.",
  "# If you disagree with us",
  "If you are not happy with how we go about it, please talk to your caseworker first. You can also have "
  "an independent mediator, who is free of charge and does not work for us. The local information, advice "
  "and support service helps you for free too, and is independent of the council.",
  "# Personal data",
  "We keep what we are told about Isla until she is 35 years old, as the law asks us to. You can see what "
  "we keep, have mistakes corrected, and complain to the Information Commissioner. The portal shows each "
  "letter and each report that we share with you, and who has opened it.",
  NULL,
};

int
main (int argc, char **argv)
{
  EhcpLetter letter = {
    .council = "Wyreshire Council",
    .sender = "SEND Assessment Team · County Hall, Millbrook WY1 1AA · 01632 960 400",
    .to = "Mrs Helen Marlow\n18 Orchard Row\nMillbrook\nWY4 2QR",
    .date = "16 October 2026",
    .reference = "WY-2026-0417",
    .title = "We will assess Isla’s needs",
    .paragraphs = paragraphs,
    .closing = "Yours sincerely,",
    .signed_by = "Priya Nair",
    .role = "SEND caseworker",
    .created = "2026-10-16T09:00:00Z",
  };
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2 && argc < 4)
    {
      fprintf (stderr, "Usage: make-letter FILE [TITLE PARAGRAPH…]\n");
      return 2;
    }
  if (argc > 2)
    {
      letter.title = argv[2];
      letter.paragraphs = (const char *const *) argv + 3;
    }
  pdf = ehcp_letter_make (&letter);
  if (!g_file_set_contents (argv[1], g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return 0;
}
