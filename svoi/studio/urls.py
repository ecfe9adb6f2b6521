"""The crew's addresses: nouns, where a verb becomes a resource."""

from django.urls import include, path

from svoi.studio.views import airing, chat, console, flash, listing, tray

urlpatterns = [
    path("", listing.home, name="studio"),
    path("points/", include("svoi.studio.point_urls")),
    path("", include("svoi.studio.planning_urls")),
    path("<slug:slug>/shows", listing.plan, name="studio_plan"),
    path("shows/<int:show_id>/", console.console, name="studio_console"),
    path("shows/<int:show_id>/strip", console.strip, name="studio_strip"),
    path("shows/<int:show_id>/signal", console.signal, name="studio_signal"),
    path("shows/<int:show_id>/air", airing.air, name="studio_air"),
    path("shows/<int:show_id>/key", airing.key, name="studio_key"),
    path("shows/<int:show_id>/start", airing.start, name="studio_start"),
    path("shows/<int:show_id>/end", airing.end, name="studio_end"),
    path("shows/<int:show_id>/break", airing.break_, name="studio_break"),
    path("shows/<int:show_id>/pin", tray.pin, name="studio_pin"),
    path("shows/<int:show_id>/choice", tray.choice, name="studio_choice"),
    path("shows/<int:show_id>/tray", tray.tray, name="studio_tray"),
    path("shows/<int:show_id>/tray/<int:product_id>", tray.item, name="studio_tray_item"),
    path("shows/<int:show_id>/messages", chat.messages, name="studio_messages"),
    path("shows/<int:show_id>/messages/<int:message_id>/hidden", chat.hidden, name="studio_hidden"),
    path("shows/<int:show_id>/mutes", chat.mutes, name="studio_mutes"),
    path("shows/<int:show_id>/policy", chat.policy, name="studio_policy"),
    path("shows/<int:show_id>/flash", flash.flash, name="studio_flash"),
    path("shows/<int:show_id>/flash/form", flash.form, name="studio_flash_form"),
    path("shows/<int:show_id>/flash/<int:deal_id>", flash.deal, name="studio_flash_deal"),
    path("shows/<int:show_id>/flash/<int:deal_id>/firing", flash.firing, name="studio_flash_firing"),
    path("", include("svoi.studio.control_urls")),
    path("", include("svoi.studio.rundown_urls")),
    path("shows/<int:show_id>/camera", include("svoi.studio.camera_urls")),
    path("<slug:slug>/", include("svoi.studio.shop_urls")),
    path("<slug:slug>/", include("svoi.studio.count_urls")),
    path("", include("svoi.studio.envelope_urls")),
    path("", include("svoi.studio.replay_urls")),
]
