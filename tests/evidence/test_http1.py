"""Cutting byte streams into HTTP/1.1 messages: oddities of framing, each with where it ends or why it does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.evidence.netlog.http1 import read_request, read_response

OK = b"HTTP/1.1 200 OK\r\n"
NEXT = b"HTTP/1.1 204 No Content\r\n\r\n"

# name: (method, response as sent, its body as framed)
WHOLE = {
    "content length": ("GET", OK + b"Content-Length: 5\r\n\r\nhello", b"hello"),
    "mixed-case name": ("GET", OK + b"cOnTeNt-LeNgTh:5\r\n\r\nhello", b"hello"),
    "repeated equal lengths": ("GET", OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", b"hello"),
    "a list of equal lengths": ("GET", OK + b"Content-Length: 5, 5\r\n\r\nhello", b"hello"),
    "length zero": ("GET", OK + b"Content-Length: 0\r\n\r\n", b""),
    "no reason phrase": ("GET", b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", b"ok"),
    "no reason, no blank": ("GET", b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    "HTTP/1.0 status line": ("GET", b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    "answer to HEAD": ("HEAD", OK + b"Content-Length: 4711\r\n\r\n", b""),
    "204 with a length": ("GET", b"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n", b""),
    "304 with a length": ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", b""),
    "chunked": (
        "GET",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n0\r\n\r\n",
    ),
    "chunk extension": (
        "GET",
        OK + b"transfer-encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0;end\r\n\r\n",
        b"5;a=b\r\nhello\r\n0;end\r\n\r\n",
    ),
    "trailers": (
        "GET",
        OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nA: 1\r\nB: 2\r\n\r\n",
        b"1\r\nx\r\n0\r\nA: 1\r\nB: 2\r\n\r\n",
    ),
    "upper-case hex and leading zeros": (
        "GET",
        OK + b"Transfer-Encoding: chunked\r\n\r\n00A\r\n0123456789\r\n000\r\n\r\n",
        b"00A\r\n0123456789\r\n000\r\n\r\n",
    ),
    "gzip then chunked": (
        "GET",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"0\r\n\r\n",
    ),
    "chunked wins over length": (
        "GET",
        OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"0\r\n\r\n",
    ),
    "range": (
        "GET",
        b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-3/9\r\nContent-Length: 2\r\n\r\ncd",
        b"cd",
    ),
    "body that looks like a response": ("GET", OK + b"Content-Length: 27\r\n\r\n" + NEXT, NEXT),
}

# name: (method, response as far as it came, a word of the reason)
CUT = {
    "header block": ("GET", b"HTTP/1.1 200 OK\r\nContent-Le", "header block"),
    "sized body": ("GET", OK + b"Content-Length: 9\r\n\r\nhell", "4 of 9"),
    "different lengths": (
        "GET",
        OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "not one number",
    ),
    "negative length": ("GET", OK + b"Content-Length: -1\r\n\r\n", "not one number"),
    "chunk size": ("GET", OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nff", "breaks off"),
    "chunk data": ("GET", OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "breaks off"),
    "chunk without its end": (
        "GET",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nabX\r\n0\r\n\r\n",
        "breaks off",
    ),
    "chunk size that is none": ("GET", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "breaks off"),
    "trailers": ("GET", OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\nA: 1\r\n", "trailers"),
    "no length, still open": ("GET", OK + b"\r\nsome", "did not end"),
    "not HTTP": ("GET", b"SSH-2.0-x\r\n\r\n", "not an HTTP/1.1 response"),
    "another protocol": ("GET", b"HTTP/1.1 101 Switching Protocols\r\n\r\nxx", "another protocol"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_response_ends_where_it_ends(name: str) -> None:
    method, sent, body = WHOLE[name]
    response = read_response(sent + NEXT, 0, method, closed=False)
    assert response is not None
    assert response.complete, response.reason
    assert response.head + response.body == sent
    assert (response.body, response.end) == (body, len(sent))


@pytest.mark.parametrize("name", CUT)
def test_a_response_that_does_not_end_says_why_and_keeps_every_byte(name: str) -> None:
    method, sent, reason = CUT[name]
    response = read_response(sent, 0, method, closed=False)
    assert response is not None
    assert reason in response.reason
    assert response.head + response.body == sent


def test_without_a_length_the_end_of_the_connection_ends_it() -> None:
    response = read_response(OK + b"\r\nsome", 0, "GET", closed=True)
    assert response is not None
    assert (response.complete, response.body) == (True, b"some")


def test_informational_blocks_are_kept_apart() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    response = read_response(b"HTTP/1.1 100 Continue\r\n\r\n" + early + NEXT, 0, "POST", closed=False)
    assert response is not None
    assert (response.status, response.head) == (204, NEXT)
    assert response.informational.endswith(early)


def test_nothing_came() -> None:
    assert read_response(b"", 0, "GET", closed=True) is None


def test_requests_follow_one_another() -> None:
    first = b"POST /a?b=1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
    second = b"PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
    one = read_request(first + second, 0)
    assert one is not None
    assert (one.method, one.target, one.body, one.end) == ("POST", "/a?b=1", b"abc", len(first))
    two = read_request(first + second, one.end)
    assert two is not None
    assert (two.method, two.end) == ("PUT", len(first + second))
    assert read_request(first + second, two.end) is None
    assert read_request(b"\x00\x01 binary", 0) is None
    assert read_request(b"GET / HTTP/1.1\r\nHost", 0) is None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["GET", "HEAD"]), st.booleans())
def test_no_stream_breaks_the_reader(noise: bytes, method: str, closed: bool) -> None:
    for sent in (noise, OK + noise, OK + b"Transfer-Encoding: chunked\r\n\r\n" + noise):
        response = read_response(sent, 0, method, closed)
        assert response is None or 0 <= response.end <= len(sent)
        read_request(b"GET / HTTP/1.1\r\n" + sent, 0)
