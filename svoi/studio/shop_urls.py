"""The addresses of a shop's keeper, below the slug of her community."""

from django.urls import path

from svoi.studio.views import shop_benefits, shop_exports, shop_goods, shop_money, shop_orders, shop_places, shop_runs

urlpatterns = [
    path("orders/", shop_orders.listing, name="studio_orders"),
    path("orders/runs", shop_runs.ask, name="studio_runs"),
    path("orders/runs/<int:run_id>/", shop_runs.run, name="studio_run"),
    path("orders/<int:order_id>/", shop_orders.order, name="studio_order"),
    path("orders/<int:order_id>/packing", shop_orders.packing, name="studio_order_pack"),
    path("orders/<int:order_id>/sending", shop_orders.sending, name="studio_order_send"),
    path("orders/<int:order_id>/calling-off", shop_orders.calling_off, name="studio_order_call_off"),
    path("orders/<int:order_id>/returns/<int:return_id>", shop_orders.decision, name="studio_order_return"),
    path("orders/<int:order_id>/refunds/<int:refund_id>", shop_orders.refund_again, name="studio_order_refund"),
    path("orders/<int:order_id>/receipts/<int:receipt_id>", shop_orders.receipt_again, name="studio_order_receipt"),
    path("payments/", shop_money.payments, name="studio_payments"),
    path("refunds/", shop_money.refunds, name="studio_refunds"),
    path("returns/", shop_money.returns, name="studio_returns"),
    path("products/", shop_goods.products, name="studio_products"),
    path("products/counts", shop_goods.counts, name="studio_counts"),
    path("products/<int:product_id>/", shop_goods.product, name="studio_product"),
    path("products/<int:product_id>/variants/<int:variant_id>/price", shop_goods.price, name="studio_price"),
    path("products/<int:product_id>/variants/<int:variant_id>/count", shop_goods.count, name="studio_variant_count"),
    path("points/", shop_places.points, name="studio_shop_points"),
    path("budget/", shop_benefits.budget, name="studio_budget"),
    path("budget/changes", shop_benefits.change, name="studio_budget_changes"),
    path("budget/policy", shop_benefits.policy, name="studio_points_policy"),
    path("exports/<slug:name>.csv", shop_exports.export, name="studio_export"),
]
