"""The public names, for type checkers."""

from briefing_helpers import charts as charts, dates
from briefing_helpers.accounts import (
    earlier_pages as earlier_pages,
    figure_checks as figure_checks,
    reported_cuts as reported_cuts,
)
from briefing_helpers.actors import (
    appearances as appearances,
    breakdown as breakdown,
    contact_pairs as contact_pairs,
    contacts as contacts,
    gap as gap,
    left_out as left_out,
    tenures as tenures,
    ties as ties,
    within as within,
)
from briefing_helpers.anchors import anchor as anchor, verify as verify
from briefing_helpers.balance import (
    between as between,
    reciprocity as reciprocity,
    recount as recount,
    ways as ways,
)
from briefing_helpers.checks import BriefingError as BriefingError
from briefing_helpers.citing import Sources as Sources
from briefing_helpers.clauses import count_by as count_by, find as find, glance as glance
from briefing_helpers.codebook import (
    field_guide as field_guide,
    joins as joins,
    overview as overview,
    vocabularies as vocabularies,
)
from briefing_helpers.coding import agreement as agreement, agreement_by as agreement_by
from briefing_helpers.conclusions import (
    conclusion as conclusion,
    points_each as points_each,
    points_table as points_table,
)
from briefing_helpers.drafts import (
    FATES as FATES,
    borne_out as borne_out,
    by_point as by_point,
    fates as fates,
    flow as flow,
    survival as survival,
)
from briefing_helpers.events import (
    by_month as by_month,
    chronology as chronology,
    in_stretches as in_stretches,
    intervals as intervals,
    rival_accounts as rival_accounts,
    stretches as stretches,
    with_rivals as with_rivals,
)
from briefing_helpers.evidence import (
    by_status as by_status,
    cite as cite,
    independence as independence,
    tally as tally,
)
from briefing_helpers.favours import (
    changes as changes,
    favoured as favoured,
    spans as spans,
)
from briefing_helpers.figures import (
    as_given as as_given,
    fund as fund,
    implied_cuts as implied_cuts,
    rivals as rivals,
    spell as spell,
)
from briefing_helpers.forecasts import (
    FIFTY as FIFTY,
    averages as averages,
    beside_fifty as beside_fifty,
    outcomes as outcomes,
    pending as pending,
    score_text as score_text,
    scored as scored,
    suppose as suppose,
    term_table as term_table,
    verdict as verdict,
)
from briefing_helpers.hypotheses import (
    against as against,
    both_codings as both_codings,
    consistency_matrix as consistency_matrix,
    diagnosticity as diagnosticity,
    drop_one as drop_one,
    inconsistency as inconsistency,
    item_names as item_names,
    readings as readings,
    side_by_side as side_by_side,
    standing as standing,
)
from briefing_helpers.issues import issue_matrix as issue_matrix, on_issues as on_issues
from briefing_helpers.levers import (
    by_pair as by_pair,
    contested as contested,
    push_and_pull as push_and_pull,
    sided as sided,
)
from briefing_helpers.limits import deadlines as deadlines
from briefing_helpers.loading import Briefing as Briefing, load as load, problems as problems
from briefing_helpers.notebook import (
    bottom_line as bottom_line,
    figure as figure,
    heading as heading,
    listing as listing,
    say as say,
    table as table,
)
from briefing_helpers.obligations import (
    duties as duties,
    enforceable as enforceable,
    pairs as pairs,
    profile as profile,
    rival_codings as rival_codings,
    spelled as spelled,
    who_owes_whom as who_owes_whom,
)
from briefing_helpers.positions import (
    latest_stances as latest_stances,
    plan_issues as plan_issues,
    silence as silence,
    stance_table as stance_table,
    stances as stances,
    steps as steps,
    takes as takes,
)
from briefing_helpers.reading import pages as pages, read_and_rated as read_and_rated
from briefing_helpers.renderings import coverage as coverage, terms as terms
from briefing_helpers.sourcing import (
    EFFECTS as EFFECTS,
    bearing as bearing,
    by_origins as by_origins,
    by_voices as by_voices,
    drop_origin as drop_origin,
    lean_on as lean_on,
    weighty as weighty,
)

parse_date = dates.parse
