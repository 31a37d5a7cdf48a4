"""Blocks of the report, shown in a notebook."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from training.report.parts import Block, Pair, Paragraphs, Picture, Section


@dataclass(frozen=True)
class Shown:
    """Tables, facts, pictures and sentences as the report prints them.

    Attributes
    ----------
    blocks : tuple of Block
        In order.
    """

    blocks: tuple[Block, ...]

    def _repr_html_(self) -> str:
        """Return the blocks for a notebook; names and values from the CRM are text and never markup."""
        template = _environment().from_string(
            '{% import "blocks.html.j2" as show %}<div class="shown">'
            "{% for block in blocks %}{{ show.show(block) }}{% endfor %}</div>"
        )
        return template.render(blocks=self.blocks)


def shown(section: Section) -> Shown:
    """Show a section of the report without its title, for the notebook has its own, each figure with what it says."""
    return Shown(tuple(map(_told, section.blocks)))


def _told(block: Block) -> Block:
    if isinstance(block, Pair):
        return Pair(_told(block.left), _told(block.right))
    if isinstance(block, Picture):
        return Picture(block.drawing, f"{block.drawing.alt} {block.caption}")
    return block


def said(*sentences: str) -> Shown:
    """Show sentences where there is nothing to draw."""
    return Shown((Paragraphs(sentences),))


@cache
def style() -> str:
    """Return the report's style as a rule for shown blocks alone."""
    rules = files("training.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    return f".shown {{ {rules.replace(':root', '&')} }}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("training.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
