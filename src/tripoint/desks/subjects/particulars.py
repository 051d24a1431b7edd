"""Who asks is sealed: a data key for each request, destroyed with it, so that no backup keeps the name either."""

from __future__ import annotations

import json
from uuid import UUID

from tripoint.access.visit import Visit
from tripoint.base.errors import Gone
from tripoint.desks.subjects import store
from tripoint.desks.subjects.model import Request
from tripoint.engines.sealing import (
    KeyGone,
    KeyPlace,
    Place,
    SealBroken,
    Sealed,
    Share,
    new_key,
    seal,
    unseal,
    unwrap,
    wrap,
)
from tripoint.records.codec import description_from_json, description_to_json
from tripoint.records.sealed import store as keys
from tripoint.records.sealed.model import DataKeyRow
from tripoint.words.people import PersonDescription

FIELD = "particulars"


def put(visit: Visit, which: UUID, person: PersonDescription) -> Sealed:
    """The particulars of a new request, sealed under a data key that the receiving party's key wraps."""
    code, data_key = visit.officer.party.code, new_key()
    current = visit.keys.current(code)
    ((slot, share),) = visit.keys.add_shares(1)
    wrapped = wrap(data_key, current.secret, Share(share), KeyPlace(which, code, current.number))
    keys.add_keys(visit.session, visit.party, [DataKeyRow(which, slot, current.number, wrapped)])
    plain = json.dumps(description_to_json(person), ensure_ascii=False).encode()
    return seal(data_key, Place(which, FIELD, 1), plain)


def opened(visit: Visit, request: Request) -> PersonDescription | None:
    """Who asks; None once erased. Raises Gone where the key is not here any more."""
    row = store.key_of(visit.session, request.id)
    if request.sealed is None or row is None:
        return None
    owners = visit.keys.key(request.party, row.owner_key)
    if owners is None:
        raise Gone("The key of this request is not here; nothing can open it.")
    try:
        place = KeyPlace(request.id, request.party, row.owner_key)
        data_key = unwrap(row.wrapped, owners.secret, Share(visit.keys.share(row.slot)), place)
        return description_from_json(json.loads(unseal(data_key, Place(request.id, FIELD, 1), request.sealed)))
    except (KeyGone, SealBroken) as fault:
        raise Gone("The key of this request was destroyed; nothing can open it.") from fault
