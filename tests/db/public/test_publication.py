"""May this campaign go live? Sixty made-up campaigns of North Macedonia, one fault in each but the last."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from public.checks.findings import Check
from public.models import CampaignPage, Picture
from public.publication import findings

TEL, DATA, LANGUAGE, SHAME, TOLD = (
    Check.TELEPHONES,
    Check.CASE_DATA,
    Check.TRANSLATION,
    Check.SHAME,
    Check.SPOKEN,
)
CLEAN = None


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": {"heading": "H", "text": html}}


def point(words: str) -> dict[str, Any]:
    return {"type": "now", "value": {"heading": "H", "points": [words]}}


def asked(question: str, answer: str) -> dict[str, Any]:
    value = {"heading": "H", "questions": [{"question": question, "answer": answer}]}
    return {"type": "questions", "value": value}


def sign(words: str) -> dict[str, Any]:
    return {"type": "signs", "value": {"heading": "H", "signs": [{"picture": "door", "text": words}]}}


def story(words: str) -> dict[str, Any]:
    return {"type": "story", "value": {"heading": "H", "warning": "W", "summary": "S", "text": words}}


def step(words: str) -> dict[str, Any]:
    return {"type": "call", "value": {"heading": "H", "steps": [{"title": words, "text": ""}]}}


def behind(name: str) -> dict[str, Any]:
    return {"type": "behind", "value": {"heading": "H", "text": "", "organisations": [name]}}


CAMPAIGNS: list[tuple[str, str | dict[str, Any], Check | None]] = [
    ("en", "Call 122 or +387 61 234 567", TEL),
    ("en", "title: Police 122", TEL),
    ("en", "Dial 911 at once.", TEL),
    ("en", "title: Your rights. 070 123 456", TEL),
    ("en", text("<p>Write to us on WhatsApp: 00381 64 123 4567.</p>"), TEL),
    ("en", text("<p>+355 69 123 4567</p>"), TEL),
    ("en", text("<p>Phone 381 11 300 0000</p>"), TEL),
    ("en", point("Ring the police (122) and wait."), TEL),
    ("en", asked("Whom can I call on 080 000 000?", "Us."), TEL),
    ("en", asked("Who answers?", "Ambulance 124"), TEL),
    ("en", sign("He says: call me on 061/234-567"), TEL),
    ("en", story("I called 0800 00 00 and they came."), TEL),
    ("en", step("Call 116 123"), TEL),
    ("en", behind("Safe House, tel. 033 123 456"), TEL),
    ("en", {"type": "message", "value": {"heading": "122", "text": "Call."}}, TEL),
    ("en", "description: Call +382 20 123 456", TEL),
    ("en", "picture: A card with the number 066 123 456", TEL),
    ("mk", "Јавете се на 122.", TEL),
    ("mk", point("Повикајте полиција: 129"), TEL),
    ("sq", "Telefononi në numrin 129.", TEL),
    ("sq", text("<p>Thirrni 0800 00 00</p>"), TEL),
    ("ar", "اتصل بالرقم ١٢٢ الآن", TEL),
    ("ar", text("<p>اتصلوا على ٠٦١ ٢٣٤ ٥٦٧</p>"), TEL),
    ("sr-cyrl", "Позовите 122.", TEL),
    ("tr", "122'yi arayın veya polis: 129", TEL),
    ("fr", "Appelez le 122", TEL),
    ("bn", "১২২ নম্বরে ফোন করুন", TEL),
    ("ur", "پولیس کو فون کریں: 129", TEL),
    ("fa", "با شماره ۱۲۲ تماس بگیرید", TEL),
    ("prs", "به پولیس زنگ بزنید: ۱۲۹", TEL),
    ("ps", "پولیسو ته زنګ ووهئ: ۱۲۲", TEL),
    ("hr", "Nazovite 0800 123 456", TEL),
    ("en", "title: Marija Petrova, born 3.4.1990, was sold", DATA),
    ("en", "Born 3 April 1990 in a village", DATA),
    ("en", "Write to marija.petrova1990@gmail.com", DATA),
    ("en", text('<p>Write <a href="mailto:ana@example.com">to us</a>.</p>'), DATA),
    ("en", story("Ana Kovač (3.4.1999) was alone."), DATA),
    ("en", story("Case no. 123/2024 of the court was closed."), DATA),
    ("en", story("Ana Kovač lived in ul. Partizanska 12 in Bitola."), DATA),
    ("mk", story("Родена на 3 април 1990 година во село."), DATA),
    ("mk", story("Предмет бр. КОК 12/23 е затворен."), DATA),
    ("mk", "title: Ана Петрова, ул. Партизанска бр. 12", DATA),
    ("sq", story("Ana Kola, e lindur më 3.4.99, u shit."), DATA),
    ("ar", story("مواليد ٣/٤/١٩٩٠ في قرية"), DATA),
    ("bn", story("জন্ম ৩ এপ্রিল ১৯৯০"), DATA),
    ("fr", story("Née le 3 avril 1990 à la campagne."), DATA),
    ("en", story("Passport 012 345 678 was taken."), DATA),
    ("en", "title: Мојот газда ми го зеде пасошот", LANGUAGE),
    ("en", text("<p>Ако некој ти го зеде пасошот, јави се кај нас. Ние не прашуваме кој си.</p>"), LANGUAGE),
    ("mk", text("<p>If somebody has taken your passport, call us and say what you want.</p>"), LANGUAGE),
    ("sq", text("<p>Ako vam je neko uzeo pasoš, pozovite nas. Mi ne pitamo ko ste.</p>"), LANGUAGE),
    ("en", text("<p>Si quelqu’un a pris votre passeport, vous pouvez nous le dire sans peur.</p>"), LANGUAGE),
    ("en", "Prostitutes and illegal migrants", SHAME),
    ("mk", "Проститутки и илегални мигранти", SHAME),
    ("tr", "Kaçak göçmenler ve fahişeler", SHAME),
    ("bn", "description: x", TOLD),
    ("en", "Call 112 or 192. In 2025, 122 people and 1 200 children were helped; 24 hours, 365 days.", CLEAN),
    ("en", text("<p>Law of 12.10.2026, Official Gazette 122/2018. Stay 100 m away. 0.5 % of 3 000 000.</p>"), CLEAN),
    ("mk", "Повикајте 192 или +389 800 000 000. Работиме 24 часа, од 08.00 до 16.00.", CLEAN),
    ("en", text('<p>Write to <a href="mailto:info@mtsp.gov.mk">the ministry</a>, Dame Gruev 14.</p>'), CLEAN),
]  # fmt: skip


def body(raw: list[dict[str, Any]]) -> Any:
    return CampaignPage._meta.get_field("body").stream_block.to_python(raw)


def made(page: CampaignPage, where: str | dict[str, Any]) -> CampaignPage:
    if isinstance(where, dict):
        page.body = body([*page.body.get_prep_value(), where])
        return page
    named = where.partition(": ")
    field, _, words = named if named[0] in ("title", "description", "picture") else ("lead", "", where)
    if field == "picture":
        page.picture = Picture(title="A", description=words)
    else:
        setattr(page, {"description": "search_description"}.get(field, field), words)
    return page


def test_sixty_campaigns(campaign: dict[str, CampaignPage]) -> None:
    wrong = []
    number = next(one for one in campaign["en"].body.get_prep_value() if one["type"] == "hotline")
    number["value"] = {"heading": "", "hotline": number["value"]["hotline"], "note": ""}
    for tag, where, expected in CAMPAIGNS:
        page = CampaignPage.objects.get(pk=campaign[tag if tag in campaign else "en"].pk)
        if tag not in campaign:
            page.locale = Locale(language_code=tag)
            page.body = body([number])
            page.title, page.lead, page.search_description = "", "", ""
        found = findings(made(page, where))
        checks = {one.check for one in found if one.must or one.check in (SHAME, TOLD, DATA)}
        if tag != "bn":
            checks.discard(TOLD)
        if (expected is None and checks) or (expected and expected not in checks):
            wrong.append((tag, where, expected, [one for one in found if one.check in checks]))
    assert len(CAMPAIGNS) == 60
    assert wrong == []
