"""The cart, checkout, orders, pickup points and the demo bank."""

from django.urls import path

from svoi.web.views import benefits, carts, checkouts, fake_bank, orders, pickup, returns

urlpatterns = [
    path("cart", carts.carts, name="carts"),
    path("c/<slug:slug>/cart", carts.cart, name="cart"),
    path("c/<slug:slug>/cart/lines", carts.cart_lines, name="cart_lines"),
    path("c/<slug:slug>/cart/lines/<int:variant_id>", carts.cart_line, name="cart_line"),
    path("c/<slug:slug>/checkout", checkouts.checkout, name="checkout"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/payment", orders.payment, name="order_payment"),
    path("orders/<str:number>/payments", orders.payments, name="order_payments"),
    path("orders/<str:number>/cancellation", orders.cancellation, name="order_cancellation"),
    path("orders/<str:number>/extension", orders.extension, name="order_extension"),
    path("orders/<str:number>/withdrawal", orders.withdrawal, name="order_withdrawal"),
    path("orders/<str:number>/returns", returns.returns, name="order_returns"),
    path("orders/<str:number>/returns/<int:return_id>/dropped", returns.dropped, name="dropped_return"),
    path("points/", benefits.wallets, name="my-wallets"),
    path("c/<slug:slug>/points/", benefits.statement, name="my-points"),
    path("c/<slug:slug>/points/rules", benefits.rules, name="points-rules"),
    path("pickup-points", pickup.points, name="pickup_points"),
    path("pickup-points.json", pickup.points_on_map, name="points_on_map"),
    path("fake-bank/<uuid:bank_id>/", fake_bank.page, name="fake_bank"),
]
