"""Takes many Word files in as new drafts: ``manage.py import_folder FOLDER_OR_ZIP --owner INSTITUTION``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.actions import import_batch, manage_uploads
from documents.actions.import_upload import make_planned
from documents.choices import Classification, Kind
from documents.management.who import person
from documents.models import Edition, Upload, UploadBatch
from documents.pages.desk.batch_rows import rows_of
from documents.word.file.bundle import WORDS, BundleRefused, Member, Why, read_bundle
from documents.word.file.guard import MB
from people.models import Institution


class Command(BaseCommand):
    help = (
        "Reads every Word file of a folder or zip, says what was found in each, and with --make makes drafts "
        "of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FOLDER_OR_ZIP")
        parser.add_argument(
            "--owner", required=True, metavar="INSTITUTION", help="its key, for example mk-interior"
        )
        parser.add_argument(
            "--by", metavar="E-MAIL", help="who takes them in (the owner's first coordinator)"
        )
        parser.add_argument("--make", action="store_true", help="make drafts of those that are fine")
        parser.add_argument(
            "--all", action="store_true", help="with --make: also of those that somebody should look at"
        )
        parser.add_argument(
            "--language", default="", help="the language of all files (recognised, if not said)"
        )
        parser.add_argument("--kind", default=Kind.GUIDELINE, choices=Kind.values)
        parser.add_argument(
            "--classification", default=Classification.TLP_AMBER_STRICT, choices=Classification.values
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = Institution.objects.filter(key=options["owner"]).first()
        if owner is None:
            raise CommandError(f"There is no institution {options['owner']}.")
        if options["language"] and options["language"] not in settings.MODELTRANSLATION_LANGUAGES:
            raise CommandError(f"No texts are kept in {options['language']}.")
        by = person(options["by"], owner.pk)
        batch = UploadBatch.objects.create(
            by=by, name=Path(options["source"]).name[-200:], page_language="en", state=UploadBatch.State.READY
        )
        refused = self._read(batch, options)
        rows = rows_of(batch, Edition.objects.none())
        created = 0
        for row in rows:
            upload = row.upload
            if upload.state == Upload.State.REFUSED:
                refused += 1
                self.stdout.write(f"refused  {upload.name}: {upload.why}")
                continue
            wanted = options["make"] and (row.fine or (options["all"] and row.ready and upload.language))
            done = wanted and self._make(upload, row.title, owner, options)
            created += bool(done)
            state = "drafted" if done else "fine    " if row.fine else "look at "
            wording = f"{row.sections} sections, {upload.language or '?'}, {row.lost} left out, “{row.title}”"
            self.stdout.write(
                f"{state} {upload.name}: {wording}" + (f" – {upload.why}" if upload.problem else "")
            )
        self.stdout.write(f"{len(rows)} read, {created} made into drafts, {refused} refused")
        if not options["make"]:
            import_batch.throw_away(batch)

    def _read(self, batch: UploadBatch, options: dict[str, Any]) -> int:
        refused = 0
        try:
            for member in self._members(Path(options["source"])):
                if member.why is not None:
                    refused += 1
                    self.stdout.write(
                        f"refused  {member.name}: {WORDS[member.why] % {'limit': member.limit}}"
                    )
                    continue
                upload = Upload(
                    by=batch.by,
                    batch=batch,
                    name=member.name.rsplit("/", 1)[-1][-200:],
                    size=len(member.data),
                    page_language="en",
                    language=options["language"],
                )
                upload.file.save("file.docx", ContentFile(member.data), save=False)
                upload.save()
                manage_uploads.read_upload.call(upload.pk)
        except BundleRefused as problem:
            import_batch.throw_away(batch)
            raise CommandError(str(problem)) from problem
        return refused

    def _members(self, source: Path) -> Iterator[Member]:
        if source.is_dir():
            for path in sorted(source.rglob("*.docx")):
                if path.name.startswith(("~$", ".")) or path.is_symlink():
                    continue
                if path.stat().st_size > settings.KODEKS_UPLOAD_LIMIT:
                    yield Member(str(path), why=Why.TOO_BIG, limit=settings.KODEKS_UPLOAD_LIMIT // MB)
                else:
                    yield Member(str(path.relative_to(source)), path.read_bytes())
            return
        try:
            data = source.read_bytes()
        except OSError as problem:
            raise CommandError(f"{source} can't be read: {problem.strerror}") from problem
        yield from read_bundle(io.BytesIO(data), import_batch.limits())

    def _make(self, upload: Upload, title: str, owner: Institution, options: dict[str, Any]) -> bool:
        upload.plan = {
            "owner": owner.pk,
            "title": title,
            "language": upload.language,
            "kind": options["kind"],
            "classification": options["classification"],
        }
        if not manage_uploads.move(upload, Upload.State.READ, Upload.State.STORING, plan=upload.plan):
            return False
        return make_planned(upload)
