"""What `[deploy.NAME]` in `site/site.toml` may say: a class for each kind of host that a portal can be put on.

No secret belongs here: keys and passwords come from the environment, from files or from what the platform itself has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

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
    """The folder there, as for a `folder`."""

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
    """As for a `folder`; the command runs on the server."""


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
    """The repository, as `git push` wants it: "git@host.example:newsroom/portal.git". Never with a password in it."""

    branch: str = "pages"
    """The branch; it belongs to the deploys alone."""

    folder: str = ""
    """The folder of the branch that is served: "public" for GitLab Pages, "docs" or nothing for GitHub Pages."""

    cname: str | None = None
    """The portal's own host name, which GitHub Pages reads from a file `CNAME`."""

    token_variable: str | None = None
    """Name of an environment variable with a password or token for an `https` remote."""

    most_megabytes: int = 1000
    """What the host takes at most; a site on GitHub Pages may have 1 GB."""

    most_files: int = 0
    """How many files the host takes at most, or 0 for no limit."""

    author: str = "Toasoan <toasoan@localhost>"
    """Whom the commits name."""


AnyDeploy = FolderDeploy | SshDeploy | S3Deploy | GitDeploy
