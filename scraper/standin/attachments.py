"""Attachments and the odd ways in which they answer (alaveteli.md part 6)."""

from collections import Counter
from threading import Lock
from urllib.parse import quote

from scraper.standin.answers import COMMON, LOCALE, REVALIDATE, Answer, page, redirect
from scraper.standin.records import StandinFile, StandinMessage, StandinRequest
from scraper.standin.views import environment, hidden, not_found, notice
from scraper.standin.world import Holding

TYPES = {
    "csv": "text/csv",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "doc": "application/vnd.ms-word",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "html": "text/html",
    "zip": "application/zip",
    "delivery status": "message/delivery-status",
}
"""By the ending of the name in the address, whatever the file is; all others are octet-stream (6.3)."""
WAITS = 3


class Attachments:
    """Serves files; remembers which have been asked for, since the first answers differ."""

    def __init__(self, world: Holding, asked: Counter[int] | None = None) -> None:
        self.world = world
        self._asked: Counter[int] = Counter() if asked is None else asked
        self._lock = Lock()

    def answer(self, request: StandinRequest, number: int, rest: str, *, base: str, path: str) -> Answer:
        """What ``/request/SLUG/response/NUMBER/attach/REST`` gives; ``rest`` is decoded, as in ``2/Letter.pdf``."""
        message = next((m for m in request.messages if m.direction == "incoming" and m.id == number), None)
        if message is None:
            return not_found(base=base, path=path)
        as_html = rest.startswith("html/")
        part, _, name = rest.removeprefix("html/").partition("/")
        if not name or not part.isdigit():
            headers = {**LOCALE, **COMMON, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache"}
            return Answer(403, headers, b"Directory listing not allowed")
        if message.prominence != "normal":
            return _removed("Message", hidden("message", message.prominence, message.prominence_reason), base, path)
        file = _find(message, int(part), name.removesuffix(".html") if as_html else name)
        if file is None:
            return _missed(request, message, name, base, path)
        return self._file(request, message, file, name, as_html=as_html, base=base, path=path)

    def _file(
        self,
        request: StandinRequest,
        message: StandinMessage,
        file: StandinFile,
        name: str,
        *,
        as_html: bool,
        base: str,
        path: str,
    ) -> Answer:
        if file.state == "erased":
            back = f"/request/{request.slug}"
            return notice(
                "Attachment has been erased", "It is no longer kept.", status=403, page_id="attachments_show",
                base=base, path=path, cookie=False, button=back, button_text="Back to the request",
            )  # fmt: skip
        if file.state != "file":
            return _removed("Attachment", hidden("attachment", file.state, file.reason), base, path)
        early = self._not_yet(file, base, path)
        if early is not None:
            return early
        return _as_html(request, message, file, base, path) if as_html else _served(file, name)

    def _not_yet(self, file: StandinFile, base: str, path: str) -> Answer | None:
        """The redirect that comes before the first bytes of some files (6.4)."""
        if file.quirk == "none":
            return None
        with self._lock:
            self._asked[file.id] += 1
            asked = self._asked[file.id]
        if file.quirk == "masked_once":
            return _moved(f"{base}{path}", locale=True) if asked == 1 else None
        if self._asked[-file.id] > WAITS:
            return None
        return _moved(f"{base}/attachments/{signed(file)}/wait?referer={quote(path, safe='')}", locale=True)

    def wait(self, token: str, referer: str, *, base: str, path: str) -> Answer:
        """The page that reloads itself until the file is ready."""
        file_id = unsigned(token)
        if file_id not in self.world.files:
            return not_found(base=base, path=path)
        with self._lock:
            self._asked[-file_id] += 1
            ready = self._asked[-file_id] > WAITS
        if ready:
            return _moved(f"{base}/attachments/{token}/done?referer={quote(referer, safe='')}").with_headers(
                X_Robots_Tag="noindex"
            )
        waiting = notice(
            "Attachment processing...", "This page loads itself again until the file is ready.", status=200,
            page_id="attachment_masks_wait", base=base, path=path, cache_control=REVALIDATE, refresh=2,
        )  # fmt: skip
        return waiting.with_headers(X_Robots_Tag="noindex")

    def done(self, token: str, referer: str, *, base: str, path: str) -> Answer:
        """The page that links to the file at last."""
        if unsigned(token) not in self.world.files or not referer.startswith("/request/"):
            return not_found(base=base, path=path)
        ready = notice(
            "Attachment available for download.", "The file is ready.", status=200, page_id="attachment_masks_done",
            base=base, path=path, cache_control=REVALIDATE, button=f"{quote(referer)}?cookie_passthrough=1",
            button_text="Download attachment", button_class="button",
        )  # fmt: skip
        return ready.with_headers(X_Robots_Tag="noindex")


def signed(file: StandinFile) -> str:
    """An opaque name for a file, as the site's signed ids are."""
    return f"eyJf{file.id * 7919:x}--{file.id:040x}"


def unsigned(token: str) -> int:
    """The number of the file, or 0."""
    tail = token.rpartition("--")[2]
    try:
        return int(tail, 16)
    except ValueError:
        return 0


def _find(message: StandinMessage, part: int, name: str) -> StandinFile | None:
    named = [file for file in message.files if file.name == name]
    exact = [file for file in named if file.part == part]
    if exact:
        return exact[0]
    by_number = [file for file in message.files if file.part == part and file.state in {"hidden", "requester_only"}]
    return named[0] if len(named) == 1 else next(iter(by_number), None)


def _missed(request: StandinRequest, message: StandinMessage, name: str, base: str, path: str) -> Answer:
    if name.startswith("foiextract"):
        return not_found(base=base, path=path)
    return redirect(f"{base}/request/{request.slug}#{message.anchor}", status=303).with_headers(**LOCALE)


def _removed(thing: str, text: str, base: str, path: str) -> Answer:
    return notice(
        f"{thing} has been removed", text, status=403, page_id="attachments_show", base=base, path=path,
        cookie=False, hidden_message=True,
    )  # fmt: skip


def _moved(location: str, *, locale: bool = False) -> Answer:
    answer = redirect(location, status=302)
    return answer.with_headers(**LOCALE) if locale else answer


def _served(file: StandinFile, name: str) -> Answer:
    ending = name.rpartition(".")[2].lower()
    shown = name.encode("ascii", "replace").decode().replace('"', "'")
    headers = {
        **LOCALE,
        **COMMON,
        "Content-Type": TYPES.get(ending, "application/octet-stream"),
        "Content-Disposition": f"attachment; filename=\"{shown}\"; filename*=UTF-8''{quote(name)}",
        "Content-Transfer-Encoding": "binary",
        "Cache-Control": REVALIDATE,
    }
    if file.media_type == "text/csv":
        headers |= {"Access-Control-Allow-Origin": "*", "Access-Control-Request-Method": "GET"}
    return Answer(200, headers, file.data, validated=True)


def _as_html(request: StandinRequest, message: StandinMessage, file: StandinFile, base: str, path: str) -> Answer:
    """The view as HTML: text inline, most types in a frame, others not at all (6.6)."""
    address = path.replace("/attach/html/", "/attach/", 1).removesuffix(".html")
    text = file.data.decode("utf-8", "replace") if file.media_type == "text/plain" else None
    frame = None
    if file.media_type == "application/pdf":
        frame = f"{base}{quote(address)}?cookie_passthrough=1"
    elif file.media_type in TYPES.values() and not file.media_type.startswith(("image", "message")):
        frame = f"https://viewer.example/?url={quote(base + address, safe='')}"
    body = (
        environment()
        .get_template("embed.html")
        .render(request=request, message=message, file=file, address=quote(address), text=text, frame=frame)
    )
    return page(body, cache=REVALIDATE, cookie=False)
