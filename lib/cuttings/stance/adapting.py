"""The trained scorer learns from a researcher's codings, and only where that helps.

Three ways of turning the encoder's output into probabilities are tried: as it was shipped; with its
logits rescaled and shifted (from 30 coded statements on); with a linear map of its features and a lean
for each target added (from 100 on), held back by a ridge penalty. A lean is how a target is mostly argued
about, which counts where a sentence says little; it is the same for every voice and year, so that it makes
no difference between them. Folds keep items whole. A third of the items is set aside: on the others the
way with the least log loss in cross-validation is chosen, if its gain over the shipped one is surer than
chance. Whatever is chosen, a coded item is scored by a map that has not seen it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import optimize

from cuttings import encoder, inference, tables
from cuttings.agreement import macro_f1

FOLDS, HELD_OUT = 6, (0, 1)
TO_RESCALE, TO_ADAPT = 30, 100
PENALTIES = (30.0, 100.0, 300.0)
LEANING = 10.0
"""What stands for a statement's target beside its features: the more, the freer its lean."""
RIGHT = 2 / 3
"""Of the statements that the scorer does not leave open, this share is to be right where that is known."""
SHIPPED, RESCALED, EXAMPLE = "as shipped", "rescaled", "learnt from the worked example"


@dataclass(frozen=True)
class Map:
    """Logits and features to probabilities: ``scale``, ``shift`` (3), ``weights`` (features and targets, 3)."""

    scale: float
    shift: np.ndarray
    weights: np.ndarray

    def __call__(self, logits: np.ndarray, features: np.ndarray) -> np.ndarray:
        return encoder.softmax(self.scale * logits + self.shift + features @ self.weights)


@dataclass(frozen=True)
class Adaptation:
    """What was learnt: the map for each fold of coded items, the map for all others, the threshold.

    ``targets`` are those with a lean of their own, in the order of the maps' last weights. A statement whose likeliest side is less likely than ``threshold`` is left open. ``tried`` has a
    row for each way: ``way``, ``chosen``, ``log_loss``, ``gain`` over the shipped way with its
    interval (``gain_low``, ``gain_high``), ``macro_f1``, n and n_items, all cross-validated on the
    items that are not set aside.
    """

    way: str
    targets: tuple[str, ...]
    folds: dict[int, Map]
    whole: Map
    coded_items: frozenset[str]
    threshold: float
    tried: pd.DataFrame

    def probabilities(
        self, items: list[str], targets: list[str], logits: np.ndarray, features: np.ndarray
    ) -> np.ndarray:
        """Probabilities of against, neutral and for: shape (n, 3), rounded to four decimals."""
        features = _with_targets(features, targets, self.targets)
        found = self.whole(logits, features)
        for number, apart in self.folds.items():
            own = np.array([i in self.coded_items and fold(i) == number for i in items], bool)
            if own.any():
                found[own] = apart(logits[own], features[own])
        return np.round(found, 4)


def learn(
    coded: pd.DataFrame, logits: np.ndarray, features: np.ndarray, temperature: float
) -> Adaptation | None:
    """What the codings teach; nothing where there are too few. ``coded`` has item_id, target and stance.

    It has a row for each row of the arrays; a statement that several coders coded may have a row for
    each. ``temperature`` is the one that the model was shipped with.
    """
    items = coded["item_id"].to_numpy(object)
    truth = np.array([tables.STANCES.index(s) for s in coded["stance"]], int)
    number = np.array([fold(i) for i in items], int)
    choosing = ~np.isin(number, HELD_OUT)
    targets = tuple(sorted(set(coded["target"])))
    features = _with_targets(features, coded["target"].tolist(), targets)
    shipped = Map(1 / temperature, np.zeros(3), np.zeros((features.shape[1], 3)))
    ways = _ways(len(coded), len(set(items)))
    if not ways:
        return None
    data = _Data(logits, features, truth, number, shipped)
    scored = {way: _cross_validated(data, way, choosing) for way in ways}
    tried = _tried(scored, truth[choosing], items[choosing])
    way = tried.loc[tried["chosen"], "way"].iloc[0]
    folds = {n: _fitted(data, way, number != n) for n in sorted(set(number.tolist()))}
    whole = _fitted(data, way, np.ones(len(truth), bool))
    threshold = surest(scored[way], truth[choosing])
    return Adaptation(way, targets, folds, whole, frozenset(items.tolist()), threshold, tried)


def of_example(path: str | Path) -> Adaptation:
    """What the codings of the worked example taught, as ``store`` keeps it: for a corpus without its own."""
    with np.load(path) as kept:
        whole = Map(float(kept["scale"]), kept["shift"], kept["weights"])
        threshold = float(kept["threshold"])
    columns = ["way", "log_loss", "gain", "gain_low", "gain_high", "macro_f1", "n", "n_items", "chosen"]
    tried = pd.DataFrame([[EXAMPLE, *[np.nan] * 5, 0, 0, True]], columns=columns)
    return Adaptation(EXAMPLE, (), {}, whole, frozenset(), threshold, tried)


def store(learnt: Adaptation, path: str | Path) -> None:
    """Keep the map for all other items, less the leans, and the threshold, where ``of_example`` finds them."""
    whole = learnt.whole
    kept = {
        "scale": whole.scale,
        "shift": whole.shift,
        "weights": whole.weights[: len(whole.weights) - len(learnt.targets)].round(6),
        "threshold": learnt.threshold,
    }
    np.savez_compressed(path, **kept)


def fold(item_id: str) -> int:
    """The fold of an item: it follows from its name, so that it is the same in every run."""
    return zlib.crc32(item_id.encode()) % FOLDS


def held_out(item_ids: pd.Series) -> pd.Series:
    """Whether each item is of the third that no choice is made on."""
    return item_ids.map(fold).isin(HELD_OUT)


def surest(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The least threshold at which the statements above it are right as often as ``RIGHT``.

    Where no threshold up to .95 reaches that, .95: nearly everything is left open.
    """
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    grid = np.round(np.arange(0.34, 0.951, 0.01), 2)
    fit = [t for t in grid if (top >= t).sum() >= 20 and right[top >= t].mean() >= RIGHT]
    return float(fit[0]) if fit else float(grid[-1])


def log_loss(probabilities: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Minus the logarithm of the probability that each statement's true side was given."""
    return -np.log(np.clip(probabilities[np.arange(len(truth)), truth], 1e-6, 1))


def _with_targets(features: np.ndarray, of: list[str], targets: tuple[str, ...]) -> np.ndarray:
    """``features`` with a column for each of ``targets``, which stands out where the statement is about it."""
    about = np.array([[target == own for target in targets] for own in of], float).reshape(
        len(of), len(targets)
    )
    return np.hstack([features, LEANING * about])


@dataclass(frozen=True)
class _Data:
    logits: np.ndarray
    features: np.ndarray
    truth: np.ndarray
    number: np.ndarray
    shipped: Map


def _ways(n: int, n_items: int) -> list[str]:
    if n_items < 2 * FOLDS or n < TO_RESCALE:
        return []
    ways = [SHIPPED, RESCALED]
    if n >= TO_ADAPT:
        ways += [f"adapted, penalty {penalty:g}" for penalty in PENALTIES]
    return ways


def _cross_validated(data: _Data, way: str, choosing: np.ndarray) -> np.ndarray:
    found = np.zeros((len(data.truth), 3))
    for n in set(data.number[choosing].tolist()):
        apart = data.number == n
        model = _fitted(data, way, choosing & ~apart)
        found[apart] = model(data.logits[apart], data.features[apart])
    return found[choosing]


def _tried(scored: dict[str, np.ndarray], truth: np.ndarray, items: np.ndarray) -> pd.DataFrame:
    rows = []
    for way, p in scored.items():
        loss = log_loss(p, truth)
        gain = inference.mean(pd.Series(log_loss(scored[SHIPPED], truth) - loss), pd.Series(items))
        rows.append(
            {
                "way": way,
                "log_loss": float(loss.mean()),
                "gain": gain.estimate,
                "gain_low": gain.low,
                "gain_high": gain.high,
                "macro_f1": macro_f1(truth, p.argmax(axis=1)),
                "n": gain.n,
                "n_items": gain.n_items,
            }
        )
    tried = pd.DataFrame(rows)
    sure = tried[(tried["gain_low"] > 0) | (tried["way"] == SHIPPED)]
    return tried.assign(chosen=tried.index == sure["log_loss"].idxmin())


def _fitted(data: _Data, way: str, rows: np.ndarray) -> Map:
    if way == SHIPPED or not rows.any():
        return data.shipped
    penalty = float(way.rpartition(" ")[2]) if way != RESCALED else np.inf
    return fit(data.logits[rows], data.features[rows], data.truth[rows], data.shipped, penalty)


def fit(logits: np.ndarray, features: np.ndarray, truth: np.ndarray, start: Map, penalty: float) -> Map:
    """The map with the least log loss plus ``penalty`` times half its squared weights.

    ``scale`` and ``shift`` are all but free. An infinite ``penalty`` leaves the weights at nought.
    """
    n, width = features.shape
    free = np.isfinite(penalty)
    target = np.eye(3)[truth]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        scale, shift = np.exp(flat[0]), flat[1:4]
        weights = flat[4:].reshape(width, 3) if free else np.zeros((width, 3))
        raw = scale * logits + shift + (features @ weights if free else 0)
        p = encoder.softmax(raw)
        wrong = p - target
        value = -np.log(np.clip((p * target).sum(axis=1), 1e-12, 1)).sum()
        value += 0.5 * ((flat[0] - np.log(start.scale)) ** 2 + shift @ shift)
        slope = [
            np.array([scale * (wrong * logits).sum() + flat[0] - np.log(start.scale)]),
            wrong.sum(axis=0) + shift,
        ]
        if free:
            value += 0.5 * penalty * (weights**2).sum()
            slope.append((features.T @ wrong + penalty * weights).ravel())
        return float(value), np.concatenate(slope)

    begin = np.zeros(4 + (3 * width if free else 0))
    begin[0] = np.log(start.scale)
    best = optimize.minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    weights = best[4:].reshape(width, 3) if free else np.zeros((width, 3))
    return Map(float(np.exp(best[0])), best[1:4], weights)
