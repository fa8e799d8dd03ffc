"""The register's linked data as JSON-LD: one graph, a node a line, statements as W3C Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from twinbook.register.queries.formats.linked_data import PREFIXES, Iri, Literal, Node, nodes


def json_ld() -> Iterator[str]:
    """The lines of the document; its context stands in it, so that nothing is fetched to read it."""
    context = json.dumps(PREFIXES, sort_keys=True)
    yield f'{{"@context": {context}, "@graph": ['
    before = ""
    for node in nodes():
        yield before + json.dumps(_told(node), ensure_ascii=False, separators=(",", ":"))
        before = ","
    yield "]}"


def _told(node: Node) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": node.address, "@type": list(node.types)}
    for name, value in node.properties:
        told.setdefault(name, []).append(_value(value))
    return told


def _value(value: Iri | Literal | Node) -> dict[str, Any]:
    if isinstance(value, Node):
        return _told(value)
    if isinstance(value, Iri):
        return {"@id": value.address}
    told = {"@value": value.text}
    if value.language:
        told["@language"] = value.language
    elif value.datatype:
        told["@type"] = value.datatype
    return told
