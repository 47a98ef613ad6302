"""What each step means, in plain words for who takes it and for who waits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: verb → what happens then; shown on the check page before an outward act
THEN = {
    "submit": _(
        "The platform receives the notice. A wrong notice makes liable; in bad faith, twofold (E-Commerce Law 42)."
    ),
    "accept": _(
        "The notice counts as complete. Next you take measures in time and forward the notice to the seller."
    ),
    "reject": _("The right holder sees each reason with how to mend it, and may send the notice again."),
    "take_measures": _(
        "The measures are recorded per link and seen by the right holder; next you forward the notice."
    ),
    "forward_to_seller": _("The seller sees the notice with its grounds and may answer."),
    "file_declaration": _(
        "The platform receives your counter-statement and forwards it to the right holder."
    ),
    "forward_declaration": _(
        "The right holder receives the counter-statement and is told that it may complain to the authority or sue."
    ),
    "receive_declaration": _(
        "Receipt starts the fifteen days. Without your notice that you complained or sued, the platform then ends the "
        "measures."
    ),
    "holder_acts": _("The clock stops and the measures stay until the authority or the court decides."),
    "end_measures": _(
        "You restore the links. The right holder did not tell in time that it complained or sued."
    ),
    "withdraw": _("The notice ends. The platform and, once it was told, the seller see your reason."),
}
#: state → what the others wait for
WAITING_FOR = {
    "drafted": _("The right holder completes and sends the notice."),
    "submitted": _("The platform accepts the notice, or refuses it with reasons."),
    "rejected": _("The right holder mends the notice and sends it again."),
    "accepted": _("The platform takes measures in time."),
    "measures_taken": _("The platform forwards the notice to the seller in time."),
    "forwarded_to_seller": _("The seller may file a counter-statement; the measures stay meanwhile."),
    "declaration_received": _("The platform forwards the counter-statement to the right holder."),
    "forwarded_to_holder": _("The right holder confirms receipt, which starts the fifteen days."),
    "waiting": _(
        "The right holder complains or sues before the period ends; otherwise the platform ends the measures."
    ),
    "expired": _("The platform ends the measures in time."),
    "holder_acted": _("Nothing: the measures stay until the authority or the court decides."),
    "measures_ended": _("Nothing: the links are restored."),
    "withdrawn": _("Nothing: the notice was withdrawn."),
}
#: history verbs that are no transition
OTHER_STEPS = {
    "draft": _("Drafted"),
    "edit": _("Draft changed"),
    "exclude_days": _("Days left out of the waiting period"),
}
