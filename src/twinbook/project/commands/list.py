"""twinbook list: what was found in the folders: languages, importers, publications, kinds."""

from __future__ import annotations

import argparse

from twinbook.publishing.publication import publications
from twinbook.reading.importer import importers
from twinbook.reading.language import languages
from twinbook.reading.reader import readers
from twinbook.vocabulary.concept import concepts, schemes

HELP = "list what was found: languages to read, importers, publications, kinds and other words"
EXAMPLES = """examples:
  twinbook list
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # none


def run(options: argparse.Namespace) -> int:
    """Print what the finders found, a line a thing."""
    del options
    print(f"languages to read: {' '.join(languages())}")
    for reader in readers().values():
        print(f"reader {reader.code}: {reader.summary}")
    print(f"importers: {' '.join(importers())}")
    for scheme in schemes():
        print(f"{scheme}: {' '.join(concepts(scheme))}")
    for publication in publications().values():
        print(f"publication for the {publication.audience}: {publication.slug} ({', '.join(publication.forms)})")
    return 0
