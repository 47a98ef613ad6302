"""The office: a Django site around the engines, one app per noun of the trade.

Policy: pages, API and command line are three thin doors onto the same services; a service is one verb that checks,
acts, stores and writes the ledger in one transaction; whatever is shown passes ``visible_to(actor)``; nobody sees
anything by default. Everything adverse records who decided and why. Start reading at ``config`` (where adapters are
chosen), then ``people`` (who acts), ``ledger`` (what was done) and ``jobs`` (how work is carried out).
"""
