"""The routes of an officer's own account: passkeys, one-time codes, password, fresh proofs, what else is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from tripoint.access import account, entry, rules
from tripoint.access.codes import work as codes
from tripoint.access.entrance.here import HereNow
from tripoint.access.entrance.shapes import (
    AccountAnswer,
    AddedAnswer,
    BegunAnswer,
    CodeBody,
    EndedAnswer,
    EventAnswer,
    PasskeyAnswer,
    PasskeyBody,
    PasswordBody,
    ProofBody,
    ProofWaysAnswer,
    ProvenAnswer,
    QuestionAnswer,
    RecoveryAnswer,
    RecoveryCodesAnswer,
)
from tripoint.access.http import session_answer, with_session
from tripoint.access.model import Act
from tripoint.access.passkeys import work as passkeys
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput

routes = Routes("/api", "account")


@routes.get("/account", Act.SEE_ACCOUNT)
def see_account(visit: Visit, here: HereNow) -> AccountAnswer:
    """One's own account: passkeys, one-time codes, and what lately happened to it."""
    seen = account.see(visit)
    return AccountAnswer(
        sign_in_name=seen.sign_in_name, codes=seen.factors.codes, recovery_codes=seen.factors.recovery,
        passkeys=[PasskeyAnswer.model_validate(one, from_attributes=True) for one in seen.passkeys],
        events=[EventAnswer.model_validate(one, from_attributes=True) for one in seen.events],
        can_add_passkeys=here.knows_passkeys,
    )  # fmt: skip


@routes.post("/account/passkeys/question", Act.ADD_PASSKEY)
def begin_passkey(visit: Visit, here: HereNow) -> QuestionAnswer:
    """What the browser needs to have a passkey made; it holds for two minutes."""
    return QuestionAnswer(public_key=passkeys.begin_adding(visit, here.site()))


@routes.post("/account/passkeys", Act.ADD_PASSKEY, status_code=201, response_model=AddedAnswer)
def add_passkey(visit: Visit, here: HereNow, body: PasskeyBody) -> Response:
    """Keep the passkey that a device made. A session that might only enrol is free from here on."""
    credential = body.credential
    which = passkeys.finish_adding(
        visit, here.site(), name=body.name, answer=credential.model_dump(), ways=tuple(credential.response.transports)
    )
    return enrolled(visit, lambda freed: AddedAnswer(id=which, session=session_answer(freed)), 201)


@routes.delete("/account/passkeys/{which}", Act.REMOVE_PASSKEY, status_code=204)
def remove_passkey(visit: Visit, which: UUID) -> Response:
    """Remove one of one's passkeys; it opens nothing any more."""
    passkeys.remove(visit, which)
    return Response(status_code=204)


@routes.post("/account/code", Act.SET_CODES)
def begin_code(visit: Visit, here: HereNow) -> BegunAnswer:
    """A new secret for an authenticator application, shown this once; it counts when its first code was shown."""
    name = account.see(visit).sign_in_name
    begun = codes.begin(visit, here.keys, name)
    return BegunAnswer(secret=begun.secret, address=begun.address, picture=begun.picture)


@routes.post("/account/code/first", Act.SET_CODES, response_model=RecoveryAnswer)
def confirm_code(visit: Visit, here: HereNow, body: CodeBody) -> Response:
    """The first code of the new secret; gives ten recovery codes, shown this once."""
    made = codes.confirm(visit, here.keys, body.code.get_secret_value())
    return enrolled(visit, lambda freed: RecoveryAnswer(recovery_codes=made, session=session_answer(freed)), 200)


@routes.delete("/account/code", Act.REMOVE_CODES, status_code=204)
def remove_code(visit: Visit) -> Response:
    """Remove one's one-time code."""
    codes.remove(visit)
    return Response(status_code=204)


@routes.post("/account/recovery-codes", Act.SET_CODES)
def renew_recovery_codes(visit: Visit) -> RecoveryCodesAnswer:
    """Ten new recovery codes, shown this once; earlier ones open nothing any more."""
    return RecoveryCodesAnswer(recovery_codes=codes.renew_recovery_codes(visit))


@routes.put("/account/password", Act.CHANGE_PASSWORD, status_code=204)
def change_password(visit: Visit, here: HereNow, body: PasswordBody) -> Response:
    """Take a new password, knowing the present one; every other session and token ends."""
    current, new = body.current.get_secret_value(), body.new.get_secret_value()
    return with_session(Response(status_code=204), account.change_password(visit, here.rules, current=current, new=new))


@routes.post("/account/end-others", Act.END_OTHER_SIGN_INS)
def end_others(visit: Visit) -> EndedAnswer:
    """End every other session and token of one's own at once."""
    return EndedAnswer(ended=account.end_others(visit))


@routes.post("/session/proof/question", Act.PROVE)
def ways_to_prove(visit: Visit, here: HereNow) -> ProofWaysAnswer:
    """By what one can prove oneself again: a passkey or code, or the password where there is neither."""
    factors = account.see(visit).factors
    question = passkeys.begin_proving(visit, here.site()) if factors.passkeys and here.knows_passkeys else None
    return ProofWaysAnswer(password=not factors.enrolled, code=factors.codes, public_key=question)


@routes.post("/session/proof", Act.PROVE, response_model=ProvenAnswer)
def prove(visit: Visit, here: HereNow, body: ProofBody) -> Response:
    """Prove again who sits there; acts that want it may be done for five minutes."""
    given = [one for one in (body.password, body.code, body.credential) if one is not None]
    if len(given) != 1:
        raise BadInput("One proof is wanted.", field="body", remedy="Send a password, a code or a passkey's answer.")
    shown = body.credential
    secret = account.prove(
        visit, here.keys, password=body.password.get_secret_value() if body.password else None,
        code=body.code.get_secret_value() if body.code else None,
        by_passkey=(lambda: passkeys.proves(visit, here.site(), shown.model_dump())) if shown else None,
    )  # fmt: skip
    answer = ProvenAnswer(holds_until=visit.clock() + rules.PROOF_HOLDS)
    return with_session(JSONResponse(answer.model_dump(mode="json")), secret)


@routes.delete("/officers/{which}/factors", Act.RESET_FACTORS, status_code=204)
def reset_factors(visit: Visit, which: UUID) -> Response:
    """Remove the second factors of an officer of the own party who lost them; what he had open ends."""
    account.reset_factors(visit, which)
    return Response(status_code=204)


def enrolled(visit: Visit, answer: Callable[[Visit], BaseModel], status: int) -> Response:
    """The answer to an enrolment; a session that might only enrol gets a new secret and is free."""
    if visit.sign_in.acts is None:
        return JSONResponse(answer(visit).model_dump(mode="json"), status)
    secret = entry.renewed(visit, None)
    freed = replace(visit, sign_in=replace(visit.sign_in, acts=None))
    return with_session(JSONResponse(answer(freed).model_dump(mode="json"), status), secret)
