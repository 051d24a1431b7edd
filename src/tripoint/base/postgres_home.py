"""The folder an embedded PostgreSQL server lives in: whose it is, who may pass, where its socket stands."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tripoint.base.errors import SetUp
from tripoint.base.postgres_programs import copy_programs

LONGEST_SOCKET_PATH = 90  # Unix sockets allow 107 bytes (103 on some systems), file name included
STANDS_IN_FOR_ROOT = "nobody"
ELSEWHERE = Path("/var/lib/tripoint")
SHELL_SIGNS = frozenset('"$`\\\n')
PASS_ONLY, PRIVATE = 0o711, 0o700


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system user the server runs as; `stands_in` when root started it, as PostgreSQL refuses root."""

    name: str
    uid: int
    gid: int
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where one embedded server lives. The data and the socket are its account's, all else is the starter's."""

    path: Path
    account: Account
    client: str  # the operating-system user who started it and alone may log in

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def conf(self) -> Path:
        return self.path / "conf"

    @property
    def start_log(self) -> Path:
        return self.data / "start.log"


def open_home(folder: Path) -> Home:
    """Make or find the server's home beneath the hub's data `folder`. Raises SetUp when it belongs to another user."""
    account = server_account()
    mode = PASS_ONLY if account.stands_in else PRIVATE
    folder = folder.absolute()
    if found := SHELL_SIGNS & set(str(folder)):
        raise SetUp(
            f"The data folder {folder} holds {' '.join(sorted(found))}, which PostgreSQL's programs misread.",
            remedy="Choose a folder of plain letters with TRIPOINT_DATA.",
        )
    try:
        _make_folder(folder, mode)
        home = Home(_home_path(folder, account, mode), account, _user_of(os.geteuid()).pw_name)
        _make_folder(home.path, mode)
        _make_folder(home.conf, mode)
    except OSError as error:
        raise SetUp(
            f"The data folder {folder} cannot be used: {error.strerror}.",
            remedy="Give this user the folder, or choose another one with TRIPOINT_DATA.",
        ) from error
    _check_owner(home.path, os.geteuid())
    if home.data.exists():
        _check_owner(home.data, account.uid)
    return home


def server_account() -> Account:
    """The user the server runs as: this process's own, or `nobody` when this is root."""
    root = os.geteuid() == 0
    user = pwd.getpwnam(STANDS_IN_FOR_ROOT) if root else _user_of(os.geteuid())
    return Account(user.pw_name, user.pw_uid, user.pw_gid, stands_in=root)


def reachable_programs(programs: Path, home: Home) -> Path:
    """The programs themselves, or a copy beneath `home` when the server's account may not pass to them."""
    if may_pass(programs.resolve(), home.account):
        return programs
    return copy_programs(programs, home.path / "programs")


def may_pass(folder: Path, account: Account) -> bool:
    """Whether `account` may pass every folder down to `folder`, which must exist."""
    for place in (folder, *folder.parents):
        found = place.stat()
        bit = stat.S_IXOTH
        if found.st_uid == account.uid:
            bit = stat.S_IXUSR
        elif found.st_gid == account.gid:
            bit = stat.S_IXGRP
        if not found.st_mode & bit:
            return False
    return True


def make_socket_folder(home: Home) -> Path:
    """A folder only the server's account can enter: in the home, or a short one where that path is too long.

    Raises SetUp when somebody else holds the short path.
    """
    folder = home.path / "socket"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_PATH or not {",", '"'}.isdisjoint(str(folder)):
        name = hashlib.sha256(os.fsencode(home.path)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"tripoint-{home.account.uid}-{name}"
    give_folder(folder, home.account)
    return folder


def give_folder(folder: Path, account: Account) -> None:
    """Make `folder` private to `account`. Raises SetUp when something else already stands there."""
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        found = folder.lstat()  # never through a symbolic link that another user may have put there
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != PRIVATE:
            raise SetUp(
                f"{folder} is needed for the database and is not a private folder of the user {account.name}.",
                remedy="Remove it and start again; if another user made it, ask an administrator.",
            ) from None
        return
    if account.stands_in:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _home_path(folder: Path, account: Account, mode: int) -> Path:
    path = folder.resolve() / "postgres"
    if path.is_symlink():
        if not path.is_dir():
            raise SetUp(
                f"{path} leads to {path.readlink()}, which is gone, and the data with it.",
                remedy="Put that folder back, or remove the link to begin with an empty database.",
            )
        return path.resolve()
    if path.exists() or may_pass(folder.resolve(), account):
        return path
    # Root's own folders are closed to everybody: the database then stands in the system's place for such data.
    _make_folder(ELSEWHERE, mode)
    elsewhere = ELSEWHERE / secrets.token_hex(6)
    path.symlink_to(elsewhere)
    return elsewhere


def _make_folder(folder: Path, mode: int) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=mode, parents=True, exist_ok=True)  # another process may come first


def _check_owner(folder: Path, uid: int) -> None:
    if (owner := folder.stat().st_uid) != uid:
        raise SetUp(
            f"The database in {folder} belongs to the user {_name_of(owner)}.",
            remedy=f"Start the hub as {_name_of(owner)}, or choose another folder with TRIPOINT_DATA.",
        )


def _user_of(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise SetUp(
            f"This process runs as user number {uid}, which has no name, and PostgreSQL needs one.",
            remedy="Start the hub as a user that stands in /etc/passwd.",
        ) from None


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
