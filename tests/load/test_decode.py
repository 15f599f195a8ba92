"""From bytes to text."""

import pytest

from cuttings.load.decode import NotText, decode


def test_utf8_is_read_as_it_is_and_curly_quotes_stay_curly():
    decoded = decode("“Don’t,” she said.".encode())
    assert decoded.text == "“Don’t,” she said."
    assert decoded.mended == ""


def test_windows_1252_is_recognised_and_said():
    decoded = decode("The council’s “plan” – again".encode("cp1252"))
    assert decoded.text == "The council’s “plan” – again"
    assert decoded.mended == "read as Windows-1252"


def test_mojibake_is_undone_and_said():
    garbled = "The minister’s answer – at last".encode().decode("cp1252")
    decoded = decode(garbled.encode())
    assert decoded.text == "The minister’s answer – at last"
    assert decoded.mended == "mojibake undone"


def test_a_cut_character_costs_that_character_only():
    decoded = decode("A café, a naïve “view”".encode() + b"\xe2\x80")
    assert decoded.text.startswith("A café, a naïve “view”")
    assert "1 broken UTF-8 sequence replaced" in decoded.mended


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(1, 32)) * 40])
def test_binary_data_is_refused(data):
    with pytest.raises(NotText, match="binary"):
        decode(data)


def test_line_ends_and_odd_spaces_become_plain():
    assert decode("one\r\ntwo\u00a0three\rfour\u200b".encode()).text == "one\ntwo three\nfour"
