"""The forms of a notice, and the way between a form and the notice as ``law.notices`` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.matters.models import Notice
from joinder.office.matters.notices.services import HOLDER_ACTIONS, MEASURES, SENDER_KINDS
from joinder.office.people.models import Organisation

RIGHT_KINDS = (
    ("", "—"),
    ("trademark", _("Trade mark")),
    ("copyright", _("Copyright")),
    ("patent", _("Patent")),
    ("utility_model", _("Utility model")),
    ("design", _("Design")),
    ("gi", _("Geographical indication")),
)
CLAIMANTS = (("holder", _("Right holder")), ("agent", _("Agent")), ("licensee", _("Licensee")))
MEASURE_LABELS = {
    "removed": _("Removed"),
    "blocked": _("Blocked"),
    "disconnected": _("Disconnected"),
    "transaction_ended": _("Transaction and service ended"),
    "none": _("Left as it is (give a reason)"),
}
ACTION_LABELS = {"complained": _("Complained to the authority"), "sued": _("Sued")}
_LINES = {"rows": 3}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:100]


_NEEDED = (
    "right_kind", "registration_no", "holder", "proof", "claimant_capacity", "claimant_name", "identity_no", "evidence",
    "guarantee", "signed_by",
)  # fmt: skip


def _part(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name)
    return value if isinstance(value, dict) else {}


#: A line of evidence that ends in the reference of an exhibit names that exhibit.
_EXHIBIT = re.compile(r"^(?P<title>.*?)\s*(?P<ref>X-\d{6,12})$")


def _titles(listed: Any) -> str:
    items = listed if isinstance(listed, list) else []
    return "\n".join(
        f"{item.get('title', '')} {item.get('ref', '')}".strip() if isinstance(item, dict) else str(item)
        for item in items
    )


def _evidence(text: str) -> list[dict[str, str]]:
    """Each line as a document; a draft that names an exhibit still names it after it was edited."""
    named = [(line, _EXHIBIT.match(line)) for line in _lines(text)]
    return [
        {"title": match["title"] or match["ref"], "ref": match["ref"]} if match else {"title": line}
        for line, match in named
    ]


class NewNoticeForm(forms.Form):
    """To which platform, about which shop; from a matter also: in whose name."""

    platform = forms.ModelChoiceField(label=_("Platform"), queryset=Organisation.objects.none())
    shop_name = forms.CharField(label=_("Shop"), max_length=200)
    sender = forms.ModelChoiceField(
        label=_("Right holder"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, organisations: Any, names_sender: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = organisations.filter(kind="platform")  # type: ignore[attr-defined]
        if names_sender:
            holders = organisations.filter(kind__in=sorted(SENDER_KINDS))
            self.fields["sender"].queryset = holders  # type: ignore[attr-defined]
            self.fields["sender"].required = True
        else:
            del self.fields["sender"]


class NoticeForm(forms.Form):
    """The right, the sender, evidence and guarantee; links stand in ``LinkFormSet``. Nothing is required to save."""

    right_kind = forms.ChoiceField(label=_("Kind of right"), choices=RIGHT_KINDS, required=False)
    registration_no = forms.CharField(label=_("Registration number"), max_length=80, required=False)
    title = forms.CharField(label=_("Name of the mark or work"), max_length=200, required=False)
    holder = forms.CharField(label=_("Right holder"), max_length=200, required=False)
    expires_on = forms.DateField(
        label=_("In force until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    proof = forms.CharField(
        label=_("Proof of the right"),
        help_text=_("One document per line."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=_LINES),
    )
    claimant_capacity = forms.ChoiceField(label=_("Sent by the"), choices=CLAIMANTS, required=False)
    claimant_name = forms.CharField(label=_("Name of the sender"), max_length=200, required=False)
    identity_no = forms.CharField(
        label=_("Identity number of the sender"),
        help_text=_("Unified social credit code or document number; the seller does not see it."),
        max_length=40,
        required=False,
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    authorisation = forms.CharField(
        label=_("Power of attorney (if sent by an agent)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.CharField(
        label=_("Preliminary evidence"),
        help_text=_(
            "One item per line: comparison, test purchase, sealed captures. An exhibit is named by its reference at "
            "the end of the line, such as X-000001."
        ),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs=_LINES),
    )
    guarantee = forms.BooleanField(
        label=_(
            "I guarantee that this notice is true. I know that a wrong notice makes liable, in bad faith twofold."
        ),
        required=False,
    )
    signed_by = forms.CharField(label=_("Signed by"), max_length=200, required=False)

    use_required_attribute = False

    def mark_required(self) -> None:
        """Show as required what a notice needs, though a draft may be saved without; call it before drawing."""
        for name in _NEEDED:
            self.fields[name].required = True

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        """The form's values of a notice's content."""
        right, claimant, guarantee = (_part(content, name) for name in ("right", "claimant", "guarantee"))
        return {
            "right_kind": right.get("kind", ""),
            **{name: right.get(name, "") for name in ("registration_no", "title", "holder", "expires_on")},
            "proof": _titles(right.get("proof")),
            "claimant_capacity": claimant.get("capacity", "holder"),
            "claimant_name": claimant.get("name", ""),
            **{name: claimant.get(name, "") for name in ("identity_no", "phone", "email")},
            "authorisation": _titles(claimant.get("authorisation")),
            "evidence": _titles(content.get("evidence")),
            "guarantee": guarantee.get("accepted") is True,
            "signed_by": guarantee.get("signed_by", ""),
        }

    def content(self, links: list[dict[str, str]]) -> dict[str, Any]:
        """The notice's content of a valid form and its links."""
        data = self.cleaned_data
        expires = data["expires_on"]
        return {
            "right": {
                "kind": data["right_kind"],
                **{name: data[name] for name in ("registration_no", "title", "holder")},
                "expires_on": expires.isoformat() if expires else "",
                "proof": _lines(data["proof"]),
            },
            "claimant": {
                "capacity": data["claimant_capacity"] or "holder",
                "name": data["claimant_name"],
                **{name: data[name] for name in ("identity_no", "phone", "email")},
                "authorisation": _lines(data["authorisation"]),
            },
            "objects": links,
            "evidence": _evidence(data["evidence"]),
            "guarantee": {"accepted": data["guarantee"], "signed_by": data["signed_by"]},
        }


class LinkForm(forms.Form):
    """One link complained of."""

    url = forms.CharField(label=_("Address of the item"), max_length=2000, required=False)
    item_id = forms.CharField(label=_("Item number"), max_length=200, required=False)
    ground = forms.CharField(label=_("Ground"), max_length=1000, required=False)


class BaseLinkFormSet(forms.BaseFormSet):
    """The links of a notice; an empty line is dropped."""

    def links(self) -> list[dict[str, str]]:
        """The filled lines."""
        rows = [{k: v for k, v in form.cleaned_data.items() if v} for form in self.forms]
        return [row for row in rows if row]


LinkFormSet = forms.formset_factory(LinkForm, formset=BaseLinkFormSet, extra=2, max_num=200)


class RefusalForm(forms.Form):
    """Up to three reasons, each with how to mend it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in (1, 2, 3):
            must = number == 1
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Reason %(n)d") % {"n": number}, max_length=500, required=must
            )
            self.fields[f"repair_{number}"] = forms.CharField(
                label=_("How to mend it %(n)d") % {"n": number}, max_length=500, required=must
            )

    def clean(self) -> dict[str, Any]:
        """Every reason says how to mend it."""
        data = super().clean() or {}
        for number in (2, 3):
            if bool(data.get(f"text_{number}")) != bool(data.get(f"repair_{number}")):
                self.add_error(f"repair_{number}", _("Give both: the reason and how to mend it."))
        return data

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        pairs = [(data[f"text_{n}"], data[f"repair_{n}"]) for n in (1, 2, 3)]
        return {"reasons": [{"text": text, "repair": repair} for text, repair in pairs if text]}


class MeasuresForm(forms.Form):
    """One decision per link."""

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(notice.objects_named)
        for number, item in enumerate(notice.objects_named):
            name = item.get("url") or item.get("item_id") or ""
            self.fields[f"measure_{number}"] = forms.ChoiceField(
                label=f"{number + 1}. {name}", choices=[(code, MEASURE_LABELS[code]) for code in MEASURES]
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label=_("Reason, if left as it is"), max_length=500, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A link that is left as it is needs a reason."""
        data = super().clean() or {}
        for number in range(self.count):
            if data.get(f"measure_{number}") == "none" and not data.get(f"reason_{number}"):
                self.add_error(f"reason_{number}", _("Say what the notice lacks for this link."))
        return data

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "measures": [
                {"object": n, "measure": data[f"measure_{n}"], "reason": data[f"reason_{n}"]}
                for n in range(self.count)
            ]
        }


class ForwardForm(forms.Form):
    """Whose shop it is, where the seller takes part here."""

    respondent = forms.ModelChoiceField(
        label=_("Seller"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("not here: reached by your own messages"),
        help_text=_("Only a seller named here sees the notice on this site and can answer it here."),
    )

    def __init__(self, *args: Any, organisations: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["respondent"]
        field.initial = notice.respondent_id
        field.queryset = organisations.filter(kind="respondent")  # type: ignore[attr-defined]
        field.required = notice.respondent_id is not None

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        return {"respondent": self.cleaned_data["respondent"]}


class ExclusionForm(forms.Form):
    """Days outside the holder's control, and the act that took them."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "The act that took these days, such as notarisation or legalisation, with its file number."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last day is not before the first."))
        return data


class HolderActionForm(forms.Form):
    """Complained or sued, and where it can be checked."""

    action = forms.ChoiceField(
        label=_("What you did"),
        choices=[(code, ACTION_LABELS[code]) for code in HOLDER_ACTIONS],
        widget=forms.RadioSelect,
    )
    proof = forms.CharField(label=_("Authority or court, and file number"), max_length=300)

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class WithdrawalForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def arguments(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class DeclarationForm(forms.Form):
    """The seller's answer, in plain words."""

    name = forms.CharField(label=_("Your name, and the name of your shop"), max_length=200)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    statement = forms.CharField(
        label=_("Why this is not an infringement"),
        help_text=_("For example: I bought from an authorised dealer. I have a licence. It is another mark."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        help_text=_(
            "One per line: delivery note with the supplier's stamp, invoice, licence, chat with the supplier."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """One way to reach the seller is enough."""
        data = super().clean() or {}
        if not data.get("phone") and not data.get("email"):
            self.add_error("phone", _("Leave a telephone number or an e-mail address."))
        return data

    def content(self) -> dict[str, Any]:
        """The counter-statement as ``law.notices`` reads it."""
        data = self.cleaned_data
        return {
            "declarant": {name: data[name] for name in ("name", "phone", "email")},
            "statement": data["statement"],
            "evidence": [{"title": line} for line in _lines(data["evidence"])],
        }
