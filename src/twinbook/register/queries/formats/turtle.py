"""The register's linked data as RDF 1.1 Turtle, a statement a line.

Source: W3C, RDF 1.1 Turtle, sections 2.4 to 2.7 and 6.4 on names, literals and their escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinbook.register.queries.formats.linked_data import PREFIXES, Iri, Literal, Node, nodes

SHORT = re.compile(r"([a-z]+):([A-Za-z][A-Za-z0-9_]*)\Z")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')


def turtle() -> Iterator[str]:
    """The lines of the document."""
    for name, address in sorted(PREFIXES.items()):
        yield f"@prefix {name}: <{address}> ."
    for node in nodes():
        yield from _lines(node)


def _lines(node: Node) -> Iterator[str]:
    subject = _iri(node.address)
    for kind in node.types:
        yield f"{subject} a {_iri(kind)} ."
    for name, value in node.properties:
        if isinstance(value, Node):
            yield f"{subject} {_iri(name)} {_iri(value.address)} ."
            yield from _lines(value)
        else:
            yield f"{subject} {_iri(name)} {_iri(value.address) if isinstance(value, Iri) else _literal(value)} ."


def _iri(address: str) -> str:
    """A short name where its prefix is known, else the whole address."""
    found = SHORT.match(address)
    return address if found and found[1] in PREFIXES else f"<{address}>"


def _literal(value: Literal) -> str:
    words = TO_ESCAPE.sub(lambda found: ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), value.text)
    if value.language:
        return f'"{words}"@{value.language}'
    return f'"{words}"^^{_iri(value.datatype)}' if value.datatype else f'"{words}"'
