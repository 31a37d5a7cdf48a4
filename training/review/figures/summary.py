"""What matters over all leads: the report's own figure, of the champion on past snapshots."""

from training.report.data import Explanation
from training.report.drivers import drivers
from training.report.figures.canvas import Drawing
from training.report.figures.driver_swarm import draw_drivers
from training.report.vocabulary import Vocabulary
from training.review.observations import Observations
from training.review.shown import Shown, said

MOST_FEATURES = 12


def draw_summary(observations: Observations, words: Vocabulary) -> Drawing | Shown:
    """Draw the features with the largest mean contributions, a dot for each of a sample of snapshots."""
    explained = Explanation(observations.contributions.values, observations.matrix)
    found = drivers(explained, observations.model.spec.features)[:MOST_FEATURES]
    return draw_drivers(found, words) if found else said(words("drivers.none"))
