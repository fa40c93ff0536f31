"""Set press accounts against the text in time and in numbers: what each says, when, and on whom it rests."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from briefing_helpers.checks import near
from briefing_helpers.loading import Briefing
from briefing_helpers.reading import linked
from briefing_helpers.sourcing import bearing

__all__ = ["TIMINGS", "earlier_pages", "figure_checks", "reported_cuts", "timing"]

# When something was said, measured against the days on which a text came out.
TIMINGS = ("before", "in the same days", "then or later", "after", "in a longer span", "not dated")
_CAP, _CUT, _BASELINE = "force-cap", "army-cut-share", "army-baseline"  # subjects of figures


def reported_cuts(briefing: Briefing, clause: str, published: str) -> pd.DataFrame:
    """Work out what cut each account of a cap on forces implies, in order of the days they are dated.

    Accounts are the figures on ``clause`` that give a cap (people) or a cut (per cent); ``published`` is
    the event of the text's publication. A cap is measured against the lowest and the highest baseline
    that a source bears out. Returns ``id``, ``as_of``, ``attributed_to``, ``account`` (its name), ``said``,
    ``low`` and ``high`` (the cut, per cent), ``timing`` (one of :data:`TIMINGS`), ``own`` (whether it is
    the text's own cap), ``rests_on`` (origins) and ``status``. Our arithmetic, no source's claim.

    Raises KeyError for an unknown clause or event, ValueError where no baseline is borne out.
    """
    figures, caps = briefing.figures, briefing.clauses.set_index("id")["quantity"]
    if clause not in caps:
        raise KeyError(f"no clause {clause!r}{near(clause, caps.index)}")
    firm = figures[(figures["subject"] == _BASELINE) & (figures["status"] != "unsupported")]["best"].dropna()
    if firm.empty:
        raise ValueError(f"no figure with subject {_BASELINE!r} that a source bears out")
    rows = figures[figures["subject"].isin([_CAP, _CUT]) & (figures["clause"] == clause)]
    rows = rows.sort_values(["as_of_earliest", "as_of_latest", "id"])
    low, high = rows["low"].fillna(rows["best"]), rows["high"].fillna(rows["best"])
    spans = [f"{a:,.0f}" if a == b else f"{a:,.0f} to {b:,.0f}" for a, b in zip(low, high, strict=True)]
    span, share = pd.Series(spans, index=rows.index), rows["subject"] == _CUT
    own = ~share & (rows["best"] == caps[clause]) & rows["low"].isna() & rows["high"].isna()
    names = briefing.actors.set_index("id")["name"].to_dict() | {"unspecified": "author not named"}
    rests = bearing(briefing).query("table == 'figures'").set_index("id")["rests_on"]
    return (
        rows[["id", "as_of", "attributed_to", "status"]]
        .assign(
            account=rows["attributed_to"].map(names).mask(own, "the leaked text"),
            said=("a cut of " + span + " per cent").where(share, "a cap of " + span),
            low=low.where(share, 100 - 100 * high / firm.min()),
            high=high.where(share, 100 - 100 * low / firm.max()),
            timing=timing(rows["as_of_earliest"], rows["as_of_latest"], _event(briefing, published)),
            own=own,
            rests_on=rows["id"].map(rests),
        )
        .reset_index(drop=True)
    )


def earlier_pages(briefing: Briefing, renderings: pd.DataFrame, published: str) -> pd.DataFrame:
    """List the other pages cited as context on an account's terms that are not later than the text.

    ``renderings`` are those in question, ``published`` the event of the text's publication. Returns
    ``term``, ``page`` (publisher, linked to the address), ``published``, ``timing`` (one of
    :data:`TIMINGS` but ``after``), ``origin``, ``descriptor`` (what the page is and was used for) and
    ``id`` (of the rendering), by term and day. Raises KeyError for an unknown event.
    """
    citations, sources = briefing.citations, briefing.sources.rename(columns={"id": "source"})
    sources = sources.drop(columns=["title", "kind"]).assign(page=linked(sources))
    cited = citations[(citations["table"] == "renderings") & (citations["relation"] == "context")]
    found = renderings[["id", "term", "source"]].merge(
        cited[["record", "source"]], left_on="id", right_on="record", suffixes=("_own", ""), validate="1:m"
    )
    found = found[found["source"] != found["source_own"]].merge(sources, on="source", validate="m:1")
    days = found["published_earliest"], found["published_latest"]
    found["timing"] = timing(*days, _event(briefing, published))
    found = found[found["timing"] != "after"].sort_values(["term", "published_earliest", "source"])
    columns = ["term", "page", "published", "timing", "origin", "descriptor", "id"]
    return found[columns].reset_index(drop=True)


def figure_checks(briefing: Briefing, source: str) -> pd.DataFrame:
    """Put each figure of a source beside the others on the same subject.

    Returns ``id``, ``figure`` (what it measures), ``source_says``, ``others_say`` (value, who and as of when;
    blank where nobody else gives one), ``note`` and ``status``. Raises KeyError for an unknown source.
    """
    if source not in set(briefing.sources["id"]):
        raise KeyError(f"no source {source!r}{near(source, briefing.sources['id'])}")
    citations, figures = briefing.citations, briefing.figures
    own = (citations["table"] == "figures") & (citations["source"] == source)
    mine = figures["id"].isin(citations.loc[own & (citations["relation"] == "supports"), "record"])
    units = briefing.labels("figures", "unit")
    value = pd.Series([_amount(row, units) for row in figures.to_dict("records")], figures.index)
    names = briefing.actors.set_index("id")["name"].to_dict() | {"unspecified": "source not named"}
    who = figures["attributed_to"].map(names)
    day = (", " + figures["as_of"].astype("str")).fillna("")
    others = (value + " (" + who + day + ")")[~mine].groupby(figures["subject"]).agg("; ".join)
    checks = figures[mine].assign(source_says=value[mine], others_say=figures["subject"][mine].map(others))
    checks = checks.rename(columns={"summary": "figure"})
    return checks[["id", "figure", "source_says", "others_say", "note", "status"]].reset_index(drop=True)


def timing(earliest: pd.Series, latest: pd.Series, published: pd.Series) -> pd.Series:
    """Place dates against the days on which a text came out, in the words of :data:`TIMINGS`.

    ``published`` is the row of the event, with ``date_earliest`` and ``date_latest``.
    """
    first, last = published["date_earliest"], published["date_latest"]
    words = pd.Series("in the same days", index=earliest.index)
    words[latest > last] = "then or later"
    words[(earliest < first) & (latest > last)] = "in a longer span"
    words[latest < first] = "before"
    words[earliest > last] = "after"
    words[earliest.isna() & latest.isna()] = "not dated"
    return words


def _event(briefing: Briefing, event: str) -> pd.Series:
    found = briefing.events[briefing.events["id"] == event]
    if found.empty:
        raise KeyError(f"no event {event!r}{near(event, briefing.events['id'])}")
    return found.iloc[0]


def _amount(figure: dict[Hashable, Any], units: dict[str, str]) -> str:
    """Say a figure: ``at least 6 deaths``, ``100 billion US dollars``, ``400,000 to 600,000 people``."""
    low, best, high = (figure[name] for name in ("low", "best", "high"))
    if pd.notna(best):
        number = _number(best)
    elif pd.notna(low) and pd.notna(high):
        number = f"{_number(low)} to {_number(high)}"
    else:
        number = f"at least {_number(low)}" if pd.notna(low) else f"at most {_number(high)}"
    unit = units[figure["unit"]]
    return f"{number} {unit if unit.startswith('US') else unit.lower()}"


def _number(value: float) -> str:
    return f"{value / 1e9:g} billion" if value >= 1e9 else f"{value:,.10g}"
