"""Make the plain project's database: `python -m bench.floor.prepare 10000`."""

import os
import random
import sys
from datetime import date

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command

from bench.floor.models import Area, Item, Level, Owner

EMAIL, PASSWORD = "floor", "only-for-measuring"


def main(number: int) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_user(EMAIL, password=PASSWORD, first_name="Vanlig", last_name="Person")
    chance = random.Random(1)
    areas = Area.objects.bulk_create(Area(name=f"Insatsområde {n}") for n in range(6))
    owners = Owner.objects.bulk_create(Owner(name=f"Påhittad kommun {n}") for n in range(24))
    levels = Level.objects.bulk_create(Level(name=f"Samverkansnivå {n}") for n in range(3))
    items = Item.objects.bulk_create(
        Item(
            title=f"Gemensam utbildning om språkträning på arbetsplatser {n}",
            area=chance.choice(areas),
            owner=chance.choice(owners),
            status=chance.choice(Item.Status.values),
            starts=chance.choice([None, date(2020, chance.randint(1, 12), 1)]),
            next_step=chance.choice(["", "Boka nästa möte med arbetsgruppen."]),
        )
        for n in range(number)
    )
    through = Item.levels.through
    through.objects.bulk_create(
        through(item_id=item.pk, level_id=level.pk)
        for item in items
        for level in levels
        if chance.random() < 0.16
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
