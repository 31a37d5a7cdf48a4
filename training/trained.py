"""A model that was learnt, with all that it was learnt from."""

from dataclasses import dataclass

from features.fitting import FittedFeatures
from models.conversion import ConversionModel
from training.judging import Judgement
from training.labelling.dataset import Dataset
from training.labelling.leakage import Leak
from training.labelling.preparation import Prepared


@dataclass(frozen=True)
class Trained:
    """A model fitted to everything, and how it was judged.

    Attributes
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    leaks : tuple of Leak
        The custom fields that were left out because they tell the outcome.
    judgement : Judgement
        How the same recipe did on snapshots it had not seen.
    fitted : FittedFeatures
        The features, fitted to everything.
    data : Dataset
        Everything the model was fitted to.
    model : ConversionModel
        The model.
    """

    prepared: Prepared
    leaks: tuple[Leak, ...]
    judgement: Judgement
    fitted: FittedFeatures
    data: Dataset
    model: ConversionModel
