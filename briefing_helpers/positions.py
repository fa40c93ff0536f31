"""Say which side has said what on which issue, how that changed, and where a side is silent.

A statement counts for the side its speaker speaks for, on the issue that its point names in the draft.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from briefing_helpers.camps import camps

__all__ = [
    "WHOLE",
    "latest_stances",
    "plan_issues",
    "silence",
    "stance_table",
    "stances",
    "steps",
    "takes",
]

WHOLE = "whole"  # the issue of a statement that names no point: the plan as a whole
_KINDS = {"state": "state", "government-body": "office", "group": "jointly"}


def plan_issues(clauses: pd.DataFrame, labels: Mapping[str, str], draft: str = "us28") -> dict[str, str]:
    """Name the issues of a draft, in the order of its points: the plan as a whole, then each topic.

    The topic of a point is that of its first clause; ``labels`` names the topics.
    """
    return {WHOLE: "Plan as a whole"} | {topic: labels[topic] for topic in _topics(clauses, draft)}


def stances(
    positions: pd.DataFrame,
    clauses: pd.DataFrame,
    actors: pd.DataFrame,
    relations: pd.DataFrame,
    draft: str = "us28",
) -> pd.DataFrame:
    """Return the statements on the content of a draft, in order of time, with who speaks on what.

    Statements on process, authorship or the situation are left out: being for talks is not being for
    the text. Adds ``speaker`` (a person's last name, else what spoke: state, office, jointly or body),
    ``name``, ``voice``, ``camp`` and ``side`` (see :func:`camps.camps`) and ``issue`` (the topic of the
    first clause of its point, or ``whole``). Raises ValueError where the draft lacks the point named.
    """
    own = positions[(positions["draft"] == draft) & (positions["about"] == "content")]
    topic = own["point"].map(_topics(clauses, draft)).astype(object)
    lost = own.loc[own["point"].notna() & topic.isna(), "id"]
    if len(lost):
        raise ValueError(f"draft {draft!r} lacks the point that is named by: {', '.join(lost)}")
    by_id = actors.set_index("id")
    last_name = by_id["name"].str.extract(r"((?:(?:von|van|de|der) )*[^ (]+)(?: \(.*)?$")[0]
    speaker = last_name.where(by_id["kind"] == "person", by_id["kind"].astype(str).map(_KINDS).fillna("body"))
    own = own.assign(
        speaker=own["actor"].map(speaker),
        name=own["actor"].map(by_id["name"]),
        issue=topic.where(own["point"].notna(), WHOLE),
    )
    own = own.join(camps(actors, relations), on="actor", validate="many_to_one")
    return own.sort_values(["date_latest", "date_earliest", "id"], ignore_index=True)


def latest_stances(statements: pd.DataFrame) -> pd.DataFrame:
    """Sum up where each side stands on each issue it has spoken on.

    ``statements`` are :func:`stances`. Returns one row per side and issue, in the order of ``side``, then
    of the number of statements: ``camp``, ``side``, ``issue``; ``latest``, the last stance of each of its
    voices, as a list (several where voices differ or the days of statements overlap); ``other``, the
    stances of other statements that differ from these, newest first; ``leads``, those of ``other`` that
    weak statements alone carry; ``status``, the firmest among the latest; ``last``, the day of the last of
    these; ``red_line``, whether any statement puts one; ``statements``, their number. A weak
    statement is a lead, and one that is not assessable takes no side: they are among the latest only
    where there is no other.
    """
    rows = [
        {"camp": camp, "issue": issue, **_cell(group)}
        for (camp, issue), group in statements.groupby(["camp", "issue"], sort=False)
    ]
    names = ["camp", "side", "issue", "latest", "other", "leads", "status", "last", "red_line", "statements"]
    cells = pd.DataFrame(rows, columns=names)
    size = cells["camp"].map(statements["camp"].value_counts())
    side = cells["side"].map({name: at for at, name in enumerate(statements["side"].cat.categories)})
    order = pd.DataFrame({"side": side, "size": -size, "camp": cells["camp"]})
    return cells.loc[order.sort_values(["side", "size", "camp"], kind="stable").index].reset_index(drop=True)


def steps(statements: pd.DataFrame) -> pd.DataFrame:
    """Line up the statements of each voice on each issue on which it spoke on more than one day.

    Returns one row per step, in the order of ``side``: ``voice``, ``side``, ``issue``, ``step`` (from 1),
    ``date``, ``speaker``, ``stance``, ``status``, ``id``; ``varied``, whether the stances of that voice on
    that issue are not all the same; and ``moved``, whether the last of them differs from the first, weak
    statements left aside where there are others.
    Rows of one statement with one stance make one step; what is not assessable makes none.
    """
    keys = ["voice", "issue"]
    one = statements[statements["stance"] != "not-assessable"]
    one = one.drop_duplicates([*keys, "statement", "stance"])
    spoken = one[one.groupby(keys)["date"].transform("nunique") > 1]
    groups = spoken.groupby(keys)
    moved = {key: _moved(group) for key, group in groups}
    spoken = spoken.assign(
        step=groups.cumcount() + 1,
        size=-groups["id"].transform("size"),
        varied=groups["stance"].transform("nunique") > 1,
        moved=[moved[key] for key in spoken[keys].itertuples(index=False, name=None)],
    ).sort_values(["side", "voice", "size", "issue", "step"])
    return spoken[
        [*keys, "side", "step", "date", "speaker", "stance", "status", "varied", "moved", "id"]
    ].reset_index(drop=True)


def silence(cells: pd.DataFrame, issues: Mapping[str, str]) -> pd.DataFrame:
    """Count, for each side, the issues on which it has and has not spoken.

    ``cells`` are :func:`latest_stances`, ``issues`` names every issue there is. Returns ``camp``, the
    numbers ``spoken`` and ``silent`` and the names ``spoken_on`` and ``silent_on``, in the order of
    ``cells``; a last row is for all sides together.
    """
    rows = []
    for camp, group in [*cells.groupby("camp", sort=False), ("All sides together", cells)]:
        heard = [name for issue, name in issues.items() if issue in set(group["issue"])]
        quiet = [name for name in issues.values() if name not in heard]
        rows.append((camp, len(heard), len(quiet), ", ".join(heard), ", ".join(quiet)))
    return pd.DataFrame(rows, columns=["camp", "spoken", "silent", "spoken_on", "silent_on"])


def takes(cells: pd.DataFrame, issue: str = WHOLE) -> pd.DataFrame:
    """Say how each side that has spoken on an issue takes it, by its latest stances.

    Returns ``camp``; ``accepts``, whether all of them endorse or support; ``asks``, whether one is
    conditional; and ``refuses``, whether one rejects. A side of several voices may do two of these.
    """
    own = cells[cells["issue"] == issue]
    latest = [set(names) for names in own["latest"]]
    return pd.DataFrame(
        {
            "camp": own["camp"].to_list(),
            "accepts": [names <= {"endorse", "support"} for names in latest],
            "asks": ["conditional" in names for names in latest],
            "refuses": ["reject" in names for names in latest],
        }
    )


def stance_table(cells: pd.DataFrame, issues: Mapping[str, str]) -> pd.DataFrame:
    """Turn :func:`latest_stances` into a table to be shown: issues named, lists as text."""
    return pd.DataFrame(
        {
            "side": cells["camp"],
            "issue": cells["issue"].map(issues),
            "latest": cells["latest"].map(", ".join),
            "others": cells["other"].map(", ".join),
            "status of the latest": cells["status"],
            "last": cells["last"],
            "red line": cells["red_line"].map({True: "put", False: None}),
            "statements": cells["statements"],
        }
    )


def _topics(clauses: pd.DataFrame, draft: str) -> pd.Series:
    own = clauses[clauses["draft"] == draft].sort_values("point", kind="stable")
    return own.drop_duplicates("point").set_index("point")["topic"].astype(str)


def _firm(group: pd.DataFrame) -> pd.DataFrame:
    # What takes no side, and what is weak, counts only where there is nothing else.
    for field, value in (("stance", "not-assessable"), ("status", "weak")):
        kept = group[group[field] != value]
        group = group if kept.empty else kept
    return group


def _moved(group: pd.DataFrame) -> bool:
    stances = _firm(group)["stance"].astype(str)
    return bool(stances.iloc[0] != stances.iloc[-1])


def _cell(group: pd.DataFrame) -> dict[str, object]:
    latest = pd.concat([_latest(voice) for _, voice in _firm(group).groupby("voice", sort=False)])
    latest = latest.sort_values(["date_latest", "date_earliest", "id"])
    stances = list(dict.fromkeys(latest["stance"].astype(str)))
    newest = group["stance"].astype(str)[::-1]
    other = [name for name in dict.fromkeys(newest) if name not in stances]
    weak = (group["status"] == "weak").groupby(group["stance"].astype(str)).all()
    order = list(group["status"].cat.categories)
    return {
        "side": str(group["side"].iloc[0]),
        "latest": stances,
        "other": other,
        "leads": [name for name in other if weak[name]],
        "status": min(latest["status"].astype(str), key=order.index),
        "last": latest["date"].iloc[-1],
        "red_line": bool((group["red_line"] == "stated").any()),
        "statements": len(group),
    }


def _latest(group: pd.DataFrame) -> pd.DataFrame:
    # What ends before another begins is overtaken; statements of overlapping days all count as latest.
    first = group["date_earliest"].fillna(group["date_latest"])
    last = group["date_latest"].fillna(group["date_earliest"])
    latest: pd.DataFrame = group[last >= first.max()]
    return latest
