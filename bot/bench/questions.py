"""A conversation of eight questions, for the bots that this build is measured with."""

QUESTIONS = (
    ("Where would you like to begin?", ("At the start", "In the middle")),
    ("How do you travel most days?", ("On foot", "By bus", "By car")),
    ("Which time of day suits you best?", ("Morning", "Noon", "Evening", "Night")),
    ("Do you read on paper or on a screen?", ("Paper", "Screen", "Both")),
    ("What would you take on a long walk?", ("Water", "A map", "A friend")),
    ("Is the sea near where you live?", ("Yes", "No")),
    ("How many plants do you keep?", ("None", "One or two", "More")),
    ("Would you answer all this again?", ("Yes", "No", "Perhaps")),
)
