"""The register as nodes of linked data: records with what they tell, statements as W3C Web Annotations.

Each node has an address of the form urn:twinbook:KIND:ID. Terms of our own are in urn:twinbook:term:; the others are
those of Web Annotation (oa), PROV-O, Dublin Core, RDFS and OWL. Dates are EDTF by the Library of Congress's datatype.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib.auth import get_user_model

from twinbook.register.models import Decision, Record, Source, Statement
from twinbook.register.models.properties import property_of
from twinbook.register.queries.accounts import Accounts, canonical_ids

BATCH = 500
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "tw": "urn:twinbook:term:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
ELSEWHERE = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
NO_ADDRESS = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Iri:
    """An address, whole or as prefix:name."""

    address: str


@dataclass(frozen=True)
class Literal:
    """A text with its language or datatype (whole or as prefix:name)."""

    text: str
    language: str = ""
    datatype: str = ""


@dataclass
class Node:
    """One thing with its types and properties in order; a value may be a node that stands only here."""

    address: str
    types: tuple[str, ...]
    properties: list[tuple[str, Iri | Literal | Node]] = field(default_factory=list)

    def add(self, name: str, value: Iri | Literal | Node | None) -> None:
        """State a property; None states nothing."""
        if value is not None:
            self.properties.append((name, value))


def nodes() -> Iterator[Node]:
    """Everything: officers by name, sources, decisions, records, statements standing and withdrawn."""
    for (name,) in get_user_model().objects.order_by("pk").values_list("username"):
        yield Node(_urn("officer", name), ("prov:Agent",), [("rdfs:label", Literal(name))])
    for source in Source.objects.order_by("pk").defer("raw", "text", "reading").iterator(BATCH):
        yield _source(source)
    for decision in Decision.objects.order_by("pk").select_related("by", "source", "undoes").iterator(BATCH):
        yield _decision(decision)
    yield from _records()
    told = Statement.objects.exclude(withdrawn_by=None).select_related(*_RELATED).defer(*_HEAVY)
    for statement in told.order_by("pk").iterator(BATCH):
        yield _annotation(statement)


_RELATED = ("record", "target", "view", "source", "decision__by", "withdrawn_by")
_HEAVY = ("source__raw", "source__text", "source__reading")


def _urn(kind: str, name: object) -> str:
    return f"urn:twinbook:{kind}:{quote(str(name), safe='')}"


def record_address(record: Record) -> str:
    """The address of a record."""
    return _urn("record", record.public_id)


def _words(text: str, language: str = "") -> Literal | None:
    return Literal(text, language if TAG.match(language) else "") if text else None


def _moment(at: datetime | None) -> Literal | None:
    return Literal(at.isoformat(), datatype="xsd:dateTime") if at else None


def _number(value: int) -> Literal:
    return Literal(str(value), datatype="xsd:integer")


def _address(text: str) -> Iri | None:
    """An address of the web as such; signs that no address holds are written by their codes."""
    if not text.startswith(("http://", "https://")):
        return None
    return Iri(NO_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text))


def _source(source: Source) -> Node:
    node = Node(_urn("source", source.public_id), ("prov:Entity", "tw:Source"))
    node.add("tw:kind", Literal(source.kind))
    node.add("dct:title", _words(source.title, source.language))
    node.add("dct:publisher", _words(source.publisher))
    node.add("dct:source", _address(source.address))
    node.add("dct:language", _words(source.language))
    node.add("dct:issued", Literal(source.published, datatype=EDTF) if source.published else None)
    node.add("prov:generatedAtTime", _moment(source.captured_at))
    node.add("tw:digest", Literal(source.digest))
    return node


def _decision(decision: Decision) -> Node:
    node = Node(_urn("decision", decision.public_id), ("prov:Activity", "tw:Decision"))
    node.add("tw:kind", Literal(decision.kind))
    node.add("tw:act", Literal(decision.act))
    node.add("prov:endedAtTime", _moment(decision.at))
    node.add("prov:wasAssociatedWith", Iri(_urn("officer", decision.by.get_username())))
    node.add("rdfs:comment", _words(decision.reason))
    node.add("prov:used", Iri(_urn("source", decision.source.public_id)) if decision.source else None)
    node.add("tw:undoes", Iri(_urn("decision", decision.undoes.public_id)) if decision.undoes else None)
    return node


def _records() -> Iterator[Node]:
    """Records with what their rows tell, each followed by the statements about it and those merged into it."""
    ends = dict(Record.objects.exclude(canonical=None).values_list("public_id", "canonical__public_id"))
    for merged, end in sorted(ends.items()):
        yield Node(_urn("record", merged), ("tw:Record",), [("dct:isReplacedBy", Iri(_urn("record", end)))])
    ids = list(Record.objects.filter(canonical=None).order_by("pk").values_list("pk", flat=True))
    ends_by_pk = canonical_ids()
    for begin in range(0, len(ids), BATCH):
        yield from _batch(ids[begin : begin + BATCH], ends_by_pk)


def _batch(ids: list[int], ends: dict[int, int]) -> Iterator[Node]:
    accounts = Accounts.of(ids)
    members = {*ids, *(merged for merged, end in ends.items() if end in set(ids))}
    standing = Statement.objects.filter(record_id__in=members, withdrawn_by=None)
    by_record: dict[int, list[Statement]] = {}
    for statement in standing.select_related(*_RELATED).defer(*_HEAVY).order_by("pk"):
        by_record.setdefault(ends.get(statement.record_id, statement.record_id), []).append(statement)
    for record in Record.objects.filter(pk__in=ids).order_by("pk"):
        account, about = accounts.get(record.pk), by_record.get(record.pk, [])
        yield _record(record, account.told if account else set(), about)
        yield from map(_annotation, about)


def _record(record: Record, told: set[int], statements: list[Statement]) -> Node:
    node = Node(record_address(record), (f"tw:{record.kind.capitalize()}", "tw:Record"))
    for language, text in sorted(record.label.items()):
        node.add("rdfs:label", _words(text, language))
    node.add("tw:visibility", _words(record.visibility))
    said: set[tuple[str, Any]] = set()
    for statement in statements:
        value = _value(record.kind, statement)
        if statement.pk in told and (statement.property, value) not in said:
            said.add((statement.property, value))
            node.add(f"tw:{statement.property}", value)
        if statement.property == "identifier" and (same := _elsewhere(str(statement.value))) and same not in said:
            said.add(same)
            node.add(*same)
    return node


def _elsewhere(identifier: str) -> tuple[str, Iri] | None:
    scheme, _, number = identifier.partition(":")
    return ("owl:sameAs", Iri(ELSEWHERE[scheme] + quote(number, safe=""))) if scheme in ELSEWHERE else None


def _value(kind: str, statement: Statement) -> Iri | Literal:
    if statement.target:
        return Iri(record_address(statement.target))
    value, known = statement.value, property_of(kind, statement.property)
    if isinstance(value, bool):
        return Literal(str(value).lower(), datatype="xsd:boolean")
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, float):
        return Literal(repr(value), datatype="xsd:double")
    if known.type == "date":
        return Literal(str(value), datatype=EDTF)
    return _words(str(value), statement.language) or Literal("")


def _annotation(statement: Statement) -> Node:
    """A statement as an annotation: its body says what is stated, its targets where the words stand."""
    address = _urn("statement", statement.pk)
    node = Node(address, ("oa:Annotation", "tw:Statement"))
    node.add("oa:motivatedBy", Iri("oa:describing"))
    body = Node(f"{address}:body", ("rdf:Statement",))
    body.add("rdf:subject", Iri(record_address(statement.record)))
    body.add("rdf:predicate", Iri(f"tw:{statement.property}"))
    body.add("rdf:object", _value(statement.record.kind, statement))
    for name, text in sorted(statement.qualifiers.items()):
        body.add(f"tw:{name}", _words(str(text)))
    node.add("oa:hasBody", body)
    spans = [[statement.start, statement.end, statement.quote], *statement.also]
    for number, (start, end, words) in enumerate(spans):
        node.add(
            "oa:hasTarget", _target(statement, f"{address}:target{number}", start, end, words, is_first=not number)
        )
    node.add("tw:asWritten", _words(statement.as_written))
    node.add("tw:saidBy", _words(statement.said_by))
    node.add("tw:view", Iri(record_address(statement.view)) if statement.view else None)
    node.add("tw:readBy", Literal(statement.read_by))
    node.add("tw:rank", _number(statement.rank))
    node.add("prov:wasGeneratedBy", Iri(_urn("decision", statement.decision.public_id)))
    node.add("dct:creator", Iri(_urn("officer", statement.decision.by.get_username())))
    node.add("dct:created", _moment(statement.decision.at))
    if statement.withdrawn_by:
        node.add("prov:wasInvalidatedBy", Iri(_urn("decision", statement.withdrawn_by.public_id)))
        node.add("prov:invalidatedAtTime", _moment(statement.withdrawn_by.at))
    return node


def _target(statement: Statement, address: str, start: int, end: int, words: str, *, is_first: bool) -> Node:
    target = Node(address, ("oa:SpecificResource",))
    target.add("oa:hasSource", Iri(_urn("source", statement.source.public_id)))
    by_words = Node(f"{address}:quote", ("oa:TextQuoteSelector",), [("oa:exact", Literal(words))])
    if is_first:
        by_words.add("oa:prefix", _words(statement.prefix))
        by_words.add("oa:suffix", _words(statement.suffix))
    place = Node(f"{address}:position", ("oa:TextPositionSelector",))
    place.add("oa:start", _number(start))
    place.add("oa:end", _number(end))
    target.add("oa:hasSelector", by_words)
    target.add("oa:hasSelector", place)
    return target
