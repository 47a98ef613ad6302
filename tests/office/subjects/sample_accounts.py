"""Accounts of fictional operators: three shops of one, two of another, and strangers."""

from __future__ import annotations

from hashlib import sha256

Accounts = list[dict[str, str]]


def accounts() -> Accounts:
    """Thirty shops; A1-A3 share a payee and mostly a messenger id, B1-B2 an e-mail address and a contact person."""
    family = {"kind": "shop", "region": "广东省某市", "payee": "990011112222"}
    return [
        *(_stranger(number) for number in range(25)),
        {**family, "platform": "甲网", "account_id": "A1", "name": "样例优品", "messenger": "yangli_01"},
        {**family, "platform": "甲网", "account_id": "A2", "name": "样例二店", "messenger": "yangli_01"},
        {**family, "platform": "乙网", "account_id": "A3", "name": "别样小铺", "phone": "13800000003"},
        _other("甲网", "B1", "另家一号"),
        _other("乙网", "B2", "另家二号"),
    ]


def _other(platform: str, account_id: str, name: str) -> dict[str, str]:
    return {
        "platform": platform, "account_id": account_id, "kind": "shop", "name": name,
        "email": "other7781@example.org", "contact_name": "另某某",
    }  # fmt: skip


def _stranger(number: int) -> dict[str, str]:
    """A shop that shares nothing with any other; its values look drawn by chance and are the same every time."""
    drawn = sha256(str(number).encode()).hexdigest()
    digits = str(int(drawn, 16))
    name = "".join("山水云石花木鱼鸟风雨日月金土江湖"[int(c, 16)] for c in drawn[:3])
    return {
        "platform": "甲网", "account_id": f"X{number:02d}", "kind": "shop", "name": f"{name}铺",
        "phone": f"139{digits[:8]}", "payee": digits[8:27], "email": f"{drawn[:9]}@example.org",
    }  # fmt: skip
