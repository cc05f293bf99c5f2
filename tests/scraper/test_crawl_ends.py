"""How ``wdtk crawl`` ends: refused, challenged, at a limit, by a signal, or well; and what is kept then."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import until
from tests.scraper.crawling import crawl, ended
from tests.scraper.pages import (
    CHALLENGE,
    NOT_FOUND,
    Reply,
    redirect,
    request_json,
    text,
)
from tests.scraper.scripted import ScriptedSite, rows, wdtk

pytestmark = pytest.mark.long


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


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
