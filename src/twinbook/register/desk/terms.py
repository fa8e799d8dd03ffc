"""The words of the desk itself, and what they mean: for the glossary, in the language of each reader."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What it is called, and what it means.
TERMS: tuple[tuple[Promise, Promise], ...] = (
    (_("Page"), _("One text as it was taken in: a press release, a file, a letter.")),
    (_("Source"), _("Where a statement comes from: a page, a row of a list, or an officer's own words.")),
    (_("Proposal"), _("What was read on a page, or written down by a clerk, and waits for a decision.")),
    (_("Decision"), _("Accepted, corrected, rejected, joined: by whom, when and why. Each can be undone.")),
    (_("Statement"), _("One value that the city stands behind, with the words that say it.")),
    (_("Record"), _("A place, tie, paper, activity, person … that statements are about.")),
    (_("Evidence"), _("The words of the source that say a value, down to the character.")),
    (_("Contradiction"), _("Two sources give values that exclude each other. Both stay; a person prefers one.")),
    (_("Tie"), _("The standing relation of two places.")),
    (_("Step of a tie"), _("What made or changed a tie: first contact, agreement, renewal, pause, end.")),
    (_("Promise"), _("What a side said it would do: by when, and what became of it.")),
    (_("Last proof of life"), _("The newest day on which something happened, as a source tells it.")),
    (_("Jubilee"), _("A round year of a tie: every fifth.")),
    (_("Hand-over"), _("What a successor must know of each partner, on a few pages.")),
    (_("Dossier"), _("Everything about one partner, on one page.")),
    (_("Briefing"), _("Two pages for a meeting: who comes, what was, what was promised.")),
    (_("Edition"), _("The register as the public may see it, at one moment, in one language.")),
    (
        pgettext_lazy("a name computed by rule", "Reading"),
        _("A name written by rule in another script; offered, never taken by itself."),
    ),
)
