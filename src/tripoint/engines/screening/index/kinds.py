"""The kinds of keys as one table: what each is made of, and the weight of a record that shares it.

Weights are handed to compiled functions and may change freely; who changes numbers must touch filing.py as well, or
what was compiled before stays in use.
"""

import numpy as np

# The kinds of keys by number, each with its weight: what it adds to a record that shares it.
KINDS = (
    ("document", 400),  # a document number with confusions of letters and digits removed
    ("whole", 160),  # all words as spelt, in any order
    ("bag", 130),  # the consonants of all of three or more words, in any order
    ("line", 110),  # the consonants of the whole name in one row: survives other cuts into words
    ("line_slip", 60),  # the same with one consonant left out
    ("pair", 100),  # the consonants of two words in either order; also of neighbours written together
    ("spelt", 60),  # two words as spelt, in either order: for short ones with few consonants
    ("slip", 45),  # the consonants of two words, one of them without one of its own
    ("part", 40),  # the consonants of one word with the first or the last two of another
    ("first", 20),  # the consonants of one word with the first of another: for initials
    ("year", 80),  # the consonants of a word with the year of birth
    ("near", 50),  # the same with the year before or after (questions only; filed as year)
    ("firsts", 30),  # the first consonants of two words with the year of birth
    ("born", 60),  # a full date of birth with the first consonant of a word
    ("word", 40),  # a word as spelt
    ("bones", 30),  # the consonants of a word
    ("one_slip", 15),  # the consonants of a long word without one of them
    ("kin", 70),  # the consonants of one word with a group of given names that another is in: Bill for William
    ("coarse", 25),  # two words in either order by what scripts of syllables leave of their consonants
    ("ref", 0),  # the reference of a record: how the writer finds it again
)
WEIGHTS = np.array([weight for _, weight in KINDS], dtype=np.int32)
WEIGHTS.flags.writeable = False
DOCUMENT, WHOLE, BAG, LINE, LINE_SLIP, PAIR, SPELT, SLIP, PART, FIRST = range(10)
YEAR, NEAR, FIRSTS, BORN, WORD, BONES, ONE_SLIP, KIN, COARSE, REF = range(10, 20)
