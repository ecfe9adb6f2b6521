"""The calendar of the conveyor: which show is made where, by whom, with what, and who was asked."""
