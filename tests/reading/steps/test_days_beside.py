"""Days that stand beside an activity: in the next sentence, in the one before, in a clause about something else."""

import pytest

from reading.told import read


def when(text: str, kind: str) -> list[str | None]:
    """Days of the activities of this kind in a Russian page of 10 March 2019 about Вязьма and Кричев."""
    page = f"Вязьма принимает гостей из Кричева\n10.03.2019\n\nВязьма и Кричев — города-побратимы.\n\n{text}"
    return [found.when for found in read("ru", page).activities if found.kind == kind]


def test_the_next_sentence_says_when_it_was_held() -> None:
    text = "Главы Вязьмы и Кричева подписали соглашение о дружбе. Церемония прошла 5 марта в ратуше."

    assert when(text, "agreement") == ["2019-03-05"]


def test_what_they_will_do_there_has_the_day_of_their_coming() -> None:
    text = "Два хирурга из Кричева приедут в Вязьму в конце апреля. Вместе с врачами они проведут операции на сердце."

    assert when(text, "project") == ["2019-04-2X"]


def test_a_paper_is_of_the_year_since_which_the_tie_stands() -> None:
    text = "Побратимами Вязьма и Кричев считаются с 1989 года. Соглашение подписывали на мосту."

    assert when(text, "agreement") == ["1989"]


def test_a_count_over_a_year_dates_nothing() -> None:
    text = "За прошлый год автобус из Вязьмы в Кричев перевёз сорок тысяч пассажиров по новому маршруту."

    assert "2018" not in when(text, "transport")


def test_when_the_guest_took_office_is_no_day_of_his_visit() -> None:
    text = "Мэрию Вязьмы с визитом вежливости посетил консул Беларуси, возглавивший консульство в мае."

    assert not {"2018-05", "2019-05"} & set(when(text, "meeting") + when(text, "visit"))


def test_a_thing_called_by_its_giver_was_not_given_that_day() -> None:
    text = "Вчера у ратуши, где стоит скульптура, подаренная Кричевом к юбилею Вязьмы, зажгли свечи."

    assert "2019-03-09" not in when(text, "aid")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Кричев предлагает устроить осенью выставку рисунков.", "2019-23"),
        ("Летом в Вязьме устроят выставку рисунков из Кричева.", "2019-22"),
    ],
)
def test_what_is_offered_lies_ahead(text: str, day: str) -> None:
    assert when(text, "cultural_event") == [day]
