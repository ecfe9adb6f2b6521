"""Flash deals: taking pieces, and the sheet that pays for them."""

from django.urls import path

from svoi.web.views import flash

urlpatterns = [
    path("flash/<int:deal_id>/claims", flash.claims, name="flash_claims"),
    path("flash/<int:deal_id>/sheet", flash.sheet, name="flash_sheet"),
    path("flash/<int:deal_id>/orders", flash.buy, name="flash_orders"),
    path("flash/<int:deal_id>/extension", flash.extension, name="flash_extension"),
]
