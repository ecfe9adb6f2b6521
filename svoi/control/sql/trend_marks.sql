-- What the crew set off in a show, in order of time: its kind, when it began and ended, and what it was about.
-- Parameters: show_id, most. Every table is asked by its own index on the show.
select kind, began_at, ended_at, about_ru, about_en from (
  select 'pin' as kind, p.pinned_at as began_at, null::timestamptz as ended_at,
    g.name as about_ru, coalesce(nullif(g.name_en, ''), g.name) as about_en
  from svoi_pin p join svoi_product g on g.id = p.product_id where p.show_id = %(show_id)s
  union all
  select 'deal', f.fired_at, f.ends_at, g.name, coalesce(nullif(g.name_en, ''), g.name)
  from svoi_flashdeal d join svoi_flashfiring f on f.deal_id = d.id
  join svoi_variant v on v.id = d.variant_id join svoi_product g on g.id = v.product_id
  where d.show_id = %(show_id)s
  union all
  select 'envelope', sent_at, null, greeting, greeting
  from svoi_envelope where place = 'show' and place_id = %(show_id)s
  union all
  select 'poll', fired_at, null, question_ru, coalesce(nullif(question_en, ''), question_ru)
  from svoi_poll where show_id = %(show_id)s and fired_at is not null
  union all
  select 'incident', at, null, note, note from svoi_incident where show_id = %(show_id)s
  union all
  select 'cue', c.at, null, s.title_ru, coalesce(nullif(s.title_en, ''), s.title_ru)
  from svoi_cue c join svoi_segment s on s.id = c.segment_id where c.show_id = %(show_id)s
  union all
  select 'break', began_at, ended_at, '', '' from svoi_break where show_id = %(show_id)s
) mark
order by began_at desc
limit %(most)s
