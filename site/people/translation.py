from modeltranslation.translator import TranslationOptions, register

from people.models import Country, Institution


@register(Country)
class CountryOptions(TranslationOptions):
    fields = ("name", "footnote")


@register(Institution)
class InstitutionOptions(TranslationOptions):
    fields = ("name",)
