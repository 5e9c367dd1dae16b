"""What `[deploy.NAME]` in `site/site.toml` may say: a class for each kind of host that a portal can be put on.

No secret belongs here: keys and passwords come from the environment, from files or from what the platform itself has.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

from toasoan.web_hosts import WEB_HOSTS

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_of(text: str) -> int | None:
    """The seconds of a time such as "90s", "30m", "24h" or "7d"; None if the text is none."""
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    return int(found[1]) * _SECONDS[found[2]] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploySettings:
    """What all kinds of `[deploy.NAME]` may say."""

    url: str | None = None
    """Where readers find this copy of the portal, without a slash at the end. Where it is set, a sample of it is
    fetched from there after each deploy, and the deploy is taken back if that is not as it should be."""

    grace: str = "24h"
    """How long pages and files that are no longer in the portal stay for readers of pages that were loaded before:
    "30m", "24h", "7d"."""

    keep: int = 5
    """How many releases are kept, the present one among them: so far back can be gone."""

    most_deletions: int = 10
    """Per cent of the files that a deploy may take out of the portal without a person's word."""

    record: bool = True
    """Whether its addresses are noted in `site/urls.jsonl`, so that they lead somewhere for ever: `false` for a copy
    that no readers see."""

    sample: int = 20
    """How many pages are fetched from `url` after a deploy, besides home pages, feeds and addresses that lead on."""

    settle: str = "60s"
    """How long a host may take until what was put there is seen at `url`."""

    purge: tuple[str, ...] = ()
    """Addresses of caches before the portal, "http://127.0.0.1:6081": each is asked (`PURGE`) to forget just the
    pages that a deploy changed."""

    indexnow: str | None = None
    """A key of your choice, 8 to 128 letters and digits, by which search engines are told (IndexNow) of changed
    pages. It is no secret: it is put online."""

    indexnow_endpoint: str = "https://api.indexnow.org/indexnow"
    """Whom to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderDeploy(DeploySettings):
    """`kind = "folder"`: a folder of this machine from which a web server serves."""

    kind: Literal["folder"]
    """What the table is about."""

    path: str
    """The folder, from the portal's root. The server's root is `current` in it, which leads to the present
    release."""

    compress: bool = True
    """Whether files that pay are put there compressed as well (`.gz`, `.br`), for servers that send such files."""

    after: tuple[str, ...] = ()
    """A command to run once the release is there: `["sudo", "systemctl", "reload", "nginx"]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SshDeploy(DeploySettings):
    """`kind = "ssh"`: a server of one's own with a shell, reached as `ssh` on this machine reaches it."""

    kind: Literal["ssh"]
    """What the table is about."""

    host: str
    """The server, as in `ssh HOST`: a name, an address, or what `~/.ssh/config` calls it."""

    path: str
    """The folder there, as for a `folder`; without a slash at its beginning it is below the user's home folder."""

    user: str | None = None
    """Who to be there, where `~/.ssh/config` does not say it."""

    port: int | None = None
    """The server's port, likewise."""

    identity: str | None = None
    """A file with a private key, from the portal's root; it must not lie in `site/`. Else the agent and the usual
    files."""

    known_hosts: str | None = None
    """A file with the server's public key, from the portal's root, for machines that have never seen it. A server
    whose key is not known is refused."""

    transfer: Literal["auto", "rsync", "sftp"] = "auto"
    """What carries the files: `auto` takes rsync where both machines have it."""

    compress: bool = True
    """As for a `folder`."""

    after: tuple[str, ...] = ()
    """As for a `folder`; the command runs on the server, in `path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Deploy(DeploySettings):
    """`kind = "s3"`: a store that speaks S3: Amazon's, Cloudflare R2, MinIO and others. It needs the extra `s3`."""

    kind: Literal["s3"]
    """What the table is about."""

    bucket: str
    """The bucket, which must exist."""

    prefix: str = ""
    """A folder in the bucket, without slashes around it; empty for the whole bucket."""

    endpoint: str | None = None
    """Address of a store other than Amazon's."""

    region: str | None = None
    """The store's region, where the environment does not say it."""

    profile: str | None = None
    """The profile in `~/.aws/` whose keys are used; else boto3 finds them where it always does."""

    encoding: Literal["gzip", "br", "none"] = "gzip"
    """How texts are stored and sent. A store sends what it has to everybody: `gzip` is understood by all, `br` is
    smaller and understood by browsers (over https); `none` where a CDN compresses."""

    cloudfront: str | None = None
    """The distribution of Amazon CloudFront before the bucket: it is told to forget just the pages that changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitDeploy(DeploySettings):
    """`kind = "git"`: a branch from which GitHub Pages, GitLab Pages or another host serves."""

    kind: Literal["git"]
    """What the table is about."""

    remote: str
    """The repository, as `git push` wants it: "git@host.example:newsroom/portal.git", or a folder, from the portal's
    root. Never with a password in it."""

    branch: str = "pages"
    """The branch; it belongs to the deploys alone."""

    folder: str = ""
    """The folder of the branch that is served: "public" for GitLab Pages, "docs" or nothing for GitHub Pages."""

    cname: str | None = None
    """The portal's own host name, which GitHub Pages reads from a file `CNAME`."""

    token_variable: str | None = None
    """Name of an environment variable with a password or token for an `https` remote."""

    most_megabytes: int = WEB_HOSTS["github"].bytes // 1_000_000
    """What the host takes at most; a site on GitHub Pages may have 1 GB."""

    most_files: int = 0
    """How many files the host takes at most, or 0 for no limit."""

    author: str = "Toasoan <toasoan@localhost>"
    """Whom the commits name."""


AnyDeploy = FolderDeploy | SshDeploy | S3Deploy | GitDeploy


class SettingFault(NamedTuple):
    """Something wrong in a table `[deploy.NAME]`."""

    key: str
    message: str
    hint: str | None = None


_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WEB = re.compile(r"https?://[^\s/@?#\"'<>\\]+(/[^\s?#\"'<>\\]*)?")
_WITH_PASSWORD = re.compile(r"://[^/\s]*:[^/\s]*@")
HIGHEST_PORT = 65535


def setting_faults(name: str, settings: AnyDeploy) -> Iterator[SettingFault]:
    """What is wrong in a table, beyond types: with its name, and with values that no host would understand."""
    if not _NAME.fullmatch(name):
        yield SettingFault("kind", f"a place can't be called {name!r}", "use small letters, digits and hyphens")
    for field in fields(settings):
        value = getattr(settings, field.name)
        for text in value if isinstance(value, tuple) else [value]:
            if isinstance(text, str):
                yield from _text_faults(field.name, text)
    for key in ("grace", "settle"):
        if seconds_of(getattr(settings, key)) is None:
            yield SettingFault(key, f"{getattr(settings, key)!r} is no time", 'write it as "30m", "24h" or "7d"')
    for key, least, most in (("keep", 1, None), ("most_deletions", 0, 100), ("sample", 0, None)):
        if getattr(settings, key) < least or (most is not None and getattr(settings, key) > most):
            yield SettingFault(key, f"it must be {f'from {least} to {most}' if most else f'at least {least}'}")
    for key in ("url", "indexnow_endpoint", "purge"):
        value = getattr(settings, key)
        for address in value if isinstance(value, tuple) else [value]:
            if address is not None and (not _WEB.fullmatch(address) or address.endswith("/")):
                yield SettingFault(
                    key,
                    f"{address!r} is no address of a site",
                    'write it as "https://portal.example", without a slash',
                )
    if settings.indexnow is not None and not re.fullmatch("[A-Za-z0-9-]{8,128}", settings.indexnow):
        yield SettingFault("indexnow", "a key has 8 to 128 letters, digits and hyphens")
    yield from _kind_faults(settings)


def _text_faults(key: str, text: str) -> Iterator[SettingFault]:
    if _WITH_PASSWORD.search(text):  # the message must not have it either
        yield SettingFault(
            key,
            "there is a password in it",
            "take it out, change it, and see the how-to: secrets come from elsewhere",
        )
    if key not in ("after", "author") and text.startswith("-"):
        yield SettingFault(key, "it begins with a hyphen, so programs would take it for an option")
    if not text.isprintable():
        yield SettingFault(key, "it has a character that nobody can see")


def _kind_faults(settings: AnyDeploy) -> Iterator[SettingFault]:
    match settings:
        case FolderDeploy(path=path):
            if _is_in_site(path) or not path:
                yield SettingFault("path", f"the portal can't be put into {path!r}", "name a folder of its own")
        case SshDeploy(port=port, identity=identity, path=path, host=host):
            if port is not None and not 0 < port <= HIGHEST_PORT:
                yield SettingFault("port", f"a port is a number from 1 to {HIGHEST_PORT}")
            if identity is not None and _is_in_site(identity):
                yield SettingFault("identity", "a private key must not lie in site/", "it would be committed")
            for key, text in (("path", path), ("host", host)):
                if not text or (key == "host" and " " in text):
                    yield SettingFault(key, f"{text!r} is none")
            if path.startswith("~"):
                yield SettingFault("path", "it begins with ~", 'what is below the home folder is "www", without more')
        case S3Deploy(prefix=prefix, endpoint=endpoint):
            if prefix.startswith("/") or prefix.endswith("/"):
                yield SettingFault("prefix", "it stands without slashes around it", f'write "{prefix.strip("/")}"')
            if endpoint is not None and not _WEB.fullmatch(endpoint):
                yield SettingFault("endpoint", f"{endpoint!r} is no address", 'write it as "https://store.example"')
        case GitDeploy(remote=remote, branch=branch, folder=folder, token_variable=variable):
            if variable is not None and not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", variable):
                yield SettingFault(
                    "token_variable",
                    "it is no name of an environment variable",
                    "write the name, not the token; if it was the token, have the host make a new one",
                )
            if remote.startswith("ext::"):
                yield SettingFault("remote", "Git would run a command for it")
            if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*", branch) or ".." in branch:
                yield SettingFault("branch", f"{branch!r} is no name of a branch")
            if not re.fullmatch(r"([\w-]+(/[\w-]+)*)?", folder):
                yield SettingFault("folder", f"{folder!r} is no folder of a branch", "without slashes around it")


def _is_in_site(path: str) -> bool:
    parts = posixpath.normpath(path).split("/")
    return parts[0] in ("site", ".")
