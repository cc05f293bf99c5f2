"""The pages of authorities and of provisions: their addresses, and the words that their templates use."""

from types import SimpleNamespace

from archive_site.bodies.authority_page import authority_view, number_view
from archive_site.bodies.lists_page import authorities_view, provisions_view
from archive_site.bodies.provision_page import in_plain_words, provision_view
from archive_site.wording import body_words

ROUTES = [
    (r"^/authorities$", authorities_view),
    (r"^/provisions$", provisions_view),
    (r"^/authority/id/(?P<id>\d{1,18})$", number_view),
    (r"^/authority/(?P<name>[^/]{1,600})$", authority_view),
    (r"^/provision/(?P<regime>[^/]{1,60})/(?P<provision>[^/]{1,600})$", provision_view),
]
WORDS = SimpleNamespace(
    **{name: value for name, value in vars(body_words).items() if name.isupper()}, in_plain_words=in_plain_words
)
