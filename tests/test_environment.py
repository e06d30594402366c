"""environment.yml, the locks and pyproject.toml name the same packages."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAMES = {
    "matplotlib-base": "matplotlib",
    "nbconvert-core": "nbconvert",
    "python-duckdb": "duckdb",
    "seaborn-base": "seaborn",
}
"""What conda-forge calls the part of a package that we need."""
LOCKS = {
    "run": (), "test": ("test",), "dev": ("test", "dev"), "lab": ("lab",), "office": ("office",),
}  # fmt: skip


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def named(lines: list[str]) -> dict[str, str]:
    """Return canonical name -> version bounds."""
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): str(r.specifier) for r in parsed}


def conda_lines() -> list[str]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    lines = [item for item in listed if isinstance(item, str)]
    lines += [line for item in listed if isinstance(item, dict) for line in item["pip"]]
    return [line for line in lines if line not in ("pip", "-e .")]


def test_environment_yml_names_what_pyproject_names_with_the_same_bounds():
    wanted = named(project()["dependencies"])
    for extra in project()["optional-dependencies"].values():
        wanted |= named(extra)
    wanted["python"] = project()["requires-python"]
    found = {CONDA_NAMES.get(name, name): bounds for name, bounds in named(conda_lines()).items()}
    assert found == wanted


def locked(name: str) -> dict[str, set[str]]:
    """Return canonical name -> pinned versions (several where Pythons differ)."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pins: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE):
        pins.setdefault(canonicalize_name(package), set()).add(version)
    return pins


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_satisfies_what_pyproject_asks(name):
    lines = list(project()["dependencies"])
    for extra in LOCKS[name]:
        lines += project()["optional-dependencies"][extra]
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]
    pins = locked(name)
    for requirement in map(Requirement, lines + build["requires"]):
        versions = pins[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(v, prereleases=True) for v in versions)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_hashes_and_no_place_of_its_own(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.partition("\n")[2])
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|^/", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["test", "dev", "lab"])
def test_the_locks_agree_on_versions(name):
    run = locked("run")
    assert {package: locked(name)[package] for package in run} == run


def test_a_run_installs_neither_jupyterlab_nor_test_tools():
    assert not {"jupyterlab", "pytest", "mypy", "ruff", "nbval"} & set(locked("run"))
