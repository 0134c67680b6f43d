"""Points, sectors and texts of a circle. Angles are degrees, 0 at the top and clockwise."""

from __future__ import annotations

import math

from msgspec import Struct

from kfl_cli.exports.drawings.marks import Point


class CurvedLabel(Struct, frozen=True):
    """A text along a ring."""

    text: str
    at: Point
    turn: float
    """Degrees by which it is turned, so that nobody has to read upside down."""


def point_at(angle: float, radius: float) -> Point:
    """Return the point at an angle and a distance from the middle."""
    turned = math.radians(angle)
    return Point(round(radius * math.sin(turned), 1), round(-radius * math.cos(turned), 1))


def sector(start: float, end: float, inner: float, outer: float) -> str:
    """Return the SVG path of a piece of a ring between two angles."""
    a, b, c, d = point_at(start, outer), point_at(end, outer), point_at(end, inner), point_at(start, inner)
    large = int(end - start > 180)  # noqa: PLR2004  half a turn
    return (
        f"M{a.x} {a.y}A{outer:g} {outer:g} 0 {large} 1 {b.x} {b.y}"
        f"L{c.x} {c.y}A{inner:g} {inner:g} 0 {large} 0 {d.x} {d.y}Z"
    )


def curved_label(text: str, angle: float, radius: float, font: float) -> CurvedLabel:
    """Return a text whose middle lies on a circle at an angle."""
    turned = angle % 360
    upside_down = 95 < turned < 265  # noqa: PLR2004  the lower half
    shift = font * 0.35
    at = point_at(angle, radius + shift if upside_down else radius - shift)
    return CurvedLabel(text, at, turned - 180 * upside_down)
