"""Reported amounts of drugs as kilograms, with the factor that made them, or the reason why there are none.

Three rules hold everywhere: the reported amount and unit are never changed; plants and areas never become kilograms;
a weight that was reckoned down to the pure substance is never added to bulk weights. Pure functions over values.
"""

from tripoint.engines.amounts.gates import percentiles
from tripoint.engines.amounts.many import Columns, Weights, weigh_many
from tripoint.engines.amounts.repeats import Repeats, find_repeats
from tripoint.engines.amounts.weighing import Reported, Weighed, read_amount, weigh

__all__ = [
    "Columns", "Repeats", "Reported", "Weighed", "Weights", "find_repeats", "percentiles", "read_amount", "weigh",
    "weigh_many",
]  # fmt: skip
