"""One family of errors: each carries a status for the door and a sentence a person can act on."""

from __future__ import annotations


class TripointError(Exception):
    """Something went wrong on our side; nothing was kept."""

    status = 500
    code = "internal"

    def __init__(self, sentence: str | None = None, *, field: str | None = None, remedy: str | None = None) -> None:
        self.sentence = sentence or (self.__doc__ or "").strip()
        self.field = field
        self.remedy = remedy
        super().__init__(self.sentence)


class BadInput(TripointError):
    """What was sent cannot be read."""

    status = 422
    code = "bad_field"


class NotSignedIn(TripointError):
    """Sign in first."""

    status = 401
    code = "not_signed_in"


class WrongCredentials(TripointError):
    """Name or password is wrong."""

    status = 401
    code = "wrong_credentials"


class SecondFactorNeeded(TripointError):
    """The password alone does not open this account."""

    status = 401
    code = "second_factor_needed"


class DeviceNotAssessed(TripointError):
    """Administrators of this hub come in from devices that their party's sign-in service has looked at."""

    status = 401
    code = "device_not_assessed"


class LockedOut(TripointError):
    """Too many failed attempts; wait 15 minutes or ask your party's administrator."""

    status = 429
    code = "locked_out"


class TooMany(TripointError):
    """Too many requests in a short time."""

    status = 429
    code = "too_many"

    def __init__(self, sentence: str | None = None, *, wait: int = 1) -> None:
        self.wait = wait  # seconds; told in the header Retry-After
        super().__init__(sentence, remedy=f"Try again in {wait} seconds; a program must ask less often.")


class TooMuchRead(TooMany):
    """You have opened more records within an hour than is usual; your data protection officer has been told."""

    code = "too_much_read"


class NotAllowed(TripointError):
    """Your role does not allow this; ask your party's administrator."""

    status = 403
    code = "not_allowed"


class StepUpNeeded(TripointError):
    """This act wants a fresh proof of who you are."""

    status = 403
    code = "step_up_needed"


class ProofRefused(TripointError):
    """This does not prove who you are."""

    status = 403
    code = "wrong_proof"


class NotFound(TripointError):
    """There is nothing here that you may see."""

    status = 404
    code = "not_found"


class Conflict(TripointError):
    """This cannot be done in the present state."""

    status = 409
    code = "conflict"


class IdReused(BadInput):
    """This id was already used for another question; make a new id."""

    code = "id_reused"


class StillAnswering(Conflict):
    """The same question is being answered; ask again in a moment."""

    code = "still_answering"


class Gone(TripointError):
    """This was here once; its key was destroyed, and nothing can open it any more."""

    status = 410
    code = "gone"


class TooLarge(TripointError):
    """The body is too large; send less at once."""

    status = 413
    code = "too_large"


class Unavailable(TripointError):
    """The database does not answer; nothing was kept, try again in a moment."""

    status = 503
    code = "unavailable"


class DiskFull(Unavailable):
    """The hub's disk is full: it can be read, but takes nothing new; nothing of this was kept."""

    code = "disk_full"


class TrailFailed(Unavailable):
    """This could not be written into the audit trail; without that nothing is done, and nothing was kept."""

    code = "trail_failed"


class QueryFailed(Unavailable):
    """This part of the database could not be asked; the rest was."""

    code = "query_failed"


class SetUp(TripointError):
    """The hub is not set up rightly; `tripoint doctor` says what is wrong."""

    code = "set_up"
