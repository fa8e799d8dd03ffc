"""Which place a Japanese name means on this page: base form, kind and country, the same for each mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from twinbook.reading.languages.ja.atlas import Meaning, country_code, meanings, prefecture_of, region_of
from twinbook.reading.languages.ja.places import CITY, DISTRICT, PlaceSpan
from twinbook.reading.languages.ja.words import data
from twinbook.reading.story import NameMention


class Resolver:
    """The places of one page: which suffixes each bare name has on it, and the countries it names."""

    def __init__(self, spans: Iterable[PlaceSpan], countries: Iterable[str]) -> None:
        self.suffixes: dict[str, Counter[str]] = {}
        self.before: dict[str, str] = {}
        for span in spans:
            if span.suffix:
                self.suffixes.setdefault(span.bare, Counter())[span.suffix] += 1
            if span.country_before:
                self.before.setdefault(span.bare, span.country_before)
        self.countries = [code for code in countries if code != "JP"]

    def mention(self, span: PlaceSpan, offset: int) -> NameMention:
        """The mention of a place; `offset` is the line's in the page."""
        name, kind = self._base(span)
        country = self._country(span.bare, name, kind)
        return NameMention("place", span.start + offset, span.end + offset, name, country=country, place_kind=kind)

    def _base(self, span: PlaceSpan) -> tuple[str, str]:
        if span.kind == "country" or (span.suffix == "共和国" and country_code(span.bare)):
            return meanings(span.bare)[0].name, "country"
        if span.suffix in CITY:
            return span.bare, "city"
        if span.suffix:
            return span.bare + span.suffix, span.kind
        if span.kind == "region":
            return span.bare, "region"
        return self._bare_base(span.bare)

    def _bare_base(self, bare: str) -> tuple[str, str]:
        """石川 is 石川県 where no town of that name is on the page; イルクーツク beside イルクーツク州 stays a town."""
        here = self.suffixes.get(bare, Counter())
        if any(suffix in CITY for suffix in here):
            return bare, "city"
        found = meanings(bare)
        own = next((meaning for meaning in found if meaning.kind == "region"), None)
        with_suffix = [suffix for suffix in here if suffix not in DISTRICT]
        if prefecture := prefecture_of(bare):
            is_town = bare in data("places")["seats"]["words"] and not with_suffix
            return (bare, "city") if is_town else (prefecture, "region")
        if with_suffix and not any(meaning.kind == "city" for meaning in found):
            return bare + with_suffix[0], "region"
        if here and not found:
            return bare + next(iter(here)), "district"
        if own and not any(meaning.kind == "city" for meaning in found):
            return own.name, "region"
        if not found and (region := region_of(bare)):
            return region.name, "region"
        return bare, "city"

    def _country(self, bare: str, name: str, kind: str) -> str | None:
        if kind == "country":
            return country_code(name)
        here = self.suffixes.get(bare, Counter())
        with_suffix = [one for suffix in here for one in meanings(bare + suffix)]
        found = [*with_suffix, *meanings(name), *meanings(name + "市"), *meanings(bare)]
        if before := self.before.get(bare):
            return before
        chosen = self._chosen(found)
        if chosen is not None:
            return chosen.country
        if kind == "district":
            return "JP" if not any("ァ" <= letter <= "ヺ" for letter in bare) else None
        if any("ァ" <= letter <= "ヺ" for letter in bare):
            return self.countries[0] if len(self.countries) == 1 else None
        return None if {"CN", "KR", "TW"} & set(self.countries) and kind == "region" else "JP"

    def _chosen(self, found: list[Meaning]) -> Meaning | None:
        return next((meaning for meaning in found if meaning.country in self.countries), found[0] if found else None)
