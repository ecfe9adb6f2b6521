"""Refusals about products, orders, money and pickup points."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import FORBIDDEN, TOO_FAST, UNREADABLE, Words

WORDS: dict[str, Words] = {
    # Catalogue
    "out_of_stock": Words(
        _("There is not enough left"),
        _("Left in stock: {left}. Take fewer pieces or choose another variant. No money was taken."),
    ),
    "no_longer_sold": Words(_("This product is no longer sold"), _("Nothing was ordered. Look at what else there is.")),
    "quantity_out_of_range": Words(
        _("From 1 to {most} pieces can be ordered at once"), _("Change the quantity."), UNREADABLE
    ),
    "price_out_of_range": Words(
        _("This price cannot be asked"),
        _("It is more than nothing, at most {most}, and an old price is higher than the new one."),
        UNREADABLE,
    ),
    "feed_refused": Words(_("The feed was not taken"), _("Nothing of it came in. Reason: {reason}."), UNREADABLE),
    "stock_list_refused": Words(
        _("The list of counts was not taken"),
        _("It has to be a list of codes and counts. Reason: {reason}."),
        UNREADABLE,
    ),
    "token_unknown": Words(
        _("No program of this shop knocks like that"),
        _("Send the header “Authorization: Bearer …” with a token that was issued and not revoked."),
        401,
    ),
    "scope_missing": Words(
        _("This program may not do that"), _("Issue it a token with the scope “{scope}”."), FORBIDDEN
    ),
    "calls_too_many": Words(
        _("Too many calls within a minute"), _("At most {most} are answered. Wait {wait}, then call again."), TOO_FAST
    ),
    "token_name_missing": Words(
        _("The program has no name"), _("Name it, so that you know later which one to stop."), UNREADABLE
    ),
    "scope_unknown": Words(_("There is no such scope"), _("Choose from the list."), UNREADABLE),
    "goods_name_missing": Words(_("A name is missing"), _("Write how it is called in the shop."), UNREADABLE),
    "words_too_long": Words(_("This text is too long"), _("At most {most} characters are kept."), UNREADABLE),
    "import_under_way": Words(_("Another import is under way"), _("Wait until it ends, then start yours.")),
    # Orders
    "price_moved": Words(
        _("The price has changed while you were looking"),
        _("You saw {shown}, now it is {offered}. Nothing was ordered; decide again."),
    ),
    "allotment_sold_out": Words(
        _("This show's share is sold out"),
        _(
            "Left of it: {left}. Take fewer pieces, or take it out of the cart and look at the product's own page: the "
            "shop may have more. No money was taken."
        ),
    ),
    "key_reused": Words(
        _("This page has already made an order"), _("Open your orders to see it, or open the product afresh.")
    ),
    "sent_before": Words(
        _("This page has already sent something else"), _("It was done once. Open the page afresh to send another.")
    ),
    "order_closed": Words(_("This order can no longer be changed"), _("It is already paid or cancelled.")),
    "buying_too_fast": Words(
        _("You have too many unpaid orders"),
        _("There are {open_orders} of them. Pay or cancel one, then go on."),
        TOO_FAST,
    ),
    "basket_empty": Words(_("There is nothing to order"), _("Put something into the cart first."), UNREADABLE),
    "cart_full": Words(_("The cart is full"), _("It takes {most} different things. Order some of them, then go on.")),
    "extended_enough": Words(
        _("The time cannot be extended any more"), _("It was extended {most} times. Pay now, or order afresh later.")
    ),
    "order_not_paid": Words(
        _("The order cannot go on like that"), _("It is not paid, or it is over already. Look at where it stands.")
    ),
    "already_sent": Words(
        _("The parcel is on its way already"),
        _("Leave it at the point, and the money comes back by itself; or collect it and return it."),
    ),
    "nothing_to_return": Words(
        _("This cannot be returned"),
        _("Choose things that you have collected and not given back yet, and a reason."),
        UNREADABLE,
    ),
    "return_too_late": Words(
        _("The days to change your mind are over"),
        _("They ended on {until}. If something is wrong with the goods, choose that reason."),
    ),
    "return_closed": Words(_("This return is decided already"), _("Look at what became of it; nothing was changed.")),
    "return_is_right": Words(
        _("This return cannot be declined"), _("It was asked for within the days the law gives the buyer.")
    ),
    "return_unworded": Words(
        _("A reason is missing"),
        _("Tell the buyer in words why not, in {length_max} letters at most."),
        UNREADABLE,
    ),
    "choice_out_of_range": Words(
        _("From 1 to {most} orders can be taken on at once"), _("Choose some of the list."), UNREADABLE
    ),
    "verb_unknown": Words(_("There is no such thing to do"), _("Choose one of those offered."), UNREADABLE),
    # Payments
    "payments_closed": Words(
        _("This shop does not take payments yet"),
        _("Nothing was ordered. The shop has to choose how it is paid first."),
    ),
    "amount_differs": Words(
        _("The bank named another sum"), _("The payment was stopped. You owe nothing; please try once more.")
    ),
    "payment_unknown": Words(_("There is no such payment"), _("Open the order and start the payment from there."), 404),
    "provider_away": Words(
        _("The bank does not answer"),
        _("The order is kept and we ask again by ourselves. You will not be charged twice."),
        424,
    ),
    "provider_refused": Words(
        _("The bank will not do this"), _("Nothing was changed. The shop's people can see the reason: {reason}.")
    ),
    "method_unknown": Words(_("There is no such way to pay"), _("Choose one of those offered."), UNREADABLE),
    "hold_needs_card": Words(
        _("Only a card's money can be held"), _("Choose a card, or another kind of purchase."), UNREADABLE
    ),
    "not_held": Words(
        _("This money is not held any more"), _("It was taken already, or let go. Open the page afresh.")
    ),
    "capture_decided": Words(
        _("It was already decided what becomes of this money"), _("Open the page afresh to see how.")
    ),
    "capture_too_large": Words(_("More cannot be taken than is held"), _("At most {held} can be taken."), UNREADABLE),
    "nothing_paid": Words(_("Nothing was paid for this"), _("There is nothing to give back.")),
    "refund_too_large": Words(_("More cannot go back than was paid"), _("At most {left} can go back."), UNREADABLE),
    "refund_differs": Words(
        _("This page has already made another refund"), _("Open the order afresh to see what goes back.")
    ),
    "refund_not_failed": Words(_("This money is not waiting to go back anew"), _("Open the order afresh to see why.")),
    "receipt_not_failed": Words(
        _("This receipt is not waiting to be printed anew"), _("Open the order afresh to see how far it is.")
    ),
    "payment_differs": Words(
        _("This page has already asked for another sum"), _("Open the order afresh to see what is to be paid.")
    ),
    "receipt_impossible": Words(
        _("The lines do not make up the receipt's sum"),
        _("Nothing was changed. Check quantities and prices."),
        UNREADABLE,
    ),
    # Ledger
    "transfer_differs": Words(
        _("This was booked already, with another amount"),
        _("Nothing was moved. Open the page afresh to see what it says."),
    ),
    "account_short": Words(_("There is not that much left"), _("{left} is left. Nothing was moved.")),
    "currency_differs": Words(_("The account is kept in another currency"), _("Nothing was moved.")),
    "hold_unknown": Words(_("Nothing is held here"), _("Nothing was moved. Open the page afresh."), 404),
    "hold_over": Words(_("What was held is already settled"), _("Open the page afresh to see how.")),
    "more_than_held": Words(_("Less than that is held"), _("Nothing was moved. Take a smaller amount.")),
    # Points
    "points_short": Words(
        _("You do not have that many points"), _("Free points: {have}. Nothing was ordered; take fewer."), UNREADABLE
    ),
    "points_over_share": Words(
        _("Points cannot pay that much of this order"),
        _("They pay up to {percent}% and leave something to pay in money: {most} at most. Nothing was ordered."),
        UNREADABLE,
    ),
    "budget_short": Words(
        _("There is not that much in the budget"), _("Not given to anybody yet: {have}. Nothing was moved.")
    ),
    "budget_change_out_of_range": Words(
        _("The budget cannot change by that much"), _("It changes by 1 to {most} whole points at once."), UNREADABLE
    ),
    "budget_unworded": Words(
        _("Say why the budget changes"), _("It stays on record; {length_max} letters at most."), UNREADABLE
    ),
    "policy_out_of_range": Words(
        _("Such rules of points cannot be kept"),
        _("Earning: up to {earn_max}%. Spending: up to {spend_max}%. Life: up to {days_max} days, 0 for good."),
        UNREADABLE,
    ),
    # Pickup
    "points_refused": Words(
        _("The list of pickup points was not taken"), _("Nothing of it came in. Reason: {reason}."), UNREADABLE
    ),
    "carrier_speaks": Words(
        _("A carrier's point is described by the carrier"), _("Change it there; the next list brings it here.")
    ),
    "point_closed": Words(
        _("This pickup point no longer takes parcels"), _("Choose another one from the list. Nothing was ordered.")
    ),
    "parcel_unknown": Words(_("There is no such parcel"), _("Look for it by the number of the order."), 404),
    "parcel_elsewhere": Words(_("This parcel is for another point"), _("It is collected at: {point}.")),
    "parcel_not_here": Words(
        _("This parcel has not arrived yet"), _("If it lies before you, receive it first, then hand it over.")
    ),
    "already_handed_over": Words(
        _("This parcel was already handed over"), _("Its code is spent. Do not hand anything over a second time.")
    ),
    "storage_over": Words(_("The days of storage are over"), _("The parcel goes back; the buyer gets the money back.")),
    "code_wrong": Words(
        _("This is not the code of this parcel"),
        _("Ask to read it out once more. Tries left before a pause: {tries_left}."),
        UNREADABLE,
    ),
    "code_locked": Words(_("Too many wrong codes"), _("Codes rest {wait}. The parcel stays where it is."), TOO_FAST),
    "not_handed_over": Words(
        _("This parcel was not handed over, so nothing of it can be returned"), _("Check the number of the order.")
    ),
    "nothing_to_give_back": Words(
        _("This parcel still waits for its buyer"), _("Give it back only when its days are over.")
    ),
    "subject_elsewhere": Words(
        _("A parcel of this order already goes to another point"), _("Nothing was changed. Open the order afresh.")
    ),
    "not_a_clerk": Words(
        _("Only a point worker can be called to a point"), _("An owner gives the role first, on the community page.")
    ),
    "carrier_away": Words(
        _("The carrier does not answer"), _("Nothing is lost; we ask again by ourselves a little later."), 424
    ),
    "carrier_refused": Words(_("The carrier said no"), _("Its reason: {reason}. Nothing was changed.")),
}
