"""The story's span in plain text: where the page's tail of teasers and adverts begins."""

from __future__ import annotations

from twinbook.reading.language import LanguagePack


def find_article(text: str, pack: LanguagePack) -> list[tuple[int, int]]:
    """The span from the first word to the last before a line that opens with a tail cue; empty for blank text.

    What stands before the headline is not cut yet. A cue in the first line is the headline's own word.
    """
    cues = tuple(cue.casefold() for cue in pack.article_ends)
    end = 0
    for line in text.splitlines(keepends=True):
        if end and text[:end].strip() and line.strip().casefold().startswith(cues):
            break
        end += len(line)
    story = text[:end]
    start = len(story) - len(story.lstrip())
    return [(start, len(story.rstrip()))] if story.strip() else []
