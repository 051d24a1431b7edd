"""A disk that becomes full under load, and has room again: nothing lost, reading goes on, no restart.

`python -m tests.faults.disk`, as root: it mounts a small file system of its own. With `--unprotected` the hub keeps no
reserve, and the program must then find that it cannot be read any more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.faults.forked_hub import ForkedHub
from tests.faults.kill import free_port, prepare, signed_in
from tests.faults.load import Act, Load, judge
from tripoint.base import embedded_postgres as embedded

MEGABYTE = 1024 * 1024
DISK, RESERVE = 320, 64  # MB
SMALL = "max_wal_size = 64MB\nmin_wal_size = 32MB\ncheckpoint_timeout = 30s\nshared_buffers = 16MB\n"
NEEDED = ("losetup", "mkfs.ext4", "mount", "umount")


@dataclass
class Report:
    """What became of the hub on a full disk."""

    acknowledged: int = 0
    said: set[str] = field(default_factory=set)  # codes of the refusals
    read_while_full: bool = False
    resumed: bool = False
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether everything went as it should."""
        return self.read_while_full and self.resumed and not (self.lost or self.doubled) and self.said == {"disk_full"}

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acts acknowledged, {len(self.lost)} lost, {len(self.doubled)} doubled; "
            f"when full it said {', '.join(sorted(self.said)) or 'nothing'}, "
            f"reading {'went on' if self.read_while_full else 'STOPPED'}; "
            f"{'resumed without restart' if self.resumed else 'did NOT resume'}"
        )


def reason_not_to_run() -> str | None:
    """Why this machine cannot have a disk of its own for this."""
    if os.geteuid() != 0:
        return "mounting a small file system needs root"
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        return f"{missing[0]} is not installed"
    with tempfile.TemporaryDirectory() as place, small_disk(Path(place), 8) as disk:
        return None if disk else "a loop device cannot be mounted here"


@contextmanager
def small_disk(place: Path, megabytes: int) -> Generator[Path | None]:
    """A file system of its own in a file; None where it cannot be mounted."""
    image, disk = place / "disk.img", place / "disk"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes * MEGABYTE)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", str(image)], check=True, capture_output=True)
    mounted = subprocess.run(["mount", "-o", "loop", str(image), str(disk)], check=False, capture_output=True)
    if mounted.returncode:
        yield None
        return
    disk.chmod(0o711)
    try:
        yield disk
    finally:
        for _ in range(50):
            if not subprocess.run(["umount", str(disk)], check=False, capture_output=True).returncode:
                break
            time.sleep(0.1)


def fill(disk: Path, leave: int) -> Path:
    """A ballast file, so that only so many bytes stay free."""
    ballast = disk / "ballast"
    with ballast.open("ab") as file:
        while (free := shutil.disk_usage(disk).free) > leave:
            try:
                file.write(b"\0" * min(MEGABYTE, free - leave))
                file.flush()
            except OSError:
                break
    return ballast


def run(*, protected: bool = True) -> Report:
    """Work, fill the disk, work on and read, make room, work on; judge everything."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="tripoint-disk-") as place:
        Path(place).chmod(0o711)
        with small_disk(Path(place), DISK) as disk:
            assert disk, "no disk"
            folder = disk / "data"
            folder.mkdir()
            folder.chmod(0o711)
            name = prepare(folder)
            conf = folder / "postgres" / "conf" / "own.conf"
            conf.write_text(SMALL)
            conf.chmod(0o644)
            hub = ForkedHub(folder, free_port(), least_disk_megabytes=RESERVE if protected else 0)
            keeper = embedded.start(folder)
            try:
                hub.start()
                work(hub, signed_in(hub.address, name), disk, report, keeper, protected=protected)
            finally:
                hub.close()
                keeper.stop()
    return report


def work(
    hub: ForkedHub, headers: dict[str, str], disk: Path, report: Report, keeper: embedded.EmbeddedPostgres, *,
    protected: bool,
) -> None:  # fmt: skip
    """The day itself."""
    acts: list[Act] = []
    before = Load(hub.address, headers, 1)
    with before.running():
        before.wait_for(40)
        ballast = fill(disk, RESERVE * MEGABYTE // 2 if protected else 0)
        stopped = before.wait_until_refused(20)
    report.said = before.said
    report.read_while_full = stopped and reads(hub.address, headers)
    ballast.unlink()
    began = time.monotonic()
    report.resumed = False
    while time.monotonic() - began < 20 and not report.resumed:
        report.resumed = reads(hub.address, headers) and before.settle_for(5)
        time.sleep(0.1)
    acts += before.acknowledged
    if report.resumed:
        after = Load(hub.address, headers, 2)
        with after.running():
            after.wait_for(20)
        after.settle()
        acts += after.acknowledged
        verdict = judge(keeper.servers, acts)
        report.acknowledged, report.lost, report.doubled = verdict.acknowledged, verdict.lost, verdict.doubled


def reads(address: str, headers: dict[str, str]) -> bool:
    """Whether a list can be read."""
    try:
        return all(
            httpx2.get(f"{address}{path}", headers=headers, timeout=5).status_code == 200
            for path in ("/api/checks", "/api/hits", "/api/sets")
        )
    except httpx2.HTTPError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--unprotected", action="store_true", help="no reserve: the stop must be found")
    chosen = parser.parse_args()
    if reason := reason_not_to_run():
        print(f"Not run: {reason}.")
        return
    report = run(protected=not chosen.unprotected)
    print(report)
    sys.exit(0 if report.is_sound != chosen.unprotected else 1)


if __name__ == "__main__":
    main()
