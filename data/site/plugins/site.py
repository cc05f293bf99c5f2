"""The archive's own pages. Datasette runs a plugin by its path, so this one makes the package beside it known."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from archive_site.hooks import (
    asgi_wrapper,
    extra_template_vars,
    filters_from_request,
    forbidden,
    handle_exception,
    permission_allowed,
    prepare_connection,
    prepare_jinja2_environment,
    register_facet_classes,
    register_output_renderer,
    register_routes,
    render_cell,
    startup,
)

__all__ = [
    "asgi_wrapper",
    "extra_template_vars",
    "filters_from_request",
    "forbidden",
    "handle_exception",
    "permission_allowed",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_facet_classes",
    "register_output_renderer",
    "register_routes",
    "render_cell",
    "startup",
]
