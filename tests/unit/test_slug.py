import pytest

from toasoan.slug import LONGEST_MADE, folded_address, slug_fault, slug_of, unique_slug


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("uk", "Київ", "kyiv"),
        ("uk", "Згорани", "zghorany"),
        ("uk", "Розгон", "rozghon"),
        ("uk", "Урядовий портал", "uriadovyi-portal"),
        ("uk", "Єнакієве, Їжакевич, Йосипівка, Юрій, Яготин", "yenakiieve-yizhakevych-yosypivka-yurii-yahotyn"),
        ("uk", "Знам’янка і В'єтнам", "znamianka-i-vietnam"),
        ("uk", "ґанок, щастя", "ganok-shchastia"),
        ("ru", "Щука, ёлка, подъезд, хлеб", "shchuka-elka-podieezd-khleb"),
        ("vi", "Đường sắt Hà Nội", "duong-sat-ha-noi"),
        ("vi", "Thủ tướng: 1.284 ngày!", "thu-tuong-1-284-ngay"),
        ("en", "Łódź & the café", "lodz-the-cafe"),
    ],
)
def test_titles_are_written_by_the_standard_of_their_country(language: str, text: str, slug: str) -> None:
    assert slug_of(text, language) == slug


def test_one_letter_in_two_unicode_forms_gives_one_slug() -> None:
    assert slug_of("Hà Nội", "vi") == slug_of("Ha\u0300 No\u0323\u0302i", "vi")
    assert slug_of("Київ", "uk") == slug_of("Киі\u0308в".replace("і\u0308", "ї"), "uk")


@pytest.mark.parametrize("text", ["!!!", "💥", "—", "", "\u0301"])
def test_a_text_without_letters_still_has_a_slug(text: str) -> None:
    assert slug_fault(slug_of(text, "vi")) is None
    assert slug_of(text, "vi").startswith("n-")


@pytest.mark.parametrize("text", ["CON", "aux", "Nul", "com1", "LPT9"])
def test_names_that_windows_keeps_for_itself_get_a_tail(text: str) -> None:
    assert slug_of(text, "en") == f"{text.lower()}-n"


def test_a_long_title_is_cut_between_words() -> None:
    slug = slug_of("đường sắt " * 40, "vi")

    assert len(slug) <= LONGEST_MADE
    assert slug.startswith("duong-sat-duong-sat")
    assert slug.rsplit("-", 1)[1] in ("duong", "sat")
    assert len(slug_of("x" * 500, "en")) == LONGEST_MADE


def test_names_that_differ_in_marks_only_get_a_suffix() -> None:
    taken: set[str] = set()
    for name in ("Bán nhà", "Bàn nhà", "Ban nhạ"):
        taken.add(unique_slug(slug_of(name, "vi"), taken))

    assert taken == {"ban-nha", "ban-nha-2", "ban-nha-3"}


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("", "is empty"),
        ("..", "begins or ends with a full stop"),
        (".hidden", "begins or ends with a full stop"),
        ("end.", "begins or ends with a full stop"),
        ("../x", "has '/'"),
        ("a/b", "has '/'"),
        ("/etc", "has '/'"),
        ("a\\b", r"has '\\'"),
        ("a%2fb", "has '%'"),
        ("a b", "has ' '"),
        ("a\x00b", r"has '\x00'"),
        ("a?b", "has '?'"),
        ("a#b", "has '#'"),
        ("c:", "has ':'"),
        ("a\u200bb", "an invisible character"),
        ("a\u202eb", "an invisible character"),
        ("\ud800", "an invisible character"),
        ("x" * 201, "longer than 200 bytes"),
        ("ề" * 67, "longer than 200 bytes"),
        ("con", "Windows keeps for itself"),
        ("AUX.txt", "Windows keeps for itself"),
        ("feed.xml", "the portal makes itself"),
        ("404.html", "the portal makes itself"),
    ],
)
def test_a_slug_that_some_host_could_not_carry_is_refused(slug: str, reason: str) -> None:
    assert reason in (slug_fault(slug) or "")


@pytest.mark.parametrize("slug", ["hello-world", "2025", "phở", "Київ", "node.js", "a_b~c", "ề" * 66])
def test_a_slug_in_any_script_is_fine(slug: str) -> None:
    assert slug_fault(slug) is None


def test_addresses_that_some_file_systems_mix_up_fold_into_one() -> None:
    assert folded_address("/vi/Phở/") == folded_address("/vi/pho\u031b\u0309/")
    assert folded_address("/vi/straße/") == folded_address("/vi/STRASSE/")
    assert folded_address("/vi/pho/") != folded_address("/vi/phở/")
