"""Uploaded sound and film: read in a confined process, told by their bytes, cleaned."""

from __future__ import annotations

import io

import av
import pytest

from recordings.captions import NotCaptions, read_captions
from recordings.clean import NotTaken, Problem, clean, ending_of
from tests.support.recordings.sounds import SECRET, film, sound


def test_the_kind_is_told_by_the_bytes() -> None:
    assert ending_of(b"\xff\xfb\x90\x00", video=False) == "mp3"
    assert ending_of(b"\x1a\x45\xdf\xa3", video=True) == "webm"
    # AAC without a container; a playlist, which would make FFmpeg open what it names.
    for head in (b"\xff\xf1\x50\x80", b"#EXTM3U\nfile:///etc/passwd\n", b"ffconcat version 1.0\n", b""):
        assert ending_of(head, video=False) == ""


def test_audio_and_video_are_put_into_a_clean_file() -> None:
    data = film()
    assert SECRET.encode() in data and b"loci" in data
    made = clean(data, video=True)
    assert (made.ending, made.width, made.height) == ("mp4", 64, 48)
    assert 1.9 < made.seconds < 2.2
    assert SECRET.encode() not in made.data and b"loci" not in made.data
    with av.open(io.BytesIO(made.data)) as found:
        assert [stream.type for stream in found.streams] == ["video", "audio"]
    for container, ending in (("mp4", "m4a"), ("mp3", "mp3"), ("ogg", "ogg")):
        assert SECRET.encode() in sound(container)
        heard = clean(sound(container), video=False)
        assert heard.ending == ending and SECRET.encode() not in heard.data
    for other, video, reason in (
        (sound("mp4"), True, Problem.NO_PICTURE),
        (film(with_sound=False), False, Problem.NO_SOUND),
        (sound("wav"), False, Problem.TYPE),
        (sound("mp3"), True, Problem.TYPE),
        (sound("mp3", seconds=0.4), False, Problem.TOO_SHORT),
        (data[:900], True, Problem.BROKEN),
        (b"ID3" + b"x" * 2000, False, Problem.BROKEN),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 99, False, Problem.BROKEN),
    ):
        with pytest.raises(NotTaken) as refused:
            clean(other, video=video)
        assert refused.value.problem is reason


GOOD = "\ufeffWEBVTT - English\r\n\r\nNOTE by Ana\r\n\r\n1\r\n00:01.000 --> 00:04.000 line:0\r\n<v Ana>Good <i>day</i>\r\n\r\n01:00:04.000 --> 01:00:05.500\r\n- Yes.\r\n- No.\r\n"


def test_captions_are_cleaned_or_refused_with_their_line() -> None:
    assert read_captions(GOOD.encode()) == (
        "WEBVTT\n\n1\n00:01.000 --> 00:04.000 line:0\n<v Ana>Good <i>day</i>\n\n"
        "01:00:04.000 --> 01:00:05.500\n- Yes.\n- No.\n"
    )
    cue = "00:01.000 --> 00:04.000\n"
    for text, why, line in (
        ("1\n00:00:01,000 --> 00:00:02,000\nHello", "start", 0),
        ("WEBVTT", "empty", 0),
        ("WEBVTT\n\n00:01 --> 00:04\nHello", "time", 3),
        ("WEBVTT\n\nname\nHello", "time", 4),
        (f"WEBVTT\n\n{'1' * 5000}:00:01.000 --> 00:04.000\nHello", "time", 3),
        ("WEBVTT\n\n00:04.000 --> 00:01.000\nHello", "order", 3),
        (f"WEBVTT\n\n{cue}Hello\n\n00:00.500 --> 00:02.000\nBefore", "order", 6),
        (f"WEBVTT\n\n{cue}", "empty", 3),
        (f"WEBVTT\n\n{cue}<script>alert(1)</script>", "text", 4),
    ):
        with pytest.raises(NotCaptions) as refused:
            read_captions(text.encode())
        assert (refused.value.why, refused.value.line) == (why, line), text
    with pytest.raises(NotCaptions):
        read_captions("WEBVTT\n\nčovek".encode("cp1250"))
