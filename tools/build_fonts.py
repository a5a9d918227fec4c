"""Build the committed web fonts: text face, digits-only companion face, face of official documents.

Run in an environment of its own, outside the project's::

    pip install "fonttools[woff]" fontpkg-be-vietnam-pro
    pip install --no-deps rinoh-typeface-texgyretermes
    python tools/build_fonts.py src/nep/platform/ui/static/ui/fonts

The result is the same byte for byte for the same versions, so a rebuild shows no change.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

DIGITS = "0123456789"
DIGIT_ADVANCE = 612  # thousandths of an em: every figure takes this much, so columns line up
DIGIT_INK = 568  # a digit wider than this is narrowed, the others keep their drawing

TEXT_WEIGHTS = {
    "Regular": "be-vietnam-pro-400",
    "Medium": "be-vietnam-pro-500",
    "SemiBold": "be-vietnam-pro-600",
    "Bold": "be-vietnam-pro-700",
    "Italic": "be-vietnam-pro-400-italic",
}
DIGIT_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
DOCUMENT_STYLES = {"regular": "400", "italic": "400-italic", "bold": "700", "bolditalic": "700-italic"}
DOCUMENT_FAMILY = "Nep Van Ban"
DIGITS_FAMILY = "Nep So"

VIETNAMESE = "ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323₫"
PUNCTUATION = "\u2009\u2011–—‘’“”„†•…‰‹›€№™−≈≠≤≥"


def wanted_characters() -> set[int]:
    """Code points kept in the text and document faces: Latin, Vietnamese, the signs of office prose."""
    ranges = [range(0x20, 0x7F), range(0xA0, 0x100), range(0x1EA0, 0x1EFA)]
    return {code for part in ranges for code in part} | {ord(char) for char in VIETNAMESE + PUNCTUATION}


def package_folder(module: str) -> Path:
    """Folder of an installed font package, without importing it."""
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"Missing package {module}: see the head of this file.")
    return Path(spec.submodule_search_locations[0])


def subset(source: Path) -> TTFont:
    """The font reduced to the wanted characters, without hints, with kerning and mark placement."""
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "locl", "kern", "mark", "mkmk", "liga"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409, 0]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str) -> None:
    """Give a changed copy its own family name, as its licence asks; the copyright line stays."""
    old = font["name"].getDebugName(1)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 18):
            new = family.replace(" ", "") if record.nameID == 6 else family
            record.string = record.toUnicode().replace(old, new).replace(old.replace(" ", ""), new)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [family.replace(" ", "")]
        cff.topDictIndex[0].rawDict.update({"FullName": family, "FamilyName": family})


def digits_only(source: Path, weight: int) -> TTFont:
    """A face of the ten digits alone, all of one width, drawn from the given weight."""
    font = TTFont(source, recalcTimestamp=False)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    order = [".notdef", *(names[ord(digit)] for digit in DIGITS)]
    drawn = {".notdef": TTGlyphPen(None).glyph()}
    for name in order[1:]:
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        scale = min(1.0, DIGIT_INK / (right - left))
        shift = (DIGIT_ADVANCE - (right - left) * scale) / 2 - left * scale
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, 1, shift, 0)))
        drawn[name] = pen.glyph()
    return assemble_digits(font, order, drawn, weight)


def assemble_digits(font: TTFont, order: list[str], drawn: dict[str, object], weight: int) -> TTFont:
    """Put drawn digits into a new font that keeps the line measures of the source."""
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(digit): name for digit, name in zip(DIGITS, order[1:], strict=True)})
    builder.setupGlyf(drawn)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({name: (DIGIT_ADVANCE, getattr(table[name], "xMin", 0)) for name in order})
    ascent, descent = font["hhea"].ascent, font["hhea"].descent
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable(
        {
            "copyright": font["name"].getDebugName(0),
            "familyName": DIGITS_FAMILY,
            "styleName": str(weight),
            "fullName": f"{DIGITS_FAMILY} {weight}",
            "psName": f"{DIGITS_FAMILY.replace(' ', '')}-{weight}",
            "licenseDescription": font["name"].getDebugName(13),
        }
    )
    builder.setupOS2(
        sTypoAscender=ascent,
        sTypoDescender=descent,
        usWinAscent=ascent,
        usWinDescent=-descent,
        usWeightClass=weight,
    )
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = font["head"].modified
    builder.font.recalcTimestamp = False
    return builder.font


def write(font: TTFont, path: Path) -> None:
    """Save as WOFF2 and say how large it became."""
    font.flavor = "woff2"
    font.save(path)
    print(f"{path.name:36} {path.stat().st_size:7,} bytes")


def main(target: Path) -> None:
    """Write every face the style sheet names, and the licences that go with them."""
    screen = package_folder("fontpkg_be_vietnam_pro")
    documents = package_folder("rinoh_typeface_texgyretermes")
    for style, name in TEXT_WEIGHTS.items():
        write(subset(screen / "files" / f"BeVietnamPro-{style}.ttf"), target / f"{name}.woff2")
    for style, weight in DIGIT_WEIGHTS.items():
        source = screen / "files" / f"BeVietnamPro-{style}.ttf"
        write(digits_only(source, weight), target / f"nep-so-{weight}.woff2")
    for style, name in DOCUMENT_STYLES.items():
        font = subset(documents / f"texgyretermes-{style}.otf")
        rename(font, DOCUMENT_FAMILY)
        write(font, target / f"nep-van-ban-{name}.woff2")
    (target / "OFL.txt").write_bytes((screen / "LICENSE").read_bytes())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: build_fonts.py TARGET_FOLDER")
    main(Path(sys.argv[1]))
