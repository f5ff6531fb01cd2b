-- what a file holds has another type on each database
create domain file_content as bytea;
