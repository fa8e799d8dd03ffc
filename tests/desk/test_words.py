"""What the desk says: every code has its words in three languages, catalogues are whole, page text is never markup."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from twinbook.register.desk import refusals, words
from twinbook.register.models import properties
from twinbook.register.queries import lists, queue
from twinbook.register.queries.remarks import SENTENCES, remark
from twinbook.register.workflow import propose
from twinbook.register.workflow.errors import NotPossibleError
from twinbook.vocabulary.concept import concepts

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "src" / "twinbook" / "register" / "desk"
sys.path.insert(0, str(ROOT / "scripts"))
import messages as catalogues  # noqa: E402  a script, not a package: found by the line above

TEMPLATES = sorted((DESK / "templates").rglob("*.html"))
LANGUAGES = ("en", "ru", "ja")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_has_every_message_and_none_is_fuzzy(language: str) -> None:
    catalogue = catalogues.renewed(language, catalogues.collected())

    assert catalogues.missing(catalogue) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_compiled_catalogue_is_the_written_one(language: str) -> None:
    path = catalogues.LOCALES / language / "LC_MESSAGES" / "django"

    assert path.with_suffix(".mo").read_bytes() == catalogues.as_mo(catalogues.kept(language))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_fills_the_same_places(language: str) -> None:
    holes = re.compile(r"%\(\w+\)s|\{\w+\}")
    for message in catalogues.kept(language):
        if message.id:
            forms = message.string if isinstance(message.string, tuple | list) else [message.string]
            wanted = set(holes.findall(message.id if isinstance(message.id, str) else message.id[1]))
            assert [set(holes.findall(form)) for form in forms] == [wanted] * len(forms), message.id


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["1 proposal was found.", "2 proposals were found.", "5 proposals were found.", "21 proposals were found."],
        ),
        (
            "ru",
            ["Найдено 1 предложение.", "Найдено 2 предложения.", "Найдено 5 предложений.", "Найдено 21 предложение."],
        ),
        ("ja", [f"登録候補が {number}件見つかりました。" for number in (1, 2, 5, 21)]),
    ],
)
def test_plural_forms_are_those_of_the_language(language: str, expected: list[str]) -> None:
    with translation.override(language):
        assert [words.found(number) for number in (1, 2, 5, 21)] == expected


def test_every_kind_and_property_has_a_name() -> None:
    named = {name for kind in properties.PROPERTIES.values() for name in kind} | set(properties.COMMON)

    assert set(properties.PROPERTIES) <= set(words.RECORD_KINDS)
    assert named <= set(words.PROPERTIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str) -> None:
    with translation.override(language):
        for kind, listed in properties.PROPERTIES.items():
            for name, known in {**listed, **properties.COMMON}.items():
                for code in known.known_codes():
                    assert words.code(kind, name, code, language) != code or language == "en", f"{kind}.{name}: {code}"


@pytest.mark.parametrize("language", ["ru", "ja"])
@pytest.mark.parametrize("code", sorted(code for code, sentence in SENTENCES.items() if sentence))
def test_every_remark_is_translated(code: str, language: str) -> None:
    given = dict.fromkeys(re.findall(r"\{(\w+)\}", SENTENCES[code]), "Х")

    with translation.override(language):
        said = words.remark(remark(code, given), language)

    assert said and said != remark(code, given).sentence
    assert all(value in said for value in given.values() if "property" not in given)


def test_every_refusal_of_the_workflow_has_its_sentence() -> None:
    folder = ROOT / "src" / "twinbook" / "register"
    source = "\n".join(path.read_text("utf-8") for path in (folder / "workflow").glob("*.py"))
    raised = set(re.findall(r'code="([a-z-]+)"', source)) | set(re.findall(r'^    code = "([a-z-]+)"', source, re.M))
    before, asking = (folder / "web.py").read_text("utf-8").split("class Endpoint:")
    fetched = set(re.findall(r'Refused\(\s*"([a-z-]+)"', before))
    asked = set(re.findall(r'Refused\(\s*"([a-z-]+)"', asking + (folder / "reader.py").read_text("utf-8")))

    assert raised - set(refusals.REFUSALS) - {"refused"} == set()
    assert fetched - set(refusals.REFUSALS) == set()
    assert {f"model-{code}" for code in ASKED & (asked | fetched)} - set(refusals.NOTES) == set()
    assert asked - ASKED == {"scheme", "port", "userinfo"}  # of take_apart, which only what is fetched goes through


# what can keep a language model from being heard: each has a note of its own
ASKED = frozenset(["address", "answer", "connection", "host", "size", "status", "time", "unencrypted"])


def test_a_refusal_of_an_unknown_code_keeps_its_own_sentence() -> None:
    assert words.refusal(NotPossibleError("no such thing", code="brand-new")) == "no such thing"


def test_every_scheme_of_the_vocabulary_is_labelled_in_three_languages() -> None:
    for scheme in set(words.SCHEMES.values()):
        for concept in concepts(scheme).values():
            assert set(LANGUAGES) <= set(concept.words), f"{scheme}/{concept.code}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_trusts_text_or_styles_in_place(path: Path) -> None:
    text = path.read_text("utf-8")

    for forbidden in (r"\|\s*safe\b", "autoescape off", r"\sstyle=", r"<script(?![^>]*\ssrc=)", r"\son\w+=", "hx-on"):
        assert not re.search(forbidden, text), forbidden
    assert not re.search(r'(?:src|href|action)="https?:', text), "a resource or link of another host"


def test_no_view_marks_text_as_safe() -> None:
    for path in DESK.rglob("*.py"):
        assert not re.search(r"mark_safe|SafeString|__html__", path.read_text("utf-8")), path.name


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% csrf_token %}",
    "<a href=javascript:alert(1)>x</a>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_a_page_are_shown_as_words(desk: Client, officer: User, payload: str) -> None:
    text = (
        f"Мэр Иркутска Пётр Образцов встретился с делегацией Канадзавы {payload}\n"
        f"12 мая 2024 года мэр Иркутска Пётр Образцов принял делегацию города-побратима Канадзавы {payload}. "
        f"«Мы рады гостям {payload}», – сказал Пётр Образцов."
    )
    taken = propose.take_in(text, by=officer, at=timezone.now(), publisher=payload)
    page = queue.page_review(taken.source)
    assert page is not None
    desk.post(reverse("desk:accept-page", args=[taken.source]))
    addresses = [
        reverse("desk:inbox") + "?show=all",
        reverse("desk:review", args=[taken.source]),
        reverse("desk:source", args=[taken.source]),
        reverse("desk:decisions"),
        reverse("desk:search") + f"?q={payload}",
        *(reverse("desk:dossier", args=[line.tie.id]) for line in lists.partners()),
        *(reverse("desk:record", args=[card.record.id]) for card in page.cards if card.record),
    ]

    for address in addresses:
        html = desk.get(address, follow=True).content.decode()
        for raw in (
            "<script>alert",
            "<img src=x",
            "<svg onload",
            "<a href=javascript",
            "csrfmiddlewaretoken' value=''",
        ):
            assert raw not in html, address
