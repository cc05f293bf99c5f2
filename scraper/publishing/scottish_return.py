"""The return of Scottish authorities to the Scottish Information Commissioner, worked out from the archive."""

from scraper.publishing.return_lines import Line, return_table

_FOISA = (
    "25(1)", "25(3)", "26(a)", "26(b)", "26(c)", "27(1)", "27(2)", "28", "29(1)(a)", "29(1)(b)", "29(1)(c)",
    "29(1)(d)", "30(a)", "30(b)(i)", "30(b)(ii)", "30(c)", "31(1)", "31(4)", "32(1)(a)", "32(1)(b)", "33(1)(a)",
    "33(1)(b)", "33(2)(a)", "33(2)(b)", "34(1)", "34(2)(a)", "34(2)(b)", "34(3)", "34(4)", "35(1)(a)", "35(1)(b)",
    "35(1)(c)", "35(1)(d)", "35(1)(e)", "35(1)(f)", "35(1)(g)", "35(1)(h)", "36(1)", "36(2)", "37(1)(a)", "37(1)(b)",
    "38(1)(a)", "38(1)(b)", "38(1)(c)", "38(1)(d)", "39(1)", "39(2)", "40", "41",
)  # fmt: skip
_EISR = (
    "10(4)(a)", "10(4)(b)", "10(4)(c)", "10(4)(d)", "10(4)(e)", "10(5)(a)", "10(5)(b)", "10(5)(c)", "10(5)(d)",
    "10(5)(e)", "10(5)(f)", "10(5)(g)", "10(8)", "11(1)", "11(2)", "11(6)",
)  # fmt: skip
_LAWS = (
    ("FOISA", {
        "requests": "FOISA requests", "on_time": "FOISA response on time", "late": "FOISA response late",
        "failed": "FOISA - faliure to respond", "cost": "FOISA refused - cost", "vexatious": "FOISA - vexatious",
        "repeated": "FOISA - repeated", "full": "FOISA - full release", "none": "FOISA - none released",
        "some": "FOISA - some released", "not_held": "FOISA - none held ", "ncnd": "FOISA - no confirm/deny",
        "reviews": "FOISA reviews ", "substituted": "FOISA review - substituted decision",
    }),
    ("EISR", {
        "requests": "EIR requests", "on_time": "EIRs response on time", "late": "EIRs response late",
        "failed": "EIRs - failure to respond", "unreasonable": "EIRs - manifestly unreasonable",
        "full": "EIRs - full release", "none": "EIRs - none released ", "some": "EIRs - some released",
        "not_held": "EIRs - none held", "ncnd": "EIRs - no confirm/deny", "reviews": "EIRs reviews",
        "substituted": "EIR review - not upheld",
    }),
)  # fmt: skip
_COUNTED = {
    "requests": ("Requests received.", "s.received"),
    "on_time": ("Answered in time.", "s.received AND s.timing IN ('in_time', 'permitted_extension')"),
    "late": ("Answered late.", "s.received AND s.timing = 'late'"),
    "failed": ("Not answered, and due before the last look.", "s.received AND s.timing = 'overdue'"),
    "cost": ("Refused on cost: section 12.", "s.route = 'cost_limit'"),
    "vexatious": ("Refused as vexatious: section 14(1).", "s.route = 'vexatious'"),
    "repeated": ("Refused as repeated: section 14(2).", "s.route = 'repeated'"),
    "unreasonable": ("Refused as manifestly unreasonable: regulation 10(4)(b).", "s.unreasonable"),
    "full": ("All was given.", "s.classed = 'granted_in_full'"),
    "none": (
        "Nothing was given. Refusals that have a line of their own are not here.",
        "s.route = 'exemption' AND s.first_outcome <> 'ncnd' AND NOT s.unreasonable",
    ),
    "some": ("A part was given.", "s.classed = 'partially_withheld'"),
    "not_held": ("Nothing is held.", "s.classed = 'not_held'"),
    "ncnd": ("Neither confirmed nor denied.", "s.first_outcome = 'ncnd'"),
    "reviews": ("Reviews asked for or decided.", "s.reviews"),
    "substituted": ("Reviews that put another decision in the place of the first.", "s.overturned"),
}  # fmt: skip


def _outcome(law: str, key: str, name: str) -> Line:
    says, condition = _COUNTED[key]
    held = f"iif(s.handled_under = '{law}', {condition}, 0)"
    return Line(name=name, says=says, sql=f"coalesce(sum({held}), 0)")


def _ground(law: str, provision: str) -> Line:
    part = f"g.provision = '{provision}' OR substr(g.provision, 1, {len(provision) + 1}) = '{provision}('"
    return Line(
        name=f"{law} {provision}",
        says=f"Requests that rely on {provision}, or on a part of it.",
        sql="(SELECT count(DISTINCT g.request_id) FROM temp.return_grounds AS g "  # noqa: S608 - words of this module
        "WHERE g.authority_id = s.authority_id AND g.year = s.year AND g.quarter = s.quarter "
        f"AND g.regime = '{law}' AND ({part}))",
    )


LINES: tuple[Line, ...] = (
    *(_outcome(law, key, name) for law, names in _LAWS for key, name in names.items()),
    *(_ground("FOISA", provision) for provision in _FOISA),
    *(_ground("EISR", provision) for provision in _EISR),
)
"""Lines on fees and on subject access are not here. The names of grounds are their provisions."""

SCOTTISH_RETURN = return_table(
    "scottish_return",
    "The return that Scottish authorities make to the Scottish Information Commissioner, worked out from the letters "
    "here, with the names of the lines of its published file; the lines of grounds are named by their provisions. A "
    "row is a body and the quarter in which the requests were received. A letter that names a section and not which "
    "part of it is in no line of a part. Coverage stands at the end of each row.",
    LINES,
)
