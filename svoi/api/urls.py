"""Doors for our own processes, for payment providers, and for whoever watches over the house."""

from django.urls import path

from svoi.api.views import carriers, feeds, health, media, payments, rooms, stock

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("internal/media/auth", media.auth),
    path("internal/media/online", media.online),
    path("internal/media/offline", media.offline),
    path("internal/media/refused", media.refusal),
    path("carriers/<slug:carrier>/<slug:secret>/notices", carriers.news, name="carrier_news"),
    path("internal/rooms/<int:show_id>", rooms.room),
    path("c/<slug:slug>/feeds/market.yml", feeds.feed, {"form": "yml"}, name="market_feed"),
    path("c/<slug:slug>/feeds/google.xml", feeds.feed, {"form": "google"}, name="google_feed"),
    path("api/stock", stock.stock, name="api_stock"),
    path("payments/<slug:provider>/notices", payments.notice, name="payment_notice"),
]
