"""Measures how often related articles are about the same matter: `python benchmarks/related_quality.py`.

Compares what this program relates with what Hugo's `.Related` does, on the news of `labelled_news.py`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from toasoan.catalog.likeness import HoldersInMemory, Place, likest, lot_of
from toasoan.catalog.signature import SAMPLE, common_words, draw, signature, terms

import corpus
import peers
from labelled_news import LISTED, LabelledArticle, Quality, Rankings, labelled_news, quality

News = Sequence[LabelledArticle]


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hugo", help="Hugo's own program; by default that of peers.lock, installed if need be")
    parser.add_argument("--without-hugo", action="store_true", help="compare with nothing")
    parser.add_argument("--among", type=int, default=0, metavar="N", help="put N other articles between them as well")
    asked = parser.parse_args()
    news = labelled_news()
    programs: dict[str, Callable[[News], Rankings]] = {"toasoan": by_likeness}
    if asked.among:
        programs[f"toasoan, among {asked.among} others"] = partial(by_likeness, others=others(asked.among))
    if not asked.without_hugo:
        if not asked.hugo:
            peers.make_work_folder()
            peers.install()
        program = asked.hugo or peers.hugo()
        programs |= {
            "hugo, threshold 80": partial(by_hugo, program, threshold=80, title_words=False),
            "hugo, threshold 1": partial(by_hugo, program, threshold=1, title_words=False),
            "hugo, words of the title as keywords": partial(by_hugo, program, threshold=1, title_words=True),
        }
    languages = sorted({article.language for article in news})
    topics = {article.topic for article in news if article.topic}
    print(f"{len(news)} articles on {len(topics)} topics\n")
    print(f"| Precision at {LISTED} | {' | '.join(languages)} | all | right of listed | strangers with a list |")
    print("| --- |" + " --- |" * (len(languages) + 3))
    lists = {name: rankings_of(news) for name, rankings_of in programs.items()}
    for name, rankings in lists.items():
        per_language = [quality([one for one in news if one.language == tag], rankings) for tag in languages]
        all_of_them = quality(news, rankings)
        cells = [f"{of.precision:.2f}" for of in (*per_language, all_of_them)]
        print(f"| {name} | {' | '.join(cells)} | {all_of_them.right_of_listed:.2f} | {all_of_them.strangers} |")
    print()
    for name, rankings in lists.items():
        if name.startswith("toasoan"):
            _print_across(name, quality(news, rankings, across=True))


def _print_across(name: str, across: Quality) -> None:
    print(
        f"{name}, across languages: {across.found} of {across.there} places are filled rightly; "
        f"of {across.listed} listed ones {across.right} are right."
    )


def others(number: int) -> list[LabelledArticle]:
    """Long articles on no matter at all: they come between the others in time and have names in common with them."""
    return [
        LabelledArticle(
            one.language, one.slug, "", one.date.date(), one.section, one.tags, one.title, one.summary, one.body
        )
        for one in corpus.articles(number)
    ]


def by_likeness(news: News, others: News = ()) -> Rankings:
    """As this program relates articles, in a portal that has some others besides."""
    portal = [*news, *others]
    lots: defaultdict[str, list[LabelledArticle]] = defaultdict(list)
    for one in sorted(portal, key=lambda one: draw(f"site/content/{one.language}/{one.slug}.md")):
        lots[one.language].append(one)
    common = {
        language: common_words(
            terms(one.title, one.summary, one.tags, one.language, one.body) for one in drawn[:SAMPLE]
        )
        for language, drawn in lots.items()
    }
    signatures = [
        signature(one.title, one.summary, one.tags, one.language, one.body, common[one.language]) for one in portal
    ]
    places = [place_of(one) for one in portal]
    holders = HoldersInMemory(zip(range(len(portal)), places, signatures, strict=True))
    return {
        one: [portal[other] for other in likest(signatures[number], places[number], holders)]
        for number, one in enumerate(news)
    }


def place_of(article: LabelledArticle) -> Place:
    """Its place in the order of lists."""
    midnight = dt.datetime.combine(article.date, dt.time(), dt.UTC)
    return Place(-int(midnight.timestamp()) * 1_000_000, lot_of(article.language, article.slug), article.language)


def by_hugo(program: str, news: News, threshold: int, title_words: bool) -> Rankings:
    """As Hugo's `.Related` does with the indices that it has by default, by keywords, tags and date; of all dates.

    Articles have no keywords, unless the words of their titles are given as such.
    """
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        _lay_out(site, news, threshold, title_words)
        subprocess.run([program, "--source", str(site), "--quiet"], check=True)
        told = [
            line.split()
            for path in sorted(site.glob("public/**/index.html"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
    by_name = {f"{one.language}/{one.slug}": one for one in news}
    found: Mapping[str, list[str]] = {article: others for article, *others in told}
    return {one: [by_name[other] for other in found[name]] for name, one in by_name.items()}


def _lay_out(site: Path, news: News, threshold: int, title_words: bool) -> None:
    languages = sorted({one.language for one in news})
    settings = {
        "baseURL": "https://portal.example/",
        "defaultContentLanguage": languages[0],
        "defaultContentLanguageInSubdir": True,
        "buildFuture": True,
        "disableKinds": ["section", "taxonomy", "term", "rss", "sitemap", "404"],
        "languages": {tag: {"contentDir": f"content/{tag}", "weight": n + 1} for n, tag in enumerate(languages)},
        "related": {
            "includeNewer": True,
            "threshold": threshold,
            "toLower": True,
            "indices": [
                {"name": "keywords", "weight": 100},
                {"name": "date", "weight": 10},
                {"name": "tags", "weight": 80},
            ],
        },
    }
    (site / "hugo.json").write_text(json.dumps(settings), encoding="utf-8")
    layouts = site / "layouts"
    (layouts / "_default").mkdir(parents=True)
    (layouts / "_default" / "single.html").write_text("", encoding="utf-8")
    (layouts / "index.html").write_text(
        "{{ range site.RegularPages }}{{ .Language.Lang }}/{{ .Params.number }}"
        "{{ range site.RegularPages.Related . }} {{ .Language.Lang }}/{{ .Params.number }}{{ end }}\n{{ end }}",
        encoding="utf-8",
    )
    for one in news:
        fields = {"title": one.title, "date": str(one.date), "number": one.slug, "tags": list(one.tags)}
        if title_words:
            fields["keywords"] = re.findall(r"\w{4,}", one.title.casefold())
        path = site / "content" / one.language / "articles" / f"{one.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{json.dumps(fields, ensure_ascii=False)}\n\n{one.body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
