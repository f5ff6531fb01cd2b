-- the SHA-256 of what was deployed under the file's name when a change of it was proposed, 'none' where nothing was;
-- null for changes that were proposed before this was kept
alter table procedure_change_file add column base varchar(64);
