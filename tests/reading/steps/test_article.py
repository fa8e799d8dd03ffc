import pytest

from twinbook.reading.language import language_pack
from twinbook.reading.page import Page
from twinbook.reading.steps.article import find_article


@pytest.mark.parametrize(
    ("language", "story", "tail"),
    [
        ("ru", "Мэр встретил гостей.\nПодписан план.", "\n\nПоследние новости\nВ Туле открыли школу.\n"),
        ("ja", "市長が訪問団と会った。", "\nあわせて読みたい\n佐渡の米、輸出へ\n"),
        ("en", "The mayor met guests.", "\n\nTRENDING\n1 Roadworks\n"),
    ],
)
def test_the_tail_is_not_the_story(language: str, story: str, tail: str) -> None:
    article = find_article(Page.of_text("\n" + story + tail), language_pack(language))

    assert (article.spans[0][0], article.spans[-1][1]) == (1, 1 + len(story))


def test_a_blank_page_has_no_story() -> None:
    assert find_article(Page.of_text(" \n"), language_pack("ru")).spans == ()
