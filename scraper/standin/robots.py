"""The two forms of the site's robots.txt (alaveteli.md 5.1), and one that forbids everything."""

DENIED = ["annotate", "new", "search", "similar", "track", "upload", "user/contact", "feed", "profile"]
ALLOWED = "*/request/*/response/*/attach/*"
DENIED_AFTER = (
    "*/request/*/response/*",
    "*/request/*/download*",
    "*/change_request/*",
    "*/outgoing_messages/*/mail_server_logs*",
    "*/outgoing_messages/*/delivery_status*",
    "*?*update_status=1*",
)
DEVELOP = ("annotate", "feed", "followups/new", "similar", "track", "upload")


def robots_txt(variant: str) -> str:
    """The file, in the order of the real one."""
    if variant == "deny-all":
        return "User-agent: *\nDisallow: /\n"
    denied = (*(f"Disallow: */{page}/*" for page in DENIED), "Disallow: */signin*", "Disallow: */tor*")
    after = (f"Disallow: {path}" for path in DENIED_AFTER)
    develop = (f"Disallow: */request/*/{page}" for page in DEVELOP) if variant == "develop" else ()
    return "\n".join(("User-agent: *", *denied, f"Allow: {ALLOWED}", *after, *develop)) + "\n"
