"""An officer's own account: what opens it, a new password, fresh proofs, and what else is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tripoint.access import entry, entry_store, proof, rules, store
from tripoint.access.codes import work as codes
from tripoint.access.entry import EntryRules
from tripoint.access.entry_store import Event, Factors
from tripoint.access.model import Act, AuditNote
from tripoint.access.passkeys import store as passkeys
from tripoint.access.passkeys.store import Passkey
from tripoint.access.visit import Visit
from tripoint.base.database import stand_under, transaction
from tripoint.base.errors import BadInput, LockedOut, NotAllowed, NotFound, ProofRefused
from tripoint.base.keyring import KeyRing

MOST_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """An account as its officer sees it: how he signs in, by what, and what lately happened."""

    sign_in_name: str
    factors: Factors
    passkeys: list[Passkey]
    events: list[Event]


def see(visit: Visit) -> Seen:
    """The officer's own account, with failed attempts upon it (OWASP ASVS 5.0 6.3.5, 6.3.7)."""
    officer = visit.officer.id
    account = store.accounts(visit.session, officer)[0]
    return Seen(
        account.sign_in_name, entry_store.factors_of(visit.session, officer), passkeys.my_passkeys(visit.session),
        entry_store.events_of(visit.session, officer, MOST_EVENTS),
    )  # fmt: skip


def change_password(visit: Visit, entry_rules: EntryRules, *, current: str, new: str) -> str:
    """Take a new password, who knows the present one; every other sign-in of the officer ends.

    Gives the session's new secret; who had to choose his own is free, or goes on to enrol a second factor.
    Raises ProofRefused, LockedOut, or BadInput for a bad new one and for the one that was given.
    """
    proven_or_counted(visit, lambda: right_password(visit, current), field="current")
    if visit.sign_in.acts == rules.CHOOSING and current == new:
        raise BadInput("This is the password that was given to you.", field="new", remedy="Choose one of your own.")
    account = store.accounts(visit.session, visit.officer.id)[0]
    store.set_password(visit.session, visit.officer.id, proof.hash_password(new, account.sign_in_name))
    entry_store.end_other_sign_ins(visit.session, visit.sign_in.id)
    visit.note(AuditNote(visit.act, "officer", visit.officer.id, visit.party))
    enrolled = entry_store.factors_of(visit.session, visit.officer.id).enrolled
    return entry.renewed(visit, entry_rules.confines(enrolled=enrolled), "password")


def prove(
    visit: Visit, keys: KeyRing, *, password: str | None = None, code: str | None = None,
    by_passkey: Callable[[], bool] | None = None,
) -> str:  # fmt: skip
    """Prove again that it is the officer who sits there; it holds for five minutes. Gives the session's new secret.

    By passkey or one-time code where he has one, by password only where he has neither.
    Raises ProofRefused, or LockedOut after five failures within 15 minutes in this session.
    """
    enrolled = entry_store.factors_of(visit.session, visit.officer.id).enrolled
    method = ""

    def shown() -> bool:
        nonlocal method
        if by_passkey is not None:
            method = "passkey"
            return by_passkey()
        if code is not None:
            method = codes.accepted(visit.session, keys, visit.officer.id, code, visit.clock()) or ""
            return bool(method)
        method = "password"
        return not enrolled and password is not None and right_password(visit, password)

    proven_or_counted(visit, shown)
    visit.note(AuditNote(visit.act, "sign_in", visit.sign_in.id, visit.party))
    return entry.renewed(visit, visit.sign_in.acts, method)


def proven_or_counted(visit: Visit, shown: Callable[[], bool], field: str | None = None) -> None:
    """Let pass whoever shows it; count and write down every failure in a transaction of its own, which stays.

    Failures count against this session, so that nobody outside can keep an officer from proving himself. Raises
    Unavailable where too many others prove themselves; that counts as no failure.
    """
    engine, counted = visit.session.engine, f"{proof.COUNTED}proof {visit.sign_in.id}"
    proof.nobodys_hash()  # made in a turn of its own, ahead of ours
    with proof.one_of_few():
        with transaction(engine) as session:
            locked = store.begin_attempt(session, counted).locked
        proven = not locked and shown()
    if proven:
        store.attempt_succeeded(visit.session, counted)
        return
    with transaction(engine) as session:
        stand_under(session, visit.party, visit.officer.id)
        store.write_entry(
            session, act=visit.act, party=visit.party, officer=visit.officer.id, request=visit.request,
            outcome="locked_out" if locked else "refused",
        )  # fmt: skip
    if locked:
        raise LockedOut
    raise ProofRefused(field=field, remedy="Try again; after five failures wait 15 minutes.")


def right_password(visit: Visit, password: str) -> bool:
    """Whether it is the officer's own. Whoever calls this has his turn at hashing already."""
    return proof.verified(entry_store.my_password(visit.session) or proof.nobodys_hash(), password)


def end_others(visit: Visit) -> int:
    """End every other session and token of the officer; how many ended."""
    ended = entry_store.end_other_sign_ins(visit.session, visit.sign_in.id)
    visit.note(AuditNote(visit.act, "officer", visit.officer.id, visit.party))
    return ended


def reset_factors(visit: Visit, officer: UUID) -> None:
    """Remove the second factors of an officer who lost them; what he had open ends, and he enrols anew.

    An administrator sees who stands before him first. Raises NotFound for another party's officer, NotAllowed for
    oneself.
    """
    if officer == visit.officer.id:
        raise NotAllowed("Nobody resets his own second factors.", remedy="Ask another administrator of your party.")
    for account in store.accounts(visit.session, officer):
        rules.check_may_act_on(visit.officer.roles, account.roles)
    if not entry_store.reset_factors(visit.session, officer):
        raise NotFound
    store.end_sign_ins_of(visit.session, officer)
    visit.note(AuditNote(Act.RESET_FACTORS, "officer", officer, visit.party))
