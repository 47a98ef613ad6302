"""The icon sprite: 16 px grid, 1.5 px stroke, our own drawings. An icon always stands with a word or has a label."""

from __future__ import annotations

#: name → the shapes inside a 16 × 16 symbol.
ICONS: dict[str, str] = {
    "desk": '<path d="M2 6h12M3.5 6v7M12.5 6v7M5 6V3.5h6V6"/>',
    "lead": '<circle cx="7" cy="7" r="4"/><path d="m10 10 4 4M5.5 7h3"/>',
    "subject": '<circle cx="8" cy="5" r="2.5"/><path d="M3 13.5c.5-3 2.500-4.500 5-4.500s4.500 1.500 5 4.500"/>',
    "exhibit": '<path d="M4 2h5.500L13 5.500V14H4zM9 2v4h4"/><path d="m6 10 1.500 1.500L11 8"/>',
    "matter": '<path d="M2.500 4.500h4l1.500 2h5.500v7h-11z"/>',
    "notice": '<path d="M2 4h12v8.500H2z"/><path d="m2.500 4.500 5.500 4.500 5.500-4.500"/>',
    "job": '<path d="M8 2.500v3M8 10.500v3M2.500 8h3M10.500 8h3"/><circle cx="8" cy="8" r="2.500"/>',
    "capability": '<path d="M3 3h4v4H3zM9 9h4v4H9zM9 3h4v4H9zM3 9h4v4H3z"/>',
    "pool": '<ellipse cx="8" cy="4" rx="5" ry="2"/><path d="M3 4v8c0 1.100 2.200 2 5 2s5-.9 5-2V4M3 8c0 1.100 2.200 2 5 2s5-.9 5-2"/>',
    "right": '<circle cx="8" cy="8" r="5.500"/><path d="M6.500 11V5h2a1.800 1.800 0 0 1 0 3.500h-2m2 0 1.500 2.500"/>',
    "ledger": '<path d="M4 2.500h8.500v11H4a1.500 1.500 0 0 1 0-3h8.500M4 2.500v8M6.500 5.500h3.500"/>',
    "people": '<circle cx="6" cy="5.500" r="2"/><path d="M2 13c.4-2.500 2-4 4-4s3.600 1.500 4 4M10.500 3.700a2 2 0 0 1 0 3.600M12 9.500c1.200.6 1.800 1.800 2 3.500"/>',
    "insight": '<path d="M3 13V8M7 13V4M11 13V6M2 13.500h12"/>',
    "search": '<circle cx="7" cy="7" r="4.500"/><path d="m10.500 10.500 3.500 3.500"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "menu": '<path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11"/>',
    "more": '<path d="M3.500 8h.01M8 8h.01M12.500 8h.01"/>',
    "expand": '<path d="m4 6 4 4 4-4"/>',
    "next": '<path d="m6 4 4 4-4 4"/>',
    "previous": '<path d="m10 4-4 4 4 4"/>',
    "external": '<path d="M9 3h4v4M13 3 7.500 8.500M11 9.500V13H3V5h3.500"/>',
    "copy": '<path d="M5.500 5.500H13V13H5.500z"/><path d="M10.500 5.500V3H3v7.500h2.500"/>',
    "print": '<path d="M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.500h7v4h-7z"/>',
    "clock": '<circle cx="8" cy="8" r="5.500"/><path d="M8 5v3.500l2.500 1.500"/>',
    "check": '<path d="m3.500 8.500 3 3 6-7"/>',
    "warning": '<path d="M8 2.500 14 13H2zM8 6.500v3M8 11.200v.01"/>',
    "seal": '<circle cx="8" cy="6.500" r="4"/><path d="m5.500 10-1 4L8 12.500l3.500 1.500-1-4"/>',
    "undo": '<path d="M3 6.500h6.500a3.500 3.500 0 0 1 0 7H6M3 6.500 6 3.500M3 6.500l3 3"/>',
    "link": '<path d="M6.500 9.500 9.500 6.500M7 5l1.500-1.500a2.800 2.800 0 0 1 4 4L11 9M9 11l-1.500 1.500a2.800 2.800 0 0 1-4-4L5 7"/>',
    "filter": '<path d="M2.500 3.500h11L9.500 8.500v4l-3 1v-5z"/>',
    "sun": '<circle cx="8" cy="8" r="2.800"/><path d="M8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M3.400 12.600l1-1M11.600 4.400l1-1"/>',
    "language": '<circle cx="8" cy="8" r="5.500"/><path d="M2.500 8h11M8 2.500c3.500 3.500 3.500 7.500 0 11M8 2.500c-3.500 3.500-3.500 7.500 0 11"/>',
    "leave": '<path d="M9.500 3H3.500v10h6M7 8h7M11.500 5.500 14 8l-2.500 2.500"/>',
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
