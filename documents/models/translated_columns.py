from modeltranslation.translator import TranslationOptions, register

from documents.models import Edition, Instrument, Section, StartTile


@register(Instrument)
class InstrumentOptions(TranslationOptions):
    fields = ("title",)


@register(Edition)
class EditionOptions(TranslationOptions):
    fields = ("title",)


@register(Section)
class SectionOptions(TranslationOptions):
    fields = ("label", "heading", "body", "text_hash", "source_hash")


@register(StartTile)
class StartTileOptions(TranslationOptions):
    fields = ("title",)
