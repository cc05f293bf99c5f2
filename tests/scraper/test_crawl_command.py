"""``wdtk crawl`` as a person or a timer runs it: what it stores, what it says, and how it ends."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import until
from tests.scraper.pages import (
    CHALLENGE,
    HIDDEN,
    NOT_FOUND,
    STATIC_NOT_FOUND,
    Reply,
    file,
    redirect,
    request_json,
    text,
    with_headers,
)
from tests.scraper.scripted import ROOT, ScriptedSite, rows, wdtk

pytestmark = pytest.mark.long


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


def crawl(site: ScriptedSite, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return wdtk("crawl", "--site", site.base, "--archive", "a", *arguments, cwd=folder)


def ended(archive: Path) -> list[str]:
    return [reason for (reason,) in rows(archive, "SELECT finish_reason FROM runs ORDER BY id")]


def test_one_request_is_fetched_with_its_file_and_told_of(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files={"a.pdf": file(b"%PDF-1.4 letter")})
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Requests: 1 fetched (1 new or changed, 0 unchanged)." in done.stdout
    assert "Files: 1 fetched." in done.stdout
    assert site.paths() == [
        "/body/all-authorities.csv",
        "/request/grit_bins.json",
        "/request/grit_bins",
        "/request/grit_bins/response/7/attach/2/a.pdf",
    ]
    archive = tmp_path / "a"
    assert rows(archive, "SELECT id, slug FROM requests") == [(7, "grit_bins")]
    assert rows(archive, "SELECT id, text FROM messages ORDER BY position") == [
        ("outgoing-7", "Words of outgoing-7."),
        ("incoming-7", "Words of incoming-7."),
    ]
    assert rows(archive, "SELECT fetch_status, size FROM attachments JOIN files USING (sha256)") == [("fetched", 15)]
    assert rows(archive, "SELECT requester_name FROM requests") == [(None,)]
    assert ended(archive) == ["finished", "finished"]


def test_the_site_reads_who_asks_and_gets_no_cookies(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.answers["/robots.txt"] = [with_headers(site.answers["/robots.txt"][0], Set_Cookie="locale=en; path=/")]
    (tmp_path / "wdtk.toml").write_text('contact = "crawler@example.org"', encoding="utf-8")
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("wdtk-archive/")
        assert asked.headers["user-agent"].endswith("(+crawler@example.org)")
        assert not {"cookie", "accept-language", "referer"} & asked.headers.keys()


@pytest.mark.parametrize("arguments", [(), ("--limit", "3"), ("--delay", "0")])
def test_naming_nothing_is_a_mistake_that_is_explained(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = wdtk("crawl", "--site", "http://127.0.0.1:9", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Say what to fetch: --authority, --request, --since or --until, or --all." in done.stderr


def test_a_site_elsewhere_is_refused_before_anything_is_asked_or_made(tmp_path: Path) -> None:
    done = wdtk("crawl", "--all", "--archive", "a", cwd=tmp_path)
    assert done.returncode == 1
    assert "https://www.whatdotheyknow.com is not on this machine" in done.stderr
    assert "contact, access.purpose, access.permission_from, access.granted_on, access.until" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_short_delay_is_refused_for_a_site_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(
        'site = "https://foi.example.org"\ncontact = "a@example.org"\n[access]\npurpose = "x"\npermission_from = "y"\n'
        "granted_on = 2020-01-01\nuntil = 2999-01-01\n",
        encoding="utf-8",
    )
    done = wdtk("crawl", "--all", "--delay", "4.9", cwd=tmp_path)
    assert done.returncode == 1
    assert "at least 5 s between two requests" in done.stderr


def test_a_site_that_does_not_answer_ends_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:  # nobody else may listen there meanwhile
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        done = wdtk("crawl", "--site", base, "--all", "--archive", "a", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{base} does not answer" in done.stderr
    assert ended(tmp_path / "a") == ["unreachable"]


@pytest.mark.parametrize(
    ("robots", "reason", "sentence"),
    [
        (text("User-agent: *\nDisallow: /\n"), "robots_refuse_all", "refuses every page that this crawler reads"),
        (text("User-agent: wdtk-archive\nDisallow: *\n"), "robots_refuse_all", "refuses every page"),
        (Reply(status=403), "robots_unreadable", "status 403"),
        (text("<html>down for maintenance</html>"), "robots_unreadable", "a page instead of rules"),
        (redirect("http://127.0.0.1:1/robots.txt"), "robots_unreadable", "leads off the site"),
        (CHALLENGE, "challenge", "with a challenge instead of the page"),
    ],
)
def test_robots_that_refuse_or_fail_end_the_run(
    site: ScriptedSite, tmp_path: Path, robots: Reply, reason: str, sentence: str
) -> None:
    site.say("/robots.txt", robots)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 1
    assert done.stderr.count(sentence) == 1
    assert ended(tmp_path / "a") == [reason]
    assert site.paths() == []


def test_without_a_robots_txt_everything_may_be_read(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.say("/robots.txt", NOT_FOUND)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0


def test_what_robots_refuses_is_recorded_and_not_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("torches_in_store", 7)
    site.request("grit_bins", 8)
    done = crawl(site, tmp_path, "--since", "2020-01-01")
    assert done.returncode == 0
    assert "1 robots" in done.stdout
    assert not any("torches" in path for path in site.paths())
    refused = rows(tmp_path / "a", "SELECT url, reason FROM refusals")
    assert refused == [(f"{site.base}/request/torches_in_store.json", "robots")]
    named = crawl(site, tmp_path, "--authority", "torbay_council")
    assert named.returncode == 1
    assert "robots.txt of" in named.stderr
    assert "/body/torbay_council" in named.stderr


def test_a_slug_that_does_not_exist_is_told(site: ScriptedSite, tmp_path: Path) -> None:
    done = crawl(site, tmp_path, "--request", "no_such_thing")
    assert done.returncode == 1
    assert "The request no_such_thing is not at this site" in done.stderr
    number = crawl(site, tmp_path, "--request", "999")
    assert number.returncode == 1
    assert "The request 999 is not at this site" in number.stderr


def test_an_authority_that_does_not_exist_is_told(site: ScriptedSite, tmp_path: Path) -> None:
    done = crawl(site, tmp_path, "--authority", "nowhere")
    assert done.returncode == 1
    assert "There is no authority nowhere at" in done.stderr


def test_a_hidden_request_that_is_named_fails_with_the_sites_words(site: ScriptedSite, tmp_path: Path) -> None:
    site.say("/request/secret.json", Reply(status=403))
    site.say("/request/secret", HIDDEN)
    done = crawl(site, tmp_path, "--request", "secret")
    assert done.returncode == 1
    assert "The request secret is hidden at the source: This request has been hidden. It names a child." in done.stderr
    assert rows(tmp_path / "a", "SELECT reason, detail FROM refusals") == [
        ("hidden", "This request has been hidden. It names a child.")
    ]
    assert rows(tmp_path / "a", "SELECT * FROM requests") == []


def test_a_hidden_request_among_many_is_counted_and_the_run_is_well(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("secret", 8)
    site.say("/request/secret.json", Reply(status=403))
    site.say("/request/secret", HIDDEN)
    done = crawl(site, tmp_path, "--authority", "ambleford")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Refused or not found: 1 hidden." in done.stdout


def test_a_request_that_is_hidden_later_is_withdrawn(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--authority", "ambleford").returncode == 0
    site.say("/request/grit_bins.json", Reply(status=403))
    site.say("/request/grit_bins", HIDDEN)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 1
    assert rows(tmp_path / "a", "SELECT subject, state FROM withdrawals") == [("request/7", "hidden")]


@pytest.mark.parametrize("lists", [("--all",), ("--authority", "ambleford")])
def test_what_lists_no_longer_show_is_asked_for_and_its_removal_followed(
    site: ScriptedSite, tmp_path: Path, lists: tuple[str, ...]
) -> None:
    numbers = {"grit_bins": 7, "weirs": 8, "salt": 9, "drains": 10}
    for slug, number in numbers.items():
        site.request(slug, number)
    assert crawl(site, tmp_path, "--all").returncode == 0
    shown = {path: site.answers[path] for path in ("/request/grit_bins.json", "/request/grit_bins")}
    site.say("/request/grit_bins.json", Reply(status=403))
    site.say("/request/grit_bins", HIDDEN)
    site.say("/request/weirs.json", NOT_FOUND)
    site.say("/request/8", STATIC_NOT_FOUND)
    site.listed = ["drains"]
    done = crawl(site, tmp_path, *lists)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Requests: 2 fetched (0 new or changed, 2 unchanged)." in done.stdout
    assert "Refused or not found: 1 hidden, 1 not found." in done.stdout
    withdrawn = "SELECT subject, state FROM withdrawals ORDER BY subject"
    assert rows(tmp_path / "a", withdrawn) == [("request/7", "hidden"), ("request/8", "not_found")]
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(9,), (10,)], "both are erased"
    site.answers.update(shown)
    site.listed.append("grit_bins")
    assert crawl(site, tmp_path, *lists).returncode == 0
    assert rows(tmp_path / "a", withdrawn) == [("request/8", "not_found")]


def test_a_crawl_of_some_days_or_of_a_few_asks_for_nothing_else(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    assert crawl(site, tmp_path, "--all").returncode == 0
    site.listed.remove("weirs")
    asked = len(site.paths())
    for some in (["--since", "2020-01-01"], ["--all", "--limit", "5"], ["--request", "grit_bins"]):
        assert crawl(site, tmp_path, *some).returncode == 0
    assert not any("weirs" in path for path in site.paths()[asked:])


def test_what_was_erased_on_request_is_not_asked_for(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    assert crawl(site, tmp_path, "--all").returncode == 0
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection, connection:
        connection.execute(
            "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
            " VALUES ('request/8', 8, 'forgotten', '2026-01-01', '2026-01-01')"
        )
    site.listed.remove("weirs")
    asked = len(site.paths())
    assert crawl(site, tmp_path, "--all").returncode == 0
    assert not any("weirs" in path for path in site.paths()[asked:])


def test_a_run_that_finds_nothing_fails(site: ScriptedSite, tmp_path: Path) -> None:
    done = crawl(site, tmp_path, "--since", "2026-01-01")
    assert done.returncode == 1
    assert "Nothing was found" in done.stderr


def test_the_limit_is_kept(site: ScriptedSite, tmp_path: Path) -> None:
    for number in range(1, 10):
        site.request(f"request_{number}_about_bins", number)
    done = crawl(site, tmp_path, "--all", "--limit", "4")
    assert done.returncode == 0
    assert rows(tmp_path / "a", "SELECT id FROM requests") == [(1,), (2,), (3,), (4,)]
    assert ended(tmp_path / "a") == ["finished", "limit"]


def test_a_challenge_stops_the_run_and_nothing_of_it_is_stored(site: ScriptedSite, tmp_path: Path) -> None:
    for number in range(1, 30):
        site.request(f"request_{number}_about_bins", number)
    site.say("/request/request_5_about_bins", CHALLENGE)
    done = crawl(site, tmp_path, "--all")
    assert done.returncode == 1
    assert "with a challenge instead of the page" in done.stderr
    archive = tmp_path / "a"
    assert ended(archive) == ["finished", "challenge"]
    assert rows(archive, "SELECT page_kind, sha256 FROM fetches WHERE page_kind = 'challenge'") == [("challenge", None)]
    assert len(site.asked) < 50
    site.request("request_5_about_bins", 5)
    again = crawl(site, tmp_path, "--all")
    assert again.returncode == 0
    assert "Already fetched by the crawl that was stopped" in again.stdout
    assert len(rows(archive, "SELECT id FROM requests")) == 29


def test_a_challenge_with_status_200_is_known_by_its_body(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    plain = Reply(body=CHALLENGE.body, headers={"Content-Type": "text/html"})
    site.say("/request/grit_bins", plain)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 1
    assert "with a challenge instead of the page" in done.stderr
    assert ended(tmp_path / "a")[-1] == "challenge"


def test_an_answer_that_cannot_be_read_is_kept_and_fails_the_run(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    site.say(
        "/request/weirs.json", text(request_json("weirs", 8).replace('"id": 8', '"id": "eight"'), "application/json")
    )
    done = crawl(site, tmp_path, "--authority", "ambleford")
    assert done.returncode == 1
    assert "1 page could not be fetched or read" in done.stderr
    archive = tmp_path / "a"
    assert rows(archive, "SELECT slug FROM requests") == [("grit_bins",)]
    ((detail,),) = rows(archive, "SELECT detail FROM refusals")
    assert "cannot be read" in detail
    assert len(rows(archive, "SELECT 1 FROM fetches WHERE url LIKE '%weirs.json' AND sha256 IS NOT NULL")) == 1


def test_a_budget_ends_the_run_and_the_next_one_too(site: ScriptedSite, tmp_path: Path) -> None:
    for number in range(1, 10):
        site.request(f"request_{number}_about_bins", number)
    (tmp_path / "wdtk.toml").write_text("[crawl]\ndaily_budget = 12\n", encoding="utf-8")
    first = crawl(site, tmp_path, "--all")
    assert first.returncode == 1
    assert first.stderr.count("The budget of 12 requests in 24 hours is spent") == 1
    assert len(site.asked) == 12
    second = crawl(site, tmp_path, "--all")
    assert second.returncode == 1
    assert ended(tmp_path / "a") == ["finished", "budget", "budget"]
    assert len(site.asked) == 12


def test_a_renamed_request_is_followed_by_its_number(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    site.say("/request/grit_bins.json", NOT_FOUND)
    site.say("/request/grit_bins", NOT_FOUND)
    site.say("/request/7", redirect("/request/salt_bins", 301))
    site.request("salt_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    assert rows(tmp_path / "a", "SELECT id, slug FROM requests") == [(7, "salt_bins")]
    assert rows(tmp_path / "a", "SELECT * FROM withdrawals") == []


def test_a_request_whose_number_is_gone_too_is_withdrawn(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "7").returncode == 1
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    site.say("/request/grit_bins.json", NOT_FOUND)
    site.say("/request/7", STATIC_NOT_FOUND)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 1
    assert rows(tmp_path / "a", "SELECT subject, state FROM withdrawals") == [("request/7", "not_found")]


def test_an_archive_made_by_a_newer_version_is_left_alone(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins").returncode == 0
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('archive', '9999_later', '2999-01-01')"
        )
    asked = len(site.asked)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 1
    assert "was made by wdtk-archive" in done.stderr
    assert len(site.asked) == asked


def test_more_is_said_when_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.say("/request/grit_bins.json", Reply(status=502), *site.answers["/request/grit_bins.json"])
    done = crawl(site, tmp_path, "--request", "grit_bins", "-v")
    assert done.returncode == 0
    assert "Asking again for" in done.stderr
    assert "Overridden settings" not in done.stderr


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_nothing_listens_while_it_crawls_and_a_signal_ends_it_well(
    site: ScriptedSite, tmp_path: Path, how: signal.Signals
) -> None:
    site.request("grit_bins", 7)
    site.request("weirs", 8)
    site.say("/robots.txt", text("User-agent: *\nCrawl-delay: 0.5\n"))
    site.holds = "/request/grit_bins.json"
    with subprocess.Popen(
        [sys.executable, "-m", "scraper", "crawl", "--site", site.base, "--since", "2020-01-01", "--archive", "a"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until(lambda: site.holds in site.paths(), "the request is not asked for")
        assert process.poll() is None
        assert listening(process.pid) == []
        assert sockets(process.pid)  # it has sockets: the one that asks the site
        process.send_signal(how)
        site.go_on.set()
        _, said = process.communicate(timeout=240)
    assert process.returncode == 128 + how
    assert said.endswith("Stopped. Nothing that was stored is lost; run the same command again to go on.\n")
    assert "Traceback" not in said
    assert ended(tmp_path / "a") == ["finished", "shutdown"]


def sockets(pid: int) -> set[str]:
    links = (str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir())
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}


def listening(pid: int) -> list[str]:
    """Local addresses on which a process accepts connections."""
    own = sockets(pid)
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and parts[9] in own:
                found.append(parts[1])
    return found


def test_help_does_not_wait_for_scrapy() -> None:
    code = "import sys; from scraper.commands import crawl, init; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_without_the_list_of_authorities_a_request_is_fetched_all_the_same(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    site.say("/body/all-authorities.csv", NOT_FOUND)
    done = crawl(site, tmp_path, "--request", "grit_bins")
    assert done.returncode == 0
    assert "Note: The list of authorities" in done.stderr
    everything = crawl(site, tmp_path, "--all")
    assert everything.returncode == 1
    assert "Error: The list of authorities" in everything.stderr


def test_an_address_of_another_site_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(
        'site = "https://www.foi.example.org"\ncontact = "a@example.org"\n[access]\npurpose = "x"\n'
        'permission_from = "y"\ngranted_on = 2020-01-01\nuntil = 2999-01-01\n',
        encoding="utf-8",
    )
    done = wdtk("crawl", "--request", "https://other.example.org/request/grit_bins", cwd=tmp_path)
    assert done.returncode == 1
    assert "is an address of other.example.org, and this crawl is of https://www.foi.example.org" in done.stderr


def test_the_run_row_says_what_was_asked(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7)
    assert crawl(site, tmp_path, "--request", "grit_bins", "--limit", "3").returncode == 0
    ((arguments, counts),) = rows(tmp_path / "a", "SELECT arguments, counts FROM runs WHERE id = 2")
    assert json.loads(arguments)["request"] == ["grit_bins"]
    assert json.loads(arguments)["site"] == site.base
    assert json.loads(counts)["requests_stored"] == 1
