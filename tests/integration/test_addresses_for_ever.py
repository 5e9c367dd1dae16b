"""Addresses at which there was a page lead on to it for ever, or say that it is gone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.builders import SETTINGS, built, codes, page_text, portal, text_of, write
from toasoan.build import build, differences
from toasoan.cli import run
from toasoan.diagnostics import Report
from toasoan.model.article import Status
from toasoan.record_command import record_addresses
from toasoan.routes import file_of

LEDGER = "site/urls.jsonl"
ALL_FORMATS = f'{SETTINGS}\n[redirects]\nformats = ["html", "nginx", "caddy", "redirects-file"]\n'


def online(tmp_path: Path, files: dict[str, str], settings: str = SETTINGS) -> Path:
    """A portal that was built and put online."""
    root = portal(tmp_path, dict(files), settings)
    built(root)
    assert record_addresses(root, tmp_path / "public", Report())
    return root


def leads_to(folder: Path, address: str) -> str | None:
    """Where the page at an address leads on; None if there is none or it is a real one."""
    file = folder / "public" / file_of(address)
    if not file.exists() or 'http-equiv="refresh"' not in file.read_text():
        return None
    return file.read_text().split("url=")[1].split('"')[0]


def ledger(root: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (root / LEDGER).read_text().splitlines()]


def test_what_was_never_online_leaves_no_trace(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")})
    built(root)
    (root / "site/content/vi/a.md").rename(root / "site/content/vi/b.md")

    result = built(root)

    assert result.redirects == (0, 0)
    assert leads_to(tmp_path, "/vi/a/") is None


def test_a_changed_slug_leads_to_the_new_one(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A"), "vi/c.md": text_of("C")})
    write(root, "site/content/vi/a.md", text_of("A", slug="b"))

    assert built(root).redirects == (1, 0)
    assert leads_to(tmp_path, "/vi/a/") == "/vi/b/"

    write(root, "site/content/vi/a.md", text_of("A", slug="c2"))
    built(root)
    assert leads_to(tmp_path, "/vi/a/") == "/vi/c2/"  # never over two steps
    assert differences(root, tmp_path / "public", Report()) == ()


def test_a_moved_file_is_found_by_its_story(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A", story="s"), "en/a.md": text_of("A", story="s")})
    (root / "site/content/vi/a.md").rename(root / "site/content/vi/b.md")

    built(root)

    assert leads_to(tmp_path, "/vi/a/") == "/vi/b/"


def test_a_page_that_comes_back_is_a_page_again(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A")})
    write(root, "site/content/vi/a.md", text_of("A", slug="b"))
    built(root)
    write(root, "site/content/vi/a.md", text_of("A"))

    assert built(root).redirects == (0, 0)
    assert "<h1" in (tmp_path / "public/vi/a/index.html").read_text()
    assert leads_to(tmp_path, "/vi/a/") is None
    assert differences(root, tmp_path / "public", Report()) == ()


@pytest.mark.parametrize("status", ["withdrawn", None])
def test_what_is_withdrawn_or_deleted_is_gone(status: str | None, tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A", tags=["Huế"]), "vi/c.md": text_of("C")}, ALL_FORMATS)
    if status:
        write(root, "site/content/vi/a.md", text_of("A", tags=["Huế"], status=status))
    else:
        (root / "site/content/vi/a.md").unlink()

    assert built(root).redirects == (0, 2)  # the article and the list of its tag
    assert not (tmp_path / "public/vi/a").exists()
    assert '"/vi/a/" 1;' in (tmp_path / "public/_server/nginx-http.conf").read_text()
    assert "Addresses of 2 pages that are gone" in (tmp_path / "public/_redirects").read_text()


def test_the_ledger_grows_and_its_lines_stay(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A")})
    first = ledger(root)
    assert [line["source"] for line in first if line["address"] == "/vi/a/"] == ["site/content/vi/a.md"]
    assert "/vi/" in [line["address"] for line in first]
    assert record_addresses(root, tmp_path / "public", Report()) == ()

    write(root, "site/content/vi/b.md", text_of("B"))
    built(root)
    record_addresses(root, tmp_path / "public", Report())

    assert ledger(root)[: len(first)] == first
    assert [line["address"] for line in ledger(root)[len(first) :]] == ["/vi/b/"]


def test_lines_that_somebody_else_recorded_count_at_the_next_build(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")})
    built(root)
    write(root, LEDGER, '{"address": "/vi/old/", "source": "site/content/vi/a.md"}\n{"address": "/vi/lost/"}\n')

    assert built(root).redirects == (1, 1)
    assert leads_to(tmp_path, "/vi/old/") == "/vi/a/"

    (root / LEDGER).unlink()
    assert built(root).redirects == (0, 0)
    assert leads_to(tmp_path, "/vi/old/") is None


def test_another_article_may_take_an_address_that_led_on(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A"), "vi/c.md": text_of("C")}, ALL_FORMATS)
    write(root, "site/content/vi/a.md", text_of("A", slug="b"))
    assert built(root).redirects == (1, 0)

    write(root, "site/content/vi/new.md", text_of("New", slug="a"))

    assert built(root).redirects == (0, 0)
    assert "New" in (tmp_path / "public/vi/a/index.html").read_text()
    for rules in ("nginx-http.conf", "Caddyfile"):
        assert '"/vi/a/"' not in (tmp_path / "public/_server" / rules).read_text()
    assert not (tmp_path / "public/_redirects").exists()
    assert differences(root, tmp_path / "public", Report()) == ()


def test_of_two_texts_with_one_alias_the_same_one_is_told_whichever_came_first(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/b.md": text_of("B", aliases=["/x/"])})
    built(root)
    write(root, "site/content/vi/a.md", text_of("A", aliases=["/x/"]))

    later, anew = (build(root, tmp_path / folder).report for folder in ("public", "clean"))

    assert [str(it) for it in later] == [str(it) for it in anew]
    assert [it.location.path for it in later] == ["site/content/vi/b.md"]


def test_addresses_that_differ_in_case_do_not_clash(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", aliases=["/X/", "/x/", "/VI/a/"])}, ALL_FORMATS)

    assert built(root).redirects == (3, 0)
    rules = (tmp_path / "public/_server/nginx-http.conf").read_text()
    assert all(f'"{alias}" "/vi/a/";' in rules for alias in ("/X/", "/x/", "/VI/a/"))


def test_a_link_to_an_alias_is_no_mistake_while_there_are_others(tmp_path: Path) -> None:
    files = {"vi/a.md": text_of("A", aliases=["/x/"]), "vi/c.md": text_of("C", "[A](/x/)\n\n[B](/vi/nowhere/)")}

    assert codes(build(portal(tmp_path, dict(files)), tmp_path / "public").report) == ["moved-link", "broken-link"]

    write(tmp_path, "site/content/vi/d.md", text_of("D", section="none"))
    assert "unknown-section" in (found := codes(build(tmp_path, tmp_path / "public").report))
    assert found.count("broken-link") == 1


def test_an_alias_that_came_together_with_a_mistake_is_kept_once_that_is_mended(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A"), "vi/d.md": text_of("D")})
    built(root)
    write(root, "site/content/vi/a.md", text_of("A", aliases=["/x/"]))
    write(root, "site/content/vi/d.md", text_of("D", section="none"))
    assert build(root, tmp_path / "public").published is None

    write(root, "site/content/vi/d.md", text_of("D"))

    assert built(root).redirects == (1, 0)
    assert leads_to(tmp_path, "/x/") == "/vi/a/"


def test_an_alias_of_a_withdrawn_page_is_gone_with_it(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", aliases=["/x/"]), "vi/c.md": text_of("C")}, ALL_FORMATS)
    built(root)
    write(root, "site/content/vi/a.md", text_of("A", aliases=["/x/", "/y/"], status=Status.WITHDRAWN))

    assert built(root).redirects == (0, 2)

    assert '"/x/" 1;' in (tmp_path / "public/_server/nginx-http.conf").read_text()
    assert differences(root, tmp_path / "public", Report()) == ()

    write(root, "site/content/vi/a.md", text_of("A", aliases=["/y/"], status=Status.WITHDRAWN))
    assert built(root).redirects == (0, 1)

    write(root, "site/content/vi/c.md", text_of("C", aliases=["/y/"]))
    assert built(root).redirects == (1, 0)


def test_an_alias_of_a_text_that_was_withdrawn_before_it_appeared_is_gone(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", aliases=["/x/"], status=Status.DRAFT), "vi/c.md": text_of("C")})
    built(root)
    write(root, "site/content/vi/a.md", text_of("A", aliases=["/x/"], status=Status.WITHDRAWN))

    assert built(root).redirects == (0, 1)


def test_a_page_goes_while_the_settings_change(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A"), "vi/c.md": text_of("C", aliases=["/x/"])})
    write(root, "site/site.toml", ALL_FORMATS)
    write(root, "site/content/vi/a.md", text_of("A", slug="b"))
    (root / "site/content/vi/c.md").unlink()

    assert built(root).redirects == (1, 1)
    assert leads_to(tmp_path, "/vi/a/") == "/vi/b/"
    assert differences(root, tmp_path / "public", Report()) == ()

    write(root, "site/site.toml", SETTINGS)
    assert built(root).redirects == (1, 1)
    assert differences(root, tmp_path / "public", Report()) == ()


def test_only_what_a_whole_build_left_is_recorded(tmp_path: Path) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")})
    built(root)
    (tmp_path / "public/vi/a/index.html").write_text("changed by hand")
    report = Report()

    assert record_addresses(root, tmp_path / "public", report) is None
    assert codes(report) == ["not-as-built"]
    assert not (root / LEDGER).exists()


def test_aliases_lead_to_articles_and_static_pages(tmp_path: Path) -> None:
    root = portal(
        tmp_path,
        {
            "vi/a.md": text_of("A", aliases=["/news/1.html", "/tin/%C4%91%E1%BB%9Di"]),
            "pages/vi/about.md": page_text().replace("+++\n\n", 'aliases = ["/about-us"]\n+++\n\n', 1),
        },
    )

    assert built(root).redirects == (3, 0)
    assert leads_to(tmp_path, "/news/1.html") == "/vi/a/"
    assert leads_to(tmp_path, "/tin/đời/") == "/vi/a/"
    assert leads_to(tmp_path, "/about-us/") == "/vi/about/"

    write(root, "site/content/vi/a.md", text_of("A"))
    assert built(root).redirects == (1, 0)
    assert not (tmp_path / "public/news").exists()


@pytest.mark.parametrize(
    ("aliases", "code"),
    [
        (["news/1"], "wrong-alias"),
        (["/a?b"], "wrong-alias"),
        (["/../x/"], "wrong-alias"),
        (["/"], "wrong-alias"),
        (["/vi/b/"], "alias-in-use"),
        (["/vi/b"], "alias-in-use"),
        (["/vi/tag/hue/"], None),
    ],
)
def test_an_alias_must_be_an_address_that_nobody_else_has(
    aliases: list[str], code: str | None, tmp_path: Path
) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A", aliases=aliases), "vi/b.md": text_of("B")})

    assert codes(build(root, None).report) == ([code] if code else [])


def test_two_pages_can_t_have_one_alias(tmp_path: Path) -> None:
    root = portal(tmp_path, {f"vi/{name}.md": text_of(name, aliases=["/x/"]) for name in ("a", "b")})

    assert codes(build(root, None).report) == ["alias-twice"]


def test_addresses_of_an_earlier_site_lead_to_the_main_language(tmp_path: Path) -> None:
    settings = (
        f'{SETTINGS}\n[redirects]\nold_forms = ["/{{slug}}/", "/{{language}}/{{slug}}.html"]\nbefore = 2025-06-01\n'
    )
    files = {
        "vi/a.md": text_of("A", date=dt.date(2025, 5, 31)),
        "vi/b.md": text_of("B", date=dt.date(2025, 6, 1)),
        "en/a.md": text_of("A", date=dt.date(2025, 5, 31)),
    }
    root = portal(tmp_path, dict(files), settings)

    assert built(root).redirects == (3, 0)
    assert leads_to(tmp_path, "/a/") == "/vi/a/"
    assert leads_to(tmp_path, "/en/a.html") == "/en/a/"
    assert leads_to(tmp_path, "/b/") is None


@pytest.mark.parametrize("form", ["/news/", "{slug}", "/{slug}?a", "/{slug}/{other}/"])
def test_a_form_of_addresses_has_a_slug(form: str, tmp_path: Path) -> None:
    root = portal(tmp_path, {}, f'{SETTINGS}\n[redirects]\nold_forms = ["{form}"]\n')

    assert codes(build(root, None).report) == ["wrong-old-form"]


def test_a_broken_line_of_the_ledger_is_told_until_it_is_mended(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A")})
    whole = (root / LEDGER).read_text()
    write(root, LEDGER, f"<<<<<<< ours\n{whole}")

    for _ in range(2):
        report = build(root, tmp_path / "public").report
        assert [(it.code, it.location.line) for it in report] == [("broken-url-ledger", 1)]

    write(root, LEDGER, whole)
    assert codes(built(root).report) == []


def test_a_link_to_a_page_that_moved_is_told(tmp_path: Path) -> None:
    root = online(tmp_path, {"vi/a.md": text_of("A"), "vi/c.md": text_of("C", "[A](/vi/a/)")})
    write(root, "site/content/vi/a.md", text_of("A", slug="b"))

    assert codes(build(root, tmp_path / "public").report) == ["moved-link"]


def test_the_command_says_what_it_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = portal(tmp_path, {"vi/a.md": text_of("A")})
    assert run(["build", "--root", str(root)]) == 0
    capsys.readouterr()

    assert run(["record", "--root", str(root), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["recorded"] == len(ledger(root))
