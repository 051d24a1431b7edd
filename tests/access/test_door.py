from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.town import as_owner, employ, found, rows
from tripoint.access import store
from tripoint.access.door import Caller, Door, csrf_holds, hash_secret
from tripoint.access.model import Act, Role, SignIn
from tripoint.base.database import transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7


def sign_in(csrf: str | None) -> SignIn:
    return SignIn(UUID(int=1), "session", None, csrf, None, datetime(2999, 1, 1, tzinfo=UTC))


def caller(method: str, csrf: str | None, *, by_cookie: bool = True) -> Caller:
    return Caller("secret", by_cookie, csrf, method, UUID(int=2))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_by_cookie_carries_the_sessions_word(method: str) -> None:
    assert csrf_holds(caller(method, "word"), sign_in("word"))
    for sent, kept in ((None, "word"), ("", "word"), ("other", "word"), ("word", None), (None, None), ("", "")):
        assert not csrf_holds(caller(method, sent), sign_in(kept))
    assert csrf_holds(caller(method, None, by_cookie=False), sign_in(None))


def test_reading_needs_no_word() -> None:
    assert csrf_holds(caller("GET", None), sign_in("word"))


def test_only_the_digest_of_a_secret_is_kept() -> None:
    assert hash_secret("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_a_page_does_by_itself_is_no_sign_of_a_person(engine: Engine, database: Servers) -> None:
    officer = employ(database, found(database), Role.VIEWER)
    opened = SignIn(uuid7(), "session", None, "word", None, datetime(2999, 1, 1, tzinfo=UTC))
    with transaction(engine) as session:
        store.open_sign_in(session, hash_secret("kept"), opened, officer.id, timedelta(minutes=30))
    with as_owner(database) as session:
        session.exec_driver_sql(
            "update sign_in set seen_at = now() - interval '9 minutes' where id = %(id)s", {"id": opened.id}
        )
    idle, door = [], Door(engine)
    for by_itself, quiet in ((True, False), (False, True), (False, False)):
        with door.visit(Caller("kept", False, None, "GET", uuid7(), by_itself), Act.SEE_SESSION, quiet=quiet):
            pass
        with as_owner(database) as session:
            idle.append(
                rows(session, "select now() - seen_at > '5 minutes' from sign_in where id = %(id)s", id=opened.id)[0][0]
            )
    assert idle == [True, True, False]
