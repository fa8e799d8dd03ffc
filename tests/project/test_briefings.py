"""A briefing in a minute: who comes, two languages, words changed before printing, what was printed kept."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pypdf import PdfReader

from people import make_user
from twinbook.publishing.edition import make_editions, make_partner_editions
from twinbook.register.queries import one_partner
from twinbook.register.queries.papers import paper, papers
from twinbook.register.workflow.enter import Given, enter, find_or_make_place, set_home
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.register.workflow.papers import change_paper
from twinbook.register.workflow.propose import take_in

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def officer(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setenv("TWINBOOK_HOME", str(tmp_path))
    return make_user("olga")


@pytest.fixture
def desk(officer: User) -> Client:
    client = Client(headers={"host": "localhost", "accept-language": "en"})
    client.force_login(officer)
    return client


def stated(by: User, kind: str, *given: Given) -> str:
    source = take_in("Из записей отдела о партнёрах.".encode(), by=by, at=NOW, name="note.txt").source
    return enter(kind, given, source=source, by=by, at=NOW).record


@pytest.fixture
def known(officer: User) -> dict[str, str]:
    """Irkutsk and Kanazawa, two people of Kanazawa and one of Irkutsk, a meeting with topics, by name."""
    home = set_home("Иркутск", language="ru", country="RU", by=officer, at=NOW)
    place = find_or_make_place("Kanazawa", language="en", country="JP", by=officer, at=NOW)
    found = {"home": home, "place": place}
    found["tie"] = stated(officer, "tie", Given("places", home), Given("places", place), Given("kind", "sister_city"),
                          Given("since", "1967-03-20"))  # fmt: skip
    for key, name, language, of, since, until in (
        ("old", "やまの ゆきえ", "ja", place, "2010", "2022"),
        ("new", "むらやま たかし", "ja", place, "2022-03", ""),
        ("own", "Русланов Руслан", "ru", home, "2020", ""),
    ):
        person = stated(officer, "person", Given("name", name, language), Given("person_class", "official"))
        term = [Given("since", since), *([Given("until", until)] if until else [])]
        stated(officer, "holding", Given("person", person), Given("post", "mayor"), Given("of", of), *term,
               Given("title", f"mayor {since}", "en"))  # fmt: skip
        found[key] = person
    stated(officer, "activity", Given("kind", "meeting"), Given("title", "Talks", "en"), Given("status", "done"),
           Given("when", "2025-05"), Given("places", place), Given("topics", "water supply", "en"))  # fmt: skip
    return found


def drafted(desk: Client, known: dict[str, str], **given: object) -> str:
    data = {"day": "2026-03-20", "guests": [known["new"]], "language": ["ja", "en"]} | given
    answer = desk.post(f"/briefings/new/?partner={known['place']}", data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer.headers["Location"]).strip("/").rpartition("/")[2]


def words(desk: Client, made: str, language: str = "en") -> str:
    return desk.get(f"/office-papers/{made}/?language={language}").content.decode()


def test_the_people_chosen_are_told_with_the_post_of_that_day(desk: Client, known: dict[str, str]) -> None:
    now = words(desk, drafted(desk, known, own=[known["own"]]))
    before = words(desk, drafted(desk, known, day="2015-06-01", guests=[known["old"], known["new"]]))

    assert "mayor 2022-03" in now and "mayor 2010" not in now
    assert "Murayama Takashi (by rule)" in now and "Мураяма Такаси (by rule)" in now
    assert "Ruslanov Ruslan (by rule)" in now and "Our side" in now
    assert "mayor 2010" in before and "mayor 2022-03" not in before and "post on that day not known" in before


def test_what_the_officer_wrote_and_what_was_spoken_about_stand_in_it(desk: Client, known: dict[str, str]) -> None:
    given = {"others": "Mr Sample, interpreter\n\nMs Example", "topics": "a direct flight", "aims": "Agree on a day",
             "place": "City hall"}  # fmt: skip
    page = words(desk, drafted(desk, known, **given))

    for told in ("Mr Sample, interpreter", "Ms Example", "a direct flight", "Agree on a day", "City hall",
                 "water supply", "20 March 2026"):  # fmt: skip
        assert told in page
    assert 'lang="en">Ms Example' in words(desk, papers("briefing")[0].id, "ja")


def test_a_stranger_is_sent_to_the_door_and_no_file_stays_in_a_browsers_store(
    desk: Client, known: dict[str, str]
) -> None:
    address = f"/office-papers/{drafted(desk, known)}/en.pdf"
    stranger = Client(headers={"host": "localhost"}).get(address)

    assert stranger.status_code == 302 and stranger.headers["Location"].startswith("/sign-in/")
    assert "no-store" in desk.get(address).headers["Cache-Control"]


def test_signed_papers_stand_with_their_term_and_original(desk: Client, officer: User, known: dict[str, str]) -> None:
    paper_of = [Given("tie", known["tie"]), Given("kind", "memorandum"), Given("title", "On tourism", "en")]
    stated(officer, "agreement", *paper_of, Given("signed_on", "2019-05-17"), Given("valid_until", "2029-05-17"),
           Given("original_at", "City archive", "en"))  # fmt: skip

    page = words(desk, drafted(desk, known, language=["en"])).partition('id="papers"')[2]

    for told in ("17 May 2019", "On tourism", "valid until 17 May 2029", "City archive"):
        assert told in page


def test_two_languages_at_most(desk: Client, known: dict[str, str]) -> None:
    address = f"/briefings/new/?partner={known['place']}"
    answers = [desk.post(address, {"language": chosen}) for chosen in ([], ["ru", "en", "ja"])]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Choose two languages at most." in answers[1].content.decode()
    assert (papers(), desk.get("/briefings/new/?partner=000000000000").status_code) == ((), 404)
    assert "<select" in desk.get("/briefings/new/").content.decode()


def test_words_are_changed_before_printing_and_stay_after_it(desk: Client, known: dict[str, str]) -> None:
    made = drafted(desk, known)
    form = desk.get(f"/office-papers/{made}/edit/?language=en")
    sections = form.context["sections"]
    texts = [one.text for one in sections]
    told = next(place for place, one in enumerate(sections) if one.heading == "Last contacts")
    texts[told] = texts[told] + "\nA line of my own [1] and [99]"
    desk.post(f"/office-papers/{made}/edit/?language=en", {
        "title": "Kanazawa, for the mayor", "heading": [*(one.heading for one in sections), "To remember"],
        "text": [*texts, "No photographs"]})  # fmt: skip
    answer = desk.post(f"/office-papers/{made}/keep/", {"print": "en"}, follow=True)

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.getvalue())).pages)
    assert "Kanazawa, for the mayor" in text and "No photographs" in text and "Draft" not in text
    page = words(desk, made)
    assert "A line of my own" in page and "<sup>1</sup>" in page and "[99]" in page
    shown = paper(made)
    assert shown is not None and (shown.line.state, shown.is_whole) == ("kept", True)
    assert "No photographs" not in words(desk, made, "ja")
    assert desk.get(f"/office-papers/{made}/edit/").status_code == 404


def test_an_unchanged_text_gives_the_same_paper(desk: Client, known: dict[str, str]) -> None:
    made = drafted(desk, known)
    before = paper(made)
    form = desk.get(f"/office-papers/{made}/edit/?language=ja")
    sections = form.context["sections"]

    desk.post(f"/office-papers/{made}/edit/?language=ja", {
        "title": form.context["document"].title, "heading": [one.heading for one in sections],
        "text": [one.text for one in sections]})  # fmt: skip

    after = paper(made)
    assert before is not None and after is not None and after.documents == before.documents


def test_a_draft_says_so_in_print_and_reports_are_not_rewritten(desk: Client, known: dict[str, str]) -> None:
    made = drafted(desk, known, language=["en"])
    text = PdfReader(io.BytesIO(desk.get(f"/office-papers/{made}/en.pdf").content)).pages[0].extract_text()
    report = desk.post("/office-papers/", {"publication": "yearly_report", "year": 2025, "language": ["en"]})
    other = str(report.headers["Location"]).strip("/").rpartition("/")[2]
    shown = paper(other)

    assert "Draft" in text
    assert shown is not None and desk.get(f"/office-papers/{other}/edit/").status_code == 404
    with pytest.raises(NotPossibleError) as refused:
        change_paper(other, shown.documents, by=make_user("vera"), at=NOW)
    assert refused.value.code == "paper-not-edited"


def test_one_partner_is_told_as_in_the_whole_register_and_names_nobody_else(
    officer: User, known: dict[str, str]
) -> None:
    find_or_make_place("Nowhere", language="en", country="FR", by=officer, at=NOW)
    stated(officer, "person", Given("name", "Тихонов Тихон", "ru"), Given("person_class", "contact"))
    source = take_in("На встрече был Тихон Тихонов.".encode(), by=officer, at=NOW, name="a.txt").source
    enter("activity", [Given("kind", "meeting"), Given("title", "Встреча", "ru"), Given("status", "done"),
                       Given("when", "2025-06"), Given("places", known["place"])],
          source=source, by=officer, at=NOW)  # fmt: skip

    alone = make_partner_editions(known["place"], ("ru", "en"), at=NOW)
    whole = make_editions(("ru", "en"), at=NOW, audience="office")

    for language in ("ru", "en"):
        assert alone[language].partners == whole[language].partners
        assert set(alone[language].people) == set(whole[language].people)
    quotes = [note.quote for one in alone["ru"].activities for note in one.footnotes]
    assert any("«…»" in quote for quote in quotes) and "Тихон" not in " ".join(quotes)
    assert make_partner_editions("000000000000", ("ru",), at=NOW) == {}


def test_our_papers_tell_the_same_where_the_register_is_mostly_of_others(
    officer: User, known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = find_or_make_place("Nowhere", language="en", country="FR", by=officer, at=NOW)
    stated(officer, "tie", Given("places", known["home"]), Given("places", other), Given("kind", "friendship"))
    stated(officer, "activity", Given("kind", "meeting"), Given("title", "At home", "en"), Given("status", "done"),
           Given("when", "2025-07"), Given("places", known["home"]))  # fmt: skip
    stated(officer, "activity", Given("kind", "meeting"), Given("title", "All of us", "en"), Given("status", "done"),
           Given("when", "2025-08"), Given("places", known["place"]), Given("places", other))  # fmt: skip
    whole = make_editions(("en",), at=NOW, audience="office")["en"]

    monkeypatch.setattr(one_partner, "MANY", -1000)
    ours = make_editions(("en",), at=NOW, audience="office")["en"]

    assert one_partner.is_mostly_others()
    assert sorted(ours.partners, key=str) == sorted(whole.partners, key=str)
    assert [one.title.text for one in ours.activities] == ["Talks", "At home", "All of us"]
    assert (ours.activities, ours.figures, ours.plan) == (whole.activities, whole.figures, whole.plan)
