"""What changed in a story, sentence by sentence."""

from __future__ import annotations

from twinbook.register.queries.changes import Change, compared, story_of

BEFORE = story_of("Мэр принял делегацию Канадзавы. Стороны обсудили обмены.\nВизит пройдёт в мае 2026 года.", {})
NOW = story_of("Мэр принял делегацию Канадзавы. Визит пройдёт в июне 2026 года. Подписан план.", {})


def test_a_story_is_its_sentences_in_any_script() -> None:
    assert story_of("市長は「訪問を歓迎する。」と述べた。金沢市と交流。 次", {"article": [[0, 24]]}) == (
        "市長は「訪問を歓迎する。」と述べた。",
        "金沢市と交流",
    )


def test_sentences_are_added_removed_reworded_or_the_same() -> None:
    assert compared(BEFORE, NOW) == (
        Change("same", ("Мэр принял делегацию Канадзавы.",), ("Мэр принял делегацию Канадзавы.",)),
        Change("removed", ("Стороны обсудили обмены.",), ()),
        Change("reworded", ("Визит пройдёт в мае 2026 года.",), ("Визит пройдёт в июне 2026 года.",)),
        Change("added", (), ("Подписан план.",)),
    )


def test_nothing_is_lost_in_either_column() -> None:
    lines = compared(BEFORE, NOW)

    assert tuple(sentence for line in lines for sentence in line.before) == BEFORE
    assert tuple(sentence for line in lines for sentence in line.now) == NOW
