"""What a value becomes before it is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.resolve.normalise import KEYS, NORMALISERS
from joinder.resolve.normalise.addresses import building_key, district_key, room_key, street_key
from joinder.resolve.normalise.businesses import businesses, core
from joinder.resolve.normalise.contacts import messengers_in_text, phones_in_text
from joinder.resolve.normalise.people import sound
from joinder.vocabulary.identifiers import uscc_check_character


@pytest.mark.parametrize(
    ("kind", "written", "compared"),
    [
        ("phone", "138 0000 1234", ("+8613800001234",)),
        ("phone", "+86 138-0000-1234", ("+8613800001234",)),
        ("phone", "幺3捌零零零零一②三四", ("+8613800001234",)),
        ("phone", "1丶③8~0000壹贰叁肆", ("+8613800001234",)),
        ("phone", "13800001234；13900001234", ("+8613800001234", "+8613900001234")),
        ("phone", "n/a", ()),
        ("phone", "000000", ()),
        ("messenger", "V❤lan_8812", ("lan_8812",)),
        ("messenger", "微芯:QQ386887288", ("386887288",)),
        ("messenger", "QQ386887288", ("386887288",)),
        ("messenger", "绿色软件 zheng776_5860", ("zheng776_5860",)),
        ("messenger", "无", ()),
        ("email", "Some.One+shop@Example.ORG", ("some.one@example.org",)),
        ("email", "not an address", ()),
        ("domain", "https://www.shop.example.co.uk/x?y=1", ("example.co.uk",)),
        ("domain", "shop.example.com", ("example.com",)),
        ("icp", "粤ICP备12345678号-3", ("粤icp12345678",)),
        ("account", "9900 0000 1234", ("990000001234",)),
        ("account", "9900****1234", ("9900*1234",)),
        ("account", "0000", ()),
        ("date", "1971-06-24", ("19710624",)),
        ("date", "24/06/1971", ("19710624",)),
        ("date", "12/11/1978", ("19781211",)),
        ("date", "19710624", ("19710624",)),
        ("year", "06", ("2006",)),
        ("year", "'96", ("1996",)),
        ("number", "¥1,268.50", ("1268.5",)),
        ("person", "Dr. Jane  DOE", ("jane doe",)),
        ("person", "樣天日先生", ("样天日",)),
        ("region", "广东省深圳市", ("广东深圳",)),
        ("text", "  Memories—of YOU ", ("memories of you",)),
        ("text", "NULL", ()),
    ],
)  # fmt: skip
def test_a_value_is_compared_as(kind: str, written: str, compared: tuple[str, ...]) -> None:
    assert NORMALISERS[kind](written) == compared


@pytest.mark.parametrize(
    ("name", "its_core"),
    [
        ("深圳市样例优品贸易有限公司", "样例优品"),
        ("广州天龙电子商务有限公司", "天龙"),
        ("样例优品官方旗舰店", "样例优品"),
        ("廣州市樣例優品商行", "样例优品"),
        ("Example Trading Co., Ltd.", "example"),
        ("有限公司", "有限公司"),
    ],
)
def test_the_core_of_a_business_name(name: str, its_core: str) -> None:
    assert core(businesses(name)[0]) == its_core


class TestSocialCreditCode:
    def test_a_code_that_fails_its_check_is_no_evidence(self) -> None:
        first = "91440300MA5TEJT00"
        good = first + uscc_check_character(first)
        bad = first + ("0" if good[-1] != "0" else "1")
        assert NORMALISERS["uscc"](good.lower()) == (good,)
        assert NORMALISERS["uscc"](bad) == ()

    def test_a_row_of_one_digit_is_a_filler(self) -> None:
        assert NORMALISERS["uscc"]("0" * 18) == ()


class TestHiddenContacts:
    @pytest.mark.parametrize(
        "text", ["加我 一三八零零零零一②三④", "电话：138.0000.1234 欢迎", "v信同号①③⑧00001234"]
    )
    def test_a_number_is_found_in_text(self, text: str) -> None:
        assert phones_in_text(text) == ("+8613800001234",)

    @pytest.mark.parametrize(
        "text", ["一二三四五六七八九十", "2024年12月11日 共1380000件", "订单号 913800001234567"]
    )
    def test_other_digits_are_left_alone(self, text: str) -> None:
        assert phones_in_text(text) == ()

    def test_an_id_needs_the_word_for_the_messenger(self) -> None:
        assert messengers_in_text("高仿货源 薇芯 abc_8812 秒回") == ("abc_8812",)
        assert messengers_in_text("abc_8812") == ()


class TestAddresses:
    ROOM = "广东省深圳市龙岗区样例路12号宏图工业园3栋401室"

    @pytest.mark.parametrize(
        "other",
        [
            "深圳市龙岗区样例路12号宏图工业园3栋401室",
            "廣東省深圳市龍崗區樣例路１２號宏圖工業園3棟401室",
            "广东省深圳市龙岗区样例路十二号宏图工业园三栋四零一室",
            "深圳市龙岗区样例路12号，宏图工业园3幢401",
        ],
    )
    def test_one_room_in_several_writings(self, other: str) -> None:
        a, b = (NORMALISERS["address"](text)[0] for text in (self.ROOM, other))
        assert room_key(a) == room_key(b) != ""

    def test_degrees_of_agreement(self) -> None:
        a, next_door, number, street = (
            NORMALISERS["address"](text)[0]
            for text in (
                self.ROOM,
                "深圳市龙岗区样例路12号宏图工业园3栋402室",
                "深圳市龙岗区样例路14号宏图工业园3栋401室",
                "深圳市龙岗区别的路12号3栋401室",
            )
        )
        assert room_key(a) != room_key(next_door)
        assert building_key(a) == building_key(next_door)
        assert building_key(a) != building_key(number)
        assert street_key(a) == street_key(number)
        assert street_key(a) != street_key(street)
        assert district_key(a) == district_key(street)

    def test_western_lines(self) -> None:
        a, b = (
            NORMALISERS["address"](t)[0]
            for t in ("12 Example Street, Unit 4, Testburg", "12 example st #4 Testburg")
        )
        assert room_key(a) == room_key(b) != ""


def test_names_of_one_sound_meet() -> None:
    assert sound("样天") == sound("漾添")
    assert sound("smith") == sound("smyth")
    assert sound("smith") != sound("jones")


@given(st.text(max_size=60))
def test_no_text_breaks_a_normaliser_and_none_gives_an_empty_value(text: str) -> None:
    for normalise in NORMALISERS.values():
        for value in normalise(text):
            assert value
            for make in KEYS.values():
                make(value)


def test_ten_megabytes_are_cut_before_they_are_compared() -> None:
    assert len(NORMALISERS["text"]("长" * 10_000_000)[0]) <= 2_000
