"""The look of letters: paper and ink as in tokens.css, written out for mail programs."""

from __future__ import annotations

FONT = "font-family:'Golos Text','Segoe UI',Roboto,Helvetica,Arial,sans-serif"
INK, QUIET, PAPER, CARD, HAIRLINE, ROWAN = "#1D1B19", "#6B645C", "#FAF7F2", "#FFFFFF", "#E6DFD5", "#C8371F"

STYLES = {
    "paper": f"margin:0;padding:0;background:{PAPER};color:{INK};{FONT};font-size:17px;line-height:1.5",
    "around": f"width:100%;background:{PAPER};border-collapse:collapse",
    "middle": "padding:24px 12px",
    "sheet": f"width:100%;max-width:560px;margin:0 auto;background:{CARD};border:1px solid {HAIRLINE};"
    "border-radius:12px;border-collapse:separate",
    "inside": "padding:28px 24px",
    "mark": f"margin:0 0 20px;font-size:17px;font-weight:700;color:{INK}",
    "brand": f"color:{INK};text-decoration:none",
    "title": f"margin:0 0 12px;font-size:26px;line-height:1.22;font-weight:600;color:{INK}",
    "words": f"margin:0 0 12px;font-size:17px;line-height:1.5;color:{INK}",
    "goods": f"width:100%;margin:20px 0 0;border-collapse:collapse;border-top:1px solid {HAIRLINE}",
    "thing": f"padding:10px 12px 10px 0;border-bottom:1px solid {HAIRLINE};font-size:15px;color:{INK}",
    "sum": f"padding:10px 0;border-bottom:1px solid {HAIRLINE};font-size:15px;text-align:right;white-space:nowrap;"
    f"vertical-align:top;color:{INK};font-variant-numeric:tabular-nums",
    "total": f"padding:12px 12px 12px 0;font-size:17px;font-weight:600;color:{INK}",
    "total-sum": f"padding:12px 0;font-size:17px;font-weight:600;text-align:right;white-space:nowrap;color:{INK};"
    "font-variant-numeric:tabular-nums",
    "point": f"margin:16px 0 0;font-size:15px;line-height:1.5;color:{INK}",
    "quiet": f"font-size:13px;line-height:1.5;color:{QUIET}",
    "action": "margin:24px 0 0",
    "button": f"display:inline-block;background:{ROWAN};color:#FFFFFF;font-size:17px;font-weight:600;"
    "text-decoration:none;padding:12px 20px;border-radius:8px",
    "foot": f"padding:16px 24px 0;font-size:13px;line-height:1.5;color:{QUIET};text-align:center",
    "link": f"color:{QUIET}",
}

NIGHT = (
    "@media (prefers-color-scheme: dark){"
    ".paper,.around{background:#161412!important}"
    ".sheet{background:#1F1C19!important;border-color:#332E29!important}"
    ".paper,.mark,.brand,.title,.words,.thing,.sum,.total,.total-sum,.point{color:#F3EDE4!important}"
    ".goods,.thing,.sum{border-color:#332E29!important}"
    ".quiet,.foot,.link{color:#A89F94!important}"
    ".button{background:#CE4128!important}"
    "}"
)
