"""The addresses of a pickup point's counter."""

from django.urls import path

from svoi.studio.views import parcels, points

urlpatterns = [
    path("", points.points, name="studio_points"),
    path("<int:point_id>/", points.counter, name="studio_counter"),
    path("<int:point_id>/workers", points.workers, name="studio_point_workers"),
    path("<int:point_id>/workers/<int:member_id>/gone", points.worker_gone, name="studio_point_worker_gone"),
    path("<int:point_id>/parcels/<int:parcel_id>/", parcels.parcel, name="studio_parcel"),
    path("<int:point_id>/parcels/<int:parcel_id>/arrival", parcels.arrival, name="studio_parcel_arrival"),
    path("<int:point_id>/parcels/<int:parcel_id>/hand-over", parcels.handing, name="studio_parcel_hand_over"),
    path("<int:point_id>/parcels/<int:parcel_id>/giving-back", parcels.giving_back, name="studio_parcel_back"),
    path("<int:point_id>/parcels/<int:parcel_id>/returns", parcels.returns, name="studio_parcel_returns"),
]
