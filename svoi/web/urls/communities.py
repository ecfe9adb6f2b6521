"""Home, communities and their catalogue."""

from django.urls import path

from svoi.web.views import communities, home, invitations, people, products, shelf_orders

urlpatterns = [
    path("", home.home, name="home"),
    path("c/<slug:slug>/", communities.community, name="community"),
    path("c/<slug:slug>/memberships", communities.memberships, name="memberships"),
    path("c/<slug:slug>/departures", communities.departures, name="departures"),
    path("c/<slug:slug>/people", people.people, name="people"),
    path("c/<slug:slug>/roles", people.roles, name="roles"),
    path("c/<slug:slug>/invitations", people.invitations, name="invitations"),
    path(
        "c/<slug:slug>/invitations/<int:invitation_id>/withdrawn",
        people.withdrawn_invitation,
        name="withdrawn-invitation",
    ),
    path("c/<slug:slug>/products/", products.shelf_page, name="products"),
    path("c/<slug:slug>/products/<int:product_id>/", products.product, name="product"),
    path("c/<slug:slug>/products/<int:product_id>/orders", shelf_orders.shelf_orders, name="shelf-orders"),
    path("invitations/<str:token>", invitations.invitation, name="invitation"),
]
