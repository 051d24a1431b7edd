"""A sealed trail as a file: one JSON value a line, all that a verifier needs and in the order it wants it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from tripoint.access.sealing.checking import End, Fault, Filler, Item, Sealed, Waiting, Wrong
from tripoint.access.sealing.model import Countersignature, LogKey, SignedHead, Witness
from tripoint.base.errors import BadInput
from tripoint.engines.merkle.canonical import canonical, moment, read_moment, row_bytes
from tripoint.engines.merkle.heads import TreeHead


def line_of(item: Item) -> bytes:
    """One item as a line, without its end."""
    match item:
        case Sealed():
            row = row_bytes(item.row) if item.row is not None else b"null"
            before = f'{{"kind":"row","leaf":"{item.leaf.hex()}","position":{item.position},"row":'
            return before.encode() + row + f',"seq":{item.seq}}}'.encode()
        case Waiting():
            return b'{"kind":"waiting","row":' + row_bytes(item.row) + b"}"
        case Fault():
            raise TypeError("a fault is no part of a trail")
    return canonical(fields_of(item))


def fields_of(item: Filler | LogKey | Witness | Countersignature | SignedHead | End) -> dict[str, Any]:
    """The JSON values of an item that is no row."""
    match item:
        case Filler():
            return {
                "kind": "filler", "leaf": item.leaf.hex(), "nonce": item.nonce.hex(), "position": item.position,
            }  # fmt: skip
        case SignedHead():
            return {"kind": "head", **head_json(item)}
        case LogKey():
            return {
                "kind": "key", "number": item.number, "key": item.public_key.hex(), "from_size": item.from_size,
                "at": moment(item.at), "signature": item.signature.hex() if item.signature else None,
            }  # fmt: skip
        case Witness():
            return {
                "kind": "witness", "id": str(item.id), "party": item.party, "key": item.public_key.hex(),
                "at": moment(item.at),
            }  # fmt: skip
        case Countersignature():
            return {
                "kind": "countersignature", "size": item.size, "witness": str(item.witness), "party": item.party,
                "at": moment(item.at), "signature": item.signature.hex(),
            }  # fmt: skip
        case End():
            return {"kind": "end", "rows": item.rows}


def items_of(lines: Iterable[bytes]) -> Iterator[Item]:
    """The items of a file's lines; a line that is none becomes a Fault."""
    for number, line in enumerate(lines, 1):
        try:
            yield item_of(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            yield Fault(Wrong.FILE, f"Line {number} is no line of a sealed trail.")


def item_of(said: dict[str, Any]) -> Item:
    """An item from its JSON values. Raises KeyError, TypeError or ValueError for anything else."""
    match said["kind"]:
        case "row":
            return Sealed(whole(said["position"]), whole(said["seq"]), bytes.fromhex(said["leaf"]), row_of(said["row"]))
        case "filler":
            return Filler(whole(said["position"]), bytes.fromhex(said["nonce"]), bytes.fromhex(said["leaf"]))
        case "head":
            return head_from_json(said)
        case "key":
            signature = said["signature"]
            return LogKey(
                whole(said["number"]), bytes.fromhex(said["key"]), whole(said["from_size"]), read_moment(said["at"]),
                bytes.fromhex(signature) if signature is not None else None,
            )  # fmt: skip
        case "witness":
            return Witness(UUID(said["id"]), str(said["party"]), bytes.fromhex(said["key"]), read_moment(said["at"]))
        case "countersignature":
            return Countersignature(
                whole(said["size"]), UUID(said["witness"]), str(said["party"]), read_moment(said["at"]),
                bytes.fromhex(said["signature"]),
            )  # fmt: skip
        case "waiting":
            return Waiting(said["row"] if isinstance(said["row"], dict) else {})
        case "end":
            return End(whole(said["rows"]))
    raise ValueError("no kind of item")


def whole(value: Any) -> int:
    """A whole number. Raises TypeError for anything else, true and false included."""
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def row_of(value: Any) -> dict[str, Any] | None:
    """A row's values, None where it is gone. Raises TypeError for anything else."""
    if value is not None and not isinstance(value, dict):
        raise TypeError("no row")
    return value


def head_json(signed: SignedHead) -> dict[str, Any]:
    """A signed head as parties are given it."""
    return {"head": signed.head.as_json(), "key": signed.key, "signature": signed.signature.hex()}


def head_from_json(said: dict[str, Any]) -> SignedHead:
    """The signed head that `head_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return SignedHead(TreeHead.from_json(said["head"]), whole(said["key"]), bytes.fromhex(said["signature"]))


def read_head(text: bytes, name: str) -> SignedHead:
    """A head from a file, such as the answer of GET /api/audit/head. Raises BadInput for anything else."""
    try:
        return head_from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(
            f"{name} holds no signed head.", field="head", remedy="Give the answer of GET /api/audit/head as a file."
        ) from error
