"""The ten-minute tutorial and the how-tos of Help: words, the page each leads to, and how a step is seen to be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Lesson:
    """One step: what to do and what is seen then; `view` is a page's name, `to` what its address is made of.

    `to`: waiting (a page that waits) · partner · dispute, or empty. `act` is the kind of decision that shows it done.
    """

    title: Promise
    text: Promise
    view: str = ""
    to: str = ""
    act: str = ""


LESSONS = (
    Lesson(
        _("See what the day brings"),
        _(
            "Today lists what waits for a decision, what comes, what is due and which ties have gone silent. "
            "Each line leads to its act."
        ),
        "desk:today",
    ),
    Lesson(
        _("Open a page that waits"),
        _(
            "The story stands on the left, the cards on the right tell what was read. Point at a card: its "
            "sentence lights up. Press J and K to go from card to card."
        ),
        "desk:review",
        "waiting",
    ),
    Lesson(
        _("Accept a card"),
        _(
            "Read the sentence, then press A. What you accept is a statement from now on: it stands in the "
            "register with this sentence."
        ),
        "desk:review",
        "waiting",
        "accept",
    ),
    Lesson(
        _("Correct a card"),
        _(
            "Choose a card that is not quite right, press C, change a value and save. What was read stays "
            "beside what you decided."
        ),
        "desk:review",
        "waiting",
        "correct",
    ),
    Lesson(
        _("Take a decision back"),
        _("Press U on a card, or open Decisions and choose Undo. The undo is kept as well, so that nothing gets lost."),
        "desk:decisions",
        "",
        "undo",
    ),
    Lesson(
        _("Ask a value who says so"),
        _("Open a partner and click an underlined value: the sentence, its source, and who decided it, open below."),
        "desk:dossier",
        "partner",
    ),
    Lesson(
        _("Settle a contradiction"),
        _("Where two sources exclude each other, both are shown. Prefer one and say why; the other stays visible."),
        "desk:dispute",
        "dispute",
        "prefer",
    ),
    Lesson(
        _("Write down what no page says"),
        _(
            "In the dossier choose Add at Open promises, write what was promised and how you know it. Your "
            "words are its source."
        ),
        "desk:enter",
        "partner",
        "enter",
    ),
    Lesson(
        _("Find it again"),
        _("Press / and write a name in any script and any form: Канадзавой, Kanazawa or 金沢 find the same."),
        "desk:search",
    ),
    Lesson(
        _("Take it along"),
        _(
            "In the dossier choose Briefing: say who comes and in which two languages, change its words, keep and "
            "print."
        ),
        "desk:dossier",
        "partner",
    ),
)

HOW_TOS = (
    Lesson(
        _("Enter an agreement with its scan"),
        _(
            "Dossier → Papers → Add. Write title, day, who signed and how long it runs; give the scan a name "
            "by which the office finds it. Say in the last field how you know it, for example the words of "
            "the paper."
        ),
        "desk:partners",
    ),
    Lesson(
        _("Add a post, a name or a form of address"),
        _(
            "Open the person or place; the buttons beside its name add what is missing. A post has a since "
            "and an until, so that the register knows who was mayor on any day."
        ),
        "desk:partners",
    ),
    Lesson(
        _("Let a clerk write and an officer decide"),
        _(
            "A clerk takes pages in and writes facts down by the same forms. They wait in the inbox; an "
            "officer accepts or rejects them. Roles are given under Accounts."
        ),
        "desk:inbox",
    ),
    Lesson(
        _("Find what pages say of themselves"),
        _(
            "Put addresses of news pages and feeds on the watch list. What is new waits in the inbox; a page "
            "that changed shows the sentences that did."
        ),
        "desk:inbox",
    ),
    Lesson(
        _("Bring in a list that you have"),
        _(
            "Inbox → Lists: give the table, say which column means what, try it, then bring it in. Each row's "
            "fate is reported, and the whole can be undone."
        ),
        "desk:lists",
    ),
    Lesson(
        _("Prepare a visit"),
        _(
            "Visits → New: partner, days, purpose. The deadlines of your rules start to run; programme, "
            "tasks, estimate and papers are made from the file."
        ),
        "visits:visits",
    ),
    Lesson(
        _("Keep a promise in sight"),
        _(
            "A promise has a side, a day and a state. It stands on Today and in the calendar; when a later "
            "page proves it, that page is offered as proof."
        ),
        "desk:promises",
    ),
    Lesson(
        _("Have the dates in your own calendar"),
        _(
            "Calendar → Subscribe makes a secret address for the office, the public or one partner. Revoke it "
            "when somebody leaves."
        ),
        "desk:calendar-links",
    ),
    Lesson(
        _("Write the yearly plan and report"),
        _(
            "Plan: take what the register proposes for the year, or change and refuse it; draft the paper, keep it, "
            "and the head approves. In March tell what became of each line, then draft the report on the year."
        ),
        "kept:papers",
    ),
    Lesson(
        _("Hand the office over"),
        _(
            "Partners → Hand-over: per partner what stands, who is who, open promises, contradictions and "
            "next dates. Print it, or take the PDF."
        ),
        "desk:handover",
    ),
    Lesson(
        _("See the register as it was on a day"),
        _(
            "In the dossier choose a day at As known on. Statements that came later are left out, whatever "
            "they speak of."
        ),
        "desk:partners",
    ),
    Lesson(
        _("Give out or erase one person's data"),
        _(
            "The data-protection officer finds the person under Personal data, gives out all that is kept, or "
            "erases it; the act is recorded without the data."
        ),
        "",
    ),
)
