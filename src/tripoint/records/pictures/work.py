"""What officers do with pictures: put them in, look at them, find what shows nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.engines.likeness import ALIKE
from tripoint.records import store as records, work as terms_work
from tripoint.records.codec_terms import audience_from_json
from tripoint.records.model import OWN_ONLY, Level, Terms
from tripoint.records.pictures import rules, store
from tripoint.records.pictures.model import Alike, Picture

KIND = "picture"  # in the trail
MOST_ALIKE = 50


def own_terms(visit: Visit) -> int:
    """The terms of what belongs to nothing yet: the own party alone."""
    return records.terms_for(visit.session, visit.party, Terms(readers=OWN_ONLY, level=Level.NOTHING), None)


def terms_of_report(visit: Visit, which: UUID) -> int:
    """The terms of pictures of an own report: whoever may read the report sees them, and no check meets them."""
    readers = store.readers_of_report(visit.session, which)
    audience = audience_from_json(readers) if readers else OWN_ONLY
    return terms_work.terms_row(visit, Terms(readers=audience, level=Level.NOTHING))


def add(visit: Visit, which: UUID, data: bytes) -> tuple[Picture, bool]:
    """Keep the clean copy of a picture, for the own party alone; and whether it is new.

    The same id with the same file is the same picture. Raises BadInput and TooLarge as `rules.new_picture` does,
    IdReused, Conflict where too many belong to nothing.
    """
    picture = rules.new_picture(which, data)
    known = store.original(visit.session, which)
    if known == (picture.original, visit.party):
        return found(visit, which)[0], False
    if store.loose(visit.session, visit.party) >= rules.MOST_LOOSE:
        raise Conflict("Your party has 200 pictures that belong to nothing.", remedy="Save the records they belong to.")
    if not store.add(visit.session, picture, visit.party, own_terms(visit), visit.officer.id, visit.clock()):
        raise IdReused("This id was already used for another picture.", field="id", remedy="Make a new id.")
    visit.note(AuditNote(Act.ADD_PICTURE, KIND, which, visit.party))
    return found(visit, which)[0], True


def found(visit: Visit, which: UUID) -> tuple[Picture, int]:
    """A picture that the officer may see, and its owner's number. Raises NotFound."""
    here = store.find(visit.session, which)
    if here is None:
        raise NotFound
    return here


def look(visit: Visit, which: UUID) -> tuple[Picture, bytes]:
    """A picture with its bytes; the trail keeps who looked. Raises NotFound."""
    picture, owner = found(visit, which)
    visit.note(AuditNote(Act.READ_PICTURE, KIND, which, owner))
    return picture, store.content(visit.session, which)


def alike(visit: Visit, which: UUID) -> list[Alike]:
    """What shows nearly the same, among all that the officer may see, nearest first. Raises NotFound."""
    _, owner = found(visit, which)
    visit.note(AuditNote(Act.READ_PICTURE, KIND, which, owner))
    return store.alike(visit.session, which, ALIKE, MOST_ALIKE)


def attach(visit: Visit, kind: str, which: UUID, pictures: Sequence[UUID], terms: int) -> None:
    """Let exactly these pictures belong to a record of the own party, shared on its terms (a row of `terms`).

    For desks, within their own transaction. Raises BadInput for more than 20, and for one that is not the own party's
    or belongs to another record.
    """
    if len(pictures) > rules.MOST_OF_ONE:
        raise BadInput("A record has 20 pictures at most.", field="pictures", remedy="Leave some out.")
    wanted = list(dict.fromkeys(pictures))
    if store.hang(visit.session, kind, which, wanted, terms, own_terms(visit)) != len(wanted):
        raise BadInput(
            "A picture is not there, is not your party's or belongs to another record.", field="pictures",
            remedy="Put it in first with POST /api/pictures.",
        )  # fmt: skip
