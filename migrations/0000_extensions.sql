-- Migrations are run by the role that owns the tables; the Worker connects as ancre_app.
CREATE EXTENSION IF NOT EXISTS vector;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION ancre_french (COPY = french);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION ancre_french
  ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, french_stem;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION ancre_english (COPY = english);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION ancre_english
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION ancre_simple (COPY = simple);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION ancre_simple
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
