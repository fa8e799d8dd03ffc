"""The story's spans: no menus, teasers, adverts or comments; the headline and the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile

from twinbook.reading.finding import Span
from twinbook.reading.language import LanguagePack
from twinbook.reading.page import Page
from twinbook.reading.steps.article.lines import Line, cohesion, find_lines, stems
from twinbook.reading.steps.article.published import (
    dateline_day,
    day_in,
    day_without_year,
    is_update,
    month_in,
    opens_with_date,
    same_or_next,
    season_in,
    territory_of,
    whole_day,
)
from twinbook.reading.steps.article.region import Region, find_region, find_run

NOT_LETTERS = re.compile(r"[\W_]+")
LABEL_END = re.compile(r"[#.@!~]")
OWN_BLOCKS = frozenset(["p", "li", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "td", "blockquote", "pre"])
LONGEST_DATED = 200  # characters of a line that may say the day of publication
ELSEWHERE = 0.5  # a line of another element is less likely the headline than one beside the first paragraph
NEARER = 0.9  # a line further from the first paragraph is less likely its headline
FIRST_LINE = 0.16  # what a text begins with is its headline even where it shares no word with it
LONGEST_SIGNS = 20_000
PARAGRAPH = 120  # size; the mean of what is no list of other stories
LONG_PARAGRAPH = 150  # size; lists of other stories have shorter ones
LEAST_SUBTITLE = 30  # size
LEAST_STORY = 300  # size of the prose that makes a heading above it the headline
BEFORE_HEADLINE = 0.3  # share of the prose that may stand before a headline, and is then not the story
DOUBLE = 60  # characters that make two lines one
SIGNED = re.compile(r" [·•|] ")  # "Jane Doe · The Daily Post", "News | Sport"
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LONGEST_HEADLINE = 260  # characters
LEAST_HEADLINE = 20  # size
FOOT = 3  # lines behind the last paragraph within which a closing list opens ("For reference:", "Our twin towns:")
LEAST_ITEMS, ABOUT_STORY = 2, 0.2
LIST_ITEM = re.compile(
    r"(?:[-–—•*·]|\d{1,2}[.)])\s?\S[^!?]{1,150}\Z|[^.!?:]{2,80};\Z|[^.!?:()]{2,60}\([^()]{2,40}\)[.,]?\Z"
)
FRONT_LINES = 14  # lines before the first paragraph among which a headline is looked for


@dataclass(frozen=True)
class Article:
    """The spans of the story in order (one a block), its headline, and its day of publication (EDTF)."""

    spans: tuple[Span, ...]
    title: str | None
    published: str | None


def find_article(page: Page, pack: LanguagePack) -> Article:
    """The story of a page of any shape; a page without prose gives its lines up to the first tail cue."""
    lines = find_lines(page, pack)
    has_markup = any(line.path for line in lines)
    titled = _titled(page, lines)
    region = find_region(lines, titled) if has_markup else find_run(lines)
    headline, body = _story(titled, lines, region, pack)
    kept = sorted({headline, *body} - {None}, key=lambda line: line.number) if headline else body
    title = headline.text if headline else titled.text if titled else page.title
    return Article(
        tuple((line.start, line.end) for line in kept),
        title,
        _published(page, lines, kept, pack),
    )


def _story(titled: Line | None, lines: list[Line], found: Region, pack: LanguagePack) -> tuple[Line | None, list[Line]]:
    """The headline and the lines after it, its subtitle and captions first."""
    region = found.lines
    first = _first_prose(region)
    if first is None:
        return titled, [line for line in _until_end(region) if line is not titled]
    about = stems(" ".join(line.text for line in region[first : first + 8] if line.is_prose))
    headline = titled or _sentence_headline(lines, region, first) or _headline(lines, region[first], about)
    if headline is region[first]:
        first = next((at for at in range(first + 1, len(region)) if _is_paragraph(region[at])), len(region))
        if first == len(region):
            return headline, _body([line for line in region if line.number > headline.number], about)
    if headline and headline.number > region[first].number:
        after = next((at for at, line in enumerate(region) if line.number > headline.number), len(region))
        opens = headline.tag in ("h1", "h2") and _prose(region[after:]) > LEAST_STORY
        if opens or _prose(region[:after]) < BEFORE_HEADLINE * _prose(region):
            first = after
        else:
            headline = None  # the title stands there once more, in a list or at the foot
    start = region[first].number
    front = (
        [line for line in lines[headline.number + 1 : start] if line.number not in found.furniture] if headline else []
    )
    lead = [line for line in front if _is_lead(line, about, pack)]
    body = _body(region[first:], about)
    return headline, [*lead, *body, *_rest_of_list(body, lines)]


def _prose(lines: list[Line]) -> int:
    return sum(line.size for line in lines if line.is_prose)


def _until_end(region: list[Line]) -> list[Line]:
    """Lines up to the first tail cue that no cue speaks against: what a person pasted, a page without prose."""
    end = next((at for at, line in enumerate(region) if line.kind in ("ends", "comments")), len(region))
    return [line for line in region[:end] if not line.kind and line.link_share < 0.5]


def _first_prose(region: list[Line]) -> int | None:
    return next((at for at, line in enumerate(region) if _is_paragraph(line)), None)


def _is_paragraph(line: Line) -> bool:
    return line.is_prose and not line.kind


def _sentence_headline(lines: list[Line], region: list[Line], first: int) -> Line | None:
    """In a text without markup: a first line that is a sentence, and a headline as a date line or byline follows it."""
    line = region[first]
    after = lines[line.number + 1 : line.number + 2]
    if line.path or not after or after[0].kind not in ("dates", "bylines", "drops"):
        return None
    return line if len(line.text) < LONGEST_HEADLINE and all(before.kind for before in lines[: line.number]) else None


def _headline(lines: list[Line], first: Line, about: set[str]) -> Line | None:
    """The line before the first paragraph that has most in common with it."""
    best, most = None, 0.15
    for line in reversed(lines[max(0, first.number - FRONT_LINES) : first.number]):
        if (
            line.kind
            or line.size < 12
            or len(line.text) > LONGEST_HEADLINE
            or line.link_share > 0.8
            or SIGNED.search(line.text)
        ):
            continue
        score = cohesion(line, about) * min(1.0, line.size / 40) + (0.3 if line.tag in ("h1", "h2") else 0.0)
        if line.number == 0 and not line.path:
            score += FIRST_LINE
        if line.path and line.tag not in HEADINGS and _box(line) != _box(first):
            score *= ELSEWHERE
        if line.path:
            score *= NEARER ** (first.number - line.number)
        if score >= most:
            best, most = line, score
    return best or _line_above(lines, first)


def _line_above(lines: list[Line], first: Line) -> Line | None:
    """In a text without markup: the line above the first paragraph and its date line, if it is no sentence."""
    for line in reversed(lines[max(0, first.number - 3) : first.number]):
        if not line.kind:
            is_headline = not line.path and line.size >= LEAST_HEADLINE and not line.is_closed
            return line if is_headline and not SIGNED.search(line.text) and line.text[0].isalnum() else None
    return None


def _titled(page: Page, lines: list[Line]) -> Line | None:
    """The line that is the page's title, a heading before any other; on a page without one its only h1."""
    wanted = _key(page.title or "")
    longest = 2 * len(page.title or "") + 10
    same = [line for line in lines if wanted and len(line.text) < longest and _key(line.text) == wanted]
    if same:
        return next((line for line in same if line.tag in HEADINGS), same[-1])
    tops = [line for line in lines if line.tag == "h1" and line.link_share < 0.9]
    return tops[0] if len(tops) == 1 and not page.title else None


def _is_lead(line: Line, about: set[str], pack: LanguagePack) -> bool:
    """Whether a line between headline and first paragraph is part of the story: a subtitle or a caption."""
    if line.kind == "captions":
        return True
    if line.kind or line.link_share > 0.5 or opens_with_date(line.text, pack):
        return False
    if line.is_prose:
        return True
    return line.size >= LEAST_SUBTITLE and cohesion(line, about) >= 0.4 and not day_in(line.text, pack, lambda: None)


def _body(region: list[Line], about: set[str]) -> list[Line]:
    kept: list[Line] = []
    waiting: list[Line] = []
    in_teasers = False
    for at, line in enumerate(region):
        if line.kind in ("ends", "comments") and kept:
            if _goes_on(kept, region[at + 1 :], line):
                in_teasers = True
                continue
            break
        if line.kind == "teasers":
            in_teasers = line.size < 60
            continue
        if line.kind and line.kind != "captions":
            continue
        if line.link_share > 0.6 and line.size < 200:
            continue
        if line.is_prose or line.kind == "captions":
            kept += waiting
            waiting = []
            in_teasers = False
            kept.append(line)
        elif not in_teasers:
            waiting.append(line)
    return _without_doubles(kept + _afterwards(kept, waiting, about))


def _afterwards(kept: list[Line], waiting: list[Line], about: set[str]) -> list[Line]:
    """Short lines after the last paragraph that are still the story: siblings of its paragraphs, and signatures."""
    parents = {parent for line in kept if line.is_prose and (parent := _parent(line))}
    found: list[Line] = []
    listed = _closing_list(waiting, about)
    for line in waiting:
        if line in listed:
            found.append(line)
            continue
        if opens_with_date(line.text, line.pack) or line.link_share > 0.3:
            break
        if not (_parent(line) in parents or cohesion(line, about) >= 0.5):
            break
        found.append(line)
    return found


def _closing_list(waiting: list[Line], about: set[str]) -> list[Line]:
    """In a text without markup: a list at the story's foot, opened by a line about the story that ends in a colon."""
    for at, line in enumerate(waiting[:FOOT]):
        if line.path or not line.text.endswith(":"):
            return []
        items = list(takewhile(lambda item: LIST_ITEM.match(item.text) is not None, waiting[at + 1 :]))
        if len(items) >= LEAST_ITEMS and cohesion(line, about) >= ABOUT_STORY:
            return [*waiting[: at + 1], *items]
    return []


def _rest_of_list(body: list[Line], lines: list[Line]) -> list[Line]:
    """What goes on of a list, in a text without markup, at which the story's lines end."""
    if len(body) < LEAST_ITEMS or body[-1].path or any(LIST_ITEM.match(line.text) is None for line in body[-2:]):
        return []
    return list(takewhile(lambda line: not line.kind and LIST_ITEM.match(line.text), lines[body[-1].number + 1 :]))


def _parent(line: Line) -> tuple[str, ...] | None:
    """The path of the element around the line's own; None for lines that only <br> parts, and in plain text."""
    if line.tag not in OWN_BLOCKS:
        return None
    return _box(line) or None


def _without_doubles(kept: list[Line]) -> list[Line]:
    """The lines without captions told twice (in a gallery, in full and cut short)."""
    seen: set[str] = set()
    found: list[Line] = []
    for line in kept:
        key = line.text[:DOUBLE]
        is_double = key in seen if line.size >= DOUBLE else bool(found) and found[-1].text == line.text
        if not is_double:
            found.append(line)
        seen.add(key)
    return found


def _goes_on(kept: list[Line], rest: list[Line], cue: Line) -> bool:
    """Whether the paragraphs go on after a tail cue: one in a box of its own, or in a plain text near its beginning."""
    more = [line for line in rest if line.is_prose and not line.kind]
    if not cue.path:
        if cue.kind == "comments":
            return False
        told = sum(line.size for line in kept)
        still = sum(line.size for line in more)
        return still > told and still > LONG_PARAGRAPH * len(more)
    boxes = {_box(line) for line in kept if line.is_prose}
    is_boxed = _box(cue) not in boxes and cue.path not in boxes
    more = [line for line in more if _box(line) in boxes]
    still = sum(line.size for line in more)
    if is_boxed:
        return still > LONG_PARAGRAPH
    return cue.kind == "ends" and cue.tag == "p" and still > max(2 * LONG_PARAGRAPH, PARAGRAPH * len(more))


def _box(line: Line) -> tuple[str, ...]:
    """The path of the element around the line's block."""
    end = len(line.path)
    while end > 1 and LABEL_END.split(line.path[end - 1])[0] != line.tag:
        end -= 1
    return line.path[: end - 1]


# «Отдел внешних связей, 31 марта 2017 года»: a last line without a sentence's end that ends in a year.
SIGNATURE = re.compile(r"\A[^.!?]{0,90}\b(?:19|20)\d\d(?:\s?(?:г\.?|года|年\d+月\d+日))?\W?\Z")


def _published(page: Page, lines: list[Line], kept: list[Line], pack: LanguagePack) -> str | None:
    """The metadata's day, or its neighbour where the page shows that (time zones); else the day of a date line.

    The date line nearest to the headline counts first, then those before it, a dateline, those after the story.
    """
    if not kept:
        return page.published
    signs = "" if page.published else page.text[:LONGEST_SIGNS]
    territory = cache(partial(territory_of, page.language, signs, pack))
    first, last = kept[0].number, kept[-1].number
    chosen = {line.number for line in kept}
    near = [line for line in lines[max(0, first - FRONT_LINES) : last + 40] if len(line.text) < LONGEST_DATED]
    near = [line for line in near if line.number not in chosen]
    order = [line for line in near if first <= line.number <= last and line.number < first + FRONT_LINES]
    order += [line for line in reversed(near) if line.number < first]
    order.sort(key=lambda line: is_update(line.text, pack))
    shown = next((day for line in order if (day := day_in(line.text, pack, territory))), None)
    if page.published:
        stamps = (day_in(line.text, pack, territory) for line in order if line.kind == "dates")
        return next((day for day in stamps if day and same_or_next(page.published, day)), page.published)
    lead = [line for line in kept if line.is_prose][:2]
    shown = shown or next((day for line in lead if (day := dateline_day(line.text, pack, territory))), None)
    signed = kept[-1] if len(kept) > 2 and len(kept[-1].text) < LONGEST_DATED else None
    shown = shown or (day_in(signed.text, pack, territory) if signed and SIGNATURE.search(signed.text) else None)
    after = [line for line in near if line.number > last]
    close = next(
        (at for at, line in enumerate(after) if line.kind == "teasers" or (line.kind in ("ends", "comments") and at)), 3
    )
    after = [
        line
        for at, line in enumerate(after)
        if line.kind == "dates" or (at <= close and opens_with_date(line.text, pack))
    ]
    shown = shown or next((day for line in after if (day := day_in(line.text, pack, territory))), None)
    return shown or _from_parts(lines[: first + FRONT_LINES], kept[0], pack)


def _from_parts(front: list[Line], headline: Line, pack: LanguagePack) -> str | None:
    """A day whose year stands elsewhere (crumbs "2014 > February", headline "7 February"), or an issue's month."""
    near = [line for line in front[-2 * FRONT_LINES :] if len(line.text) < LONGEST_DATED and not line.is_prose]
    near = [line for line in near if abs(line.number - headline.number) < FRONT_LINES]
    months = {month for line in near if (month := month_in(line.text, pack) or season_in(line.text, pack))}
    month = months.pop() if len(months) == 1 else None  # several are an archive's list
    rest = day_without_year(headline.text, pack)
    return (whole_day(month, rest) if month and rest else None) or month


def _key(text: str) -> str:
    return NOT_LETTERS.sub("", text).casefold()
