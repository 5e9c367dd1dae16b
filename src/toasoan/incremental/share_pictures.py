"""The share images of articles in a build: which are wanted, which have to be drawn, which have no font."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from toasoan import cldr
from toasoan.catalog.catalog import Catalog
from toasoan.diagnostics import Location, Report
from toasoan.incremental.order import Order
from toasoan.incremental.share_picture_store import SharePictureStore
from toasoan.incremental.sources import SYSTEM_FONT
from toasoan.parallel import LEAST, in_parallel
from toasoan.portal_folders import FONTS_FOLDER, MEDIA_FOLDER
from toasoan.production import Made, MadeFile, Production
from toasoan.render.edition import Edition
from toasoan.render.share_image import SharePicture, SharePictures
from toasoan.share_images.fonts import FoundFonts, font_package, own_fonts
from toasoan.source_files import content_digest
from toasoan.state import State
from toasoan.targets import Target
from toasoan.theme import theme_folder

AT_ONCE = 10
"""Pictures that a worker takes at once: they take longer than other files."""

NO_LONGER_SHARED = (
    "SELECT path FROM output WHERE kind = 'share'"
    " AND path NOT IN (SELECT path FROM share_image WHERE path IS NOT NULL)"
)
"""Pictures that no article has any more."""

_WANTED = (
    "SELECT path, min(article) FROM share_image WHERE path IS NOT NULL"
    " GROUP BY path ORDER BY photo IS NOT NULL, look, path"
)
"""Those of one look stand beside each other: what they have in common is drawn once."""


def found_fonts(order: Order) -> FoundFonts:
    """The fonts that this build may use."""
    system = [Path(path.removeprefix(SYSTEM_FONT)) for path in order.seen.files if path.startswith(SYSTEM_FONT)]
    theme = (order.root / "site/static/fonts", theme_folder("static") / "fonts")
    return FoundFonts(
        own_fonts(order.root / FONTS_FOLDER),
        {name: font for folder in reversed(theme) for name, font in own_fonts(folder).items()},
        {font.name: font for font in reversed(system)},
    )


def font_digests(pictures: SharePictures | None) -> Mapping[str, object]:
    """What tells the fonts of each language from others, wherever they lie."""
    if pictures is None:
        return {}
    return {tag: [(font.digest, font.place) for font in fonts] for tag, fonts in pictures.fonts.items()}


def note_share_picture(state: State, made: Made) -> None:
    """Note which share image an article has now."""
    if made.kind is Target.ARTICLE:
        state.run("DELETE FROM share_image WHERE article = ?", int(made.key))
        if made.share is not None:
            state.run("INSERT INTO share_image VALUES (?, ?, ?, ?)", int(made.key), *made.share)


def drawn_pictures(production: Production, order: Order, is_first: bool) -> Iterator[MadeFile]:
    """The pictures that the output folder lacks, drawn or taken from the store, waiting for publication."""
    state, staging = production.catalog.state, production.staging
    wanted = dict(state.rows(_WANTED))
    have = {path for path, digest in state.rows("SELECT path, digest FROM output WHERE kind = 'share'") if digest}
    new = [(path, article) for path, article in wanted.items() if path not in have]
    if not new:
        return
    known = dict(state.rows("SELECT path, digest FROM output WHERE path >= 'share/' AND path < 'share0'"))
    store = SharePictureStore(state.file.parent)

    def made(one: tuple[str, int]) -> MadeFile:
        path, number = one
        name = Path(path).stem
        data = store.get(name)
        if data is None:
            data = _drawn(production, order.root, number, name, store)
        digest = hashlib.sha256(data).digest()
        if waits := known.get(path) != digest:
            staging.put(path, data)
        return MadeFile(path, digest, len(data), waits, path in known)

    # Workers look articles up in the file: it has them if so many were due that pages were shared among workers.
    is_saved = is_first or state.row("SELECT count(*) FROM due") >= LEAST
    pictures = in_parallel(made, new, order.jobs if is_saved else 1, AT_ONCE)
    for done, file in enumerate(pictures, start=1):
        yield file
        order.progress("share images", done, len(new))
    store.clear_out({Path(path).stem for path in wanted})


def _drawn(production: Production, root: Path, number: int, name: str, store: SharePictureStore) -> bytes:
    from toasoan.share_images.drawing import drawn  # most builds draw none, and there is much to load

    article = production.catalog.article(number)
    pictures = production.editions[article.language].share_pictures
    picture = pictures.of(article) if pictures else None
    if picture is None:
        raise LookupError(f"the share image of {article.path} was wanted a moment ago")
    photo = _photo_of(picture, root)
    data = drawn(picture.image, photo)
    # A photo that somebody changes right now is another one than the name of the picture tells.
    if picture.image.name == name and (photo is None or content_digest(photo).hex() == picture.image.photo):
        store.put(name, data)
    return data


def _photo_of(picture: SharePicture, root: Path) -> bytes | None:
    try:
        return (root / MEDIA_FOLDER / picture.photo).read_bytes() if picture.photo else None
    except OSError:
        return None


def tell_missing_fonts(catalog: Catalog, editions: Mapping[str, Edition], report: Report) -> None:
    """Tell once for each language that articles keep the portal's own share image, and what would help."""
    rows = catalog.state.rows(
        "SELECT language, count(*), min(article.path) FROM share_image JOIN article ON number = share_image.article"
        " WHERE share_image.path IS NULL GROUP BY language ORDER BY language"
    )
    for tag, count, _ in tuple(rows):
        pictures = editions[tag].share_pictures
        articles = "1 article" if count == 1 else f"{count} articles"
        if pictures is not None and not pictures.can_set(tag):
            report.warning(
                "no-text-shaping",
                f"{articles} in {tag!r} have the portal's own share image: Pillow can't join letters here",
                Location(FONTS_FOLDER),
                "install FriBiDi: the package is libfribidi0 on Debian and Ubuntu, fribidi elsewhere",
            )
        else:
            report.warning(
                "no-share-font",
                f"{articles} in {tag!r} have the portal's own share image: no font here has all letters of the title",
                Location(FONTS_FOLDER),
                f"install the package {font_package(cldr.script(tag))} (Debian, Ubuntu) or the Noto fonts, or put a"
                f" bold font for the language into {FONTS_FOLDER}/{tag}.ttf",
            )
