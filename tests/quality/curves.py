"""Curves of evidence fitted to labelled pairs: a sum of one monotone, piecewise straight curve for each feature.

Logistic regression whose slopes may not change their sign, so that nothing that speaks for a name can ever count
against it; by projected gradient steps with momentum (Beck and Teboulle 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.model import NAME_FEATURES, SCRIPTS, Model

Array = npt.NDArray[Any]
SHRINK = 2e-4  # the pull of every slope towards none
STEPS = 800


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slope for each piece of each curve, what each script adds, and the constant."""

    slopes: Array
    scripts: Array
    constant: float

    def as_text(self, model: Model) -> str:
        """The curves as they stand in model.py."""
        scripts = self.scripts.copy()
        scripts[1:][scripts[1:] == 0] = scripts[1:][scripts[1:] != 0].mean()  # a script not met is taken as the others
        lines, at = [f"# of model {model.version}: scripts {np.round(self.constant + scripts, 2).tolist()}"], 0
        for feature in (each for each in NAME_FEATURES if each.fitted):
            points = [point for point, _ in feature.curve]
            heights = np.concatenate(([0.0], np.cumsum(self.slopes[at : at + len(points) - 1])))
            at += len(points) - 1
            curve = ", ".join(f"({point:g}, {height:.2f})" for point, height in zip(points, heights, strict=True))
            lines.append(f'    "{feature.code}": ({curve}),')
        return "\n".join(lines)


def pieces(features: Array) -> tuple[Array, Array]:
    """How far each value has come along each piece of its feature's curve, 0 to 1; and the sign of each slope."""
    columns, signs = [], []
    for at, feature in enumerate(NAME_FEATURES):
        points = [point for point, _ in feature.curve if feature.fitted]
        for low, high in pairwise(points):
            columns.append(np.clip((features[:, at] - low) / (high - low), 0, 1))
            signs.append(feature.sign)
    return np.column_stack(columns), np.array(signs)


def by_hand(features: Array) -> Array:
    """What the curves that are not fitted add to each row."""
    fixed = [(at, feature.curve) for at, feature in enumerate(NAME_FEATURES) if not feature.fitted]
    added: Array = np.zeros(len(features))
    for at, curve in fixed:
        added += np.interp(features[:, at], [point for point, _ in curve], [height for _, height in curve])
    return added


def design(features: Array) -> tuple[Array, Array]:
    """Every column of the regression and the sign its slope may have, 0 for any: pieces, scripts, constant."""
    along, signs = pieces(features)
    scripts = np.column_stack([features[:, -1] == script for script in range(1, len(SCRIPTS))]).astype(float)
    whole = np.column_stack([along, scripts, np.ones(len(features))])
    return whole, np.concatenate([signs, np.zeros(scripts.shape[1] + 1)])


def fit(features: Array, same: Array, weights: Array) -> Fitted:
    """The curves for which the labels are likeliest.

    In: features [n, f + 1], the last the script; labels [n]; what each row weighs [n].
    """
    whole, signs = design(features)
    slopes = descend(whole, np.where(same, 1.0, -1.0), signs, by_hand(features), weights)
    extra = len(SCRIPTS) - 1
    return Fitted(slopes[: -extra - 1], np.concatenate(([0.0], slopes[-extra - 1 : -1])), float(slopes[-1]))


def descend(whole: Array, labels: Array, signs: Array, given: Array, weights: Array) -> Array:
    """The slopes, by accelerated projected gradient; `given` is what each row has without them."""
    total, heavy = weights.sum(), np.linalg.norm(whole * weights[:, None] ** 0.5, 2) ** 2
    step = 4 * total / (heavy + 4 * total * SHRINK)
    now = ahead = np.zeros(whole.shape[1])
    momentum = 1.0
    for _ in range(STEPS):
        odds = labels * (whole @ ahead + given)
        pull = weights * labels / (1 + np.exp(np.clip(odds, -40, 40)))
        slope = -(whole.T @ pull) / total + SHRINK * ahead
        before, now = now, allowed(ahead - step * slope, signs)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead, momentum = now + (momentum - 1) / following * (now - before), following
    return now


def allowed(slopes: Array, signs: Array) -> Array:
    """The slopes with those of the wrong sign made level."""
    return np.where(signs > 0, np.maximum(slopes, 0), np.where(signs < 0, np.minimum(slopes, 0), slopes))


def held_out(features: Array, same: Array, folds: Array, weights: Array) -> Array:
    """The log-odds of every row by curves fitted without its fold."""
    whole, signs = design(features)
    given = by_hand(features)
    odds = given.copy()
    for part in np.unique(folds):
        rest = folds != part
        labels = np.where(same[rest], 1.0, -1.0)
        odds[~rest] += whole[~rest] @ descend(whole[rest], labels, signs, given[rest], weights[rest])
    return odds
