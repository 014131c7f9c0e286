"""Whether what people were answered is true: nothing acknowledged is lost, nothing is overwritten unseen."""

from dataclasses import replace
from itertools import pairwise

from meetings.models import Contribution, Exchange, Revision
from tests.durability.editing import Scene, Sent

NEW = {"add", "add to entry"}
FAULT = 500


def faults_of(scene: Scene, sent: list[Sent]) -> list[str]:
    """What went wrong in a round, in sentences."""
    revisions, scopes = scene.revisions(), scene.scopes()
    said, asked = [one for one in sent if one.what != "scope"], [one for one in sent if one.what == "scope"]
    return [
        *(fault for one in sent for fault in faults_of_answers(one)),
        *(fault for one in said if one.text and one.is_acknowledged for fault in losses(one, revisions)),
        *(fault for one in said if one.text and not one.is_acknowledged for fault in untold(one, revisions)),
        *(fault for one in asked for fault in faults_of_scope(one, scopes)),
        *faults_of_history(scene, revisions),
        *faults_of_order(scene),
    ]


def faults_of_answers(one: Sent) -> list[str]:
    """What was done once stays done, however often it is sent, and no answer is a fault of the server."""
    done = 200 if one.form.by_script else 302
    # Who marks words that were deleted meanwhile is asked to select others.
    allowed = {done, 409} if one.text else {done, 404, 409} | ({400} if one.what == "flag" else set())
    faults = [f"unexpected answer: {one}" for answer in one.answers if answer.status not in allowed]
    # Who was refused may send again, and be right by then: what was deleted is back. What was done stays done.
    if one.text and any(before.is_success > after.is_success for before, after in pairwise(one.answers)):
        faults.append(f"done, and then refused: {one}")
    return faults


def losses(one: Sent, revisions: list[Revision]) -> list[str]:
    """A text that was answered with success is a version, once; a change is the next one after what its writer saw."""
    if one.what in NEW:
        return faults_of_new(one, token_of(one.text), revisions)
    if one.what == "split":
        first, rest = one.text.split("\n\n")
        upon = replace(one, what="edit", text=first)
        return losses(upon, revisions) + faults_of_new(one, token_of(rest), revisions)
    made = [revision for revision in revisions if revision.op_id == one.form.op_id]
    if [revision.text for revision in made] != [one.text] or made[0].subject != one.subject:
        return [f"not in the history as it was sent: {one}"]
    if overwritten_unseen(one, made[0], revisions):
        return [f"version {made[0].version}, so something unseen was overwritten: {one}"]
    return []


def faults_of_new(one: Sent, token: str, revisions: list[Revision]) -> list[str]:
    """What was typed anew is the first version of something, and of one thing alone."""
    words = [revision.text.replace(".", " ").split() for revision in revisions if revision.version == 1]
    count = sum(token in one for one in words)
    return [] if count == 1 else [f"{count} times in the record: {one}"]


def faults_of_scope(one: Sent, scopes: list[str]) -> list[str]:
    """A text beside the record: acknowledged, it followed what its writer saw; else both were shown."""
    if one.is_acknowledged:
        place = scopes.index(one.text) if one.text in scopes else 0
        return [] if place and scopes[place - 1] == one.seen else [f"lost, or upon something unseen: {one}"]
    if one.text in scopes:
        return [f"saved, and answered that it was not: {one}"]
    later = scopes[scopes.index(one.seen) + 1 :]
    pages = [answer.page for answer in one.answers]
    is_shown = all(any(text in page for text in later) for page in pages)
    is_kept = one.form.by_script or all(one.text in page for page in pages)
    return [] if is_shown and is_kept else [f"not both texts are on the page: {one}"]


def overwritten_unseen(one: Sent, made: Revision, revisions: list[Revision]) -> bool:
    """Whether it was saved upon other words than its writer saw; upon the very same it may be, or upon their own."""
    texts = {revision.version: revision.text for revision in revisions if revision.subject == one.subject}
    known = {texts[one.form.base_version], one.text}
    return texts[made.version - 1] not in known


def untold(one: Sent, revisions: list[Revision]) -> list[str]:
    """Who did not win sees both texts: their own, and one that came after what they started from."""
    faults = []
    if any(revision.op_id == one.form.op_id for revision in revisions):
        faults.append(f"saved, and answered that it was not: {one}")
    for answer in one.answers:
        # What a script sent still stands in its form.
        is_shown = one.what == "bring back" or one.form.by_script or one.text in answer.page
        if not is_shown:
            faults.append(f"their own text is not on the page: {one}")
        if one.what == "edit" and not says_what_happened(one, answer.page, revisions):
            faults.append(f"nothing of what happened is on the page: {one}")
    return faults


def says_what_happened(one: Sent, page: str, revisions: list[Revision]) -> bool:
    """Whether the page shows a text that came later, or says that it was deleted."""
    later = [
        revision.text
        for revision in revisions
        if revision.subject == one.subject and revision.version > one.form.base_version
    ]
    return any(text in page for text in later) or "deleted this while you were writing" in page


def faults_of_history(scene: Scene, revisions: list[Revision]) -> list[str]:
    """Versions follow each other without a gap, and the newest one is what stands in the record."""
    faults = [
        f"version {after.version} follows version {before.version} of {after.subject}"
        for before, after in pairwise(revisions)
        if after.subject == before.subject and after.version != before.version + 1
    ]
    newest = {revision.subject: revision for revision in revisions}
    scene.action.refresh_from_db()
    for said in [*Contribution.with_removed.filter(exchange__item=scene.item), scene.action]:
        last = newest.get(said.uid)
        if last is None or (last.version, last.text) != (said.version, said.text):
            faults.append(f"what stands in the record is not the newest version: {said}")
    return faults


def faults_of_order(scene: Scene) -> list[str]:
    """No entry is left with nobody in it."""
    entries = Exchange.objects.filter(item=scene.item).prefetch_related("contributions")
    return [f"nobody says anything in {entry}" for entry in entries if not entry.contributions.all()]


def token_of(text: str) -> str:
    return next(word for word in text.split() if any(sign.isdigit() for sign in word)).rstrip(".")
