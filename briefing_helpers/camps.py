"""Say for whom an actor speaks."""

from __future__ import annotations

import pandas as pd

__all__ = ["APART", "COMMENTATORS", "camps"]

COMMENTATORS = "Commentators"
# Those who belong to a state, or to nobody, and speak for no government: a row of their own.
APART = {
    "us-congress": "US members of Congress",
    "us-senate": "US senators",
    "ukrainian-public": "Ukrainian public",
    "plan-critics": COMMENTATORS,
}


def camps(actors: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """Name for whom each actor speaks (index: actor id).

    Returns ``voice``: the government or organisation that an office holder or body belongs to, at the
    top of the ``part_of`` chain, and for everybody else the actor; ``camp``: the row of a map, which also
    puts a state with the group it is ``member-of`` (so that a joint statement does not leave its members
    silent), keeps those in :data:`APART` apart, and takes persons and media who speak for none of these
    together as commentators; and the ``side`` of that row. The signers of one statement are a group of
    their own: the states of persons who signed are not moved into it.
    """
    own = actors.set_index("id")
    above = {str(actor): str(up) for actor, up in own["part_of"].dropna().items() if up in own.index}
    member = relations[relations["kind"] == "member-of"].drop_duplicates("from_actor")
    joined = {
        str(state): str(group)
        for state, group in member[["from_actor", "to_actor"]].itertuples(index=False)
        if state in own.index and group in own.index and own.at[state, "kind"] == "state"
    }
    found = []
    for actor in own.index:
        top = _climb(actor, above)
        row = _climb(top, joined) if top not in APART else top
        alone = own.at[row, "kind"] in ("person", "media")
        camp = APART.get(row, COMMENTATORS if alone else own.at[row, "name"])
        side = "media" if camp == COMMENTATORS else str(own.at[row, "side"])
        found.append((own.at[actor if top in APART else top, "name"], camp, side))
    named = pd.DataFrame(found, index=own.index, columns=["voice", "camp", "side"])
    return named.assign(side=pd.Categorical(named["side"], own["side"].cat.categories, ordered=True))


def _climb(actor: str, above: dict[str, str]) -> str:
    seen = {actor}
    while actor not in APART and (up := above.get(actor)) is not None and up not in seen:
        seen.add(actor := up)
    return actor
