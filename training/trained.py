"""A model that was learnt, with all that it was learnt from."""

from dataclasses import dataclass

from features.fitting import FittedFeatures
from models.conversion import ConversionModel
from training.audit import Audit
from training.fitting.grading import Grading
from training.judging import Judgement
from training.labelling.dataset import Dataset
from training.labelling.preparation import Prepared


@dataclass(frozen=True)
class Trained:
    """A model fitted to everything, and how it was judged.

    Attributes
    ----------
    prepared : Prepared
        The labelled snapshots of the source.
    audit : Audit
        The verdict on every column; what it drops is no feature.
    judgement : Judgement
        How the same recipe did on snapshots it had not seen.
    fitted : FittedFeatures
        The features, fitted to everything.
    data : Dataset
        Everything the model was fitted to.
    model : ConversionModel
        The model.
    grading : Grading
        Where its grades begin.
    """

    prepared: Prepared
    audit: Audit
    judgement: Judgement
    fitted: FittedFeatures
    data: Dataset
    model: ConversionModel
    grading: Grading
