"""A raw TLS server that keeps every byte it sends and receives: the truth the recorder is measured against.

It speaks HTTP/1.1 by hand, because a framework would tidy the very oddities that matter here: chunk framing with
extensions, mixed-case and repeated header names, a body on a HEAD-like length, ranges, redirects with two cookies.
Its certificates are made anew for each run by ``make_site_ca`` (nothing is stored).
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import ssl
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


def make_site_ca(folder: Path) -> tuple[Path, Path]:
    """A certificate authority and a certificate for ``localhost``: (the CA's PEM, the chain-and-key PEM)."""
    now = datetime.now(UTC)

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def build(subject: str, key: ec.EllipticCurvePrivateKey, issuer: str) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
        )

    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = (
        build("Testburg CA", ca_key, "Testburg CA")
        .add_extension(x509.BasicConstraints(True, 0), True)
        .sign(ca_key, hashes.SHA256())
    )
    leaf = (
        build("localhost", key, "Testburg CA")
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .sign(ca_key, hashes.SHA256())
    )
    ca_file, chain = folder / "site-ca.pem", folder / "site.pem"
    ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(
        leaf.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return ca_file, chain


@dataclass
class Exchange:
    """One request as received and one response as sent, byte for byte."""

    method: str
    path: str
    request: bytes
    head: bytes
    body: bytes


@dataclass
class Shop:
    port: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    hang: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"


def chunked(data: bytes, size: int = 700) -> bytes:
    """``data`` in chunks with an extension on the first and a trailer after the last."""
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    framed = [
        b"%x%s\r\n%s\r\n" % (len(piece), b";note=first" if i == 0 else b"", piece)
        for i, piece in enumerate(pieces)
    ]
    return b"".join(framed) + b"0\r\nX-Trailer: end\r\n\r\n"


def png(width: int, height: int, shade: int) -> bytes:
    """A small grey picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\x00" + bytes([(shade + y) % 256]) * width for y in range(height))
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )


PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>样例商店 · Example shop</title>
<style>img{display:block} .item{height:300px;border-bottom:1px solid}</style></head><body>
<h1>样例优品 涉嫌仿冒 Example</h1><p id="price">…</p>%ITEMS%
<script>
fetch('/price').then(r=>r.json()).then(p=>{document.querySelector('#price').textContent='¥'+p.price});
fetch('/missing.png'); fetch('/probe',{method:'HEAD'}); fetch('/part',{headers:{Range:'bytes=2-9'}});
navigator.sendBeacon('/beacon', JSON.stringify({seen:1}));
let page=0; const end=document.body.appendChild(
 Object.assign(document.createElement('div'),{id:'end',textContent:'.'}));
const eye=new IntersectionObserver(async (seen)=>{ if(!seen[0].isIntersecting||page>=3) return; page++;
 eye.unobserve(end); const r=await fetch('/comments?page='+page); const d=document.createElement('div');
 d.innerHTML=await r.text(); document.body.insertBefore(d, end); eye.observe(end); });
eye.observe(end);
</script></body></html>""".replace(
    "%ITEMS%",
    "".join(
        f'<div class="item"><img loading="lazy" src="/image/{n}.png" width="60" height="40">商品 {n}</div>'
        for n in range(8)
    ),
)

BANDS = 100


def band_colour(number: int) -> tuple[int, int, int]:
    return number * 37 % 256, number * 91 % 256, number * 13 % 256


TALL = "<!doctype html><meta charset=utf-8><title>tall</title><body style=margin:0>" + "".join(
    f'<div style="height:1000px;background:rgb{band_colour(n)}"></div>' for n in range(BANDS)
)

RESTLESS = """<!doctype html><meta charset=utf-8><title>restless</title>
<p id=count>0</p><noscript>SWITCH SCRIPTS ON</noscript><script>
setInterval(()=>{ const p=document.querySelector('#count'); p.textContent=Number(p.textContent)+1; }, 2);
alert('stop'); window.onbeforeunload=()=>'stay'; window.open('/plain');
</script>"""


# Five parts, each a second after the one before it was read: at the bottom, with nothing in flight, in between.
SLOW_PARTS = """<!doctype html><meta charset=utf-8><title>slow parts</title><p>start</p><div id=end>.</div><script>
let page=0; const end=document.querySelector('#end');
const next=async()=>{ page++; const r=await fetch('/comments?page='+page); const d=document.createElement('div');
 d.innerHTML=await r.text(); document.body.insertBefore(d, end); if(page<5) setTimeout(next, 1000); };
setTimeout(next, 1000);
</script>"""

ENDLESS = """<!doctype html><meta charset=utf-8><title>endless</title><div id=end>.</div><script>
const end=document.querySelector('#end'); onscroll=()=>{ const d=document.createElement('div');
 d.style.height='900px'; d.textContent='more'; document.body.insertBefore(d, end); };
end.style.height='2000px';
</script>"""

POLLING = """<!doctype html><meta charset=utf-8><title>polling</title><p>a page with a heartbeat</p><script>
setInterval(()=>fetch('/price'), 300);
</script>"""


def respond(method: str, path: str) -> tuple[bytes, bytes]:
    """Head and body for a request; every path is one oddity."""
    where = path.split("?")[0]
    if where == "/":
        return (
            b"HTTP/1.1 302 Found\r\nlocation: /page\r\nSet-Cookie: a=1; Path=/\r\n"
            b"set-cookie: b=2; Path=/\r\nContent-Length: 0\r\n\r\n",
            b"",
        )
    if where == "/page":
        return (
            b"HTTP/1.1 200 OK\r\nContent-TYPE: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Encoding: gzip\r\nX-Twice: one\r\nX-Twice: two\r\n\r\n",
            chunked(gzip.compress(PAGE.encode(), mtime=0)),
        )
    if where == "/price":
        return _sized(b"200 OK", b"application/json", b'{"price": "199.00"}')
    if where.startswith("/image/"):
        return _sized(b"200 OK", b"image/png", png(60, 40, int(where[7:-4]) * 16))
    if where == "/comments":
        return _sized(b"200 OK", b"text/html; charset=utf-8", ("<p>评论</p>" * 30).encode())
    if where == "/part":
        return (
            b"HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 2-9/20\r\n"
            b"Content-Length: 8\r\n\r\n",
            b"cdefghij",
        )
    if where == "/probe":
        return b"HTTP/1.1 200 OK\r\nContent-Length: 4711\r\nx-method: " + method.encode() + b"\r\n\r\n", b""
    if where == "/beacon":
        return b"HTTP/1.1 204 No Content\r\n\r\n", b""
    if where == "/tall":
        return _sized(b"200 OK", b"text/html", TALL.encode())
    scripted = {"/slow-parts": SLOW_PARTS, "/endless": ENDLESS, "/polling": POLLING}
    if where in scripted:
        return _sized(b"200 OK", b"text/html", scripted[where].encode())
    if where == "/restless":
        return _sized(b"200 OK", b"text/html", RESTLESS.encode())
    if where == "/plain":
        return _sized(b"200 OK", b"text/html", b"<!doctype html><title>plain</title><p>plain page")
    if where == "/refused-image":
        page = b"<!doctype html><title>refused</title><p>two pictures<img src='https://10.0.0.1/x.png'>"
        return _sized(b"200 OK", b"text/html", page)
    if where == "/cut-image":
        return _sized(b"200 OK", b"text/html", b"<!doctype html><title>cut</title><img src='/cut'>")
    if where == "/until-close":
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", b"<p>until close"
    return _sized(b"404 Not Found", b"text/plain", b"no such thing")


def _sized(status: bytes, kind: bytes, body: bytes) -> tuple[bytes, bytes]:
    return (
        b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (status, kind, len(body)),
        body,
    )


@contextlib.contextmanager
def serving(chain: Path) -> Iterator[Shop]:
    """The shop on a free loopback port over TLS, in a thread of its own."""
    shop, ready = Shop(), threading.Event()
    loop = asyncio.new_event_loop()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, path = head.split(b" ", 2)[0].decode(), head.split(b" ", 2)[1].decode()
                length = next(
                    (
                        int(v)
                        for k, _, v in (h.partition(b":") for h in head.split(b"\r\n"))
                        if k.lower() == b"content-length"
                    ),
                    0,
                )
                sent = await reader.readexactly(length) if length else b""
                if path == "/never":
                    shop.asked.set()
                    await asyncio.get_running_loop().run_in_executor(None, shop.hang.wait, 60)
                    break
                if path == "/cut":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>half of it")
                    await writer.drain()
                    break
                answer, body = respond(method, path)
                shop.exchanges.append(Exchange(method, path, head + sent, answer, body))
                writer.write(answer + body)
                await writer.drain()
                if b"Connection: close" in answer:
                    break
        writer.close()

    async def start() -> asyncio.Server:
        server = await asyncio.start_server(client, "localhost", 0, ssl=context, family=2)
        shop.port = server.sockets[0].getsockname()[1]
        ready.set()
        return server

    servers: list[asyncio.Server] = []

    def run() -> None:
        asyncio.set_event_loop(loop)
        servers.append(loop.run_until_complete(start()))
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield shop
    finally:
        shop.hang.set()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
