"""Invented surfaces, and X3P files written by hand: as the standard says, or as some programs do."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tripoint.engines.ballistics.surface import Heights, Surface

KINDS = {"I": "<i2", "L": "<i4", "F": "<f4", "D": "<f8"}


def hills(rows: int = 40, columns: int = 48, seed: int = 1) -> Heights:
    """Smooth invented heights of about 1 µm."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[:rows, :columns]
    waves = [np.sin(x * a + y * b + c) for a, b, c in chance.uniform(0.1, 1.2, (6, 3))]
    return np.asarray(np.sum(waves, axis=0), dtype=np.float32)


def surface(heights: Heights, step: float = 12.5) -> Surface:
    return Surface(heights, step, step)


@dataclass
class Written:
    """An X3P file in the making: whatever a field says is written, right or wrong. Heights in metres."""

    heights: Any = field(default_factory=lambda: hills().astype(np.float64) * 1e-6)
    kind: str = "D"
    steps: tuple[float, float] = (12.5e-6, 12.5e-6)
    scale: float = 1.0
    revision: str = "ISO5436 - 2000"
    feature: str = "SUR"
    root: str = 'p:ISO5436_2 xmlns:p="http://www.opengps.eu/2008/ISO5436_2"'
    before: str = '<?xml version="1.0" encoding="UTF-8"?>'
    size: tuple[int, int] | None = None  # columns, rows, where the file lies about them
    axes: str = ""
    more: str = ""
    points_sum: str | None = None
    main_sum: str | None = None
    folder: str = ""
    parts: dict[str, bytes] = field(default_factory=dict)
    record2: str = "<Creator>Nobody</Creator><Comment>invented</Comment>"

    def main(self, points: bytes) -> bytes:
        columns, rows = self.size or (self.heights.shape[1], self.heights.shape[0])
        md5 = hashlib.md5(points).hexdigest() if self.points_sum is None else self.points_sum
        axis = "<AxisType>{}</AxisType><DataType>{}</DataType><Increment>{}</Increment><Offset>0</Offset>"
        return (
            f"{self.before}<{self.root}><Record1><Revision>{self.revision}</Revision>"
            f"<FeatureType>{self.feature}</FeatureType><Axes><CX>{axis.format('I', 'D', self.steps[0])}</CX>"
            f"<CY>{axis.format('I', 'D', self.steps[1])}</CY><CZ>{axis.format('A', self.kind, self.scale)}</CZ>"
            f"{self.axes}</Axes></Record1><Record2><Date>2020-02-03T04:05:06</Date>{self.record2}</Record2>"
            f"<Record3><MatrixDimension><SizeX>{columns}</SizeX><SizeY>{rows}</SizeY><SizeZ>1</SizeZ></MatrixDimension>"
            f"<DataLink><PointDataLink>bindata/data.bin</PointDataLink><MD5ChecksumPointData>{md5}"
            f"</MD5ChecksumPointData>{self.more}</DataLink>{self.mask_element()}</Record3>"
            f"<Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4></{self.root.split()[0]}>"
        ).encode()

    def mask_element(self) -> str:
        if "bindata/mask.png" not in self.parts:
            return ""
        return (
            '<Mask><Background>#cd7f32</Background><Annotations><Annotation color="#0000ff">groove</Annotation>'
            "</Annotations></Mask>"
        )

    def bytes(self) -> bytes:
        numbers = np.asarray(self.heights) / self.scale
        points = (np.round(numbers) if self.kind in "IL" else numbers).astype(KINDS[self.kind]).tobytes()
        main = self.main(points)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{self.folder}main.xml", main)
            archive.writestr(f"{self.folder}bindata/data.bin", points)
            digest = hashlib.md5(main).hexdigest() if self.main_sum is None else self.main_sum
            archive.writestr(f"{self.folder}md5checksum.hex", f"{digest} *main.xml")
            for name, content in self.parts.items():
                archive.writestr(f"{self.folder}{name}", content)
        return stream.getvalue()
