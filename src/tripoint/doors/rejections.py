"""What the commands over whole files tell on the way: how far they are, and which lines and fields were not taken."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tripoint.bulk.lists import Complaint

MOST_SHOWN = 10
NOTHING_READ = 2  # exit status
Entry = TypeVar("Entry")


class Rejections:
    """Counts complaints; tells the first few on the error output, and each as a JSON line in the file where given."""

    def __init__(self, stream: TextIO | None = None, *, console: Console | None = None) -> None:
        self.stream, self.console = stream, console or Console(stderr=True)
        self.kept_out = self.left_out = 0
        self.file = ""  # which of several files the lines are of

    def __call__(self, found: Complaint) -> None:
        """Take one complaint."""
        self.kept_out += found.kept_out
        self.left_out += not found.kept_out
        told = self.kept_out + self.left_out
        if self.stream:
            print(json.dumps(self.of_file() | asdict(found), ensure_ascii=False), file=self.stream)
        if told <= MOST_SHOWN:
            what = "kept out" if found.kept_out else "taken without it"
            text = f"{self.file} line {found.line} ({what}): {found.field} {found.reason}; {found.remedy}"
            self.console.print(text.lstrip(), markup=False, highlight=False, soft_wrap=True)
        elif told == MOST_SHOWN + 1 and not self.stream:
            self.console.print("There are more: --rejected FILE lists every one.")

    def of_file(self) -> dict[str, str]:
        """The file as a field, where there are several."""
        return {"file": self.file} if self.file else {}

    def close_with(self, taken: int, sentence: str) -> None:
        """Say the counts; end with status 2 where nothing could be read."""
        counts = f"{self.kept_out:,} lines kept out, {self.left_out:,} fields left out"
        self.console.print(f"{sentence} {counts}.", markup=False, highlight=False, soft_wrap=True)
        if not taken:
            self.console.print("Nothing could be read.", style="bold red")
            raise typer.Exit(NOTHING_READ)


@contextmanager
def rejections_into(path: Path | None) -> Generator[Rejections]:
    """A place for complaints; the file is made where a path is given."""
    if path is None:
        yield Rejections()
        return
    with path.open("w", encoding="utf-8") as stream:
        yield Rejections(stream)


@contextmanager
def bar(title: str) -> Generator[Progress]:
    """Bars on the error output, for a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(title, total=None, done="")
        yield progress


def followed(entries: Iterable[Entry], stream: BinaryIO, progress: Progress, every: int = 500) -> Iterator[Entry]:
    """The entries, telling the newest bar how far the file they come from has been read."""
    task = progress.tasks[-1].id
    size = os.fstat(stream.fileno()).st_size
    for number, entry in enumerate(entries, 1):
        if number % every == 0:
            progress.update(task, completed=stream.tell(), total=size, done=f"{number:,}")
        yield entry
