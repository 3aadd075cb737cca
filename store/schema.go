package store

import "fmt"

// applicationID marks the file as ours: "sitr" in the header of the database.
const applicationID = 0x73697472

// schemaVersion is the version that this program reads and writes.
const schemaVersion = 1

// migrations turn an older store into the next version: the first makes
// version 1 out of nothing. They are never changed once released; each runs in
// one transaction together with the new version number.
var migrations = [schemaVersion]string{version1}

// version1 in short. An article is three rows: what lists need (articles), what
// the reader did (statuses, which outlives the others) and the long rest (texts,
// by arrival number, so that articles of all dates do not tear large pages up). Whatever is listed has an index that is the list:
// sightings for a feed, briefing_articles for a briefing, watch_articles for a
// watch, each with a part that holds the unread ones only. search holds folded words without their text.
const version1 = `
CREATE TABLE settings(
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE feeds(
	id        INTEGER PRIMARY KEY,
	catalog   TEXT NOT NULL DEFAULT '',
	url       TEXT NOT NULL UNIQUE,
	title     TEXT NOT NULL DEFAULT '',
	source    TEXT NOT NULL DEFAULT '',
	publisher TEXT NOT NULL DEFAULT '', -- feeds with the same one share articles
	site      TEXT NOT NULL DEFAULT '',
	lang      TEXT NOT NULL DEFAULT '',
	country   TEXT NOT NULL DEFAULT '',
	paywall   INTEGER NOT NULL DEFAULT 0,
	disabled  INTEGER NOT NULL DEFAULT 0,
	edited    INTEGER NOT NULL DEFAULT 0, -- by the reader: the catalogue no longer changes it
	private   INTEGER NOT NULL DEFAULT 0, -- may be on the local network
	seeded    INTEGER NOT NULL DEFAULT 0, -- when its first answer was saved as a whole
	fulltext  INTEGER NOT NULL DEFAULT 0, -- the pages of its new articles are wanted
	outline   TEXT NOT NULL DEFAULT '',   -- opml.Attribute as JSON, '' for none
	access    TEXT NOT NULL DEFAULT ''    -- feeds.Access as JSON, '' for none: no secret is in it
);
CREATE UNIQUE INDEX feeds_catalog ON feeds(catalog) WHERE catalog <> '';
CREATE INDEX feeds_publisher ON feeds(publisher);

CREATE TABLE fetches( -- what the last requests said; see refresh.State
	feed          INTEGER PRIMARY KEY,
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	body_hash     INTEGER NOT NULL,
	pace          INTEGER NOT NULL, -- seconds
	hint          INTEGER NOT NULL, -- seconds
	quiet         INTEGER NOT NULL, -- feeds.Quiet
	moved         TEXT NOT NULL,
	moved_since   INTEGER NOT NULL,
	moved_times   INTEGER NOT NULL,
	state         TEXT NOT NULL,
	reason        TEXT NOT NULL,
	checked       INTEGER NOT NULL,
	next_due      INTEGER NOT NULL,
	newest        INTEGER NOT NULL,
	items         INTEGER NOT NULL,
	errors        INTEGER NOT NULL,
	bytes         INTEGER NOT NULL,
	status        INTEGER NOT NULL,
	body_length   INTEGER NOT NULL
);

CREATE TABLE briefings(
	num      INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	position INTEGER NOT NULL DEFAULT 0, -- 0: not subscribed
	own      TEXT NOT NULL DEFAULT '',   -- the reader's own definition as JSON, '' for the catalogue's
	fulltext INTEGER NOT NULL DEFAULT 0  -- the pages of its new articles are wanted
);

CREATE TABLE subscriptions( -- those of briefings that are not subscribed wait
	briefing INTEGER NOT NULL, -- briefings.num, 0: only in All
	feed     INTEGER NOT NULL,
	own      INTEGER NOT NULL, -- all its articles belong to the briefing
	removed  INTEGER NOT NULL DEFAULT 0, -- by the reader: the catalogue does not bring it back
	PRIMARY KEY(briefing, feed)
) WITHOUT ROWID;
CREATE INDEX subscriptions_feed ON subscriptions(feed);

CREATE TABLE articles(
	id         INTEGER PRIMARY KEY, -- feeds.ArticleID
	story_id   INTEGER NOT NULL,
	feed       INTEGER NOT NULL,    -- the one it was first seen in
	at         INTEGER NOT NULL,    -- effective date
	flags      INTEGER NOT NULL,    -- see articleFlags
	lang       TEXT NOT NULL,
	title      TEXT NOT NULL,
	source     TEXT NOT NULL,       -- '' for its feed's
	link       TEXT NOT NULL,
	tags       TEXT NOT NULL        -- JSON, '' for none
);
CREATE INDEX articles_story ON articles(story_id) WHERE story_id <> id;

CREATE TABLE texts(
	arrival    INTEGER PRIMARY KEY, -- statuses.arrival: large rows are only ever appended
	revision   INTEGER NOT NULL, -- 1 is the first text
	content    INTEGER NOT NULL, -- refresh.Entry.Content
	guid       TEXT NOT NULL,
	base       TEXT NOT NULL,
	authors    TEXT NOT NULL,    -- JSON, '' for none
	image      TEXT NOT NULL,
	comments   TEXT NOT NULL,
	enclosures TEXT NOT NULL,    -- JSON, '' for none
	published  INTEGER NOT NULL, -- 0: none
	updated    INTEGER NOT NULL, -- 0: none
	zone       INTEGER NOT NULL,
	first_seen INTEGER NOT NULL,
	html       TEXT NOT NULL
);

CREATE TABLE fulltexts( -- the article pages' own bodies
	arrival   INTEGER PRIMARY KEY, -- as in texts
	fetched   INTEGER NOT NULL,
	published INTEGER NOT NULL,    -- 0: none
	url       TEXT NOT NULL,       -- of the page, after redirects
	title     TEXT NOT NULL,
	byline    TEXT NOT NULL,
	html      TEXT NOT NULL        -- sanitised, addresses absolute
);

CREATE TABLE pages( -- that are wanted, and those that gave nothing
	arrival INTEGER PRIMARY KEY, -- as in texts
	asked   INTEGER NOT NULL,    -- by the reader, not by a setting
	since   INTEGER NOT NULL,
	due     INTEGER NOT NULL,    -- not before; 0: not again unless the reader asks
	tries   INTEGER NOT NULL,
	reason  TEXT NOT NULL        -- what the last try came to, '' before the first
);
CREATE INDEX pages_due ON pages(due) WHERE due > 0;

CREATE TABLE chrome( -- what stands on many pages of a host; see extract.Chrome
	host      TEXT PRIMARY KEY,
	learnt    INTEGER NOT NULL,
	headlines TEXT NOT NULL, -- lines: of the pages that it is being learnt from
	known     BLOB NOT NULL
);

CREATE TABLE revisions( -- earlier texts
	id       INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	until    INTEGER NOT NULL,
	content  INTEGER NOT NULL,
	title    TEXT NOT NULL,
	base     TEXT NOT NULL,
	authors  TEXT NOT NULL,
	updated  INTEGER NOT NULL,
	html     TEXT NOT NULL
);
CREATE UNIQUE INDEX revisions_article ON revisions(article, revision);

CREATE TABLE statuses(
	article INTEGER PRIMARY KEY,
	arrival INTEGER NOT NULL, -- number in the order of arrival, 1 is the first
	arrived INTEGER NOT NULL,
	changed INTEGER NOT NULL, -- last mark by the reader, 0: none
	read    INTEGER NOT NULL,
	starred INTEGER NOT NULL,
	updated INTEGER NOT NULL, -- text changed after it was last opened
	backlog INTEGER NOT NULL  -- arrived read, old when its feed was subscribed
);
CREATE UNIQUE INDEX statuses_arrival ON statuses(arrival);
CREATE INDEX statuses_unread  ON statuses(article) WHERE read = 0;
CREATE INDEX statuses_starred ON statuses(article) WHERE starred = 1;
CREATE INDEX statuses_updated ON statuses(article) WHERE updated = 1;

CREATE TABLE sightings(
	feed    INTEGER NOT NULL,
	article INTEGER NOT NULL,
	unread  INTEGER NOT NULL,
	first   INTEGER NOT NULL, -- it is articles.feed
	content INTEGER NOT NULL, -- refresh.Entry.Content as last seen in this feed
	PRIMARY KEY(feed, article)
) WITHOUT ROWID;
CREATE INDEX sightings_unread ON sightings(feed, article) WHERE unread = 1;
CREATE INDEX sightings_more   ON sightings(article, feed) WHERE first = 0;

CREATE TABLE briefing_articles(
	briefing     INTEGER NOT NULL,
	article      INTEGER NOT NULL,
	unread       INTEGER NOT NULL,
	rule_version INTEGER NOT NULL,
	terms        TEXT NOT NULL, -- lines, '' when its feed belongs to the briefing
	PRIMARY KEY(briefing, article)
) WITHOUT ROWID;
CREATE INDEX briefing_articles_unread  ON briefing_articles(briefing, article) WHERE unread = 1;
CREATE INDEX briefing_articles_article ON briefing_articles(article, briefing);

CREATE TABLE watches( -- the reader's own
	id      INTEGER PRIMARY KEY,
	name    TEXT NOT NULL,    -- '' for one that was removed: its list goes in steps
	query   TEXT NOT NULL,    -- see query.ParseStanding
	made    INTEGER NOT NULL,
	meaning INTEGER NOT NULL, -- that its list was begun by; see watcher.meaning
	pending INTEGER NOT NULL  -- articles before this one are still to be looked at, 0: none
);

CREATE TABLE watch_articles(
	watch   INTEGER NOT NULL,
	article INTEGER NOT NULL,
	unread  INTEGER NOT NULL,
	PRIMARY KEY(watch, article)
) WITHOUT ROWID;
CREATE INDEX watch_articles_unread  ON watch_articles(watch, article) WHERE unread = 1;
CREATE INDEX watch_articles_article ON watch_articles(article, watch);

CREATE TABLE article_keys( -- feeds.Key
	feed    INTEGER NOT NULL,
	kind    INTEGER NOT NULL,
	hash    INTEGER NOT NULL,
	article INTEGER NOT NULL, -- 0: different articles of the feed carry it
	PRIMARY KEY(feed, kind, hash)
) WITHOUT ROWID;

CREATE TABLE counters(
	kind   INTEGER NOT NULL, -- see counterKind
	id     INTEGER NOT NULL,
	total  INTEGER NOT NULL,
	unread INTEGER NOT NULL,
	fresh  INTEGER NOT NULL, -- arrived since the last visit
	PRIMARY KEY(kind, id)
) WITHOUT ROWID;

CREATE TABLE mark_log( -- one row an act, or a part of a large one
	id       INTEGER PRIMARY KEY,
	step     INTEGER NOT NULL, -- rows of one step are undone together
	act      TEXT NOT NULL,
	at       INTEGER NOT NULL,
	undone   INTEGER NOT NULL, -- 1: taken back, 2: taken back for ever
	n        INTEGER NOT NULL,
	articles BLOB NOT NULL     -- see packMarks
);
CREATE INDEX mark_log_step ON mark_log(step);

CREATE TABLE words( -- every folded word of the archive
	word     TEXT PRIMARY KEY,
	articles INTEGER NOT NULL, -- how many hold it
	skeleton TEXT NOT NULL     -- spelling.Skeleton
) WITHOUT ROWID;
CREATE INDEX words_skeleton ON words(skeleton) WHERE skeleton <> '';
` + searchSchema

// searchSchema is the search index, which can be made again from the texts.
const searchSchema = `
CREATE VIRTUAL TABLE search USING fts5(
	body, title, author, -- body first: in a posting its column costs nothing
	content='', contentless_delete=1, tokenize='ascii'
);
INSERT INTO search(search, rank) VALUES('rank', 'bm25(1.0, 4.0, 2.0)');
INSERT INTO search(search, rank) VALUES('pgsz', 4050); -- leafSize
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
INSERT INTO search(search, rank) VALUES('automerge', 0);
INSERT INTO search(search, rank) VALUES('crisismerge', 1000);
INSERT INTO search(search, rank) VALUES('usermerge', 16); -- fanIn
`

// migrate brings the store to schemaVersion, one transaction a version.
func migrate(c *conn, from int) error {
	for v := from; v < schemaVersion; v++ {
		sql := fmt.Sprintf("%s PRAGMA application_id = %d; PRAGMA user_version = %d;", migrations[v], applicationID, v+1)
		if err := inTransaction(c, func() error { return c.Exec(sql) }); err != nil {
			return fmt.Errorf("migrate store to schema %d: %w", v+1, err)
		}
	}
	return nil
}
