"""The one page that says who listens to which announcement, and what is done now and then."""

from tripoint.access.four_eyes import jobs as four_eyes
from tripoint.access.idle import disable_idle
from tripoint.access.model import Act
from tripoint.access.once_store import forget_answers
from tripoint.base.announcements import forget_old
from tripoint.base.relay import Wiring
from tripoint.desks.ballistics import jobs as ballistics
from tripoint.desks.checks import export_store, jobs as checks
from tripoint.desks.interviews import amounts, work as interviews
from tripoint.desks.seizures import work as seizures
from tripoint.desks.situation import jobs as situation, work as situation_reports
from tripoint.desks.subjects import jobs as subjects
from tripoint.desks.tracing import jobs as tracing
from tripoint.desks.victims import jobs as late_pathways, leaving, work as victims
from tripoint.records.exports import work as exports
from tripoint.records.exports.model import What
from tripoint.records.firearms import jobs as firearms, work as recovered
from tripoint.records.merging import work as merging
from tripoint.records.occurrences import jobs as reports
from tripoint.records.occurrences.hooks import in_turn
from tripoint.records.occurrences.model import OccurrenceKind
from tripoint.records.pictures import jobs as pictures
from tripoint.records.release import work as release
from tripoint.records.retention import jobs as retention

WIRING = Wiring(
    # Every new mark of a firearm meets those of the other side.
    # Every check goes into the live figures, what it met blind to its owners.
    listeners={"checks": checks.take_in, "marks": firearms.meet},
    counted=frozenset({"checks"}),  # and is told in the feed as a number; hits are told one by one
    chores=(
        checks.expire_hits, retention.ask_owners, retention.erase_expired, reports.ask_owners, reports.erase_expired,
        subjects.tend_requests, forget_old,
        forget_answers, four_eyes.end_expired, disable_idle, situation.alarm_missing,
        late_pathways.tell_late, pictures.forget_loose, tracing.tend_traces, tracing.erase_expired,
        ballistics.erase_expired,
    ),
)

# What happens when a second officer approves, and where the rows of an export come from.
TWO_PEOPLE = {
    Act.RELEASE_RECORD: release.release,
    Act.MERGE_RECORDS: merging.merge,
    Act.EXPORT_RECORDS: exports.permit,
}
EXPORTED = {
    What.PERSON: exports.records,
    What.DOCUMENT: exports.records,
    What.VEHICLE: exports.records,
    What.FIREARM: exports.records,
    What.HITS: export_store.hits,
    What.VICTIM: leaving.victims,
}
# What desks hang onto a kind of report, in the transaction that writes it.
FOLLOWED_UP = {
    OccurrenceKind.VICTIM: victims.HOOKS,
    OccurrenceKind.INTERVIEW: interviews.HOOKS,
    OccurrenceKind.FREEZE: amounts.FREEZE,
    OccurrenceKind.RECOVERY: recovered.HOOKS,
    OccurrenceKind.SEIZURE: in_turn(amounts.SEIZURE, seizures.HOOKS),
}
# Readiness of an operation asks the situation desk who has not reported.
REPORTING = situation_reports.reporting
