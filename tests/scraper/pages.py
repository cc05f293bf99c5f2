"""Pages in the form of the site's, as small as its parsers allow, with words made for the tests."""

import hashlib
import json
from dataclasses import dataclass, field, replace

HTML = "text/html; charset=utf-8"
AUTHORITIES = (
    "Internal ID,Name,Short name,URL name,Tags,Home page,Publication scheme,Disclosure log,Notes,"
    "Created at,Updated at,Version\n"
    "31,Ambleford Town Council,,ambleford,parish_council,,,,,2020-01-02 03:04:05 +0000,2020-01-02 03:04:05 +0000,1\n"
)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. ``cut`` closes the connection half-way through the body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def page(controller: str, inside: str, *, head: str = "", status: int = 200) -> Reply:
    """A page in the site's frame."""
    kind = controller.rpartition("_")[0]
    html = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>FOI Example</title>{head}</head><body>'
        f'<div id="content" role="main"><div id="{controller}" class="controller_{kind}">{inside}</div></div>'
        "</body></html>"
    )
    return Reply(status=status, body=html.encode(), headers={"Content-Type": HTML})


def notice(heading: str, words: str = "", *, status: int = 403, controller: str = "request_show") -> Reply:
    """A page with a heading and a paragraph, such as those in place of what was removed."""
    return page(controller, f"<h1>{heading}</h1><p>{words}</p>", status=status)


NOT_FOUND = page(
    "request_show",
    '<div id="error-page" class="error-page"><h1>Sorry, we couldn\'t find that page</h1></div>',
    status=404,
)
STATIC_NOT_FOUND = Reply(
    status=404,
    body=b"<!doctype html><html><head><title>The page doesn't exist (404 Not found)</title></head><body></body></html>",
    headers={"Content-Type": HTML},
)
HIDDEN = notice("Request has been removed", "This request has been hidden. It names a child.")
WAIT = page(
    "attachment_masks_wait", "<h1>Attachment processing...</h1>", head='<meta http-equiv="refresh" content="2">'
)
CHALLENGE = Reply(
    status=403,
    body=b"<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    b"<body><script>window._cf_chl_opt={cvId:'3'};</script></body></html>",
    headers={"Content-Type": HTML, "cf-mitigated": "challenge"},
)


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": location, "Content-Type": HTML})


def file(data: bytes, media: str = "application/pdf") -> Reply:
    """An attachment as the site sends it."""
    return Reply(body=data, headers={"Content-Type": media, "Content-Disposition": 'attachment; filename="x"'})


def text(body: str, media: str = "text/plain") -> Reply:
    return Reply(body=body.encode(), headers={"Content-Type": media})


def with_headers(reply: Reply, **headers: str) -> Reply:
    """The same answer with more headers; an underscore in a name stands for a hyphen."""
    return replace(
        reply, headers={**reply.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )


def tagged(reply: Reply) -> Reply:
    """The same answer with an ETag of its body, as the site sends it."""
    return with_headers(reply, ETag=f'W/"{hashlib.sha256(reply.body).hexdigest()[:32]}"')


def attachment_path(slug: str, number: int, position: int, name: str) -> str:
    return f"/request/{slug}/response/{number}/attach/{position + 2}/{name}"


def request_json(slug: str, number: int) -> str:
    body = {
        "id": 31,
        "url_name": "ambleford",
        "name": "Ambleford Town Council",
        "short_name": None,
        "created_at": "2020-01-02T03:04:05.678+00:00",
        "updated_at": "2030-01-02T03:04:05.678+00:00",
        "home_page": None,
        "notes": "",
        "publication_scheme": "",
        "disclosure_log": "",
        "tags": [["parish_council", None]],
        "info": {
            "requests_count": 1,
            "requests_successful_count": 0,
            "requests_not_held_count": 0,
            "requests_overdue_count": 0,
            "requests_visible_classified_count": 0,
        },
    }
    events = [
        _event(10 * number, "sent", outgoing=number, status="Clarification"),
        _event(10 * number + 1, "response", incoming=number, status="Response"),
    ]
    return json.dumps(
        {
            "id": number,
            "url_title": slug,
            "title": f"Request {number}",
            "created_at": "2031-03-03T09:30:00.123+00:00",
            "updated_at": "2031-03-20T16:05:09.001+00:00",
            "described_state": "successful",
            "display_status": "Successful",
            "awaiting_description": False,
            "prominence": "normal",
            "law_used": "foi",
            "tags": [],
            "user": {
                "id": 77,
                "url_name": "petra_novak",
                "name": "Petra Novak",
                "ban_text": "",
                "about_me": None,
            },
            "public_body": body,
            "info_request_events": events,
        }
    )


def _event(
    number: int, kind: str, *, status: str, outgoing: int | None = None, incoming: int | None = None
) -> dict[str, object]:
    return {
        "id": number,
        "event_type": kind,
        "created_at": "2031-03-03T09:30:00.123+00:00",
        "described_state": None,
        "calculated_state": None,
        "last_described_at": None,
        "incoming_message_id": incoming,
        "outgoing_message_id": outgoing,
        "comment_id": None,
        "display_status": status,
    }


def thread_page(slug: str, number: int, names: list[str]) -> Reply:
    inside = (
        f'<div class="request-header"><div class="row"><h1>Request {number}</h1>'
        '<p class="request-header__subtitle "><a href="/user/petra_novak">Petra Novak</a> made this Freedom of '
        'Information request to <a href="/body/ambleford">Ambleford Town Council</a></p><div class="request-status">'
        '<div id="request_status" class="request-status-message request-status-message--successful">'
        '<i class="icon-standalone icon_successful"></i><p>The request was <strong>successful</strong>.</p></div>'
        "</div></div></div>"
        f'<div id="left_column" class="left_column">{_block(slug, "outgoing", number, "Petra Novak", "")}'
        f"{_block(slug, 'incoming', number, 'Ambleford Town Council', _files(slug, number, names))}</div>"
        '<div id="right_column" class="sidebar right_column"></div>'
    )
    return page("request_show", inside)


def _block(slug: str, direction: str, number: int, author: str, files: str) -> str:
    anchor = f"{direction}-{number}"
    prominence = " normal" if direction == "incoming" else ""
    words = f"{files}<div><p>Words of {anchor}.</p></div>"
    return (
        '<div class="ff-print-fix"></div>'
        f'<div class="{direction} correspondence{prominence} js-collapsible" id="{anchor}">'
        '<div class="correspondence__header"><span class="correspondence__header__author js-collapsible-trigger">'
        f'{author}</span><a class="correspondence__header__date" href="#{anchor}">'
        '<time datetime="2031-03-03T09:30:00+00:00" title="">a day</time></a></div>'
        f'<div class="correspondence_text">{words}</div><p class="event_actions"></p>'
        '<div class="correspondence__footer"><div class="correspondence__footer__cplink">'
        f'<input type="text" id="" value="https://foi.example/request/{slug}#{anchor}" class="cplink__field" />'
        '<a class="cplink__button">Link to this</a></div></div></div>'
    )


def _files(slug: str, number: int, names: list[str]) -> str:
    items = "".join(_item(slug, number, position, name) for position, name in enumerate(names))
    if not items:
        return ""
    return (
        f'<div class="attachments"><div class="attachments__header"><h3>{len(names)} Attachments</h3></div>'
        f'<ul class="list-of-attachments">{items}</ul></div>'
    )


def _item(slug: str, number: int, position: int, name: str) -> str:
    href = f"{attachment_path(slug, number, position, name)}?cookie_passthrough=1"
    return (
        f'<li class="attachment" id="attachment-{100 * number + position}"><a href="{href}">'
        '<img class="attachment__image" alt="Attachment" src="/assets/content_type/icon_unknown-0a1b2c.png" /></a>'
        f'<p class="attachment__name">{name}</p><p class="attachment__meta">1K <a href="{href}">Download</a></p></li>'
    )


def listing_row(slug: str) -> str:
    return (
        '<div class="request_listing"><div class="request_left">'
        f'<span class="head"><a href="/request/{slug}">{slug}</a></span>'
        '<div class="requester">Request sent to <a href="/body/ambleford">Ambleford Town Council</a> by '
        '<a href="/user/petra_novak">Petra Novak</a> on <time datetime="2031-03-03T09:30:00+00:00">a day</time>.</div>'
        '<p><i class="icon-standalone icon_successful"></i> <strong>Successful</strong></p></div>'
        '<div class="request_right"><span class="desc">Dear</span></div></div>'
    )
