"""The command line: it parses, calls and prints. Each command imports what it needs when it runs.

Exit codes: 0 fine, 1 the site has errors, 2 wrong usage (as argparse itself has it).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from toasoan import __version__
from toasoan.diagnostics import Report, Severity, did_you_mean
from toasoan.terminal import Terminal
from toasoan.web_hosts import WEB_HOSTS

if TYPE_CHECKING:
    from toasoan.build import Difference
    from toasoan.build_result import BuildResult

EXIT_OK = 0
EXIT_SITE_HAS_ERRORS = 1
EXIT_WRONG_USAGE = 2

HIGHEST_PORT = 65535
MOST_JOBS = 256

EXAMPLES = """examples:
  toasoan init my-portal                        lay out a new portal
  toasoan import seeds/                         turn raw articles into Markdown
  toasoan new article "A title" --language en   begin an article
  toasoan build                                 build the portal into site/public/
  toasoan serve                                 see it at http://127.0.0.1:8000/, reloading on change
  toasoan comments                              fetch the comments of readers that were approved
  toasoan check                                 look for mistakes in texts, pages, feeds and sitemaps

The commands work in the folder that holds site/; name another one with --root.
"""


class _Parser(argparse.ArgumentParser):
    """Argparse, with a hint for words that are nearly right."""

    def error(self, message: str) -> NoReturn:
        hint = None
        if wrong := re.search(r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)", message):
            known = re.findall(r"[\w-]+", wrong[3])
            hint = did_you_mean(wrong[2], known) or f"it must be one of {', '.join(known)}"
            message = f"there is no {'command' if wrong[1] == 'COMMAND' else wrong[1]} {wrong[2]!r}"
        Terminal(as_json=False).complain(message, hint or f"see `{self.prog} --help`")
        sys.exit(EXIT_WRONG_USAGE)


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog="toasoan",
        description="A static site generator for multilingual news portals.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"toasoan {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    init = _command(commands, "init", "lay out a new portal that builds", "toasoan init my-portal")
    init.add_argument("folder", type=Path, metavar="DIR", help="where to put it; it may exist")

    demo = _command(
        commands, "demo", "lay out a portal in 31 languages for trying things out", "toasoan demo my-demo"
    )
    demo.add_argument("folder", type=Path, metavar="DIR", help="where to put it; it may exist")
    demo.add_argument(
        "--articles", type=_count, metavar="N", help="how many articles (default: all of its stories, each once)"
    )

    styleguide = _command(
        commands,
        "styleguide",
        "show all pieces of the theme on one page, for designers",
        "toasoan styleguide --to theme-pieces",
    )
    styleguide.add_argument(
        "--to", type=Path, metavar="DIR", default=Path("styleguide"), help="folder for the page (default: styleguide)"
    )

    _add_import(commands)

    build = _command(commands, "build", "build the portal", "toasoan build --to /srv/www/portal")
    build.add_argument("--to", type=Path, metavar="DIR", help="output folder (default: site/public)")
    _add_jobs(build)
    _add_now(build)
    build.add_argument("--due", action="store_true", help="do nothing unless the clock has made a build due")
    build.add_argument("--explain", action="store_true", help="say of each file why it was made")
    build.add_argument("--profile", action="store_true", help="say what each stage and each template took")
    build.add_argument(
        "--verify", action="store_true", help="compare the output with that of a build from nothing, byte by byte"
    )

    serve = _command(commands, "serve", "serve the portal on this machine, reloading on change", "toasoan serve")
    serve.add_argument(
        "--comments", action="store_true", help="run a comments server beside it, to try comments out (needs Isso)"
    )
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="port on 127.0.0.1 (default: 8000)")
    serve.add_argument(
        "--now", type=_moment, metavar="MOMENT", help="show the portal as it will be then (default: the clock)"
    )
    serve.add_argument(
        "--lan", action="store_true", help="let phones in this network see it, by an address with a secret in it"
    )
    serve.add_argument(
        "--poll", action="store_true", help="look for changes every second, where the system does not tell of them"
    )
    _add_jobs(serve)

    comments = _command(
        commands,
        "comments",
        "fetch the comments that were approved",
        "toasoan comments --database /srv/isso/comments.db",
    )
    comments.add_argument(
        "--database",
        type=Path,
        metavar="FILE",
        help="read Isso's database instead of asking the server that the settings name",
    )

    _add_check(commands)

    record = _command(
        commands,
        "record",
        "note which addresses are online now, so that they lead somewhere for ever",
        "toasoan record",
    )
    record.add_argument("--to", type=Path, metavar="DIR", help="output folder (default: site/public)")

    _add_deploy(commands)

    new = _command(
        commands,
        "new",
        "begin an article, a translation, a section or a language",
        'toasoan new article "A title" --language en',
    )
    new.add_argument(
        "kind", choices=["article", "translation", "section", "language"], metavar="KIND",
        help="article, translation, section or language",
    )  # fmt: skip
    new.add_argument(
        "what", metavar="WHAT", help="an article's title; the slug or file of what is translated; a key; a tag"
    )
    new.add_argument(
        "--language", metavar="TAG", help="language of an article (default: the main one) or translation"
    )
    new.add_argument("--section", metavar="KEY", help="section of an article")
    new.add_argument("--machine", action="store_true", help="a machine translates, and readers are told")
    new.add_argument(
        "--name", action="append", metavar="KEY=NAME",
        help='what a section is called in a language (en="Heritage"), or a new language calls a section',
    )  # fmt: skip
    stats = _command(
        commands, "stats", "tell how many articles there are", "toasoan stats --by month --chart months.svg"
    )
    stats.add_argument("--by", choices=["language", "section", "agency", "month"], help="tell this alone")
    stats.add_argument("--chart", type=Path, metavar="FILE", help="draw articles by month and language, as SVG")
    _add_jobs(stats)
    _add_now(stats)

    _add_translations(commands)

    said = "write what front matter and settings may hold, for editors"
    schema = _command(commands, "schema", said, "toasoan schema --to .schemas")
    schema.add_argument("--to", type=Path, metavar="DIR", help="folder for the schemas (default: .schemas)")
    return parser


def _add_import(commands: argparse._SubParsersAction[_Parser]) -> None:
    import_ = _command(
        commands, "import", "turn articles of all sources into Markdown", "toasoan import seeds/ feed.xml export.zip"
    )
    import_.add_argument(
        "sources",
        type=_source,
        nargs="+",
        metavar="SOURCE",
        help="a text, page, feed, export or archive, a folder of them, or an address",
    )
    import_.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    import_.add_argument("--report", action="store_true", help="print a table of what was found in each article")
    import_.add_argument(
        "--fetch-media", action="store_true", help="fetch photos that lie elsewhere into site/media/"
    )
    _add_jobs(import_)


def _add_translations(commands: argparse._SubParsersAction[_Parser]) -> None:
    said = "tell what is missing, stale or different in translations; give texts out and take them back"
    translations = _command(commands, "translations", said, "toasoan translations export --language fr")
    translations.add_argument(
        "action",
        nargs="?",
        choices=["status", "check", "export", "take", "done"],
        default="status",
        metavar="ACTION",
        help="status (the default), check, export, take, or done: a translation is up to date with its original",
    )
    translations.add_argument(
        "what", nargs="*", metavar="WHAT", help="articles by slug or file; for take, files that came back"
    )
    translations.add_argument("--language", metavar="TAG", help="look at this language alone")
    translations.add_argument(
        "--format", choices=["xliff", "po"], default="xliff", help="what an export writes (default: xliff)"
    )
    translations.add_argument("--to", type=Path, metavar="DIR", help="folder of an export (default: translations)")
    translations.add_argument(
        "--machine", action="store_true", help="a machine has translated what is taken in, and readers are told"
    )
    _add_jobs(translations)


def _add_deploy(commands: argparse._SubParsersAction[_Parser]) -> None:
    said = "put the built portal on a host, so that no reader finds a broken link; or go back"
    deploy = _command(commands, "deploy", said, "toasoan deploy production")
    deploy.add_argument(
        "name", nargs="?", metavar="NAME", help="which table [deploy.NAME] of the settings (if there are several)"
    )
    deploy.add_argument("--to", type=Path, metavar="DIR", help="output folder of the build (default: site/public)")
    deploy.add_argument("--dry-run", action="store_true", help="say what would be done, and put nothing there")
    deploy.add_argument("--yes", action="store_true", help="however much of the portal this takes away")
    deploy.add_argument(
        "--at-once", action="store_true", help="take away what is no longer in the portal without waiting"
    )
    deploy.add_argument(
        "--rollback", nargs="?", const="", metavar="RELEASE", help="go back to a release (default: the one before)"
    )
    deploy.add_argument("--list", action="store_true", help="list the releases that can be gone back to")
    deploy.add_argument(
        "--keep", type=_count, metavar="N", help="keep so many releases (default: what the settings say)"
    )
    deploy.add_argument(
        "--wait", type=_seconds, default=0, metavar="SECONDS", help="wait so long for a deploy under way (default: 0)"
    )
    _add_jobs(deploy)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = _command(
        commands, "check", "look for mistakes in texts, pages, feeds and sitemaps", "toasoan check --format junit"
    )
    check.add_argument(
        "--to", type=Path, metavar="DIR", help="output folder to look at if it is up to date (default: site/public)"
    )
    check.add_argument(
        "--external", action="store_true", help="ask whether pages elsewhere are still there, politely"
    )
    check.add_argument(
        "--host", choices=list(WEB_HOSTS), metavar="NAME",
        help=f"also tell whether a host would take the portal: {', '.join(WEB_HOSTS)}",
    )  # fmt: skip
    check.add_argument("--strict", action="store_true", help="fail on warnings too")
    check.add_argument(
        "--format", choices=["text", "json", "junit", "sarif"], default="text", help="for whom to tell what was found"
    )
    _add_jobs(check)
    _add_now(check)


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        metavar="N",
        help="processes that share the work (default: as many as there are processors)",
    )


def _add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="MOMENT",
        help="leave out articles of a later date (default: SOURCE_DATE_EPOCH, or the clock)",
    )


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a moment looks like 2025-12-17T09:36:00+07:00, not {text!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _now(options: argparse.Namespace) -> dt.datetime:
    """The moment for which to build: reproducible-builds.org/specs/source-date-epoch tells of the variable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if options.now is None and epoch.isascii() and epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return options.now or dt.datetime.now(dt.UTC)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"jobs are a number from 1 to {MOST_JOBS}, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"it must be a number, 1 or more, not {text!r}")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"seconds are a number, not {text!r}")
    return int(text)


def _source(text: str) -> Path | str:
    """An address is fetched, all else is a path."""
    return text if re.match(r"https?://", text, re.IGNORECASE) else Path(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {HIGHEST_PORT}, not {text!r}")
    return int(text)


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, summary: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    if name not in ("init", "demo"):
        parser.add_argument(
            "--root", type=Path, default=Path(), metavar="DIR", help="the folder that holds site/ (default: this one)"
        )
    return parser


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; gives the exit code."""
    options, unknown = command_line().parse_known_args(arguments)
    if unknown:
        return _unknown_option(unknown[0], options)
    terminal = Terminal(options.json)
    commands = {
        "init": run_init,
        "demo": run_demo,
        "styleguide": run_styleguide,
        "import": run_import,
        "build": run_build,
        "serve": run_serve,
        "comments": run_comments,
        "check": run_check,
        "deploy": run_deploy,
        "record": run_record,
        "new": run_new,
        "schema": run_schema,
        "stats": run_stats,
        "translations": run_translations,
    }
    try:
        return commands[options.command](options, terminal)
    except KeyboardInterrupt:
        return 130  # what shells expect of a program that was interrupted
    except BrokenPipeError:
        # Whoever read the output has gone; nothing is left to say to them.
        sys.stdout = None
        return EXIT_OK
    except OSError as error:
        terminal.complain(
            f"the disk refuses: {error.strerror or error}" + (f" ({error.filename})" if error.filename else ""),
            "every file that stands is whole; make room or mend the permissions, and run the command again",
        )
        return EXIT_SITE_HAS_ERRORS


def _unknown_option(word: str, options: argparse.Namespace) -> int:
    known = [f"--{name.replace('_', '-')}" for name in vars(options)]
    Terminal(as_json=False).complain(
        f"`toasoan {options.command}` does not know {word!r}",
        did_you_mean(word, known) or f"see `toasoan {options.command} --help`",
    )
    return EXIT_WRONG_USAGE


def run_init(options: argparse.Namespace, terminal: Terminal) -> int:
    """Lay out a new portal."""
    from toasoan.scaffold import FolderInUseError, lay_out_portal

    folder: Path = options.folder
    try:
        made = lay_out_portal(folder)
    except FolderInUseError:
        terminal.complain(f"{folder} already has a portal", "name another folder")
        return EXIT_WRONG_USAGE
    terminal.result({"folder": str(folder), "files": [path.as_posix() for path in made]})
    terminal.say(
        f"{len(made)} files in {folder}",
        "",
        f"  toasoan serve --root {folder}    to see it",
        f"  {folder / 'site/site.toml'}    to change its name, address, languages and sections",
    )
    return EXIT_OK


def run_demo(options: argparse.Namespace, terminal: Terminal) -> int:
    """Lay out the demo portal."""
    from toasoan.demo.demo_portal import ALL_ARTICLES, lay_out_demo
    from toasoan.demo.photographs import photograph
    from toasoan.scaffold import FolderInUseError

    folder: Path = options.folder
    try:
        made = lay_out_demo(folder, options.articles or ALL_ARTICLES, photograph)
    except FolderInUseError:
        terminal.complain(f"{folder} already has a portal", "name another folder")
        return EXIT_WRONG_USAGE
    terminal.result({"folder": str(folder), "articles": made})
    terminal.say(f"{made} articles in {folder}", "", f"  toasoan serve --root {folder}    to see them")
    return EXIT_OK


def run_styleguide(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the style guide."""
    from toasoan.styleguide import write_styleguide

    report, page = Report(), options.to / "index.html"
    written = write_styleguide(options.root, options.to, report)
    terminal.tell(report)
    terminal.result({"page": str(page) if written else None}, report)
    if written:
        terminal.say(f"{page}    open it in a browser")
    return EXIT_OK if written else EXIT_SITE_HAS_ERRORS


def run_import(options: argparse.Namespace, terminal: Terminal) -> int:
    """Turn articles of all sources into Markdown."""
    from toasoan.import_command import NoSuchSourceError, import_sources

    report = Report()
    try:
        import_sources(options, terminal, report)
    except NoSuchSourceError as error:
        terminal.complain(str(error))
        return EXIT_WRONG_USAGE
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def _hint_of_words(built: BuildResult) -> str | None:
    """What would make the share images that were just drawn better; None if there is nothing to say."""
    languages = [tag for tag, count in built.languages.items() if count and tag.partition("-")[0] in ("km", "lo")]
    drawn = any(path.startswith("share/") for path in built.reasons)
    if not languages or not drawn or importlib.util.find_spec("icu"):
        return None
    return (
        f"Headlines of share images in {', '.join(languages)} break between syllables;"
        ' pip install "toasoan[icu]" has them break between words.'
    )


def run_build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Build the portal."""
    from toasoan.build import build, differences, nothing_due
    from toasoan.portal_folders import OUTPUT_FOLDER

    destination, now = options.to or options.root / OUTPUT_FOLDER, _now(options)
    if options.due and (nothing := nothing_due(options.root, destination, now)):
        terminal.result({"due": False, "next_due": _as_text(nothing.until)}, Report())
        terminal.say("nothing is due", *_next_due(nothing.until))
        return EXIT_OK
    with terminal.progress() as progress:
        built = build(options.root, destination, progress, options.jobs, now)
    found: tuple[Difference, ...] = ()
    if options.verify and built.published:
        found = differences(options.root, destination, built.report, options.jobs, now)
    terminal.tell(built.report)
    published = built.published
    terminal.result(
        {
            **({"reasons": dict(built.reasons)} if options.explain else {}),
            **({"stages": dict(built.stages), "templates": _template_times(built)} if options.profile else {}),
            **({"differences": [f"{it.path} {it.what}" for it in found]} if options.verify else {}),
            "articles": built.articles,
            "pages": built.pages,
            "languages": dict(built.languages),
            "redirects": built.redirects[0],
            "gone": built.redirects[1],
            "files": published.files if published else 0,
            "bytes": published.bytes if published else 0,
            "written": published.written if published else 0,
            "removed": published.removed if published else 0,
            "output": str(destination),
            "seconds": round(built.seconds, 3),
            "next_due": _as_text(built.next_due),
        },
        built.report,
    )
    if published is None or built.report.has_errors:
        what = "nothing was published" if published is None else "a build from nothing would not be published"
        terminal.say(f"{_errors(built.report)}: {what}")
        return EXIT_SITE_HAS_ERRORS
    if options.explain:
        terminal.say(*(f"{path}: {reason}" for path, reason in built.reasons.items()))
    if options.profile:
        terminal.say(*_profile(built))
    languages = ", ".join(f"{tag} {count}" for tag, count in built.languages.items())
    terminal.say(
        f"{built.articles} articles ({languages}), {built.pages} pages in {built.seconds:.2f} s",
        f"{published.files} files, {published.bytes / 1e6:.1f} MB in {destination}: "
        f"{published.written} written, {published.removed} removed",
    )
    for line in _next_due(built.next_due):
        terminal.say(line)
    if built.redirects != (0, 0):
        moved, gone = built.redirects
        terminal.say(
            f"addresses without a page: {moved} lead on; {gone} are gone for ever"
            " (410 by the rules for nginx and Caddy, else 404)"
        )
    if hint := _hint_of_words(built):
        terminal.say(hint)
    if options.verify:
        terminal.say(*(f"{it.path} {it.what}" for it in found))
        terminal.say(
            f"{len(found)} files differ from a build from nothing" if found else "verified: not a byte differs"
        )
    return EXIT_SITE_HAS_ERRORS if found else EXIT_OK


def _as_text(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _next_due(moment: dt.datetime | None) -> Iterator[str]:
    """What to tell cron, a timer or a workflow; nothing if the clock changes nothing any more."""
    if moment is not None:
        yield f"next build due: {moment.isoformat()}"


def _profile(built: BuildResult) -> Iterator[str]:
    """What a build took, for people."""
    yield from (f"{seconds:8.3f} s  {stage}" for stage, seconds in built.stages.items())
    for template, (pages, seconds) in sorted(built.templates.items()):
        yield f"{1000 * seconds / pages:8.3f} ms a page  {template} ({pages} pages)"


def _template_times(built: BuildResult) -> dict[str, dict[str, float]]:
    return {template: {"pages": pages, "seconds": seconds} for template, (pages, seconds) in built.templates.items()}


def run_check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Look for mistakes."""
    from toasoan.check_command import check
    from toasoan.portal_folders import OUTPUT_FOLDER
    from toasoan.report_formats import junit, sarif

    documents = {"junit": junit, "sarif": sarif}
    if options.format != "text":
        terminal = Terminal(as_json=True)
    start, destination = time.perf_counter(), options.to or options.root / OUTPUT_FOLDER
    with terminal.progress() as progress:
        checked = check(
            options.root, destination, progress, options.jobs, _now(options), options.external,
            host=WEB_HOSTS.get(options.host),
        )  # fmt: skip
    report, audited = checked.report, checked.audited
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    fails = errors > 0 or (options.strict and warnings > 0)
    if options.format in documents:
        terminal.document(documents[options.format](report))
        return EXIT_SITE_HAS_ERRORS if fails else EXIT_OK
    terminal.tell(report)
    terminal.result(
        {
            "articles": checked.articles,
            "pages": audited.pages if audited else 0,
            "feeds": audited.feeds if audited else 0,
            "sitemaps": audited.sitemaps if audited else 0,
            "outside_links": len(audited.outside) if audited else 0,
            "outside_answers": dict(checked.outside),
            "folder": str(checked.folder),
            "seconds": round(time.perf_counter() - start, 3),
        },
        report,
    )
    if audited is None:
        terminal.say(f"{_errors(report)}: pages, links and feeds are looked at once that is mended")
        return EXIT_SITE_HAS_ERRORS
    if checked.folder != destination:
        terminal.say(f"{destination} is not up to date: this is about a build in {checked.folder}")
    found = f"{_errors(report)}, {_counted(warnings, 'warning')}" if errors or warnings else "no mistakes"
    terminal.say(
        f"{found} in {_counted(checked.articles, 'article')}, {_counted(audited.pages, 'page')}, "
        f"{_counted(audited.feeds, 'feed')} and {_counted(audited.sitemaps, 'sitemap')}"
    )
    if audited.outside:
        count = len(audited.outside)
        answers = ", ".join(f"{answer} {times}" for answer, times in sorted(checked.outside.items()))
        terminal.say(f"{_counted(count, 'page')} elsewhere: {answers or 'not asked for (--external does)'}")
    return EXIT_SITE_HAS_ERRORS if fails else EXIT_OK


def run_record(options: argparse.Namespace, terminal: Terminal) -> int:
    """Note which addresses are online."""
    from toasoan.portal_folders import ADDRESS_LEDGER, OUTPUT_FOLDER
    from toasoan.record_command import record_addresses

    report = Report()
    lines = record_addresses(options.root, options.to or options.root / OUTPUT_FOLDER, report)
    terminal.tell(report)
    terminal.result({"recorded": None if lines is None else len(lines)}, report)
    if lines is None:
        terminal.say(f"{_errors(report)}: nothing was recorded")
        return EXIT_SITE_HAS_ERRORS
    added = f"{len(lines)} new in {ADDRESS_LEDGER}: commit it" if lines else "nothing is new"
    terminal.say(f"addresses that are online: {added}")
    return EXIT_OK


def run_deploy(options: argparse.Namespace, terminal: Terminal) -> int:
    """Put the built portal on a host, or go back."""
    from toasoan.deploy_command import ImpossibleDeployError, deploy

    report = Report()
    try:
        deploy(options, terminal, report)
    except ImpossibleDeployError as error:
        terminal.complain(str(error), error.hint)
        return EXIT_WRONG_USAGE
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def run_serve(options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve the portal on this machine."""
    from toasoan.config import read_config
    from toasoan.lock import LockedError
    from toasoan.portal_folders import SETTINGS_FILE
    from toasoan.preview.comments_server import IssoFailedError, is_installed
    from toasoan.preview.server import BuilderEndedError, CannotListenError, Wishes, serve

    if options.comments and not is_installed():
        terminal.complain("serve --comments needs Isso, which is not installed", 'pip install "toasoan[comments]"')
        return EXIT_WRONG_USAGE
    if options.lan and options.comments:
        terminal.complain("serve --lan has no comments", "their server is for this machine alone: choose one of both")
        return EXIT_WRONG_USAGE
    if not (options.root / SETTINGS_FILE).exists():
        read_config(options.root, report := Report())
        terminal.tell(report)
        return EXIT_SITE_HAS_ERRORS
    wishes = Wishes(options.port, options.jobs, options.comments, options.now, options.lan, options.poll)
    try:
        serve(options.root, wishes, terminal)
    except BuilderEndedError:
        terminal.complain("the process that builds has ended", "start the preview again")
        return EXIT_SITE_HAS_ERRORS
    except LockedError as error:
        terminal.complain(f"process {error.process} previews this portal already", "use that one, or end it")
        return EXIT_SITE_HAS_ERRORS
    except IssoFailedError as error:
        terminal.complain(f"Isso does not start: {error}", "remove .toasoan/comments, or leave out --comments")
        return EXIT_SITE_HAS_ERRORS
    except CannotListenError as error:
        terminal.complain(f"port {options.port} can't be had: {error}", "name another one with --port")
        return EXIT_WRONG_USAGE
    return EXIT_OK


def run_comments(options: argparse.Namespace, terminal: Terminal) -> int:
    """Fetch approved comments."""
    from toasoan.comments_command import fetch_comments

    report = Report()
    fetch_comments(options, terminal, report)
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def run_new(options: argparse.Namespace, terminal: Terminal) -> int:
    """Begin an article, a translation, a section or a language."""
    from toasoan.new_command import ImpossibleWishError, begin

    report = Report()
    try:
        begin(options, terminal, report)
    except ImpossibleWishError as error:
        terminal.complain(str(error), error.hint)
        return EXIT_WRONG_USAGE
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def run_stats(options: argparse.Namespace, terminal: Terminal) -> int:
    """Tell how many articles there are."""
    from toasoan.stats_command import tell_statistics

    report = Report()
    tell_statistics(options, _now(options), terminal, report)
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def run_translations(options: argparse.Namespace, terminal: Terminal) -> int:
    """Look after translations."""
    from toasoan.translations.exchange import ToolkitMissingError
    from toasoan.translations_command import ImpossibleTaskError, look_after_translations

    report = Report()
    try:
        look_after_translations(options, terminal, report)
    except ImpossibleTaskError as error:
        terminal.complain(str(error), error.hint)
        return EXIT_WRONG_USAGE
    except ToolkitMissingError:
        terminal.complain("this needs translate-toolkit", "pip install 'toasoan[translations]'")
        return EXIT_WRONG_USAGE
    return EXIT_SITE_HAS_ERRORS if report.has_errors else EXIT_OK


def run_schema(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write what editors complete by."""
    from toasoan.schema_command import write_schemas

    made = write_schemas(options.root, options.to or options.root / ".schemas")
    terminal.result({"files": [path.as_posix() for path in made]})
    terminal.say(*map(str, made))
    return EXIT_OK


def _errors(report: Report) -> str:
    return _counted(report.count(Severity.ERROR), "error")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
