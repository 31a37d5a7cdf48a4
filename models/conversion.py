"""The model of a lead's conversion: a calibrated probability, and contributions that add up to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from features.arrays import FloatArray, IntArray
from features.matrix import FeatureMatrix
from features.spec import FeatureSpec
from models.blend import CalibratedPass, WeightedPass
from models.calibration import Calibration, probability
from models.feature_mismatch import FeatureMismatchError
from models.folder import ModelFolderError, number_from_json, read_object, write_object
from models.manifest import check_manifest, require_listed, write_manifest
from models.member import Contributions, Explained, Member
from models.member_files import load_member, member_files, remove_members
from models.member_pass import MemberPass
from models.quality.reference import FILE as REFERENCE_FILE
from models.quality.reference import Reference, save_reference
from models.score_map import ScoreMap

FORMAT: Final = 1
"""Raised by one whenever an older version could no longer read the folder."""

_MODEL_FILE: Final = "model.json"
_FEATURES_FILE: Final = "features.json"
_WEIGHT_TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class ConversionModel:
    """The probability of being won within a horizon: members averaged in log-odds, then calibrated.

    Attributes
    ----------
    spec : FeatureSpec
        The features the model was fitted to, in order.
    members : tuple of Member
        At least one.
    weights : tuple of float
        One positive weight per member, summing to one.
    calibration : Calibration
        Affine in log-odds.
    score_map : ScoreMap
        From a probability to a score and a grade.
    horizon_days : int
        How far the probability looks ahead.
    facts : mapping
        What else is to be kept with the model, as JSON: its training window, its measured quality.
    part_maps : mapping of str to ScoreMap
        From the strength of each part of ``sub_scores.PARTS`` to its score.
    reference : Reference or None
        What leads looked like when it was trained; None where that was not kept.
    """

    spec: FeatureSpec
    members: tuple[Member, ...]
    weights: tuple[float, ...]
    calibration: Calibration
    score_map: ScoreMap
    horizon_days: int
    facts: Mapping[str, object] = field(default_factory=dict)
    part_maps: Mapping[str, ScoreMap] = field(default_factory=dict)
    reference: Reference | None = None

    def __post_init__(self) -> None:
        faults = [*self._weight_faults(), *self._member_faults()]
        if self.horizon_days <= 0:
            faults.append(f"horizon_days must be positive, found {self.horizon_days}")
        if faults:
            raise ValueError(f"Not a conversion model: {'; '.join(faults)}.")

    def log_odds(self, matrix: FeatureMatrix) -> FloatArray:
        """Return the calibrated log-odds of each snapshot; raises FeatureMismatchError as ``contributions`` does."""
        values = self._values(matrix)
        return self._averaged([member.log_odds(values) for member in self.members])

    def probability(self, matrix: FeatureMatrix) -> FloatArray:
        """Return the probability that each snapshot's lead is won within the horizon."""
        return probability(self.log_odds(matrix))

    def contributions(self, matrix: FeatureMatrix) -> Contributions:
        """Return what each feature adds to each snapshot's log-odds.

        Returns
        -------
        Contributions
            ``base + values.sum(axis=1)`` are the calibrated log-odds, to 1e-9.

        Raises
        ------
        FeatureMismatchError
            Where the matrix's features are not the model's, in the model's order.
        """
        return self.explained(matrix).contributions

    def explained(self, matrix: FeatureMatrix) -> Explained:
        """Return the log-odds and the contributions at once, each to the last bit as alone."""
        values = self._values(matrix)
        row_pass = self._row_pass(values)
        log_odds, added = np.empty(len(values)), np.empty(values.shape)
        row_pass.add_up(values, added, log_odds)
        return Explained(log_odds, Contributions(added, row_pass.base))

    def score(self, matrix: FeatureMatrix) -> IntArray:
        """Return each snapshot's score, 1 to 99."""
        return self.score_map.score(self.probability(matrix))

    def save(self, folder: Path) -> None:
        """Write the model as a folder of text files, the same bytes for the same model."""
        folder.mkdir(parents=True, exist_ok=True)
        write_object(folder / _FEATURES_FILE, self.spec.to_json())
        remove_members(folder)
        files = member_files(self.members)
        for member, (_, name) in zip(self.members, files, strict=True):
            member.save(folder / name)
        write_object(folder / _MODEL_FILE, self._as_json(files))
        save_reference(self.reference, folder)
        optional = () if self.reference is None else (REFERENCE_FILE,)
        write_manifest(folder, (_MODEL_FILE, _FEATURES_FILE, *(name for _, name in files), *optional))

    @classmethod
    def load(cls, folder: Path) -> "ConversionModel":
        """Read a model from its folder.

        Raises
        ------
        ModelFolderError
            Where a file is missing, damaged, or of another format than this version reads.
        """
        listed = check_manifest(folder)
        content = read_object(folder / _MODEL_FILE)
        _check_format(content, folder)
        try:
            require_listed(
                listed, folder, _MODEL_FILE, _FEATURES_FILE, *(member["file"] for member in content["members"])
            )
            return cls._from_json(content, folder, has_reference=REFERENCE_FILE in listed)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelFolderError(
                f"{folder} does not hold a usable model: {error!r}. Restore it or train anew."
            ) from error

    def _as_json(self, files: Sequence[tuple[str, str]]) -> dict[str, object]:
        return {
            "format": FORMAT,
            "features": list(self.spec.names),
            "members": [
                {"kind": kind, "file": name, "weight": weight}
                for (kind, name), weight in zip(files, self.weights, strict=True)
            ],
            "calibration": self.calibration.to_json(),
            "score_map": self.score_map.to_json(),
            "part_maps": {part: part_map.to_json() for part, part_map in self.part_maps.items()},
            "horizon_days": self.horizon_days,
            "facts": dict(self.facts),
        }

    @classmethod
    def _from_json(cls, content: Mapping[str, Any], folder: Path, *, has_reference: bool) -> "ConversionModel":
        spec = FeatureSpec.from_json(read_object(folder / _FEATURES_FILE))
        if tuple(content["features"]) != tuple(spec.names):
            raise FeatureMismatchError(tuple(content["features"]), spec.names)
        return cls(
            spec=spec,
            members=tuple(load_member(folder, member["kind"], member["file"]) for member in content["members"]),
            weights=tuple(number_from_json(member["weight"]) for member in content["members"]),
            calibration=Calibration.from_json(content["calibration"]),
            score_map=ScoreMap.from_json(content["score_map"]),
            horizon_days=int(content["horizon_days"]),
            facts=dict(content["facts"]),
            part_maps={part: ScoreMap.from_json(ranks) for part, ranks in content["part_maps"].items()},
            reference=Reference.load(folder) if has_reference else None,
        )

    def _averaged(self, of_members: Sequence[FloatArray]) -> FloatArray:
        averaged = of_members[0] * self.weights[0]
        for log_odds, weight in zip(of_members[1:], self.weights[1:], strict=True):
            averaged += weight * log_odds
        return self.calibration.log_odds(averaged)

    @cached_property
    def any_row(self) -> CalibratedPass | None:
        """What explains any row in compiled code; None where a member must know the rows before."""
        passes = [member.any_row for member in self.members]
        known = [one for one in passes if one is not None]
        return self._blended(known) if len(known) == len(passes) else None

    def _row_pass(self, values: FloatArray) -> CalibratedPass:
        return self.any_row or self._blended([member.row_pass(values) for member in self.members])

    def _blended(self, passes: Sequence[MemberPass]) -> CalibratedPass:
        averaged = WeightedPass(None, passes[0], self.weights[0])
        for one, weight in zip(passes[1:], self.weights[1:], strict=True):
            averaged = WeightedPass(averaged, one, weight)
        return CalibratedPass(averaged, self.calibration.slope, self.calibration.intercept)

    def _values(self, matrix: FeatureMatrix) -> FloatArray:
        if matrix.names is not self.spec.names and tuple(matrix.names) != tuple(self.spec.names):
            raise FeatureMismatchError(self.spec.names, matrix.names)
        return matrix.values

    def _weight_faults(self) -> list[str]:
        if len(self.members) != len(self.weights) or not self.members:
            return [f"needs one weight per member and a member, found {len(self.members)} and {len(self.weights)}"]
        if min(self.weights) <= 0 or abs(sum(self.weights) - 1.0) > _WEIGHT_TOLERANCE:
            return [f"weights must be positive and sum to 1, found {list(self.weights)}"]
        return []

    def _member_faults(self) -> list[str]:
        expected = len(self.spec.names)
        return [
            f"member {place} must have {expected} features, found {member.feature_count}"
            for place, member in enumerate(self.members, start=1)
            if member.feature_count != expected
        ]


def _check_format(content: Mapping[str, object], folder: Path) -> None:
    found = content.get("format")
    if found != FORMAT:
        raise ModelFolderError(
            f"{folder} is a model of format {found!r}, this version reads format {FORMAT}. Train it anew."
        )
