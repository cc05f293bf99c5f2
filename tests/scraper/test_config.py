"""wdtk.toml is read strictly: every mistake is a sentence that names its key."""

from datetime import date
from pathlib import Path

import pytest

from scraper.config import Config, PublicationPolicy, load_config
from scraper.errors import WdtkError

WHOLE = """
site = "https://foi.example.org"
contact = "crawler@example.org"

[access]
purpose = "A study of refusals"
permission_from = "Jo Keeper, site manager"
granted_on = 2026-01-31
until = 2027-01-30

[crawl]
delay = 7.5
daily_budget = 2000
run_budget = 300
hours = "22:00-06:00"
max_megabytes = 50

[archive]
keep_requester_names = true

[publication]
requester_names = true
mask_contacts = false
backpage = true
spreadsheets_after_days = 0
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "wdtk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_value_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    config = load_config(path)
    assert (config.site, config.contact, config.source) == ("https://foi.example.org", "crawler@example.org", path)
    assert (config.access.purpose, config.access.permission_from) == ("A study of refusals", "Jo Keeper, site manager")
    assert (config.access.granted_on, config.access.until) == (date(2026, 1, 31), date(2027, 1, 30))
    assert (config.delay, config.daily_budget, config.max_megabytes) == (7.5, 2000, 50)
    assert (config.run_budget, str(config.hours)) == (300, "22:00-06:00")
    assert config.keep_requester_names
    assert config.publication == PublicationPolicy(
        requester_names=True, mask_contacts=False, backpage=True, spreadsheets_after_days=0
    )


def test_no_file_in_the_folder_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(None) == Config()
    written(tmp_path, 'contact = "a@example.org"')
    assert load_config(None).contact == "a@example.org"


def test_the_defaults_publish_nothing_about_persons() -> None:
    config = Config()
    assert not config.keep_requester_names
    assert not config.publication.requester_names
    assert config.publication.mask_contacts
    assert not config.publication.backpage
    assert config.publication.spreadsheets_after_days == 90


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(WdtkError, match=r"There is no .*nowhere\.toml.*wdtk init"):
        load_config(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("site = [", "is not TOML"),
        ('sight = "x"', "keys that mean nothing here: sight"),
        ('colour = 1\n[crawl]\nspeed = 1\n[access]\nwhy = ""', "colour, access.why, crawl.speed"),
        ("contact = 7", "contact must be one line of text"),
        ('contact = "call me"', "contact must be an e-mail address or the address of a page"),
        ('contact = "a@b\\nX-Header: 1"', "contact must be"),
        ('contact = "jörg@example.org"', "contact must be an e-mail address"),
        ('access = "yes"', r"access must be a table, written \[access\]"),
        ('[access]\nuntil = "2026-01-31"', "access.until must be a day without quotes"),
        ("[access]\nuntil = 2026-01-31T10:00:00Z", "access.until must be a day without quotes or time"),
        ("[crawl]\ndelay = -1", "crawl.delay must be a number of seconds"),
        ("[crawl]\ndelay = nan", "crawl.delay must be a number of seconds"),
        ('[crawl]\ndelay = "5"', "crawl.delay must be a number of seconds"),
        ("[crawl]\ndelay = true", "crawl.delay must be a number of seconds"),
        ('[crawl]\nhours = "at night"', "crawl.hours must be hours of the day"),
        ("[crawl]\nrun_budget = 0", "crawl.run_budget must be a whole number, 1 or more"),
        ("[crawl]\ndaily_budget = 0", "crawl.daily_budget must be a whole number, 1 or more"),
        ("[crawl]\nmax_megabytes = 1.5", "crawl.max_megabytes must be a whole number"),
        ("[archive]\nkeep_requester_names = 1", "archive.keep_requester_names must be true or false"),
        ('[publication]\nbackpage = "no"', "publication.backpage must be true or false"),
        ("[publication]\nspreadsheets_after_days = -1", "spreadsheets_after_days must be a whole number, 0 or more"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(WdtkError, match=sentence) as caught:
        load_config(path)
    assert str(path) in caught.value.message


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wdtk.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WdtkError, match="is not TOML"):
        load_config(path)
    with pytest.raises(WdtkError, match="cannot be read"):
        load_config(tmp_path)
