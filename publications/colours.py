"""Which ink can be read on the office's colour: the contrast of WCAG 2.2, success criterion 1.4.3."""

WHITE, NEARLY_BLACK = "#ffffff", "#16191c"
READABLE = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 to 1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21; text can be read from `READABLE` on."""
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """White where it can be read, else nearly black."""
    return max([WHITE, NEARLY_BLACK], key=lambda ink: contrast(ink, colour))
