"""The data subjects' desk: people ask what is held on them, or to have it corrected or deleted.

Only data protection officers work here. A request tells of the person who asks, never of a suspect: no other role sees
it, no check meets it, and nothing of it goes into the feed.
"""
