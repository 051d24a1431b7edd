"""A field client whose line fails in every way comes together with the hub; a careless client is found out."""

from __future__ import annotations

import pytest

from tests.faults.network import run

pytestmark = pytest.mark.database
SECONDS = 4.0


@pytest.mark.slow
@pytest.mark.parametrize("by_link", [False, True], ids=["proxy", "two namespaces"])
def test_client_and_hub_come_together_again(by_link: bool) -> None:
    report = run(SECONDS, 1, by_link=by_link)
    if report is None:
        pytest.skip("network namespaces need root and `ip` (iproute2)")
    assert report.is_sound, str(report)


def test_a_client_that_makes_new_ids_is_found_out() -> None:
    report = run(SECONDS, 1, careless=True)
    assert report is not None
    assert report.doubled
