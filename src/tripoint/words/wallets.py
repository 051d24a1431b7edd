"""Addresses of crypto-assets read with the checksums that their chains give them: a mistyped one is not taken.

Base58Check (Bitcoin, Tron), Bech32 and Bech32m (BIP 173, BIP 350) and the capitals of Ethereum (EIP-55, Keccak-256).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
ETHEREUM = re.compile(r"0x[0-9a-fA-F]{40}")
BASE58_LENGTH = 25  # bytes: version, hash of 20, checksum of 4
LONGEST_BECH32 = 90
MASK = (1 << 64) - 1
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32_SUMS = {0: 1}  # the checksum's constant by version of the witness; Bech32m from version 1 on
BECH32M_SUM = 0x2BC830A3
ROUNDS = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip
RATE = 136  # bytes that Keccak-256 takes in at a time


class Chain(StrEnum):
    """Where an asset is kept. Of `other` the address is kept as it was written, and not checked."""

    BITCOIN = "bitcoin"
    ETHEREUM = "ethereum"
    TRON = "tron"
    OTHER = "other"


def is_address(chain: Chain, address: str) -> bool:
    """Whether an address can stand on this chain; one of `other` only has to be written."""
    match chain:
        case Chain.BITCOIN:
            return is_base58(address, (0x00, 0x05)) or is_segwit(address, "bc")
        case Chain.TRON:
            return is_base58(address, (0x41,))
        case Chain.ETHEREUM:
            return is_ethereum(address)
        case Chain.OTHER:
            return bool(address.strip())


def is_base58(address: str, versions: Iterable[int]) -> bool:
    """Whether an address is Base58Check of one of these versions: the last 4 bytes are of the double SHA-256."""
    number = 0
    if not 26 <= len(address) <= 35 or any(sign not in ALPHABET for sign in address):
        return False
    for sign in address:
        number = number * 58 + ALPHABET.index(sign)
    if number.bit_length() > BASE58_LENGTH * 8:
        return False
    whole = number.to_bytes(BASE58_LENGTH, "big")
    zeros = len(address) - len(address.lstrip("1"))
    if zeros != len(whole) - len(whole.lstrip(b"\0")):
        return False
    return whole[0] in versions and sha256(sha256(whole[:-4]).digest()).digest()[:4] == whole[-4:]


def is_segwit(address: str, prefix: str) -> bool:
    """Whether an address is Bech32 (version 0) or Bech32m (later ones) under a prefix."""
    if len(address) > LONGEST_BECH32 or address not in (address.lower(), address.upper()):
        return False
    human, _, data = address.lower().rpartition("1")
    if human != prefix or not 14 <= len(data) <= 65 or any(sign not in BECH32 for sign in data):
        return False
    values = [BECH32.index(sign) for sign in data]
    spread = [ord(sign) >> 5 for sign in human] + [0] + [ord(sign) & 31 for sign in human]
    return values[0] <= 16 and polymod([*spread, *values]) == BECH32_SUMS.get(values[0], BECH32M_SUM)


def polymod(values: Iterable[int]) -> int:
    """The checksum of BIP 173."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(GENERATOR):
            check ^= term if top >> place & 1 else 0
    return check


def is_ethereum(address: str) -> bool:
    """Whether an address is 20 bytes in hexadecimal digits and, where it mixes capitals, they are those of EIP-55."""
    if not ETHEREUM.fullmatch(address):
        return False
    body = address[2:]
    if body in (body.lower(), body.upper()):
        return True
    digest = keccak_256(body.lower().encode()).hex()
    pairs = zip(body, digest[: len(body)], strict=True)
    return all(sign.isdigit() or sign.isupper() == (int(nibble, 16) > 7) for sign, nibble in pairs)


def keccak_256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding from before it."""
    padded = bytearray(data) + b"\x01" + bytes(RATE - 1 - len(data) % RATE)
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), RATE):
        for place in range(RATE // 8):
            lanes[place] ^= int.from_bytes(padded[start + 8 * place : start + 8 * place + 8], "little")
        lanes = permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def permuted(lanes: list[int]) -> list[int]:
    """The 24 rounds of Keccak-f[1600] over 25 lanes, lane x + 5 y."""
    for constant in ROUNDS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ turned(columns[(x + 1) % 5], 1) for x in range(5)]
        lanes = [lane ^ mixed[place % 5] for place, lane in enumerate(lanes)]
        x, y, moved = 1, 0, lanes[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            place = x + 5 * y
            moved, lanes[place] = lanes[place], turned(moved, (step + 1) * (step + 2) // 2 % 64)
        lanes = [
            lanes[place] ^ (~lanes[place - place % 5 + (place + 1) % 5] & lanes[place - place % 5 + (place + 2) % 5])
            for place in range(25)
        ]
        lanes[0] ^= constant
    return lanes


def turned(lane: int, by: int) -> int:
    """A lane of 64 bits turned to the left."""
    return ((lane << by) | (lane >> (64 - by))) & MASK
