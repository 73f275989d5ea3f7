"""What is read aloud, and the hash that binds a recording to it."""

from __future__ import annotations

from wagtail.blocks import StreamBlock
from wagtail.rich_text import RichText

from public.blocks import BODY
from recordings.script import Script, of_block

BODY_BLOCK = BODY if isinstance(BODY, StreamBlock) else StreamBlock(BODY)


def script(kind: str, tag: str = "en", **value: object) -> Script | None:
    block = BODY_BLOCK.child_blocks[kind]
    stream = BODY_BLOCK.to_python([])
    stream.append((kind, block.normalize(value)))
    return of_block(tag, stream[0])


def test_a_script_is_every_text_of_a_block_in_reading_order() -> None:
    found = script(
        "signs", heading="Signs", signs=[{"picture": "debt", "text": "You owe  money."}], closing="Ask."
    )
    assert found is not None and found.paragraphs == ("Signs", "You owe money.", "Ask.")
    rich = RichText("<p>One &amp; <b>two</b></p><ul><li>three</li></ul>")
    found = script("text", heading="Text", text=rich)
    assert found is not None and found.paragraphs == ("Text", "One & two", "three")
    assert script("numbers", heading="Numbers") is None
    assert script("materials", heading="Materials", materials=[]) is None
    assert script("hotline", heading="Call", note="The call stays in your list.") is None


def test_a_hash_follows_words_and_language_and_not_the_letters_of_serbian() -> None:
    one = Script.of("en", ["Hello", "you"])
    assert one.sha256 == Script.of("en", [" Hello ", "you"]).sha256
    others = [
        Script.of("en", ["Hello you"]),
        Script.of("en", ["Hello", "You"]),
        Script.of("bs", ["Hello", "you"]),
    ]
    assert len({one.sha256, *(other.sha256 for other in others)}) == 4
    cyrillic, latin = Script.of("sr-cyrl", ["Посао"]), Script.of("sr-latn", ["Posao"])
    assert cyrillic.language == "sr" and cyrillic.sha256 == latin.sha256
    assert Script.of("mk", ["Посао"]).sha256 != Script.of("mk", ["Posao"]).sha256
    assert one.short.replace(" ", "").lower() == one.sha256[:8]
    assert Script.of("en", ["a" * 1300]).seconds == 100
