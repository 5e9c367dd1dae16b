"""The host that settings name, whatever its kind."""

from __future__ import annotations

from pathlib import Path

from toasoan.deploy.host import Host
from toasoan.deploy_settings import AnyDeploy, FolderDeploy, GitDeploy, SshDeploy
from toasoan.settings import SiteSettings


def host_of(settings: AnyDeploy, root: Path, site: SiteSettings, cache: Path) -> Host:
    """The host for a table `[deploy.NAME]`; `cache` is a folder of this machine for what it may want to remember."""
    is_served_here = isinstance(settings, FolderDeploy | SshDeploy) and settings.compress
    encodings = ("br", "gzip") if is_served_here else ()
    if isinstance(settings, FolderDeploy):
        from toasoan.deploy.hosts.folder_host import FolderHost

        return FolderHost(root / settings.path, root, settings.after, encodings)
    if isinstance(settings, SshDeploy):
        from toasoan.deploy.hosts.ssh_host import SshHost

        return SshHost(settings, root, encodings)
    if isinstance(settings, GitDeploy):
        from toasoan.deploy.hosts.git_host import GitHost

        return GitHost(settings, root, cache / "repository")
    from toasoan.deploy.hosts.s3_host import S3Host

    return S3Host(settings, site, cache)
