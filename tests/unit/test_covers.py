import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from hashlib import sha256

import pytest

from toasoan.covers import MOTIFS_OF_SECTION, cover, motif_names
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall, lightness, mix
from toasoan.covers.pen import number

SECTIONS = tuple(MOTIFS_OF_SECTION)
KEYS = [f"article-{i}" for i in range(20)]
SVG = "{http://www.w3.org/2000/svg}"


def classes_used(svg: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}


def classes_coloured(rules: str) -> set[str]:
    return set(re.findall(r"\.(\w+)\{(?:fill|stroke):#[0-9a-f]{6}\}", rules))


def style_of(svg: str) -> tuple[str, str]:
    """The rules by day and by night."""
    style = re.search("<style>(.*)</style>", svg)
    assert style is not None
    day, _, night = style[1].partition("@media(prefers-color-scheme:dark)")
    return day, night


def test_every_section_of_the_portal_has_motifs_of_its_own() -> None:
    assert set(SECTIONS) == {
        "heritage",
        "figure",
        "enterprise",
        "current-events",
        "political-system",
        "local",
        "product",
    }
    named = [name for names in MOTIFS_OF_SECTION.values() for name in names]
    assert sorted(named) == sorted(motif_names())


@pytest.mark.parametrize("section", SECTIONS)
def test_the_same_article_always_gets_the_same_cover(section: str) -> None:
    assert cover(section, "ba-dao") == cover(section, "ba-dao")


def test_the_cover_does_not_depend_on_the_process() -> None:
    program = "from toasoan.covers import cover; print(cover('local', 'ninh-binh'))"
    for hash_seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        )
        assert printed.stdout.strip() == cover("local", "ninh-binh")


@pytest.mark.parametrize(
    ("section", "key", "digest"),
    [
        ("heritage", "trong-dong-ngoc-lu", "0bcc53047bb4d1dd6c66bde2c01a381e8f5fb04f62fec19d627e6afa7bf31ab6"),
        ("enterprise", "gao-soc-trang", "26e887bc34f135759f384ad3dc245a8021034f739fb15749c21eb59da88fa7a8"),
    ],
)
def test_a_published_cover_never_changes(section: str, key: str, digest: str) -> None:
    # Readers have seen these. Who changes a drawing on purpose changes the digest, and says so in the changelog.
    assert sha256(cover(section, key).encode()).hexdigest() == digest


@pytest.mark.parametrize("motif", motif_names())
def test_neighbours_with_different_keys_differ(motif: str) -> None:
    keys = [f"article-{i}" for i in range(100)]

    assert len({cover("local", key, motif) for key in keys}) == len(keys)


@pytest.mark.parametrize("section", SECTIONS)
def test_all_motifs_of_a_section_are_drawn_in_turn(section: str) -> None:
    named = {name: {cover(section, key, name) for key in KEYS} for name in MOTIFS_OF_SECTION[section]}
    drawn = {cover(section, key) for key in KEYS}

    assert all(drawn & covers for covers in named.values())
    assert drawn <= set().union(*named.values())


def test_a_section_without_motifs_draws_from_all_of_them() -> None:
    keys = [f"article-{i}" for i in range(200)]
    drawn = {cover("sport", key) for key in keys}

    assert all(drawn & {cover("sport", key, name) for key in keys} for name in motif_names())


def test_a_named_motif_is_honoured() -> None:
    hats = {cover("product", key, "hats") for key in KEYS}

    assert all('id="n"' in svg and "clip-path" not in svg for svg in hats)
    assert cover("heritage", "non-lang-chuong", "hats") == cover("product", "non-lang-chuong", "hats")


@pytest.mark.parametrize("wrong", ["vase", "", "Hats"])
def test_an_unknown_motif_is_explained(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"no motif '{wrong}'.*drum, .*pottery"):
        cover("product", "bat-trang", wrong)


@pytest.mark.parametrize("motif", motif_names())
def test_every_motif_is_well_formed(motif: str) -> None:
    for key in KEYS:
        assert ET.fromstring(cover("local", key, motif)).tag == f"{SVG}svg"


@pytest.mark.parametrize("motif", motif_names())
def test_no_motif_carries_script_text_or_anything_from_outside(motif: str) -> None:
    for key in KEYS:
        svg = cover("local", key, motif)
        for node in ET.fromstring(svg).iter():
            assert node.tag not in {
                f"{SVG}{tag}" for tag in ("script", "text", "title", "image", "foreignObject", "a")
            }
            assert not any(name.startswith("on") for name in node.attrib)
            assert node.tag == f"{SVG}style" or not node.text
        assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "@import" not in svg


@pytest.mark.parametrize("motif", motif_names())
def test_whatever_a_drawing_refers_to_is_defined_once(motif: str) -> None:
    for key in KEYS:
        svg = cover("local", key, motif)
        defined = re.findall(r'\bid="([^"]*)"', svg)
        wanted = re.findall(r'href="#([^"]*)"', svg) + re.findall(r"url\(#([^)]*)\)", svg)

        assert len(defined) == len(set(defined))
        assert set(wanted) <= set(defined)


@pytest.mark.parametrize("motif", motif_names())
def test_no_class_is_used_without_a_colour_by_day_and_by_night(motif: str) -> None:
    for key in KEYS:
        svg = cover("local", key, motif)
        day, night = style_of(svg)

        assert classes_used(svg) == classes_coloured(day) == classes_coloured(night)


@pytest.mark.parametrize("motif", motif_names())
def test_the_ground_is_dark_at_night(motif: str) -> None:
    for key in KEYS:
        _, night = style_of(cover("local", key, motif))
        ground = re.search(r"\.a\{fill:(#\w+)\}", night)

        assert ground is not None
        assert lightness(ground[1]) < 0.6


@pytest.mark.parametrize("section", SECTIONS)
def test_a_cover_is_small(section: str) -> None:
    assert all(len(zlib.compress(cover(section, key).encode(), 9)) < 2048 for key in KEYS)


def test_dice_fall_the_same_way_for_the_same_words() -> None:
    # Computed by hand from the first eight bytes of SHA-256, to 53 bits.
    digest = sha256(b"lotus\0hue\x000").digest()

    assert Dice("lotus", "hue").fraction() == (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def test_dice_stay_within_their_bounds() -> None:
    dice = Dice("bounds")

    assert {dice.whole(1, 3) for _ in range(100)} == {1, 2, 3}
    assert {dice.pick("xy") for _ in range(100)} == {"x", "y"}
    assert all(2 <= dice.between(2, 5) < 5 for _ in range(100))
    assert sorted(dice.shuffled(range(9))) == list(range(9))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.04, "0"),
        (0.5, ".5"),
        (-0.5, "-.5"),
        (10.0, "10"),
        (100.04, "100"),
        (5.249999999999999, "5.2"),
        (5.250000000000001, "5.2"),
    ],
)
def test_a_number_is_written_as_shortly_as_possible(value: float, written: str) -> None:
    assert number(value) == written


def test_whole_numbers_keep_their_zeros() -> None:
    assert number(100, 0) == "100"


def test_a_mixture_begins_and_ends_with_its_parts() -> None:
    assert mix("#b3261c", "#10323f", 0) == "#b3261c"
    assert mix("#b3261c", "#10323f", 1) == "#10323f"


def test_at_night_paper_turns_dark_and_its_ink_is_raised() -> None:
    inks = Nightfall(grounds="a", lifted="b").inks(("#efe3c8", "#22304a"))

    assert lightness(inks["a"].night) < 0.35
    assert lightness(inks["b"].night) > lightness(inks["b"].day)


def test_a_palette_that_is_dark_by_day_only_loses_its_glare() -> None:
    inks = Nightfall(grounds="a", lifted="b").inks(("#12383a", "#f0bd48"))

    for ink in inks.values():
        assert 0.85 < lightness(ink.night) / lightness(ink.day) < 1
