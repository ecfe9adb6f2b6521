"""What the import commands say, in English and in Russian: a terminal speaks the language of its person."""

from __future__ import annotations

import os
from typing import Any

from svoi.jobs.management.commands import _shop_words, _trust_words

LANGUAGES = ("en", "ru")

SENTENCES = {
    "no_file": (
        "{file} cannot be read: {why}.",
        "Файл {file} прочитать нельзя: {why}.",
    ),
    "no_community": (
        "There is no community {slug}; there are: {known}.",
        "Сообщества {slug} нет; есть: {known}.",
    ),
    "which_community": (
        "Say which community it is for: --community {known}.",
        "Скажите, для какого сообщества: --community {known}.",
    ),
    "found_none": (
        "There is no community yet; found one first.",
        "Сообществ ещё нет; сначала создайте одно.",
    ),
    "import_under_way": (
        "Another import for {community} is under way; wait until it ends. Nothing was changed.",
        "Для {community} уже идёт другой импорт; дождитесь его конца. Ничего не изменено.",
    ),
    "stopped": ("Stopped. Nothing was changed.", "Остановлено. Ничего не изменено."),
    "reading": ("Reading the feed", "Читаю фид"),
    "pictures": ("Copying pictures", "Копирую картинки"),
    "merging": ("Updating the catalogue", "Обновляю каталог"),
    "megabytes": ("MB", "МБ"),
    "feed_done": (
        "{offers} offers: {created} new, {changed} changed, {withdrawn} withdrawn, {refused} refused.",
        "Предложений: {offers}. Новых: {created}, изменено: {changed}, снято: {withdrawn}, отклонено: {refused}.",
    ),
    "refused": ("Refused offers:", "Отклонённые предложения:"),
    "left_out": ("Taken, but without a piece:", "Приняты, но без части:"),
    "and_more": ("and {count} more", "и ещё {count}"),
    "no_id": ("(no id)", "(без id)"),
    "cdek_away": (
        "CDEK does not answer ({why}); try again later. Nothing was changed.",
        "СДЭК не отвечает ({why}); попробуйте позже. Ничего не изменено.",
    ),
    "cdek_refused": ("CDEK said no: {why}. Nothing was changed.", "СДЭК отказал: {why}. Ничего не изменено."),
    "cdek_not_set_up": (
        "Set SVOI_CDEK_ACCOUNT and SVOI_CDEK_PASSWORD first.",
        "Сначала задайте SVOI_CDEK_ACCOUNT и SVOI_CDEK_PASSWORD.",
    ),
    "file_or_city": (
        "Say either a file or --cdek and the number of a city.",
        "Назовите либо файл, либо --cdek и номер города.",
    ),
    "news_subscribed": ("CDEK tells its news to {address}.", "СДЭК сообщает новости по адресу {address}."),
    "points_done": (
        "{points} points: {created} new, {changed} changed, {closed} closed, {reopened} reopened.",
        "Точек: {points}. Новых: {created}, изменено: {changed}, закрыто: {closed}, снова открыто: {reopened}.",
    ),
}

# Why a whole feed was refused.
FEEDS = {
    "empty": ("the file is empty", "файл пуст"),
    "compressed_badly": ("the gzip file is damaged", "файл gzip повреждён"),
    "not_xml": ("it is not well-formed XML (line {line})", "это не правильный XML (строка {line})"),
    "truncated": ("the file breaks off before its end", "файл обрывается, не дойдя до конца"),
    "html_page": ("it is a web page, not a feed", "это веб-страница, а не фид"),
    "doctype": (
        "it carries a document type (DOCTYPE), through which files can be read and memory filled; feeds need none",
        "в нём есть тип документа (DOCTYPE), через который можно читать файлы и забить память; фиду он не нужен",
    ),
    "encoding": (
        "its encoding {encoding} is not read; save it as UTF-8 or windows-1251",
        "кодировка {encoding} не читается; сохраните его в UTF-8 или windows-1251",
    ),
    "not_a_feed": (
        "its root is <{root}>, and a YML feed begins with <yml_catalog>",
        "его корень — <{root}>, а фид YML начинается с <yml_catalog>",
    ),
    "too_large": ("it is larger than {bytes_max} bytes", "он больше {bytes_max} байт"),
    "element_too_large": (
        "something in it is longer than {bytes_max} bytes",
        "что-то в нём длиннее {bytes_max} байт",
    ),
    "too_many_offers": ("it has more than {most} offers", "в нём больше {most} предложений"),
    "too_many_categories": ("it has more than {most} categories", "в нём больше {most} категорий"),
    "no_offers": (
        "it has no sound offer, and would have emptied the shop (refused: {broken})",
        "в нём нет ни одного годного предложения, и витрина опустела бы (отклонено: {broken})",
    ),
}

# What is wrong with one offer, or was left out of it.
OFFERS = {
    "no_id": ("no id", "нет id"),
    "no_name": ("no name", "нет названия"),
    "no_price": ("no price", "нет цены"),
    "bad_price": ("the price is not a sum of money: {detail}", "цена не похожа на сумму: {detail}"),
    "bad_old_price": ("the old price is not a sum of money: {detail}", "старая цена не похожа на сумму: {detail}"),
    "bad_count": ("the count is not a whole number: {detail}", "количество не целое число: {detail}"),
    "currency_not_sold": ("sold in another currency: {detail}", "цена в другой валюте: {detail}"),
    "unknown_category": ("the feed names no category {detail}", "в фиде нет категории {detail}"),
    "duplicate_id": ("the id was already used above", "такой id уже был выше"),
    "too_long": ("too long: {detail}", "слишком длинно: {detail}"),
    "too_many_params": ("too many params: {detail}", "слишком много параметров: {detail}"),
    "group_too_large": ("too many offers in group {detail}", "слишком много предложений в группе {detail}"),
    "old_price_not_higher": ("the old price is not higher: {detail}", "старая цена не выше новой: {detail}"),
    "picture_address": ("not an address of a picture: {detail}", "не адрес картинки: {detail}"),
    "too_many_pictures": ("too many pictures: {detail}", "слишком много картинок: {detail}"),
    "picture_not_found": ("no such picture: {detail}", "нет такой картинки: {detail}"),
    "picture_outside": ("the picture is outside the feed's folder: {detail}", "картинка вне папки фида: {detail}"),
    "picture_too_large": ("the picture is too large: {detail}", "картинка слишком велика: {detail}"),
    "picture_kind": ("not a JPEG, PNG, WebP, AVIF or GIF: {detail}", "не JPEG, PNG, WebP, AVIF и не GIF: {detail}"),
}
# Why a list of pickup points was refused.
POINTS = {
    "not_a_list": ("it is not a JSON list of objects", "это не список объектов JSON"),
    "empty": ("it is empty, and would have closed every point", "он пуст, и закрылись бы все точки"),
    "too_many": ("it has more than {most} points", "в нём больше {most} точек"),
    "no_code": ("point {place} has no code", "у точки {place} нет кода"),
    "duplicate_code": ("the code {point} is used twice", "код {point} встречается дважды"),
    "code_of_another": (
        "the code {point} belongs to a point of another list",
        "код {point} принадлежит точке из другого списка",
    ),
    "not_a_table": (
        "it is not a table in UTF-8 or windows-1251 with a head line that has the column code",
        "это не таблица в UTF-8 или windows-1251, в заголовке которой есть колонка code",
    ),
    "missing": ("point {point} has no {field}", "у точки {point} нет поля {field}"),
    "too_long": ("{field} of point {point} is too long", "у точки {point} слишком длинное поле {field}"),
    "bad_value": ("{field} of point {point} makes no sense", "у точки {point} поле {field} не имеет смысла"),
}
POINTS_REFUSED = (
    "The list of points was not taken: {why}. Nothing was changed.",
    "Список точек не принят: {why}. Ничего не изменено.",
)
FEED_REFUSED = ("The feed was not taken: {why}. Nothing was changed.", "Фид не принят: {why}. Ничего не изменено.")


def language_of_terminal() -> str:
    """Russian where the terminal's own settings are Russian, else English."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ru" if said.lower().startswith("ru") else "en"


class Words:
    """The sentences in one language."""

    def __init__(self, language: str) -> None:
        self._column = LANGUAGES.index(language)

    def say(self, sentence: str, **facts: Any) -> str:
        told = {**SENTENCES, **_shop_words.SENTENCES, **_trust_words.SENTENCES}[sentence]
        return told[self._column].format(**facts)

    def feed_refused(self, facts: dict[str, Any]) -> str:
        why = FEEDS[facts["reason"]][self._column].format(**facts)
        return FEED_REFUSED[self._column].format(why=why)

    def points_refused(self, facts: dict[str, Any]) -> str:
        why = POINTS[facts["reason"]][self._column].format(**facts)
        return POINTS_REFUSED[self._column].format(why=why)

    def complaint(self, reason: str, detail: str) -> str:
        return OFFERS[reason][self._column].format(detail=detail)

    def list_refused(self, facts: dict[str, Any]) -> str:
        why = _shop_words.LISTS[facts["reason"]][self._column].format(**facts)
        return _shop_words.LIST_REFUSED[self._column].format(why=why)

    def row_refused(self, reason: str, detail: str) -> str:
        return _shop_words.ROWS[reason][self._column].format(detail=detail)
