"""What was written, read: text becomes plain values, and nothing is saved.

sentences.py   where a sentence ends
dates.py       days and times as people write them
roles.py       which body a role belongs to, and what it is called in short
cast.py        who was there and by which names they are spoken of
speech.py      who says what, of which kind, in a paragraph
promises.py    who owns an action and when it is due
headings.py    what an item is about, by its title
lines.py       what somebody types in one box while people talk
"""
