"""The writer: what it publishes is seen whole by every process, in place or at the next refresh, whatever happens."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.screening.index.invented import batch, named, people, reference, references, shared_words
from tripoint.engines.screening.index import Batch, Index, IndexDamaged, Writer, build, open_index, writing
from tripoint.engines.screening.index.joining import join
from tripoint.engines.screening.people import encode

TARSUN = named("Tarsun Vilmar")


def refs(index: Index, name: str = "Tarsun Vilmar", levels: Any = None) -> list[bytes]:
    index.refresh()
    return [found.ref for found in index.search(named(name), levels, 50)]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path, durable=False) as writer:
        yield writer


def test_what_is_appended_is_found_after_the_flush(writer: Writer) -> None:
    index = open_index(writer.folder, shared_words)
    writer.append(batch([TARSUN]))
    assert refs(index) == []
    writer.flush("a place in the feed")
    assert not index.search(TARSUN, None, 5)
    assert index.refresh()
    assert not index.refresh()
    assert (refs(index), index.note, len(index)) == ([reference(0)], "a place in the feed", 1)


def test_what_is_retired_or_restricted_changes_at_once(writer: Writer) -> None:
    writer.append(batch([TARSUN, TARSUN], audiences=[1, 1]))
    writer.flush()
    index = open_index(writer.folder, shared_words)
    levels = np.array([0, 3], dtype=np.uint8)
    assert writer.set_audience([reference(0), reference(9)], [0, 0]) == 1
    assert [found.ref for found in index.search(TARSUN, levels, 5)] == [reference(1)]
    assert writer.retire([reference(1)]) == 1
    assert index.search(TARSUN, levels, 5) == []
    assert writer.retire([reference(1), reference(7)]) == 0


def test_a_record_appended_again_replaces_the_earlier_in_one_step(writer: Writer) -> None:
    writer.append(batch([TARSUN]))
    writer.flush()
    index = open_index(writer.folder, shared_words)
    writer.append(batch([named("Kolbert Zan")]))
    assert refs(index) == [reference(0)]
    writer.flush()
    assert [found.ref for found in index.search(TARSUN, None, 5)] == [reference(0)]  # until it refreshes
    assert (refs(index), refs(index, "Kolbert Zan")) == ([], [reference(0)])


def test_of_one_reference_the_last_counts(writer: Writer) -> None:
    same = references([5, 5, 5])
    writer.append(Batch(same, np.zeros(3, np.int32), encode([TARSUN, TARSUN, named("Kolbert Zan")])))
    writer.append(Batch(same[:1].view("V16").reshape(-1), np.zeros(1, np.int32), encode([named("Fedun Sha")])))
    writer.flush()
    index = open_index(writer.folder, shared_words)
    assert (refs(index), refs(index, "Kolbert Zan"), refs(index, "Fedun Sha")) == ([], [], [reference(5)])
    writer.append(batch([TARSUN], 5))
    writer.retire([reference(5)])
    writer.flush()
    assert (refs(index), refs(index, "Fedun Sha")) == ([], [])


def test_merging_keeps_every_answer_and_few_segments(writer: Writer) -> None:
    index = open_index(writer.folder, shared_words)
    crowd = people(60)
    for at, person in enumerate(crowd):
        writer.append(batch([person], at))
        if at % 3 == 2:
            writer.retire([reference(at - 1)])
        writer.flush()
        writer.merge_some()
    assert len(writer.published) <= 8
    for at, person in enumerate(crowd):
        assert (reference(at) in refs(index, person.names[0].full)) is (at % 3 != 1)
    files = {path.stem for path in writer.folder.glob("*.segment")}
    assert files == {f"{segment.number:08d}" for segment in writer.published}


def test_merging_leaves_nothing_where_all_are_dead(writer: Writer) -> None:
    for at in range(5):
        writer.append(batch([TARSUN], at))
        writer.flush()
    writer.retire(map(reference, range(5)))
    while writer.merge_some():
        pass
    assert writer.published == []
    assert refs(open_index(writer.folder, shared_words)) == []


def test_what_changes_during_a_merge_is_not_lost(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(4):
        writer.append(batch([TARSUN], at, [1]))
        writer.flush()

    def meanwhile(*args: Any, **how: Any) -> None:
        join(*args, **how)
        writer.retire([reference(0)])
        writer.set_audience([reference(1)], [0])
        writer.append(batch([TARSUN], 2, [1]))
        writer.append(batch([TARSUN], 9, [1]))

    monkeypatch.setattr(writing, "join", meanwhile)
    assert writer.merge_some()
    index = open_index(writer.folder, shared_words)
    levels = np.array([0, 3], dtype=np.uint8)
    assert refs(index, levels=levels) == [reference(2), reference(3)]
    writer.flush()
    assert refs(index, levels=levels) == [reference(3), reference(2), reference(9)]


@pytest.mark.parametrize("step", ["write_manifest", "write_segment", "write_state", "join"])
def test_a_crash_at_any_step_leaves_the_last_manifest_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with Writer(tmp_path, durable=False) as writer:
        for at in range(4):
            writer.append(batch([TARSUN], at))
            writer.flush()
        with monkeypatch.context() as patch:
            patch.setattr(writing, step, fail)
            for act in (lambda: writer.append(batch([named("Kolbert Zan")], 0)), writer.flush, writer.merge_some):
                with suppress(OSError):
                    act()
    with Writer(tmp_path) as again:
        index = open_index(tmp_path, shared_words)
        everybody = {*refs(index), *refs(index, "Kolbert Zan")}
        assert everybody == set(map(reference, range(4)))
        files = {path.name for path in tmp_path.iterdir()} - {"manifest.json", "writer.lock"}
        assert len(files) == 2 * len(again.published)


def fail(*args: Any, **how: Any) -> None:
    raise OSError("the disk is full")


def test_a_build_replaces_all_at_once_and_readers_keep_the_old_until_then(tmp_path: Path) -> None:
    build(tmp_path, [batch([TARSUN] * 3)])
    index = open_index(tmp_path, shared_words)
    seen: list[tuple[int, int]] = []
    build(
        tmp_path,
        [batch([named("Kolbert Zan")], at) for at in (0, 1, 1)],
        lambda done: seen.append((done, len(refs(index)))),
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert (refs(index), len(refs(index, "Kolbert Zan"))) == ([], 2)
    assert len(list(tmp_path.glob("*.segment"))) == 1


def test_there_is_one_writer_only(writer: Writer) -> None:
    with pytest.raises(IndexDamaged, match="another process"):
        Writer(writer.folder)
    writer.close()
    Writer(writer.folder).close()


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (Batch(references([1, 2]), np.zeros(1, np.int32), encode([TARSUN])), "2 references"),
        (Batch(references([1]), np.zeros(2, np.int32), encode([TARSUN])), "2 audiences"),
        (Batch(np.zeros((1, 8), np.uint8), np.zeros(1, np.int32), encode([TARSUN])), "16 bytes"),
    ],
)
def test_a_batch_that_does_not_fit_is_refused(writer: Writer, bad: Batch, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        writer.append(bad)
    with pytest.raises(ValueError, match="16 bytes"):
        writer.retire([b"short"])


def reader(folder: str, wire: Connection) -> None:
    """Another process: tells the moment each expected answer is first seen."""
    index = open_index(folder, shared_words)
    refs(index)  # so that all that is compiled is loaded
    wire.send("ready")
    while (expected := wire.recv()) is not None:
        while refs(index, levels=np.array([0, 3], dtype=np.uint8)) != expected:
            time.sleep(0.001)
        wire.send(time.monotonic())


def test_another_process_sees_each_change_within_a_tenth_of_a_second(writer: Writer) -> None:
    writer.append(batch([TARSUN], 1, [1]))
    writer.flush()

    def add_another() -> None:
        writer.append(batch([TARSUN], 2, [1]))
        writer.flush()

    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=reader, args=(str(writer.folder), there))
    process.start()
    try:
        assert here.recv() == "ready"
        steps: list[tuple[Callable[[], object], list[bytes]]] = [
            (add_another, [reference(1), reference(2)]),
            (lambda: writer.set_audience([reference(1)], [0]), [reference(2)]),
            (lambda: writer.retire([reference(2)]), []),
        ]
        for act, expected in steps:
            act()
            done = time.monotonic()
            here.send(expected)
            assert here.poll(20)
            assert here.recv() - done < 0.1 + 0.4  # the rest is for a loaded machine
        here.send(None)
    finally:
        here.close()
        process.join(20)
        assert process.exitcode == 0


def test_threads_search_while_the_writer_works(writer: Writer) -> None:
    """A record that is appended over and over is never seen twice and never missing."""
    writer.append(batch([TARSUN]))
    writer.flush()
    index, stop, wrong = open_index(writer.folder, shared_words), threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            if (found := refs(index)) != [reference(0)]:
                wrong.append(found)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for at in range(60):
        writer.append(batch([named("Tarsun Vilmar", f"Other {at}")]))
        writer.flush()
        writer.merge_some()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_whoever_was_erased_is_out_of_the_files_after_a_day(writer: Writer) -> None:
    writer.append(batch([named("Oldrik Vanquish"), *[TARSUN] * 9]))
    writer.flush()
    writer.retire([reference(0)])
    assert not writer.merge_some()  # one in ten dead: not worth it yet
    writer.clock = lambda: time.time() + writing.FORGOTTEN_AFTER + 1
    assert writer.merge_some()
    index = open_index(writer.folder, shared_words)
    assert len(refs(index)) == 9
    assert [len(segment) for segment in writer.published] == [9]
    writer.clock = lambda: time.time() + 3 * writing.FORGOTTEN_AFTER
    assert not writer.merge_some()  # nobody dead is left
