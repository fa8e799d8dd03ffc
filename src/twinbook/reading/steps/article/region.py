"""Which part of an HTML page holds its story: the elements around the prose, less what their names say is no story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from twinbook.reading.steps.article.lines import Line

ROOT = 0
# How web designers name what is no story: words inside an id or class, and whole words of one.
FURNITURE_PARTS = (
    r"breadcrumb|(?<!-w)(?<![.-]with-)(?<!_with-)(?<![.-]has-)(?<![.-]no-)side-?bar|comment(?!ary)|kommentar|leserbrief|disqus|discuss|forum-|bb_message|cookie|gdpr|privacy|newsletter|subscri|paywall-(?:message|notice|overlay|prompt|offer)|taboola|outbrain|advert|sponsor"
    r"|promo|banner|related|recommend|recirc|see-?also|share|sharing|social(?!-?(?:media-?)?embed)|gallery|slideshow|footer|pop-?up|modal|byline|author-"
    r"|author_|authorbox|topicpath|pagetop|pagination|most-?read|popular|trending|widget-area|widget_|tooltip|navbar|navigation|masthead"
    r"|copyright|impressum|print-?only|noprint|infobox|screen-?reader|visually-?hidden|sr-only|toolbar|sign-?up|teaser(?![-_]?text)|inquiry|enquete|rating"
    r"|feedback|donat|tag-?cloud|tag-?list|onward|more-?(?:news|stories|articles)|latest-?(?:news|stories)|next-?article"
)
FURNITURE_NAMES = (
    r"ad|ads|adv|advt|nav|gnav|lnav|menu|tag|tags|tagz|crumb|crumbs|bread|toc|aside|sns|tools|poll|vote|pager|prev|rel"
    r"|widget|rank|ranking|hot|ticker|live|bet|contact|login|search|lang|mail|nl|pr|foot|ft|bot|side|sbar|mpu|dfp|leaderboard"
    r"|comm|cmt|cmts|replies|discussion|bio|legal|disclaimer|meta|utility|carousel|slider|weather|skip|skiplink"
    r"|dialog|alert|notification|complementary|contentinfo|sitemap|booking|see|rss|sign|quiz|byline|trend|hotnews"
)
FURNITURE_TAGS = r"nav|aside|footer|button|dialog|label|legend|textarea|menu"
STORY_NAMES = (
    r"@articlebody|article-?_?body|articletext|article-?_?text|article-?_?content|story-?_?body|storytext|story-?_?content"
    r"|story-?_?text|entry-?_?content|post-?_?content|post-?_?body|news-?_?text|news-?_?detail|news-?_?body|body-?copy"
    r"|main-?_?text|text-?_?body|body-?_?text|honbun|kiji-?_?body|rich-?text|article-?_?inner|single-?_?content"
)
ENDINGS = (
    r"box|bar|wrap|wrapper|list|block|area|top|bottom|container|section|head|header|inner|slot|unit|item|links|\d+"
)
FURNITURE = re.compile(
    rf"^(?:{FURNITURE_TAGS})(?![a-z0-9])|(?:{FURNITURE_PARTS})"
    rf"|[#.@](?:{FURNITURE_NAMES})(?:[-_](?:{ENDINGS}))?(?=[#.@!~]|$)"
    rf"|(?<!has)(?<!with)(?<!no)[-_](?:ads?|nav|menu|crumbs|tags|comments)(?=[#.@!~]|$)|!hidden"
)
# What may be the whole page or a whole post, whatever else its name holds.
WHOLE = re.compile(
    r"(?:html|body|main|article)(?![a-z0-9])|[^!]*\.(?:hentry|type-post|type-page|single-post)(?=[.@~]|$)"
)
LIST_OF_STORIES = re.compile(
    r"^(?:article|div).*(?:sidebar-widget|related|recommend|teaser(?![-_]?text)|promo|popular)"
)
STORY = re.compile(STORY_NAMES)
PARAGRAPH = re.compile(r"(?:p|h\d|li|td|span|b|strong|font)(?![a-z0-9])")
POST = re.compile(r"^article(?![a-z0-9])|[#.](?:hentry|post|entry|article|story|item)(?=[#.@~]|$|-\d)")
# A part that holds so much of the page's prose is its story, whatever it is called (tags left open, whole-page forms);
# what readers say may well be longer than the story, and is known by not standing around the headline.
TALK = re.compile(r"comment|kommentar|disqus|discuss|replies|cmts?(?![a-z])")
MOST, MOST_TALK = 0.45, 0.7
# Going down, a child that holds this share of the prose takes the place of its parent; less, if its name says so.
MOST_OF_POST = 0.6
MOST_POSTS = 3  # nested posts around a headline that are looked at
TIGHT, NAMED, INSIDE, SMALL = 0.8, 0.25, 0.55, 0.15
BODY, LEAST_NAMED, LEAST_STORY = "@articlebody", 150.0, 300.0  # size of the prose


# In a text without markup: what a line adds to the run of lines that is the story.
MOST_GAIN, COST_OF_LINE, COST_OF_ITEM, AFTER_RUN = 300, -30.0, -8.0, 6
# Of an announcement: 1 日時, (2) …; 日時, 会場; 10月15日（火曜日）から18日まで.
ITEM = re.compile(
    r"[(（]?\d{1,2}[)）.．、 　]\s?\S|[・○◯●■□◆◇▼▽◎【①-⑳]\s?\S"
    r"|(?:日時|日程|期日|期間|会期|開催日時?|会場|場所|ところ|内容|対象|定員|出席者|参加者|参加費|料金|費用)(?:[:：\s]|$)"
    r"|[^。\n]{0,24}\d日[^。\n]{0,24}(?:から|まで)[^。\n]{0,16}$"
)
COST_OF_CUE = {"captions": 0.0, "dates": -10.0, "bylines": -10.0, "drops": -20.0, "ends": -60.0, "comments": -120.0}


@dataclass
class Region:
    """The lines among which the story is to be found, in order, and the numbers of those that are surely none of it."""

    lines: list[Line]
    furniture: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Element:
    parent: int
    label: str
    weight: float = 0.0
    children: list[int] = field(default_factory=list)
    is_furniture: bool = False


def find_region(lines: list[Line], headline: Line | None) -> Region:
    """Lines inside the tightest element that holds most of the prose and is not named as furniture.

    Where several posts stand on the page, the one with the `headline`.
    """
    elements, chains = _tree(lines)
    weights = [_weight(line) for line in lines]
    if not any(weights):
        weights = [float(line.size) if line.link_share < 0.3 and not line.kind else 0.0 for line in lines]
    _weigh(elements, chains, weights)
    total = elements[ROOT].weight
    around_headline = set(chains[headline.number]) if headline else set()
    for number, element in enumerate(elements):
        name = _name(element.label)
        if name.is_talk and around_headline:
            element.is_furniture = name.is_furniture and number not in around_headline
        else:
            element.is_furniture = name.is_furniture and element.weight < (MOST_TALK if name.is_talk else MOST) * total
    out = [any(elements[number].is_furniture for number in chain) for chain in chains]
    _weigh(elements, chains, [0.0 if dropped else weight for weight, dropped in zip(weights, out, strict=True)])
    top = _descend(elements)
    if headline:
        top = _at_headline(headline, elements, chains, top)
    inside = [line for line, chain, dropped in zip(lines, chains, out, strict=True) if top in chain and not dropped]
    return Region(inside, frozenset(line.number for line, dropped in zip(lines, out, strict=True) if dropped))


class _Name(NamedTuple):
    """What an element's name says of it."""

    is_furniture: bool
    is_talk: bool
    is_story: bool
    is_post: bool


def _name(label: str) -> _Name:
    return _base_name(label.partition("~")[0])


@lru_cache(maxsize=20_000)
def _base_name(label: str) -> _Name:
    is_whole = WHOLE.match(label) is not None and not LIST_OF_STORIES.search(label)
    return _Name(
        is_furniture=not is_whole and FURNITURE.search(label) is not None,
        is_talk=TALK.search(label) is not None,
        is_story=not PARAGRAPH.match(label) and STORY.search(label) is not None,
        is_post=POST.search(label) is not None,
    )


def _weight(line: Line) -> float:
    """How much prose the line is; headings are none, as every list of stories has them."""
    if not line.is_prose or line.tag in ("h1", "h2", "h3") or line.kind:
        return 0.0
    return line.size * (1 - line.link_share)


def find_run(lines: list[Line]) -> Region:
    """In a text without markup: the run of lines with most prose and least else, and short lines just after it."""
    best, start, end = 0.0, 0, len(lines)
    total, begun = 0.0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, begun = 0.0, at
        total += _gain(line)
        if total > best:
            best, start, end = total, begun, at + 1
    after = next((at for at in range(end, len(lines)) if lines[at].is_prose and not lines[at].kind), len(lines))
    return Region(lines[start : min(after, end + AFTER_RUN)])


def _gain(line: Line) -> float:
    if line.kind:
        return COST_OF_CUE.get(line.kind, COST_OF_LINE)
    if line.is_prose:
        return float(min(line.size, MOST_GAIN))
    return COST_OF_ITEM if ITEM.match(line.text) else COST_OF_LINE


def _tree(lines: list[Line]) -> tuple[list[_Element], list[list[int]]]:
    """The elements named in the lines' paths, and for each line its chain of elements from the outside in."""
    elements = [_Element(-1, "")]
    numbers: dict[tuple[int, str], int] = {}
    chains: list[list[int]] = []
    before: tuple[str, ...] = ()
    chain = [ROOT]
    for line in lines:
        path = line.path
        same = 0  # neighbours share most of their path
        for one, other in zip(path, before, strict=False):
            if one != other:
                break
            same += 1
        chain = chain[: same + 1]
        for label in path[same:]:
            at = chain[-1]
            number = numbers.get((at, label))
            if number is None:
                number = numbers[at, label] = len(elements)
                elements.append(_Element(at, label))
                elements[at].children.append(number)
            chain.append(number)
        chains.append(chain)
        before = path
    return elements, chains


def _weigh(elements: list[_Element], chains: list[list[int]], weights: list[float]) -> None:
    for element in elements:
        element.weight = 0.0
    for chain, weight in zip(chains, weights, strict=True):
        if weight:
            for number in chain:
                elements[number].weight += weight


def _descend(elements: list[_Element]) -> int:
    """The element to which most of the prose belongs."""
    at = ROOT
    while True:
        element = elements[at]
        best = max(element.children, key=lambda number: elements[number].weight, default=None)
        if best is None or elements[best].weight < TIGHT * element.weight or not elements[best].weight:
            break
        at = best
    named = [
        number
        for number, element in enumerate(elements)
        if element.weight > LEAST_NAMED
        and _name(element.label).is_story
        and (BODY in element.label or element.weight > _needed(elements, number, at))
    ]
    most = max((elements[number].weight for number in named), default=0.0)
    return next((number for number in named if elements[number].weight > 0.6 * most), at)


def _needed(elements: list[_Element], number: int, at: int) -> float:
    """The weight from which an element's name counts: more inside the part found by weight than outside it."""
    return (INSIDE if _is_under(elements, number, at) else NAMED) * elements[at].weight


def _at_headline(headline: Line, elements: list[_Element], chains: list[list[int]], top: int) -> int:
    """`top`, or where it leaves the headline alone, the part of the page that the headline opens.

    That is the post of several that has the headline, and where most prose is elsewhere (readers' letters, other
    stories) the smallest element around the headline that holds enough of it.
    """
    chain = chains[headline.number]
    if top in chain:
        below = chain[chain.index(top) + 1 :]
        posts = [number for number in below if _name(elements[number].label).is_post][:MOST_POSTS]
        return next((number for number in posts if _is_one_post(elements, number, top)), top)
    around = next((number for number in reversed(chain) if elements[number].weight > LEAST_STORY), ROOT)
    if _is_under(elements, top, around):
        return top
    return around if elements[around].weight > SMALL * elements[top].weight else top


def _is_one_post(elements: list[_Element], number: int, top: int) -> bool:
    """Whether the element is a post that holds most of the prose, or one of several posts side by side."""
    if elements[number].weight > MOST_OF_POST * elements[top].weight:
        return True
    others = (
        other
        for other, element in enumerate(elements)
        if element.weight > 0
        and _name(element.label).is_post
        and not _is_under(elements, other, number)
        and not _is_under(elements, number, other)
    )
    return elements[number].weight > 0 and len(list(islice(others, 2))) == 2


def _is_under(elements: list[_Element], number: int, top: int) -> bool:
    while number != -1:
        if number == top:
            return True
        number = elements[number].parent
    return False
