"""``/cite/ADDRESS``: how to cite the page at that address."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import Response

from archive_site.citing.cited import citer, record_of
from archive_site.requests.request_page import missing

FORMS = {
    "text": ("text/plain; charset=utf-8", "txt"),
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json; charset=utf-8", "json"),
}


async def cite_view(request: Any, datasette: Any) -> Response:
    """``/cite/ADDRESS``: how to cite the page at that address; ``_as`` is text, bibtex or csl for a file."""
    path = request.url_vars["path"].strip("/")
    given = parse_qsl(request.query_string, keep_blank_values=True)
    form = dict(given).get("_as", "")
    query = urlencode([(name, value) for name, value in given if name != "_as"])
    record = await record_of(await citer(datasette, request), path, query)
    if record is None:
        return await missing(request, datasette, subject=None)
    if form in FORMS:
        kind, ending = FORMS[form]
        told = {"text": record.plain + "\n", "bibtex": record.bibtex, "csl": record.csl}[form]
        headers = {"content-disposition": f'attachment; filename="{record.key}.{ending}"'}
        return Response(told, headers=headers, content_type=kind)
    context = {"record": record}
    body = await datasette.render_template("cite.html", context, request=request, view_name="archive")
    return Response.html(body)
