"""The routes of pictures: put in, looked at, looked for."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from tripoint.access.http import Body
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records.pictures import rules, work
from tripoint.records.pictures.model import Picture

BITS = (1 << 64) - 1
BINARY = {"schema": {"type": "string", "format": "binary"}}
routes = Routes("/api/pictures", "pictures")


class PictureBody(Body):
    """A PNG or JPEG in base64. The id is made by whoever sends it and stays the same at every attempt."""

    id: UUID
    file: Annotated[str, Field(min_length=4, max_length=rules.MOST_BYTES * 4 // 3 + 4)]

    def content(self) -> bytes:
        """The file. Raises BadInput for what is no base64."""
        try:
            return base64.b64decode(self.file, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadInput("The file is not in base64.", field="file", remedy="Send its bytes in base64.") from error


class PictureAnswer(BaseModel):
    """`sha256` is of the copy that is served, `original` of the file as it came; `perceptual` is 64 bits in hex."""

    id: UUID
    owner: str
    kind: str
    width: int
    height: int
    size: int
    sha256: str
    original: str
    perceptual: str
    concerns_kind: str | None
    concerns: UUID | None
    added_at: datetime


class AlikeAnswer(BaseModel):
    """`distance`: how many of the 64 bits differ, 0 to 10."""

    picture: PictureAnswer
    distance: int


class AlikesAnswer(BaseModel):
    pictures: list[AlikeAnswer]


def picture_answer(picture: Picture) -> PictureAnswer:
    """A picture as it goes out."""
    fields = {name: getattr(picture, name) for name in PictureAnswer.model_fields if name != "perceptual"}
    return PictureAnswer(**fields, perceptual=f"{picture.perceptual & BITS:016x}")


@routes.post("", Act.ADD_PICTURE, status_code=201, response_model=PictureAnswer)
def add(visit: Visit, body: PictureBody) -> Response:
    """Put in a picture for the own party; places, times and devices are taken out of it. It belongs to nothing yet."""
    made, new = work.add(visit, body.id, body.content())
    return JSONResponse(picture_answer(made).model_dump(mode="json"), 201 if new else 200)


@routes.get("/{which}", Act.READ_PICTURE, response_class=Response,
            responses={200: {"content": {"image/png": BINARY, "image/jpeg": BINARY}}})  # fmt: skip
def look(visit: Visit, which: UUID) -> Response:
    """The picture itself."""
    picture, content = work.look(visit, which)
    ending = picture.kind.removeprefix("image/")
    named = {"content-disposition": f'attachment; filename="{which}.{ending}"'}
    return Response(content, media_type=picture.kind, headers=named)


@routes.get("/{which}/alike", Act.READ_PICTURE)
def alike(visit: Visit, which: UUID) -> AlikesAnswer:
    """What shows nearly the same among the pictures that one may see: the same thing, or the same photograph."""
    found = work.alike(visit, which)
    return AlikesAnswer(
        pictures=[AlikeAnswer(picture=picture_answer(one.picture), distance=one.distance) for one in found]
    )
