"""Who acts: organisations of every kind, their members, acting capacities, API clients and sign-in.

Policy: a sign-in (``User``) is not an actor. A member of an organisation acts in one capacity at a time, chosen in the
top bar, and everything done is recorded under the member's opaque id and that capacity. There is no public sign-up; an
administrator of the organisation adds members. Demo members are flagged, and a node that has any is not served beyond
this machine. Public: ``actors.Actor``, ``services`` (add_organisation, add_member, add_api_client, act_as, …).
"""
