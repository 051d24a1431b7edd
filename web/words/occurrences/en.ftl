# Reports from the field: the pages.

## Kinds of report
report-kind-detection = Detection of a migrant
report-kind-victim = Victim of trafficking
report-kind-interview = Interview
report-kind-arrest = Arrest
report-kind-seizure = Seizure
report-kind-freeze = Asset freeze
report-kind-group = Group disrupted
report-kind-investigation = Investigation opened
report-kind-incident = Incident
report-kind-notice-request = Request for a notice
report-kinds-detection = Detections
report-kinds-victim = Victims
report-kinds-interview = Interviews
report-kinds-arrest = Arrests
report-kinds-seizure = Seizures
report-kinds-freeze = Asset freezes
report-kinds-group = Groups
report-kinds-investigation = Investigations
report-kinds-incident = Incidents
report-kinds-notice-request = Notice requests
report-group-people = People
report-group-results = Police results
report-group-events = Events and requests

## States of a report
report-state-preliminary = Preliminary
report-state-confirmed = Confirmed
report-state-final = Final
report-state-withdrawn = Withdrawn
report-standing-draft = Begun
report-standing-waiting = Waiting
report-standing-sent = Sent
report-standing-refused = Refused

## Phone: the list
report-desk = Report
report-unsent = Not sent
report-outbox = On this phone
report-send-now = Send now
report-go-on = Go on
report-correct = Correct
report-drop = Delete
report-drop-sure = Delete for good

## Phone: what became of it
report-sent = Sent
report-sent-means = The hub has the report. Nothing of it stays on this phone.
report-waits = Waiting for network
report-waits-means = The report is safe on this phone, encrypted. It is sent by itself when the network is back, once and only once.
report-waits-memory = This browser keeps nothing. Leave this page open until everything is sent.
report-refused = Not accepted
report-refused-by-hub = The hub did not take this report.
report-next-of-group = Next person of the same group
report-next-of-group-means = Keeps what the group shares, such as nationality and route. Nothing about the person is kept.
report-another = Another: { $kind }
report-to-list = All reports
report-later = Later

## Before signing out
report-leaving = Reports on this phone
report-leaving-means = Not sent yet: { $n }. Signing out deletes them from this phone, and nobody can bring them back.
report-leaving-stay = Stay and send them first
report-leaving-go = Delete them and sign out

## Statements at the head of a form
report-say-detection = A migrant is not a suspect. This report goes into no watch list and is never searched by a check.
report-say-victim = A victim is protected, never a suspect. Who the person is gets sealed: write names only in the fields marked so.
report-say-interview = The interview is voluntary. A reference number stands in place of a name. The person may stop at any moment.
report-say-child = A child, or perhaps a child: call child protection now. Do not wait for the case, and do not interview without a guardian or a trained person.

## Filling a form in
report-step-where = When and where
report-step-send = Look over and send
report-step-of = { $n } of { $all }
report-happened = When it happened
report-now = Now
report-no-posts = The operation has no posts.
report-use-post = Use my post
report-no-operation = Choose an operation in the settings first. A report belongs to one.
report-back = Back
report-next = Next
report-to-end = To the end
report-send = Send
report-change = Change
report-search = Type to search
report-none-found = Nothing found. Try another spelling.
report-add-row = Add one more
report-drop-row = Remove number { $n }
report-take-away = Remove { $what }
report-add-country = Add a country
report-amount = Amount
report-currency = Currency
report-need-answer = This must be answered.
report-need-form = This cannot be read so. Dates are written 1998-05-12, 1998-05 or 1998; amounts 1250.50 with their currency.
report-look-above = Fields to correct: { $n }
report-help-partial-date = As much as is known: 1998-05-12, 1998-05 or 1998.
report-sealed-field = Sealed: read only by those who open it with a reason.
report-review = What you report
report-edit-section = Change: { $section }
report-nothing-said = Nothing said
report-stopped = The interview ends here
report-stopped-means = The person does not want it, or was not told what to know first. Ask nothing more. Recorded is only that it was refused; nothing else is kept.
report-stopped-record = Record the refusal
report-stopped-back = It was a slip, go back
report-stopped-leave = Record nothing

## Who reads it
report-readers = Who will read this?
report-readers-usual = As usual for this report
report-readers-usual-open = All parties of { $operation } read the whole report.
report-readers-usual-close = All parties of the operation count the codes: country, age group, route, never a name or a story. The story stays with { $party }.
report-readers-own = My party alone
report-readers-own-means = Nobody outside { $party } reads it or counts it.
report-readers-parties = Chosen parties
report-readers-parties-means = All parties count the codes. Only the parties you choose read the whole report.
report-readers-which = Which parties?
report-readers-sealed = Sealed fields are read by none of them.

## Room: reports
nav-reports = Reports
report-kinds = Kinds of report
report-one = The report
report-choose = Choose a report of the list.
report-file = File a report
report-sheets = Sheets
report-filters = Filters
report-filter-add = More filters
report-from = From
report-to = To
report-lines = Reports listed
report-line = What is counted
report-line-means = codes only, no names
report-line-only = line only
report-version = version { $n }
report-filed-at = filed { $time }
report-joint = counts once with another party
report-body = The whole report
report-nothing-more = Nothing beyond what is counted.
report-body-closed = Not open to you: its owner did not share it, or your role does not read it.
report-apart = (separate access)
report-sealed = Sealed:
report-sealed-stay = Sealed fields stay as they are unless you fill them in anew.
report-links = Links
report-relation-led-by = Led by
report-relation-member-of = Member of
report-relation-against = Against
report-relation-found-with = Found with
report-relation-part-of = Part of
report-relation-travelled-with = Travelled with
report-relation-same-person-as = Same person as
report-relation-concerns = Concerns
report-relation-reference = See also
report-link-hit = Link to a confirmed hit
report-link-means = Hits of your party that their owner has confirmed. A hit that is only a lead explains nothing.
report-link = Link
report-no-hits = No confirmed hit of your party.
report-correcting = Correction
report-correct-reason = Why it changes
report-deciding = How sure it is
report-do-confirmed = Confirm
report-do-final = Make final
report-do-withdrawn = Withdraw
report-custody = Custody of the items
report-custody-broken = The chain does not hold: an entry was changed or is missing.
report-custody-add = Add an entry
report-custody-item = Item
report-custody-act = What was done
report-custody-place = Where
report-custody-seal = Seal
report-custody-seized = Seized
report-custody-sealed = Sealed
report-custody-opened = Opened
report-custody-examined = Examined
report-custody-moved = Moved
report-custody-handed-over = Handed over
report-custody-stored = Stored
report-custody-returned = Returned
report-custody-destroyed = Destroyed
report-sheet-template = Empty sheet with pick lists
report-sheet-export = Export (XLSX)
report-sheet-means = Free text and identity never leave in a sheet.
report-sheet-file = Filled sheet (XLSX or CSV)
report-sheet-send = Upload
report-sheet-answer = Filed { $filed }, known already { $repeated }, refused { $refused }.
report-sheet-rows = Row by row
report-sheet-row = Row
report-sheet-fate = What became of it
report-sheet-why = Why
report-fate-filed = Filed
report-fate-repeated = Known already
report-fate-refused = Refused
