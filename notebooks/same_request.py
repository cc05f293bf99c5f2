# %% [markdown]
# # What do different bodies say to the same request?
#
# Some requests are sent to many authorities in nearly the same words (a round robin), and some paragraphs of refusals
# are used by many (a template). Both are found by their words; how, and how sure that is, stands in `data/README.md`.
# That two texts are alike does not say that one was copied from the other.

# %%
from drawing import OUTCOMES, bars, stacked
from reading import Archive

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart

archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## How many requests were sent to several bodies?

# %%
families = ask("""
SELECT kind, count(*) AS families, coalesce(sum(size), 0) AS members, coalesce(max(authorities), 0) AS most_authorities,
  (SELECT coalesce(sum(requests), 0) FROM refusal_years) AS requests_here
FROM families GROUP BY kind ORDER BY kind
""")
families

# %% [markdown]
# Of a round robin only the part that is here is seen: the site may have more, and others may have been sent by
# e-mail.
#
# ## Do bodies answer the same request alike?

# %%
answers = ask("""
SELECT family_id, family_title AS request, authority, asked_on, outcome_class AS outcome, grounds, working_days_taken,
  timing, request_id
FROM same_request_answers ORDER BY family_authorities DESC, family_id, authority
""")
told = answers.assign(outcome=answers["outcome"].where(answers["outcome"].isin(OUTCOMES), "other"))
order = answers.drop_duplicates("family_id").set_index("family_id")["request"]
counts = told.pivot_table(index="family_id", columns="outcome", values="request_id", aggfunc="count", fill_value=0)
counts = counts.reindex(order.index[:MOST], columns=list(OUTCOMES), fill_value=0)
stacked(
    archive,
    "Do different bodies answer the same request alike?",
    "Each bar is one request sent to several bodies (the number of those requests that are here, in brackets).",
    counts.set_axis(list(order.iloc[:MOST])),
    OUTCOMES,
).show("same-request-answers")

# %%
known = (
    told[~told["outcome"].isin(["other", "not_yet_answered"])].groupby("family_id")["outcome"].agg(["count", "nunique"])
)
compared = known[known["count"] > 1]
differing = int((compared["nunique"] > 1).sum())
print(f"In {differing:,} of {len(compared):,} round robins with two answers or more, the answers differ.")

# %% [markdown]
# Bodies may answer differently for good reasons: one holds what another does not. The grounds, side by side, say
# more.
#
# ## One request, answer by answer

# %%
FAMILY = order.index[0] if len(order) else ""  # or the id of another family: /family/ID on the site
answers[answers["family_id"] == FAMILY].drop(columns=["family_id", "request"])

# %% [markdown]
# ## Which requests got the most different answers?

# %%
different = answers.groupby(["family_id", "request"], sort=False).agg(
    requests=("request_id", "count"), outcomes=("outcome", "nunique"), grounds=("grounds", "nunique")
)
different.sort_values(["outcomes", "grounds", "requests"], ascending=False).head(MOST)

# %% [markdown]
# ## Which refusals are written by template?
#
# Paragraphs that rely on a ground, used by two authorities or more in nearly the same words.

# %%
templates = ask(
    """
SELECT f.id, f.title AS begins, f.authorities, f.size AS letters_or_paragraphs, f.first_day, f.last_day,
  (SELECT c.counted_regime || ' ' || c.counted_provision
   FROM family_members AS m JOIN citations AS c ON c.id = m.citation_id
   WHERE m.family_id = f.id
   GROUP BY c.counted_regime, c.counted_provision ORDER BY count(*) DESC, 1 LIMIT 1) AS ground
FROM families AS f WHERE f.kind = 'template' ORDER BY f.authorities DESC, f.size DESC, f.id LIMIT :most
""",
    most=MOST,
)
refusing = ask("SELECT count(DISTINCT authority_id) AS n FROM refusal_years WHERE any_ground > 0")["n"].iloc[0]
bars(
    archive,
    "Which paragraphs of refusals are used by many authorities?",
    "Authorities that use the paragraph in nearly the same words, of all that rely on any ground here.",
    templates["ground"].fillna("") + ": " + templates["begins"],
    templates["authorities"],
    [int(refusing)] * len(templates),
).show("same-request-templates")
templates

# %% [markdown]
# A shared paragraph is no fault: guidance offers model words. It is a place to look whether a refusal was thought
# about.
#
# ## The paragraph itself, and where it was used

# %%
TEMPLATE = templates["id"].iloc[0] if len(templates) else ""
ask(
    """
SELECT a.name AS authority, m.day, round(m.likeness, 2) AS likeness,
  substr(coalesce(p.text, s.text), m.start + 1, m."end" - m.start) AS words, s.url AS source
FROM family_members AS m
JOIN authorities AS a ON a.id = m.authority_id
JOIN messages AS s ON s.id = m.message_id
LEFT JOIN pages AS p ON p.attachment_id = m.attachment_id AND p.number = m.page
WHERE m.family_id = :family ORDER BY m.likeness DESC, m.day, m.id LIMIT :most
""",
    family=TEMPLATE,
    most=MOST,
)
