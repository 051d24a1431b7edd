"""Pure decisions about pictures: what is taken, and what a clean copy of it is known by."""

from __future__ import annotations

import io
from hashlib import sha256
from uuid import UUID

from tripoint.base.errors import BadInput
from tripoint.base.pictures import JPEG_START, PNG_START, PictureLimits, broken, check_picture, jpeg_parts, shared_copy
from tripoint.base.uploads import UploadKind, UploadLimits, check_upload
from tripoint.engines.likeness import NotShown, fingerprint
from tripoint.records.pictures.model import NewPicture

MOST_BYTES = 6 * 1024 * 1024
LIMITS = UploadLimits(most=MOST_BYTES, picture=PictureLimits(pixels=25_000_000, side=12_000))
MOST_SCANS = 64  # a JPEG shown in more steps than that costs its decoder far more than its bytes
SCAN = b"\xda"
MOST_OF_ONE = 20  # pictures of one record
MOST_LOOSE = 200  # pictures of one party that belong to nothing yet


def new_picture(which: UUID, data: bytes) -> NewPicture:
    """The clean copy of a PNG or JPEG with what it is known by.

    Raises BadInput for what is no such picture, is something else besides, is damaged or cannot be shown; TooLarge for
    more than 6 MB, 25 million pixels or 12,000 pixels a side.
    """
    kind = kind_of(data)
    check_upload(io.BytesIO(data), kind.value, LIMITS)
    if kind is UploadKind.JPEG and sum(part.name == SCAN for part in jpeg_parts(data)) > MOST_SCANS:
        raise broken("has too many parts")
    clean = shared_copy(data)
    size = check_picture(clean, LIMITS.picture)
    return NewPicture(
        which, kind.value, size.width, size.height, clean, sha256(clean).hexdigest(), sha256(data).hexdigest(),
        known_by(clean),
    )  # fmt: skip


def kind_of(data: bytes) -> UploadKind:
    """PNG or JPEG. Raises BadInput for anything else, a TIFF too: what it holds besides the picture cannot be told."""
    if data.startswith(PNG_START):
        return UploadKind.PNG
    if data.startswith(JPEG_START):
        return UploadKind.JPEG
    raise BadInput("Pictures are PNG or JPEG.", field="file", remedy="Convert it to PNG or JPEG and send that.")


def known_by(clean: bytes) -> int:
    """The fingerprint of a clean copy. Raises BadInput for what no program can show."""
    try:
        return fingerprint(clean)
    except NotShown as error:
        raise broken("cannot be shown") from error
