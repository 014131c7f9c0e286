"""What the public sees: editions, their renditions, the register, and who we are.

Editions, renditions and the register are only ever added to; `publications.triggers`
makes the database refuse anything else. The `Published…` tables are projections:
`services.rebuild_public` makes them again from the editions alone.
"""

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from publications.states import ENDED, in_public_words, moved_in_words
from web.dates import short_day


class Identity(models.Model):
    """Who the office is from a day on: its names, titles, address and colours.

    Offices are renamed, merged and abolished: what was published before keeps the
    names of its day.
    """

    starts = models.DateField("from", unique=True)
    office_name = models.CharField("name of the office", max_length=200, help_text="As people know it")
    office_short_name = models.CharField("short name of the office", max_length=80)
    commissioner_title = models.CharField(
        "title of the person who holds the force to account",
        max_length=120,
        help_text="For example Police and Crime Commissioner",
    )
    force_name = models.CharField("name of the force", max_length=200)
    area = models.CharField(max_length=200, blank=True)
    email = models.EmailField("public e-mail address", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True, max_length=500)
    website = models.URLField(blank=True)
    accent_colour = models.CharField(
        "colour",
        max_length=7,
        default="#1f4f5f",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", "Enter a colour as # and six digits, for example #1f4f5f")
        ],
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "identities"
        ordering = ["-starts"]

    def __str__(self):
        return self.office_name

    @classmethod
    def current(cls, on: dt.date) -> "Identity | None":
        """The identity in force that day; before the first one begins, the first one."""
        # Every public page asks for it, and there are never many: choosing here costs less than asking for one.
        known = sorted(cls.objects.order_by(), key=lambda identity: identity.starts)
        begun = [identity for identity in known if identity.starts <= on]
        return (begun or known[:1] or [None])[-1]


class PublishedMeeting(models.Model):
    """A meeting that the public knows of, under the address that it keeps for ever."""

    meeting = models.UUIDField(unique=True, help_text="The id of the meeting in its Notes")
    slug = models.SlugField(max_length=120, unique=True)

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("publications:meeting", args=[self.slug])


class EditionQuerySet(models.QuerySet):
    def current(self):
        """The latest edition of each meeting, kind and language."""
        newer = Edition.objects.filter(
            meeting=OuterRef("meeting"), kind=OuterRef("kind"), language=OuterRef("language")
        ).order_by("-number")
        return self.filter(pk=Subquery(newer.values("pk")[:1]))

    def of_log(self):
        """The editions of the action log, the newest first; the first one is the current one."""
        return self.filter(kind=Edition.Kind.ACTIONS, meeting=None).order_by("-number")


class Edition(models.Model):
    """One published version of a meeting's notes, agenda, or of the action log.

    Never changed once stored: a correction is the next edition, so a link or a
    printed copy always means the same text.
    """

    class Kind(models.TextChoices):
        NOTES = "notes", "Notes"
        AGENDA = "agenda", "Agenda"
        ACTIONS = "actions", "Action log"

    meeting = models.ForeignKey(
        PublishedMeeting, on_delete=models.PROTECT, null=True, related_name="editions"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTES)
    language = models.CharField(max_length=10, default="en-GB")
    number = models.PositiveIntegerField()
    notes = models.BinaryField(help_text="The Notes document as canonical JSON")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    change = models.TextField(blank=True, help_text="What the public is told of the change")
    line = models.TextField(help_text="The publication line that its renditions were made with, as JSON")
    salt = models.CharField(
        max_length=64, help_text="Goes into the register's commitments, so that none can be guessed"
    )
    # Out of the document, so that lists need not read it.
    date = models.DateField()
    title = models.CharField(max_length=300)
    type_name = models.CharField(max_length=200)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "language", "number"], name="one_edition_per_number"
            ),
            models.UniqueConstraint(
                fields=["kind", "language", "number"],
                condition=models.Q(meeting=None),
                name="one_action_log_edition_per_number",
            ),
        ]

    def __str__(self):
        return f"{self.title}, edition {self.number}"

    def get_absolute_url(self):
        if self.meeting is None:
            return reverse("publications:log_edition", args=[self.number])
        return reverse("publications:edition", args=[self.meeting.slug, self.number])

    @property
    def page_url(self) -> str:
        """Where it is read with all that goes with it: the page of its meeting; of the action log, the edition."""
        return (self.meeting or self).get_absolute_url()


class Rendition(models.Model):
    """An edition's bytes in one format, made once, when it was published."""

    class Format(models.TextChoices):
        ARTICLE = "article", "Web page"
        PDF = "pdf", "PDF"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="renditions")
    format = models.CharField(max_length=10, choices=Format)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes")
    pages = models.PositiveIntegerField(null=True, help_text="Of paper")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="one_rendition_per_format")]

    def __str__(self):
        return f"{self.edition} as {self.get_format_display()}"


class RegisterEntry(models.Model):
    """One line of the register: what was published when, chained to the line before."""

    seq = models.PositiveIntegerField(primary_key=True)
    leaf = models.BinaryField(
        help_text="Canonical JSON: what was published, its hashes, the hash of the line before"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="register_entry")
    stored_at = models.DateTimeField(
        auto_now_add=True, help_text="By the clock of the machine, whatever the edition says"
    )

    class Meta:
        verbose_name_plural = "register entries"
        ordering = ["seq"]

    def __str__(self):
        return f"{self.seq}: {self.sha256[:12]}"


class PublishedPage(models.Model):
    """A projection: the current notes of a meeting with all that stands around them, ready to be served."""

    meeting = models.OneToOneField(PublishedMeeting, on_delete=models.CASCADE, related_name="page")
    article = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField(help_text="What the frame says, in words")

    def __str__(self):
        return str(self.meeting)


class PublishedExchange(models.Model):
    """A projection: one exchange of a current edition, to be listed and searched."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exchanges")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    item_title = models.TextField()
    text = models.TextField()
    asks = models.BooleanField(default=False, help_text="Holds a question")

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_published_exchange_per_number")
        ]

    def __str__(self):
        return f"{self.number} of {self.edition}"

    def get_absolute_url(self):
        return f"{self.edition.meeting.get_absolute_url()}#{self.number}"


class PublishedTheme(models.Model):
    """A projection: a theme that current editions speak of."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    exchanges = models.ManyToManyField(PublishedExchange, related_name="themes")
    editions = models.ManyToManyField(Edition, related_name="themes")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("publications:theme", args=[self.slug])


class SaidOfAction(models.Model):
    """What an edition says of an action."""

    text = models.TextField(blank=True)
    withheld = models.TextField(blank=True, help_text="Why it is not published")
    owner = models.CharField(max_length=300)
    state = models.CharField(max_length=20)
    as_of = models.DateField()
    due_on = models.DateField(null=True)
    due_next = models.BooleanField(default=False)
    first_due_on = models.DateField(null=True)
    moved = models.PositiveIntegerField(default=0)
    ours = models.BooleanField(default=False)
    overdue = models.BooleanField(default=False, help_text="As it was published, of that day")
    transferred_to = models.TextField(blank=True, default="", help_text="The body that takes it over")

    class Meta:
        abstract = True

    def __str__(self):
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def public_state(self) -> str:
        """The word for the public: open, open and overdue, or closed, with what kind of each."""
        return in_public_words(self.state, is_overdue=self.overdue, to_body=self.transferred_to)

    @property
    def due_in_words(self) -> str:
        """28 Oct 2020, moved once"""
        if self.withheld:
            return "Not published"
        due = "The next meeting" if self.due_next else "No date agreed"
        return ", ".join(
            filter(None, [short_day(self.due_on) if self.due_on else due, moved_in_words(self.moved)])
        )


class PublishedAction(SaidOfAction):
    """A projection: an action as the current edition with the latest date says it is."""

    slug = models.SlugField(max_length=60, unique=True)
    reference = models.CharField(max_length=60)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="actions")
    first_edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="actions_begun")

    class Meta:
        ordering = ["-as_of", "-pk"]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("publications:action", args=[self.slug])


class PublishedMention(SaidOfAction):
    """A projection: what one current edition says of an action."""

    action = models.ForeignKey(PublishedAction, on_delete=models.CASCADE, related_name="mentions")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mentions")
    position = models.PositiveIntegerField()
    outcome = models.TextField(blank=True, help_text="What is said of it besides, a line each")
    place = models.CharField(max_length=100, help_text="The id of the place on the page: action-2020-17")

    class Meta:
        ordering = ["-as_of", "-edition__date", "position"]
        constraints = [models.UniqueConstraint(fields=["action", "edition"], name="one_mention_per_edition")]

    def __str__(self):
        return f"{self.action} in {self.edition}"

    def get_absolute_url(self):
        return f"{self.edition.page_url}#{self.place}"


class PublishedDate(models.Model):
    """A projection: a day on which a meeting was held, or the next one was announced."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="dates")
    announced = models.BooleanField(
        help_text="Said to come; otherwise it is the meeting of the edition itself"
    )
    date = models.DateField(db_index=True)
    start = models.TimeField(null=True)
    end = models.TimeField(null=True)
    name = models.CharField(max_length=300)
    subject = models.TextField(blank=True)
    venue = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["date", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "announced"], name="one_date_of_a_kind_per_edition")
        ]

    def __str__(self):
        return f"{self.name}, {self.date}"
