"""Where to mend what is wrong with a file of a built portal: on a line of its text, or in the file itself."""

from __future__ import annotations

from toasoan.diagnostics import Location
from toasoan.routes import Site
from toasoan.state import State
from toasoan.targets import text_of


class Places:
    """The files of a folder into which a portal was built, and the texts of its pages."""

    def __init__(self, state: State, site: Site, folder: str) -> None:
        """`folder` is the folder's name, as people know it: "site/public"."""
        self._state = state
        self._site = site
        self._folder = folder

    def place_of(self, path: str, link: str | None) -> Location:
        """Where a link stands in the text of a page; what does not stand there came from a template."""
        if link is not None:
            found = self._state.row(
                "SELECT link.kind, link.key, line FROM output JOIN link USING (kind, key)"
                " WHERE path = ? AND address IN (?, ?) ORDER BY line",
                path, link, link.removeprefix(self._site.base_path),
            )  # fmt: skip
            if found is not None:
                return Location(text_of(self._state, *found[:2]), found[2])
        return Location(f"{self._folder}/{path}")
