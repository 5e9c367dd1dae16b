import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from hashlib import sha256
from typing import NamedTuple

import pytest

from toasoan.covers.cover import cover
from toasoan.covers.dice import Dice
from toasoan.covers.ink import Nightfall, lightness, mix
from toasoan.covers.look import MOTIFS_OF_SECTION, OTHER_INKS, Look, look_of, motif_names
from toasoan.covers.motifs import MOTIFS
from toasoan.covers.palettes import PALETTES
from toasoan.covers.pen import number

SECTIONS = tuple(MOTIFS_OF_SECTION)
KEYS = [f"article-{i}" for i in range(20)]
SVG = "{http://www.w3.org/2000/svg}"


def classes_used(svg: str) -> set[str]:
    return {name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}


def classes_inked(svg: str) -> set[str]:
    return {name for name, _ in re.findall(r"\.(\w+)\{(?:fill|stroke):var\(--(\w+)\)\}", svg)}


def inks_used(svg: str) -> set[str]:
    return set(re.findall(r"var\(--(\w+)\)", svg))


class Colours(NamedTuple):
    """Colours by ink."""

    day: dict[str, str]
    other_day: dict[str, str]
    night: dict[str, str]
    other_night: dict[str, str]


def colours_of(svg: str) -> Colours:
    """What the style sheet says the inks are: plain and for `:target`, by day and by night."""
    blocks = re.search(
        r"<style>svg\{(.*?)\}:target\{(.*?)\}@media\(prefers-color-scheme:dark\)\{svg\{(.*?)\}:target\{(.*?)\}\}", svg
    )
    assert blocks is not None
    return Colours(*(dict(re.findall(r"--(\w+):(#[0-9a-f]{6})(?:;|$)", block)) for block in blocks.groups()))


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
    assert sorted(named) == sorted(motif_names()) == sorted(MOTIFS)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_same_article_always_gets_the_same_cover(section: str) -> None:
    assert cover(section, "ba-dao") == cover(section, "ba-dao")


def test_the_cover_does_not_depend_on_the_process() -> None:
    program = "from toasoan.covers.cover import cover; print(cover('local', 'ninh-binh'))"
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
        ("heritage", "trong-dong-ngoc-lu", "6f90f06eb968e31a7e52e7e6a92635b104f9ea5e16968c7f9318d08314165c3f"),
        ("enterprise", "gao-soc-trang", "061cd53750a709f8cbfc9067488829e12f74b58e6ee3b21eabc56060e8a5504a"),
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
        colours = colours_of(svg)

        assert classes_used(svg) == classes_inked(svg)
        assert all(set(inks) == inks_used(svg) for inks in colours)


@pytest.mark.parametrize("motif", motif_names())
def test_the_ground_is_dark_at_night(motif: str) -> None:
    for key in KEYS:
        colours = colours_of(cover("local", key, motif))

        assert lightness(colours.night["a"]) < 0.6
        assert lightness(colours.other_night["a"]) < 0.6


@pytest.mark.parametrize("section", [*SECTIONS, "sport"])
def test_a_look_is_known_without_drawing(section: str) -> None:
    for key in KEYS:
        look = look_of(section, key)
        svg = cover(section, key)

        assert svg == cover(section, key, look.motif)
        assert colours_of(svg).day["a"] == PALETTES[look.motif][look.palette][0]


@pytest.mark.parametrize("motif", motif_names())
def test_a_cover_has_other_inks_in_the_same_file(motif: str) -> None:
    for key in KEYS:
        look = look_of("local", key, motif)
        colours = colours_of(cover("local", key, motif))

        assert colours.other_day["a"] == PALETTES[motif][look.in_other_inks().palette][0]
        assert colours.other_day != colours.day
        assert colours.other_night != colours.night


def test_the_whole_of_a_cover_has_the_name_of_its_other_inks() -> None:
    assert all(ET.fromstring(cover("local", "x", motif)).get("id") == OTHER_INKS for motif in motif_names())


@pytest.mark.parametrize("motif", motif_names())
def test_other_inks_lead_through_all_palettes_and_back(motif: str) -> None:
    looks = [Look(motif, 0)]
    for _ in PALETTES[motif]:
        looks.append(looks[-1].in_other_inks())

    assert len(set(looks)) == len(PALETTES[motif])
    assert looks[-1] == looks[0]


@pytest.mark.parametrize("section", SECTIONS)
def test_all_looks_of_a_section_occur(section: str) -> None:
    looks = {look_of(section, f"article-{i}") for i in range(400)}

    assert looks == {Look(name, i) for name in MOTIFS_OF_SECTION[section] for i in range(len(PALETTES[name]))}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_cover_is_small(section: str) -> None:
    assert all(len(zlib.compress(cover(section, key).encode(), 9)) < 2048 for key in KEYS)


def test_dice_fall_the_same_way_for_the_same_words() -> None:
    # Computed by hand: four bytes of SHA-256 for each draw, from its end; then the next digest.
    digests = [sha256(b"lotus\0hue\0%d" % number).digest() for number in (0, 1)]
    dice = Dice("lotus", "hue")

    assert [dice.fraction() for _ in range(9)] == [
        int.from_bytes(digest[at : at + 4], "big") / 2**32 for digest in digests for at in range(28, -4, -4)
    ][:9]


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
        (5.249999999999999, "5.3"),
        (5.250000000000001, "5.3"),
        (-12.34, "-12.3"),
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
