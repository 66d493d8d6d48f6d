from argparse import ArgumentParser
from getpass import getpass
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from recruitment.roles import Role


class Command(BaseCommand):
    help = "Let somebody in at the editors' desk, or give somebody another role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="Name to log in with.")
        parser.add_argument("--role", required=True, help=", ".join(Role.values))
        parser.add_argument(
            "--ask",
            action="store_true",
            help="Ask for the password, instead of making and printing one.",
        )

    @transaction.atomic
    def handle(self, *, name: str, role: str, ask: bool, **options: Any) -> None:
        if role not in Role.values:
            roles = "; ".join(f"{one.value}: {one.label.lower()}" for one in Role)
            raise CommandError(f"There is no role “{role}”. {roles}.")
        person = User.objects.filter(username=name).first()
        is_new = person is None
        person = person or User(username=name)
        # Admins keep the users where Django keeps them.
        person.is_staff = role == Role.ADMIN
        if is_new:
            password = self._asked(person) if ask else token_urlsafe(15)
            person.set_password(password)
            try:
                person.full_clean()
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            person.save()
            if not ask:
                self.stdout.write(f"Password: {password}")
                self.stderr.write("It is shown this once. Change it under /desk/.")
        else:
            person.save(update_fields=["is_staff"])
        person.groups.set(Group.objects.filter(name=role))
        came = "comes in" if is_new else "is now known"
        self.stderr.write(f"{name} {came} as {role}: {Role(role).label.lower()}.")

    def _asked(self, person: User) -> str:
        password = getpass("Password: ")
        if password != getpass("Once more: "):
            raise CommandError("The two are not the same. Nobody was added.")
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
