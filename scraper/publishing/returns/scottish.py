"""The return of Scottish authorities to the Scottish Information Commissioner, worked out from the archive."""

from scraper.publishing.returns.lines import NOT_KNOWN, Line, empty, return_table, total

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
        "requests": "FOISA requests", "unclear": "FOISA closed - unclear", "withdrawn": "FOISA closed - withdrawn",
        "fees": "FOISA fees notice", "paid": "FOISA - fees paid", "on_time": "FOISA response on time",
        "late": "FOISA response late", "failed": "FOISA - faliure to respond", "cost": "FOISA refused - cost",
        "vexatious": "FOISA - vexatious", "repeated": "FOISA - repeated", "full": "FOISA - full release",
        "none": "FOISA - none released", "some": "FOISA - some released", "not_held": "FOISA - none held ",
        "ncnd": "FOISA - no confirm/deny",
    }),
    ("EISR", {
        "requests": "EIR requests", "unclear": "EIR closed - unclear ", "withdrawn": "EIR closed - withdrawn",
        "fees": "EIRs fees notice", "paid": "EIRs - fees paid", "on_time": "EIRs response on time",
        "late": "EIRs response late", "failed": "EIRs - failure to respond", "extended": "EIR timescale extended",
        "cost": "EIRs refused - cost", "unreasonable": "EIRs - manifestly unreasonable", "full": "EIRs - full release",
        "none": "EIRs - none released ", "some": "EIRs - some released", "not_held": "EIRs - none held",
        "ncnd": "EIRs - no confirm/deny",
    }),
)  # fmt: skip
_REVIEWS = (
    ("FOISA", {
        "reviews": "FOISA reviews ", "on_time": "FOISA review - on time", "late": "FOISA review - late response",
        "failed": "FOISA review - failure to respond", "upheld": "FOISA review - wholly/partially upheld",
        "substituted": "FOISA review - substituted decision", "reached": "FOISA review - decision reached ",
    }),
    ("EISR", {
        "reviews": "EIRs reviews", "on_time": "EIRs review - on time", "late": "EIRs review - late response ",
        "failed": "EIRs review - failure to respond", "upheld": "EIR review - upheld",
        "substituted": "EIR review - not upheld",
    }),
)  # fmt: skip
_COUNTED = {
    "requests": ("Requests received.", "s.received"),
    "withdrawn": ("Requests that the requester labelled as withdrawn.", "s.received AND s.withdrawn"),
    "fees": ("Requests with a letter read as a notice of a fee.", "s.received AND s.fee"),
    "extended": (
        "More time was taken because the request is complex and voluminous: regulation 7(1).",
        "s.received AND s.extension IS 'complex_and_voluminous'",
    ),
    "on_time": ("Answered in time.", "s.received AND s.timing IN ('in_time', 'permitted_extension')"),
    "late": ("Answered late.", "s.received AND s.timing = 'late'"),
    "failed": ("Not answered, and due before the last look.", "s.received AND s.timing = 'overdue'"),
    "cost": ("Refused on cost.", "s.classed = 'fully_withheld' AND s.first_outcome = 'cost_limit'"),
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
}  # fmt: skip
_EMPTY = {
    "unclear": f"{NOT_KNOWN} Whether the authority closed a request that nobody made clearer, no letter tells.",
    "paid": f"{NOT_KNOWN} A fee is paid outside of the thread.",
}
_REVIEWED = {
    "reviews": ("Reviews asked for or decided.", "s.reviews"),
    "on_time": ("Reviews decided within 20 working days.", "s.reviews_in_time"),
    "late": ("Reviews decided later.", "s.reviews_late"),
    "failed": ("Reviews not decided, and due before the last look.", "s.reviews_overdue"),
    "upheld": ("Reviews that left the first decision as it was, or changed a part of it.",
               "s.upheld + s.upheld_in_part"),
    "substituted": ("Reviews that put another decision in the place of the first.", "s.overturned"),
    "reached": ("Reviews that brought the first answer, where none had come.", "s.reached"),
}  # fmt: skip


def _outcome(law: str, key: str, name: str) -> Line:
    if key in _EMPTY:
        return empty(name, _EMPTY[key])
    says, condition = _COUNTED[key]
    return total(name, says, f"iif(s.handled_under = '{law}', {condition}, 0)")


def _review(law: str, key: str, name: str) -> Line:
    says, number = _REVIEWED[key]
    return total(name, says, f"iif(s.handled_under = '{law}', {number}, 0)")


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
    *(_review(law, key, name) for law, names in _REVIEWS for key, name in names.items()),
    empty("Subject Access Requests", f"{NOT_KNOWN} A request for data on oneself is not made in public."),
    *(_ground("FOISA", provision) for provision in _FOISA),
    *(_ground("EISR", provision) for provision in _EISR),
)
"""The lines of the published file; those of grounds are named by their provisions."""

SCOTTISH_RETURN = return_table(
    "scottish_return",
    "The return that Scottish authorities make to the Scottish Information Commissioner, worked out from the letters "
    "here, with the names of the lines of its published file; the lines of grounds are named by their provisions. A "
    "row is a body and the quarter in which the requests were received. A letter that names a section and not which "
    "part of it is in no line of a part. Coverage stands at the end of each row.",
    LINES,
)
