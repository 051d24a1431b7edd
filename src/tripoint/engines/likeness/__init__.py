"""Whether two pictures show nearly the same: a fingerprint of 64 bits that small changes leave nearly as it is."""

from tripoint.engines.likeness.perceptual import ALIKE, NotShown, distance, fingerprint

__all__ = ["ALIKE", "NotShown", "distance", "fingerprint"]
