"""The entrance of an installation: what it asks of those who sign in, and whom it believes besides."""

from __future__ import annotations

from fastapi import FastAPI

from tripoint.access.entrance import account_http, sign_in_http
from tripoint.access.entry import EntryRules
from tripoint.access.federation.issuers import read_issuers
from tripoint.access.federation.provider import federation_of
from tripoint.access.passkeys.ceremony import site_of
from tripoint.base.errors import SetUp
from tripoint.base.settings import Settings

ENTRANCE = (sign_in_http.routes, account_http.routes)


def entry_rules(settings: Settings) -> EntryRules:
    """What this installation asks. Raises SetUp for a public address that is none."""
    if settings.public_address:
        site_of(settings.public_address, "")
    return EntryRules(
        settings.second_factor == "required", settings.public_address, settings.administration == "assessed"
    )


def open_entrance(app: FastAPI, settings: Settings) -> None:
    """Give the application its rules of entry and its issuers. Raises SetUp where they are not right."""
    app.state.entry = entry_rules(settings)
    issuers = read_issuers(settings.issuers) if settings.issuers else ()
    if settings.administration == "assessed" and not any(issuer.acr for issuer in issuers):
        raise SetUp(
            "Administrators may come in from assessed devices only, and no sign-in service says that it assesses any.",
            field="TRIPOINT_ADMINISTRATION", remedy="Name its words for it: acr in the file of TRIPOINT_ISSUERS.",
        )  # fmt: skip
    app.state.federation = federation_of(issuers)
