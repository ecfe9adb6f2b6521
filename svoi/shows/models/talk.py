"""What is said in a show's room, and how order is kept there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.members.models import Member
from svoi.shows.models.show import Show


class ChatMessage(models.Model):
    """A message as it was said. The gateway stores it before anybody sees it; nothing changes it after."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="messages")
    seq = models.BigIntegerField()
    text = models.CharField(max_length=500)
    key = models.UUIDField()
    media_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_chatmessage"
        constraints = [
            models.UniqueConstraint(fields=["show", "seq"], name="chat_message_place_once"),
            models.UniqueConstraint(fields=["show", "author", "key"], name="chat_message_once"),
        ]
        indexes = [models.Index(fields=["show", "media_at"], name="chat_message_by_media_time")]


class MessageHiding(models.Model):
    """That a message was hidden, by whom; the message itself stays on record."""

    message = models.OneToOneField(ChatMessage, on_delete=models.PROTECT, primary_key=True, related_name="hiding")
    hidden_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_messagehiding"


class Mute(models.Model):
    """That somebody may not write in a show's chat, until when and by whom."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="mutes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    muted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    muted_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_mute"
        constraints = [
            models.UniqueConstraint(fields=["show", "member"], condition=Q(lifted_at__isnull=True), name="one_mute")
        ]
