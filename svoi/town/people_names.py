"""What simulated people are called: every name says that nobody stands behind it."""

NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Зоя", "Иван", "Кира", "Лев", "Майя", "Олег")


def person_name(number: int) -> str:
    """The name of an account."""
    return f"{NAMES[number % len(NAMES)]} {number} (simulated)"
