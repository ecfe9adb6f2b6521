"""The sentences of the command, in both languages, and the lines about schemes in Russian."""

from __future__ import annotations

import os
from typing import Any

LANGUAGES = ("en", "ru")

SENTENCES: dict[str, tuple[str, str]] = {
    "attacks": ("Attacks: what a detector must find", "Атаки: их детектор должен найти"),
    "look_alikes": ("Look-alikes: honest, to be left alone", "Двойники: честные, их трогать нельзя"),
    "playable": ("* can be played at a running shop, too", "* можно сыграть и в работающем магазине"),
    "day_written": ("day {day} of {days}: {rows} facts", "день {day} из {days}: фактов {rows}"),
    "written": (
        "{facts} facts of {people} simulated people over {days} days are in {where}.",
        "Фактов: {facts}, симулированных людей: {people}, дней: {days}. Записано: {where}.",
    ),
    "a_town_is_there": ("There is a town in {where} already.", "В {where} уже лежит город."),
    "where_to": (
        "Say where to: --out FOLDER, --out - with --format copy, or --database ADDRESS.",
        "Скажите, куда: --out ПАПКА, --out - вместе с --format copy или --database АДРЕС.",
    ),
    "playing": ("{left_s} s left; so far: {told}", "осталось {left_s} с; пока: {told}"),
    "outcome": ("what", "что"),
    "accepted": ("accepted", "принято"),
    "refused": ("refused", "отказ"),
    "limited": ("limited", "не так быстро"),
    "failed": ("failed", "не вышло"),
    "sent": ("sent", "отправлено"),
    "reasons": ("Why not:", "Почему нет:"),
    "viewers": (
        "Lines open at most: {lines}; viewers the room counted at most: {counted}.",
        "Соединений самое большее: {lines}; засчитанных комнатой зрителей самое большее: {counted}.",
    ),
    "out_of_bounds": (
        "At most {people} people and {minutes:g} minutes, and at least one of each.",
        "Не больше {people} человек и {minutes:g} минут, и хотя бы по одному.",
    ),
    "no_such_scheme": ("There is no scheme {scheme}. Known: {known}.", "Нет схемы {scheme}. Известны: {known}."),
    "no_door_yet": (
        "The house has no door for {scheme} yet. It can be made, and these can be played: {known}.",
        "Для {scheme} в доме пока нет двери. Её можно записать, а сыграть можно: {known}.",
    ),
    "remote_host": (
        "{host} is not this machine. Say --allow-remote-host if you mean it.",
        "{host} — не эта машина. Если так и задумано, добавьте --allow-remote-host.",
    ),
    "not_a_demo": (
        "{url} is not a demo: simulated people would stand among real ones. Say --allow-real-shop if you mean it.",
        "{url} — не демо: симулированные люди встанут рядом с настоящими. Если так задумано: --allow-real-shop.",
    ),
    "nobody_answers": ("Nobody answers at {url}.", "По адресу {url} никто не отвечает."),
    "nothing_on_air": (
        "No show is on air. Wait for one, or film your own with --film.",
        "Эфира сейчас нет. Дождитесь его или снимите свой: --film.",
    ),
    "empty_tray": ("Show {show} has nothing in its tray.", "В подборке эфира {show} ничего нет."),
    "no_such_show": ("There is no show {show}.", "Эфира {show} нет."),
    "show_has_begun": (
        "Show {show} has begun already; a show is rehearsed before it.",
        "Эфир {show} уже начался; репетируют до эфира.",
    ),
    "no_rehearsal_here": (
        "This house is no rehearsal; nothing was written. Use bin/svoi rehearse SHOW.",
        "Этот дом не для репетиции; ничего не записано. Команда: bin/svoi rehearse ЭФИР.",
    ),
    "nothing_packed": ("Nothing came to be opened.", "Открывать нечего."),
    "somebody_lives_here": (
        "Somebody lives in this house already; nothing was written.",
        "В этом доме уже кто-то живёт; ничего не записано.",
    ),
    "not_on_air_in_time": (
        "The show did not go on air within {minutes:g} minutes.",
        "Эфир не начался за {minutes:g} минут.",
    ),
    "crew_stopped": (
        "The crew could not put its show on air: it stopped at “{where}”.",
        "Команда не смогла выйти в эфир: остановилась на шаге «{where}».",
    ),
    "crew_password": (
        "--film needs --crew and --password of somebody who may run shows.",
        "Для --film нужны --crew и --password того, кто может вести эфиры.",
    ),
    "stopped": ("Stopped.", "Остановлено."),
}

LINES_RU: dict[str, str] = {
    "lockstep": "аккаунты действуют на одних и тех же целях в одном окне времени",
    "camouflage": "то же в ногу, но под слоем обычных действий на популярном",
    "drip": "те же аккаунты и цели неделями, не чаще раза в день каждый",
    "throwaways": "новые аккаунты действуют один раз на одной цели и исчезают",
    "framing": "грубая накрутка в пользу соперницы, чтобы наказали её",
    "paid_people": "живые люди со своих телефонов выполняют оплаченное задание и возвращают купленное",
    "bought_accounts": "спящие аккаунты меняют хозяев, телефоны и сети, а потом идут в ногу",
    "brushing": "свои заказы на чужие имена: оплачены, не забраны, деньги вернулись",
    "fake_viewers": "ферма телефонов: записанные отметки просмотра, ни сердец, ни слов, ни заказов",
    "review_rings": "покупают друг у друга, хвалят на пять звёзд и возвращают",
    "vouch_rings": "новые аккаунты ручаются друг за друга",
    "report_brigades": "толпой жалуются на одного честного автора",
    "jury_capture": "блок присяжных голосует заодно и оправдывает своих",
    "envelope_sybils": "много аккаунтов на немногих телефонах хватают доли гостинца",
    "self_dealing": "организатор добирает закупку своими аккаунтами",
    "threshold_probing": "нащупывают пределы и держатся чуть ниже",
    "insider_edits": "рука изнутри добавляет продажи к счётчику, а фактов за ними нет",
    "raid": "рассылка приводит толпу к одному и тому же за минуты",
    "flash_sale": "акция в эфире: один товар заказывают многие за минуты",
    "raffle": "розыгрыш: все по условиям делают одно и то же, среди них новички",
    "classroom": "новички из одной сети вместе регистрируются и читают одно и то же",
    "office": "коллеги за одним адресом в обед смотрят, что кто-то показал, и заказывают к одной точке",
    "family": "одна семья, одна карта, один планшет, одна точка: заказывают в одни вечера и забирают вместе",
    "group_buy": "закупка: все берут один товар, платят и забирают в одни дни",
    "fandom": "одни и те же люди день за днём приходят на те же эфиры и истории",
}


def language_of_terminal() -> str:
    """Russian where the terminal's own settings are Russian, else English."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ru" if told.lower().startswith("ru") else "en"


class Words:
    """The sentences in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def say(self, sentence: str, **facts: Any) -> str:
        return SENTENCES[sentence][self._column].format(**facts)

    def line(self, name: str, english: str) -> str:
        """What a scheme is."""
        return LINES_RU[name] if self.language == "ru" else english
