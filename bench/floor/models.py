"""As little as a list of things with an owner needs."""

from django.db import models


class Area(models.Model):
    name = models.CharField(max_length=200)


class Owner(models.Model):
    name = models.CharField(max_length=200)


class Level(models.Model):
    name = models.CharField(max_length=200)


class Item(models.Model):
    class Status(models.TextChoices):
        ONGOING = "ONGOING", "pågår"
        DONE = "DONE", "genomförd"
        PLANNED = "PLANNED", "planerad"

    title = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT)
    levels = models.ManyToManyField(Level)
    status = models.CharField(max_length=10, choices=Status.choices)
    starts = models.DateField(null=True)
    next_step = models.TextField(blank=True)
    is_draft = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
