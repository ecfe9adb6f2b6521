"""Yandex Market YML: the product feed Russian shops export (https://yandex.ru/support/marketplace/ru/assortment/auto/yml)."""
