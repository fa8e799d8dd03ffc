from reading.told import read

EN = """Leeds welcomes guests from Lille
A delegation from Lille visited Leeds last week. The Lord Mayor of Leeds, Anna Roe, received Paul Martin,
deputy mayor of Lille. "We are glad," said Roe. Leeds and Lille have been twinned since 1968."""


def test_bearer_named_twice_is_one_person_with_both_places_as_evidence() -> None:
    reading = read("en", EN.replace("\ndeputy", " deputy"), published="2018-10-04")

    (roe,) = [person for person in reading.people if person.name == "Anna Roe"]
    assert roe.role == "Lord Mayor of Leeds"
    assert [evidence.quote for evidence in roe.evidence] == ["Anna Roe", "Roe"]


def test_places_of_a_tie_are_places_of_the_reading() -> None:
    reading = read("en", EN.replace("\ndeputy", " deputy"), published="2018-10-04")

    assert {place.name: place.country for place in reading.places} == {"Leeds": "GB", "Lille": "FR"}


def test_unread_sentence_is_a_note_with_its_words() -> None:
    text = """Гости из Оснабрюка
Делегация города-побратима Оснабрюка посетила Тверь. Гостей принял мэр Твери.
Мы уверены, что такие концерты укрепляют дружбу с Оснабрюком."""

    notes = [note for note in read("ru", text, published="2018-10-04").notes if note.code == "sentence-without-finding"]

    assert [note.evidence.quote for note in notes if note.evidence] == [
        "Мы уверены, что такие концерты укрепляют дружбу с Оснабрюком."
    ]


def test_a_mayor_named_without_a_town_is_of_the_side_he_is_told_of() -> None:
    reading = read(
        "ru",
        "Гости из Улан-Батора в Красноярске\nСегодня в Красноярск прибыла делегация Улан-Батора во главе с "
        "заместителем мэра Цэндийном Батсухом. Гостей принял мэр Сергей Ерёмин.",
        published="2019-03-14",
    )

    assert {person.name: person.represents for person in reading.people} == {
        "Цэндийн Батсух": "Улан-Батор",
        "Сергей Ерёмин": "Красноярск",
    }
