"""How a page is cited, in the four forms that writers and their tools use."""

import json
from datetime import date

import pytest

from dashboard.citing import Work, as_bibtex, as_csl, as_ris, as_text

NEPAL = Work(
    title="Killed, Russian side: who says what & “50 %”",
    url="https://muster.example/charts/claims/?country=NPL",
    revision=7,
    made_on=date(2026, 11, 2),
)


def test_text_names_what_it_is_and_which_state_of_the_record():
    assert as_text(NEPAL) == (
        "Muster. “Killed, Russian side: who says what & “50 %””, data revision 7,"
        " 2 Nov 2026. https://muster.example/charts/claims/?country=NPL"
    )


def test_bibtex_escapes_what_tex_would_run():
    written = as_bibtex(NEPAL)

    assert written.startswith("@misc{muster-killed-russian-side-who-says-what-r7,\n")
    assert r"title = {{Killed, Russian side: who says what \& “50 \%”}}" in written
    assert "url = {https://muster.example/charts/claims/?country=NPL}" in written
    assert written.count("{") == written.count("}")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("a_b", r"{{a\_b}}", id="underscore"),
        pytest.param("a\\b", r"{{a\textbackslash{}b}}", id="backslash"),
        pytest.param("{a}", r"{{\{a\}}}", id="braces"),
    ],
)
def test_bibtex_title_cannot_break_out(title, written):
    work = Work(title, "https://muster.example/", 1, date(2026, 1, 1))

    assert f"title = {written}" in as_bibtex(work)


def test_ris_has_a_tag_a_line_and_ends():
    lines = as_ris(NEPAL).split("\r\n")

    assert lines[0] == "TY  - DATA"
    assert "DA  - 2026/11/02" in lines
    assert lines[-2:] == ["ER  - ", ""]


def test_ris_keeps_a_title_on_its_line():
    work = Work("one\r\nER  - ", "https://muster.example/", 1, date(2026, 1, 1))

    assert "TI  - one ER -\r\n" in as_ris(work)


def test_csl_is_json_that_reference_managers_read():
    [item] = json.loads(as_csl(NEPAL))

    assert item["issued"] == {"date-parts": [[2026, 11, 2]]}
    assert (item["type"], item["URL"]) == ("dataset", NEPAL.url)
