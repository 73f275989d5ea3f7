"""Uploaded sound and film: read in a confined process, told by their bytes, cleaned."""

from __future__ import annotations

import io

import av
import pytest

from recordings.captions import NotCaptions, read_captions
from recordings.confined import kinds
from recordings.confined.film import read_film
from recordings.confined.run import NotTaken, Problem
from recordings.confined.sound import read_sound
from tests.support.recordings.sounds import SECRET, film, sound

LONGEST = 30


def test_a_recording_becomes_a_small_mono_mp3_and_an_archive_without_words_of_the_file() -> None:
    for container in ("wav", "mp3", "mp4", "ogg", "flac"):
        data = sound(container)
        assert SECRET.encode() in data, container
        made = read_sound(data, longest=LONGEST)
        assert 1.9 < made.seconds < 2.2, container
        assert len(made.mp3) < 2.2 * 3000 + 1000, container
        for name, file in (("mp3", made.mp3), ("flac", made.archive)):
            assert SECRET.encode() not in file, (container, name)
            with av.open(io.BytesIO(file), format=name) as found:
                stream = found.streams.audio[0]
                assert not {*found.metadata, *stream.metadata} - {"encoder"}, (container, name)
                assert stream.channels == 1
                if name == "mp3":
                    assert stream.bit_rate == 24_000


def problem(data: bytes) -> Problem:
    with pytest.raises(NotTaken) as refused:
        read_sound(data, longest=3)
    return refused.value.problem


def test_what_nobody_could_hear_is_refused_for_its_reason() -> None:
    assert problem(sound(level=0.002)) is Problem.SILENT
    assert problem(sound(level=4)) is Problem.TOO_LOUD
    assert problem(sound(seconds=0.4)) is Problem.TOO_SHORT
    assert problem(sound(seconds=4)) is Problem.TOO_LONG
    # A playlist would make FFmpeg open what it names.
    for other in (b"", b"#EXTM3U\nfile:///etc/passwd\n", b"ffconcat version 1.0\n", b"%PDF-1.7", b"MZ\x90"):
        assert problem(other) is Problem.TYPE, other
    for broken in (b"RIFF\0\0\0\0WAVEnothing", b"ID3" + b"x" * 2000, b"\0\0\0\x18ftypM4A " + b"\0" * 99):
        assert problem(broken) is Problem.BROKEN, broken
    assert problem(film(with_sound=False)) is Problem.NO_SOUND


def test_the_kind_is_told_by_the_bytes() -> None:
    assert kinds.kind_of(b"\xff\xfb\x90\x00") is kinds.MP3
    assert kinds.kind_of(b"\xff\xf1\x50\x80") is None  # AAC without a container
    assert kinds.kind_of(b"\x1a\x45\xdf\xa3") is kinds.WEBM


def test_audio_and_video_are_put_into_a_clean_file() -> None:
    data = film()
    assert SECRET.encode() in data and b"loci" in data
    clean = read_film(data, video=True)
    assert (clean.ending, clean.width, clean.height) == ("mp4", 64, 48)
    assert 1.9 < clean.seconds < 2.2
    assert SECRET.encode() not in clean.data and b"loci" not in clean.data
    with av.open(io.BytesIO(clean.data)) as found:
        assert [stream.type for stream in found.streams] == ["video", "audio"]
    heard = read_film(sound("mp4"), video=False)
    assert heard.ending == "m4a" and SECRET.encode() not in heard.data
    for other, video, reason in (
        (sound("mp4"), True, Problem.NO_PICTURE),
        (sound("wav"), False, Problem.TYPE),
        (sound("mp3"), True, Problem.TYPE),
        (data[:900], True, Problem.BROKEN),
    ):
        with pytest.raises(NotTaken) as refused:
            read_film(other, video=video)
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
