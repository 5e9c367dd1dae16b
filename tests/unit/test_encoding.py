import pytest

from toasoan.encoding import NotUtf8Error, decode_utf8, without_controls


def test_every_line_ending_becomes_a_line_feed_and_the_byte_order_mark_goes() -> None:
    assert decode_utf8(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


def test_the_first_wrong_byte_is_told_with_its_line() -> None:
    with pytest.raises(NotUtf8Error) as caught:
        decode_utf8("Hà Nội\n".encode() + b"caf\xe9\n")

    assert (caught.value.line, caught.value.offset) == (2, 13)


def test_control_characters_go_and_everything_else_stays() -> None:
    assert without_controls("a\x00b\x07\tc\nd\x7f\x9f é 💥 \u202e") == "ab\tc\nd é 💥 \u202e"
