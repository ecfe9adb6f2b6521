"""What the shop's other commands say, in English and in Russian: stock, tokens, search, export."""

from __future__ import annotations

SENTENCES = {
    "reading_counts": ("Reading the counts", "Читаю остатки"),
    "stock_done": (
        "{rows} rows: {changed} changed a stock, {same} said what was known, {refused} refused.",
        "Строк: {rows}. Остаток изменили: {changed}, уже известны: {same}, отклонено: {refused}.",
    ),
    "refused_rows": ("Refused rows:", "Отклонённые строки:"),
    "row": ("line {place}", "строка {place}"),
    "token_issued": (
        "Token {id} for “{name}” in {community}. It is shown once and kept nowhere; put it where the program reads it:",
        "Ключ {id} для «{name}» в {community}. Показан один раз и нигде не хранится; отдайте его программе:",
    ),
    "token_revoked": (
        "Token {id} (“{name}”) opens nothing any more.",
        "Ключ {id} («{name}») больше ничего не открывает.",
    ),
    "token_not_found": ("{community} has no token {id}.", "В {community} нет ключа {id}."),
    "token_name_missing": ("Name the program: issue-token NAME.", "Назовите программу: issue-token ИМЯ."),
    "indexing": ("Reading the products", "Читаю товары"),
    "search_done": (
        "{community}: {products} products read anew, {words} words known.",
        "{community}: заново прочитано товаров {products}, известно слов {words}.",
    ),
    "recount_no_show": ("There is no show {show}.", "Эфира {show} нет."),
    "recount_show_not_over": (
        "The show is not over; its numbers are live. Nothing was changed.",
        "Эфир ещё не окончен, его числа живые. Ничего не изменено.",
    ),
    "recount_recount_too_late": (
        "The traces of this show were dropped after 90 days, so it cannot be counted anew. Nothing was changed.",
        "Следы этого эфира через 90 дней стёрты, поэтому пересчитать его нельзя. Ничего не изменено.",
    ),
    "recount_limit_unknown": (
        "There is no limit {name}, or it cannot have this value. Nothing was changed.",
        "Предела {name} нет, или такого значения у него быть не может. Ничего не изменено.",
    ),
    "recount_viewers": (
        "Viewers: {before} before, {after} now, of {raw}.",
        "Зрители: было {before}, стало {after} из {raw}.",
    ),
    "recount_peak": ("Peak: {before} before, {after} now, of {raw}.", "Пик: было {before}, стало {after} из {raw}."),
    "recount_reactions": (
        "Reactions: {before} before, {after} now, of {raw}.",
        "Реакции: было {before}, стало {after} из {raw}.",
    ),
    "recount_messages": (
        "Messages: {before} before, {after} now, of {raw}.",
        "Сообщения: было {before}, стало {after} из {raw}.",
    ),
    "recount_of_viewers": ("viewers", "зрители"),
    "recount_of_reactions": ("reactions", "реакции"),
    "recount_of_messages": ("messages", "сообщения"),
    "recount_tried": (
        "Tried only: what is shown of show {show} stays as it is.",
        "Только примерка: то, что показано об эфире {show}, осталось как было.",
    ),
    "recount_done": (
        "Written down; what is shown of show {show} follows it.",
        "Записано; показанное об эфире {show} теперь такое.",
    ),
    "exporting": ("Writing the feed", "Пишу фид"),
    "export_done": ("{offers} offers written.", "Записано предложений: {offers}."),
    "export_left_out": (
        "{count} without an id or a name were left out.",
        "Без id или названия пропущено: {count}.",
    ),
    "export_unbacked": (
        "Old prices left out, since a lower one was asked in the 30 days before, or none: {count}.",
        "Старых цен пропущено: {count}. За 30 дней до скидки цена была ниже, или её не было вовсе.",
    ),
    "cannot_write": ("{file} cannot be written: {why}.", "Файл {file} записать нельзя: {why}."),
    "stopped_midway": (
        "Stopped. What was taken so far stays; the same list may be taken again.",
        "Остановлено. Что уже принято, остаётся; тот же список можно загрузить ещё раз.",
    ),
}

# Why a row of counts was refused.
ROWS = {
    "no_code": ("no code", "нет кода"),
    "code_too_long": ("the code is too long: {detail}", "код слишком длинный: {detail}"),
    "bad_count": ("the count is not a whole number: {detail}", "количество не целое число: {detail}"),
    "too_few_columns": ("a code and a count are wanted: {detail}", "нужны код и количество: {detail}"),
    "line_too_long": ("the line is too long", "строка слишком длинная"),
    "unknown_code": ("nothing here has the code {detail}", "ни у чего здесь нет кода {detail}"),
    "ambiguous_code": ("several things have the code {detail}", "код {detail} сразу у нескольких товаров"),
    "repeated_code": ("the code {detail} was counted above", "код {detail} уже был выше"),
}

# Why a whole list of counts was refused.
LISTS = {
    "empty": ("it is empty", "он пуст"),
    "encoding": ("save it as CSV in UTF-8 or windows-1251", "сохраните его как CSV в UTF-8 или windows-1251"),
    "too_many": ("it has more than {most} rows", "в нём больше {most} строк"),
}
LIST_REFUSED = ("The list of counts was not taken: {why}.", "Список остатков не принят: {why}.")
