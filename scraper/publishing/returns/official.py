"""The return of government bodies on Freedom of Information, as the Cabinet Office publishes it, from the archive.

The names of the lines are those of the published file, spaces and all, so that the two can be laid side by side.
A request is in the quarter in which it was received. One refused only under section 21 is in the lines of that section
and in no other; sections 12 and 14 are outcomes and no exemptions; section 39 is never one, since such a request is
counted under the environmental regulations. What a request is refused on counts once for each section, and only until
there is an internal review.
"""

from scraper.publishing.returns.lines import NOT_KNOWN, Line, empty, percentage, return_table, steps, total

SECTIONS = {
    "22": "Information intended for future publication",
    "22A": "Research intended for future publication",
    "23": "Information supplied by, or relating to, bodies dealing with security matters",
    "24": "National security",
    "26": "Defence",
    "27": "International relations",
    "28": "Relations within the United Kingdom",
    "29": "The economy",
    "30": "Investigations and proceedings conducted by public authorities",
    "31": "Law enforcement",
    "32": "Court records, etc",
    "33": "Audit functions",
    "34": "Parliamentary privilege",
    "35": "Formulation of Government policy, etc",
    "36": "Prejudice to effective conduct of public affairs",
    "37": "Communications with Her Majesty, etc and honours",
    "38": "Health and Safety",
    "39": "Environmental information",
    "40": "Personal information",
    "41": "Information provided in confidence",
    "42": "Legal professional privilege",
    "43": "Commercial interests",
    "44": "Prohibitions on disclosure",
}
EXCEPTIONS = {
    "3(a)": "Exempt personal data",
    "4(a)": "Information not held",
    "4(b)": "Manifestly unreasonable",
    "4(c)": "Too general",
    "4(d)": "Work in progress / incomplete data",
    "4(e)": "Internal communications",
    "5(a)": "Adverse effect on international relations, defence, national security, public safety",
    "5(b)": "Adverse effect on course of justice or conduct of enquiries",
    "5(c)": "Adverse effect on intellectual property rights",
    "5(d)": "Impinges on confidentiality of a public authority's work",
    "5(e)": "Impinges on confidentiality of commercial or industrial information",
    "5(f)": "Adverse effect on interests of person who provided the information",
    "5(g)": "Adverse effect on protection of environment to which information relates",
}
WAITS = (
    "5 or Less", "6 to 10", "11 to 15", "16 to 20", "21 to 30", "31 to 40", "41 to 60", "61 to 80", "81 to 100",
    "More than 100",
)  # fmt: skip
"""How long an extension for the public interest took, in the words of the published file."""
REVIEW_WAITS = ("10 or less", "11 to 20", "21 to 40", "41 to 60", "61 to 80", "81 to 100", "More than 100")
"""How long an internal review took."""
_FROM_LAST_YEAR = (
    "Always empty: the published file carries over what was open at the end of the year before, and a row here is a "
    "quarter."
)
_RESOLVABLE = "s.classed IN ('granted_in_full', 'partially_withheld', 'fully_withheld', 'not_yet_answered')"


def _grounds(regime: str, grounds: str) -> str:
    where = f"g.regime = '{regime}' AND ({grounds})"
    return (
        "(SELECT count(DISTINCT g.request_id) FROM temp.return_sections AS g "  # noqa: S608 - words of this module
        f"WHERE g.authority_id = s.authority_id AND g.year = s.year AND g.quarter = s.quarter AND {where})"
    )


def _section(section: str, title: str) -> Line:
    name = f"S({section}) - {title}"
    if section == "39":
        return Line(name=name, says="Always 0: such requests count under the environmental regulations.", sql="0")
    says = f"Requests withheld in part or in full that rely on section {section}."
    return Line(name=name, says=says, sql=_grounds("FOIA", f"g.section = '{section}'"))


def _exception(code: str, title: str) -> Line:
    regulation = f"12({code[0]}){code[1:]}"
    says, found = (
        f"Requests withheld in part or in full that rely on regulation {regulation}.",
        f"g.section = '{regulation}'",
    )
    if code == "3(a)":
        says = "Requests withheld in part or in full that rely on regulation 13, or on a part of it."
        found = "g.section IN ('12(3)', '13') OR substr(g.section, 1, 3) = '13('"
    elif code == "4(a)":
        says = "Requests that rely on regulation 12(4)(a), also those counted as not held."
    return Line(name=f"{code} - {title}", says=says, sql=_grounds("EIR", found))


_GROUND_LINES = (
    *(_section(section, title) for section, title in SECTIONS.items()),
    *(_exception(code, title) for code, title in EXCEPTIONS.items()),
)

LINES: tuple[Line, ...] = (
    total("Total requests received", "Requests, without those refused only under section 21.", "s.received"),
    total("Requests Processed", "Of these, requests with an answer.", "s.received AND s.processed"),
    total("Requests on-hold or lapsed", "Requests that wait for the requester, or for a fee.", "s.on_hold"),
    total(
        "Requests still being processed",
        "Requests with no answer that do not wait for the requester.",
        "s.received AND NOT s.processed AND NOT s.on_hold",
    ),
    total("Requests handled under EIRs", "Requests to which a letter answers under the environmental regulations.",
          "s.received AND s.handled_under = 'EIR'"),
    total(
        "Total requests received (excluding on-hold and lapsed)",
        "The denominator of the three lines below. The published file has this name twice; here it stands once.",
        "s.received AND NOT s.on_hold",
    ),
    total("20-day deadline met", "Requests answered within the first time limit.",
          "s.received AND s.timing = 'in_time'"),
    total("Permitted extension to 20-day deadline", "Requests answered within an extension that the law permits.",
          "s.received AND s.timing = 'permitted_extension'"),
    total("Late response (i.e. 20-day deadline missed)", "Requests answered late.",
          "s.received AND s.timing = 'late'"),
    percentage("Percentage of requests meeting 20-day deadline",
               "20-day deadline met, of those not on hold. What is not known of time lowers it: see timing_not_known.",
               "s.received AND s.timing = 'in_time'", of="s.received AND NOT s.on_hold"),
    percentage('Percentage of requests "in time" (i.e. meeting deadline or with permitted extension)',
               "The same, with those within a permitted extension.",
               "s.received AND s.timing IN ('in_time', 'permitted_extension')", of="s.received AND NOT s.on_hold"),
    total("Requests where advice and assistance provided",
          "Requests whose first answer is that they must be made clearer, and that do not wait for it.",
          "s.received AND NOT s.on_hold AND s.classed = 'on_hold'"),
    total("Requests where information not held", "Requests whose first answer is that nothing is held.",
          "s.received AND s.classed = 'not_held'"),
    total('Total "resolvable" requests', "The denominator of the four lines below.", f"s.received AND {_RESOLVABLE}"),
    total("Initial Outcome Granted in full", "Requests whose first answer gives all.",
          "s.received AND s.classed = 'granted_in_full'"),
    total("Initial Outcome  Partially withheld", "Requests whose first answer gives a part.",
          "s.received AND s.classed = 'partially_withheld'"),
    total("Initial Outcome  Fully withheld", "Requests whose first answer gives nothing, on whatever ground.",
          "s.received AND s.classed = 'fully_withheld'"),
    total("Initial Outcome Response not yet provided", "Requests with no answer that do not wait for the requester.",
          "s.received AND s.classed = 'not_yet_answered'"),
    percentage("Percentage of resolvable requests granted in full", "Of the resolvable requests.",
               "s.received AND s.classed = 'granted_in_full'", of=f"s.received AND {_RESOLVABLE}"),
    percentage("Percentage of resolvable requests withheld in full", "Of the resolvable requests.",
               "s.received AND s.classed = 'fully_withheld'", of=f"s.received AND {_RESOLVABLE}"),
    total("Fully refused - vexatious", "Refused as vexatious: section 14(1).", "s.received AND s.route = 'vexatious'"),
    total("Fully refused - repeated", "Refused as repeated: section 14(2).", "s.received AND s.route = 'repeated'"),
    total("Fully refused - cost limit", "Refused on cost: section 12.", "s.received AND s.route = 'cost_limit'"),
    total("Fully refused - exemption", "Refused in full on an exemption or exception.",
          "s.received AND s.route = 'exemption'"),
    *_GROUND_LINES,
    Line(
        name="Total exemptions and exceptions applied",
        says="All of the lines from S(22) to 5(g) together: a request counts once in each.",
        sql=" + ".join(line.sql for line in _GROUND_LINES),
    ),
    total("Number of requests where an exemption was claimed",
          "The denominator of shares: requests withheld in part, or in full on an exemption or exception.",
          "s.received AND s.claimed"),
    total("Total Section 21 exemptions used", "Requests refused only under section 21, in part or in full.",
          "s.only_21"),
    total("S21 Partly Exempt", "Of these, requests of which a part was given.",
          "s.only_21 AND s.classed = 'partially_withheld'"),
    total("S21 Fully Exempt", "Of these, all others.", "s.only_21 AND s.classed <> 'partially_withheld'"),
    total("S21 20-day deadline met", "Of these, requests answered within the first time limit.",
          "s.only_21 AND s.timing = 'in_time'"),
    total("S21 Late response (i.e. 20-day deadline missed)", "Of these, requests answered late.",
          "s.only_21 AND s.timing = 'late'"),
    percentage("S21 Percentage of requests meeting 20-day deadline", "Of the requests refused only under section 21.",
               "s.only_21 AND s.timing = 'in_time'", of="s.only_21"),
    total("Total Internal Reviews", "Internal reviews of requests of the quarter, decided or not.", "s.reviews"),
    total("Internal Reviews with outcome known", "Of these, reviews with a letter that says what became of it.",
          "s.upheld + s.upheld_in_part + s.overturned"),
    total("IR number upheld in full", "Reviews that changed nothing.", "s.upheld"),
    total("IR number upheld in part", "Reviews that changed a part.", "s.upheld_in_part"),
    total("IR number overturned", "Reviews that changed the whole of the decision.", "s.overturned"),
    percentage("IR percentage upheld in full", "Of the reviews with outcome known.", "s.upheld",
               of="s.upheld + s.upheld_in_part + s.overturned"),
    *(
        empty(name, f"{NOT_KNOWN} Complaints to the Information Commissioner are made outside of the threads.")
        for name in (
            "ICO Total Complaints", "ICO Complaints with known outcome", "ICO Number upheld in full",
            "ICO Number upheld in part", "ICO Number overturned", "ICO Percentage upheld in full",
        )
    ),
    total("PIT Total Requests Extended", "Requests with more time taken to weigh the public interest: section 10(3).",
          "s.extension = 'public_interest'"),
    total("PIT Number Completed", "Of these, requests with an answer.",
          "s.extension = 'public_interest' AND s.bucket IS NOT NULL"),
    *steps("PIT", "Of these, those extended by", {
        step: f"s.extension = 'public_interest' AND lower(s.bucket) = '{step.lower()}'" for step in WAITS
    }),
    total("IR Total Reviews Completed", "Internal reviews with an outcome, whether it could be read or not; those "
          "whose asking is not in the thread are in none of the seven lines that follow.", "s.reviews_decided"),
    *steps("IR", "Of these, those that took", {
        step: f"s.review_{number}" for number, step in enumerate(REVIEW_WAITS)
    }),
    *(empty(f"PIT uncompleted prev year {step}", _FROM_LAST_YEAR) for step in ("Total last year", *WAITS)),
    *(empty(f"IR uncompleted prev year {step}", _FROM_LAST_YEAR) for step in ("Total last year", *REVIEW_WAITS)),
)  # fmt: skip
"""In the order of the published file."""

OFFICIAL_RETURN = return_table(
    "official_return",
    "The return that government bodies make to the Cabinet Office, worked out from the letters here, with the names of "
    "its published file. A row is a body and the quarter in which the requests were received, under FOIA or the EIR. "
    "Only bodies of central government have an official figure to compare with, and this archive holds the public "
    "requests of one site: coverage stands at the end of each row.",
    LINES,
)
