"""Published vectors: proofs of RFC 6962, canonical JSON of RFC 8785, signatures of RFC 8032 (Wycheproof)."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tripoint.engines.merkle.canonical import canonical
from tripoint.engines.merkle.heads import signed_by
from tripoint.engines.merkle.proofs import consistent, included

Folder = Callable[[str], Path]


def vectors(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(str(file.relative_to(folder)), json.loads(file.read_text())) for file in sorted(folder.rglob("*.json"))]


def test_inclusion_as_published(data_folder: Folder) -> None:
    wrong, cases = [], vectors(data_folder("sharing/vectors/rfc6962") / "testdata" / "inclusion")
    for name, case in cases:
        leaf, root = b64decode(case["leafHash"] or ""), b64decode(case["root"] or "")
        proof = [b64decode(hash) for hash in case["proof"] or []]
        if included(leaf, case["leafIdx"], case["treeSize"], proof, root) == case["wantErr"]:
            wrong.append(name)
    assert len(cases) > 90
    assert wrong == []


def test_consistency_as_published(data_folder: Folder) -> None:
    wrong, cases = [], vectors(data_folder("sharing/vectors/rfc6962") / "testdata" / "consistency")
    for name, case in cases:
        roots = (b64decode(case["root1"] or ""), b64decode(case["root2"] or ""))
        proof = [b64decode(hash) for hash in case["proof"] or []]
        if consistent(case["size1"], case["size2"], *roots, proof) == case["wantErr"]:
            wrong.append(name)
    assert len(cases) > 90
    assert wrong == []


def test_canonical_json_as_published(data_folder: Folder) -> None:
    folder = data_folder("sharing/vectors/jcs") / "testdata"
    files = sorted((folder / "input").glob("*.json"))
    assert len(files) == 6
    for file in files:
        assert canonical(json.loads(file.read_text())) == (folder / "output" / file.name).read_bytes(), file.name


def test_signatures_as_published(data_folder: Folder) -> None:
    groups = json.loads((data_folder("sharing/vectors/wycheproof") / "ed25519_test.json").read_text())["testGroups"]
    cases = [(group["publicKey"]["pk"], case) for group in groups for case in group["tests"]]
    assert len(cases) > 100
    for key, case in cases:
        holds = signed_by(bytes.fromhex(key), bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
        assert holds == (case["result"] == "valid"), case
