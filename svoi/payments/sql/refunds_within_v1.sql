-- All refunds of a payment, but for those that failed, stay within what was taken.
-- The lock on the payment makes two refunds at one moment wait for each other.
create function svoi_refunds_within_v1() returns trigger language plpgsql as $$
declare
    taken bigint;
    going_back bigint;
begin
    select captured_minor into taken from svoi_payment where id = new.payment_id for no key update;
    select coalesce(sum(amount_minor), 0) into going_back
        from svoi_refund where payment_id = new.payment_id and state <> 'failed';
    if going_back > coalesce(taken, 0) then
        raise exception 'refunds of payment % exceed what was taken: % > %', new.payment_id, going_back, coalesce(taken, 0)
            using errcode = 'check_violation', constraint = 'refunds_within_payment';
    end if;
    return null;
end $$;

create trigger svoi_refunds_within
    after insert or update of amount_minor, state, payment_id on svoi_refund
    for each row execute function svoi_refunds_within_v1();
