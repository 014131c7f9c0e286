"""Whether what people were answered is true: nothing acknowledged is lost, nothing is overwritten unseen."""

from dataclasses import replace
from itertools import pairwise
from uuid import UUID, uuid5

from meetings.models import Contribution, Exchange, Revision
from tests.durability.editing import Scene, Sent

NEW = {"add", "add to entry"}
# What may take words off the record, and what takes whole entries along.
TAKES_AWAY = {"delete", "join", "undo"}
CARRIES_ALL = {"join entry", "undo"}
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
        *(fault for one in sent if one.what == "join" for fault in faults_of_join(one, revisions)),
        *(fault for one in sent if one.what == "undo" for fault in faults_of_undoing(one, scene, revisions)),
        *faults_of_history(scene, revisions),
        *faults_of_order(scene),
        *faults_of_places(scene, sent),
    ]


def faults_of_answers(one: Sent) -> list[str]:
    """What was done once stays done, however often it is sent, and no answer is a fault of the server."""
    done = 200 if one.form.by_script else 302
    # Who marks words that were deleted meanwhile is asked to select others.
    allowed = {done, 409} if one.text else {done, 404, 409} | ({400} if one.what == "flag" else set())
    # Where they meant it to go is gone: they are asked for another place.
    asked_again = [answer for answer in one.answers if one.to and "error-summary" in answer.page]
    strange = [answer for answer in one.answers if answer.status not in allowed and answer not in asked_again]
    faults = [f"unexpected answer: {one}" for _ in strange]
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


def faults_of_join(one: Sent, revisions: list[Revision]) -> list[str]:
    """Acknowledged, the words of both stand in one text, after the versions that were seen; else nothing was joined."""
    made = [revision for revision in revisions if revision.op_id == one.form.op_id]
    if not one.is_acknowledged:
        return [f"joined, and answered that it was not: {one}"] if made else []
    if len(made) != 1 or made[0].version != int(one.form.fields["before_version"]) + 1:
        return [f"{len(made)} texts, or not upon what was seen: {one}"]
    came_from = made[0].details["came_from"]
    other = Contribution.with_removed.get(pk=came_from["words"])
    joined = {(one.subject, one.version): one.text for one in revisions}
    parts = [joined[made[0].subject, made[0].version - 1], joined[other.uid, one.form.base_version]]
    is_whole = came_from["version"] == one.form.base_version and all(part in made[0].text for part in parts)
    return [] if is_whole else [f"half of the words are not in what was joined: {one}"]


def faults_of_undoing(one: Sent, scene: Scene, revisions: list[Revision]) -> list[str]:
    """What was rearranged gets its text back only where nobody wrote after it; refused, it stays."""
    op_id, subjects = undone_by(one), {said.uid: said.pk for said in scene.said()}
    faults = []
    for made in [revision for revision in revisions if revision.op_id == op_id]:
        restored = uuid5(op_id, f"words {subjects[made.subject]}")
        texts = {revision.version: revision for revision in revisions if revision.subject == made.subject}
        for revision in [one for one in texts.values() if one.op_id == restored]:
            if not one.is_acknowledged and not any(
                other.is_acknowledged for other in others_like(one, scene)
            ):
                faults.append(f"undone, and answered that it was not: {one}")
            if revision.version != made.version + 1 or revision.text != texts[made.version - 1].text:
                faults.append(f"undone over what somebody wrote since: {one}")
    return faults


def undone_by(one: Sent) -> UUID:
    return UUID(one.form.action.rstrip("/").rsplit("/", 1)[1])


def others_like(one: Sent, scene: Scene) -> list[Sent]:
    return [other for other in scene.sent if other.form.action == one.form.action]


def faults_of_history(scene: Scene, revisions: list[Revision]) -> list[str]:
    """Versions follow each other without a gap, and the newest one is what stands in the record."""
    faults = [
        f"version {after.version} follows version {before.version} of {after.subject}"
        for before, after in pairwise(revisions)
        if after.subject == before.subject and after.version != before.version + 1
    ]
    newest = {revision.subject: revision for revision in revisions}
    scene.action.refresh_from_db()
    for said in [*scene.said(), scene.action]:
        last = newest.get(said.uid)
        if last is None or (last.version, last.text) != (said.version, said.text):
            faults.append(f"what stands in the record is not the newest version: {said}")
    return faults


def faults_of_order(scene: Scene) -> list[str]:
    """No entry is left with nobody in it, no words in an entry that is gone, no action where its entry is not."""
    entries = Exchange.objects.filter(item__in=[scene.item, scene.elsewhere]).prefetch_related(
        "contributions"
    )
    lost = scene.said().filter(removed_at=None).exclude(exchange__removed_at=None)
    after = Exchange.with_removed.get(pk=scene.action.after_id)
    faults = [f"nobody says anything in {entry}" for entry in entries if not entry.contributions.all()]
    faults += [f"their entry is gone: {said}" for said in lost]
    if after.removed_at or after.item_id != scene.action.item_id:
        faults.append(f"the action does not stand where it arose: {scene.action}")
    return faults


def faults_of_places(scene: Scene, sent: list[Sent]) -> list[str]:
    """Everything stands where somebody was told that it is, or where it stood; nothing goes that nobody took away."""
    done = [one for one in sent if one.is_acknowledged]
    kinds, faults = {one.what for one in done}, []
    if not kinds & TAKES_AWAY:
        faults += [f"gone, and nobody took it away: {one}" for one in scene.said().exclude(removed_at=None)]
    if kinds & CARRIES_ALL:
        return faults
    for part, whole in [(Exchange, "item_id"), (Contribution, "exchange_id")]:
        for row in [*scene.entries, *scene.words]:
            if isinstance(row, part):
                told = {one.to.pk for one in done if one.moved == row} or {getattr(row, whole)}
                now = getattr(part.with_removed.get(pk=row.pk), whole)
                faults += [] if now in told else [f"moved to {now}, and told {told}: {row}"]
    return faults


def token_of(text: str) -> str:
    return next(word for word in text.split() if any(sign.isdigit() for sign in word)).rstrip(".")
