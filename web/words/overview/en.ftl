# The live room: figures, map, timeline, alerts.

measure-is-confirmed = confirmed
measure-is-final = final
measure-is-preliminary = preliminary
measure-part-confirmed = { $n } confirmed
measure-part-final = { $n } final
measure-part-preliminary = { $n } preliminary
measure-view-events = Latest
measure-view-map = Map
measure-view-parties = Parties
measure-view-posts = Posts
measure-view-routes = Routes
measure-view-steps = Hours
ov-alerts = Alerts
ov-all = All
ov-all-kinds = All kinds
ov-all-parties = All parties
ov-all-reported = All { $all } parties due have reported
ov-any-state = Any state
ov-children = { $n } children
ov-clear = Clear filters
ov-counted = counted
ov-day = day { $n } of { $all }
ov-definition = Definition
ov-definition-text = Records that the reader may know of, not withdrawn, by when they happened; results that several parties achieved together count once in totals and for each party in its own line
ov-drill-note = Only lines shared with you are listed. Who someone is stays sealed.
ov-editions = Compare editions
ov-export = Export
ov-export-figures = figures by party, with definition
ov-export-map = map
ov-export-results = results sheet
ov-filters = Filters
ov-from = From
ov-heard = { $checks } checks, { $waiting } hits waiting, { $people } { $kind }
ov-hits-due = { $n ->
    [one] hit is due within 30 minutes
   *[other] hits are due within 30 minutes
 }
ov-hits-overdue = { $n ->
    [one] hit is past its clock
   *[other] hits are past their clock
 }
ov-hours = { $n } h
ov-late = { $n } reported late
ov-pathways-late = { $n } steps to protection are late
ov-wall-keep = Leave this screen here: figures only, { $hours } hours
ov-wall-name = Wall screen
ov-latest = Latest
ov-leave-wall = Leave the wall view
ov-legend-routes = route as told, width by people
ov-map-alternative = The { $posts } posts and { $routes } routes of the map are also given as tables: choose Posts or Routes.
ov-missing = { $n } of { $all } have not reported:
ov-nationalities = Nationalities of people met · { $n }
ov-no-alerts = No clock has run out
ov-nothing = nothing yet
ov-now = now
ov-one-hit = Hit
ov-open = Open
ov-others = other results
ov-period = Period
ov-period-begins = Period begins
ov-period-ends = Period ends
ov-route = { $from } → { $to }: { $detections } people met, { $interviews } interviews
ov-since = from
ov-size-by = Size of the posts by
ov-status = Status
ov-timeline = Timeline
ov-to = To
ov-unknown = Unknown
ov-unknown-age = age unknown: { $share }
ov-unknown-nationality = nationality unknown: { $share }
ov-until = until
ov-views = Shown as
ov-wall = Wall
ov-whole = Whole operation
ov-zoom = Zoom in
