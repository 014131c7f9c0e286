"""What the sample's force shows with its reports: papers of one page."""

import io

import pikepdf

WAITS = (
    "Waits by hospital, two quarters.pdf",
    ["Waits of more than four hours, by hospital", "", "First quarter: 41", "Second quarter: 12"],
)


def page(lines: list[str]) -> bytes:
    """A PDF with these lines, in a typeface that every reader has."""
    made, written = pikepdf.new(), io.BytesIO()
    typeface = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.add_blank_page(page_size=(595, 842))
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=typeface))
    said = " ".join(f"({line}) Tj T*" for line in lines)
    made.pages[0].Contents = made.make_stream(f"BT /F1 14 Tf 22 TL 72 740 Td {said} ET".encode("ascii"))
    made.save(written, deterministic_id=True)
    return written.getvalue()
