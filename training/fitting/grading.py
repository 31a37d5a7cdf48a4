"""Where the grades of a model begin, and how many leads that makes an A."""

from dataclasses import dataclass, replace

import numpy as np

from features.arrays import BoolArray, FloatArray
from features.compute import compute
from features.open_leads import open_leads
from features.snapshots import Snapshots
from features.wording import Wording
from models.conversion import ConversionModel
from models.score_map import ScoreMap
from training.capacity import Capacity, CapacityError
from training.fitting.reference import reference_rows
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared


@dataclass(frozen=True, slots=True)
class Grading:
    """What the cut-offs of a model come to.

    Attributes
    ----------
    cut_offs : tuple of int
        The least score that earns an A, a B, a C.
    reference_share : float
        Of the reference population, what is an A.
    open_leads, open_a : int
        The leads that are open at the data end, and how many of them are an A.
    """

    cut_offs: tuple[int, ...]
    reference_share: float
    open_leads: int
    open_a: int

    @property
    def wording(self) -> Wording:
        """The same for people, in one line."""
        a, b, c = self.cut_offs
        share, now = f"{self.reference_share:.1%}", self._open_wording
        return Wording(
            f"Grade A from a score of {a}, B from {b}, C from {c}: "
            f"{now.en}, and {share} of the leads that scores are ranked among",
            f"グレードAはスコア{a}以上、Bは{b}以上、Cは{c}以上。{now.ja}、スコアの基準となるリードでは{share}",
        )

    @property
    def _open_wording(self) -> Wording:
        if not self.open_leads:
            return Wording("no lead is open now", "対応中のリードなし")
        found, all_open = f"{self.open_a:,}", f"{self.open_leads:,}"
        return Wording(f"{found} of {all_open} open leads are an A", f"対応中のリード{all_open}件のうちAは{found}件")


def graded(
    model: ConversionModel, data: Dataset, prepared: Prepared, capacity: Capacity | None
) -> tuple[ConversionModel, Grading]:
    """Return the model with cut-offs for what sales can work, and what they come to.

    A share is one of the reference population. A number is one of the leads that are open at the data end: they are
    what sales will be given, and as most of them are older than those that were learnt from, fewer of them score high.

    Parameters
    ----------
    model : ConversionModel
        With its part ranks, whose grades begin at the same scores.
    data : Dataset
        What it was fitted to.
    prepared : Prepared
        The source.
    capacity : Capacity or None
        How many leads may be an A; the shares of ``models.score_map`` where it is not given.

    Raises
    ------
    CapacityError
        Where a number is given and no lead is open.
    """
    if capacity is None:
        return regraded(model, model.score_map, data, prepared)
    reference, now = _of_reference(model, data), _of_open_leads(model, prepared)
    return regraded(model, _limited(model.score_map, capacity, reference, now), data, prepared)


def regraded(
    model: ConversionModel, score_map: ScoreMap, data: Dataset, prepared: Prepared
) -> tuple[ConversionModel, Grading]:
    """Return the model with the ranks and cut-offs of a map, its parts with the same ones, and what they come to."""
    reference, now = _of_reference(model, data), _of_open_leads(model, prepared)
    grading = Grading(
        cut_offs=score_map.cut_offs,
        reference_share=_share_of_a(score_map, *reference),
        open_leads=len(now),
        open_a=int(_is_a(score_map, now).sum()),
    )
    return _with_score_map(model, score_map), grading


def check_capacity(capacity: Capacity | None, prepared: Prepared) -> None:
    """Raise a CapacityError where a number of leads is given and none is open: told before anything is fitted."""
    if capacity is not None and capacity.leads is not None and not len(_open_leads(prepared)):
        raise CapacityError(
            f"CAPACITY={capacity.leads} is a number of open leads, and none is open at the data end; "
            "export open leads too, or give a share such as CAPACITY=10%"
        )


def _open_leads(prepared: Prepared) -> Snapshots:
    return open_leads(prepared.tables, prepared.data_end_ms)


def _of_reference(model: ConversionModel, data: Dataset) -> tuple[FloatArray, FloatArray]:
    rows = reference_rows(data)
    return model.probability(data.matrix.take(rows)), data.weight[rows]


def _of_open_leads(model: ConversionModel, prepared: Prepared) -> FloatArray:
    return model.probability(compute(model.spec, prepared.records, _open_leads(prepared)))


def _limited(
    score_map: ScoreMap, capacity: Capacity, reference: tuple[FloatArray, FloatArray], now: FloatArray
) -> ScoreMap:
    if capacity.share is not None:
        return score_map.limited(*reference, capacity.share)
    return score_map.limited(now, np.ones(len(now)), (capacity.leads or 0) / len(now))


def _with_score_map(model: ConversionModel, score_map: ScoreMap) -> ConversionModel:
    parts = {part: replace(ranks, cut_offs=score_map.cut_offs) for part, ranks in model.part_maps.items()}
    return replace(model, score_map=score_map, part_maps=parts)


def _share_of_a(score_map: ScoreMap, probabilities: FloatArray, weight: FloatArray) -> float:
    return float(weight[_is_a(score_map, probabilities)].sum() / weight.sum())


def _is_a(score_map: ScoreMap, probabilities: FloatArray) -> BoolArray:
    return score_map.score(probabilities) >= score_map.cut_offs[0]
