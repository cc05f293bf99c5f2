"""What Datasette asks of the site: its routes, its cells, what its templates may use, and the guard around it all."""

import hashlib
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

from datasette import NotFound, Response, hookimpl
from markupsafe import Markup

from archive_site import errors, security, store
from archive_site.about import cite_page, dictionary_page, health, home, method_page, runs_page
from archive_site.answers import copying, csv_view, feed_view, lean
from archive_site.answers.cells import cell, parted
from archive_site.answers.parameters import parameters
from archive_site.answers.tables import grouped, heading, helpers, in_order, is_inside, numeric, once, within
from archive_site.answers.value_facets import ValueFacet
from archive_site.bodies import routes
from archive_site.drawing import charts
from archive_site.limits import bounds, large
from archive_site.limits.prepared import COUNTED, prepare
from archive_site.links import BLOCK, Links, web
from archive_site.requests import family_page, request_page
from archive_site.search import search_page
from archive_site.texts.marks import safe, shown
from archive_site.wording import labels

STYLESHEETS = Path(__file__).parents[2] / "static"
_CACHE = home.Cache()
_Function = TypeVar("_Function", bound=Callable[..., Any])


def hook(function: _Function) -> _Function:
    """``hookimpl``, which has no types of its own."""
    marked: _Function = hookimpl(function)
    return marked


def last(function: _Function) -> _Function:
    """As ``hook``, after other plugins, whose renderers of the same name are replaced."""
    marked: _Function = hookimpl(trylast=True)(function)
    return marked


@hook
def startup(datasette: Any) -> None:
    """The public database never changes while it is served."""
    name = store.database_name(datasette)
    if name in datasette.databases:
        prepare(datasette, name)


@hook
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Callable[[], Awaitable[None]]:
    """No condition of the site's own; what a large table has no index for is refused."""

    async def checked() -> None:
        await large.check(datasette, request, database, table)

    return checked


def register_facet_classes() -> Generator[None, Any, None]:
    """Counts by a column as prepared, in place of all of Datasette's."""
    made = yield
    made.force_result([[ValueFacet]])


register_facet_classes = hookimpl(hookwrapper=True)(register_facet_classes)


@hook
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The site's own pages; they come before Datasette's."""
    return [
        (r"^/$", lean.home_view),
        (r"^/public$", lean.database_view),
        (r"^/public/(?P<table>[^/.]{1,100})$", lean.table_view),
        (r"^/search(?:\.(?P<form>json|csv|atom))?$", search_page.search_view),
        (r"^/runs$", runs_page.runs_view),
        (r"^/method$", method_page.method_view),
        (r"^/about$", method_page.about_view),
        (r"^/dictionary$", dictionary_page.dictionary_view),
        (r"^/cite(?P<path>(?:/.{0,2000})?)$", cite_page.cite_view),
        *routes.ROUTES,
        *family_page.ROUTES,
        (r"^/-/health(\.json)?$", health.health_view),
        (r"^/request/(?P<key>[^/]{1,300})$", request_page.request_view),
        (rf"^/request/(?P<id>\d{{1,18}})/(?P<block>{BLOCK})$", request_page.block_view),
        (rf"^/citation/(?P<id>{BLOCK}/citation/\d{{1,9}})$", request_page.citation_view),
        (rf"^/place/(?P<id>{BLOCK})$", request_page.place_view),
        (r"^/(?P<path>[^/]{1,80}(?:/[^/]{1,2000}){0,2})\.csv$", csv_view.csv_view),
        (r"^/-/(patterns|allow-debug|permissions|messages|logout|threads|databases)(\.json)?$", _not_here),
    ]


async def _not_here() -> Response:
    """Datasette's pages for developers: they say where files lie on this machine, or write."""
    raise NotFound("This page is not part of the site")


@last
def permission_allowed(datasette: Any, action: str, resource: Any) -> bool | None:
    """The insides of search, and views that only it reads, have no page; questions in SQL may still read them."""
    return False if action == "view-table" and is_inside(datasette, *resource) else None


@hook
def forbidden(datasette: Any, request: Any) -> Callable[[], Awaitable[Response]]:
    """What has no page is not found: nobody can be let in."""

    async def answer() -> Response:
        return await errors.not_found(datasette, request)

    return answer


@last
def register_output_renderer() -> list[dict[str, Any]]:
    """Feeds, and text to copy that a spreadsheet does not run."""
    return [feed_view.renderer(), copying.renderer()]


@hook
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Questions in SQL stay within their bounds; the databases that Datasette keeps for itself are left alone."""
    if not database.startswith("_"):
        bounds.bind(conn, seconds=datasette.setting("sql_time_limit_ms") / 1000)


@hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response | None]]:
    """Errors say what to do."""
    return errors.handler(datasette, request, exception)


@hook
def asgi_wrapper() -> Callable[[security.App], security.App]:
    """Headers on every answer."""
    return security.guarded


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Functions and filters that every template may use, error pages included."""
    env.finalize = shown
    env.globals |= {
        "body": routes.WORDS,
        "charts": charts,
        "counted_up_to": COUNTED,
        "links": Links(datasette=datasette),
        "style_version": _style_version(),
        "grouped": grouped,
        "heading_of": heading,
        "in_order": in_order,
        "helpers": helpers,
        "numeric": numeric,
        "parameters": parameters,
        "setting": datasette.setting,
        "labels": labels,
    }
    env.filters |= {
        "clock": labels.clock,
        "day": labels.day,
        "first_sentence": lambda text: text.partition(". ")[0].rstrip(".") + ".",
        "heading": heading,
        "number": labels.number,
        "once": once,
        "parted": parted,
        "plain": lambda value: safe("" if value is None else str(value)),
        "size": labels.size,
        "web": web,
        "within": within,
    }


def _style_version() -> str:
    """Changes with any stylesheet, as they are kept for a year."""
    styles = sorted(STYLESHEETS.glob("*.css"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in styles)).hexdigest()[:12]


@hook
def extra_template_vars(template: str, datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the home page and the pages about the archive say of it."""

    async def more() -> dict[str, Any]:
        if not template.startswith(("index", "pages/", "search")):
            return {}
        asked = await home.questions(datasette)
        themes = home.by_theme(asked)
        return {"archive": await _CACHE.home(datasette), "questions": asked, "themes": themes, "try": home.TRY}

    return more


@hook
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Ids as links."""
    if value is None:
        return None
    return cell(value, column=column, table=table, row=row, links=Links(datasette=datasette))
