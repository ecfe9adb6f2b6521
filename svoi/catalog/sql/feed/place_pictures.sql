-- Puts our copies in place of paths; a path without a copy is left out.
update feed_picture p set file = f.file from feed_file f where f.source = p.source;
delete from feed_picture where file = '' and source not like 'http://%%' and source not like 'https://%%';
