"""The project's own files agree with each other and with the data."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [
    Requirement(text)
    for text in [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["dev"],  # bench names what others use; it is not in the lock
    ]
]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pinned():
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", read("requirements.lock"), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def newest_heading():
    """Return the version of the newest heading that has one; what is not released has none."""
    return re.search(r"^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"), flags=re.MULTILINE)[1]


def conda_requirements():
    """List the requirements of environment.yml, those of its pip list included."""
    listed = yaml.safe_load(read("environment.yml"))["dependencies"]
    pip = [text for entry in listed if isinstance(entry, dict) for text in entry["pip"]]
    plain = [entry for entry in listed if isinstance(entry, str)]
    return [Requirement(text) for text in [*plain, *pip] if text != "-e ."]


def ranges(requirements):
    return {canonicalize_name(each.name): str(each.specifier) for each in requirements}


def test_conda_environment_asks_for_what_pyproject_asks_for():
    asked = ranges(conda_requirements())
    python = asked.pop("python")
    asked.pop("pip")
    assert asked == ranges(DECLARED)
    assert python == PROJECT["requires-python"]


def test_conda_environment_installs_the_package_itself_from_conda_forge_alone():
    environment = yaml.safe_load(read("environment.yml"))
    assert environment["channels"] == ["conda-forge"]
    assert environment["dependencies"][-1]["pip"][-1] == "-e ."


def test_lock_holds_no_address():
    lock = read("requirements.lock")
    assert re.findall(r"://|^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b", lock, flags=re.M) == []
    assert re.findall(r"^[^\s#-].* @ ", lock, flags=re.M) == []


def test_lock_gives_every_pin_a_hash():
    blocks = re.split(r"\n(?=\S)", read("requirements.lock").strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("requirement", DECLARED, ids=str)
def test_lock_satisfies_pyproject(requirement):
    version = pinned().get(canonicalize_name(requirement.name), "missing; run make lock")
    assert version in requirement.specifier


def test_readme_counts_every_table_rightly(shipped):
    rows = re.findall(
        r"^\|[^|]*`(\w+)`[^|]*\|.*\|\s*([\d,]+)\s*\|\s*$", read("README.md"), flags=re.MULTILINE
    )
    counts = {table: int(number.replace(",", "")) for table, number in rows}
    assert counts == shipped.counts().set_index("table")["records"].to_dict()


def test_versions_agree():
    assert yaml.safe_load(read("CITATION.cff"))["version"] == PROJECT["version"]
    assert newest_heading() == PROJECT["version"]


def test_changelog_names_the_version_of_the_data():
    version = json.loads(read("data/datapackage.json"))["version"]
    assert re.search(rf"(?<![\d.]){re.escape(version)}(?![\d.]*\d)", read("CHANGELOG.md"))
