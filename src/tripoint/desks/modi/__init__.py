"""The desk of modi operandi: how crimes are done, told so that officers elsewhere recognise it.

No person stands in such a record. Something is new only when an analyst, by name, has looked at what comes nearest
among what is known and says so; the decision keeps what he looked at. What is published becomes a card for the field,
with the danger first, and in one step the draft of a Purple Notice.
"""
