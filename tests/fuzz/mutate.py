"""Inputs made from examples by small and large damage, the same for the same number wherever they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

LONGEST = 40_000  # bytes
TOKENS = (
    b"\0",
    b"'",
    b'"',
    b"\\",
    b"<",
    b">",
    b"&",
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\x0c",
    b"{",
    b"[",
    b"]",
    b"}",
    b"=",
    b"-",
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    "\u202e".encode(),
    "\u0301".encode(),
    "\u200d".encode(),
    "ﷺ".encode(),
    "𐍈".encode(),
    "İ".encode(),
    "ß".encode(),
    "²".encode(),
    "٣".encode(),
    "一".encode(),
    b"9" * 400,
    b"1e999",
    b"-1",
    b"NaN",
    b"null",
    b"true",
    b"\\ud800",
    b"\\u0000",
    b"9" * 5000,
    b"<!DOCTYPE a [<!ENTITY a 'aaaa'>]>",
    b"&a;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"%s%n",
    b"../../",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"<<<<<<",
    b"0000-00-00",
    b"9999-12-31",
)
Step = Callable[[Random, bytes, Sequence[bytes]], bytes]


def place(dice: Random, data: bytes) -> int:
    return dice.randint(0, len(data))


def changed_byte(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    at = place(dice, data)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def changed_bit(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data)) if data else 0
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :] if data else b"\x01"


def left_out(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    begin, end = sorted((place(dice, data), place(dice, data)))
    return data[:begin] + data[end:]


def token(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    at = place(dice, data)
    return data[:at] + dice.choice(TOKENS) + data[at:]


def again(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    begin = place(dice, data)
    part = data[begin : begin + dice.choice((1, 2, 8, 40))]
    return data[:begin] + part * dice.choice((2, 3, 20, 500, 5000)) + data[begin:]


def spliced(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    other = dice.choice(examples)
    return data[: place(dice, data)] + other[place(dice, other) :]


def cut(dice: Random, data: bytes, examples: Sequence[bytes]) -> bytes:
    return data[: place(dice, data)]


STEPS: tuple[Step, ...] = (changed_byte, changed_bit, left_out, token, token, again, spliced, cut)


def mutations(name: str, examples: Sequence[bytes], runs: int) -> Iterator[bytes]:
    """So many inputs, each an example damaged one to four times; `name` and the run's number decide everything."""
    known = examples or (b"",)
    for run in range(runs):
        dice = Random(f"{name} {run}")
        data = dice.choice(known)
        for _ in range(dice.randint(1, 4)):
            data = dice.choice(STEPS)(dice, data, known)[:LONGEST]
        yield data
