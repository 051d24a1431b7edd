"""The one page that says who listens to which announcement, and what is done now and then."""

from tripoint.base.announcements import forget_old
from tripoint.base.relay import Wiring
from tripoint.desks.checks import jobs as checks
from tripoint.desks.subjects import jobs as subjects
from tripoint.records import jobs as records

WIRING = Wiring(
    listeners={"checks": checks.count_checks},  # every check goes into the live figures
    counted=frozenset({"checks"}),  # and is told in the feed as a number; hits are told one by one
    chores=(checks.expire_hits, records.end_expired, subjects.tend_requests, forget_old),
)
