#!/usr/bin/env python3
"""Check a Joinder evidence package (*.evz) without Joinder: Python's standard library and the openssl command.

    python3 joinder_verify.py PACKAGE.evz --trust FOLDER [--lang zh|en] [--json]

FOLDER holds what you trust, received by a way you trust: root certificates (*.pem) and log keys (*.vkey). Nothing in
the package is trusted. Exit: 0 valid; 1 not valid, naming the member; 2 usage; 3 cannot tell (no anchors, no openssl).
It opens no network and writes only to a temporary folder of its own. SPDX-License-Identifier: Apache-2.0
"""
# fmt: off

import argparse
import base64
import calendar
import collections
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
    "repacked": ("packed again (times, order or compression differ); the members decide", "曾重新打包；以成员为准"),
    "manifest": ("{n} members match SHA256SUMS, none unlisted", "{n}个成员与SHA256SUMS一致，无缺失、无清单外文件"),
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
    "bad_signature": ("is not signed by anyone in the trust folder: {why}", "不是信任目录中任何一方的签名：{why}"),
    "bad_stamp": ("is not a stamp on {what} by anyone in the trust folder: {why}", "不是信任方对{what}的时间戳：{why}"),
    "bad_proof": ("does not prove the log entry: {why}", "不能证明日志条目：{why}"),
    "bad_facts": ("contradicts the log entry or the first stamp: {why}", "与日志条目或起始时间戳矛盾：{why}"),
    "no_roots": ("no root certificate (*.pem) in the trust folder", "信任目录中没有根证书（*.pem）"),
    "no_logs": ("no log key (*.vkey) in the trust folder", "信任目录中没有日志公钥（*.vkey）"),
    "no_openssl": ("the openssl command is not installed", "未安装openssl命令"),
    "valid": ("VALID", "有效"), "invalid": ("NOT VALID", "无效"), "unknown": ("CANNOT TELL", "无法判断"),
    "self": ("self-issued: the sealing node's own keys, no third party", "自签：封存节点自身密钥，无第三方背书"),
    "incomplete": ("INCOMPLETE capture, sealed as such: {why}", "固证不完整，并已如实封存：{why}"),
    "unofficial": ("unofficial: fewer than two operators are named", "非正式：署名操作人员不足两人"),
    "source": ("page {url}, case {matter}, sequence {n}", "网页{url}，案号{matter}，序号{n}"),
    "limits": ("Does not prove: that the content is true; who owns the account; that every visitor saw the same.",
               "不能证明：网页内容真实；账号归属；其他访问者所见相同。"),
}

class Refused(Exception):
    """A check that failed: the member at fault and the words for it."""

    def __init__(self, member, key, **details):
        super().__init__(member, key)
        self.member, self.key, self.details = member, key, details

class Unknown(Exception):
    """A check that cannot be made here."""

Member = collections.namedtuple("Member", "name method crc packed size start")

def require(holds, member, key, **details):
    if not holds:
        raise Refused(member, key, **details)

def check_name(raw, seen):
    """A relative path of plain ASCII parts that no file system folds onto another's."""
    name = raw.decode("ascii", "replace")
    plain = re.fullmatch(r"[A-Za-z0-9._/-]{1,200}", name) and not {"", ".", ".."} & set(name.split("/"))
    require(plain, "*.evz", "bad_name", why=name)
    require(name.lower() not in seen, name, "bad_zip", why="duplicate entry")
    seen.add(name.lower())
    return name

def read_container(stream):
    """The members of a zip whose every byte is accounted for; (members, whether it was packed again)."""
    length = stream.seek(0, os.SEEK_END)
    require(length >= 22, "*.evz", "bad_zip", why="too short")
    stream.seek(length - 22)
    magic, disk, start_disk, here, total, size, offset, comment = struct.unpack("<4sHHHHIIH", stream.read(22))
    require(magic == b"PK\5\6" and not comment and disk == start_disk == 0 and here == total
            and offset + size == length - 22, "*.evz", "bad_zip",
            why="its end is not the end of a plain zip (truncated, appended to, or zip64)")
    require(0 < total <= MAX_MEMBERS and size <= 64 << 20, "*.evz", "bad_zip", why="number of entries")
    stream.seek(offset)
    directory, place, members, seen, repacked = stream.read(size), 0, [], set(), False
    for _ in range(total):
        require(directory[place:place + 4] == b"PK\1\2" and place + 46 <= size, "*.evz", "bad_zip", why="its directory")
        (made, _, flags, method, clock, day, crc, packed, plain, n_name, n_extra, n_comment, disk, _, attributes,
         start) = struct.unpack("<HHHHHHIIIHHHHHII", directory[place + 4:place + 46])
        raw = directory[place + 46:place + 46 + n_name]
        place += 46 + n_name + n_extra + n_comment
        name = check_name(raw, seen)
        kind = attributes >> 28 if made >> 8 == 3 else 0
        usual = not flags & ~0x800 and method in (0, 8) and not disk and not n_comment and kind in (0, 8)
        require(usual and not attributes & 0x10, name, "bad_zip", why="encrypted, streamed, linked or special entry")
        sane = max(packed, plain) <= MAX_MEMBER and (method or packed == plain)
        require(sane and plain <= (1 << 20) + packed * MAX_RATIO, name, "bad_zip", why="sizes out of all proportion")
        stream.seek(start)
        local = stream.read(30)
        require(len(local) == 30 and local[:4] == b"PK\3\4", name, "bad_zip", why="its local header")
        *same, l_name, l_extra = struct.unpack("<HHHHIIIHH", local[6:])
        require(same == [flags, method, clock, day, crc, packed, plain] and stream.read(l_name) == raw,
                name, "bad_zip", why="local and central header differ")
        repacked |= bool(method or n_extra or l_extra or (clock, day) != ZIP_EPOCH)
        data_start = start + 30 + l_name + l_extra
        members.append((start, data_start + packed, Member(name, method, crc, packed, plain, data_start)))
    total_size = sum(member.size for _, _, member in members)
    require(place == size and total_size <= MAX_TOTAL, "*.evz", "bad_zip", why="its directory, or far too large")
    end = 0
    for start, stop, member in sorted(members):
        require(start == end, member.name, "bad_zip", why="bytes of no member before it, or overlapping members")
        end = stop
    require(end == offset, "*.evz", "bad_zip", why="bytes that belong to no member")
    return {member.name: member for _, _, member in members}, repacked

def pieces(stream, member):
    """The bytes of a member in pieces, never more than it declares."""
    stream.seek(member.start)
    left, out, crc, unpack = member.packed, 0, 0, zlib.decompressobj(-15) if member.method else None
    while left:
        data = stream.read(min(left, 1 << 20))
        require(data, member.name, "bad_zip", why="it breaks off")
        left -= len(data)
        while data:
            piece = data if unpack is None else unpack.decompress(data, 1 << 20)
            data = b"" if unpack is None else unpack.unconsumed_tail
            if unpack is not None and not left and not data:
                piece += unpack.flush()
            out, crc = out + len(piece), zlib.crc32(piece, crc)
            over = unpack is not None and (unpack.unused_data or (unpack.eof and (left or data)))
            require(out <= member.size and not over, member.name, "bad_zip", why="bytes behind its end")
            yield piece
    require(out == member.size and crc == member.crc and (unpack is None or unpack.eof), member.name, "mismatch")

def read_small(stream, members, name):
    require(name in members, name, "missing")
    require(members[name].size <= MAX_CONTROL, name, "bad_zip", why="it is far too large")
    return b"".join(pieces(stream, members[name]))

def check_manifest(stream, members, sums):
    """Every member but the four control files is listed with its digest, in order, once."""
    listed = {}
    text = sums.decode("ascii", "replace")
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]{1,200})", line)
        require(match and match.group(2) not in {*listed, *CONTROL}, SUMS, "bad_sums", why=line[:80])
        listed[match.group(2)] = match.group(1)
    require(text.endswith("\n") and list(listed) == sorted(listed), SUMS, "bad_sums", why="order or last line")
    for name in (*NEEDED, *listed):
        require(name in members, name, "missing")
    for name in members:
        require(name in listed or name in CONTROL, name, "unlisted")
    for name, expected in listed.items():
        digest = hashlib.sha256()
        for piece in pieces(stream, members[name]):
            digest.update(piece)
        require(digest.hexdigest() == expected, name, "mismatch")
    return len(listed)

class Openssl:
    """The stock program, in a temporary folder, with a time limit."""

    def __init__(self, folder, roots):
        self.program, self.folder = shutil.which("openssl"), Path(folder)
        self.roots = self.file("roots", roots)
        if self.program is None:
            raise Unknown("no_openssl")

    def file(self, name, data):
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, timeout=30, check=False,
                              stdin=subprocess.DEVNULL, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"})
        errors = [line for line in done.stderr.decode(errors="replace").splitlines() if "error" in line.lower()]
        return done.returncode == 0, done.stdout.decode(errors="replace"), (errors or ["openssl refuses it"])[-1][-120:]

    def stamp_time(self, member, token):
        """(seconds since 1970, who) as the token says; trusted only after ``check_stamp``."""
        ok, text, why = self.run("ts", "-reply", "-in", self.file("token", token), "-text")
        when = re.search(r"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", text, re.M)
        who = re.search(r"^TSA: (?:DirName:)?(.*)$", text, re.M)
        require(ok and when, member, "bad_stamp", what="?", why=why)
        seconds = calendar.timegm(time.strptime(" ".join(when.groups()), "%b %d %H:%M:%S %Y"))
        return seconds, (who.group(1) if who else "?")

    def check_stamp(self, member, token, what, data):
        seconds, who = self.stamp_time(member, token)
        ok, _, why = self.run("ts", "-verify", "-data", self.file("data", data), "-in", self.file("token", token),
                              "-CAfile", self.roots, "-attime", str(seconds))
        require(ok, member, "bad_stamp", what=what, why=why)
        return seconds, who

    def check_signature(self, sums, signature, at):
        signer = str(self.folder / "signer")
        ok, _, why = self.run(
            "cms", "-verify", "-binary", "-inform", "DER", "-in", self.file("p7s", signature), "-content",
            self.file("sums", sums), "-CAfile", self.roots, "-attime", str(at), "-signer", signer, "-out", os.devnull)
        require(ok, SIGNATURE, "bad_signature", why=why)
        require(Path(signer).read_bytes().count(b"BEGIN CERT") == 1, SIGNATURE, "bad_signature", why="several signers")
        names = ("-noout", "-subject", "-issuer", "-nameopt", "oneline,utf8,-esc_msb")
        _, text, _ = self.run("x509", "-in", signer, *names)
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
    except ValueError:
        data = b""
    require(text and base64.b64encode(data).decode() == text, PROOF, "bad_proof", why="base64")
    return data

def read_proof(proof):
    """(leaf text, index, path, note body, tree size, root, signature lines) of a tlog-proof@v1 file."""
    try:
        head, body, signatures = proof.decode("utf-8").split("\n\n")
        first, extra, index, *path = head.split("\n")
        origin, size, root = body.split("\n")
    except (UnicodeDecodeError, ValueError):
        raise Refused(PROOF, "bad_proof", why="form") from None
    numbers = re.fullmatch(r"index (0|[1-9][0-9]{0,17})", index), re.fullmatch(r"0|[1-9][0-9]{0,17}", size)
    shaped = first == "c2sp.org/tlog-proof@v1" and extra.startswith("extra ") and signatures.endswith("\n")
    require(shaped and all(numbers) and len(path) < 64, PROOF, "bad_proof", why="form")
    return (exact64(extra[6:]), int(numbers[0].group(1)), [exact64(line) for line in path], body + "\n",
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
    require(lines[0] == "joinder-evidence-seal/v1" and len(lines) == 7 and not lines[6], PROOF, "bad_proof", why="leaf")
    require(included(leaf, index, size, path, root), PROOF, "bad_proof", why="inclusion")
    known = set()
    for line in signatures:
        match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line)
        blob = exact64(match.group(2)) if match else b""
        key = next((k for k in keys if match and k[0] == match.group(1) and blob[:4] == k[1]), None)
        good = key is not None and key not in known and tool.ed25519(key[2], body.encode(), blob[4:])
        require(good, PROOF, "bad_proof", why=line.rpartition(" ")[0][2:] + ("" if key else " is not trusted"))
        known.add(key)
    require(origin in {key[0] for key in known}, PROOF, "bad_proof", why="not signed by its log")
    for number, (word, name, digest) in enumerate(digests, 1):
        require(lines[number] == f"{word} sha256:{digest}", name, "mismatch")
    return index, origin, lines[4:6]

def read_trust(folder):
    """(root certificates as one PEM, log keys) of the trust folder."""
    paths = sorted(folder.iterdir()) if folder else []
    roots = b"\n".join(path.read_bytes() for path in paths if path.suffix in (".pem", ".crt"))
    keys = []
    for line in (line for path in paths if path.suffix == ".vkey" for line in path.read_text("ascii").split()):
        name, key_id, data = line.split("+", 2)
        blob = base64.b64decode(data)
        keys += [(name, bytes.fromhex(key_id), blob[1:])] if blob[:1] == b"\1" and len(blob) == 33 else []
    return (roots if b"BEGIN CERTIFICATE" in roots else b""), keys

def verify(stream, roots, keys, temporary, say):
    """Run every check in order, reporting each through ``say``; the facts of a package. Raises Refused or Unknown."""
    members, repacked = read_container(stream)
    say("container", "*.evz", n=len(members))
    if repacked:
        say("repacked", "*.evz")
    sums, signature, token, proof = (read_small(stream, members, name) for name in CONTROL)
    if not roots or not keys:
        say("manifest", SUMS, n=check_manifest(stream, members, sums))
        raise Unknown("no_logs" if roots else "no_roots")
    tool = Openssl(temporary, roots)
    # The log comes first: its leaf holds the digests of the other control files, so the one at fault is named exactly.
    digests = [(word, name, hashlib.sha256(data).hexdigest()) for word, name, data in (
        ("manifest", SUMS, sums), ("signature", SIGNATURE, signature), ("timestamp", STAMP, token))]
    index, origin, case_lines = check_log(tool, proof, keys, digests)
    say("log", PROOF, n=index, who=origin)
    claimed, _ = tool.stamp_time(STAMP, token)
    who, issuer = tool.check_signature(sums, signature, claimed)
    say("signature", SIGNATURE, who=who)
    after, stamper = tool.check_stamp(STAMP, token, SIGNATURE, signature)
    say("manifest", SUMS, n=check_manifest(stream, members, sums))
    before_text = read_small(stream, members, "before.txt")
    before_token = read_small(stream, members, "before.tsr")
    before, first_stamper = tool.check_stamp("before.tsr", before_token, "before.txt", before_text)
    before_words, after_words = (time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at)) for at in (before, after))
    require(before <= after, "before.tsr", "bad_facts", why="it is later than the second stamp")
    say("stamp", STAMP, when=after_words, who=stamper)
    say("before", "before.tsr", when=before_words, who=first_stamper)
    try:
        facts = json.loads(read_small(stream, members, "evidence.json"))
        case = [f"matter {facts['matter'] or '-'}", f"sequence {facts['sequence']}"]
        reasons = [{"zh": str(reason["zh"]), "en": str(reason["en"])} for reason in facts["incomplete_because"]]
        summary = {"url": facts["url"], "matter": facts["matter"] or "-", "sequence": facts["sequence"],
                   "complete": facts["complete"] is True, "incomplete_because": reasons,
                   "official": facts["official"] is True}
    except (ValueError, KeyError, TypeError):
        raise Refused("evidence.json", "bad_facts", why="form") from None
    agree = case == case_lines == before_text.decode("utf-8", "replace").split("\n")[2:4]
    require(agree, "evidence.json", "bad_facts", why=" ".join(case))
    say("facts", "evidence.json")
    summary["self_issued"] = any(MARK in text for text in (issuer, stamper, first_stamper, origin))
    summary.update(before=before_words, after=after_words, log_index=index, log=origin, signer=who)
    return summary

def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check a Joinder evidence package. 核验合证证据包。")
    parser.add_argument("package", type=Path, metavar="PACKAGE.evz")
    parser.add_argument("--trust", type=Path, metavar="FOLDER", help="root certificates (*.pem) and log keys (*.vkey)")
    parser.add_argument("--lang", choices=("en", "zh"), default="zh" if os.getenv("LANG", "")[:2] == "zh" else "en")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    checks, summary, verdict = [], {}, "valid"

    def words(key, lang=options.lang, **details):  # what strangers wrote must not steer the reader's terminal
        text = WORDS[key][("en", "zh").index(lang)].format(**details)
        return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)

    def say(key, member, ok=True, **details):
        said = {lang: words(key, lang, **details) for lang in ("en", "zh")}
        checks.append({"check": key, "member": member, "ok": ok, **said})

    try:
        roots, keys = read_trust(options.trust)
    except (OSError, ValueError) as error:
        parser.error(f"the trust folder {options.trust} cannot be read: {error}")
    try:
        with options.package.open("rb") as stream, tempfile.TemporaryDirectory(prefix="joinder-verify-") as temporary:
            summary = verify(stream, roots, keys, temporary, say)
    except Refused as refusal:
        verdict = "invalid"
        say(refusal.key, refusal.member, False, **refusal.details)
    except Unknown as reason:
        verdict = "unknown"
        say(str(reason), "", None)
    except OSError as error:
        parser.error(f"{error.filename or options.package}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - a package that breaks the reader is not evidence
        verdict = "invalid"
        say("bad_zip", "*.evz", False, why=type(error).__name__)
    code = {"valid": 0, "invalid": 1, "unknown": 3}[verdict]
    if options.json:
        print(json.dumps({"verdict": verdict, "checks": checks, **summary}, ensure_ascii=False, indent=2))
        return code
    for check in checks:
        print({True: "✓", False: "✗", None: "?"}[check["ok"]], check["member"], "–", check[options.lang])
    print(words(verdict) + (" · " + words("self") if summary.get("self_issued") else ""))
    if summary:
        print(words("source", url=summary["url"], matter=summary["matter"], n=summary["sequence"]))
        if not summary["complete"]:
            print(words("incomplete", why="; ".join(item[options.lang] for item in summary["incomplete_because"])))
        if not summary["official"]:
            print(words("unofficial"))
        print(words("limits"))
    return code

if __name__ == "__main__":
    sys.exit(main())
