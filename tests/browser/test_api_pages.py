"""The pages that show the API's document: of others' making, but from our own files."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1440, "height": 900}}


def test_operation_is_tried_in_swagger_ui(open_page):
    page = open_page("/api/v1/docs/", **DESK)
    operation = page.locator("#operations-figures-figures_retrieve")

    page.locator("#operations-tag-figures").click()
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/api/v1/figures/npl-russia-killed-*/") as answer:
        operation.get_by_role("button", name="Execute").click()

    assert answer.value.status == 200
    live = operation.locator(".live-responses-table .response .response-col_status")
    expect(live).to_have_text("200")
    expect(operation.locator(".live-responses-table")).to_contain_text("Nepal")


def test_document_is_read_and_searched_in_redoc(open_page):
    page = open_page("/api/v1/redoc/", **DESK)

    page.get_by_role("heading", name="Figures, page by page").wait_for(state="attached")
    page.get_by_placeholder("Search...").fill("recruits were paid")
    expect(page.locator("[role=search] [role=menuitem]").first).to_contain_text(
        "incentives"
    )
