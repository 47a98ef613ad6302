"""The steps of set-up, one file each, standard library only.

`system` looks for programs and fonts and installs them where it may; `environments` makes the virtual
environments from the lock files; `assets` finds Node and builds the browser assets; `catalogues` compiles the
translations. `steps` is what they share: messages, stamps, running a program, the lock against a second set-up.
"""
