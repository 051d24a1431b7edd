"""Firearms: serials and makes, types, calibres, cartridges, ammunition, and what is asked when one is recovered."""

from tripoint.words.firearms.serials import (
    LONGEST_SERIAL,
    FirearmStatus,
    fold_serial,
    normalise_make,
    normalise_serial,
)

__all__ = ["LONGEST_SERIAL", "FirearmStatus", "fold_serial", "normalise_make", "normalise_serial"]
