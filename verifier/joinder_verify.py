#!/usr/bin/env python3
"""Check a Joinder evidence package (*.evz) without Joinder: Python's standard library and the openssl command.

    python3 joinder_verify.py PACKAGE.evz --trust FOLDER [--lang zh|en] [--json]

FOLDER holds what you trust, received by a way you trust: root certificates (*.pem) and log keys (*.vkey). Nothing in
the package is trusted. Exit: 0 valid; 1 not valid, naming the member; 2 usage; 3 cannot tell (no anchors, no openssl).
It opens no network and writes only to a temporary folder of its own. SPDX-License-Identifier: Apache-2.0
"""

import argparse
import base64
import binascii
import calendar
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.p7s"
STAMP, PROOF = "SHA256SUMS.p7s.tsr", "SHA256SUMS.tlog-proof"
CONTROL = (SUMS, SIGNATURE, STAMP, PROOF)
NEEDED = ("evidence.json", "before.txt", "before.tsr", "record.pdf", "capture.wacz")
MAX_MEMBERS, MAX_MEMBER, MAX_TOTAL, MAX_RATIO, MAX_CONTROL = 10_000, 4 << 30, 8 << 30, 200, 4 << 20
ZIP_EPOCH = (0, 0x21)  # 1980-01-01 00:00, which the sealer writes
MARK = "self-issued"

WORDS = {  # key: (English, 中文)
    "container": ("container read strictly, {n} members", "容器结构严格核对，共{n}个成员"),
    "repacked": ("container was packed again (times, order or compression differ); members decide",
                 "容器曾被重新打包（时间、次序或压缩方式不同）；以成员内容为准"),
    "manifest": ("{n} members match SHA256SUMS, none missing, none unlisted", "{n}个成员与SHA256SUMS一致，无缺失、无清单外文件"),
    "signature": ("signed by {who}", "签名人：{who}"),
    "stamp": ("signature existed at {when} (RFC 3161, {who})", "签名在{when}已存在（RFC 3161时间戳，{who}）"),
    "before": ("capture began after {when} (RFC 3161, {who})", "固证开始于{when}之后（RFC 3161时间戳，{who}）"),
    "log": ("entry {n} of the transparency log {who}", "透明日志{who}第{n}条"),
    "facts": ("case number and sequence agree in log, stamp and record", "案号与序号在日志、时间戳与笔录数据中一致"),
    "bad_zip": ("the container is not an evidence package: {why}", "容器不是合格的证据包：{why}"),
    "bad_name": ("refused name {why!r}", "成员名称不被接受：{why!r}"),
    "missing": ("is missing", "缺失"),
    "unlisted": ("is not listed in SHA256SUMS", "未列入SHA256SUMS"),
    "mismatch": ("does not match SHA256SUMS", "与SHA256SUMS不符"),
    "bad_sums": ("is not a list of digests in its one form: {why}", "不是规范的校验值清单：{why}"),
    "bad_signature": ("is not a signature over SHA256SUMS by anyone in the trust folder: {why}",
                      "不是信任目录中任何一方对SHA256SUMS的签名：{why}"),
    "bad_stamp": ("is not a time stamp on {what} by anyone in the trust folder: {why}",
                  "不是信任目录中任何一方对{what}的时间戳：{why}"),
    "bad_proof": ("does not prove the log entry: {why}", "不能证明日志条目：{why}"),
    "bad_facts": ("contradicts the log entry or the first stamp: {why}", "与日志条目或起始时间戳矛盾：{why}"),
    "no_roots": ("no root certificate (*.pem) in the trust folder", "信任目录中没有根证书（*.pem）"),
    "no_logs": ("no log key (*.vkey) in the trust folder", "信任目录中没有日志公钥（*.vkey）"),
    "no_openssl": ("the openssl command is not installed", "未安装openssl命令"),
    "valid": ("VALID", "有效"), "invalid": ("NOT VALID", "无效"), "unknown": ("CANNOT TELL", "无法判断"),
    "self": ("self-issued: keys, stamps and log belong to the node that sealed it; no independent third party stands behind them",
             "自签：密钥、时间戳与日志均属封存节点自身，没有独立第三方背书"),
    "incomplete": ("INCOMPLETE capture, sealed as such: {why}", "固证不完整，并已如实封存：{why}"),
    "unofficial": ("unofficial: fewer than two operators are named", "非正式：署名操作人员不足两人"),
    "source": ("page {url}, case {matter}, sequence {n}", "网页{url}，案号{matter}，序号{n}"),
    "limits": ("Does not prove: that the page's content is true; who owns the account; that every visitor saw the same.",
               "不能证明：网页内容真实；账号归属；其他访问者所见相同。"),
}


class Refused(Exception):
    """A check that failed: the member at fault and the words for it."""

    def __init__(self, member, key, **details):
        super().__init__(member, key)
        self.member, self.key, self.details = member, key, details


class Unknown(Exception):
    """A check that cannot be made here."""


# ---- the container, read by a strict reader of our own -------------------------------------------------------------


class Member:
    def __init__(self, name, method, crc, packed, size, start):
        self.name, self.method, self.crc, self.packed, self.size, self.start = name, method, crc, packed, size, start


def bad_zip(why):
    return Refused("*.evz", "bad_zip", why=why)


def check_name(raw, utf8, seen):
    """A relative path of plain parts that no file system folds onto another's."""
    try:
        name = raw.decode("utf-8" if utf8 else "ascii")
    except UnicodeDecodeError:
        raise Refused("*.evz", "bad_name", why=raw) from None
    parts = name.split("/")
    if not re.fullmatch(r"[A-Za-z0-9._/-]{1,200}", name) or any(part in ("", ".", "..") for part in parts):
        raise Refused("*.evz", "bad_name", why=name)
    if name.lower() in seen:
        raise Refused(name, "bad_zip", why="duplicate entry")
    seen.add(name.lower())
    return name


def read_container(stream):
    """The members of a zip whose every byte is accounted for; (members, whether it was packed again)."""
    length = stream.seek(0, os.SEEK_END)
    if length < 22:
        raise bad_zip("too short")
    stream.seek(length - 22)
    magic, disk, start_disk, here, total, size, offset, comment = struct.unpack("<4sHHHHIIH", stream.read(22))
    if magic != b"PK\5\6" or comment or disk or start_disk or here != total or offset + size != length - 22:
        raise bad_zip("its end is not the end of a plain zip (truncated, appended to, or zip64)")
    if not 0 < total <= MAX_MEMBERS or size > 64 << 20:
        raise bad_zip("number of entries out of bounds")
    stream.seek(offset)
    directory, place, members, seen, repacked, sum_sizes = stream.read(size), 0, [], set(), False, 0
    for _ in range(total):
        if directory[place:place + 4] != b"PK\1\2" or place + 46 > size:
            raise bad_zip("its directory is damaged")
        (made, _, flags, method, clock, day, crc, packed, plain, n_name, n_extra, n_comment, disk, _, attributes,
         start) = struct.unpack("<HHHHHHIIIHHHHHII", directory[place + 4:place + 46])
        raw = directory[place + 46:place + 46 + n_name]
        place += 46 + n_name + n_extra + n_comment
        name = check_name(raw, flags & 0x800, seen)
        kind = attributes >> 28 if made >> 8 == 3 else 0
        if flags & ~0x800 or method not in (0, 8) or disk or n_comment or kind not in (0, 8) or attributes & 0x10:
            raise Refused(name, "bad_zip", why="encrypted, streamed, commented, linked or special entry")
        if packed > MAX_MEMBER or plain > MAX_MEMBER or (method == 0 and packed != plain):
            raise Refused(name, "bad_zip", why="its sizes contradict each other")
        if plain > 1 << 20 and plain > packed * MAX_RATIO:
            raise Refused(name, "bad_zip", why="it expands more than %d times" % MAX_RATIO)
        sum_sizes += plain
        stream.seek(start)
        local = stream.read(30)
        if len(local) != 30 or local[:4] != b"PK\3\4":
            raise Refused(name, "bad_zip", why="its local header is damaged")
        _, l_flags, l_method, l_clock, l_day, l_crc, l_packed, l_plain, l_name, l_extra = struct.unpack(
            "<HHHHHIIIHH", local[4:])
        if (l_flags, l_method, l_crc, l_packed, l_plain, l_clock, l_day) != (
                flags, method, crc, packed, plain, clock, day) or stream.read(l_name) != raw:
            raise Refused(name, "bad_zip", why="local and central header differ")
        repacked |= bool(method or n_extra or l_extra or (clock, day) != ZIP_EPOCH)
        members.append((start, start + 30 + l_name + l_extra + packed, Member(
            name, method, crc, packed, plain, start + 30 + l_name + l_extra)))
    if place != size or sum_sizes > MAX_TOTAL:
        raise bad_zip("its directory has other bytes in it, or it is too large")
    end = 0
    for start, stop, member in sorted(members, key=lambda item: item[0]):
        if start != end:
            raise Refused(member.name, "bad_zip", why="bytes that belong to no member, or overlapping members")
        end = stop
    if end != offset:
        raise bad_zip("bytes that belong to no member")
    return {member.name: member for _, _, member in members}, repacked


def pieces(stream, member):
    """The bytes of a member in pieces, never more than it declares."""
    stream.seek(member.start)
    left, out, crc, unpack = member.packed, 0, 0, zlib.decompressobj(-15) if member.method else None
    while left:
        data = stream.read(min(left, 1 << 20))
        if not data:
            raise Refused(member.name, "bad_zip", why="it breaks off")
        left -= len(data)
        while data:
            piece = data if unpack is None else unpack.decompress(data, 1 << 20)
            data = b"" if unpack is None else unpack.unconsumed_tail
            out, crc = out + len(piece), zlib.crc32(piece, crc)
            if out > member.size:
                raise Refused(member.name, "bad_zip", why="it is longer than it declares")
            yield piece
            if unpack is not None and (unpack.unused_data or (unpack.eof and (left or data))):
                raise Refused(member.name, "bad_zip", why="bytes behind its end")
    if out != member.size or crc != member.crc or (unpack is not None and not unpack.eof):
        raise Refused(member.name, "mismatch")


def read_small(stream, members, name):
    if name not in members:
        raise Refused(name, "missing")
    if members[name].size > MAX_CONTROL:
        raise Refused(name, "bad_zip", why="it is far too large")
    return b"".join(pieces(stream, members[name]))


# ---- the checks ------------------------------------------------------------------------------------------------------


def check_manifest(stream, members, sums):
    """Every member but the four control files is listed with its digest, in order, once."""
    listed = {}
    try:
        text = sums.decode("ascii")
    except UnicodeDecodeError:
        raise Refused(SUMS, "bad_sums", why="not ASCII") from None
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,200})", line)
        if not match or match.group(2) in listed or match.group(2) in CONTROL:
            raise Refused(SUMS, "bad_sums", why=line[:80])
        listed[match.group(2)] = match.group(1)
    if not text.endswith("\n") or list(listed) != sorted(listed):
        raise Refused(SUMS, "bad_sums", why="order or last line")
    for name in (*NEEDED, *listed):
        if name not in members:
            raise Refused(name, "missing")
    for name in members:
        if name not in listed and name not in CONTROL:
            raise Refused(name, "unlisted")
    for name, expected in listed.items():
        digest = hashlib.sha256()
        for piece in pieces(stream, members[name]):
            digest.update(piece)
        if digest.hexdigest() != expected:
            raise Refused(name, "mismatch")
    return len(listed)


class Openssl:
    """The stock program, in a temporary folder, with a time limit."""

    def __init__(self, folder, roots):
        self.program, self.folder, self.roots = shutil.which("openssl"), Path(folder), roots
        if self.program is None:
            raise Unknown("no_openssl")

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, timeout=30, check=False,
                              stdin=subprocess.DEVNULL, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"})
        errors = [line for line in done.stderr.decode(errors="replace").splitlines() if "error" in line.lower()]
        reason = (errors or ["refused"])[-1].split(":")
        return done.returncode == 0, done.stdout.decode(errors="replace"), ":".join(reason[-3:]).strip()[:120]

    def stamp_time(self, member, token):
        """(seconds since 1970, who) as the token says; trusted only after ``check_stamp``."""
        ok, text, why = self.run("ts", "-reply", "-in", self.file("token", token), "-text")
        when = re.search(r"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", text, re.M)
        who = re.search(r"^TSA: (?:DirName:)?(.*)$", text, re.M)
        if not ok or not when:
            raise Refused(member, "bad_stamp", what="", why=why)
        seconds = calendar.timegm(time.strptime(" ".join(when.groups()), "%b %d %H:%M:%S %Y"))
        return seconds, (who.group(1) if who else "?")

    def check_stamp(self, member, token, what, data):
        seconds, who = self.stamp_time(member, token)
        ok, _, why = self.run("ts", "-verify", "-data", self.file("data", data), "-in", self.file("token", token),
                              "-CAfile", self.roots, "-attime", str(seconds))
        if not ok:
            raise Refused(member, "bad_stamp", what=what, why=why)
        return seconds, who

    def check_signature(self, sums, signature, at):
        signer = str(self.folder / "signer")
        ok, _, why = self.run(
            "cms", "-verify", "-binary", "-inform", "DER", "-in", self.file("p7s", signature), "-content",
            self.file("sums", sums), "-CAfile", self.roots, "-attime", str(at), "-signer", signer, "-out", os.devnull)
        if not ok:
            raise Refused(SIGNATURE, "bad_signature", why=why)
        if Path(signer).read_bytes().count(b"BEGIN CERT") != 1:
            raise Refused(SIGNATURE, "bad_signature", why="not exactly one signer")
        ok, text, why = self.run("x509", "-in", signer, "-noout", "-subject", "-issuer", "-nameopt", "oneline,utf8,-esc_msb")
        subject, _, issuer = text.partition("issuer=")
        return subject.replace("subject=", "").strip(), issuer.strip()

    def ed25519(self, public, message, signature):
        pem = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + public).decode()
        key = self.file("key", f"-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n".encode())
        return self.run("pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in",
                        self.file("message", message), "-sigfile", self.file("sig", signature))[0]


def exact64(text):
    """Base64 in its one form: what would be written differently is refused."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = None
    if data is None or base64.b64encode(data).decode() != text:
        raise Refused(PROOF, "bad_proof", why="base64")
    return data


def read_proof(proof):
    """(leaf text, index, path, note body, tree size, root, signature lines) of a tlog-proof@v1 file."""
    try:
        head, body, signatures = proof.decode("utf-8").split("\n\n")
        first, extra, index, *path = head.split("\n")
        origin, size, root = body.split("\n")
    except (UnicodeDecodeError, ValueError):
        raise Refused(PROOF, "bad_proof", why="form") from None
    numbers = re.fullmatch(r"index (0|[1-9]\d{0,17})", index), re.fullmatch(r"0|[1-9]\d{0,17}", size)
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not all(numbers) or len(path) > 63:
        raise Refused(PROOF, "bad_proof", why="form")
    if not signatures.endswith("\n"):
        raise Refused(PROOF, "bad_proof", why="form")
    return (exact64(extra[6:]), int(numbers[0].group(1)), [exact64(line) for line in path], f"{origin}\n{size}\n{root}\n",
            origin, int(size), exact64(root), signatures[:-1].split("\n"))


def included(leaf, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    node, place, last = hashlib.sha256(b"\0" + leaf).digest(), index, size - 1
    if not 0 <= index < size:
        return False
    for sibling in path:
        if last == 0 or len(sibling) != 32:
            return False
        if place & 1 or place == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def check_log(tool, proof, keys, digests):
    """The leaf names these very files and stands in a tree whose head a trusted log signed."""
    leaf, index, path, body, origin, size, root, signatures = read_proof(proof)
    lines = leaf.decode("utf-8", errors="replace").split("\n")
    if lines[0] != "joinder-evidence-seal/v1" or len(lines) != 7 or lines[6]:
        raise Refused(PROOF, "bad_proof", why="leaf")
    if not included(leaf, index, size, path, root):
        raise Refused(PROOF, "bad_proof", why="inclusion")
    known = set()
    for line in signatures:
        match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line)
        blob = exact64(match.group(2)) if match else b""
        key = next((k for k in keys if match and k[0] == match.group(1) and blob[:4] == k[1]), None)
        if key is None or key in known or not tool.ed25519(key[2], body.encode(), blob[4:]):
            raise Refused(PROOF, "bad_proof", why="signature of " + (match.group(1) if match else "?"))
        known.add(key)
    if origin not in {key[0] for key in known}:
        raise Refused(PROOF, "bad_proof", why="not signed by its log")
    for line, (word, name, digest) in zip(lines[1:4], digests):
        if line != f"{word} sha256:{digest}":
            raise Refused(name, "mismatch")
    return index, origin, lines[4], lines[5]


def read_trust(folder):
    """(root certificates as one PEM, log keys) of the trust folder."""
    roots, keys = b"", []
    for path in sorted(folder.iterdir()) if folder else []:
        if path.suffix in (".pem", ".crt"):
            roots += path.read_bytes() + b"\n"
        elif path.suffix == ".vkey":
            name, key_id, data = path.read_text(encoding="ascii").strip().split("+", 2)
            blob = base64.b64decode(data)
            if blob[:1] == b"\1" and len(blob) == 33:
                keys.append((name, bytes.fromhex(key_id), blob[1:]))
    return (roots if b"BEGIN CERTIFICATE" in roots else b""), keys


def utc(seconds):
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def verify(stream, folder, temporary, say):
    """Run every check in order, reporting each through ``say``; the facts of a package. Raises Refused or Unknown."""
    members, repacked = read_container(stream)
    say("container", "*.evz", n=len(members))
    if repacked:
        say("repacked", "*.evz")
    sums, signature, token, proof = (read_small(stream, members, name) for name in CONTROL)
    roots, keys = read_trust(folder)
    if not roots or not keys:
        say("manifest", SUMS, n=check_manifest(stream, members, sums))
        raise Unknown("no_logs" if roots else "no_roots")
    roots_file = Path(temporary) / "roots.pem"
    roots_file.write_bytes(roots)
    tool = Openssl(temporary, str(roots_file))
    # The log comes first: its leaf holds the digests of the other control files, so the one at fault is named exactly.
    digests = [(word, name, hashlib.sha256(data).hexdigest()) for word, name, data in (
        ("manifest", SUMS, sums), ("signature", SIGNATURE, signature), ("timestamp", STAMP, token))]
    index, origin, matter_line, sequence_line = check_log(tool, proof, keys, digests)
    say("log", PROOF, n=index, who=origin)
    claimed, _ = tool.stamp_time(STAMP, token)
    who, issuer = tool.check_signature(sums, signature, claimed)
    say("signature", SIGNATURE, who=who)
    after, stamper = tool.check_stamp(STAMP, token, SIGNATURE, signature)
    say("stamp", STAMP, when=utc(after), who=stamper)
    say("manifest", SUMS, n=check_manifest(stream, members, sums))
    before_text = read_small(stream, members, "before.txt")
    before_token = read_small(stream, members, "before.tsr")
    before, first_stamper = tool.check_stamp("before.tsr", before_token, "before.txt", before_text)
    if before > after:
        raise Refused("before.tsr", "bad_facts", why="it is later than the second stamp")
    say("before", "before.tsr", when=utc(before), who=first_stamper)
    try:
        facts = json.loads(read_small(stream, members, "evidence.json"))
        case = [f"matter {facts['matter'] or '-'}", f"sequence {facts['sequence']}"]
        summary = {"url": facts["url"], "matter": facts["matter"] or "-", "sequence": facts["sequence"],
                   "complete": facts["complete"] is True, "incomplete_because": facts["incomplete_because"],
                   "official": facts["official"] is True}
    except (ValueError, KeyError, TypeError):
        raise Refused("evidence.json", "bad_facts", why="form") from None
    if case != [matter_line, sequence_line] or not set(case) <= set(before_text.decode("utf-8", "replace").split("\n")):
        raise Refused("evidence.json", "bad_facts", why=" ".join(case))
    say("facts", "evidence.json")
    summary["self_issued"] = any(MARK in text for text in (issuer, stamper, first_stamper, origin))
    summary.update(before=utc(before), after=utc(after), log_index=index, log=origin, signer=who)
    return summary


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check a Joinder evidence package. 核验合证证据包。")
    parser.add_argument("package", type=Path, metavar="PACKAGE.evz")
    parser.add_argument("--trust", type=Path, metavar="FOLDER", help="root certificates (*.pem) and log keys (*.vkey)")
    parser.add_argument("--lang", choices=("en", "zh"), default="zh" if os.environ.get("LANG", "").startswith("zh") else "en")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args(arguments)
    column = ("en", "zh").index(options.lang)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    checks, summary, verdict = [], {}, "valid"

    def words(key, **details):
        return WORDS[key][column].format(**details)

    def say(key, member, ok=True, **details):
        checks.append({"check": key, "member": member, "ok": ok, "words": words(key, **details)})

    try:
        if options.trust is not None and not options.trust.is_dir():
            parser.error(f"{options.trust} is not a folder")
        with options.package.open("rb") as stream, tempfile.TemporaryDirectory(prefix="joinder-verify-") as temporary:
            summary = verify(stream, options.trust, temporary, say)
    except Refused as refusal:
        verdict = "invalid"
        say(refusal.key, refusal.member, False, **refusal.details)
    except Unknown as reason:
        verdict = "unknown"
        say(str(reason), "", None)
    except (subprocess.TimeoutExpired, ValueError, struct.error, zlib.error, RecursionError, MemoryError) as error:
        verdict = "invalid"  # a package that breaks the reader is not evidence
        say("bad_zip", "*.evz", False, why=type(error).__name__)
    except OSError as error:
        parser.error(f"{error.filename or options.package}: {error.strerror or error}")
    if options.json:
        print(json.dumps({"verdict": verdict, "checks": checks, **summary}, ensure_ascii=False, indent=2))
        return {"valid": 0, "invalid": 1, "unknown": 3}[verdict]
    for check in checks:
        print({True: "✓", False: "✗", None: "?"}[check["ok"]], check["member"], "–", check["words"])
    print(words(verdict) + ("" if verdict != "valid" or not summary["self_issued"] else " · " + words("self")))
    if summary:
        print(words("source", url=summary["url"], matter=summary["matter"], n=summary["sequence"]))
        if not summary["complete"]:
            print(words("incomplete", why="; ".join(map(str, summary["incomplete_because"]))))
        if not summary["official"]:
            print(words("unofficial"))
        print(words("limits"))
    return {"valid": 0, "invalid": 1, "unknown": 3}[verdict]


if __name__ == "__main__":
    sys.exit(main())
