"""Build all reports, or none, so that those on disk and their front page belong together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from briefing_helpers.checks import near
from briefing_helpers.loading import load
from briefing_helpers.report.render import render
from briefing_helpers.report.run import run_all
from briefing_helpers.report.site import site

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
    jobs: int = 2,
    only: Collection[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Run every notebook of a folder and write one HTML file for each, ``index.html`` and the record's pages.

    ``only`` names the notebooks to run, without their ending: their reports alone are written, and the
    front page where there is none yet. ``progress`` is given a line for each notebook.

    Returns the files written. Everything is made in a folder beside ``output`` first and moved there
    at the end, so a notebook that fails leaves the earlier reports as they were. Raises ReportError,
    with one line for each notebook that failed, and ValueError where there is no notebook, or none of
    a name that ``only`` gives.
    """
    paths = sorted(path for path in notebooks.glob("*.ipynb") if not path.name.startswith("."))
    if any(path.stem == "index" for path in paths):
        raise ValueError(f"{notebooks / 'index.ipynb'}: the front page has this name; rename the notebook")
    if not paths:
        raise ValueError(f"no notebook in {notebooks}")
    names = [path.stem for path in paths]
    for name in only or ():
        if name not in names:
            raise ValueError(f"{notebooks} has no notebook {name!r}{near(name, names)}")
    paths = [path for path in paths if not only or path.stem in only]
    briefing = load()
    runs = run_all(paths, jobs)
    faults = [result.fault for result in runs if result.fault]
    pages = []
    for result in runs:
        if progress is not None:
            progress(f"{result.path.stem}: {'failed' if result.fault else 'done'}")
        if result.notebook is not None:
            try:
                pages.append(render(result.notebook, result.path.stem, briefing.version, briefing.digest))
            except ValueError as error:
                faults.append(str(error))
    if faults:
        raise ReportError(sorted(faults))
    texts = site(pages, briefing)
    if only and (output / "index.html").is_file():
        texts = {page.name: texts[page.name] for page in pages}
    output.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".reports-", dir=output.parent))
    try:
        for name, text in texts.items():
            (staging / name).write_text(text, encoding="utf-8", newline="\n")
        output.mkdir(exist_ok=True)
        for name in texts:
            (staging / name).replace(output / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return [output / name for name in sorted(texts)]
