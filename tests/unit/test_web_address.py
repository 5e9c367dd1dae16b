import pytest

from toasoan.web_address import parts_of


@pytest.mark.parametrize("address", ["https://[x", "http://a\u2100b.example", "https://]"])
def test_what_can_be_no_address_has_no_parts(address: str) -> None:
    assert parts_of(address) == ("", "", "", "", "")


def test_an_address_is_taken_apart() -> None:
    assert parts_of("https://x.example/a?b#c").hostname == "x.example"
