"""What a similarity is worth as evidence: a likelihood ratio where a matching reference population allows one."""

from tripoint.engines.ballistics.evidence.calibrating import Calibration, calibrate
from tripoint.engines.ballistics.evidence.measuring import cllr, cllr_min, error_of_calibration
from tripoint.engines.ballistics.evidence.population import (
    LikelihoodRatio,
    NoLikelihoodRatio,
    Population,
    Scope,
    likelihood_ratio,
)

__all__ = ["Calibration", "LikelihoodRatio", "NoLikelihoodRatio", "Population", "Scope", "calibrate", "cllr",
           "cllr_min", "error_of_calibration", "likelihood_ratio"]  # fmt: skip
