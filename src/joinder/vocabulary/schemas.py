"""The nine schemas, field by field (design §3). ``KINDS`` is the list that every room reads."""

from __future__ import annotations

from joinder.vocabulary.kinds import Field, FieldType, RecordKind, Sensitivity

_MONEY, _TIME, _DATE, _LIST, _INT = (
    FieldType.MONEY,
    FieldType.TIME,
    FieldType.DATE,
    FieldType.LIST,
    FieldType.INTEGER,
)
_PERSONAL = Sensitivity.PERSONAL


def _text(name: str, en: str, zh: str, evidence: str | None = None, *choices: str) -> Field:
    return Field(name, en, zh, evidence=evidence, choices=choices)


def _personal(name: str, en: str, zh: str, evidence: str | None = None) -> Field:
    return Field(name, en, zh, sensitivity=_PERSONAL, evidence=evidence)


def _of(
    kind: FieldType, name: str, en: str, zh: str, unit: str | None = None, evidence: str | None = None
) -> Field:
    return Field(name, en, zh, type=kind, unit=unit, evidence=evidence)


_CURRENCY = _text("currency", "ISO 4217 currency of the sums", "币种")

LISTING = RecordKind(
    "listing",
    "Listing",
    "商品链接",
    ("platform", "listing_id"),
    (
        _text("platform", "The platform that shows it", "平台"),
        _text("listing_id", "The platform's own number", "商品编号"),
        _text("url", "Its address", "网址", "url"),
        _text("account_id", "The account that offers it", "账号编号"),
        _text("title", "The title as shown", "标题", "title"),
        _text("description", "The description as shown", "描述", "free_text"),
        _text("brand", "The brand that the seller states", "卖家标注品牌"),
        _text("category", "The platform's category", "类目"),
        _of(_MONEY, "price", "The price asked", "价格", "major units of currency"),
        _CURRENCY,
        _of(_INT, "units_sold", "Units sold so far as shown", "销量", "pieces"),
        _text("ships_from", "Where it ships from", "发货地", "region"),
        _of(_LIST, "images", "Addresses or paths of its pictures", "图片", None, "image"),
        _of(_TIME, "first_seen", "First seen", "首次发现"),
        _of(_TIME, "last_seen", "Last seen", "最近发现"),
    ),
)

ACCOUNT = RecordKind(
    "account",
    "Account",
    "虚拟主体账号",
    ("platform", "account_id"),
    (
        _text("platform", "The platform, registry or network", "平台"),
        _text("account_id", "The platform's own number or name", "账号编号"),
        _text("kind", "What it is", "种类", None, "shop", "seller", "social", "domain"),
        _text("name", "The name it shows", "名称", "shop_name"),
        _text("url", "Its address", "网址", "url"),
        _personal("contact_name", "The contact person named", "联系人", "person_name"),
        _personal("phone", "Telephone", "电话", "phone"),
        _personal("email", "E-mail", "电子邮箱", "email"),
        _personal("messenger", "Messenger id (WeChat, QQ …)", "即时通讯号", "messenger"),
        _text("licence_no", "The licence or credit code shown", "亮照信息", "licence"),
        _personal("payee", "The account that receives payment", "收款账户", "payee"),
        _personal("address", "The address stated", "地址", "address"),
        _personal("return_address", "Where returns go", "退货地址", "address"),
        _text("sender_account", "Customer number at the carrier", "寄件账号", "sender_account"),
        _text("icp", "ICP filing number", "ICP备案号", "icp"),
        _text("region", "Region stated", "地区", "region"),
        _of(_DATE, "opened_on", "Opened on", "开店日期", None, "date"),
        _of(_DATE, "closed_on", "Closed on", "关店日期"),
    ),
)

PARTY = RecordKind(
    "party",
    "Party",
    "市场主体",
    ("uscc",),
    (
        _text("uscc", "Unified social credit code (GB 32100-2015)", "统一社会信用代码", "uscc"),
        _text("party_id", "Another registry's number", "登记编号"),
        _text("kind", "What it is", "种类", None, "company", "individual_business", "person"),
        _text("name", "Registered name", "名称", "company_name"),
        _personal(
            "legal_representative", "Legal representative or operator", "法定代表人/经营者", "person_name"
        ),
        _personal("address", "Registered address", "住所", "address"),
        _personal("phone", "Telephone", "电话", "phone"),
        _text("region", "Region of registration", "登记地区", "region"),
        _text("status", "Status in the register", "登记状态"),
        _of(_DATE, "registered_on", "Registered on", "成立日期", None, "date"),
    ),
    (("party_id",),),
)

RIGHT = RecordKind(
    "right",
    "Right",
    "知识产权",
    ("right_id",),
    (
        _text("right_id", "The pool's number of the right", "权利编号"),
        _text(
            "kind", "What it protects", "种类", None,
            "word", "device", "combined", "design", "copyright", "patent", "gi",
        ),
        _text("office", "The office that registered it", "登记机关"),
        _text("registration_no", "Registration number", "注册号"),
        _text("holder", "The holder", "权利人"),
        _text("mark", "The word of the mark or the title of the work", "商标文字/作品名称"),
        _of(_LIST, "aliases", "Other writings in use (other language, short form)", "别称"),
        _of(_LIST, "images", "Pictures of the right", "图样"),
        _of(_LIST, "classes", "Nice or Locarno classes", "类别"),
        _text("goods", "Goods and services", "商品和服务"),
        _of(_DATE, "registered_on", "Registered on", "注册日期"),
        _of(_DATE, "expires_on", "Expires on", "有效期至"),
        _text("status", "Status in the register", "状态"),
        _of(_MONEY, "genuine_price", "Usual price of the genuine goods", "正品价格", "major units of currency"),
        _CURRENCY,
        _of(_LIST, "authorised_accounts", "Accounts allowed to sell (platform/account_id)", "授权账号"),
    ),
)  # fmt: skip

SHIPMENT = RecordKind(
    "shipment",
    "Shipment",
    "物流记录",
    ("carrier", "tracking_no"),
    (
        _text("carrier", "The carrier", "承运人"),
        _text("tracking_no", "Tracking number", "运单号"),
        _text("order_id", "The order it fulfils", "订单号"),
        _personal("sender_name", "Sender", "寄件人", "person_name"),
        _personal("sender_phone", "Sender's telephone", "寄件电话", "phone"),
        _personal("sender_address", "Sender's address", "寄件地址", "address"),
        _text("sender_account", "Sender's customer number at the carrier", "寄件账号", "sender_account"),
        _text("receiver_region", "Region of the receiver", "收件地区"),
        _text("hs_code", "HS code of the goods", "HS编码"),
        _text("goods", "Goods declared", "品名"),
        _of(_INT, "quantity", "Quantity", "数量", "pieces"),
        _of(_TIME, "sent_at", "Sent at", "寄出时间"),
    ),
)

PAYMENT = RecordKind(
    "payment",
    "Payment",
    "支付记录",
    ("platform", "order_id"),
    (
        _text("platform", "The platform", "平台"),
        _text("order_id", "Order number", "订单号"),
        _text("listing_id", "The listing bought", "商品编号"),
        _text("account_id", "The selling account", "账号编号"),
        _personal("payee", "The account that received the money", "收款账户", "payee"),
        _text("payer_hash", "Keyed hash of the payer", "付款人哈希"),
        _of(_INT, "quantity", "Quantity", "数量", "pieces"),
        _of(_MONEY, "unit_price", "Unit price", "单价", "major units of currency"),
        _of(_MONEY, "amount", "Amount paid", "金额", "major units of currency"),
        _CURRENCY,
        _of(_TIME, "paid_at", "Paid at", "支付时间"),
        _text("status", "Paid, refunded, cancelled", "状态"),
    ),
)


def _message(name: str, number: str, en: str, zh: str) -> RecordKind:
    return RecordKind(
        name,
        en,
        zh,
        (number,),
        (
            _text(number, f"{en} number", f"{zh}编号"),
            _text("sender", "Who sent it", "提交人"),
            _text("about_url", "The address it is about", "涉及网址", "url"),
            _text("about_listing_id", "The listing it is about", "涉及商品编号"),
            _text("about_account_id", "The account it is about", "涉及账号"),
            _text("right_id", "The right it relies on", "权利编号"),
            _text("text", "What it says", "内容", "free_text"),
            _text("goods", "Goods", "商品"),
            _of(_INT, "quantity", "Quantity", "数量", "pieces"),
            _of(_MONEY, "value", "Value", "价值", "major units of currency"),
            _CURRENCY,
            _of(_TIME, "received_at", "Received at", "收到时间"),
            _text("outcome", "What came of it", "处理结果"),
        ),
    )


COMPLAINT = _message("complaint", "complaint_no", "Complaint", "投诉举报")
NOTICE = _message("notice", "notice_no", "Notice", "通知")
DETENTION = _message("detention", "detention_no", "Detention", "海关扣留")

KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (LISTING, ACCOUNT, PARTY, RIGHT, SHIPMENT, PAYMENT, COMPLAINT, NOTICE, DETENTION)
}
