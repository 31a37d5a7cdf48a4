"""What drives conversion, as the model sees it."""

from training.report.data import ReportData
from training.report.drivers import SHOWN, Driver, drivers, group_shares
from training.report.figures.driver_swarm import draw_drivers
from training.report.parts import Fact, Facts, Paragraphs, Picture, Section
from training.report.vocabulary import Vocabulary


def influence_section(report: ReportData, words: Vocabulary) -> Section:
    """Show the features with the largest contributions, and each group's share."""
    found = drivers(report.explanation, report.features)
    title = words("drivers.title")
    if not found:
        return Section("drivers", title, (Paragraphs((words("drivers.none"),)),))
    picture = Picture(draw_drivers(found[:SHOWN], words), words("drivers.caption"))
    blocks = (Paragraphs((words("drivers.intro"),)), _groups(found, words), picture, _rest(found, words))
    return Section("drivers", title, blocks)


def _groups(found: tuple[Driver, ...], words: Vocabulary) -> Facts:
    return Facts(
        tuple(
            Fact(words.numerals.percent(share, 0), words.either(f"group.{group}", group))
            for group, share in group_shares(found).items()
        ),
        small=True,
    )


def _rest(found: tuple[Driver, ...], words: Vocabulary) -> Paragraphs:
    lines = [words("drivers.caution")]
    if len(found) > SHOWN:
        rest = sum(driver.mean_size for driver in found[SHOWN:]) / sum(driver.mean_size for driver in found)
        share = words.numerals.percent(rest, 0)
        lines.insert(0, words("drivers.rest", shown=SHOWN, count=len(found) - SHOWN, share=share))
    return Paragraphs(tuple(lines), quiet=True)
