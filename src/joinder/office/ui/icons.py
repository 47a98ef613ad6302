"""The icon sprite: 16 px grid, 1.5 px stroke, our own drawings. An icon always stands with a word or has a label."""

from __future__ import annotations

#: name → the shapes inside a 16 × 16 symbol.
ICONS: dict[str, str] = {
    "desk": '<path d="M2 6h12M3.5 6v7M12.5 6v7M5 6V3.5h6V6"/>',
    "lead": '<circle cx="7" cy="7" r="4"/><path d="m10 10 4 4M5.5 7h3"/>',
    "subject": '<circle cx="8" cy="5" r="2.5"/><path d="M3 13.5c.5-3 2.5-4.5 5-4.5s4.5 1.5 5 4.5"/>',
    "exhibit": '<path d="M4 2h5.5L13 5.5V14H4zM9 2v4h4"/><path d="m6 10 1.5 1.5L11 8"/>',
    "matter": '<path d="M2.5 4.5h4l1.5 2h5.5v7h-11z"/>',
    "notice": '<path d="M2 4h12v8.5H2z"/><path d="m2.5 4.5 5.5 4.5 5.5-4.5"/>',
    "job": '<path d="M8 2.5v3M8 10.5v3M2.5 8h3M10.5 8h3"/><circle cx="8" cy="8" r="2.5"/>',
    "capability": '<path d="M3 3h4v4H3zM9 9h4v4H9zM9 3h4v4H9zM3 9h4v4H3z"/>',
    "pool": (
        '<ellipse cx="8" cy="4" rx="5" ry="2"/><path d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2'
        ' 2 5 2s5-.9 5-2"/>'
    ),
    "right": '<circle cx="8" cy="8" r="5.5"/><path d="M6.5 11V5h2a1.8 1.8 0 0 1 0 3.5h-2m2 0 1.5 2.5"/>',
    "ledger": '<path d="M4 2.5h8.5v11H4a1.5 1.5 0 0 1 0-3h8.5M4 2.5v8M6.5 5.5h3.5"/>',
    "people": (
        '<circle cx="6" cy="5.5" r="2"/><path d="M2 13c.4-2.5 2-4 4-4s3.6 1.5 4 4M10.5 3.7a2 2 0 0 1 0'
        ' 3.6M12 9.5c1.2.6 1.8 1.8 2 3.5"/>'
    ),
    "insight": '<path d="M3 13V8M7 13V4M11 13V6M2 13.5h12"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "menu": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
    "more": '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01"/>',
    "expand": '<path d="m4 6 4 4 4-4"/>',
    "next": '<path d="m6 4 4 4-4 4"/>',
    "previous": '<path d="m10 4-4 4 4 4"/>',
    "external": '<path d="M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5"/>',
    "copy": '<path d="M5.5 5.5H13V13H5.5z"/><path d="M10.5 5.5V3H3v7.5h2.5"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>',
    "clock": '<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.5l2.5 1.5"/>',
    "check": '<path d="m3.5 8.5 3 3 6-7"/>',
    "warning": '<path d="M8 2.5 14 13H2zM8 6.5v3M8 11.2v.01"/>',
    "seal": '<circle cx="8" cy="6.5" r="4"/><path d="m5.5 10-1 4L8 12.5l3.5 1.5-1-4"/>',
    "undo": '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5 6 3.5M3 6.5l3 3"/>',
    "link": (
        '<path d="M6.5 9.5 9.5 6.5M7 5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7"/>'
    ),
    "filter": '<path d="M2.5 3.5h11L9.5 8.5v4l-3 1v-5z"/>',
    "sun": (
        '<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6'
        ' 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1"/>'
    ),
    "language": (
        '<circle cx="8" cy="8" r="5.5"/><path d="M2.5 8h11M8 2.5c3.5 3.5 3.5 7.5 0 11M8 2.5c-3.5'
        ' 3.5-3.5 7.5 0 11"/>'
    ),
    "leave": '<path d="M9.5 3H3.5v10h6M7 8h7M11.5 5.5 14 8l-2.5 2.5"/>',
    "shield": '<path d="M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4z"/>',
}


def sprite() -> str:
    """The sprite as one SVG file of symbols."""
    symbols = "".join(
        f'<symbol id="{name}" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" '
        f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
        for name, shapes in sorted(ICONS.items())
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'
