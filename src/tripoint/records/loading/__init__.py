"""Loading lists: editions of a party's list become the state of its set, with history."""

from tripoint.records.loading.model import Edition, Listeners, Report
from tripoint.records.loading.work import load_edition

__all__ = ["Edition", "Listeners", "Report", "load_edition"]
