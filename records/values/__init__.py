"""Values as they are printed on Chinese bank papers: money, days, numbers with check digits, names and labels.

Every function here takes any text and answers with a value or ``None``. ``None`` means "not read": nothing is guessed,
nothing is repaired, nothing is raised. What must be read and what must be refused is listed in documents.md §0.
"""
