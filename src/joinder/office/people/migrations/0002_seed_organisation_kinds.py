"""Seed the kinds of organisation that take part.

Why: kinds are a table so that an operator can add one without a release; these are the ones the code knows by name.
Risk: none; it only adds rows, and leaves those that an operator has changed.
"""

from django.db import migrations

KINDS = (
    ("market_regulator", "administrative", "市场监督管理部门", "Market regulator"),
    ("ip_office", "administrative", "知识产权管理部门", "IP office"),
    ("copyright_office", "administrative", "版权管理部门", "Copyright office"),
    ("culture_enforcement", "administrative", "文化市场综合执法机构", "Culture enforcement"),
    ("customs", "administrative", "海关", "Customs"),
    ("police", "judicial", "公安机关", "Police"),
    ("procuratorate", "judicial", "人民检察院", "Procuratorate"),
    ("court", "judicial", "人民法院", "Court"),
    ("appraisal", "professional", "鉴定机构", "Appraisal institution"),
    ("scholar", "professional", "专家学者", "Scholar"),
    ("notary", "professional", "公证机构", "Notary"),
    ("mediation", "professional", "调解组织", "Mediation body"),
    ("platform", "industry", "电子商务平台", "E-commerce platform"),
    ("payment", "industry", "支付机构", "Payment firm"),
    ("logistics", "industry", "物流企业", "Logistics firm"),
    ("right_holder", "party", "权利人", "Right holder"),
    ("agent", "party", "代理机构", "Agent"),
    ("respondent", "party", "当事人", "Respondent"),
)


def seed(apps, schema_editor):
    """Add the kinds that are missing."""
    kind_model = apps.get_model("people", "OrganisationKind")
    for order, (code, family, name_zh, name_en) in enumerate(KINDS, start=1):
        kind_model.objects.get_or_create(
            code=code,
            defaults={"family": family, "name_zh": name_zh, "name_en": name_en, "order": order * 10},
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
