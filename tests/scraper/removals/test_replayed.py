"""What a captured site hides and edits while it is watched is gone from every file (../shared/site)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scraper.removals.everywhere import holding
from tests.scraper.scripted import rows, wdtk
from tests.scraper.test_real_site import control, replaying

pytestmark = pytest.mark.real


def run(folder: Path, *arguments: str) -> None:
    done = wdtk(*arguments, "--archive", "a", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def own_words(truth: dict[str, Any], slug: str) -> list[str]:
    """Lines of a request's messages that no other request has."""
    lines = {one["url_title"]: set(_lines(one)) for one in truth["requests"]}
    others = set().union(*(found for name, found in lines.items() if name != slug))
    return sorted(lines[slug] - others)


def _lines(request: dict[str, Any]) -> list[str]:
    texts = [text for message in request["visitor"].get("messages", ()) for text in message.get("texts", ())]
    return [line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 30]


def test_what_is_hidden_and_edited_is_gone_everywhere(shared: Path, tmp_path: Path) -> None:
    truth = json.loads((shared / "site" / "truth.json").read_text(encoding="utf-8"))
    told = {one["url_title"]: own_words(truth, one["url_title"]) for one in truth["requests"]}
    slugs = [slug for slug, lines in told.items() if lines and _is_plain(truth, slug)]
    hidden, edited = slugs[:3], slugs[3:6]
    with replaying(shared) as base:
        public = ["--public", "p/public.db"]
        named = [part for slug in slugs[:12] for part in ("--request", slug)]
        run(tmp_path, "crawl", "--site", base, *named)
        run(tmp_path, "publish", *public)
        before = {slug: page_words(tmp_path / "a", slug) for slug in edited}
        lost = [line for slug in hidden for line in told[slug] if holding(tmp_path, line)]
        assert lost, "the search finds what is there"
        for slug in hidden:
            control(base, f"hide?slug={slug}")
        for slug in edited:
            control(base, f"edit?slug={slug}")
        done = wdtk("crawl", "--site", base, "--archive", "a", *named, cwd=tmp_path)
        assert "is hidden at the source" in done.stderr
        run(tmp_path, "publish", *public)
        assert holding(tmp_path, *lost, *hidden) == []
        gone = set().union(*(before[slug] - page_words(tmp_path / "a", slug) for slug in edited))
        gone = {line for line in gone if line not in everything(tmp_path / "a")}
        assert gone, "the replay takes words out"
        assert holding(tmp_path, *gone) == []
        kinds = rows(tmp_path / "a", "SELECT kind, count(*) FROM changes GROUP BY kind")
        assert dict(kinds)["hidden"] == len(hidden)
        assert dict(kinds)["text_censored"] == len(edited)
        run(tmp_path, "verify", *public)


def _is_plain(truth: dict[str, Any], slug: str) -> bool:
    (found,) = [one for one in truth["requests"] if one["url_title"] == slug]
    return bool(found["visitor"]["status"] == 200 and found["visitor"].get("listed"))


def page_words(archive: Path, slug: str) -> set[str]:
    """Lines of the messages of a request as they are held."""
    own = rows(archive, f"SELECT text FROM messages JOIN requests ON requests.id = request_id WHERE slug = '{slug}'")  # noqa: S608 - of the truth
    return {line for (text,) in own for line in (text or "").splitlines() if len(line) > 15}


def everything(archive: Path) -> str:
    """All words that are held."""
    return "\n".join(text or "" for (text,) in rows(archive, "SELECT coalesce(full_text, text) FROM messages"))
