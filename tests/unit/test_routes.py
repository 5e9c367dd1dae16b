from urllib.parse import quote

import pytest

from toasoan import routes
from toasoan.model.article import ArticleId
from toasoan.model.month import Month
from toasoan.routes import Site


def test_addresses_are_paths_that_end_in_a_slash() -> None:
    assert routes.article(ArticleId("vi", "van-phong")) == "/vi/van-phong/"
    assert routes.month("vi", Month(2025, 1)) == "/vi/2025/01/"
    assert routes.month("vi", Month(987, 12), "local") == "/vi/local/0987/12/"
    assert routes.numbered(routes.tag("vi", "gom"), 2) == "/vi/tag/gom/2/"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/vi/", "vi/index.html"),
        ("/404.html", "404.html"),
        ("/vi/feed.xml", "vi/feed.xml"),
        ("/media/a b.png", "media/a b.png"),
    ],
)
def test_every_address_has_its_file(address: str, file: str) -> None:
    assert routes.file_of(address) == file


def test_a_portal_below_a_folder_has_all_its_links_below_it() -> None:
    site = Site("https://host.example/tin/moi")

    assert site.link("/vi/") == "/tin/moi/vi/"
    assert site.absolute("/vi/") == "https://host.example/tin/moi/vi/"
    assert site.origin + site.link("/vi/") == site.absolute("/vi/")
    assert Site("https://host.example").link("/vi/") == "/vi/"


def test_links_carry_any_letter_and_any_name_of_a_photo() -> None:
    site = Site("https://host.example")

    assert site.link("/vi/phở/") == "/vi/ph%E1%BB%9F/"
    assert site.link(routes.media("a b?c#d%e.png")) == "/media/a%20b%3Fc%23d%25e.png"
    assert site.link('/x"<>/') == "/x%22%3C%3E/"


@pytest.mark.parametrize(
    "address", ["/", "/vi/gom/", "/a%b/", "/vi/phở/", "/a b", "/(it's)~@:!$&*+,;=/", "/a\n", '/a"<>']
)
def test_a_link_is_quoted_as_the_standard_library_does(address: str) -> None:
    assert Site("https://host.example").link(address) == quote(address, safe="/-._~!$&'()*+,;=:@")
