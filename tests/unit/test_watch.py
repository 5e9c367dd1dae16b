"""Which drives do not tell of changes."""

from pathlib import Path

import pytest

from toasoan.preview.watch import is_remote

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/portal /srv/portal nfs4 rw 0 0
/dev/sdb1 /srv/portal/local ext4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [("/home/an", False), ("/srv/portal/site", True), ("/srv/portal/local/site", False), ("/mnt/my share/x", True)],
)
def test_a_folder_is_where_its_nearest_mount_is(folder: str, remote: bool, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert is_remote(Path(folder), str(tmp_path / "mounts")) is remote


def test_where_no_mounts_are_told_nothing_is_remote(tmp_path: Path) -> None:
    assert not is_remote(tmp_path, str(tmp_path / "missing"))
