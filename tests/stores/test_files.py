"""A database is only opened where its locks can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.stores import files

MOUNTS = """\
overlay / overlay rw,relatime 0 0
server:/export /mnt/far nfs4 rw,vers=4.2 0 0
/dev/sdb1 /mnt/far/near ext4 rw 0 0
//server/share /mnt/with\\040space cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/waymark.db", "overlay"),
        ("/mnt/far/waymark.db", "nfs4"),
        ("/mnt/farther/waymark.db", "overlay"),
        ("/mnt/far/near/data/waymark.db", "ext4"),
        ("/mnt/with space/waymark.db", "cifs"),
    ],
)
def test_the_nearest_mount_says_what_kind_of_disk_it_is(path: str, kind: str) -> None:
    """A share is told from a disk, also when one is inside the other."""
    assert files.kind_of_disk(Path(path), MOUNTS) == kind


def test_r01_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no start than a database that breaks in a month (fault R01)."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/export {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(files, "MOUNTS", mounts)

    with pytest.raises(StoreError, match=r"network share \(nfs4\).*WAYMARK_DATA"):
        files.make_ready(tmp_path / "waymark.db")
    assert not (tmp_path / "waymark.db").exists()
