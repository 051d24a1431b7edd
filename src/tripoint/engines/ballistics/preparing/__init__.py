"""A surface made ready to be compared: isolated, levelled, brought to one grid and band, and judged."""

from tripoint.engines.ballistics.preparing.isolating import isolate
from tripoint.engines.ballistics.preparing.prepared import Prepared, prepare
from tripoint.engines.ballistics.preparing.quality import Quality

__all__ = ["Prepared", "Quality", "isolate", "prepare"]
