"""What the search for groups says, in English and in Russian."""

from __future__ import annotations

SENTENCES = {
    "groups_searched": (
        "{community}: {facts} facts of {days} days searched in {seconds} s, seed {seed}.",
        "{community}: просмотрено фактов: {facts}, дней: {days}, за {seconds} с, зерно {seed}.",
    ),
    "groups_none": ("No groups.", "Групп нет."),
    "groups_kept": (
        "Groups: {all}; not seen before: {new}. They are shown in the studio under “Honest count”.",
        "Групп: {all}; новых: {new}. Они видны в студии в разделе «Честный счёт».",
    ),
    "groups_dry": (
        "Groups: {all}. A dry run: nothing was kept but a note that it was made.",
        "Групп: {all}. Пробный поиск: сохранена только запись о нём.",
    ),
    "limit_only_tried": (
        "--alone takes from 1 to {most} nats, and only with --dry-run.",
        "--alone принимает от 1 до {most} нат и только вместе с --dry-run.",
    ),
    "searching_is_off": (
        "The rule is switched off in {community}; --dry-run searches without keeping anything.",
        "В {community} правило выключено; --dry-run ищет и ничего не сохраняет.",
    ),
    "too_many_facts": (
        "There are more than {most} facts in these days; take fewer with --days.",
        "За эти дни больше фактов, чем {most}; возьмите меньше дней: --days.",
    ),
    "window_unfit": ("Take from 1 to {days_max} days.", "Возьмите от 1 до {days_max} дней."),
}
