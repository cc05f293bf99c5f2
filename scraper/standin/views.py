"""Templates and the small functions they call."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from scraper.standin.answers import HOUR, Answer, page
from scraper.standin.calendar import iso_seconds, padded_day, ruby
from scraper.standin.records import SHOWN, StandinEvent, StandinFile, StandinRequest
from scraper.standin.states import LABELS
from scraper.standin.words import comment_words, message_text, message_words

ICONS = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-excel",
        "image/jpeg",
        "text/plain",
    }
)
VIEWABLE = ICONS | {"text/csv"} - {"image/jpeg"}
STOCK_REASON = "There can be several reasons for this, and we cannot say which."


@cache
def environment() -> Environment:
    """The templates, autoescaped; a name that a template lacks is an error."""
    made = Environment(
        loader=PackageLoader("scraper.standin"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=False,
    )
    made.filters.update(
        iso=iso_seconds, ruby=ruby, padded=_padded, label=LABELS.__getitem__, quoted=quote, icon=icon, size=size,
        viewable=lambda file: file.media_type in VIEWABLE - {"image/jpeg"}, breaks=_breaks,
    )  # fmt: skip
    return made


def render(template: str, *, title: str, page_id: str, base: str, path: str, **values: Any) -> str:
    """A page; ``page_id`` is ``controllername_action``."""
    controller = page_id.rpartition("_")[0]
    shared = {
        "title": title,
        "page_id": page_id,
        "controller": controller,
        "base": base,
        "path": path,
        "url": base + path,
    }
    return environment().get_template(template).render(**shared, **values)


def _padded(moment: datetime | date) -> str:
    return padded_day(moment.date() if isinstance(moment, datetime) else moment)


def _breaks(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def icon(file: StandinFile) -> str:
    """The picture for a type of file."""
    known = file.media_type in ICONS
    return f"icon_{file.media_type.replace('/', '_', 1)}_large-0000.png" if known else "icon_unknown-0000.png"


def size(file: StandinFile) -> str:
    """``123K``, rounded down, or ``1.2M`` (3.6)."""
    count = len(file.data)
    return f"{count / 1048576:.1f}M" if count > 1048576 else f"{count // 1024}K"


def hidden(thing: str, prominence: str, reason: str | None) -> Markup:
    """The words that stand where something was taken down."""
    sign_in = (
        Markup(' If it is yours, <a href="/profile/sign_in">sign in</a> to see it.')
        if prominence == "requester_only"
        else ""
    )
    told = reason or STOCK_REASON
    return Markup('This {} has been hidden. {}{} <a href="/help/contact">Contact us</a> to ask about it.').format(
        thing, told, sign_in
    )


def request_page(
    request: StandinRequest, *, base: str, path: str, unfold: bool, batch_size: int, similar: Sequence[StandinRequest]
) -> Answer:
    """``/request/SLUG``, with or without quoted sections."""
    eir = request.law_used == "eir"
    law = "Environmental Information Regulations" if eir else "Freedom of Information"
    body = render(
        "request.html",
        title=f"{request.title} - a {law} request to {request.authority.name}",
        page_id="request_show",
        base=base,
        path=path,
        request=request,
        user=request.user,
        law=law,
        batch_size=batch_size,
        similar=similar,
        description=message_text(request.messages[0], unfold=True) if request.messages else "",
        hidden=hidden,
        words=lambda message, nofollow=False: message_words(message, unfold=unfold, nofollow=nofollow),
        comment_words=comment_words,
    )
    answer = page(body)
    return answer.with_headers(X_Robots_Tag="noindex") if request.prominence == "backpage" else answer


DETAILS = ("id", "event_type", "details", "created_at", "described_state", "calculated_state", "last_described_at")


def details_page(request: StandinRequest, *, base: str, path: str, cache_control: str) -> Answer:
    """``/request/SLUG/details``: the history as a table (3.9)."""

    def cells(event: StandinEvent) -> list[tuple[str, str]]:
        described = ruby(event.last_described_at) if event.last_described_at else ""
        named = "edit metadata" if event.event_type == "edit" else event.event_type
        values = (str(event.id), named, ", ".join(event.changed), ruby(event.created_at))
        return list(
            zip(DETAILS, (*values, event.described_state or "", event.calculated_state or "", described), strict=True)
        )

    title = f"Details of request '{request.title}'"
    body = render(
        "details.html",
        title=title,
        page_id="request_details",
        base=base,
        path=path,
        request=request,
        cells=cells,
        columns=DETAILS,
        shown=SHOWN,
    )
    return page(body, cache=cache_control)


def notice(
    heading: str,
    text: str | Markup,
    *,
    status: int,
    page_id: str,
    base: str,
    path: str,
    cache_control: str = "no-cache",
    cookie: bool = True,
    **values: Any,
) -> Answer:
    """A page that says one thing."""
    defaults = {
        "error": False,
        "refresh": None,
        "hidden_message": False,
        "button": None,
        "button_text": "",
        "button_class": "",
    }
    body = render(
        "notice.html",
        title=heading,
        page_id=page_id,
        base=base,
        path=path,
        heading=heading,
        text=text,
        **{**defaults, **values},
    )
    return page(body, status=status, cache=cache_control, cookie=cookie)


def not_found(*, base: str, path: str, page_id: str = "general_not_found", cache_control: str = "no-cache") -> Answer:
    """The site's own 404."""
    return notice(
        "Sorry, we couldn't find that page",
        "There is nothing at this address. Some requests are published with a delay.",
        status=404,
        page_id=page_id,
        base=base,
        path=path,
        cache_control=cache_control,
        error=True,
    )


def removed_request(request: StandinRequest, *, base: str, path: str, page_id: str) -> Answer:
    """403 in place of a hidden request."""
    text = hidden("request", request.prominence, request.prominence_reason)
    return notice(
        "Request has been removed", text, status=403, page_id=page_id, base=base, path=path, cache_control=HOUR
    )
