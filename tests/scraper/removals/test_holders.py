"""An address that another request has by now says nothing of the one that had it before."""

from pathlib import Path

from scraper.archive.database import open_archive
from scraper.removals import withdrawals
from tests.scraper.pages import HIDDEN, NOT_FOUND, STATIC_NOT_FOUND, Reply, redirect
from tests.scraper.scripted import ScriptedSite, rows, wdtk


def test_who_lost_its_address_is_followed_by_its_number(tmp_path: Path) -> None:
    with ScriptedSite() as site:
        crawl = ("crawl", "--site", site.base, "--all", "--archive", "a")
        for number in (1, 2, 3, 4, 5):
            site.request(f"slug_{number}", number)
        assert wdtk(*crawl, cwd=tmp_path).returncode == 0
        with open_archive(tmp_path / "a") as archive:
            withdrawals.forget(archive.connection, "request/12", 12, "2021-03-21T00:00:00Z")
        site.listed.remove("slug_5")
        for number in (1, 2, 3):
            site.listed.remove(f"slug_{number}")
            site.request(f"new_{number}", number)
            site.listed.remove(f"new_{number}")
            site.say(f"/request/{number}", redirect(f"/request/new_{number}", 301))
        site.say("/request/slug_1.json", Reply(status=403))  # another took it, and is hidden
        site.say("/request/slug_1", HIDDEN)
        site.request("slug_2", 12)  # another took it, and was forgotten here
        site.request("slug_3", 13)  # another took it
        site.say("/request/slug_5.json", Reply(status=403))
        site.say("/request/slug_5", HIDDEN)
        site.say("/request/5", STATIC_NOT_FOUND)  # this one is hidden itself
        done = wdtk(*crawl, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert rows(tmp_path / "a", "SELECT id, slug FROM requests ORDER BY id") == [
            (1, "new_1"),
            (2, "new_2"),
            (3, "new_3"),
            (4, "slug_4"),
            (13, "slug_3"),
        ]
        assert rows(tmp_path / "a", "SELECT subject, state, of_authority, was_listed FROM withdrawals ORDER BY 1") == [
            ("request/12", "forgotten", None, 0),
            ("request/5", "hidden", 31, 1),
        ]
        assert rows(tmp_path / "a", "SELECT count(*) FROM listed WHERE slug = 'slug_2'") == [(0,)]
        asked = len(site.asked)
        assert wdtk(*crawl, cwd=tmp_path).returncode == 0
        assert "/request/slug_2.json" not in {one.path for one in site.asked[asked:]}


def test_a_control_that_is_gone_itself_makes_room_for_another(tmp_path: Path) -> None:
    with ScriptedSite() as site:
        crawl = ("crawl", "--site", site.base, "--archive", "a")
        for number in (1, 2, 3):
            site.request(f"slug_{number}", number)
        assert wdtk(*crawl, "--all", cwd=tmp_path).returncode == 0
        for number in (1, 3):
            site.say(f"/request/slug_{number}.json", NOT_FOUND)
            site.say(f"/request/{number}", STATIC_NOT_FOUND)
        wdtk(*crawl, "--request", "slug_1", cwd=tmp_path)
        found = "SELECT subject, looks, confirmed_at IS NOT NULL FROM withdrawals"
        assert rows(tmp_path / "a", found) == [("request/1", 2, 1)]
