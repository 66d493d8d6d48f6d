"""Files of rows at the desk: shown before they are written, and written as shown."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from recruitment import batches
from recruitment.importing import write_rows
from recruitment.models import Batch, Claimant, Figure, Job, Revision
from recruitment.reviewing import ALONE, DecisionError
from tests.factories import PersonFactory
from tests.recruitment import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(role="editor")


@pytest.fixture
def publisher():
    return PersonFactory(role="publisher")


@pytest.fixture
def loaded():
    report = write_rows(rows.dataset(), reason="loaded")
    assert not report.refusals


def jsonl(*given):
    return "".join(json.dumps(row) + "\n" for row in given).encode()


def silent(done, of):
    """Tell nobody."""


def run(batch, tell=silent):
    """Do the batch's last job, as a worker does, and read what came of it."""
    batch.refresh_from_db()
    job, state = batch.job, "failed"
    try:
        batches.import_rows(job, tell)()
        state = "done"
    finally:
        job.state, job.ended_at = state, timezone.now()
        job.save()
    batch.refresh_from_db()
    return batch.outcome


def tried_out(by, *figures, name="figures.jsonl"):
    batch = batches.bring(name, jsonl(*figures), by=by)
    run(batch)
    return batch


def let_in(batch, by, **more):
    batches.let_in(batch, by=by, seen=batch.outcome["digest"], **more)
    batch.refresh_from_db()
    return batch


def test_trial_tells_what_would_come_and_writes_nothing(loaded, editor):
    changed = rows.figure(low=21, high=21, note="Read again.")
    batch = tried_out(editor, changed, rows.figure("npl-too", low=44, high=44))

    outcome = batch.outcome
    assert outcome["outcomes"] == {"figures": {"changed": 1, "new": 1}}
    assert outcome["changes"] == [
        {
            "file": "figures",
            "id": "npl-killed",
            "fields": {
                "low": [19, 21],
                "high": [19, 21],
                "note": ["", "Read again."],
            },
        }
    ]
    assert (outcome["to_write"], outcome["public"], outcome["refused"]) == (2, 2, 0)
    assert Figure.objects.get().low == 19
    assert Revision.objects.count() == 1
    assert batch.written_at is None


def test_trial_names_every_refused_row_by_file_line_and_field(loaded, editor):
    batch = batches.bring(
        "figures.jsonl",
        jsonl(rows.figure(low="19")) + b"no json\n" + jsonl(rows.figure("x", side="x")),
        by=editor,
    )

    outcome = run(batch)

    places = {(one["line"], one["field"]) for one in outcome["refusals"]}
    assert places == {(1, "low"), (2, None), (3, "side")}
    assert outcome["refused"] == 3
    with pytest.raises(DecisionError, match="all come in, or none"):
        let_in(batch, PersonFactory(role="publisher"))


def test_second_person_lets_in_and_it_is_written_as_it_was_shown(
    loaded, editor, publisher
):
    batch = tried_out(editor, rows.figure(low=21, high=21))

    run(let_in(batch, publisher))

    assert Figure.objects.get().low == 21
    assert batch.confirmed_by == publisher
    assert batch.written_at
    assert bytes(batch.content) == b""
    newest = Revision.objects.first()
    assert newest.reason == "rows were imported"
    entry = Figure.objects.get().history.first()
    assert entry.history_user == editor
    assert entry.history_change_reason == "imported: rows were imported"


def test_who_handed_it_in_may_not_let_in_what_is_public(loaded, publisher):
    batch = tried_out(publisher, rows.figure(low=21, high=21))

    with pytest.raises(DecisionError, match="a second person"):
        let_in(batch, publisher)
    with pytest.raises(DecisionError, match="a second person"):
        let_in(batch, publisher, alone="Nobody is here.")


def test_admin_may_let_in_alone_with_a_reason_that_history_keeps(loaded):
    admin = PersonFactory(role="admin")
    batch = tried_out(admin, rows.figure(low=21, high=21))

    with pytest.raises(DecisionError, match="say why"):
        let_in(batch, admin, alone=" ")
    run(let_in(batch, admin, alone="Nobody is here."))

    entry = Figure.objects.get().history.first()
    assert entry.history_change_reason == f"{ALONE}Nobody is here."


def test_drafts_alone_need_no_second_person_and_hold_back_what_they_bring(
    loaded, publisher
):
    new = rows.claimant("new-office", name="An office")
    held = {"status": "draft", "status_reason": "needs_review"}
    draft = rows.figure("npl-draft", claimant="new-office", **held)
    write_rows({"claimants": [new]}, reason="x", hold_back=True)
    batch = tried_out(publisher, draft)

    assert batch.outcome["public"] == 0
    run(let_in(batch, publisher))

    assert Figure.objects.get(slug="npl-draft").status == "draft"
    assert Claimant.objects.get(slug="new-office").is_draft
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_who_may_not_publish_lets_nothing_in(loaded, editor, role):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    other = PersonFactory(role=role, username=f"{role}-too")

    with pytest.raises(PermissionDenied):
        let_in(batch, other)


def test_reader_hands_nothing_in():
    with pytest.raises(PermissionDenied):
        batches.bring("figures.jsonl", b"{}", by=PersonFactory(role="reader"))


def test_nothing_is_written_where_the_record_changed_meanwhile(
    loaded, editor, publisher
):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    let_in(batch, publisher)
    write_rows({"figures": [rows.figure(low=20, high=20)]}, reason="meanwhile")

    with pytest.raises(DecisionError, match="try it out again"):
        run(batch)

    assert Figure.objects.get().low == 20
    batch.refresh_from_db()
    assert batch.written_at is None
    batches.try_out(batch, by=editor)
    outcome = run(batch)
    assert outcome["changes"][0]["fields"]["low"] == [20, 21]
    run(let_in(batch, publisher))
    assert Figure.objects.get().low == 21


def test_change_elsewhere_in_the_record_does_not_matter(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    let_in(batch, publisher)
    write_rows({"publishers": [rows.publisher("other", name="O")]}, reason="elsewhere")

    run(batch)

    assert Figure.objects.get().low == 21


def test_trial_that_was_not_looked_at_is_not_let_in(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure(low=21, high=21))

    with pytest.raises(DecisionError, match="after you had looked"):
        batches.let_in(batch, by=publisher, seen="0" * 64)


def test_pressing_twice_asks_for_one_job(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    let_in(batch, publisher)
    count = Job.objects.count()

    with pytest.raises(DecisionError, match="still at it"):
        let_in(batch, publisher)

    assert Job.objects.count() == count


def test_what_is_known_already_is_not_written(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure())

    assert batch.outcome["to_write"] == 0
    with pytest.raises(DecisionError, match="all of it is known"):
        let_in(batch, publisher)


def test_batch_is_left_alone_while_a_worker_is_at_it(loaded, editor):
    batch = batches.bring("figures.jsonl", jsonl(rows.figure()), by=editor)

    for decide in (batches.try_out, batches.give_up):
        with pytest.raises(DecisionError, match="still at it"):
            decide(batch, by=editor)


def test_batch_that_was_dropped_is_not_decided_on(loaded, editor):
    batch = tried_out(editor, rows.figure())
    same = Batch.objects.get()
    batches.give_up(batch, by=editor)

    with pytest.raises(DecisionError, match="dropped it meanwhile"):
        batches.try_out(same, by=editor)


def test_written_batch_is_over(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    run(let_in(batch, publisher))

    for decide in (batches.try_out, batches.give_up):
        with pytest.raises(DecisionError, match="written already"):
            decide(batch, by=editor)


def test_file_that_is_too_large_is_refused_at_the_door(editor):
    with pytest.raises(ValueError, match="at most 20 are taken"):
        batches.bring("areas.jsonl", b" " * 20_000_001, by=editor)

    assert not Batch.objects.exists()


def test_progress_is_told_over_all_files(loaded, editor):
    told = []
    figures = [rows.figure(f"npl-{n}", low=n, high=n) for n in range(1, 121)]
    batch = batches.bring("figures.jsonl", jsonl(*figures), by=editor)

    run(batch, lambda done, of: told.append((done, of)))

    assert told == [(0, 120), (50, 120), (100, 120)]


def test_bytes_that_nobody_let_in_are_dropped_after_a_week(loaded, editor, publisher):
    batch = tried_out(editor, rows.figure(low=21, high=21))
    batches.forget_old()
    assert Batch.objects.get().content

    Batch.objects.update(brought_at=batch.brought_at - timedelta(days=8))
    batches.forget_old()

    batch.refresh_from_db()
    assert bytes(batch.content) == b""
    with pytest.raises(DecisionError, match="hand it in again"):
        batches.let_in(batch, by=publisher, seen="")


def test_table_of_the_api_comes_back_as_the_same(loaded, editor, client):
    table = b"".join(client.get("/api/v1/figures.csv").streaming_content)

    batch = batches.bring("figures.csv", table, by=editor)

    assert run(batch)["outcomes"] == {"figures": {"same": 1}}
