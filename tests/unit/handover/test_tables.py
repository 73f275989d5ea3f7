"""Every table of a country has its way into an export."""

from __future__ import annotations

from django.apps import apps

from handover import tables


def test_every_table_with_rows_of_a_country_is_written_or_left_out_with_a_reason() -> None:
    """A new table needs a way to its country in handover.tables, or a reason there."""
    ours = {"documents", "workflows", "public", "directory", "materials", "outreach", "recordings", "search"}
    elsewhere = {
        *tables.WAYS, *tables.BY_HASH, *tables.SHARED, *tables.LEFT_OUT, tables.GLOSSARY, tables.CAMPAIGN,
        "public.HomePage", "public.Picture", "public.Rendition",
    }  # fmt: skip
    unknown = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
        and model._meta.label not in elsewhere
        and any(field.is_relation for field in model._meta.concrete_fields)
    ]
    assert unknown == []
