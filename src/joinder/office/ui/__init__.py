"""The look and the frame: design tokens, components, base templates, keys, the desk.

Policy: every page works without JavaScript; no inline script or style and no expression in any attribute; colours and
sizes come from the tokens alone; colour is never the only sign; what a machine suspects looks different from what a
person decided. Public: ``{% load ui %}`` (the component tags), ``components`` (their data), ``desk.register`` and
``navigation.register`` (how an app appears on the desk and in the side bar), ``lists.Listing`` (a paged list).
"""
