"""Tables of writing: how one text can be written in many ways, and how to undo that.

Everything here works character by character, so that each folded character knows the original
code point it came from and every finding can point back into the stored text.

- `fold`: NFKC, case, accents, invisible characters, traditional to simplified; TR39 confusables on request.
- `confusables`: the Unicode TR39 prototypes, plus the digit and sign spellings people use for letters.
- `hanzi`: which characters are Han, and their simplified form.
- `pinyin`: cached Mandarin readings, toneless syllables and a forgiving sound code.
- `shapes`: Han components (女+子 for 好) and look-alike characters.

The tables come from permissively licensed packages of the lock file (opencc, confusable-homoglyphs,
pypinyin), from glyphs of an installed font, or were written for this project.
"""
