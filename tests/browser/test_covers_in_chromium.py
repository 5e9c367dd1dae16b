from __future__ import annotations

import base64
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from toasoan.covers.cover import cover
from toasoan.covers.look import look_of, motif_names

PIXELS = """async ([plain, other]) => {
    const pixels = async (src) => {
        const image = new Image(); image.src = src; await image.decode();
        const canvas = document.createElement("canvas"); canvas.width = 320; canvas.height = 180;
        const context = canvas.getContext("2d"); context.drawImage(image, 0, 0, 320, 180);
        return context.getImageData(0, 0, 320, 180).data;
    };
    const [one, two] = [await pixels(plain), await pixels(other)];
    let changed = 0, bare = 0;
    for (let i = 0; i < one.length; i += 4) {
        if ([0, 1, 2].some((k) => Math.abs(one[i + k] - two[i + k]) > 8)) changed++;
        if (two[i + 3] < 255) bare++;
    }
    return [changed / (one.length / 4), bare];
}"""


def key_for(motif: str, palette: int) -> str:
    return next(key for key in map(str, range(1000)) if look_of("", key, motif).palette == palette)


def similar(one: bytes, other: bytes, chromium: Browser) -> bool:
    """Whether two screenshots show the same, but for the rounding of edges."""
    page = chromium.new_page()
    page.goto("about:blank")
    data = [f"data:image/png;base64,{base64.b64encode(shot).decode()}" for shot in (one, other)]
    changed, _ = page.evaluate(PIXELS, data)
    page.close()
    return bool(changed < 0.12)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("motif", motif_names())
def test_a_cover_shows_other_inks_where_its_address_asks_for_them(
    chromium: Browser, motif: str, scheme: Literal["light", "dark"]
) -> None:
    page = chromium.new_page(color_scheme=scheme)
    page.route("https://covers.example/page", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route(
        "https://covers.example/cover.svg",
        lambda route: route.fulfill(body=cover("", "boat", motif), content_type="image/svg+xml"),
    )
    page.goto("https://covers.example/page")
    changed, bare = page.evaluate(PIXELS, ["cover.svg", "cover.svg#b"])

    assert changed > 0.6
    assert bare == 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("motif", motif_names())
def test_other_inks_are_those_of_the_next_palette_mirrored(
    chromium: Browser, tmp_path: Path, motif: str, scheme: Literal["light", "dark"]
) -> None:
    """What `#b` shows is, turned back, the same file with the blocks of its style sheet exchanged."""
    svg = cover("", key_for(motif, 0), motif)
    exchanged = svg.replace(":target{", "#first{").replace("svg{", ":target{").replace("#first{", "svg{")
    (tmp_path / "cover.svg").write_text(svg)
    (tmp_path / "exchanged.svg").write_text(exchanged)
    shots = []
    for address, flip in (("cover.svg#b", "scaleX(-1)"), ("exchanged.svg", "none")):
        (tmp_path / "page.html").write_text(
            f'<body style="margin:0"><img src="{address}" width="320" height="180" style="transform:{flip}">'
        )
        page = chromium.new_page(viewport={"width": 320, "height": 180}, color_scheme=scheme)
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.images[0].decode()")
        shots.append(page.screenshot())
        page.close()

    assert similar(shots[0], shots[1], chromium)
