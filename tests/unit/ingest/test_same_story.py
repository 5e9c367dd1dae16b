from __future__ import annotations

from datetime import date

from toasoan.ingest.same_story import Told, suggested, suggestions, told_by

ENGLISH = (
    "The port of Hai Phong handled 14,376 containers in the first half of November, 12.7 percent "
    "more than a year ago."
    "\n\n"
    "Captain Nguyen Van Minh said that the berth at Lach Huyen is 750 metres long and can take ships "
    "of 232,494 tonnes."
    "\n\n"
    "By the end of the year 1,846 people will work there, among them 391 women from the district of "
    "Cat Hai."
)

UKRAINIAN = (
    "Порт Хайфон обробив 14 376 контейнерів у першій половині листопада, на 12,7 відсотка більше, "
    "ніж рік тому."
    "\n\n"
    "Капітан Нгуен Ван Мінь сказав, що причал у Лач Хуєн має довжину 750 метрів і приймає судна "
    "водотоннажністю 232 494 тонни."
    "\n\n"
    "До кінця року там працюватимуть 1846 осіб, серед них 391 жінка з району Кат Хай."
)

OF_THE_SAME_EVENT = (
    "Ministers visited the port of Hai Phong, which handled 14,376 containers in the first half of "
    "November."
    "\n\n"
    "They spoke with workers about growth of 12.7 percent and promised a road. Nguyen Van Minh "
    "showed them the berth at Lach Huyen."
    "\n\n"
    "A second visit is planned. The road will cost 3,127 billion dong and be 44.6 km long."
    "\n\n"
    "The city will pay 58 percent of it."
)


def told(
    text: str, language: str, day: date | None = date(2025, 11, 17), title: str = "", source: str | None = None
) -> Told:
    return told_by(f"site/content/{language}/2025/{len(text)}.md", language, None, day, source, title, text)


def test_a_translation_is_suggested_with_what_speaks_for_it() -> None:
    found = suggested(told(ENGLISH, "en"), told(UKRAINIAN, "uk"))

    assert found is not None
    assert found.confidence >= 80
    assert "14376" in found.because
    assert "3 and 3 paragraphs" in found.because


def test_another_article_about_the_same_event_is_not() -> None:
    assert suggested(told(OF_THE_SAME_EVENT, "en"), told(UKRAINIAN, "uk")) is None


def test_two_articles_in_one_language_are_no_translations() -> None:
    assert suggested(told(ENGLISH, "en"), told(ENGLISH + " ", "en")) is None


def test_an_event_of_another_year_is_another_story() -> None:
    assert suggested(told(ENGLISH, "en"), told(UKRAINIAN, "uk", date(2024, 11, 17))) is None


def test_parts_of_a_series_are_different_stories() -> None:
    assert suggested(told(ENGLISH, "en", title="The port, part 1"), told(UKRAINIAN, "uk", title="Порт, 2")) is None
    assert suggested(told(ENGLISH, "en", title="The port, part 2"), told(UKRAINIAN, "uk", title="Порт, 2"))


def test_two_sources_on_one_host_are_two_stories_and_one_source_is_one_already() -> None:
    one = told(ENGLISH, "en", source="https://www.baothu.example/1")

    assert suggested(one, told(UKRAINIAN, "uk", source="http://baothu.example/2")) is None
    assert suggested(one, told(UKRAINIAN, "uk", source="http://baothu.example/1")) is None
    assert suggested(one, told(UKRAINIAN, "uk", source="http://other.example/1"))


def test_only_pairs_with_something_fresh_are_suggested() -> None:
    both = [told(ENGLISH, "en"), told(UKRAINIAN, "uk")]

    assert suggestions(both, []) == []
    assert [it.articles for it in suggestions(both, [both[1].article])] == [(both[0].article, both[1].article)]
