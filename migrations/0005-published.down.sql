DROP TEXT SEARCH CONFIGURATION published.pt;
DROP TEXT SEARCH CONFIGURATION published.fr;
DROP TEXT SEARCH CONFIGURATION published.es;
DROP TEXT SEARCH CONFIGURATION published.en;
DROP FUNCTION published.fold(text, text);
DROP FUNCTION published.availability(smallint, smallint, smallint, smallint, smallint, smallint);
DROP FUNCTION published.is_served(boolean[], smallint[], smallint, smallint, smallint, smallint);
DROP FUNCTION published.served(smallint[], smallint[], smallint, smallint, smallint, smallint);
DROP TABLE published.change_log_head, published.change_log, published.slug, published.text, published.release;
