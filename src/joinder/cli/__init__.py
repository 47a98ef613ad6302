"""The command line: the same verbs as the engines and the office, as ``joinder <noun> <verb>``.

``main`` finds a noun's module only when it is asked for, so that ``joinder detect`` never loads Django. Results go to
stdout (``--json`` for machines), messages and progress to stderr. Exit codes: 0 done, 1 failed or a negative verdict,
2 usage, 3 undecided or incomplete, 4 not built yet. A noun's module is thin: it parses, calls, and prints.
"""
