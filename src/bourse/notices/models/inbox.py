"""What a person was told, and how he likes to be told."""

from django.db import models
from django.db.models import Q

from bourse.kit.public_id import public_id
from bourse.notices.topics import Mailing, Reason, Topic

TOPICS = [topic.value for topic in Topic]
REASONS = [reason.value for reason in Reason]
MAILINGS = [way.value for way in Mailing]


class Notice(models.Model):
    """One event told to one person; what he did with it stands beside."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+")
    company = models.ForeignKey("members.Company", models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=20)
    why = models.CharField(max_length=20)
    once = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=4000)
    link = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, default=Mailing.OFF.value)
    mailed_at = models.DateTimeField(null=True)  # when its mail, or the digest that names it, was written
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "once"], name="one_notice_per_person_and_event"),
            models.CheckConstraint(condition=Q(topic__in=TOPICS), name="notice_topic_is_known"),
            models.CheckConstraint(condition=Q(why__in=REASONS), name="notice_has_a_known_reason"),
            models.CheckConstraint(condition=Q(mail__in=MAILINGS), name="notice_is_mailed_in_a_known_way"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(read_at__isnull=False), name="what_is_done_was_read"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(read_at=None, in_app=True), name="notices_unread_of_a_person"
            ),
            models.Index(fields=["person", "-id"], condition=Q(in_app=True), name="notices_of_a_person"),
            models.Index(
                fields=["person"],
                condition=Q(mail=Mailing.DIGEST.value, mailed_at=None),
                name="notices_for_a_digest",
            ),
        ]


class Preference(models.Model):
    """How one topic reaches one person, where he has said so."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)
    in_app = models.BooleanField()
    mail = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_preference_per_topic"),
            models.CheckConstraint(condition=Q(topic__in=TOPICS), name="preference_topic_is_known"),
            models.CheckConstraint(condition=Q(mail__in=MAILINGS), name="preferred_way_is_known"),
        ]


class Rhythm(models.Model):
    """When a person is written to, in the hours of his own time zone."""

    person = models.OneToOneField("members.Person", models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_weekday = models.PositiveSmallIntegerField(null=True)  # None: each day; 0 is Monday

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_at_an_hour_of_the_day"),
            models.CheckConstraint(
                condition=Q(digest_weekday=None) | Q(digest_weekday__lt=7), name="digest_on_a_day_of_the_week"
            ),
        ]
