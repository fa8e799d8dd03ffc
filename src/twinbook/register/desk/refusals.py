"""Why the register, the door to the network or the reader refuses, as sentences by code."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# twinbook.register.workflow.errors and those who raise them
REFUSALS: Mapping[str, Promise] = {
    "columns-missing": _("Say which column names the partner and which the title."),
    "exchange-no-file": _("This is no exchange file of Twinbook."),
    "exchange-too-large": _("This file is larger than an exchange file can be."),
    "exchange-too-new": _(
        "This file is of a newer format ({version}) than this Twinbook reads ({known}). Bring Twinbook up to date."
    ),
    "exchange-changed": _(
        "This file was changed after it was signed, or damaged on its way. Ask the partner to send it again."
    ),
    "exchange-not-for-us": _("This file was made for {name}, not for our city."),
    "exchange-own": _("This is a file of our own office. The partner opens it, not we."),
    "exchange-no-tie": _("The register has no tie with {name}. Add the partner first, then open the file again."),
    "exchange-unknown-key": _("Nobody here has accepted the key of {name} yet: {fingerprint}."),
    "exchange-wrong-key": _(
        "This file is signed by another key ({fingerprint}) than the one accepted for {name}. Call the partner before"
        " you go on: the file may be false, or the partner has a new key."
    ),
    "exchange-replayed": _("This file of {name} was taken in already, or a newer one was. Ask for the newest."),
    "exchange-nothing-chosen": _("Choose at least one fact to send."),
    "partners-view": _("A partner's view is accepted or rejected as it is. Enter our own beside it."),
    "sent-already": _("What was sent has left the house. Send a newer file instead."),
    "paper-kept": _("This paper is kept: it does not change any more. Draft a new one."),
    "paper-not-kept": _("Only a kept report can be approved. Keep the draft first."),
    "paper-too-large": _("The paper is empty, or longer than a paper can be."),
    "paper-language-missing": _("Choose a language for the paper."),
    "stale": _("Somebody decided this in the meantime. What you see now is the present state."),
    "calendar-name-missing": _("Write whom the address is for."),
    "name-taken": _("There is an account with this name already."),
    "role-missing": _("An account needs a role. Switch it off instead."),
    "last-administrator": _("Somebody must look after the accounts. Make another administrator first."),
    "wrong-code": _("This is not right. Try again, with the code that is shown now."),
    "factor-closed": _("Too many attempts. Wait a quarter of an hour."),
    "factor-must-stay": _("Your role needs a second factor. Add another one first."),
    "erased-person": _("This person’s data was erased on request; it is not taken in again."),
    "not-allowed": _("Your role does not include this."),
    "not-found": _("The register has nothing under this address any more."),
    "not-possible": _("The register cannot do this."),
    "choose-record": _("Choose first which record this is, or that it is a new one."),
    "decide-person-first": _("Decide first who {name} is; that card waits above."),
    "incomplete": _("A saying needs its words and its speaker."),
    "nothing-left": _("Nothing would be left of the proposal; reject it instead."),
    "nothing-stands": _("Nothing stands about this record any more."),
    "no-evidence": _("These words do not stand in the source."),
    "no-importer": _("No importer takes this kind of file."),
    "no-export": _("This file is no export of a register of this version."),
    "not-empty": _("This register holds records already; an export comes back into an empty one."),
    "damaged-export": _("The export is damaged. Take another copy of it."),
    "no-table": _("This file is no table that can be read."),
    "one-already": _("These are one record already."),
    "others-rest-on-it": _("Later decisions rest on this one. Undo or withdraw them first."),
    "reason-missing": _("Say in a few words why."),
    "empty-page": _("There is no text in it. Paste the words of the page, or give another file."),
    "too-large": _("The file is larger than a page may be. Save the page alone and try again."),
    "mailbox-too-large": _("The mailbox holds {count} letters; at most {most} are taken in at once. Split it."),
    "undo-of-undo": _("An undo is not undone; decide anew."),
    "undone-already": _("This is undone already."),
    "unread-source": _("This page was not read yet."),
    "wrong-kind": _("These are two different kinds of thing."),
    "wrong-value": _("“{value}” is no value that can stand there."),
    # twinbook.register.web
    "address": _("This is not an address of a page. Copy it from the browser’s address line."),
    "scheme": _("Only addresses that begin with http:// or https:// are fetched."),
    "userinfo": _("The address carries a name or password; take it out."),
    "port": _("Only the usual ports are fetched."),
    "host": _("No server is known under this name. Check the spelling of the address."),
    "closed-address": _("The address leads into a closed network; only public addresses are fetched."),
    "downgrade": _("The server sends on to an address without encryption; that is not followed."),
    "redirects": _("The server sends on and on; that is not followed."),
    "connection": _("The server could not be reached. Try again later, or paste the text."),
    "status": _("The server answered that the page is not there for us to read. Paste the text instead."),
    "compression": _("The page is packed in a way that is not accepted. Save it and give the file."),
    "size": _("The page is larger than a page may be. Save it and give the file."),
    "time": _("The server did not answer in time. Try later, or paste the text."),
    "robots": _("The site asks not to be read by programs. Paste the text instead."),
}

# what the reader or the child process says of a page
NOTES: Mapping[str, Promise] = {
    "sentence-without-finding": _("This sentence speaks of the cooperation, and nothing was read from it."),
    "date-impossible": _("A date that does not exist was left out."),
    "language-unknown": _("The language of this page is not one that Twinbook reads."),
    "text-cut": _("The page is longer than can be read; its end was left out."),
    "documents-aside": _("This mail holds more releases. Save each attachment as a file and add it to the inbox."),
    "text-lost": _("Part of the text may have been lost when the page was taken apart. Compare it with the page."),
    "markup-simplified": _("Marks for looks that were never closed were left out; no words were lost."),
    "not-text": _("This file holds no text. Give the page as HTML, text, PDF, DOCX, ODT or EML."),
    "format-unknown": _("Files of this kind are not read. Save the text as DOCX or PDF, or paste it."),
    "file-broken": _("The file is damaged. Open it in its own program, save it anew, or paste its text."),
    "file-damaged": _("Part of the file is damaged and was not read. Compare the text with the file."),
    "file-locked": _("The file needs a password. Save it without one, or paste its text."),
    "file-refused": _("The file is built in a way that is not opened. Paste its text."),
    "file-too-large": _("Unpacked, the file is larger than may be read. Paste the text of the story."),
    "no-text": _("There is no text in it. Paste the words of the page."),
    "no-text-layer": _(
        "The PDF holds pictures of pages and no text. Run text recognition on it first, or paste its text."
    ),
    "page-unreadable": _("A page of the PDF could not be read. Compare the text with the file."),
    "characters-unreadable": _("Some characters could not be decoded. Compare the text with the page."),
    "text-garbled": _("Part of the text looks garbled. Paste it anew from the page."),
    "direction-marks": _("Invisible marks of writing direction were taken out."),
    "text-differs": _("Read anew, the text of this page comes out differently; what was decided stays."),
    "finding-without-words": _("Something was read whose words do not stand in the text; it is not proposed."),
    "memory": _("Reading the page took more memory than a page may take."),
    "time": _("Reading the page took longer than a page may take."),
    "death": _("Reading the page broke off."),
    "reader": _("The reader that this office chose cannot work here. The page is kept; tell whoever looks after it."),
    "readings-left-out": _("Small readings above characters (ruby) were left out; the characters themselves stay."),
    "choices-left-out": _("The choices of a form were left out."),
    "fallbacks-left-out": _("Words for browsers without scripts, or inside drawings and players, were left out."),
    # what a language model said, or did not
    "model-without-words": _("The language model told something whose words do not stand in the page; it is left out."),
    "model-malformed": _("The language model told something in a form that is not accepted; it is left out."),
    "model-date-finer": _("The language model told a date finer than the page’s words; the date is left out."),
    "model-answer-unreadable": _("The language model’s answer could not be read. What the rules found stands."),
    "model-answer": _("The language model’s answer could not be read. What the rules found stands."),
    "model-minor": _("The page names a minor, so it was not sent to the language model. The rules read it alone."),
    "model-asked-in-part": _("The page is long: the language model was given its beginning only."),
    "model-time": _("The language model did not answer in time. What the rules found stands."),
    "model-size": _("The language model did not stop answering and was cut off. What the rules found stands."),
    "model-status": _("The language model refused to answer. What the rules found stands."),
    "model-host": _("The language model’s server is not known under its name. What the rules found stands."),
    "model-connection": _("The language model could not be reached. What the rules found stands."),
    "model-unencrypted": _("The language model’s address is outside the house and not encrypted: nothing was sent."),
    "model-address": _("The language model’s address is no address: nothing was sent."),
    "erased": _("A person’s data was erased from this source; blocks stand in the place of the words."),
    "start": _("The reader could not be started. Tell whoever looks after this Twinbook; the page is kept."),
}
