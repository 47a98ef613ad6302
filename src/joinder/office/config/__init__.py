"""Where the office is put together: settings, addresses, the server and the one place where adapters are chosen.

Policy: everything comes from the node's ``joinder.toml``, its keys folder and the environment; loading the settings
writes nothing. Public: ``bootstrap.open_office(home)`` readies Django for a node, ``making.make_node(root)`` makes one,
``serving.serve(...)`` serves it.
"""
