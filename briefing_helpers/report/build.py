"""Build all reports, or none, so that those on disk and their front page belong together.

What has not changed is not made again; see ``inputs`` and ``cache``. Nothing heavy is imported before
it is known that something has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_helpers.report.cache import Cache
from briefing_helpers.report.inputs import Inputs
from briefing_helpers.report.kernels import cores, serving

if TYPE_CHECKING:
    from briefing_helpers.loading import Briefing
    from briefing_helpers.report.page import Page

__all__ = ["ReportError", "build"]


class ReportError(RuntimeError):
    """One or more notebooks failed; ``faults`` has a line for each."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults and word the message."""
        self.faults = faults
        super().__init__("\n".join(faults))


def build(
    notebooks: Path,
    output: Path,
    jobs: int | None = None,
    *,
    force: bool = False,
    only: Collection[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Run the notebooks of a folder and write one HTML file for each, the record's pages and ``index.html``.

    ``jobs`` notebooks run at a time, by default one per core. A notebook whose report would come out
    the same is not run, unless ``force`` is true. ``only`` names the notebooks to run, without their
    ending; the others' reports stay as they were last made. ``progress`` is given a line for each
    notebook run. Returns the files that changed. A notebook that fails leaves the earlier reports as
    they were. Raises ReportError, with one line for each notebook that failed, BriefingError where the
    data have faults, and ValueError where there is no notebook, or none of a name in ``only``.
    """
    inputs, digests = _look(notebooks, output)
    whole, paths = inputs.site(digests), list(digests)
    if any(path.stem == "index" for path in paths):
        raise ValueError(f"{notebooks / 'index.ipynb'}: the front page has this name; rename the notebook")
    if not paths:
        raise ValueError(f"no notebook in {notebooks}")
    names = [path.stem for path in paths]
    for name in only or ():
        if name not in names:
            raise ValueError(f"{notebooks} has no notebook {name!r}{_near(name, names)}")
    cache = Cache(output)
    if cache.is_current(whole) and not force:
        return []
    asked = [path for path in paths if not only or path.stem in only]
    kept = {} if force else {path: cache.page(path.stem, digests[path]) for path in asked}
    made, briefing, record = _make(
        [path for path in asked if kept.get(path) is None],
        jobs or cores(),
        progress,
        None if force else cache.record(inputs.record),
    )
    pages: dict[Path, tuple[str, Page]] = {}
    for path in paths:
        if page := made.get(path) or kept.get(path):
            pages[path] = digests[path], page
        elif last := cache.last(path.stem):
            pages[path] = last
    texts = _site([page for _, page in pages.values()], briefing, record)
    # Pages may show what was changed while they were made, or what it was before: the next build looks
    # again. So it does where a set is in part as it was: that is not what a whole build would make.
    inputs_now, now = _look(notebooks, output)
    for path in made:
        if now.get(path) != digests[path]:
            pages[path] = f"changed while {path.name} was run", made[path]
    return cache.write(
        texts,
        whole if whole == inputs_now.site(now) and not only else "",
        dict(pages.values()),
        (inputs.record if inputs.record == inputs_now.record else "", list(record)),
    )


def _look(notebooks: Path, output: Path) -> tuple[Inputs, dict[Path, str]]:
    """Return what the reports are made from, and the digest of what each notebook's own is."""
    paths = sorted(path for path in notebooks.glob("*.ipynb") if not path.name.startswith("."))
    inputs = Inputs(notebooks, output)
    return inputs, {path: inputs.page(path) for path in paths}


def _make(
    paths: list[Path], jobs: int, progress: Callable[[str], None] | None, record: dict[str, str] | None
) -> tuple[dict[Path, Page], Briefing, dict[str, str]]:
    """Run notebooks and render each as it ends; load the data; make the pages of the record, if need be."""
    made: dict[Path, Page] = {}
    faults: list[str] = []
    # The server's imports and ours go on at the same time, on two cores: it is started first.
    with serving(at_once=bool(paths)):
        from briefing_helpers.report.run import running

        # Large ones first, so that none of them is left over at the end for one core alone.
        with running(sorted(paths, key=_size, reverse=True), jobs) as runs:
            from briefing_helpers.loading import load
            from briefing_helpers.report.render import prepare, render

            # While the first kernels start and run:
            briefing = load()
            record = _record_pages(briefing) if record is None else record
            if paths:
                prepare()
            for run in runs:
                if progress is not None:
                    progress(f"{run.path.stem}: {'failed' if run.fault else 'done'}")
                if run.notebook is None:
                    faults.append(str(run.fault))
                    continue
                try:
                    made[run.path] = render(run.notebook, run.path.stem, briefing.version, briefing.digest)
                except ValueError as error:
                    faults.append(str(error))
    if faults:
        raise ReportError(sorted(faults))
    return made, briefing, record


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _record_pages(briefing: Briefing) -> dict[str, str]:
    from briefing_helpers.report.site import record_pages

    return record_pages(briefing)


def _site(pages: list[Page], briefing: Briefing, record: dict[str, str]) -> dict[str, str]:
    """Return every file of the reports by name."""
    from briefing_helpers.report.site import site

    return site(pages, briefing, record=record)


def _near(name: str, names: list[str]) -> str:
    from briefing_helpers.checks import near

    return near(name, names)
